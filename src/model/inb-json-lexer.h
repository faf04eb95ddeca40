/* The strings, numbers and words of JSON text; `inb-json-scanner.c` knows how they fit together. */
#pragma once

#include "inb-json-scanner.h"

G_BEGIN_DECLS

typedef struct {
  const char  *text;
  const char  *cursor;
  const char  *end;
  GError     **error;
} InbJsonLexer;

gboolean  inb_json_lexer_fail    (InbJsonLexer  *self,
                                  const char    *position,
                                  const char    *what);
gboolean  inb_json_lexer_string  (InbJsonLexer  *self,
                                  const char   **start,
                                  gsize         *length,
                                  gboolean      *has_escapes);
gboolean  inb_json_lexer_number  (InbJsonLexer  *self,
                                  gboolean      *is_integer);
gboolean  inb_json_lexer_literal (InbJsonLexer  *self,
                                  const char    *word);

static inline void
inb_json_lexer_skip_space (InbJsonLexer *self)
{
  const char *c = self->cursor;

  while (c < self->end && (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t'))
    c++;
  self->cursor = c;
}

G_END_DECLS
