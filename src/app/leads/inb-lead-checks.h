/* Which leads are checked, by row id: those that were named, or all of a list but some. A million take no more room than one. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _InbLeadChecks InbLeadChecks;

InbLeadChecks *inb_lead_checks_new        (void);
void           inb_lead_checks_free       (InbLeadChecks *self);
gboolean       inb_lead_checks_contains   (InbLeadChecks *self,
                                           gint64         rowid);
void           inb_lead_checks_set        (InbLeadChecks *self,
                                           gint64         rowid,
                                           gboolean       checked);
/* All of @rowids (element-type gint64). What comes into the list later is not meant. */
void           inb_lead_checks_set_all    (InbLeadChecks *self,
                                           GArray        *rowids);
void           inb_lead_checks_clear      (InbLeadChecks *self);
/* Whether it is "all but some", which depends on what the list holds. */
gboolean       inb_lead_checks_is_all     (InbLeadChecks *self);
gboolean       inb_lead_checks_is_empty   (InbLeadChecks *self);
guint          inb_lead_checks_count      (InbLeadChecks *self,
                                           GArray        *rowids);
/* (transfer full) (element-type gint64): the checked ones in the order of @rowids, then those that are not among them. */
GArray        *inb_lead_checks_collect    (InbLeadChecks *self,
                                           GArray        *rowids);

G_END_DECLS
