#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-loader.h"

#include "inb-lead-order.h"

/* GtkListView keeps 205 rows as widgets around the screen. */
#define MARGIN 210
#define PREFETCH 64
/* What an answer waits for besides what the screen shows. */
#define AHEAD 16
#define MAX_LOAD 1024
#define FIRST_VISIBLE 40

struct _InbLeadLoader {
  GObject       parent_instance;

  /* Owned */
  InbLeadCache *cache;
  GArray       *order;
  GArray       *wanted;     /* rows asked for and not loaded */
  guint         dispatch;

  guint         first;
  guint         n_visible;
  gboolean      loading;
};

static guint failed_signal;

G_DEFINE_FINAL_TYPE (InbLeadLoader, inb_lead_loader, G_TYPE_OBJECT)

static void queue_dispatch (InbLeadLoader *self);

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbLeadLoader) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!inb_lead_cache_load_finish (INB_LEAD_CACHE (source), result, &error))
    g_signal_emit (self, failed_signal, 0, error);
  self->loading = FALSE;
  if (self->wanted->len > 0)
    queue_dispatch (self);
}

static void
append_missing (InbLeadLoader *self,
                GArray        *order,
                guint          first,
                guint          end,
                GArray        *missing)
{
  for (guint i = first; i < MIN (end, order->len) && missing->len < MAX_LOAD; i++)
    {
      gint64 rowid = inb_lead_order_get (order, i);
      InbLeadItem *item = inb_lead_cache_peek (self->cache, rowid);

      if (item == NULL || (inb_lead_item_get_summary (item) == NULL && !inb_lead_item_get_awaited (item)))
        g_array_append_val (missing, rowid);
    }
}

/* Rows that were scrolled past in the meantime are let go; they are asked for again when they come back. */
static void
dispatch_wanted (InbLeadLoader *self)
{
  guint first = self->first > MARGIN + PREFETCH ? self->first - MARGIN - PREFETCH : 0;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean few = self->wanted->len <= MAX_LOAD / 2;

  for (guint i = 0; i < self->wanted->len; i++)
    {
      gint64 rowid = inb_lead_order_get (self->wanted, i);
      InbLeadItem *item = inb_lead_cache_peek (self->cache, rowid);

      if (item == NULL)
        continue;
      inb_lead_item_set_awaited (item, FALSE);
      if (few && inb_lead_item_get_summary (item) == NULL)
        {
          g_array_append_val (missing, rowid);
          inb_lead_item_set_awaited (item, TRUE);
        }
    }
  g_array_set_size (self->wanted, 0);
  append_missing (self, self->order, first, self->first + self->n_visible + MARGIN + PREFETCH, missing);
  if (missing->len == 0)
    return;

  self->loading = TRUE;
  inb_lead_cache_load_async (self->cache, missing, NULL, on_loaded, g_object_ref (self));
}

static gboolean
on_dispatch (gpointer user_data)
{
  InbLeadLoader *self = user_data;

  self->dispatch = 0;
  if (!self->loading)
    dispatch_wanted (self);

  return G_SOURCE_REMOVE;
}

static void
queue_dispatch (InbLeadLoader *self)
{
  if (self->dispatch == 0 && !self->loading)
    self->dispatch = g_idle_add_full (G_PRIORITY_HIGH, on_dispatch, self, NULL);
}

static void
inb_lead_loader_finalize (GObject *object)
{
  InbLeadLoader *self = INB_LEAD_LOADER (object);

  g_clear_handle_id (&self->dispatch, g_source_remove);
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_object (&self->cache);

  G_OBJECT_CLASS (inb_lead_loader_parent_class)->finalize (object);
}

static void
inb_lead_loader_class_init (InbLeadLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_lead_loader_finalize;

  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_ERROR);
}

static void
inb_lead_loader_init (InbLeadLoader *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->n_visible = FIRST_VISIBLE;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbLeadLoader *
inb_lead_loader_new (InbLeadCache *cache)
{
  InbLeadLoader *self = g_object_new (INB_TYPE_LEAD_LOADER, NULL);

  self->cache = g_object_ref (cache);

  return self;
}

void
inb_lead_loader_set_order (InbLeadLoader *self,
                           GArray        *order)
{
  g_return_if_fail (INB_IS_LEAD_LOADER (self));

  g_array_ref (order);
  g_array_unref (self->order);
  self->order = order;
}

void
inb_lead_loader_set_viewport (InbLeadLoader *self,
                              guint          first,
                              guint          n_visible)
{
  g_return_if_fail (INB_IS_LEAD_LOADER (self));

  self->first = first;
  self->n_visible = n_visible;
}

/**
 * inb_lead_loader_want:
 * @item: a row without a summary; nothing happens when it is awaited already
 */
void
inb_lead_loader_want (InbLeadLoader *self,
                      InbLeadItem   *item)
{
  gint64 rowid = inb_lead_item_get_rowid (item);

  g_return_if_fail (INB_IS_LEAD_LOADER (self));

  if (inb_lead_item_get_awaited (item))
    return;

  inb_lead_item_set_awaited (item, TRUE);
  g_array_append_val (self->wanted, rowid);
  queue_dispatch (self);
}

GArray *
inb_lead_loader_find_missing (InbLeadLoader *self,
                              GArray        *order,
                              guint          first)
{
  GArray *missing = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (INB_IS_LEAD_LOADER (self), missing);

  append_missing (self, order, first, first + self->n_visible + AHEAD, missing);

  return missing;
}
