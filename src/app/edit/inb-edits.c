#define G_LOG_DOMAIN "inb-app"

#include "inb-edits-private.h"

#include "inb-error.h"
#include "inb-right-text.h"

#include <glib/gi18n.h>

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

void
inb_edits_deed_free (InbEditsDeed *deed)
{
  g_free (deed->label);
  g_free (deed->undoes);
  g_free (deed);
}

static void
notify_steps (InbEdits *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
}

void
inb_edits_push_step (InbEdits   *self,
                     const char *group,
                     const char *label)
{
  inb_edit_steps_push (self->steps, group, label);
  notify_steps (self);
}

/* (transfer full) (nullable): its label */
char *
inb_edits_take_step (InbEdits   *self,
                     const char *group)
{
  char *label = inb_edit_steps_take (self->steps, group);

  if (label != NULL)
    notify_steps (self);

  return label;
}

void
inb_edits_fail (InbEdits     *self,
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
  InbEditsDeed *deed = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_replica_edit_finish (INB_REPLICA (source), result, &error);

  if (group == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_debug ("kept: %s", deed->label);
  inb_edits_push_step (self, group, deed->label);
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
    inb_edits_fail (self, error);
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
  g_free (inb_edits_take_step (self, group));
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
  InbEditsDeed *deed;

  g_return_if_fail (INB_IS_EDITS (self) && edit != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  deed = g_new0 (InbEditsDeed, 1);
  deed->label = g_strdup (inb_edit_get_label (edit));
  deed->quiet = quiet;
  g_task_set_task_data (task, deed, (GDestroyNotify) inb_edits_deed_free);
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
