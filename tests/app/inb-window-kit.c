#define G_LOG_DOMAIN "inb-tests"

#include "inb-window-kit.h"

#include "inb-widget-kit.h"

static gboolean
has_rows (gpointer data)
{
  InbWindowKit *self = data;

  return gtk_adjustment_get_upper (self->adjustment) > 100;
}

void
inb_window_kit_open (InbWindowKit *self,
                     guint         n_leads,
                     int           width)
{
  GtkWidget *scroller;

  inb_session_kit_start (&self->base, n_leads);
  g_settings_set_int (self->base.settings, "window-width", width);
  g_settings_set_int (self->base.settings, "window-height", 700);
  self->window = inb_window_new (GTK_APPLICATION (g_application_get_default ()), self->base.settings);
  inb_window_set_session (self->window, self->base.session);
  self->table = INB_LEAD_TABLE (inb_widget_kit_find (GTK_WIDGET (self->window), INB_TYPE_LEAD_TABLE));
  self->rows = inb_widget_kit_find (GTK_WIDGET (self->table), GTK_TYPE_LIST_VIEW);
  scroller = inb_widget_kit_find (GTK_WIDGET (self->table), GTK_TYPE_SCROLLED_WINDOW);
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_window_present (GTK_WINDOW (self->window));
  inb_kit_wait (has_rows, self);
}

void
inb_window_kit_close (InbWindowKit *self)
{
  inb_window_set_session (self->window, NULL);
  gtk_window_destroy (GTK_WINDOW (self->window));
  inb_session_kit_stop (&self->base);
}

typedef struct {
  InbWindowKit *kit;
  guint         n_items;
} CountWait;

static gboolean
has_count (gpointer data)
{
  CountWait *wait = data;

  return g_list_model_get_n_items (G_LIST_MODEL (inb_session_get_list (wait->kit->base.session))) == wait->n_items;
}

void
inb_window_kit_wait_count (InbWindowKit *self,
                           guint         n_items)
{
  CountWait wait = { self, n_items };

  inb_kit_wait (has_count, &wait);
  inb_widget_kit_wait_frames (GTK_WIDGET (self->window), 3);
}

void
inb_window_kit_scroll_to (InbWindowKit *self,
                          double        value)
{
  gtk_adjustment_set_value (self->adjustment, value);
  inb_widget_kit_wait_frames (GTK_WIDGET (self->window), 5);
}

static char *
get_row_text (GtkWidget *row)
{
  GtkWidget *name = inb_widget_kit_find (row, GTK_TYPE_INSCRIPTION);
  GtkWidget *phone = gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (gtk_widget_get_first_child (row)));
  GtkWidget *mail = gtk_widget_get_next_sibling (phone);
  const char *mail_text = gtk_inscription_get_text (GTK_INSCRIPTION (inb_widget_kit_find (mail, GTK_TYPE_INSCRIPTION)));

  return g_strdup_printf ("%s|%s", gtk_inscription_get_text (GTK_INSCRIPTION (name)), mail_text != NULL ? mail_text : "");
}

char *
inb_window_kit_get_text_at (InbWindowKit *self,
                            double        y)
{
  GtkWidget *picked = gtk_widget_pick (self->rows, 80, y, GTK_PICK_DEFAULT);

  while (picked != NULL && gtk_widget_get_parent (picked) != self->rows)
    picked = gtk_widget_get_parent (picked);

  return picked != NULL ? get_row_text (picked) : NULL;
}
