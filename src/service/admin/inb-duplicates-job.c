#define G_LOG_DOMAIN "inb-service"

#include "inb-duplicates-job.h"

#include "inb-cursor.h"
#include "inb-db-array.h"
#include "inb-error.h"
#include "inb-json.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-template.h"
#include "inb-uuid.h"

#include <string.h>

#define WINDOW 4000       /* keys a statement looks at */
#define MAX_STATEMENTS 5  /* windows a page looks at */
#define MIN_ID "00000000-0000-0000-0000-000000000000"

/* What of a contact tells whether it is the same person. */
#define COLUMNS                                                                                                              \
  "t.id, t.crm_id, t.firstname, t.lastname, t.email, t.phone, t.phone_secondary, t.email_secondary, t.company, t.whatsapp, " \
  "t.created_at, t.last_activity_at, t.phone_e164, t.phone_display, t.email_norm"

/* Where duplicates are looked for, one after the other. */
typedef enum { SOURCE_PHONE, SOURCE_EMAIL, SOURCE_SECONDARY, SOURCE_CONFLICTS, N_SOURCES } Source;

static const struct {
  const char *name;
  const char *statement;
  const char *start;
} sources[N_SOURCES] = {
  [SOURCE_PHONE] = { "phone", "duplicates/phone", "" },
  [SOURCE_EMAIL] = { "email", "duplicates/email", "" },
  [SOURCE_SECONDARY] = { "secondary", "duplicates/secondary", "" },
  [SOURCE_CONFLICTS] = { "conflict", "duplicates/conflicts", MIN_ID },
};

enum { HOLDER_KEY, HOLDER_IS_FIRST };
enum { CONFLICT_ID, CONFLICT_LIST };

struct _InbDuplicatesRequest {
  /* Owned */
  char   *workspace_id;
  char   *after;     /* the last key or id of the page before */

  gint64  limit;
  Source  source;
};

/* One page while it is read. */
typedef struct {
  /* Borrowed */
  const InbDuplicatesRequest *request;

  /* Owned */
  GString *json;
  char    *after;

  InbRead  read;
  Source   source;
  gint64   n_groups;
} Page;

/* One group: the contacts that may be one person. */
typedef struct {
  GPtrArray *contacts; /* (element-type InbRow) */
  guint      n_first;  /* of them have the key as their first one */
} Group;

static void
page_clear (Page *page)
{
  if (page->json != NULL)
    g_string_free (page->json, TRUE);
  g_free (page->after);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
group_free (gpointer data)
{
  Group *group = data;

  g_ptr_array_unref (group->contacts);
  g_free (group);
}

InbDuplicatesRequest *
inb_duplicates_request_new (const char  *workspace_id,
                            const char  *cursor,
                            gint64       limit,
                            GError     **error)
{
  InbDuplicatesRequest *self = g_new0 (InbDuplicatesRequest, 1);
  g_auto (GStrv) parts = cursor == NULL ? NULL : inb_cursor_unpack (cursor, 2);

  self->workspace_id = g_strdup (workspace_id);
  self->limit = limit;
  while (parts != NULL && self->source < N_SOURCES && strcmp (sources[self->source].name, parts[0]) != 0)
    self->source++;
  if ((cursor != NULL && parts == NULL) || self->source == N_SOURCES
      || (parts != NULL && self->source == SOURCE_CONFLICTS && !inb_uuid_is_valid (parts[1])))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "cursor: not one of this list");
      inb_duplicates_request_free (self);
      return NULL;
    }
  self->after = g_strdup (parts == NULL ? sources[self->source].start : parts[1]);

  return self;
}

void
inb_duplicates_request_free (gpointer request)
{
  InbDuplicatesRequest *self = request;

  g_free (self->workspace_id);
  g_free (self->after);
  g_free (self);
}

static Group *
get_group (GHashTable *groups,
           const char *key)
{
  Group *group = g_hash_table_lookup (groups, key);

  if (group != NULL)
    return group;

  group = g_new0 (Group, 1);
  group->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  g_hash_table_insert (groups, g_strdup (key), group);

  return group;
}

