/* Which leads are meant, wherever it is asked: the table, the figures, the heat map, an export, a saved view. A value type;
 * everything in it has to hold at once, the values within one field are alternatives.
 */
#pragma once

#include "inb-date-range.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  INB_FILTER_STAGE,         /* stage keys */
  INB_FILTER_SOURCE,
  INB_FILTER_PRODUCT,
  INB_FILTER_OWNER,         /* user ids, assigned_to */
  INB_FILTER_TEAM,          /* team ids */
  INB_FILTER_TEMPERATURE,
  INB_FILTER_CAMPAIGN,      /* utm_campaign */
  INB_N_FILTER_FIELDS
} InbFilterField;

typedef enum {
  INB_FILTER_FOLLOW_UP_DUE = 1 << 0, /* open, next_follow_up_at is not after now */
  INB_FILTER_CONVERTED = 1 << 1,
  INB_FILTER_UNANSWERED = 1 << 2     /* open and without a first response */
} InbFilterFlags;

typedef struct {
  GStrv          values[INB_N_FILTER_FIELDS]; /* sorted, each once; NULL = any; "" in it = leads without a value */
  InbDateRange   created;
  InbDateRange   activity;      /* last_activity_at */
  int            weekday;       /* local day of created_at, 1 = Monday … 7; 0 = any */
  int            hour;          /* local hour of created_at, 0–23; -1 = any */
  InbFilterFlags flags;
  char          *text;          /* free text, never empty; NULL = any */
} InbLeadFilter;

#define INB_TYPE_LEAD_FILTER (inb_lead_filter_get_type ())
GType          inb_lead_filter_get_type     (void);
InbLeadFilter *inb_lead_filter_new          (void); /* every lead */
InbLeadFilter *inb_lead_filter_copy         (const InbLeadFilter  *self);
void           inb_lead_filter_free         (InbLeadFilter        *self);
gboolean       inb_lead_filter_equal        (const InbLeadFilter  *a,
                                             const InbLeadFilter  *b);
/* Whether it means every lead. */
gboolean       inb_lead_filter_is_empty     (const InbLeadFilter  *self);
void           inb_lead_filter_clear        (InbLeadFilter        *self);
/* NULL or an empty list: any. */
void           inb_lead_filter_set_values   (InbLeadFilter        *self,
                                             InbFilterField        field,
                                             const char * const   *values);
gboolean       inb_lead_filter_has_value    (const InbLeadFilter  *self,
                                             InbFilterField        field,
                                             const char           *value);
void           inb_lead_filter_add_value    (InbLeadFilter        *self,
                                             InbFilterField        field,
                                             const char           *value);
void           inb_lead_filter_toggle_value (InbLeadFilter        *self,
                                             InbFilterField        field,
                                             const char           *value);
/* Trimmed; NULL or blank: any. */
void           inb_lead_filter_set_text     (InbLeadFilter        *self,
                                             const char           *text);
/* "stage", "source", …: the member of the JSON form. */
const char    *inb_filter_field_get_name    (InbFilterField        field);
/* One JSON object, for settings and saved views; what it does not know it refuses with INB_ERROR_INVALID_ARGUMENT. */
char          *inb_lead_filter_to_json      (const InbLeadFilter  *self);
InbLeadFilter *inb_lead_filter_new_from_json (const char          *json,
                                             GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadFilter, inb_lead_filter_free)

G_END_DECLS
