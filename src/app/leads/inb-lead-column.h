/* The columns that leads have in the table, in the clipboard and in exported files: what they are called, how they look, and
 * what each says of a lead. A column is named by what it sorts by. */
#pragma once

#include "inb-directory.h"
#include "inb-lead-query.h"
#include "inb-replica.h"

G_BEGIN_DECLS

typedef enum {
  INB_COLUMN_TEXT,
  INB_COLUMN_STAGE,
  INB_COLUMN_SCORE,
  INB_COLUMN_TEMPERATURE,
  INB_COLUMN_MONEY,
  INB_COLUMN_TIME,
  INB_COLUMN_DURATION
} InbLeadColumnKind;

/* As the table gets narrower it shows fewer of the columns that the user wants. */
typedef enum {
  INB_COLUMNS_FEW,      /* name, stage, time */
  INB_COLUMNS_MIDDLE,   /* phone, source and product too */
  INB_COLUMNS_MOST,     /* all but mail, which is the longest and the least needed */
  INB_COLUMNS_ALL
} InbColumnsShown;

typedef struct {
  const char        *key;         /* in settings */
  const char        *title;       /* untranslated */
  InbLeadColumnKind  kind;
  guint              min_chars;
  guint              nat_chars;
  gboolean           expand;
  InbColumnsShown    shown;       /* with these and any more */
  gboolean           usual;       /* visible until the user says otherwise */
  gboolean           of_contact;  /* said of a contact without a lead as well */
} InbLeadColumnInfo;

/* What turning values into words takes. */
typedef struct {
  InbDirectory *directory;
  GTimeZone    *timezone;         /* in which times are shown */
  gint64        now;
} InbLeadColumnContext;

const InbLeadColumnInfo *inb_lead_column_get_info (InbLeadSort                 column);
/* FALSE when there is no such column. */
gboolean                 inb_lead_column_from_key (const char                 *key,
                                                   InbLeadSort                *column);
/* The columns in the order in which they stand until the user says otherwise; INB_N_LEAD_SORTS of them. */
const InbLeadSort       *inb_lead_column_get_order (void);
/* (transfer full) (nullable): as people read it, what the cell says; NULL when there is nothing to say. */
char                    *inb_lead_column_dup_text (InbLeadSort                 column,
                                                   const InbLeadSummary       *lead,
                                                   const InbLeadColumnContext *context);
/* (transfer full): the name, which of a test lead says that it is one. */
char                    *inb_lead_column_dup_name (const InbLeadSummary       *lead);
/* Microseconds, or INB_TIME_NONE when the column is no time or there is none. */
gint64                   inb_lead_column_get_time (InbLeadSort                 column,
                                                   const InbLeadSummary       *lead);
/* Seconds, or -1. */
gint64                   inb_lead_column_get_response (const InbLeadSummary   *lead);
/* The plain text of a column of kind INB_COLUMN_TEXT. (nullable) */
const char              *inb_lead_column_get_text (InbLeadSort                 column,
                                                   const InbLeadSummary       *lead,
                                                   InbDirectory               *directory);

G_END_DECLS