/* @contact: (transfer full); once, though its second number may be its first one too */
static gboolean
group_add (Group  *group,
           InbRow *contact)
{
  for (guint i = 0; i < group->contacts->len; i++)
    {
      if (strcmp (inb_row_get_key (g_ptr_array_index (group->contacts, i)), inb_row_get_key (contact)) == 0)
        {
          inb_row_unref (contact);
          return FALSE;
        }
    }
  g_ptr_array_add (group->contacts, contact);

  return TRUE;
}

/* @value: of the key that they share. @conflicts: JSON, or NULL. */
static void
append_group (Page        *page,
              const char  *reason,
              const char  *value,
              const char  *conflicts,
              const Group *group)
{
  g_string_append (page->json, page->n_groups == 0 ? "{" : ",{");
  inb_json_append_member (page->json, "reason", reason);
  if (value != NULL)
    inb_json_append_member (page->json, "value", value);
  if (conflicts != NULL)
    {
      inb_json_append_name (page->json, "conflicts");
      g_string_append (page->json, conflicts);
    }
  inb_json_append_name (page->json, "contacts");
  g_string_append_c (page->json, '[');
  for (guint i = 0; i < group->contacts->len; i++)
    {
      if (i > 0)
        g_string_append_c (page->json, ',');
      inb_row_append_json (g_ptr_array_index (group->contacts, i), FALSE, page->json);
    }
  g_string_append (page->json, "]}");
  page->n_groups++;
}

static PGresult *
query (Page                *page,
       const char          *statement,
       guint                n_params,
       const char * const  *params,
       GError             **error)
{
  g_autofree char *sql = inb_template_expand (inb_sql_get (statement), "columns", COLUMNS, NULL);

  return inb_read_send (&page->read, sql, n_params, params, error) ? inb_read_receive (&page->read, error) : NULL;
}

static GHashTable *
load_holders (Page            *page,
              const PGresult  *keys,
              GError         **error)
{
  g_autoptr (GString) array = g_string_new ("{");
  const char *params[] = { page->request->workspace_id, NULL };
  g_autoptr (PGresult) holders = NULL;
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);

  for (int i = 0; i < PQntuples (keys); i++)
    inb_db_array_append (array, PQgetvalue (keys, i, 0));
  g_string_append_c (array, '}');
  params[1] = array->str;
  holders = query (page, "duplicates/holders", G_N_ELEMENTS (params), params, error);
  if (holders == NULL)
    return NULL;

  for (int i = 0; i < PQntuples (holders); i++)
    {
      Group *group = get_group (groups, PQgetvalue (holders, i, HOLDER_KEY));
      gboolean is_first = *PQgetvalue (holders, i, HOLDER_IS_FIRST) == 't';

      if (group_add (group, inb_db_get_row (holders, i, INB_KIND_CONTACT)) && is_first)
        group->n_first++;
    }

  return g_steal_pointer (&groups);
}

/* Those of which several have it as their first one were told before. */
static gboolean
is_told_here (const Page  *page,
              const Group *group)
{
  if (group == NULL || group->contacts->len < 2)
    return FALSE;

  return page->source == SOURCE_SECONDARY ? group->n_first < 2 : group->n_first >= 2;
}

/* @keys: of one window. @is_cut: (out): the page is full before its end */
static gboolean
take_keys (Page            *page,
           const PGresult  *keys,
           gboolean        *is_cut,
           GError         **error)
{
  g_autoptr (GHashTable) groups = load_holders (page, keys, error);

  if (groups == NULL)
    return FALSE;

  for (int i = 0; i < PQntuples (keys) && !*is_cut; i++)
    {
      const char *key = PQgetvalue (keys, i, 0);
      Group *group = g_hash_table_lookup (groups, key);

      if (is_told_here (page, group))
        append_group (page, strchr (key, '@') == NULL ? "phone" : "email", key, NULL, group);
      g_free (page->after);
      page->after = g_strdup (key);
      *is_cut = page->n_groups >= page->request->limit;
    }

  return TRUE;
}

static void
add_other_ids (GString    *array,
               const char *conflicts)
{
  g_autoptr (JsonNode) node = inb_json_parse (conflicts, strlen (conflicts), NULL);
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *entry = json_array_get_element (list, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (entry) ? inb_json_get_string (json_node_get_object (entry), "contact_id") : NULL;

      if (id != NULL && inb_uuid_is_valid (id))
        inb_db_array_append (array, id);
    }
}

