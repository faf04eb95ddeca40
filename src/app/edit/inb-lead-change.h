/* What can be done to many leads at once, as an edit with the name that undo calls it by. */
#pragma once

#include "inb-edit.h"

G_BEGIN_DECLS

typedef enum {
  INB_LEAD_CHANGE_STAGE,        /* the stage's key */
  INB_LEAD_CHANGE_OWNER,        /* user id, or NULL */
  INB_LEAD_CHANGE_TEAM,         /* team id, or NULL */
  INB_LEAD_CHANGE_TEMPERATURE,  /* or NULL */
  INB_LEAD_CHANGE_FOLLOW_UP,    /* time in wire form, or NULL */
  INB_LEAD_CHANGE_ADD_TAG,
  INB_LEAD_CHANGE_REMOVE_TAG,
  INB_LEAD_CHANGE_DELETE,       /* takes no value */
  INB_N_LEAD_CHANGES
} InbLeadChange;

/* (transfer full); @rowids: (element-type gint64) */
InbEdit *inb_lead_change_new_edit  (InbLeadChange  change,
                                    GArray        *rowids,
                                    const char    *value);
/* (transfer full): "Stage of 1,204 leads changed". */
char    *inb_lead_change_dup_label (InbLeadChange  change,
                                    guint          n_leads);

G_END_DECLS
