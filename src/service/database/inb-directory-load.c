#define G_LOG_DOMAIN "inb-service"

#include "inb-directory-load.h"

#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"

#include <string.h>

/* The same in every workspace, and in no directory: nothing can be sent to it. */
#define TEST_WEBHOOK_ID "7e571ead-0000-4000-8000-000000000000"

static const char *
get_value (const PGresult *result,
           const char     *column)
{
  int field = PQfnumber (result, column);

  g_return_val_if_fail (field >= 0, NULL);

  return PQgetisnull (result, 0, field) ? NULL : PQgetvalue (result, 0, field);
}

static GBytes *
get_bytes (const PGresult *result,
           const char     *column)
{
  const char *text = get_value (result, column);
  GBytes *bytes;
  guchar *data;
  size_t length;

  if (text == NULL)
    return NULL;

  data = PQunescapeBytea ((const guchar *) text, &length);
  bytes = g_bytes_new (data, length);
  PQfreemem (data);

  return bytes;
}

static gint64
get_time (const PGresult *result,
          const char     *column)
{
  const char *text = get_value (result, column);
  g_autofree char *wire = text == NULL ? NULL : inb_time_from_postgres (text);
  gint64 microseconds;

  return wire != NULL && inb_time_parse (wire, &microseconds) ? microseconds : INB_TIME_NONE;
}

/* Sends the workspace's BEGIN, the statements and COMMIT in one trip; results come in order, the BEGIN's is taken. */
static gboolean
send_in_workspace (InbDb              *db,
                   const char         *workspace_id,
                   const char * const *statements,
                   int                 n_params,
                   const char * const *params,
                   GError            **error)
{
  g_autofree char *begin = inb_db_set_workspace_sql (db, workspace_id);
  g_autoptr (PGresult) begun = NULL;

  if (!inb_db_pipeline_begin (db, error) || !inb_db_send (db, begin, 0, NULL, error))
    return FALSE;
  for (guint i = 0; statements[i] != NULL; i++)
    {
      if (!inb_db_send (db, statements[i], i == 0 ? n_params : 1, params, error))
        return FALSE;
    }
  if (!inb_db_send (db, "COMMIT", 0, NULL, error) || !inb_db_sync (db, error))
    return FALSE;

  begun = inb_db_receive (db, error);

  return begun != NULL;
}

/* The workspace of a directory's entry, or NULL with @missing set when there is none. */
static char *
find_workspace (InbDb          *db,
                const char     *statement,
                const char     *key,
                InbErrorCode    missing,
                PGresult      **entry,
                GError        **error)
{
  *entry = inb_db_query (db, inb_sql_get (statement), 1, &key, error);
  if (*entry == NULL)
    return NULL;
  if (PQntuples (*entry) == 0)
    {
      g_set_error_literal (error, INB_ERROR, missing,
                           missing == INB_ERROR_NOT_FOUND ? "There is no webhook of this id; check the address that it is sent to" : "The token is not known");
      return NULL;
    }

  return g_strdup (PQgetvalue (*entry, 0, 0));
}

/**
 * inb_directory_read_stages:
 * @result: of inb_directory_get_stages_sql()
 *
 * Returns: (transfer full)
 */
InbStageSet *
inb_directory_read_stages (const PGresult *result)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (int i = 0; i < PQntuples (result); i++)
    g_ptr_array_add (rows, inb_db_get_row (result, i, INB_KIND_STAGE));

  return inb_stage_set_new (rows);
}

