/* The leads that match a query, as a list model over a vector of row ids: row objects are made when asked for and loaded in
 * pages around what is on screen. When leads come or change it queries again, loads what the screen will show first, and only
 * then tells what has changed (InbLeadRows tells it to the view). */
#pragma once

#include "inb-lead-item.h"

G_BEGIN_DECLS

#define INB_TYPE_LEAD_LIST (inb_lead_list_get_type ())
G_DECLARE_FINAL_TYPE (InbLeadList, inb_lead_list, INB, LEAD_LIST, GObject)

/* Signals:
 * "reset": another query's result is about to be shown; the view goes to its top.
 * "moved" (guint position): the view should show @position at its top, because the order was exchanged or a newest lead
 *   slid in; emitted after items-changed.
 * "answered": the answer to a query is in place, whether it changed anything or not.
 * "failed" (const char *message): a query or a load failed; what is shown stays.
 * Property: "ready" boolean (notify): the first query was answered. */

InbLeadList        *inb_lead_list_new          (InbReplica         *replica);
InbReplica         *inb_lead_list_get_replica  (InbLeadList        *self);
/* (transfer none) (element-type gint64): all rows in order; another array after every answer, this one never changes. */
GArray             *inb_lead_list_get_rowids   (InbLeadList        *self);
const InbLeadQuery *inb_lead_list_get_query    (InbLeadList        *self);
/* Shows the new result from its top. */
void                inb_lead_list_set_query    (InbLeadList        *self,
                                                const InbLeadQuery *query);
void                inb_lead_list_refresh      (InbLeadList        *self);
/* While nothing shows the list, changed leads do not make it query again. */
void                inb_lead_list_set_resting  (InbLeadList        *self,
                                                gboolean            resting);
gboolean            inb_lead_list_get_ready    (InbLeadList        *self);
/* What the view shows: it stays in place when leads come or go. @at_top: scrolled to the very top. */
void                inb_lead_list_set_viewport (InbLeadList        *self,
                                                guint               first,
                                                guint               n_rows,
                                                gboolean            at_top);
void                inb_lead_list_get_viewport (InbLeadList        *self,
                                                guint              *first,
                                                guint              *n_rows);
/* Whether a new lead slides in under the eyes: at the top and newest first. */
gboolean            inb_lead_list_follows_top  (InbLeadList        *self);
/* 0 when out of range. */
gint64              inb_lead_list_get_rowid    (InbLeadList        *self,
                                                guint               position);
gboolean            inb_lead_list_find_rowid   (InbLeadList        *self,
                                                gint64              rowid,
                                                guint              *position);
/* (transfer full) (element-type gint64): up to @n_rows rows, those that came last first. */
GArray             *inb_lead_list_find_newest  (InbLeadList        *self,
                                                guint               n_rows);
/* (transfer none) (nullable): the row's summary if it is loaded. */
InbLeadSummary     *inb_lead_list_peek         (InbLeadList        *self,
                                                gint64              rowid);
/* The row id of a lead that is loaded, else 0. */
gint64              inb_lead_list_find_loaded  (InbLeadList        *self,
                                                const char         *lead_id);

G_END_DECLS
