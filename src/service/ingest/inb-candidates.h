/* The stored contacts that a batch's keys point at, and their leads; what the batch itself makes joins them, so that two
 * events for one person inside a batch see each other.
 */
#pragma once

#include "inb-intake.h"

G_BEGIN_DECLS

typedef struct _InbCandidates InbCandidates;

InbCandidates *inb_candidates_new          (void);
void           inb_candidates_free         (InbCandidates *self);
void           inb_candidates_add_contact  (InbCandidates *self,
                                            InbRow        *contact);
void           inb_candidates_add_lead     (InbCandidates *self,
                                            InbRow        *lead);
InbRow        *inb_candidates_find_contact (InbCandidates *self,
                                            guint          key_column,
                                            const char    *key);
InbRow        *inb_candidates_get_contact  (InbCandidates *self,
                                            const char    *contact_id);
InbRow        *inb_candidates_get_lead     (InbCandidates *self,
                                            const char    *lead_id);
GPtrArray     *inb_candidates_get_leads    (InbCandidates *self,
                                            const char    *contact_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCandidates, inb_candidates_free)

G_END_DECLS
