/* What dictionary codes stand for: each text that occurs in a column is kept once. Code 0 is "no value". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_FACT_VALUES_RECENT 64

typedef struct {
  GPtrArray  *texts;  /* code → text, owned; [0] is "" */
  GHashTable *codes;  /* text → code */
  guint32     recent[INB_FACT_VALUES_RECENT]; /* codes that were asked for last, by a cheap hash of their text */
} InbFactValues;

void    inb_fact_values_init  (InbFactValues *self);
void    inb_fact_values_clear (InbFactValues *self);
guint32 inb_fact_values_add   (InbFactValues *self,
                               const char    *text);
guint32 inb_fact_values_find  (InbFactValues *self,
                               const char    *text);

G_END_DECLS
