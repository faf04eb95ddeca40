#define G_LOG_DOMAIN "inb-app"

#include "inb-edits.h"

#include "inb-edit-outcomes.h"
#include "inb-edit-steps.h"
#include "inb-error.h"
#include "inb-right-text.h"
#include "inb-service-undo.h"

#include <glib/gi18n.h>

struct _InbEdits {
  GObject          parent_instance;

  /* Owned */
  InbReplica      *replica;
  InbEditOutcomes *outcomes;
  InbEditSteps    *steps;
  InbSyncClient   *client;      /* NULL: nothing can be done at the service */
  GHashTable      *at_service;  /* the groups of what was done there */
};

/* What is being done. */
typedef struct {
  /* Owned */
  char     *label;
  char     *undoes;   /* group, or NULL */

  gboolean  quiet;
} Deed;

enum {
  PROP_0,
  PROP_CAN_UNDO,
  PROP_UNDO_LABEL,
  PROP_ROLE,
  N_PROPS
};

enum {
  DONE,
  UNDONE,
  FAILED,
  REPORTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbEdits, inb_edits, G_TYPE_OBJECT)

static void
deed_free (Deed *deed)
{
  g_free (deed->label);
  g_free (deed->undoes);
  g_free (deed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deed, deed_free)

static void
notify_steps (InbEdits *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
}

static void
push_step (InbEdits   *self,
           const char *group,
           const char *label)
{
  inb_edit_steps_push (self->steps, group, label);
  notify_steps (self);
}

/* (transfer full) (nullable): its label */
static char *
take_step (InbEdits   *self,
           const char *group)
{
  char *label = inb_edit_steps_take (self->steps, group);

  if (label != NULL)
    notify_steps (self);

  return label;
}

static void
fail (InbEdits     *self,
      const GError *error)
{
  g_autofree char *message = inb_edits_describe_error (self, error);

  g_message ("an edit was not kept: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, message);
}

/* --- doing -------------------------------------------------------------------------------------------------------------- */

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbEdits *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);

  if (group == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_debug ("kept: %s", deed->label);
  push_step (self, group, deed->label);
  g_signal_emit (self, signals[DONE], 0, group, deed->label, deed->quiet);
  if (!deed->quiet)
    inb_edit_outcomes_watch (self->outcomes, group, FALSE);
  g_task_return_pointer (task, g_steal_pointer (&group), g_free);
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  InbEdits *self = INB_EDITS (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (self, result, &error);

  if (group == NULL)
    fail (self, error);
}

/* --- undoing ------------------------------------------------------------------------------------------------------------ */

static void
on_undone (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbEdits *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);

  if (group == NULL)
    {
      /* What is too long ago need not be offered again. */
      if (!g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
        push_step (self, deed->undoes, deed->label);
      fail (self, error);
      g_task_return_boolean (task, FALSE);
      return;
    }

  g_signal_emit (self, signals[UNDONE], 0, group, deed->label);
  inb_edit_outcomes_watch (self->outcomes, group, TRUE);
  g_task_return_boolean (task, TRUE);
}

static void
on_undone_at_service (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  InbEdits *self = g_task_get_source_object (task);
  Deed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  InbGroupOutcome outcome;

  if (!inb_service_undo_finish (INB_SYNC_CLIENT (source), result, &outcome, &error))
    {
      if (!g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
        push_step (self, deed->undoes, deed->label);
      fail (self, error);
      g_task_return_boolean (task, FALSE);
      return;
    }

  g_hash_table_remove (self->at_service, deed->undoes);
  g_signal_emit (self, signals[UNDONE], 0, deed->undoes, deed->label);
  message = inb_edit_outcomes_describe_undo (&outcome);
  if (message != NULL)
    g_signal_emit (self, signals[REPORTED], 0, message);
  g_task_return_boolean (task, TRUE);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
on_reported (InbEdits   *self,
             const char *message)
{
  g_signal_emit (self, signals[REPORTED], 0, message);
}

/* What changed nothing cannot be taken back. */
static void
on_empty (InbEdits   *self,
          const char *group)
{
  g_free (take_step (self, group));
}

static void
on_actor_changed (InbEdits *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

static void
inb_edits_finalize (GObject *object)
{
  InbEdits *self = INB_EDITS (object);

  g_clear_pointer (&self->steps, inb_edit_steps_free);
  g_clear_pointer (&self->at_service, g_hash_table_unref);
  g_clear_object (&self->client);
  g_clear_object (&self->outcomes);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_edits_parent_class)->finalize (object);
}

static void
inb_edits_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  InbEdits *self = INB_EDITS (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, inb_edits_get_can_undo (self));
      break;

    case PROP_UNDO_LABEL:
      g_value_set_string (value, inb_edits_get_undo_label (self));
      break;

    case PROP_ROLE:
      g_value_set_uint (value, inb_edits_get_role (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_edits_class_init (InbEditsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = inb_edits_finalize;
  object_class->get_property = inb_edits_get_property;

  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_UNDO_LABEL] = g_param_spec_string ("undo-label", NULL, NULL, NULL, flags);
  properties[PROP_ROLE] = g_param_spec_uint ("role", NULL, NULL, INB_ROLE_NONE, INB_ROLE_OWNER, INB_ROLE_NONE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                G_TYPE_STRING, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[UNDONE] = g_signal_new ("undone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_STRING, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);
  signals[REPORTED] = g_signal_new ("reported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_STRING);
}

static void
inb_edits_init (InbEdits *self)
{
  self->at_service = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->steps = inb_edit_steps_new ();
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_edits_new:
 * @replica: whose outbox takes them
 *
 * Returns: (transfer full): with nothing to undo yet
 */
InbEdits *
inb_edits_new (InbReplica *replica)
{
  InbEdits *self;

  g_return_val_if_fail (INB_IS_REPLICA (replica), NULL);

  self = g_object_new (INB_TYPE_EDITS, NULL);
  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "actor-changed", G_CALLBACK (on_actor_changed), self, G_CONNECT_SWAPPED);
  self->outcomes = inb_edit_outcomes_new (replica);
  g_signal_connect_object (self->outcomes, "reported", G_CALLBACK (on_reported), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->outcomes, "empty", G_CALLBACK (on_empty), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * inb_edits_set_client:
 * @client: of the same workspace
 */
void
inb_edits_set_client (InbEdits      *self,
                      InbSyncClient *client)
{
  g_return_if_fail (INB_IS_EDITS (self) && INB_IS_SYNC_CLIENT (client));

  g_set_object (&self->client, client);
}

/**
 * inb_edits_do:
 * @edit: not to be changed any more
 *
 * Keeps what the user did and shows it; "done" or "failed" follows.
 */
void
inb_edits_do (InbEdits *self,
              InbEdit  *edit)
{
  inb_edits_do_async (self, edit, FALSE, on_done, NULL);
}

/**
 * inb_edits_do_quietly:
 * @edit: not to be changed any more
 *
 * As inb_edits_do(), for what is undone as easily where it was done.
 */
void
inb_edits_do_quietly (InbEdits *self,
                      InbEdit  *edit)
{
  inb_edits_do_async (self, edit, TRUE, on_done, NULL);
}

void
inb_edits_do_async (InbEdits            *self,
                    InbEdit             *edit,
                    gboolean             quiet,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;
  Deed *deed;

  g_return_if_fail (INB_IS_EDITS (self) && edit != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  deed = g_new0 (Deed, 1);
  deed->label = g_strdup (inb_edit_get_label (edit));
  deed->quiet = quiet;
  g_task_set_task_data (task, deed, (GDestroyNotify) deed_free);
  inb_replica_edit_async (self->replica, edit, on_kept, task);
}

/**
 * inb_edits_do_finish:
 *
 * Returns: (transfer full) (nullable): the group's id: it is on the disk; or %NULL, and nothing was done
 */
char *
inb_edits_do_finish (InbEdits      *self,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * inb_edits_note_at_service:
 * @group: what the service knows it by
 * @label: what was done, for the user
 */
void
inb_edits_note_at_service (InbEdits   *self,
                           const char *group,
                           const char *label)
{
  g_return_if_fail (INB_IS_EDITS (self) && INB_IS_SYNC_CLIENT (self->client));
  g_return_if_fail (group != NULL && label != NULL);

  g_free (take_step (self, group));
  g_hash_table_add (self->at_service, g_strdup (group));
  push_step (self, group, label);
  g_signal_emit (self, signals[DONE], 0, group, label, FALSE);
}

/**
 * inb_edits_undo:
 *
 * Takes the newest step back; without one nothing happens.
 */
void
inb_edits_undo (InbEdits *self)
{
  g_autofree char *group = NULL;

  g_return_if_fail (INB_IS_EDITS (self));

  /* The step goes with what it has. */
  group = g_strdup (inb_edit_steps_get_group (self->steps));
  if (group != NULL)
    inb_edits_undo_group (self, group);
}

/**
 * inb_edits_undo_group:
 * @group: of this session; one that was taken back already is passed over
 */
void
inb_edits_undo_group (InbEdits   *self,
                      const char *group)
{
  g_autofree char *done = NULL;
  g_autofree char *label = NULL;
  GTask *task;
  Deed *deed;

  g_return_if_fail (INB_IS_EDITS (self) && group != NULL);

  done = take_step (self, group);
  if (done == NULL)
    return;

  deed = g_new0 (Deed, 1);
  deed->label = g_strdup (done);
  deed->undoes = g_strdup (group);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, deed, (GDestroyNotify) deed_free);
  if (g_hash_table_contains (self->at_service, group))
    {
      inb_service_undo_async (self->client, deed->undoes, on_undone_at_service, task);
      return;
    }
  /* Translators: "Undo: Stage of 12 leads" */
  label = g_strdup_printf (_("Undo: %s"), done);
  inb_replica_undo_async (self->replica, group, label, on_undone, task);
}

gboolean
inb_edits_get_can_undo (InbEdits *self)
{
  g_return_val_if_fail (INB_IS_EDITS (self), FALSE);

  return inb_edit_steps_get_group (self->steps) != NULL;
}

/**
 * inb_edits_get_undo_label:
 *
 * Returns: (transfer none) (nullable): of what inb_edits_undo() takes back
 */
const char *
inb_edits_get_undo_label (InbEdits *self)
{
  g_return_val_if_fail (INB_IS_EDITS (self), NULL);

  return inb_edit_steps_get_label (self->steps);
}

InbRole
inb_edits_get_role (InbEdits *self)
{
  g_return_val_if_fail (INB_IS_EDITS (self), INB_ROLE_NONE);

  return inb_replica_get_role (self->replica);
}

/**
 * inb_edits_may:
 * @reason: (out) (optional) (nullable): why not, for a tooltip
 */
gboolean
inb_edits_may (InbEdits    *self,
               InbRight     right,
               const char **reason)
{
  const char *why;

  g_return_val_if_fail (INB_IS_EDITS (self), FALSE);

  why = inb_right_text_get_reason (inb_edits_get_role (self), right);
  if (reason != NULL)
    *reason = why;

  return why == NULL;
}

/**
 * inb_edits_describe_error:
 * @error: of an edit
 *
 * Returns: (transfer full): one sentence for the user
 */
char *
inb_edits_describe_error (InbEdits     *self,
                          const GError *error)
{
  const char *reason;

  g_return_val_if_fail (INB_IS_EDITS (self) && error != NULL, NULL);

  if (g_error_matches (error, INB_ERROR, INB_ERROR_FORBIDDEN))
    {
      reason = inb_right_text_get_reason (inb_edits_get_role (self), INB_RIGHT_EDIT);

      return g_strdup (reason != NULL ? reason : _("Only managers can do that"));
    }
  if (g_error_matches (error, INB_ERROR, INB_ERROR_DISK_FULL))
    return g_strdup (_("Not kept: the disk is full"));
  if (g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
    return g_strdup (_("There is nothing to undo any more"));

  return g_strdup_printf (_("Not kept: %s"), error->message);
}
