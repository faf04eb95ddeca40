#define G_LOG_DOMAIN "inb-service"

#include "inb-import-book.h"

#include "inb-contact-phone.h"
#include "inb-db-array.h"
#include "inb-edit-rows.h"
#include "inb-sql.h"
#include "inb-time.h"
#include "inb-uuid.h"

#define ID_TIME (G_GINT64_CONSTANT (1577836800) * INB_TIME_SECOND) /* 2020-01-01: ids say nothing of when a line was imported */

/**
 * inb_import_make_id:
 * @what: "lead", "contact", "note"
 *
 * Returns: (transfer full): the id that the line's row has whenever it is imported
 */
char *
inb_import_make_id (const char          *workspace_id,
                    const char          *what,
                    const InbImportLine *line)
{
  g_autofree char *name = g_strdup_printf ("import %s %s %s %u", workspace_id, what, line->digest, line->occurrence);

  return inb_uuid_derive_v7 (ID_TIME, name);
}

char *
inb_import_make_mutation_id (const InbImportSetting *setting,
                             const InbImportLine    *line)
{
  return inb_import_make_id (setting->workspace_id, setting->import_id, line);
}

static GPtrArray *
take_names (InbImportBook *self,
            GPtrArray     *rows)
{
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    inb_row_set_load (self->rows, g_ptr_array_index (rows, i));

  return rows == NULL ? NULL : g_ptr_array_ref (rows);
}

InbImportBook *
inb_import_book_new (InbImportBook *before)
{
  InbImportBook *self = g_new0 (InbImportBook, 1);

  self->rows = inb_row_set_new ();
  self->candidates = inb_candidates_new ();
  if (before != NULL)
    {
      self->members = take_names (self, before->members);
      self->teams = take_names (self, before->teams);
    }

  return self;
}

void
inb_import_book_free (InbImportBook *self)
{
  inb_row_set_free (self->rows);
  inb_candidates_free (self->candidates);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->teams, g_ptr_array_unref);
  g_clear_pointer (&self->history, inb_import_history_free);
  g_free (self);
}

/* What was changed by a line before stays as that left it. */
static void
load_row (InbImportBook *self,
          InbRow        *row)
{
  InbKind kind = inb_row_get_kind (row);
  const char *id = inb_row_get_key (row);

  inb_row_set_load (self->rows, row);
  if (kind == INB_KIND_CONTACT && inb_candidates_get_contact (self->candidates, id) == NULL)
    inb_candidates_add_contact (self->candidates, inb_row_set_find (self->rows, kind, id));
  else if (kind == INB_KIND_LEAD && inb_candidates_get_lead (self->candidates, id) == NULL)
    inb_candidates_add_lead (self->candidates, inb_row_set_find (self->rows, kind, id));
}

/**
 * inb_import_book_follow:
 * @kind: %INB_KIND_CONTACT or %INB_KIND_LEAD
 *
 * A row was put into the row set by somebody else: the lines that come find it as it is now.
 */
void
inb_import_book_follow (InbImportBook *self,
                        InbKind        kind,
                        const char    *id)
{
  InbRow *row = inb_row_set_find (self->rows, kind, id);

  if (row != NULL && kind == INB_KIND_CONTACT)
    inb_candidates_add_contact (self->candidates, row);
  else if (row != NULL && inb_candidates_get_lead (self->candidates, id) != NULL)
    inb_candidates_add_lead (self->candidates, row);
}

void
inb_import_book_put (InbImportBook *self,
                     InbRow        *row)
{
  InbKind kind = inb_row_get_kind (row);

  if (kind == INB_KIND_CONTACT)
    inb_candidates_add_contact (self->candidates, row);
  else if (kind == INB_KIND_LEAD)
    inb_candidates_add_lead (self->candidates, row);
  inb_row_set_put (self->rows, row);
}

static char *
make_keys (GPtrArray *lines,
           guint      column)
{
  g_autoptr (GString) keys = g_string_new ("{");

  for (guint i = 0; i < lines->len; i++)
    {
      const InbImportLine *line = g_ptr_array_index (lines, i);
      const char *key = line->intake == NULL ? NULL : inb_row_get (line->intake->contact, column);

      if (key != NULL)
        inb_db_array_append (keys, key);
    }
  g_string_append_c (keys, '}');

  return g_string_free (g_steal_pointer (&keys), FALSE);
}

