#define G_LOG_DOMAIN "inb-replica"

#include "inb-duplicate-find.h"

#include "inb-duplicate-groups.h"
#include "inb-duplicate-number.h"
#include "inb-json.h"
#include "inb-mail.h"
#include "inb-replica-table.h"

#include <string.h>

static const char *const second_phones[] = { "phone_secondary", "whatsapp" };

/* What comes of a row of a statement. FALSE = it cannot go on. */
typedef gboolean (*TakeRow) (InbDuplicateGroups  *groups,
                             InbSqlite           *db,
                             sqlite3_stmt        *statement,
                             gpointer             data,
                             GError             **error);

/* --- statements --------------------------------------------------------------------------------------------------------- */

/* @key: a column, in place of {key}. */
static sqlite3_stmt *
prepare (InbSqlite   *db,
         const char  *name,
         const char  *key,
         GError     **error)
{
  g_autofree char *title = g_strjoin (" ", name, key, NULL);
  sqlite3_stmt *statement = inb_sqlite_find (db, title);
  g_autofree char *template = NULL;
  g_autoptr (GString) sql = NULL;

  if (statement != NULL)
    return statement;

  template = inb_sqlite_get_resource (name);
  sql = g_string_new (template);
  g_string_replace (sql, "{key}", key, 0);

  return inb_sqlite_prepare_text (db, title, sql->str, error);
}

static gboolean
take_rows (InbDuplicateGroups  *groups,
           InbSqlite           *db,
           sqlite3_stmt        *statement,
           TakeRow              take,
           gpointer             data,
           GCancellable        *cancellable,
           GError             **error)
{
  gboolean is_row;

  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !take (groups, db, statement, data, error))
        {
          sqlite3_reset (statement);
          return FALSE;
        }
    }

  return FALSE;
}

/* --- who has it --------------------------------------------------------------------------------------------------------- */

/* Those who have it as their first one. */
static gboolean
add_holders (InbDuplicateGroups  *groups,
             InbSqlite           *db,
             InbDuplicateKind     kind,
             const char          *value,
             GError             **error)
{
  sqlite3_stmt *statement = prepare (db, "duplicates-holders", kind == INB_DUPLICATE_PHONE ? "phone_e164" : "email_norm", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, value);
  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      if (!is_row)
        return TRUE;
      inb_duplicate_groups_add (groups, kind, value, sqlite3_column_int64 (statement, 0));
    }

  return FALSE;
}

static gboolean
take_shared (InbDuplicateGroups  *groups,
             InbSqlite           *db,
             sqlite3_stmt        *statement,
             gpointer             data,
             GError             **error)
{
  inb_duplicate_groups_add (groups, GPOINTER_TO_UINT (data), (const char *) sqlite3_column_text (statement, 0),
                            sqlite3_column_int64 (statement, 1));

  return TRUE;
}

/* A second number: its person, and whoever has it as the first one. @data: the only number that is asked for, or NULL. */
static gboolean
take_second_phone (InbDuplicateGroups  *groups,
                   InbSqlite           *db,
                   sqlite3_stmt        *statement,
                   gpointer             data,
                   GError             **error)
{
  const char *wanted = data;
  g_autofree char *number = inb_duplicate_number_read ((const char *) sqlite3_column_text (statement, 2),
                                                       (const char *) sqlite3_column_text (statement, 1));

  if (number == NULL || (wanted != NULL && strcmp (wanted, number) != 0))
    return TRUE;
  inb_duplicate_groups_add (groups, INB_DUPLICATE_PHONE, number, sqlite3_column_int64 (statement, 0));

  return wanted != NULL || add_holders (groups, db, INB_DUPLICATE_PHONE, number, error);
}

static gboolean
take_second_mail (InbDuplicateGroups  *groups,
                  InbSqlite           *db,
                  sqlite3_stmt        *statement,
                  gpointer             data,
                  GError             **error)
{
  const char *wanted = data;
  g_autofree char *mail = inb_mail_normalize ((const char *) sqlite3_column_text (statement, 1));

  if (mail == NULL || (wanted != NULL && strcmp (wanted, mail) != 0))
    return TRUE;
  inb_duplicate_groups_add (groups, INB_DUPLICATE_EMAIL, mail, sqlite3_column_int64 (statement, 0));

  return wanted != NULL || add_holders (groups, db, INB_DUPLICATE_EMAIL, mail, error);
}

/* --- conflicts ---------------------------------------------------------------------------------------------------------- */

/* 0: there is no such contact, or it is deleted. */
static gboolean
find_rowid (InbSqlite   *db,
            const char  *contact_id,
            gint64      *rowid,
            GError     **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contact-row", error);

  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, contact_id);

  return inb_sqlite_read_integer (db, statement, rowid, error);
}

