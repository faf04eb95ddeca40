/* What the detail pane's parts share: inb-lead-detail-pane.c shows a lead, inb-lead-detail-pane-load.c reads it and follows its changes,
 * inb-lead-detail-pane-actions.c has what can be done about the whole lead. */
#pragma once

#include "inb-composer.h"
#include "inb-detail-fields.h"
#include "inb-detail-header.h"
#include "inb-duplicate-hint.h"
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
  GMenu             *more_menu;
  GMenu             *delete_section;
  GtkScrolledWindow *scroller;
  GtkLabel          *subtitle;
  GtkButton         *create_lead;
  AdwBin            *settle_slot;
  AdwBin            *hint_slot;
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
  InbDuplicateHint  *hint;
  InbDetailHeader   *header;
  InbTagList        *tags;
  InbDetailFields   *fields;
  InbComposer       *composer;
  InbTimeline       *timeline;

  gboolean           is_contact;
  gboolean           loading;
  gboolean           dirty;
  gboolean           show_empty;
  gboolean           wants_note;  /* as soon as it is there */
};

void  inb_lead_detail_pane_class_install_actions (GtkWidgetClass    *widget_class);
/* What may be done to what is shown. */
void  inb_lead_detail_pane_update_actions        (InbLeadDetailPane *self);
gboolean inb_lead_detail_pane_is_deleted         (InbLeadDetailPane *self);
/* What was read. */
void  inb_lead_detail_pane_show_detail           (InbLeadDetailPane *self);
/* Reads it again when it is among them. */
void  inb_lead_detail_pane_note_changes          (InbLeadDetailPane *self,
                                                  GPtrArray         *lead_ids,
                                                  gboolean           everything);
/* Opens the composer that was asked for before there was anything to write about. */
void  inb_lead_detail_pane_resume_note           (InbLeadDetailPane *self);
/* What is there is shown again. */
void  inb_lead_detail_pane_show_again            (InbLeadDetailPane *self);
/* (transfer full) */
char *inb_lead_detail_pane_dup_name              (InbLeadDetailPane *self);

G_END_DECLS
