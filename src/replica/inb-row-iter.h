/* Walks over the row ids whose bits are set. In the header because counts over a million rows spend their time here. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint64 *words;   /* borrowed */
  gsize          n_words;
  gsize          next;    /* the word after the present one */
  guint64        rest;    /* what is left of the present one */
} InbRowIter;

/* @words: n_rows / 64 + 1 of them. */
static inline void
inb_row_iter_init (InbRowIter    *iter,
                   const guint64 *words,
                   guint32        n_rows)
{
  iter->words = words;
  iter->n_words = (gsize) n_rows / 64 + 1;
  iter->next = 0;
  iter->rest = 0;
}

static inline gboolean
inb_row_iter_next (InbRowIter *iter,
                   guint32    *row)
{
  while (iter->rest == 0)
    {
      if (iter->next == iter->n_words)
        return FALSE;
      iter->rest = iter->words[iter->next++];
    }

  *row = (guint32) ((iter->next - 1) * 64) + (guint32) __builtin_ctzll (iter->rest);
  iter->rest &= iter->rest - 1;

  return TRUE;
}

G_END_DECLS
