#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-arrivals.h"

#include "inb-error.h"

/* Nobody reads more notices than this; the rows are in the list anyway. */
#define MAX_WAITING 64

struct _InbSyncArrivals {
  GObject       parent_instance;

  /* Owned */
  InbReplica   *replica;
  GPtrArray    *waiting;     /* InbSyncEvent, oldest first */
  GCancellable *cancellable;

  guint         n_checks;
};

/* A look into the replica under way. */
typedef struct {
  InbSyncArrivals *arrivals;
  InbSyncEvent    *event;
  guint            n_checks; /* when it began */
} Look;

enum {
  ARRIVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbSyncArrivals, inb_sync_arrivals, G_TYPE_OBJECT)

static void look_for (InbSyncArrivals *self,
                      InbSyncEvent    *event);

/* A person without a name is told of by mail or phone, as in the list. */
static char *
choose_name (const InbSyncEvent  *event,
             const InbLeadDetail *detail)
{
  const char *name = event->name;

  if (*name == '\0' && detail != NULL && detail->contact != NULL)
    {
      name = inb_row_get (detail->contact, INB_CONTACT_EMAIL);
      if (name == NULL)
        name = inb_row_get (detail->contact, INB_CONTACT_PHONE_DISPLAY);
      if (name == NULL)
        name = inb_row_get (detail->contact, INB_CONTACT_PHONE);
    }

  return g_strdup (name != NULL ? name : "");
}

static void
tell (InbSyncArrivals     *self,
      const InbSyncEvent  *event,
      const InbLeadDetail *detail)
{
  g_autofree char *name = choose_name (event, detail);

  g_signal_emit (self, signals[ARRIVED], 0, event->lead_id, event->contact_id, name, event->webhook_name);
}

static void
wait_for (InbSyncArrivals *self,
          InbSyncEvent    *event)
{
  if (self->waiting->len >= MAX_WAITING)
    g_ptr_array_remove_index (self->waiting, 0);
  g_ptr_array_add (self->waiting, event);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Look *look = user_data;
  g_autoptr (InbSyncArrivals) self = look->arrivals;
  g_autoptr (InbSyncEvent) event = look->event;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);
  gboolean is_outdated = look->n_checks != self->n_checks;

  g_free (look);
  if (detail != NULL)
    tell (self, event, detail);
  else if (!g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND))
    g_debug ("An announced lead is not told of: %s", error->message);
  else if (is_outdated)
    look_for (self, g_steal_pointer (&event)); /* its rows may have come while it was looked for */
  else
    wait_for (self, g_steal_pointer (&event));
}

/* (event: transfer full) */
static void
look_for (InbSyncArrivals *self,
          InbSyncEvent    *event)
{
  Look *look = g_new0 (Look, 1);

  look->arrivals = g_object_ref (self);
  look->event = event;
  look->n_checks = self->n_checks;
  inb_replica_get_lead_async (self->replica, event->lead_id, self->cancellable, on_looked, look);
}

static void
inb_sync_arrivals_finalize (GObject *object)
{
  InbSyncArrivals *self = INB_SYNC_ARRIVALS (object);

  g_clear_object (&self->replica);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->waiting);

  G_OBJECT_CLASS (inb_sync_arrivals_parent_class)->finalize (object);
}

static void
inb_sync_arrivals_class_init (InbSyncArrivalsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_sync_arrivals_finalize;

  signals[ARRIVED] = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                   G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
inb_sync_arrivals_init (InbSyncArrivals *self)
{
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_sync_event_free);
  self->cancellable = g_cancellable_new ();
}

InbSyncArrivals *
inb_sync_arrivals_new (InbReplica *replica)
{
  InbSyncArrivals *self = g_object_new (INB_TYPE_SYNC_ARRIVALS, NULL);

  self->replica = g_object_ref (replica);

  return self;
}

/**
 * inb_sync_arrivals_add:
 * @event: (transfer full): an arrival
 *
 * Tells of it as soon as the lead is there; of a contact without a lead at once.
 */
void
inb_sync_arrivals_add (InbSyncArrivals *self,
                       InbSyncEvent    *event)
{
  g_return_if_fail (INB_IS_SYNC_ARRIVALS (self) && event->type == INB_SYNC_EVENT_ARRIVAL);

  if (event->lead_id != NULL)
    {
      look_for (self, event);
      return;
    }

  tell (self, event, NULL);
  inb_sync_event_free (event);
}

/**
 * inb_sync_arrivals_check:
 *
 * Looks for those that are missing; to be called when the replica has changed.
 */
void
inb_sync_arrivals_check (InbSyncArrivals *self)
{
  g_return_if_fail (INB_IS_SYNC_ARRIVALS (self));

  self->n_checks++;
  while (self->waiting->len > 0)
    look_for (self, g_ptr_array_steal_index (self->waiting, 0));
}

/**
 * inb_sync_arrivals_clear:
 *
 * Forgets them.
 */
void
inb_sync_arrivals_clear (InbSyncArrivals *self)
{
  g_return_if_fail (INB_IS_SYNC_ARRIVALS (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_ptr_array_set_size (self->waiting, 0);
}
