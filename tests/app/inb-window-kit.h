/* The real window on a session of the kit, with its table at hand. */
#pragma once

#include "inb-lead-table.h"
#include "inb-session-kit.h"
#include "inb-window.h"

G_BEGIN_DECLS

typedef struct {
  InbSessionKit  base;

  /* Borrowed */
  InbWindow     *window;      /* the application's */
  InbLeadTable  *table;
  GtkWidget     *rows;
  GtkAdjustment *adjustment;
} InbWindowKit;

/* Shown, with rows in the table. @width: pixels. */
void  inb_window_kit_open        (InbWindowKit *self,
                                  guint         n_leads,
                                  int           width);
void  inb_window_kit_close       (InbWindowKit *self);

/* Until the list has so many leads, and they are drawn. */
void  inb_window_kit_wait_count  (InbWindowKit *self,
                                  guint         n_items);
void  inb_window_kit_scroll_to   (InbWindowKit *self,
                                  double        value);
/* (transfer full) (nullable): "name|mail" of the row that stands @y pixels below the top of the rows. */
char *inb_window_kit_get_text_at (InbWindowKit *self,
                                  double        y);

G_END_DECLS
