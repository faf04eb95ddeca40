/* What the detail pane's parts share: inb-lead-detail-pane.c shows a lead and follows it, inb-lead-detail-pane-actions.c has what can be
 * done about the whole lead. */
#pragma once

#include "inb-composer.h"
#include "inb-detail-fields.h"
#include "inb-detail-header.h"
#include "inb-lead-detail-pane.h"
#include "inb-settle-list.h"
#include "inb-tag-list.h"
#include "inb-timeline.h"

G_BEGIN_DECLS

struct _InbLeadDetailPane {
  AdwBin             parent_instance;

  /* Template */
  GtkStack          *stack;
  AdwStatusPage     *gone;
  GtkLabel          *name;
  GtkButton         *copy_phone;
  GtkButton         *copy_mail;
  GtkMenuButton     *menu;
  GtkScrolledWindow *scroller;
  GtkLabel          *subtitle;
  GtkButton         *create_lead;
  AdwBin            *settle_slot;
  AdwBin            *header_slot;
  AdwBin            *tags_slot;
  GtkExpander       *why;
  GtkLabel          *reason;
  AdwBin            *fields_slot;
  AdwBin            *composer_slot;
  AdwBin            *timeline_slot;

  /* Owned */
  InbSession        *session;
  InbLeadDetail     *detail;
  GCancellable      *cancellable;
  char              *id;          /* of a lead, or of a contact by itself */
  guint              fetch;

  /* Borrowed: children, of the session; NULL without one */
  InbSettleList     *settle;
  InbDetailHeader   *header;
  InbTagList        *tags;
  InbDetailFields   *fields;
  InbComposer       *composer;
  InbTimeline       *timeline;

  gboolean           is_contact;
  gboolean           loading;
  gboolean           dirty;
};

void  inb_lead_detail_pane_class_install_actions (GtkWidgetClass    *widget_class);
/* What may be done to what is shown. */
void  inb_lead_detail_pane_update_actions        (InbLeadDetailPane *self);
/* What is there is shown again. */
void  inb_lead_detail_pane_show_again            (InbLeadDetailPane *self);
/* (transfer full) */
char *inb_lead_detail_pane_dup_name              (InbLeadDetailPane *self);

G_END_DECLS
