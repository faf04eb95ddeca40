#define G_LOG_DOMAIN "inb-service"

#include "inb-change.h"
#include "inb-codes.h"
#include "inb-command.h"
#include "inb-error.h"
#include "inb-sql.h"
#include "inb-stage.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_ID_LENGTH 63
#define DEFAULT_REGION "DE"
#define DEFAULT_CURRENCY "EUR"

typedef struct {
  char *name;
  char *region;
  char *timezone;
  char *currency;
} WorkspaceOptions;

static void
workspace_options_clear (WorkspaceOptions *options)
{
  g_free (options->name);
  g_free (options->region);
  g_free (options->timezone);
  g_free (options->currency);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WorkspaceOptions, workspace_options_clear)

static gboolean
is_valid_id (const char *id)
{
  gsize length = strlen (id);

  return length > 0 && length <= MAX_ID_LENGTH && g_ascii_isalnum (id[0])
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789_-") == length;
}

static gboolean
check_options (const char              *id,
               const WorkspaceOptions  *options,
               GError                 **error)
{
  if (!is_valid_id (id))
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no workspace id: use up to %d of a–z, 0–9, - and _, beginning with a letter or digit", id, MAX_ID_LENGTH);
  else if (!inb_country_is_valid (options->region))
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no region: use an ISO 3166 country code such as DE", options->region);
  else if (!inb_timezone_is_valid (options->timezone))
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no time zone: use an IANA name such as Europe/Berlin", options->timezone);
  else if (!inb_currency_is_valid (options->currency))
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                 "\"%s\" is no currency: use an ISO 4217 code such as EUR", options->currency);
  else
    return TRUE;

  return FALSE;
}

static void
set_defaults (const char       *id,
              WorkspaceOptions *options)
{
  if (options->name == NULL || *options->name == '\0')
    {
      g_free (options->name);
      options->name = g_strdup (id);
    }
  if (options->region == NULL)
    options->region = g_strdup (DEFAULT_REGION);
  if (options->timezone == NULL)
    options->timezone = inb_timezone_get_local ();
  if (options->currency == NULL)
    options->currency = g_strdup (DEFAULT_CURRENCY);
}

static void
put_stages (InbChange *change)
{
  g_autoptr (GPtrArray) stages = inb_stage_default_rows (inb_change_get_workspace (change), inb_time_now ());

  for (guint i = 0; i < stages->len; i++)
    {
      InbRow *stage = g_ptr_array_index (stages, i);

      if (inb_row_get (stage, INB_STAGE_STATUS_WORDS) == NULL)
        inb_row_set (stage, INB_STAGE_STATUS_WORDS, "[]");
      inb_write_set_put (inb_change_get_admin (change)->write_set, NULL, stage);
    }
}

static gboolean
insert_workspace (InbDb                   *db,
                  const char              *id,
                  const WorkspaceOptions  *options,
                  GError                 **error)
{
  g_autoptr (InbChange) change = inb_change_begin_workspace (db, id, error);
  g_autofree char *epoch = inb_uuid_new_v4 ();
  const char *params[8] = { id, options->name, options->region, options->timezone, options->currency, epoch };
  g_autoptr (PGresult) inserted = NULL;

  if (change == NULL)
    return FALSE;

  params[6] = inb_change_get_now (change);
  params[7] = inb_change_next_seq (change);
  inserted = inb_change_query (change, "admin/insert-workspace", G_N_ELEMENTS (params), params, error);
  if (inserted == NULL)
    return FALSE;

  put_stages (change);
  inb_admin_audit (inb_change_get_admin (change), "workspace_created", "workspace", id, NULL);
  inb_admin_drop (inb_change_get_admin (change), id);

  return inb_change_commit (change, error);
}

gboolean
inb_command_workspace_create (InbInvocation  *invocation,
                              GError        **error)
{
  g_auto (WorkspaceOptions) options = { NULL };
  const GOptionEntry entries[] = {
    { "name", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.name, "What people call it", "NAME" },
    { "region", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.region,
      "The country that phone numbers without + are read in (DE)", "CODE" },
    { "timezone", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.timezone, "Where its day begins (this computer's)", "ZONE" },
    { "currency", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &options.currency, "Of its leads' values (EUR)", "CODE" },
    { NULL }
  };
  const char *id;
  InbDb *db;

  if (!inb_invocation_parse (invocation, entries, 1, error))
    return FALSE;

  id = inb_invocation_get_argument (invocation, 0);
  set_defaults (id, &options);
  if (!check_options (id, &options, error))
    return FALSE;

  db = inb_invocation_open (invocation, error);
  if (db == NULL)
    return FALSE;
  if (!insert_workspace (db, id, &options, error))
    {
      g_prefix_error (error, "Making the workspace: ");
      return FALSE;
    }

  inb_invocation_print_pairs (invocation, "id", id, "name", options.name, "region", options.region,
                              "timezone", options.timezone, "currency", options.currency, NULL);

  return TRUE;
}

gboolean
inb_command_workspace_list (InbInvocation  *invocation,
                            GError        **error)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) PQclear);
  g_autoptr (PGresult) ids = NULL;
  InbDb *db;

  if (!inb_invocation_parse (invocation, NULL, 0, error))
    return FALSE;
  db = inb_invocation_open (invocation, error);
  if (db == NULL)
    return FALSE;

  ids = inb_db_query (db, inb_sql_get ("admin/list-workspaces"), 0, NULL, error);
  if (ids == NULL)
    return FALSE;
  for (int i = 0; i < PQntuples (ids); i++)
    {
      const char *params[] = { PQgetvalue (ids, i, 0) };
      g_autofree char *begin = inb_db_set_workspace_sql (db, params[0]);
      PGresult *row = NULL;

      if (inb_db_exec (db, begin, error))
        row = inb_db_query (db, inb_sql_get ("admin/workspace"), G_N_ELEMENTS (params), params, error);
      if (row == NULL)
        return FALSE;
      g_ptr_array_add (results, row);
      if (!inb_db_exec (db, "COMMIT", error))
        return FALSE;
    }
  inb_invocation_print_rows (invocation, "workspaces", results);

  return TRUE;
}