static gboolean
add_conflict (InbDuplicateGroups  *groups,
              InbSqlite           *db,
              gint64               rowid,
              JsonNode            *node,
              const char          *wanted,
              GError             **error)
{
  JsonObject *conflict = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = conflict != NULL ? inb_json_get_string (conflict, "contact_id") : NULL;
  const char *key = conflict != NULL ? inb_json_get_string (conflict, "key") : NULL;
  const char *value = conflict != NULL ? inb_json_get_string (conflict, "value") : NULL;
  gint64 other;

  if (id == NULL || key == NULL || (wanted != NULL && strcmp (wanted, id) != 0))
    return TRUE;
  if (!find_rowid (db, id, &other, error))
    return FALSE;
  if (other != 0 && other != rowid)
    inb_duplicate_groups_add_conflict (groups, key, value, rowid, other);

  return TRUE;
}

static gboolean
add_conflicts (InbDuplicateGroups  *groups,
               InbSqlite           *db,
               gint64               rowid,
               const char          *text,
               const char          *wanted,
               GError             **error)
{
  g_autoptr (JsonNode) node = text != NULL ? inb_json_parse (text, strlen (text), NULL) : NULL;
  JsonArray *conflicts = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    {
      if (!add_conflict (groups, db, rowid, json_array_get_element (conflicts, i), wanted, error))
        return FALSE;
    }

  return TRUE;
}

/* @data: the only other contact that is asked for, or NULL. */
static gboolean
take_conflicts (InbDuplicateGroups  *groups,
                InbSqlite           *db,
                sqlite3_stmt        *statement,
                gpointer             data,
                GError             **error)
{
  return add_conflicts (groups, db, sqlite3_column_int64 (statement, 0), (const char *) sqlite3_column_text (statement, 1), data, error);
}

/* --- everybody ---------------------------------------------------------------------------------------------------------- */

static gboolean
find_shared (InbDuplicateGroups  *groups,
             InbSqlite           *db,
             InbDuplicateKind     kind,
             GCancellable        *cancellable,
             GError             **error)
{
  sqlite3_stmt *statement = prepare (db, "duplicates-shared", kind == INB_DUPLICATE_PHONE ? "phone_e164" : "email_norm", error);

  return statement != NULL && take_rows (groups, db, statement, take_shared, GUINT_TO_POINTER (kind), cancellable, error);
}

static gboolean
find_named (InbDuplicateGroups  *groups,
            InbSqlite           *db,
            const char          *name,
            TakeRow              take,
            GCancellable        *cancellable,
            GError             **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, name, error);

  return statement != NULL && take_rows (groups, db, statement, take, NULL, cancellable, error);
}

/**
 * inb_duplicate_find_all:
 *
 * Returns: (transfer full) (element-type InbDuplicate) (nullable): the newest people first
 */
