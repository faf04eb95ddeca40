/* The columns of all leads that lists are filtered and sorted and figures counted by, in memory, an array each, indexed by row
 * id: a scan of a million leads takes milliseconds where SQLite takes a second. Read from replica.db on a thread of its own
 * when the replica is opened, then kept up with each batch. Used on the analysis thread only.
 */
#pragma once

#include "inb-fact-values.h"
#include "inb-lead-filter.h"
#include "inb-lead-search.h"
#include "inb-local-days.h"
#include "inb-sqlite.h"
#include "inb-stage.h"

G_BEGIN_DECLS

typedef struct {
  guint32        n_rows;            /* the arrays' length: the largest row id + 1 */
  guint64       *shown;             /* a bit per row id: not deleted */
  guint64       *tests;             /* a bit per row id: in lists, but in no figure */

  gint64        *created_at;        /* microseconds; INB_TIME_NONE */
  gint64        *last_activity_at;
  gint64        *follow_up_at;
  gint64        *converted_at;
  gint64        *value;             /* hundredths in the workspace's currency; 0 = none or another currency */
  gint32        *response;          /* seconds; -1 = none */
  gint32        *day;               /* local day of created_at, days since 1970-01-01 */
  guint8        *week_hour;         /* its local weekday (0 = Monday) × 24 + hour */
  guint8        *is_converted;
  gint16        *score;             /* -1 = none */
  guint32       *codes[INB_N_FILTER_FIELDS]; /* by field, of that field's values */

  InbFactValues  values[INB_N_FILTER_FIELDS];
  GTimeZone     *timezone;          /* the workspace's */
  InbStageSet   *stages;
  char          *currency;          /* the workspace's, or NULL */

  InbLocalDays  *local_days;        /* in timezone */
  InbLeadSearch *search;
  guint32        n_allocated;       /* what the arrays have room for */
  gboolean       has_moved;         /* since it was last cleared by who keeps an order: a row was created at another time */
  GCancellable  *stop;              /* borrowed: ends a load, or NULL */
} InbLeadFacts;

InbLeadFacts *inb_lead_facts_new       (void);
void          inb_lead_facts_free      (InbLeadFacts         *self);
/* Reads everything anew; takes the workspace's zone, currency and stages with it. */
gboolean      inb_lead_facts_load      (InbLeadFacts         *self,
                                        InbSqlite            *db,
                                        GError              **error);
/* Reads the workspace's zone, currency and stages again, and makes anew what depends on them. */
gboolean      inb_lead_facts_take_settings (InbLeadFacts     *self,
                                        InbSqlite            *db,
                                        GError              **error);
/* Reads these rows again; one that has gone is not shown any more. */
gboolean      inb_lead_facts_update    (InbLeadFacts         *self,
                                        InbSqlite            *db,
                                        const gint64         *rowids,
                                        guint                 n_rowids,
                                        GError              **error);
/* (transfer full): a bit per row id, n_rows / 64 + 1 words: the shown rows that the filter means. Its text is searched in @db.
 * @now: microseconds, for relative ranges and what is due. @with_tests: test leads too, which figures leave out. */
guint64      *inb_lead_facts_select    (InbLeadFacts         *self,
                                        InbSqlite            *db,
                                        const InbLeadFilter  *filter,
                                        gboolean              with_tests,
                                        gint64                now,
                                        GCancellable         *cancellable,
                                        GError              **error);

static inline gboolean
inb_lead_facts_has (const guint64 *bits,
                    guint32        row)
{
  return (bits[row / 64] >> (row % 64) & 1) != 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadFacts, inb_lead_facts_free)

G_END_DECLS