static InbWebhook *
build_webhook (const char      *webhook_id,
               const char      *workspace_id,
               const PGresult  *row,
               const PGresult  *stages,
               GError         **error)
{
  g_autoptr (InbWebhook) self = g_new0 (InbWebhook, 1);

  g_atomic_ref_count_init (&self->refs);
  self->webhook_id = g_strdup (webhook_id);
  self->workspace_id = g_strdup (workspace_id);
  self->name = g_strdup (get_value (row, "name"));
  self->source_label = g_strdup (get_value (row, "source_label"));
  self->auth = g_strdup (get_value (row, "auth"));
  self->key_hash = get_bytes (row, "key_hash");
  self->previous_key_hash = get_bytes (row, "previous_key_hash");
  self->previous_key_until = get_time (row, "previous_key_until");
  self->is_active = *get_value (row, "is_active") == 't';
  self->region = g_strdup (get_value (row, "region"));
  self->currency = g_strdup (get_value (row, "currency"));
  self->body_dedupe_window = g_ascii_strtoll (get_value (row, "body_dedupe_seconds"), NULL, 10) * INB_TIME_SECOND;
  self->stages = inb_directory_read_stages (stages);

  self->timezone = inb_time_zone_new (get_value (row, "timezone"));
  self->field_map = inb_field_map_new (get_value (row, "field_map"), error);
  if (self->field_map == NULL)
    return NULL;
  self->rules = inb_lead_rules_new (get_value (row, "rules"), error);
  if (self->rules == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * inb_directory_get_stages_sql:
 *
 * Returns: (transfer none): the statement for a workspace's stages; its one parameter is the workspace
 */
const char *
inb_directory_get_stages_sql (void)
{
  static gsize text;

  if (g_once_init_enter (&text))
    {
      GString *sql = g_string_new (inb_sql_get ("directory/stages"));

      g_string_replace (sql, "{columns}", inb_sql_columns (INB_KIND_STAGE, "t"), 1);
      g_once_init_leave (&text, (gsize) g_string_free (sql, FALSE));
    }

  return (const char *) text;
}

InbStageSet *
inb_directory_load_stages (InbDb       *db,
                           const char  *workspace_id,
                           GError     **error)
{
  g_autoptr (PGresult) stages = inb_db_query (db, inb_directory_get_stages_sql (), 1, &workspace_id, error);

  return stages == NULL ? NULL : inb_directory_read_stages (stages);
}

/* @params: the workspace first */
static InbWebhook *
read_webhook (InbDb               *db,
              const char          *statement,
              const char          *webhook_id,
              int                  n_params,
              const char * const  *params,
              GError             **error)
{
  const char *statements[] = { inb_sql_get (statement), inb_directory_get_stages_sql (), NULL };
  g_autoptr (PGresult) row = NULL;
  g_autoptr (PGresult) stages = NULL;

  if (!send_in_workspace (db, params[0], statements, n_params, params, error))
    return NULL;

  row = inb_db_receive (db, error);
  stages = row == NULL ? NULL : inb_db_receive (db, error);
  if (stages == NULL || !inb_db_pipeline_end (db, error))
    return NULL;
  if (PQntuples (row) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no webhook of this id; check the address that it is sent to");
      return NULL;
    }

  return build_webhook (webhook_id, params[0], row, stages, error);
}

gpointer
inb_directory_load_webhook (InbDb     *db,
                            gpointer   data,
                            GError   **error)
{
  g_autoptr (PGresult) entry = NULL;
  g_autofree char *workspace_id = find_workspace (db, "directory/find-webhook", data, INB_ERROR_NOT_FOUND, &entry, error);
  const char *params[] = { workspace_id, data };

  return workspace_id == NULL ? NULL : read_webhook (db, "directory/webhook", data, G_N_ELEMENTS (params), params, error);
}

gpointer
inb_directory_load_test_webhook (InbDb     *db,
                                 gpointer   data,
                                 GError   **error)
{
  const char *params[] = { data };

  return read_webhook (db, "directory/test-webhook", TEST_WEBHOOK_ID, G_N_ELEMENTS (params), params, error);
}

static InbSession *
build_session (const char     *workspace_id,
               const PGresult *row)
{
  InbSession *self = g_new0 (InbSession, 1);
  InbRole role = INB_ROLE_NONE;
  InbRole member_role = INB_ROLE_NONE;

  inb_role_from_name (get_value (row, "role"), &role);
  inb_role_from_name (get_value (row, "member_role"), &member_role);
  g_atomic_ref_count_init (&self->refs);
  self->token_id = g_strdup (get_value (row, "id"));
  self->workspace_id = g_strdup (workspace_id);
  self->user_id = g_strdup (get_value (row, "user_id"));
  self->user_name = g_strdup (get_value (row, "name"));
  self->role = MIN (role, member_role);
  self->expires_at = get_time (row, "expires_at");

  return self;
}

gpointer
inb_directory_load_session (InbDb     *db,
                            gpointer   data,
                            GError   **error)
{
  g_autofree char *hash = g_strconcat ("\\x", data, NULL);
  g_autoptr (PGresult) entry = NULL;
  g_autofree char *workspace_id = find_workspace (db, "directory/find-token", hash, INB_ERROR_UNAUTHORIZED, &entry, error);
  const char *statements[] = { inb_sql_get ("directory/session"), NULL };
  const char *params[2] = { workspace_id };
  g_autoptr (PGresult) row = NULL;

  if (workspace_id == NULL)
    return NULL;

  params[1] = get_value (entry, "token_id");
  if (!send_in_workspace (db, workspace_id, statements, G_N_ELEMENTS (params), params, error))
    return NULL;
  row = inb_db_receive (db, error);
  if (row == NULL || !inb_db_pipeline_end (db, error))
    return NULL;
  if (PQntuples (row) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAUTHORIZED, "The token has expired or was revoked");
      return NULL;
    }

  return build_session (workspace_id, row);
}

gpointer
inb_directory_load_lost_tokens (InbDb     *db,
                                gpointer   data,
                                GError   **error)
{
  GStrv ids = data;
  g_autofree char *joined = g_strjoinv (",", ids);
  g_autofree char *array = g_strdup_printf ("{%s}", joined);
  const char *params[] = { array };
  g_autoptr (PGresult) result = inb_db_query (db, inb_sql_get ("directory/known-tokens"), 1, params, error);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GStrvBuilder) lost = NULL;

  if (result == NULL)
    return NULL;

  known = g_hash_table_new (g_str_hash, g_str_equal);
  for (int i = 0; i < PQntuples (result); i++)
    g_hash_table_add (known, PQgetvalue (result, i, 0));
  lost = g_strv_builder_new ();
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!g_hash_table_contains (known, ids[i]))
        g_strv_builder_add (lost, ids[i]);
    }

  return g_strv_builder_end (lost);
}
