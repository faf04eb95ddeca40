/* Mutations made by the service itself out of what a request says of fields: they go through the same checks as a client's. */
#pragma once

#include "inb-mutation.h"

G_BEGIN_DECLS

typedef struct {
  const char      *id;
  const char      *group;      /* or NULL */
  const char      *entity_id;
  InbMutationVerb  verb;
  InbKind          kind;
  JsonObject      *values;     /* field → new value */
  JsonObject      *bases;      /* field → what the client saw; or NULL: last writer wins */
} InbEditFields;

/* INB_ERROR_UNPROCESSABLE names the field. */
InbMutation *inb_edit_build     (const InbEditFields  *fields,
                                 GError              **error);
/* A UUID that is always the same for @key and @name; (transfer full) */
char        *inb_edit_derive_id (const char           *key,
                                 const char           *name);

G_END_DECLS
