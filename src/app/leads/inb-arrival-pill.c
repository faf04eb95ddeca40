#define G_LOG_DOMAIN "inb-app"

#include "inb-arrival-pill.h"

#include "inb-accessible.h"

#include <glib/gi18n.h>

/* How long the list may take to have a lead that was announced. */
#define PATIENCE (10 * G_TIME_SPAN_SECOND)
/* As many of the newest rows are looked through, besides as many as are awaited. */
#define LOOK_BACK 32
#define MAX_LOOK 1000

struct _InbArrivalPill {
  AdwBin        parent_instance;

  /* Owned */
  InbLeadList  *list;
  GHashTable   *awaited;    /* lead id → when it was announced (gint64 *) */
  GCancellable *cancellable;

  /* Borrowed: children */
  GtkRevealer  *revealer;
  GtkButton    *button;

  guint         n_arrivals;
  gboolean      looking;
  gboolean      again;
};

G_DEFINE_FINAL_TYPE (InbArrivalPill, inb_arrival_pill, ADW_TYPE_BIN)

static void look (InbArrivalPill *self);

static void
show (InbArrivalPill *self)
{
  g_autofree char *text = NULL;

  if (self->n_arrivals > 0)
    {
      text = g_strdup_printf (ngettext ("%u new lead ↑", "%u new leads ↑", self->n_arrivals), self->n_arrivals);
      gtk_button_set_label (self->button, text);
    }
  gtk_revealer_set_reveal_child (self->revealer, self->n_arrivals > 0);
}

static gboolean
is_stale (gpointer key,
          gpointer value,
          gpointer user_data)
{
  return *(gint64 *) value < *(gint64 *) user_data;
}

static void
forget_stale (InbArrivalPill *self)
{
  gint64 limit = g_get_monotonic_time () - PATIENCE;

  g_hash_table_foreach_remove (self->awaited, is_stale, &limit);
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbArrivalPill) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leads = inb_replica_load_finish (INB_REPLICA (source), result, &error);

  self->looking = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->list == NULL)
    return;
  if (leads == NULL)
    g_warning ("reading new leads: %s", error->message);

  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      InbLeadSummary *lead = g_ptr_array_index (leads, i);

      if (lead != NULL && g_hash_table_remove (self->awaited, lead->id))
        self->n_arrivals++;
    }
  show (self);
  if (self->again)
    look (self);
}

/* New rows have the highest numbers, wherever the order has put them. */
static void
look (InbArrivalPill *self)
{
  g_autoptr (GArray) newest = NULL;

  self->again = self->looking;
  forget_stale (self);
  if (self->looking || g_hash_table_size (self->awaited) == 0)
    return;

  newest = inb_lead_list_find_newest (self->list, MIN (g_hash_table_size (self->awaited) + LOOK_BACK, MAX_LOOK));
  if (newest->len == 0)
    return;

  self->looking = TRUE;
  inb_replica_load_async (inb_lead_list_get_replica (self->list), (const gint64 *) (gpointer) newest->data, newest->len,
                          self->cancellable, on_loaded, g_object_ref (self));
}

static void
inb_arrival_pill_dispose (GObject *object)
{
  InbArrivalPill *self = INB_ARRIVAL_PILL (object);

  inb_arrival_pill_set_list (self, NULL);

  G_OBJECT_CLASS (inb_arrival_pill_parent_class)->dispose (object);
}

static void
inb_arrival_pill_finalize (GObject *object)
{
  g_clear_pointer (&INB_ARRIVAL_PILL (object)->awaited, g_hash_table_unref);

  G_OBJECT_CLASS (inb_arrival_pill_parent_class)->finalize (object);
}

static void
inb_arrival_pill_class_init (InbArrivalPillClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_arrival_pill_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_arrival_pill_finalize;

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/org/example/InboundLeads/inb-arrival-pill.ui");
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), InbArrivalPill, revealer);
  gtk_widget_class_bind_template_child (GTK_WIDGET_CLASS (klass), InbArrivalPill, button);
}

static void
inb_arrival_pill_init (InbArrivalPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  inb_accessible_follow_revealer (self->revealer);
  self->awaited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_arrival_pill_set_list:
 * @list: (nullable): what the table shows
 */
void
inb_arrival_pill_set_list (InbArrivalPill *self,
                           InbLeadList    *list)
{
  g_return_if_fail (INB_IS_ARRIVAL_PILL (self));

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      inb_arrival_pill_clear (self);
    }
  g_set_object (&self->list, list);
  if (list == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (list, "answered", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "reset", G_CALLBACK (inb_arrival_pill_clear), self, G_CONNECT_SWAPPED);
}

/**
 * inb_arrival_pill_note:
 * @lead_id: a lead that has just come in
 */
void
inb_arrival_pill_note (InbArrivalPill *self,
                       const char     *lead_id)
{
  gint64 now = g_get_monotonic_time ();

  g_return_if_fail (INB_IS_ARRIVAL_PILL (self) && lead_id != NULL);

  if (self->list == NULL)
    return;

  g_hash_table_insert (self->awaited, g_strdup (lead_id), g_memdup2 (&now, sizeof now));
  look (self);
}

void
inb_arrival_pill_clear (InbArrivalPill *self)
{
  g_return_if_fail (INB_IS_ARRIVAL_PILL (self));

  self->n_arrivals = 0;
  g_hash_table_remove_all (self->awaited);
  show (self);
}
