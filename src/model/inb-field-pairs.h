/* Senders that send a list of named values, {"name": "email", "values": ["…"]}, {"column_id": …, "string_value": …},
 * {"question": …, "answer": …}: which fields of an event are such values, and by what name.
 */
#pragma once

#include "inb-payload.h"

G_BEGIN_DECLS

typedef struct _InbFieldPairs InbFieldPairs;

typedef enum {
  INB_PAIR_NONE,  /* a field like any other */
  INB_PAIR_VALUE, /* the value of a pair */
  INB_PAIR_LABEL  /* its name, type or number: nothing to keep */
} InbPairRole;

/* NULL when the event has no such list. Borrows @event's paths and values. */
InbFieldPairs *inb_field_pairs_new  (InbEvent             *event);
void           inb_field_pairs_free (InbFieldPairs        *self);
/* @name: the name of a value. @list_length: how much of the field's path names the list. */
InbPairRole    inb_field_pairs_get  (const InbFieldPairs  *self,
                                     guint                 index,
                                     const char          **name,
                                     gsize                *list_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbFieldPairs, inb_field_pairs_free)

G_END_DECLS
