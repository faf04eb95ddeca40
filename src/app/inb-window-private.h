/* What the window's parts share: inb-window.c makes it and gives it a session, inb-window-status.c says how things stand,
 * inb-window-views.c has the views and the room for them, inb-window-detail.c what is open beside the table,
 * inb-window-actions.c what can be done by key or from a menu, inb-window-edits.c what was done to leads and how it is undone,
 * inb-window-admin.c what managers and owners set up, inb-window-import.c the import of files, inb-window-merge.c contacts that may be
 * one person.
 */
#pragma once

#include "inb-adaptive-view.h"
#include "inb-filter-bar.h"
#include "inb-import-drop.h"
#include "inb-lead-detail-pane.h"
#include "inb-lead-table.h"
#include "inb-metrics-grid.h"
#include "inb-no-result-page.h"
#include "inb-state-pages.h"
#include "inb-sync-indicator.h"
#include "inb-toaster.h"
#include "inb-views-button.h"
#include "inb-window.h"
#include "inb-workspace-switcher.h"

G_BEGIN_DECLS

struct _InbWindow {
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay     *toasts;
  InbImportDrop       *import_drop;
  InbLayoutBin        *layout;
  AdwViewSwitcher     *switcher;
  AdwViewSwitcherBar  *switcher_bar;
  InbWorkspaceSwitcher *workspace_switcher;
  InbSyncIndicator    *indicator;
  GtkMenuButton       *menu_button;
  GMenu               *primary_menu;
  GtkToggleButton     *search_button;
  GtkRevealer         *offline;
  InbStatePages       *pages;
  AdwBin              *figures_slot;
  GtkBox              *filter_slot;
  AdwViewStack        *views;
  InbAdaptiveView     *view;

  /* Owned */
  GSettings           *settings;
  InbWorkspaces       *workspaces;
  InbSession          *session;
  InbToaster          *toaster;
  InbLatency          *latency;

  /* Borrowed: children */
  InbMetricsGrid      *metrics;
  InbFilterBar        *filter_bar;
  InbViewsButton      *views_button;
  GtkStack            *results;       /* the table, or that nothing matches */
  InbLeadTable        *table;
  InbNoResultPage     *no_result;
  InbLeadDetailPane   *pane;
  GtkWidget           *import;        /* weak; the dialog, while it is open */
  GtkWidget           *duplicates;    /* weak; the dialog, which tells by itself what is done, while it is open */

  gboolean             looking;       /* whether the open contact is a lead by now */
  gboolean             look_again;
  gboolean             had_rows;      /* of this session; then the keyboard is where the user put it */
};

/* Parts: each connects what it follows. */
void     inb_window_class_install_actions (GtkWidgetClass *widget_class);
void     inb_window_class_install_edit_actions (GtkWidgetClass *widget_class);
void     inb_window_class_install_admin_actions (GtkWidgetClass *widget_class);
void     inb_window_class_install_palette (GtkWidgetClass *widget_class);
void     inb_window_class_install_merge_actions (GtkWidgetClass *widget_class);
void     inb_window_class_install_import_actions (GtkWidgetClass *widget_class);
void     inb_window_init_actions          (InbWindow      *self);
void     inb_window_init_views            (InbWindow      *self);
void     inb_window_init_detail           (InbWindow      *self);
void     inb_window_init_import           (InbWindow      *self);

/* What comes in for what is open, of the session that the window has. */
void     inb_window_follow_arrivals       (InbWindow      *self);
/* Also when it has none. */
void     inb_window_follow_edits          (InbWindow      *self);
void     inb_window_forget_edits          (InbWindow      *self);

/* Also when it has no session. */
void     inb_window_update_merge          (InbWindow      *self);

/* By role; also when it has no session. */
void     inb_window_follow_role           (InbWindow      *self);
void     inb_window_update_role           (InbWindow      *self);
void     inb_window_update_import         (InbWindow      *self);
void     inb_window_leave_import          (InbWindow      *self);

/* How things stand. */
void     inb_window_update_results        (InbWindow      *self);
void     inb_window_update_offline        (InbWindow      *self);
void     inb_window_update_workspace      (InbWindow      *self);
/* Over what the figures step back. */
void     inb_window_update_figures        (InbWindow      *self);
gboolean inb_window_shows_leads           (InbWindow      *self);
void     inb_window_update_resting        (InbWindow      *self);
/* NULL: closes it. */
void     inb_window_show_detail           (InbWindow      *self,
                                           const char     *lead_id);
/* Emits "lead-shown". */
void     inb_window_tell_shown            (InbWindow      *self,
                                           const char     *lead_id);

G_END_DECLS
