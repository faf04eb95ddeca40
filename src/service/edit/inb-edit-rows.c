#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-rows.h"

#include "inb-db-array.h"
#include "inb-sql.h"
#include "inb-template.h"

void
inb_edit_needs_init (InbEditNeeds *self)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    self->ids[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->contact_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->crm_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
inb_edit_needs_clear (InbEditNeeds *self)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    g_clear_pointer (&self->ids[kind], g_hash_table_unref);
  g_clear_pointer (&self->contact_ids, g_hash_table_unref);
  g_clear_pointer (&self->crm_ids, g_hash_table_unref);
}

static char *
make_load_sql (InbKind kind)
{
  const InbColumn *key = &inb_kind_get_columns (kind, NULL)[inb_kind_get_key_column (kind)];

  return inb_template_expand (inb_sql_get ("edit/load-rows"),
                              "type", key->type == INB_TYPE_UUID ? "uuid" : "text",
                              "columns", inb_sql_columns (kind, "t"),
                              "table", inb_kind_get_table (kind),
                              "key", key->name,
                              NULL);
}

static const char *
get_load_sql (InbKind kind)
{
  static gsize statements[INB_N_KINDS];

  if (g_once_init_enter (&statements[kind]))
    g_once_init_leave (&statements[kind], (gsize) make_load_sql (kind));

  return (const char *) statements[kind];
}

static gboolean
send_load (InbDb       *db,
           const char  *workspace_id,
           const char  *sql,
           GHashTable  *texts,
           GError     **error)
{
  g_autofree char *array = NULL;
  const char *params[] = { workspace_id, NULL };

  if (g_hash_table_size (texts) == 0)
    return TRUE;

  params[1] = array = inb_db_array_from_set (texts);

  return inb_db_send (db, sql, G_N_ELEMENTS (params), params, error);
}

static gboolean
receive_load (InbRowSet   *rows,
              InbDb       *db,
              InbKind      kind,
              GHashTable  *texts,
              GError     **error)
{
  g_autoptr (PGresult) result = NULL;

  if (g_hash_table_size (texts) == 0)
    return TRUE;

  result = inb_db_receive (db, error);
  for (int i = 0; result != NULL && i < PQntuples (result); i++)
    {
      g_autoptr (InbRow) row = inb_db_get_row (result, i, kind);

      inb_row_set_load (rows, row);
    }

  return result != NULL;
}

/**
 * inb_edit_rows_load:
 * @rows: gets them
 *
 * Returns: whether they could be read; what is not there is not loaded
 */
gboolean
inb_edit_rows_load (InbRowSet     *rows,
                    InbDb         *db,
                    const char    *workspace_id,
                    InbEditNeeds  *needs,
                    GError       **error)
{
  const struct {
    const char *sql;
    GHashTable *texts;
    InbKind     kind;
  } others[] = {
    { inb_sql_get_selecting ("edit/load-leads-of-contacts", INB_KIND_LEAD, "l"), needs->contact_ids, INB_KIND_LEAD },
    { inb_sql_get_selecting ("edit/load-activities-of-contacts", INB_KIND_ACTIVITY, "a"), needs->contact_ids, INB_KIND_ACTIVITY },
    { inb_sql_get_selecting ("edit/load-crm-ids", INB_KIND_CONTACT, "c"), needs->crm_ids, INB_KIND_CONTACT },
  };

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      GHashTable *ids = needs->ids[kind];

      if (g_hash_table_size (ids) > 0 && !send_load (db, workspace_id, get_load_sql (kind), ids, error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (!send_load (db, workspace_id, others[i].sql, others[i].texts, error))
        return FALSE;
    }

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      if (!receive_load (rows, db, kind, needs->ids[kind], error))
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      if (!receive_load (rows, db, others[i].kind, others[i].texts, error))
        return FALSE;
    }

  return TRUE;
}
