/* What free text is looked for in: the digits of the phone numbers, a line feed, and the texts, all of it folded; built when a row
 * is written. And what was typed, taken apart once and compared with many.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbSearchTerms InbSearchTerms;

/* Numbers and texts may be NULL. (transfer full) */
char           *inb_search_text_new          (const char * const    *numbers,
                                              guint                  n_numbers,
                                              const char * const    *texts,
                                              guint                  n_texts);

InbSearchTerms *inb_search_terms_new         (const char            *typed);
void            inb_search_terms_free        (InbSearchTerms        *self);
gboolean        inb_search_terms_match       (const InbSearchTerms  *self,
                                              const char            *text,
                                              gsize                  length);
/* Whether all that @typed finds is among what @shorter found. */
gboolean        inb_search_typed_narrows     (const char            *shorter,
                                              const char            *typed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSearchTerms, inb_search_terms_free)

G_END_DECLS
