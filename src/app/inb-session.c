#define G_LOG_DOMAIN "inb-app"

#include "inb-session.h"

#include "inb-replica-folders.h"
#include "inb-workspace-watch.h"

struct _InbSession {
  GObject            parent_instance;

  /* Owned */
  InbSyncAccount    *account;
  InbClock          *clock;
  InbReplica        *replica;
  InbWorkspaceWatch *workspace;
  InbSyncClient     *client;
  InbLeadList       *list;
  InbMetricsWatch   *metrics;
  InbDirectory      *directory;
  InbEdits          *edits;
  InbSavedViews     *views;
  InbDismissals     *dismissals;
  InbLeadFilter     *filter;
  GCancellable      *cancellable;
  GError            *error;
  char              *folder;

  InbSessionPhase    phase;
  gboolean           opening;
  gboolean           contacts;
  gboolean           is_salvaged;  /* and nobody has been told */
  guint              n_saved;
};

enum {
  PHASE_CHANGED,
  STAGES_CHANGED,
  WORKSPACE_CHANGED,
  FILTER_CHANGED,
  LEAD_ARRIVED,
  SALVAGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSession, inb_session, G_TYPE_OBJECT)

static void
set_phase (InbSession      *self,
           InbSessionPhase  phase)
{
  self->phase = phase;
  g_signal_emit (self, signals[PHASE_CHANGED], 0);
}

static void
on_stages_changed (InbSession *self)
{
  inb_directory_set_stages (self->directory, inb_workspace_watch_get_stages (self->workspace));
  g_signal_emit (self, signals[STAGES_CHANGED], 0);
}

static void
on_workspace_changed (InbSession *self)
{
  g_signal_emit (self, signals[WORKSPACE_CHANGED], 0);
}

/* There may be no window yet. */
static void
on_salvaged (InbSession *self,
             guint       n_saved)
{
  self->is_salvaged = TRUE;
  self->n_saved = n_saved;
  g_signal_emit (self, signals[SALVAGED], 0);
}

static void
on_lead_arrived (InbSession *self,
                 const char *lead_id,
                 const char *contact_id,
                 const char *name,
                 const char *webhook_name)
{
  g_signal_emit (self, signals[LEAD_ARRIVED], 0, lead_id, contact_id, name, webhook_name);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbSession) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean opened = inb_replica_open_finish (INB_REPLICA (source), result, &error);

  self->opening = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (!opened)
    {
      g_warning ("opening the replica: %s", error->message);
      self->error = g_steal_pointer (&error);
      set_phase (self, INB_SESSION_FAILED);
      return;
    }

  inb_lead_list_refresh (self->list);
  inb_metrics_watch_refresh (self->metrics);
  inb_directory_refresh (self->directory);
  inb_saved_views_refresh (self->views);
  inb_workspace_watch_refresh (self->workspace);
  inb_sync_client_start (self->client);
  set_phase (self, INB_SESSION_OPEN);
}

static void
inb_session_dispose (GObject *object)
{
  inb_session_stop (INB_SESSION (object));

  G_OBJECT_CLASS (inb_session_parent_class)->dispose (object);
}

static void
inb_session_finalize (GObject *object)
{
  InbSession *self = INB_SESSION (object);

  g_clear_object (&self->views);
  g_clear_object (&self->dismissals);
  g_clear_object (&self->edits);
  g_clear_object (&self->directory);
  g_clear_object (&self->metrics);
  g_clear_object (&self->list);
  g_clear_object (&self->client);
  g_clear_object (&self->workspace);
  g_clear_object (&self->replica);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->filter, inb_lead_filter_free);
  g_clear_pointer (&self->account, inb_sync_account_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (inb_session_parent_class)->finalize (object);
}

