/* A field's value as it reads to people, and what a person typed as a value again. */
#pragma once

#include "inb-field-table.h"
#include "inb-session.h"

G_BEGIN_DECLS

/* What the words are shown in. All borrowed. */
typedef struct {
  GTimeZone    *zone;
  InbDirectory *directory;   /* or NULL: ids are left out */
  const char   *currency;    /* of the lead */
} InbFieldContext;

InbFieldContext inb_field_context_get   (InbSession            *session,
                                         const InbRow          *lead);
/* (transfer full) (nullable): NULL for nothing that would be shown. */
char           *inb_field_text_describe (InbKind                kind,
                                         guint                  column,
                                         const char            *value,
                                         const InbFieldContext *context);
/* A JSON value in words. (transfer full) (nullable) */
char           *inb_field_text_describe_json (JsonNode         *node);
/* The words that have a name, for choosing; NULL-terminated, or NULL when anything goes. */
const char *const *inb_field_text_get_choices (InbKind          kind,
                                         guint                  column);
/* What an editor begins with. (transfer full): "" for nothing. */
char           *inb_field_text_to_typed (InbKind                kind,
                                         guint                  column,
                                         const char            *value);
/* FALSE, with a sentence for the user in @problem, when it is no value for that column. (clean: transfer full) (nullable): none. */
gboolean        inb_field_text_parse    (InbKind                kind,
                                         guint                  column,
                                         const char            *typed,
                                         char                 **clean,
                                         char                 **problem);
/* Where the value leads: tel:, mailto:, https:. (transfer full) (nullable) */
char           *inb_field_text_make_link (InbFieldLook          look,
                                         const char            *value);

G_END_DECLS
