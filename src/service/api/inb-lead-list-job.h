/* Reads a page of leads with the workspace's metrics, for GET /api/inbound-leads. */
#pragma once

#include "inb-db.h"
#include "inb-lead-request.h"

G_BEGIN_DECLS

typedef struct _InbLeadListJob InbLeadListJob;

/* (request: transfer full) */
InbLeadListJob *inb_lead_list_job_new  (const char     *workspace_id,
                                        InbLeadRequest *request);
void            inb_lead_list_job_free (gpointer        job);
/* An InbReadFunc: the answer's JSON as a GString. */
gpointer        inb_lead_list_job_run  (InbDb          *db,
                                        gpointer        job,
                                        GError        **error);

G_END_DECLS
