/* The replica's asynchronous methods, waited for: with a bound, on the default main context. */
#pragma once

#include "inb-duplicate.h"

G_BEGIN_DECLS

char          *inb_kit_make_folder    (void);
void           inb_kit_delete_folder  (const char        *folder);
gboolean       inb_kit_open           (InbReplica        *replica,
                                       GError           **error);
InbReplica    *inb_kit_new            (const char        *folder);
void           inb_kit_drop           (InbReplica        *replica);
gboolean       inb_kit_apply          (InbReplica        *replica,
                                       InbChanges        *changes,
                                       GError           **error);
gboolean       inb_kit_apply_snapshot (InbReplica        *replica,
                                       InbSnapshotPage   *page,
                                       GError           **error);
gboolean       inb_kit_reset          (InbReplica        *replica,
                                       const char        *epoch,
                                       GError           **error);
gboolean       inb_kit_store          (InbReplica        *replica,
                                       GPtrArray         *rows,
                                       GError           **error);
GArray        *inb_kit_query          (InbReplica        *replica,
                                       const InbLeadQuery *query,
                                       GError           **error);
GPtrArray     *inb_kit_load           (InbReplica        *replica,
                                       GArray            *rowids,
                                       GError           **error);
InbLeadDetail *inb_kit_get_lead       (InbReplica        *replica,
                                       const char        *lead_id,
                                       GError           **error);
InbLeadDetail *inb_kit_get_contact    (InbReplica        *replica,
                                       const char        *contact_id,
                                       GError           **error);
InbMetrics    *inb_kit_get_metrics    (InbReplica        *replica,
                                       gint64             now,
                                       GError           **error);
InbHeatMap    *inb_kit_get_heat_map   (InbReplica        *replica,
                                       const InbLeadFilter *filter,
                                       InbHeatMapMode     mode,
                                       gint64             now,
                                       GError           **error);
InbTrends     *inb_kit_get_trends     (InbReplica        *replica,
                                       const InbLeadFilter *filter,
                                       gint64             now,
                                       GError           **error);
InbValueCounts *inb_kit_get_values    (InbReplica        *replica,
                                       const InbLeadFilter *filter,
                                       InbFilterField     field,
                                       gint64             now,
                                       GError           **error);
/* Until the facts have been read, and all that is read ahead. */
void           inb_kit_wait_for_facts (InbReplica        *replica);
GPtrArray     *inb_kit_list           (InbReplica        *replica,
                                       InbKind            kind,
                                       GError           **error);
GPtrArray     *inb_kit_get_follow_ups (InbReplica        *replica,
                                       const char        *owner,
                                       gint64             after,
                                       gint64             until,
                                       guint              max,
                                       GError           **error);
GPtrArray     *inb_kit_get_duplicates (InbReplica        *replica,
                                       const char        *contact_id,
                                       GError           **error);
GPtrArray     *inb_kit_get_shares     (InbReplica        *replica,
                                       const char * const *contact_ids,
                                       GError           **error);
/* Rows that follow the replica's cursor. (rows: transfer full). */
InbChanges    *inb_kit_make_changes   (InbReplica        *replica,
                                       const char        *epoch,
                                       GPtrArray         *rows,
                                       gint64             to);
typedef gboolean (*InbKitCondition)   (gpointer           data);
/* Runs the main context until the condition holds; fails the test when that takes too long. */
void           inb_kit_wait           (InbKitCondition    condition,
                                       gpointer           data);
GPtrArray     *inb_kit_new_rows       (void);

G_END_DECLS
