#define G_LOG_DOMAIN "inb-app"

#include "inb-edit-outcomes.h"

#include "inb-format.h"

#include <glib/gi18n.h>

/* Each is asked for whenever the outbox changes, and offline none ever ends. */
#define MAX_WATCHED 16

typedef struct {
  /* Owned */
  char     *group;

  gboolean  is_undo;
} Watch;

struct _InbEditOutcomes {
  GObject     parent_instance;

  /* Owned */
  InbReplica *replica;
  GPtrArray  *watched;    /* (element-type Watch); those asked already are last */

  guint       n_asked;    /* of them, since the outbox changed */
  gboolean    counting;   /* the first one */
};

enum {
  REPORTED,
  EMPTY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbEditOutcomes, inb_edit_outcomes, G_TYPE_OBJECT)

static void count_next (InbEditOutcomes *self);

static void
watch_free (Watch *watch)
{
  g_free (watch->group);
  g_free (watch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

static gboolean
is_empty (const InbGroupOutcome *outcome)
{
  return outcome->n_applied + outcome->n_conflicts + outcome->n_rejected + outcome->n_waiting == 0;
}

/**
 * inb_edit_outcomes_describe_undo:
 *
 * Returns: (transfer full) (nullable): what the user would not expect
 */
char *
inb_edit_outcomes_describe_undo (const InbGroupOutcome *outcome)
{
  g_autofree char *restored = inb_format_count (outcome->n_applied);
  g_autofree char *kept = inb_format_count (outcome->n_conflicts);

  if (outcome->n_conflicts > 0)
    return g_strdup_printf (ngettext ("%s restored, %s kept because others changed it since",
                                      "%s restored, %s kept because others changed them since", outcome->n_conflicts),
                            restored, kept);
  if (outcome->n_rejected > 0)
    return g_strdup_printf (ngettext ("%u change could not be undone", "%u changes could not be undone",
                                      outcome->n_rejected),
                            outcome->n_rejected);

  return NULL;
}

/* (transfer full) (nullable) */
static char *
describe_answer (const InbGroupOutcome *outcome)
{
  if (outcome->n_conflicts > 0)
    return g_strdup_printf (ngettext ("%u lead was changed by others at the same time: say whose change stays",
                                      "%u leads were changed by others at the same time: say whose changes stay",
                                      outcome->n_conflicts),
                            outcome->n_conflicts);
  if (outcome->n_rejected > 0)
    return g_strdup_printf (ngettext ("The server refused %u change", "The server refused %u changes", outcome->n_rejected),
                            outcome->n_rejected);

  return NULL;
}

static void
report (InbEditOutcomes       *self,
        const Watch           *watch,
        const InbGroupOutcome *outcome)
{
  g_autofree char *message = NULL;

  if (watch->is_undo)
    {
      message = inb_edit_outcomes_describe_undo (outcome);
    }
  else if (is_empty (outcome))
    {
      g_signal_emit (self, signals[EMPTY], 0, watch->group);
      message = g_strdup (_("Nothing to change"));
    }
  else
    {
      message = describe_answer (outcome);
    }
  if (message != NULL)
    g_signal_emit (self, signals[REPORTED], 0, message);
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (InbEditOutcomes) self = user_data;
  g_autoptr (GError) error = NULL;
  const Watch *first = g_ptr_array_index (self->watched, 0);
  InbGroupOutcome outcome;

  self->counting = FALSE;
  if (!inb_replica_get_group_finish (INB_REPLICA (source), result, &outcome, &error))
    {
      g_message ("the outcome of %s is not known: %s", first->group, error->message);
      g_ptr_array_remove_index (self->watched, 0);
    }
  else if (outcome.n_waiting > 0)
    {
      /* Asked again when the outbox is another. */
      g_ptr_array_add (self->watched, g_ptr_array_steal_index (self->watched, 0));
      self->n_asked++;
    }
  else
    {
      g_autoptr (Watch) over = g_ptr_array_steal_index (self->watched, 0);

      report (self, over, &outcome);
    }
  count_next (self);
}

static void
count_next (InbEditOutcomes *self)
{
  if (self->counting || self->n_asked >= self->watched->len)
    return;

  const Watch *first = g_ptr_array_index (self->watched, 0);
  self->counting = TRUE;
  inb_replica_get_group_async (self->replica, first->group, on_counted, g_object_ref (self));
}

static void
on_outbox_changed (InbEditOutcomes *self)
{
  self->n_asked = 0;
  count_next (self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_edit_outcomes_finalize (GObject *object)
{
  InbEditOutcomes *self = INB_EDIT_OUTCOMES (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_clear_object (&self->replica);

  G_OBJECT_CLASS (inb_edit_outcomes_parent_class)->finalize (object);
}

static void
inb_edit_outcomes_class_init (InbEditOutcomesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_edit_outcomes_finalize;

  signals[REPORTED] = g_signal_new ("reported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                    1, G_TYPE_STRING);
  signals[EMPTY] = g_signal_new ("empty", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);
}

static void
inb_edit_outcomes_init (InbEditOutcomes *self)
{
  self->watched = g_ptr_array_new_with_free_func ((GDestroyNotify) watch_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_edit_outcomes_new:
 * @replica: whose outbox has the groups
 *
 * Returns: (transfer full): that watches nothing yet
 */
InbEditOutcomes *
inb_edit_outcomes_new (InbReplica *replica)
{
  InbEditOutcomes *self;

  g_return_val_if_fail (INB_IS_REPLICA (replica), NULL);

  self = g_object_new (INB_TYPE_EDIT_OUTCOMES, NULL);
  self->replica = g_object_ref (replica);
  g_signal_connect_object (replica, "outbox-changed", G_CALLBACK (on_outbox_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * inb_edit_outcomes_watch:
 *
 * Watches the group until it is settled; of very many the oldest are forgotten.
 */
void
inb_edit_outcomes_watch (InbEditOutcomes *self,
                         const char      *group,
                         gboolean         is_undo)
{
  Watch *watch;

  g_return_if_fail (INB_IS_EDIT_OUTCOMES (self) && group != NULL);

  if (self->watched->len >= MAX_WATCHED)
    {
      g_ptr_array_remove_index (self->watched, self->watched->len - 1);
      self->n_asked -= MIN (self->n_asked, 1);
    }
  watch = g_new0 (Watch, 1);
  watch->group = g_strdup (group);
  watch->is_undo = is_undo;
  g_ptr_array_insert (self->watched, self->counting ? 1 : 0, watch);
  count_next (self);
}
