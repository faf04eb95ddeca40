/* A replica in a time zone, and what SQLite counts in the same file, where local times are made the slow way. */
#pragma once

#include "inb-replica-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define INB_FIGURES_IS_OPEN "stage NOT IN ('won', 'lost')"

typedef struct {
  const char *timezone;
  const char *now;       /* a little behind a change of the clocks, where there is one */
} InbFiguresZone;

typedef struct {
  char       *folder;
  GRand      *rand;
  GTimeZone  *timezone;
  gint64      now;
  InbReplica *replica;
  sqlite3    *db;
} InbFiguresWorld;

char          *inb_figures_world_format_local (InbFiguresWorld *world,
                                               gint64           microseconds,
                                               const char      *format);
gint64         inb_figures_world_parse_time   (const char *text);
void           inb_figures_world_init         (InbFiguresWorld      *world,
                                               const InbFiguresZone *zone);
void           inb_figures_world_store        (InbFiguresWorld *world,
                                               InbSample       *sample,
                                               GPtrArray       *rows);
void           inb_figures_world_clear        (InbFiguresWorld *world);
void           inb_figures_world_add_setup    (InbFiguresWorld *world,
                                               InbSample       *sample,
                                               GPtrArray       *rows);
gboolean       inb_figures_world_chance       (InbFiguresWorld *world,
                                               int              percent);
char          *inb_figures_world_local_day    (InbFiguresWorld *world,
                                               int              days);
InbMetrics    *inb_figures_world_get_metrics  (InbFiguresWorld *world,
                                               InbLeadFilter   *filter);
InbTrends     *inb_figures_world_get_trends   (InbFiguresWorld *world,
                                               InbLeadFilter   *filter,
                                               InbDateRange    *range,
                                               InbTrendStep     step);
sqlite3_stmt  *inb_figures_prepare            (InbFiguresWorld *world,
                                               const char      *where,
                                               const char      *format,
                                               ...) G_GNUC_PRINTF (3, 4);
gint64         inb_figures_count              (InbFiguresWorld *world,
                                               const char      *where,
                                               const char      *select);

G_END_DECLS