static gboolean
send_find_contacts (InbDb                  *db,
                    const InbImportSetting *setting,
                    GPtrArray              *lines,
                    GError                **error)
{
  g_autofree char *crm_ids = make_keys (lines, INB_CONTACT_CRM_ID);
  g_autofree char *phones = make_keys (lines, INB_CONTACT_PHONE_E164);
  g_autofree char *emails = make_keys (lines, INB_CONTACT_EMAIL_NORM);
  const char *params[] = { setting->workspace_id, crm_ids, phones, emails };

  return inb_db_send (db, inb_sql_get ("ingest/find-contacts"), G_N_ELEMENTS (params), params, error);
}

/* @ids: a PostgreSQL array, or NULL when nobody was found. */
static gboolean
receive_contact_ids (InbDb   *db,
                     char   **ids,
                     GError **error)
{
  g_autoptr (PGresult) result = inb_db_receive (db, error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  *ids = NULL;
  for (int row = 0; result != NULL && row < PQntuples (result); row++)
    g_hash_table_add (seen, PQgetvalue (result, row, 0));
  if (g_hash_table_size (seen) > 0)
    *ids = inb_db_array_from_set (seen);

  return result != NULL;
}

/* @newest_last: what was asked for newest first, since each one added becomes the newest. */
static gboolean
receive_rows (InbImportBook *self,
              InbDb         *db,
              InbKind        kind,
              gboolean       newest_last,
              GError       **error)
{
  g_autoptr (PGresult) result = inb_db_receive (db, error);

  for (int i = 0; result != NULL && i < PQntuples (result); i++)
    {
      g_autoptr (InbRow) row = inb_db_get_row (result, newest_last ? PQntuples (result) - 1 - i : i, kind);

      load_row (self, row);
    }

  return result != NULL;
}

static gboolean
load_people (InbImportBook           *self,
             InbDb                   *db,
             const InbImportSetting  *setting,
             GPtrArray               *lines,
             GError                 **error)
{
  g_autofree char *ids = NULL;
  const char *params[] = { setting->workspace_id, NULL };

  if (!send_find_contacts (db, setting, lines, error) || !receive_contact_ids (db, &ids, error))
    return FALSE;
  if (ids == NULL)
    return TRUE;

  params[1] = ids;

  return inb_db_send (db, inb_sql_get_selecting ("ingest/load-contacts", INB_KIND_CONTACT, "c"), G_N_ELEMENTS (params), params, error)
         && inb_db_send (db, inb_sql_get_selecting ("ingest/find-leads", INB_KIND_LEAD, "l"), G_N_ELEMENTS (params), params, error)
         && receive_rows (self, db, INB_KIND_CONTACT, FALSE, error)
         && receive_rows (self, db, INB_KIND_LEAD, TRUE, error);
}

static gboolean
load_names_of (InbImportBook           *self,
               InbDb                   *db,
               const char              *sql,
               InbKind                  kind,
               const InbImportSetting  *setting,
               GPtrArray              **rows,
               GError                 **error)
{
  const char *params[] = { setting->workspace_id };
  g_autoptr (PGresult) result = NULL;

  if (!inb_db_send (db, sql, G_N_ELEMENTS (params), params, error) || (result = inb_db_receive (db, error)) == NULL)
    return FALSE;

  *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  for (int i = 0; i < PQntuples (result); i++)
    {
      InbRow *row = inb_db_get_row (result, i, kind);

      g_ptr_array_add (*rows, row);
      inb_row_set_load (self->rows, row);
    }

  return TRUE;
}

static gboolean
load_names (InbImportBook           *self,
            InbDb                   *db,
            const InbImportSetting  *setting,
            GError                 **error)
{
  return (self->members != NULL ||
          load_names_of (self, db, inb_sql_get_selecting ("import/load-members", INB_KIND_MEMBER, "m"), INB_KIND_MEMBER, setting,
                         &self->members, error)) &&
         (self->teams != NULL ||
          load_names_of (self, db, inb_sql_get_selecting ("import/load-teams", INB_KIND_TEAM, "t"), INB_KIND_TEAM, setting,
                         &self->teams, error));
}

static void
need_line (const InbImportSetting *setting,
           const InbImportLine    *line,
           InbEditNeeds           *needs)
{
  if (line->lead_id != NULL)
    g_hash_table_add (needs->ids[INB_KIND_LEAD], g_strdup (line->lead_id));
  if (line->digest == NULL)
    return;

  g_hash_table_add (needs->ids[INB_KIND_LEAD], inb_import_make_id (setting->workspace_id, "lead", line));
  g_hash_table_add (needs->ids[INB_KIND_CONTACT], inb_import_make_id (setting->workspace_id, "contact", line));
  if (line->intake != NULL && line->intake->notes != NULL)
    g_hash_table_add (needs->ids[INB_KIND_ACTIVITY], inb_import_make_id (setting->workspace_id, "note", line));
  if (line->intake != NULL && line->intake->appointment != NULL)
    g_hash_table_add (needs->ids[INB_KIND_ACTIVITY], inb_import_make_id (setting->workspace_id, "appointment_scheduled", line));
  if (line->intake != NULL && inb_row_get (line->intake->contact, INB_CONTACT_CRM_ID) != NULL)
    g_hash_table_add (needs->crm_ids, g_strdup (inb_row_get (line->intake->contact, INB_CONTACT_CRM_ID)));
}

/* What the lines name by id, and the people of those leads. */
static gboolean
load_named (InbImportBook           *self,
            InbDb                   *db,
            const InbImportSetting  *setting,
            GPtrArray               *lines,
            GError                 **error)
{
  g_auto (InbEditNeeds) needs = { { NULL } };
  g_auto (InbEditNeeds) people = { { NULL } };

  inb_edit_needs_init (&needs);
  inb_edit_needs_init (&people);
  for (guint i = 0; i < lines->len; i++)
    need_line (setting, g_ptr_array_index (lines, i), &needs);
  if (!inb_edit_rows_load (self->rows, db, setting->workspace_id, &needs, error))
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const InbImportLine *line = g_ptr_array_index (lines, i);
      const InbRow *lead = inb_row_set_find (self->rows, INB_KIND_LEAD, line->lead_id);

      if (lead != NULL)
        g_hash_table_add (people.ids[INB_KIND_CONTACT], g_strdup (inb_row_get (lead, INB_LEAD_CONTACT_ID)));
    }

  return inb_edit_rows_load (self->rows, db, setting->workspace_id, &people, error);
}

