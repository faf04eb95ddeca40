#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-search.h"

#include "inb-search-text.h"

#include <string.h>

#define MAX_KEPT (24 * 1024 * 1024) /* bytes of text */
#define MIN_GARBAGE (1024 * 1024)
#define MAX_LOOKED_UP 1000          /* changed rows; past it what was found is forgotten */
#define ROWS_PER_CHECK 8192
#define LOOK_UP_COST 6              /* of one row, in rows read one after the other */

typedef struct {
  guint32 offset;
  guint32 length;
} Place;

struct _InbLeadSearch {
  /* Owned */
  GString *texts;       /* one after the other; NULL = not kept */
  Place   *places;      /* by row id, n_places of them */
  char    *found_text;  /* NULL = nothing is kept */
  guint64 *found;       /* a bit per row id */

  guint32  n_places;
  guint32  n_found_rows;
  gsize    garbage;     /* bytes in texts that no row has any more */
  gboolean is_too_much;
};

InbLeadSearch *
inb_lead_search_new (void)
{
  return g_new0 (InbLeadSearch, 1);
}

static void
forget_found (InbLeadSearch *self)
{
  g_clear_pointer (&self->found_text, g_free);
  g_clear_pointer (&self->found, g_free);
  self->n_found_rows = 0;
}

static void
forget_texts (InbLeadSearch *self)
{
  if (self->texts != NULL)
    g_string_free (self->texts, TRUE);
  self->texts = NULL;
  g_clear_pointer (&self->places, g_free);
  self->n_places = 0;
  self->garbage = 0;
}

/**
 * inb_lead_search_forget:
 *
 * To be called when the facts were loaded anew.
 */
void
inb_lead_search_forget (InbLeadSearch *self)
{
  forget_found (self);
  forget_texts (self);
  self->is_too_much = FALSE;
}

void
inb_lead_search_free (InbLeadSearch *self)
{
  if (self == NULL)
    return;

  inb_lead_search_forget (self);
  g_free (self);
}

static void
reserve_places (InbLeadSearch *self,
                guint32        n_rows)
{
  guint32 n_places;

  if (n_rows <= self->n_places)
    return;

  n_places = MAX (n_rows, self->n_places + self->n_places / 4);
  self->places = g_renew (Place, self->places, n_places);
  memset (self->places + self->n_places, 0, (n_places - self->n_places) * sizeof (Place));
  self->n_places = n_places;
}

/* The row's text as it stands in @texts: what the two columns hold, with a line feed between. */
static Place
append_row (GString      *texts,
            sqlite3_stmt *statement)
{
  Place place = { .offset = (guint32) texts->len };

  for (int column = 1; column <= 2; column++)
    {
      const char *text = (const char *) sqlite3_column_text (statement, column);

      if (column == 2)
        g_string_append_c (texts, '\n');
      if (text != NULL)
        g_string_append_len (texts, text, sqlite3_column_bytes (statement, column));
    }
  place.length = (guint32) (texts->len - place.offset);

  return place;
}

static void
keep_row (InbLeadSearch *self,
          sqlite3_stmt  *statement)
{
  gint64 rowid = sqlite3_column_int64 (statement, 0);

  if (rowid < 0 || rowid >= self->n_places)
    return;
  self->garbage += self->places[rowid].length;
  self->places[rowid] = append_row (self->texts, statement);
  if (self->texts->len > MAX_KEPT)
    self->is_too_much = TRUE;
}

static sqlite3_stmt *
prepare_range (InbSqlite  *db,
               gint64      first,
               gint64      last,
               GError    **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "lead-texts", error);

  if (statement != NULL)
    {
      sqlite3_bind_int64 (statement, 1, first);
      sqlite3_bind_int64 (statement, 2, last);
    }

  return statement;
}

/**
 * inb_lead_search_prepare:
 * @n_rows: row ids from this on are left out
 *
 * Takes the texts into memory, unless they are too many for that or are there already.
 */