static guint
add_signal (GObjectClass *klass,
            const char   *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_session_class_init (InbSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_session_dispose;
  object_class->finalize = inb_session_finalize;

  signals[PHASE_CHANGED] = add_signal (object_class, "phase-changed");
  signals[STAGES_CHANGED] = add_signal (object_class, "stages-changed");
  signals[WORKSPACE_CHANGED] = add_signal (object_class, "workspace-changed");
  signals[FILTER_CHANGED] = add_signal (object_class, "filter-changed");
  signals[SALVAGED] = add_signal (object_class, "salvaged");
  signals[LEAD_ARRIVED] = g_signal_new ("lead-arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
inb_session_init (InbSession *self)
{
  self->cancellable = g_cancellable_new ();
  self->clock = inb_clock_new ();
  self->filter = inb_lead_filter_new ();
}

/**
 * inb_session_new:
 * @account: which service and workspace
 * @data_folder: (nullable): where replicas are kept
 *
 * Returns: (transfer full): a session that is not started
 */
InbSession *
inb_session_new (InbSyncAccount *account,
                 const char     *data_folder)
{
  InbSession *self;
  g_autofree char *parent = NULL;
  g_autofree char *key = NULL;
  g_autofree char *dismissals = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (INB_TYPE_SESSION, NULL);
  self->account = inb_sync_account_copy (account);
  parent = data_folder != NULL ? g_strdup (data_folder) : inb_replica_folders_get_default ();
  key = inb_sync_account_get_key (account);
  self->folder = g_build_filename (parent, key, NULL);

  self->replica = inb_replica_new (self->folder);
  self->workspace = inb_workspace_watch_new (self->replica, self->clock, self->cancellable);
  self->list = inb_lead_list_new (self->replica);
  self->metrics = inb_metrics_watch_new (self->replica, self->clock);
  self->directory = inb_directory_new (self->replica);
  self->edits = inb_edits_new (self->replica);
  self->views = inb_saved_views_new (self->replica, self->edits);
  dismissals = g_build_filename (self->folder, "different-people", NULL);
  self->dismissals = inb_dismissals_new (dismissals);
  self->client = inb_sync_client_new (self->replica, self->account);
  inb_edits_set_client (self->edits, self->client);
  g_signal_connect_object (self->workspace, "stages-changed", G_CALLBACK (on_stages_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "changed", G_CALLBACK (on_workspace_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->replica, "outbox-salvaged", G_CALLBACK (on_salvaged), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "lead-arrived", G_CALLBACK (on_lead_arrived), self, G_CONNECT_SWAPPED);

  return self;
}

void
inb_session_start (InbSession *self)
{
  g_return_if_fail (INB_IS_SESSION (self));

  if (self->opening || self->phase == INB_SESSION_OPEN)
    return;

  g_clear_error (&self->error);
  self->opening = TRUE;
  inb_replica_open_async (self->replica, self->cancellable, on_opened, g_object_ref (self));
  if (self->phase != INB_SESSION_OPENING)
    set_phase (self, INB_SESSION_OPENING);
}

/**
 * inb_session_stop:
 *
 * Disconnects and closes the replica, so that its folder is free for another session.
 */
void
inb_session_stop (InbSession *self)
{
  g_return_if_fail (INB_IS_SESSION (self));

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  g_cancellable_cancel (self->cancellable);
  inb_sync_client_stop (self->client);
  inb_replica_close (self->replica);
}

InbSessionPhase
inb_session_get_phase (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), INB_SESSION_FAILED);

  return self->phase;
}

const GError *
inb_session_get_error (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->error;
}

const InbSyncAccount *
inb_session_get_account (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->account;
}

InbClock *
inb_session_get_clock (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->clock;
}

InbReplica *
inb_session_get_replica (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->replica;
}

InbSyncClient *
inb_session_get_client (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->client;
}

InbLeadList *
inb_session_get_list (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->list;
}

InbMetricsWatch *
inb_session_get_metrics (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->metrics;
}

InbDirectory *
inb_session_get_directory (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->directory;
}

InbEdits *
inb_session_get_edits (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->edits;
}

InbSavedViews *
inb_session_get_views (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->views;
}

/**
 * inb_session_get_dismissals:
 *
 * Returns: (transfer none): which contacts are known to be different people
 */
InbDismissals *
inb_session_get_dismissals (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->dismissals;
}

const InbLeadFilter *
inb_session_get_filter (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->filter;
}

static void
update_list (InbSession *self)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_copy (inb_lead_list_get_query (self->list));

  inb_lead_filter_free (query->filter);
  query->filter = inb_lead_filter_copy (self->filter);
  query->contacts = self->contacts;
  inb_lead_list_set_query (self->list, query);
}

/**
 * inb_session_set_filter:
 * @filter: which leads are shown
 */
void
inb_session_set_filter (InbSession          *self,
                        const InbLeadFilter *filter)
{
  g_return_if_fail (INB_IS_SESSION (self) && filter != NULL);

  if (inb_lead_filter_equal (self->filter, filter))
    return;

  inb_lead_filter_free (self->filter);
  self->filter = inb_lead_filter_copy (filter);
  update_list (self);
  inb_metrics_watch_set_filter (self->metrics, filter);
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

gboolean
inb_session_get_contacts (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), FALSE);

  return self->contacts;
}

/**
 * inb_session_set_contacts:
 * @contacts: whether the table lists contacts without a lead
 */
void
inb_session_set_contacts (InbSession *self,
                          gboolean    contacts)
{
  g_return_if_fail (INB_IS_SESSION (self));

  if (self->contacts == !!contacts)
    return;

  self->contacts = !!contacts;
  update_list (self);
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

InbStageSet *
inb_session_get_stages (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return inb_workspace_watch_get_stages (self->workspace);
}

const char *
inb_session_get_name (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return inb_workspace_watch_get_name (self->workspace);
}

const char *
inb_session_get_currency (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return inb_workspace_watch_get_currency (self->workspace);
}

/**
 * inb_session_get_folder:
 *
 * Returns: where the replica's files are
 */
const char *
inb_session_get_folder (InbSession *self)
{
  g_return_val_if_fail (INB_IS_SESSION (self), NULL);

  return self->folder;
}

/**
 * inb_session_take_salvaged:
 * @n_saved: (out): how many changes could be read; set with %TRUE only
 *
 * Returns: whether there is something to tell; once
 */
gboolean
inb_session_take_salvaged (InbSession *self,
                           guint      *n_saved)
{
  g_return_val_if_fail (INB_IS_SESSION (self) && n_saved != NULL, FALSE);

  if (!self->is_salvaged)
    return FALSE;

  self->is_salvaged = FALSE;
  *n_saved = self->n_saved;

  return TRUE;
}
