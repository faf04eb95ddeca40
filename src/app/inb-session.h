/* One workspace on one service, as the window shows it: its replica, what keeps that up to date, and what is read from it. No
 * widgets. */
#pragma once

#include "inb-clock.h"
#include "inb-directory.h"
#include "inb-dismissals.h"
#include "inb-edits.h"
#include "inb-lead-list.h"
#include "inb-metrics-watch.h"
#include "inb-saved-views.h"
#include "inb-stage.h"
#include "inb-sync-client.h"

G_BEGIN_DECLS

typedef enum {
  INB_SESSION_OPENING,
  INB_SESSION_OPEN,
  INB_SESSION_FAILED      /* the replica cannot be used; get_error() says why */
} InbSessionPhase;

#define INB_TYPE_SESSION (inb_session_get_type ())
G_DECLARE_FINAL_TYPE (InbSession, inb_session, INB, SESSION, GObject)

/* Signals:
 * "phase-changed", "stages-changed", "workspace-changed".
 * "filter-changed": the session's filter is another; list and figures follow it by themselves.
 * "salvaged": inb_session_take_salvaged() has something to tell.
 * "lead-arrived" (const char *lead_id (nullable), const char *contact_id, const char *name, const char *webhook_name). */

/* @data_folder: below which each account has its own folder; NULL for $XDG_DATA_HOME/inbound-leads/replicas. */
InbSession           *inb_session_new           (InbSyncAccount *account,
                                                 const char     *data_folder);
/* Opens the replica, shows what it holds, and connects. After a failure: tries again. */
void                  inb_session_start         (InbSession     *self);
void                  inb_session_stop          (InbSession     *self);
InbSessionPhase       inb_session_get_phase     (InbSession     *self);
const GError         *inb_session_get_error     (InbSession     *self);
const InbSyncAccount *inb_session_get_account   (InbSession     *self);
InbClock             *inb_session_get_clock     (InbSession     *self);
InbReplica           *inb_session_get_replica   (InbSession     *self);
InbSyncClient        *inb_session_get_client    (InbSession     *self);
InbLeadList          *inb_session_get_list      (InbSession     *self);
InbMetricsWatch      *inb_session_get_metrics   (InbSession     *self);
/* What ids of members, teams and stages stand for. */
InbDirectory         *inb_session_get_directory (InbSession     *self);
/* What the user does to leads, and undoes. */
InbEdits             *inb_session_get_edits     (InbSession     *self);
/* His saved views, and the shared ones. */
InbSavedViews        *inb_session_get_views     (InbSession     *self);
/* Which contacts are no duplicates, he says. */
InbDismissals        *inb_session_get_dismissals (InbSession    *self);
/* What table, figures, heat map and trends show alike. */
const InbLeadFilter  *inb_session_get_filter    (InbSession          *self);
void                  inb_session_set_filter    (InbSession          *self,
                                                 const InbLeadFilter *filter);
/* Contacts without a lead instead of leads, in the table alone; told by "filter-changed" as well. */
gboolean              inb_session_get_contacts  (InbSession          *self);
void                  inb_session_set_contacts  (InbSession          *self,
                                                 gboolean             contacts);
/* NULL until they are known. */
InbStageSet          *inb_session_get_stages    (InbSession     *self);
const char           *inb_session_get_name      (InbSession     *self);
/* What money is counted in, ISO 4217. */
const char           *inb_session_get_currency  (InbSession     *self);
/* Once after the file of unsent changes was found damaged: how many of them could be read, and are sent. */
gboolean              inb_session_take_salvaged (InbSession     *self,
                                                 guint          *n_saved);
/* Of the replica's files. */
const char           *inb_session_get_folder    (InbSession     *self);

G_END_DECLS