static gboolean
take_conflict (Page            *page,
               const PGresult  *found,
               int              row,
               GError         **error)
{
  g_autoptr (GString) array = g_string_new ("{");
  const char *params[] = { page->request->workspace_id, NULL };
  g_autoptr (PGresult) contacts = NULL;
  g_autoptr (GHashTable) groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, group_free);
  Group *group = get_group (groups, "");

  inb_db_array_append (array, PQgetvalue (found, row, CONFLICT_ID));
  add_other_ids (array, PQgetvalue (found, row, CONFLICT_LIST));
  g_string_append_c (array, '}');
  params[1] = array->str;
  contacts = query (page, "duplicates/contacts", G_N_ELEMENTS (params), params, error);
  if (contacts == NULL)
    return FALSE;

  for (int i = 0; i < PQntuples (contacts); i++)
    group_add (group, inb_db_get_row (contacts, i, INB_KIND_CONTACT));
  if (group->contacts->len > 1)
    append_group (page, "conflict", NULL, PQgetvalue (found, row, CONFLICT_LIST), group);

  return TRUE;
}

static gboolean
take_conflicts (Page            *page,
                const PGresult  *found,
                gboolean        *is_cut,
                GError         **error)
{
  for (int i = 0; i < PQntuples (found) && !*is_cut; i++)
    {
      if (!take_conflict (page, found, i, error))
        return FALSE;
      g_free (page->after);
      page->after = g_strdup (PQgetvalue (found, i, CONFLICT_ID));
      *is_cut = page->n_groups >= page->request->limit;
    }

  return TRUE;
}

/* One window of the source where the page stands; then it stands behind it. */
static gboolean
take_window (Page    *page,
             GError **error)
{
  gint64 size = page->source == SOURCE_CONFLICTS ? page->request->limit - page->n_groups
                : page->source == SOURCE_SECONDARY ? WINDOW / 8 : WINDOW;
  g_autofree char *limit = g_strdup_printf ("%" G_GINT64_FORMAT, size);
  const char *params[] = { page->request->workspace_id, page->after, limit };
  g_autoptr (PGresult) found = query (page, sources[page->source].statement, G_N_ELEMENTS (params), params, error);
  gboolean is_cut = FALSE;
  gint64 n_found;

  if (found == NULL)
    return FALSE;
  n_found = page->source == SOURCE_CONFLICTS ? PQntuples (found)
            : PQntuples (found) == 0 ? 0 : g_ascii_strtoll (PQgetvalue (found, 0, 1), NULL, 10);
  if (n_found > 0
      && !(page->source == SOURCE_CONFLICTS ? take_conflicts (page, found, &is_cut, error) : take_keys (page, found, &is_cut, error)))
    return FALSE;

  if (!is_cut && n_found < size)
    {
      page->source++;
      g_free (page->after);
      page->after = page->source == N_SOURCES ? NULL : g_strdup (sources[page->source].start);
    }

  return TRUE;
}

static void
append_cursor (Page *page)
{
  const char * const parts[] = { page->source == N_SOURCES ? NULL : sources[page->source].name, page->after, NULL };
  g_autofree char *cursor = page->source == N_SOURCES ? NULL : inb_cursor_pack (parts);

  inb_json_append_member (page->json, "next_cursor", cursor);
}

gpointer
inb_duplicates_job (InbDb     *db,
                    gpointer   request,
                    GError   **error)
{
  g_auto (Page) page = { .request = request };
  gboolean is_read;

  page.json = g_string_new ("{\"duplicates\":[");
  page.source = page.request->source;
  page.after = g_strdup (page.request->after);
  is_read = inb_read_begin (&page.read, db, page.request->workspace_id, TRUE, error);
  for (guint i = 0; is_read && i < MAX_STATEMENTS && page.source < N_SOURCES && page.n_groups < page.request->limit; i++)
    is_read = take_window (&page, error);
  if (!is_read || !inb_read_end (&page.read, error))
    {
      g_prefix_error (error, "Looking for duplicates: ");
      return NULL;
    }

  g_string_append_c (page.json, ']');
  append_cursor (&page);
  g_string_append_c (page.json, '}');

  return g_steal_pointer (&page.json);
}