gboolean
inb_lead_search_prepare (InbLeadSearch  *self,
                         InbSqlite      *db,
                         guint32         n_rows,
                         GCancellable   *cancellable,
                         GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  sqlite3_stmt *statement;
  guint n_read = 0;

  if (self->texts != NULL || self->is_too_much || n_rows == 0)
    return TRUE;

  statement = prepare_range (db, 0, n_rows - 1, error);
  if (statement == NULL)
    return FALSE;

  self->texts = g_string_new (NULL);
  reserve_places (self, n_rows);
  while (!self->is_too_much &&
         !g_cancellable_set_error_if_cancelled (++n_read % ROWS_PER_CHECK == 0 ? cancellable : NULL, &local_error) &&
         inb_sqlite_step (db, statement, &local_error))
    keep_row (self, statement);
  sqlite3_reset (statement);
  if (self->is_too_much || local_error != NULL)
    forget_texts (self);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static void
set_bit (guint64  *bits,
         guint32   row,
         gboolean  value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << (row % 64);

  bits[row / 64] = value ? bits[row / 64] | bit : bits[row / 64] & ~bit;
}

static void
reserve_found (InbLeadSearch *self,
               guint32        n_rows)
{
  gsize old_words = (gsize) self->n_found_rows / 64 + 1;
  gsize n_words = (gsize) n_rows / 64 + 1;

  if (self->found == NULL || n_rows <= self->n_found_rows)
    return;
  self->found = g_renew (guint64, self->found, n_words);
  memset (self->found + old_words, 0, (n_words - old_words) * sizeof (guint64));
  self->n_found_rows = n_rows;
}

/* Reads one row again, into the kept texts or into @spare. */
static gboolean
read_again (InbLeadSearch         *self,
            InbSqlite             *db,
            guint32                row,
            const InbSearchTerms  *terms,
            GString               *spare,
            GError               **error)
{
  sqlite3_stmt *statement = prepare_range (db, row, row, error);
  gboolean is_found = FALSE;
  gboolean is_row;

  if (statement == NULL || !inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    {
      g_string_truncate (spare, 0);
      append_row (spare, statement);
      is_found = terms != NULL && inb_search_terms_match (terms, spare->str, spare->len);
      if (self->texts != NULL)
        keep_row (self, statement);
    }
  sqlite3_reset (statement);
  if (terms != NULL)
    set_bit (self->found, row, is_found);

  return TRUE;
}

/**
 * inb_lead_search_update:
 * @rowids: (array length=n_rowids): of rows that may have another text
 */
gboolean
inb_lead_search_update (InbLeadSearch  *self,
                        InbSqlite      *db,
                        guint32         n_rows,
                        const gint64   *rowids,
                        guint           n_rowids,
                        GError        **error)
{
  g_autoptr (InbSearchTerms) terms = NULL;
  g_autoptr (GString) spare = NULL;

  if (n_rowids > MAX_LOOKED_UP)
    forget_found (self);
  if (self->texts == NULL && self->found == NULL)
    return TRUE;

  spare = g_string_new (NULL);
  if (self->texts != NULL)
    reserve_places (self, n_rows);
  reserve_found (self, n_rows);
  if (self->found != NULL)
    terms = inb_search_terms_new (self->found_text);
  for (guint i = 0; i < n_rowids; i++)
    {
      if (rowids[i] >= 0 && rowids[i] < n_rows && !read_again (self, db, (guint32) rowids[i], terms, spare, error))
        return FALSE;
    }
  /* The next search reads them again, without the garbage. */
  if (self->is_too_much || (self->texts != NULL && self->garbage > MAX (self->texts->len / 2, MIN_GARBAGE)))
    forget_texts (self);

  return TRUE;
}

static void
look_at_kept (InbLeadSearch         *self,
              const InbSearchTerms  *terms,
              const guint64         *among,
              guint32                n_rows,
              guint64               *found)
{
  for (guint32 row = 0; row < MIN (n_rows, self->n_places); row++)
    {
      const Place *place = &self->places[row];

      if (place->length > 0 && (among == NULL || (among[row / 64] >> (row % 64) & 1) != 0) &&
          inb_search_terms_match (terms, self->texts->str + place->offset, place->length))
        set_bit (found, row, TRUE);
    }
}

static gboolean
look_at_stored (InbSqlite             *db,
                const InbSearchTerms  *terms,
                const guint64         *among,
                gint64                 first,
                gint64                 last,
                guint64               *found,
                GCancellable          *cancellable,
                GError               **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = prepare_range (db, first, last, error);
  guint n_read = 0;

  if (statement == NULL)
    return FALSE;

  while (!g_cancellable_set_error_if_cancelled (++n_read % ROWS_PER_CHECK == 0 ? cancellable : NULL, &local_error) &&
         inb_sqlite_step (db, statement, &local_error))
    {
      guint32 row = (guint32) sqlite3_column_int64 (statement, 0);

      if (among != NULL && (among[row / 64] >> (row % 64) & 1) == 0)
        continue;
      g_string_truncate (text, 0);
      append_row (text, statement);
      if (inb_search_terms_match (terms, text->str, text->len))
        set_bit (found, row, TRUE);
    }
  if (local_error == NULL)
    return TRUE;

  sqlite3_reset (statement);
  g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

static guint
count_bits (const guint64 *bits,
            gsize          n_words)
{
  guint n_bits = 0;

  for (gsize i = 0; i < n_words; i++)
    n_bits += (guint) __builtin_popcountll (bits[i]);

  return n_bits;
}

/* Few rows one by one, many in one go. */
static gboolean
look_among (InbSqlite             *db,
            const InbSearchTerms  *terms,
            const guint64         *among,
            guint32                n_rows,
            guint64               *found,
            GCancellable          *cancellable,
            GError               **error)
{
  gsize n_words = (gsize) n_rows / 64 + 1;

  if (among == NULL || count_bits (among, n_words) > n_rows / LOOK_UP_COST)
    return look_at_stored (db, terms, among, 0, (gint64) n_rows - 1, found, cancellable, error);

  for (gsize word = 0; word < n_words; word++)
    {
      for (guint64 left = among[word]; left != 0; left &= left - 1)
        {
          gint64 row = (gint64) word * 64 + __builtin_ctzll (left);

          if (!look_at_stored (db, terms, NULL, row, row, found, cancellable, error))
            return FALSE;
        }
      if (word % 128 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_lead_search_find:
 * @n_rows: row ids from this on are left out
 * @text: what was typed
 *
 * Returns: (transfer none) (nullable): a bit per row id, n_rows / 64 + 1 words; leads that are not shown may be among them. Valid
 *   until the next call
 */
const guint64 *
inb_lead_search_find (InbLeadSearch  *self,
                      InbSqlite      *db,
                      guint32         n_rows,
                      const char     *text,
                      GCancellable   *cancellable,
                      GError        **error)
{
  g_autoptr (InbSearchTerms) terms = NULL;
  g_autofree guint64 *found = NULL;
  const guint64 *among = NULL;

  reserve_found (self, n_rows);
  if (g_strcmp0 (self->found_text, text) == 0)
    return self->found;
  if (!inb_lead_search_prepare (self, db, n_rows, cancellable, error))
    return NULL;

  terms = inb_search_terms_new (text);
  found = g_new0 (guint64, (gsize) n_rows / 64 + 1);
  if (self->found_text != NULL && inb_search_typed_narrows (self->found_text, text))
    among = self->found;
  if (self->texts != NULL)
    look_at_kept (self, terms, among, n_rows, found);
  else if (!look_among (db, terms, among, n_rows, found, cancellable, error))
    return NULL;

  forget_found (self);
  self->found_text = g_strdup (text);
  self->found = g_steal_pointer (&found);
  self->n_found_rows = n_rows;

  return self->found;
}