static gboolean
load_history (InbImportBook           *self,
              InbDb                   *db,
              const InbImportSetting  *setting,
              GPtrArray               *lines,
              GError                 **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (self->history == NULL)
    self->history = inb_import_history_new (setting->workspace_id, setting->user_id);
  for (guint i = 0; i < lines->len; i++)
    {
      const InbImportLine *line = g_ptr_array_index (lines, i);

      if (line->digest != NULL)
        g_hash_table_add (ids, inb_import_make_mutation_id (setting, line));
    }

  return inb_import_history_load (self->history, db, ids, error);
}

/* The lines of which anything is to be decided: (transfer container). */
static GPtrArray *
list_open (InbImportBook          *self,
           const InbImportSetting *setting,
           GPtrArray              *lines)
{
  GPtrArray *open = g_ptr_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      InbImportLine *line = g_ptr_array_index (lines, i);
      g_autofree char *id = line->digest == NULL ? NULL : inb_import_make_mutation_id (setting, line);

      if (id == NULL || inb_import_history_get (self->history, id) != INB_IMPORT_STANDS)
        g_ptr_array_add (open, line);
    }

  return open;
}

/**
 * inb_import_book_load:
 * @lines: (element-type InbImportLine)
 *
 * Returns: whether the database could be asked
 */
gboolean
inb_import_book_load (InbImportBook           *self,
                      InbDb                   *db,
                      const InbImportSetting  *setting,
                      GPtrArray               *lines,
                      GError                 **error)
{
  g_autoptr (GPtrArray) open = NULL;

  if (!load_names (self, db, setting, error) || !load_history (self, db, setting, lines, error))
    return FALSE;

  open = list_open (self, setting, lines);
  for (guint i = 0; i < open->len; i++)
    {
      const InbImportLine *line = g_ptr_array_index (open, i);

      if (line->intake != NULL && inb_row_get (line->intake->contact, INB_CONTACT_PHONE) != NULL)
        inb_contact_phone_derive (line->intake->contact, setting->region);
    }

  return open->len == 0 || (load_people (self, db, setting, open, error) && load_named (self, db, setting, open, error));
}
