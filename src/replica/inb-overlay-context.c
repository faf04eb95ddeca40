#define G_LOG_DOMAIN "inb-replica"

#include "inb-overlay-context.h"

#include "inb-replica-read.h"

#define DEFAULT_CURRENCY "EUR"

/**
 * inb_overlay_context_forget:
 *
 * Stages or workspace may be others now.
 */
void
inb_overlay_context_forget (InbOverlayContext *self)
{
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_clear_pointer (&self->workspace_id, g_free);
  g_clear_pointer (&self->currency, g_free);
}

void
inb_overlay_context_clear (InbOverlayContext *self)
{
  inb_overlay_context_forget (self);
  g_clear_pointer (&self->actor_id, g_free);
  g_clear_pointer (&self->actor_name, g_free);
}

void
inb_overlay_context_set_actor (InbOverlayContext *self,
                               const char        *user_id,
                               const char        *name)
{
  g_free (self->actor_id);
  self->actor_id = g_strdup (user_id);
  g_free (self->actor_name);
  self->actor_name = g_strdup (name);
}

static gboolean
load (InbOverlayContext  *self,
      InbSqlite          *db,
      GError            **error)
{
  g_autoptr (GPtrArray) stages = inb_replica_read_list (db, INB_KIND_STAGE, error);
  g_autoptr (GPtrArray) workspaces = NULL;

  if (stages == NULL)
    return FALSE;
  workspaces = inb_replica_read_list (db, INB_KIND_WORKSPACE, error);
  if (workspaces == NULL)
    return FALSE;

  if (workspaces->len > 0)
    {
      const InbRow *workspace = g_ptr_array_index (workspaces, 0);

      self->workspace_id = g_strdup (inb_row_get (workspace, INB_WORKSPACE_ID));
      self->currency = g_strdup (inb_row_get (workspace, INB_WORKSPACE_CURRENCY));
    }
  /* Until the first rows come it is not known. */
  if (self->workspace_id == NULL)
    self->workspace_id = g_strdup ("");
  if (self->currency == NULL)
    self->currency = g_strdup (DEFAULT_CURRENCY);
  self->stages = stages->len > 0 ? inb_stage_set_new (stages) : inb_stage_set_new_default ();

  return TRUE;
}

/**
 * inb_overlay_context_fill:
 * @context: (out caller-allocates): borrows from @self; time and role are to be set
 */
gboolean
inb_overlay_context_fill (InbOverlayContext   *self,
                          InbSqlite           *db,
                          InbMutationContext  *context,
                          GError             **error)
{
  if (self->stages == NULL && !load (self, db, error))
    return FALSE;

  *context = (InbMutationContext) {
    .workspace_id = self->workspace_id,
    .actor_id = self->actor_id,
    .actor_name = self->actor_name,
    .currency = self->currency,
    .stages = self->stages,
    .is_forecast = TRUE,
  };

  return TRUE;
}
