/* How senders spell our fields: what a field mapping falls back to. */
#pragma once

#include "inb-field-target.h"

G_BEGIN_DECLS

/* How sure a spelling is of itself. */
typedef enum {
  INB_SPELLING_CLEAR,  /* means this wherever it stands */
  INB_SPELLING_PERSON, /* "name": only beside the person's phone or mail, as forms, pages and events have names too */
  INB_SPELLING_EVENT,  /* "status": only at the top, or beside the person's data */
} InbSpellingKind;

typedef struct {
  InbSpellingKind kind;
  InbFieldTarget  target;
} InbSpelling;

/* Folds a path member to what spellings are compared by: no case, accents, spaces or punctuation. Appends to @key. */
void        inb_spelling_fold         (const char *text,
                                       gsize       length,
                                       GString    *key);
/* What a folded member, or two of them with a dot between, means; NULL when it is no spelling of anything. */
const InbSpelling *inb_spelling_find  (const char *key);
/* Whether what stands below a member of that folded name is about somebody or something else: an agent, a form, a page. */
gboolean    inb_spelling_is_foreign   (const char *key);
/* Whether a member of that folded name holds a person's data. */
gboolean    inb_spelling_is_person    (const char *key);
/* Whether it is one of the usual wrappers around an event's data. */
gboolean    inb_spelling_is_wrapper   (const char *key);

G_END_DECLS
