/* What one contact will be made of, out of several: which of them stays, and whose value each field gets. Pure; no widgets. */
#pragma once

#include "inb-duplicate.h"
#include "inb-edit.h"

G_BEGIN_DECLS

typedef enum {
  INB_MERGE_SAME,     /* all that have a value have the same one */
  INB_MERGE_CHOICE,
  INB_MERGE_UNITED    /* tags, custom fields, do not contact: all of them */
} InbMergeState;

typedef struct {
  guint          column;
  guint          chosen;      /* whose value it gets: the contact's place */
  InbMergeState  state;
  gboolean       is_decided;  /* by the user; else it follows the one that stays */
} InbMergeField;

typedef struct _InbMergePlan InbMergePlan;

/* @contacts: (element-type InbRow): two or more; referenced. @target: the place of the one that stays. */
InbMergePlan        *inb_merge_plan_new           (GPtrArray           *contacts,
                                                   guint                target);
void                 inb_merge_plan_free          (InbMergePlan        *self);
/* Who stays if nobody says otherwise: who is known to the CRM, then who has more leads, then who was there first.
 * @shares: (element-type InbContactShare). */
guint                inb_merge_plan_suggest       (GPtrArray           *shares);
GPtrArray           *inb_merge_plan_get_contacts  (const InbMergePlan  *self);
guint                inb_merge_plan_get_target    (const InbMergePlan  *self);
void                 inb_merge_plan_set_target    (InbMergePlan        *self,
                                                   guint                target);
/* Those of which anybody has a value, in the order that they are shown in. */
const InbMergeField *inb_merge_plan_get_fields    (const InbMergePlan  *self,
                                                   guint               *n_fields);
const InbMergeField *inb_merge_plan_find          (const InbMergePlan  *self,
                                                   guint                column);
void                 inb_merge_plan_choose        (InbMergePlan        *self,
                                                   guint                column,
                                                   guint                contact);
/* What the contact will have. (transfer full) (nullable) */
char                *inb_merge_plan_dup_value     (const InbMergePlan  *self,
                                                   guint                column);
/* Takes over what the user decided in a plan for the same contacts as they were before, where it is still to be decided. */
void                 inb_merge_plan_take_decisions (InbMergePlan       *self,
                                                   const InbMergePlan  *before);
/* One mutation for each contact that goes. @label: of its undo. (transfer full) */
InbEdit             *inb_merge_plan_make_edit     (const InbMergePlan  *self,
                                                   const char          *label,
                                                   gint64               made_at);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMergePlan, inb_merge_plan_free)

G_END_DECLS
