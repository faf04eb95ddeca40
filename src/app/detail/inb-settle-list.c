#define G_LOG_DOMAIN "inb-app"

#include "inb-settle-list.h"

#include "inb-settle-card.h"

/* More are shown when these are settled. */
#define MAX_CARDS 50

struct _InbSettleList {
  AdwBin      parent_instance;

  /* Owned */
  InbSession *session;
  char       *lead_id;
  GHashTable *waiting;    /* mutation ids, as a set */
  char       *shown;      /* ids of the cards, so that they are made again only for others */

  guint       n_cards;
  gboolean    is_asked;
  gboolean    loading;
  gboolean    dirty;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbSettleList, inb_settle_list, ADW_TYPE_BIN)

static void load (InbSettleList *self);

static gboolean
is_open (const InbOutboxEntry *entry)
{
  return (entry->state == INB_OUTBOX_CONFLICT || entry->state == INB_OUTBOX_REJECTED) && entry->result != NULL;
}

static void
show_cards (InbSettleList *self,
            GPtrArray     *entries)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_autoptr (GString) ids = g_string_new (NULL);

  self->n_cards = 0;
  for (guint i = 0; i < entries->len && self->n_cards < MAX_CARDS; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);

      if (!is_open (entry))
        continue;
      g_string_append (ids, entry->mutation->id);
      gtk_box_append (GTK_BOX (box), inb_settle_card_new (self->session, entry, self->lead_id == NULL));
      self->n_cards++;
    }
  g_object_ref_sink (box);
  if (g_strcmp0 (self->shown, ids->str) != 0)
    adw_bin_set_child (ADW_BIN (self), self->n_cards > 0 ? box : NULL);
  g_object_unref (box);
  g_free (self->shown);
  self->shown = g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbSettleList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = inb_replica_list_outbox_finish (INB_REPLICA (source), result, &error);

  self->loading = FALSE;
  if (entries == NULL)
    {
      g_message ("listing what waits: %s", error->message);
      return;
    }
  if (self->dirty)
    {
      load (self);
      return;
    }

  g_hash_table_remove_all (self->waiting);
  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);

      if (entry->state == INB_OUTBOX_WAITING)
        g_hash_table_add (self->waiting, g_strdup (entry->mutation->id));
    }
  show_cards (self, entries);
  g_signal_emit (self, changed_signal, 0);
}

static void
load (InbSettleList *self)
{
  if (!self->is_asked)
    return;
  self->dirty = self->loading;
  if (self->loading)
    return;

  self->loading = TRUE;
  inb_replica_list_outbox_async (inb_session_get_replica (self->session), self->lead_id, on_listed, g_object_ref (self));
}

static void
inb_settle_list_finalize (GObject *object)
{
  InbSettleList *self = INB_SETTLE_LIST (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_free (self->lead_id);
  g_free (self->shown);

  G_OBJECT_CLASS (inb_settle_list_parent_class)->finalize (object);
}

static void
inb_settle_list_class_init (InbSettleListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_settle_list_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_settle_list_init (InbSettleList *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_settle_list_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_settle_list_new (InbSession *session)
{
  InbSettleList *self = g_object_new (INB_TYPE_SETTLE_LIST, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (inb_session_get_replica (session), "outbox-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
inb_settle_list_set_lead (InbSettleList *self,
                          const char    *lead_id)
{
  g_return_if_fail (INB_IS_SETTLE_LIST (self));

  if (self->is_asked && g_strcmp0 (self->lead_id, lead_id) == 0)
    return;

  self->is_asked = TRUE;
  g_free (self->lead_id);
  self->lead_id = g_strdup (lead_id);
  g_clear_pointer (&self->shown, g_free);
  /* Not hidden: GTK would show it again in the height of what it had. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  load (self);
}

guint
inb_settle_list_get_n_cards (InbSettleList *self)
{
  g_return_val_if_fail (INB_IS_SETTLE_LIST (self), 0);

  return self->n_cards;
}

gboolean
inb_settle_list_is_waiting (InbSettleList *self,
                            const char    *mutation_id)
{
  g_return_val_if_fail (INB_IS_SETTLE_LIST (self), FALSE);

  return mutation_id != NULL && g_hash_table_contains (self->waiting, mutation_id);
}
