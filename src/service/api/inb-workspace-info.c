#define G_LOG_DOMAIN "inb-service"

#include "inb-workspace-info.h"

#include "inb-error.h"
#include "inb-params.h"
#include "inb-read.h"
#include "inb-sql.h"
#include "inb-time.h"

enum { INFO_TIMEZONE, INFO_CURRENCY, INFO_NAMES_ALL };

static char *
make_open_stages (InbStageSet *stages)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const char *key = inb_row_get (inb_stage_set_get (stages, i), INB_STAGE_KEY);

      if (inb_stage_set_get_category (stages, key) == INB_STAGE_CATEGORY_OPEN)
        g_ptr_array_add (keys, (gpointer) key);
    }
  g_ptr_array_add (keys, NULL);

  return inb_params_to_array ((const char * const *) keys->pdata);
}

static InbWorkspaceInfo *
build (const PGresult *workspace,
       const PGresult *stages,
       gint64          now)
{
  InbWorkspaceInfo *self = g_new0 (InbWorkspaceInfo, 1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (int i = 0; i < PQntuples (stages); i++)
    g_ptr_array_add (rows, inb_db_get_row (stages, i, INB_KIND_STAGE));

  self->zone = g_strdup (PQgetvalue (workspace, 0, INFO_TIMEZONE));
  self->timezone = inb_time_zone_new (self->zone);
  self->currency = g_strdup (PQgetvalue (workspace, 0, INFO_CURRENCY));
  self->stages = inb_stage_set_new (rows);
  self->open_stages = make_open_stages (self->stages);
  self->names_all = *PQgetvalue (workspace, 0, INFO_NAMES_ALL) == 't';
  self->now = now;

  return self;
}

/**
 * inb_workspace_info_read:
 * @now: microseconds since 1970
 *
 * Returns: (transfer full): what is known of the workspace, or %NULL with its error
 */
InbWorkspaceInfo *
inb_workspace_info_read (InbDb       *db,
                         const char  *workspace_id,
                         gint64       now,
                         GError     **error)
{
  g_autoptr (PGresult) workspace = NULL;
  g_autoptr (PGresult) stages = NULL;
  InbRead read;

  if (!inb_read_begin (&read, db, workspace_id, FALSE, error) ||
      !inb_read_send (&read, inb_sql_get ("api/workspace-info"), 1, &workspace_id, error) ||
      !inb_read_send (&read, inb_sql_get_selecting ("directory/stages", INB_KIND_STAGE, "t"), 1, &workspace_id, error) ||
      !inb_read_finish (&read, error) ||
      (workspace = inb_read_receive (&read, error)) == NULL ||
      (stages = inb_read_receive (&read, error)) == NULL ||
      !inb_read_end (&read, error))
    {
      g_prefix_error (error, "Reading the workspace: ");
      return NULL;
    }
  if (PQntuples (workspace) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such workspace");
      return NULL;
    }

  return build (workspace, stages, now);
}

void
inb_workspace_info_free (InbWorkspaceInfo *self)
{
  g_free (self->zone);
  g_time_zone_unref (self->timezone);
  g_free (self->currency);
  inb_stage_set_unref (self->stages);
  g_free (self->open_stages);
  g_free (self);
}
