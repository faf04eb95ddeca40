/* The fields that people know by a name, in the groups that they think in: what each is called, and how it is shown. */
#pragma once

#include "inb-column.h"

G_BEGIN_DECLS

typedef enum {
  INB_FIELD_LOOK_PLAIN,
  INB_FIELD_LOOK_KEY,          /* a lower case word; ours in the user's language */
  INB_FIELD_LOOK_SOURCE,       /* those of the service in the user's language */
  INB_FIELD_LOOK_STAGE,
  INB_FIELD_LOOK_TEMPERATURE,
  INB_FIELD_LOOK_MEMBER,       /* a user id */
  INB_FIELD_LOOK_TEAM,
  INB_FIELD_LOOK_LINK,         /* shown as a link when it is http or https */
  INB_FIELD_LOOK_MAIL,
  INB_FIELD_LOOK_PHONE,
  INB_FIELD_LOOK_PERCENT,
  INB_FIELD_LOOK_DUE,          /* a time to come */
  INB_FIELD_LOOK_ONLY_YES,     /* "no" goes without saying */
} InbFieldLook;

typedef struct {
  InbKind       kind;
  guint         column;
  const char   *label;         /* to be translated */
  InbFieldLook  look;
} InbField;

typedef enum {
  INB_FIELD_GROUP_CONTACT,     /* how to reach somebody */
  INB_FIELD_GROUP_PERSON,
  INB_FIELD_GROUP_COMPANY,
  INB_FIELD_GROUP_LEAD,
  INB_FIELD_GROUP_MARKETING,
  INB_FIELD_GROUP_ALONE,       /* what a lead says better, but a contact by itself has to say */
  INB_FIELD_GROUP_OTHERS,      /* shown elsewhere than among the fields */
  INB_N_FIELD_GROUPS
} InbFieldGroup;

const InbField *inb_field_table_get       (InbFieldGroup  group,
                                           guint         *n_fields);
/* NULL for one that has no name. */
const InbField *inb_field_table_find      (InbKind        kind,
                                           guint          column);
/* Translated; a column without a name of its own gets one out of its key. (transfer full) */
char           *inb_field_table_dup_label (InbKind        kind,
                                           guint          column);

G_END_DECLS
