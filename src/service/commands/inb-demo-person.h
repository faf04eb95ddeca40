/* Made-up people for sample leads. Their numbers are of ranges kept for fiction and their mail addresses of domains that
 * nobody can own, so that nobody is called or written to by mistake.
 */
#pragma once

#include "inb-row.h"

G_BEGIN_DECLS

typedef struct _InbDemoPeople InbDemoPeople;

/* @random is used, not owned. The same seed gives the same people. */
InbDemoPeople *inb_demo_people_new  (GRand         *random);
void           inb_demo_people_free (InbDemoPeople *self);
InbRow        *inb_demo_people_next (InbDemoPeople *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDemoPeople, inb_demo_people_free)

G_END_DECLS