GPtrArray *
inb_duplicate_find_all (InbSqlite     *db,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autoptr (InbDuplicateGroups) groups = inb_duplicate_groups_new ();

  if (!find_shared (groups, db, INB_DUPLICATE_PHONE, cancellable, error) ||
      !find_shared (groups, db, INB_DUPLICATE_EMAIL, cancellable, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (second_phones); i++)
    {
      sqlite3_stmt *statement = prepare (db, "duplicates-second-phones", second_phones[i], error);

      if (statement == NULL || !take_rows (groups, db, statement, take_second_phone, NULL, cancellable, error))
        return NULL;
    }
  if (!find_named (groups, db, "duplicates-second-mails", take_second_mail, cancellable, error) ||
      !find_named (groups, db, "duplicates-conflicts", take_conflicts, cancellable, error))
    return NULL;

  return inb_duplicate_groups_finish (groups, db, error);
}

/* --- one contact -------------------------------------------------------------------------------------------------------- */

static gboolean
find_second_phone_holders (InbDuplicateGroups  *groups,
                           InbSqlite           *db,
                           const char          *number,
                           GError             **error)
{
  char *spellings[INB_DUPLICATE_N_SPELLINGS];
  gboolean done = TRUE;

  inb_duplicate_number_spell (number, spellings);
  for (guint i = 0; done && i < G_N_ELEMENTS (second_phones); i++)
    {
      sqlite3_stmt *statement = prepare (db, "duplicates-second-phone-holders", second_phones[i], error);

      for (int j = 0; statement != NULL && j < INB_DUPLICATE_N_SPELLINGS; j++)
        inb_sqlite_bind_text (statement, j + 1, spellings[j]);
      done = statement != NULL && take_rows (groups, db, statement, take_second_phone, (gpointer) number, NULL, error);
    }
  for (guint i = 0; i < INB_DUPLICATE_N_SPELLINGS; i++)
    g_free (spellings[i]);

  return done;
}

static gboolean
find_phone (InbDuplicateGroups  *groups,
            InbSqlite           *db,
            gint64               rowid,
            const char          *number,
            GError             **error)
{
  inb_duplicate_groups_add (groups, INB_DUPLICATE_PHONE, number, rowid);

  return add_holders (groups, db, INB_DUPLICATE_PHONE, number, error) && find_second_phone_holders (groups, db, number, error);
}

/* @typed: a number as it was typed. */
static gboolean
find_typed_phone (InbDuplicateGroups  *groups,
                  InbSqlite           *db,
                  gint64               rowid,
                  const char          *typed,
                  const char          *first,
                  GError             **error)
{
  g_autofree char *stripped = typed != NULL ? inb_duplicate_number_strip (typed) : NULL;
  g_autofree char *number = stripped != NULL ? inb_duplicate_number_read (stripped, first) : NULL;

  return number == NULL || find_phone (groups, db, rowid, number, error);
}

static gboolean
find_phones (InbDuplicateGroups  *groups,
             InbSqlite           *db,
             gint64               rowid,
             const InbRow        *contact,
             GError             **error)
{
  const char *first = inb_row_get (contact, INB_CONTACT_PHONE_E164);
  /* What was typed here has no E.164 before the service has read it. */
  gboolean done = first != NULL ? find_phone (groups, db, rowid, first, error)
                                : find_typed_phone (groups, db, rowid, inb_row_get (contact, INB_CONTACT_PHONE), NULL, error);

  return done && find_typed_phone (groups, db, rowid, inb_row_get (contact, INB_CONTACT_PHONE_SECONDARY), first, error) &&
         find_typed_phone (groups, db, rowid, inb_row_get (contact, INB_CONTACT_WHATSAPP), first, error);
}

static gboolean
find_mail (InbDuplicateGroups  *groups,
           InbSqlite           *db,
           gint64               rowid,
           const char          *mail,
           GError             **error)
{
  sqlite3_stmt *statement;

  if (mail == NULL)
    return TRUE;
  inb_duplicate_groups_add (groups, INB_DUPLICATE_EMAIL, mail, rowid);
  if (!add_holders (groups, db, INB_DUPLICATE_EMAIL, mail, error))
    return FALSE;
  statement = inb_sqlite_prepare (db, "duplicates-second-mail-holders", error);
  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, mail);

  return take_rows (groups, db, statement, take_second_mail, (gpointer) mail, NULL, error);
}

static gboolean
find_mails (InbDuplicateGroups  *groups,
            InbSqlite           *db,
            gint64               rowid,
            const InbRow        *contact,
            GError             **error)
{
  const char *typed = inb_row_get (contact, INB_CONTACT_EMAIL_SECONDARY);
  g_autofree char *second = typed != NULL ? inb_mail_normalize (typed) : NULL;

  return find_mail (groups, db, rowid, inb_row_get (contact, INB_CONTACT_EMAIL_NORM), error) &&
         find_mail (groups, db, rowid, second, error);
}

static gboolean
find_conflicts (InbDuplicateGroups  *groups,
                InbSqlite           *db,
                gint64               rowid,
                const InbRow        *contact,
                GError             **error)
{
  const char *id = inb_row_get_key (contact);
  sqlite3_stmt *statement;

  if (!add_conflicts (groups, db, rowid, inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS), NULL, error))
    return FALSE;
  statement = inb_sqlite_prepare (db, "duplicates-conflicts-with", error);
  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, id);

  return take_rows (groups, db, statement, take_conflicts, (gpointer) id, NULL, error);
}

/* Made after the first sync, in this order: with the last one all are there. */
static gboolean
has_indexes (InbSqlite  *db,
             gboolean   *found,
             GError    **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "index-find", error);

  if (statement == NULL)
    return FALSE;
  inb_sqlite_bind_text (statement, 1, "contacts_in_conflict");

  return inb_sqlite_has_row (db, statement, found, error);
}

/**
 * inb_duplicate_find_of:
 *
 * Returns: (transfer full) (element-type InbDuplicate) (nullable): the newest people first
 */
GPtrArray *
inb_duplicate_find_of (InbSqlite   *db,
                       const char  *contact_id,
                       GError     **error)
{
  g_autoptr (InbDuplicateGroups) groups = inb_duplicate_groups_new ();
  g_autoptr (InbRow) contact = NULL;
  sqlite3_stmt *statement;
  gboolean is_indexed;
  gint64 rowid;

  if (!has_indexes (db, &is_indexed, error) || !find_rowid (db, contact_id, &rowid, error))
    return NULL;
  if (!is_indexed || rowid == 0)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) inb_duplicate_free);
  statement = inb_replica_table_prepare_select (db, INB_KIND_CONTACT, " WHERE row_id = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_replica_table_read_one (db, statement, INB_KIND_CONTACT, &contact, error) ||
      !find_phones (groups, db, rowid, contact, error) || !find_mails (groups, db, rowid, contact, error) ||
      !find_conflicts (groups, db, rowid, contact, error))
    return NULL;

  return inb_duplicate_groups_finish (groups, db, error);
}
