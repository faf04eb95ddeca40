/* What the table's parts share: inb-lead-table.c shows the leads, inb-lead-table-scroll.c keeps its place among them, and
 * inb-lead-table-pointer.c is what a click means; inb-lead-table-actions.c is what can be done with them,
 * inb-lead-table-copying.c puts them on the clipboard, inb-lead-table-editing.c changes them, inb-lead-table-menus.c has the rows' and the columns' menus.
 */
#pragma once

#include "inb-arrival-pill.h"
#include "inb-lead-columns.h"
#include "inb-lead-table.h"
#include "inb-selection-bar.h"

G_BEGIN_DECLS

struct _InbLeadTable {
  AdwBin             parent_instance;

  /* Template */
  GtkScrolledWindow *scroller;
  GtkColumnView     *view;
  InbArrivalPill    *pill;
  InbSelectionBar   *bar;
  GtkMenuButton     *menu_button;

  /* Owned */
  InbSession        *session;
  GSettings         *settings;
  InbLeadSelection  *selection;
  InbLeadCells      *cells;
  InbLeadColumns    *columns;
  GCancellable      *cancellable;     /* of what reads many leads for this session */
  GSimpleActionGroup *column_actions;

  /* Borrowed */
  InbLeadList       *list;            /* the session's */
  GtkWidget         *rows;            /* the GtkListView inside the column view, which scrolls */
  GtkAdjustment     *adjustment;
  GtkWidget         *popover;         /* a context menu that is open; weak */
  const char        *no_export;       /* why nothing can be exported, or NULL; static */

  gulong             sorter_handler;
  guint              tick;            /* restores the place after an exchange */
  double             tick_position; /* rows from the top */
  double             row_height;    /* pixels; 0 until rows were seen */
  guint              click;
  guint              reshape;         /* columns come and go between two frames, never while one is laid out */
  InbColumnsShown    shown;
  gboolean           contacts;        /* the rows are contacts without a lead */
};

/* The class's actions and keys, and those of one table. */
void            inb_lead_table_class_install_actions (GtkWidgetClass *widget_class);
void            inb_lead_table_init_actions          (InbLeadTable   *self);
/* Clicks and keys on rows. */
void            inb_lead_table_init_pointer          (InbLeadTable   *self);
/* The place; from then on for each list. */
void            inb_lead_table_init_scroll           (InbLeadTable   *self);
void            inb_lead_table_follow_moves          (InbLeadTable   *self);
void            inb_lead_table_go_to_top             (InbLeadTable   *self);
/* Parts of these. */
void            inb_lead_table_class_install_copying (GtkWidgetClass *widget_class);
void            inb_lead_table_class_install_editing (GtkWidgetClass *widget_class);
void            inb_lead_table_class_install_menus   (GtkWidgetClass *widget_class);
void            inb_lead_table_init_menus            (InbLeadTable   *self);
/* Which actions make sense now. */
void            inb_lead_table_update_actions        (InbLeadTable   *self);
/* Of these, what changes leads. */
void            inb_lead_table_update_editing        (InbLeadTable   *self);
/* FALSE when it is a cell that cannot be changed in its place. */
gboolean        inb_lead_table_edit_cell             (InbLeadTable   *self,
                                                      InbLeadCell    *cell);
/* Which columns the menus show as visible. */
void            inb_lead_table_update_column_actions (InbLeadTable   *self);
/* (transfer none) (nullable): what is known of the current lead. */
InbLeadSummary *inb_lead_table_get_current           (InbLeadTable   *self);
void            inb_lead_table_open_current          (InbLeadTable   *self);
void            inb_lead_table_go_to_newest          (InbLeadTable   *self);
void            inb_lead_table_say                   (InbLeadTable   *self,
                                                      const char     *text);

G_END_DECLS
