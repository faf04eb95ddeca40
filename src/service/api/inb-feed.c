#define G_LOG_DOMAIN "inb-service"

#include "inb-feed.h"

#include "inb-epoch.h"
#include "inb-error.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"
#include "inb-template.h"

#include <string.h>

#define FIRST_CHUNK 64 /* rows of a kind; most reads bring a handful, and rows may be large */

enum { HEAD_SEQ, HEAD_TOMBSTONES_FROM, HEAD_EPOCH, HEAD_SYSTEM, HEAD_TIMELINE };

/* One chunk of every kind on its way into the page. */
typedef struct {
  PGresult *results[INB_N_KINDS];
  int       next[INB_N_KINDS];
  gint64    limit;
} Chunk;

void
inb_feed_head_clear (InbFeedHead *head)
{
  g_clear_pointer (&head->epoch, g_free);
}

void
inb_feed_head_free (gpointer head)
{
  inb_feed_head_clear (head);
  g_free (head);
}

void
inb_feed_request_free (gpointer request)
{
  InbFeedRequest *self = request;

  g_free (self->workspace_id);
  g_free (self->user_id);
  g_free (self->epoch);
  g_free (self);
}

void
inb_feed_page_free (gpointer page)
{
  InbFeedPage *self = page;

  g_free (self->epoch);
  if (self->rows != NULL)
    g_string_free (self->rows, TRUE);
  g_free (self);
}

static gint64
to_integer (const char *text)
{
  return g_ascii_strtoll (text, NULL, 10);
}

/**
 * inb_feed_head_read:
 * @head: (out caller-allocates): filled
 * @result: of the statement api/head
 */
gboolean
inb_feed_head_read (InbFeedHead     *head,
                    const PGresult  *result,
                    GError         **error)
{
  if (PQntuples (result) == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such workspace");
      return FALSE;
    }

  head->epoch = inb_epoch_new (PQgetvalue (result, 0, HEAD_SYSTEM), PQgetvalue (result, 0, HEAD_TIMELINE),
                               PQgetvalue (result, 0, HEAD_EPOCH));
  head->head = to_integer (PQgetvalue (result, 0, HEAD_SEQ));
  head->tombstones_from = to_integer (PQgetvalue (result, 0, HEAD_TOMBSTONES_FROM));

  return TRUE;
}

/**
 * inb_feed_head_job:
 *
 * Returns: (transfer full): an #InbFeedHead
 */
gpointer
inb_feed_head_job (InbDb     *db,
                   gpointer   workspace_id,
                   GError   **error)
{
  const char *params[] = { workspace_id };
  g_autoptr (PGresult) result = NULL;
  g_auto (InbFeedHead) head = { NULL };
  InbRead read;

  if (!inb_read_begin (&read, db, workspace_id, FALSE, error) ||
      !inb_read_send (&read, inb_sql_get ("api/head"), 1, params, error) ||
      !inb_read_finish (&read, error) ||
      (result = inb_read_receive (&read, error)) == NULL ||
      !inb_read_end (&read, error) ||
      !inb_feed_head_read (&head, result, error))
    {
      g_prefix_error (error, "Reading the head of the feed: ");
      return NULL;
    }

  return g_memdup2 (&(InbFeedHead) { g_steal_pointer (&head.epoch), head.head, head.tombstones_from }, sizeof head);
}

static char *
make_sql (InbKind  kind,
          gboolean for_user)
{
  if (kind == INB_KIND_VIEW && for_user)
    return g_strdup (inb_sql_get ("api/changes-views"));

  return inb_template_expand (inb_sql_get ("api/changes"),
                              "columns", inb_sql_columns (kind, "t"),
                              "table", inb_kind_get_table (kind),
                              "workspace", kind == INB_KIND_WORKSPACE ? "id" : "workspace_id",
                              NULL);
}

/**
 * inb_feed_get_sql:
 * @for_user: whether views are those that one user sees, the fourth parameter
 *
 * Returns: (transfer none): the statement for one kind
 */
const char *
inb_feed_get_sql (InbKind  kind,
                  gboolean for_user)
{
  static gsize statements[2][INB_N_KINDS];
  gsize *statement = &statements[for_user ? 1 : 0][kind];

  if (g_once_init_enter (statement))
    g_once_init_leave (statement, (gsize) make_sql (kind, for_user));

  return (const char *) *statement;
}

static gint64
get_seq (const Chunk *chunk,
         InbKind      kind,
         int          row)
{
  return to_integer (PQgetvalue (chunk->results[kind], row, inb_kind_get_seq_column (kind)));
}

static void
chunk_clear (Chunk *chunk)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    g_clear_pointer (&chunk->results[kind], PQclear);
}

static gboolean
chunk_send (const Chunk           *chunk,
            InbRead               *read,
            const InbFeedRequest  *request,
            gint64                 since,
            GError               **error)
{
  g_autofree char *since_text = g_strdup_printf ("%" G_GINT64_FORMAT, since);
  g_autofree char *limit_text = g_strdup_printf ("%" G_GINT64_FORMAT, chunk->limit);
  const char *params[] = { request->workspace_id, since_text, limit_text, request->user_id };

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      gboolean for_user = kind == INB_KIND_VIEW && request->user_id != NULL;

      if (!inb_read_send (read, inb_feed_get_sql (kind, for_user), for_user ? 4 : 3, params, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
chunk_receive (Chunk    *chunk,
               InbRead  *read,
               GError  **error)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      chunk->next[kind] = 0;
      chunk->results[kind] = inb_read_receive (read, error);
      if (chunk->results[kind] == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Behind the last row of a kind that was cut at the limit there may be more of it, so what other kinds have behind it must
 * wait. */
static gint64
chunk_get_bound (const Chunk *chunk)
{
  gint64 bound = G_MAXINT64;

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      int n_rows = PQntuples (chunk->results[kind]);

      if (n_rows == chunk->limit)
        bound = MIN (bound, get_seq (chunk, kind, n_rows - 1));
    }

  return bound;
}

static gboolean
chunk_find_first (const Chunk *chunk,
                  gint64       bound,
                  InbKind     *kind,
                  gint64      *seq)
{
  *seq = G_MAXINT64;
  for (guint i = 0; i < INB_N_KINDS; i++)
    {
      if (chunk->next[i] < PQntuples (chunk->results[i]) && get_seq (chunk, i, chunk->next[i]) < *seq)
        {
          *seq = get_seq (chunk, i, chunk->next[i]);
          *kind = i;
        }
    }

  return *seq <= bound && *seq != G_MAXINT64;
}

static gboolean
is_private (const PGresult *result,
            InbKind         kind,
            int             row)
{
  return kind == INB_KIND_VIEW && *PQgetvalue (result, row, INB_VIEW_IS_SHARED) != 't';
}

/* Moves rows up to the bound into the page. FALSE when the page is full. */
static gboolean
page_take (InbFeedPage          *page,
           Chunk                *chunk,
           const InbFeedRequest *request,
           gint64               *n_rows)
{
  gint64 bound = chunk_get_bound (chunk);
  gint64 seq = 0;
  InbKind kind = INB_N_KINDS;

  while (chunk_find_first (chunk, bound, &kind, &seq))
    {
      if (*n_rows == request->limit || (*n_rows > 0 && page->rows->len >= request->max_bytes))
        return FALSE;

      if (page->rows->len > 0)
        g_string_append_c (page->rows, ',');
      inb_result_append_change (page->rows, chunk->results[kind], chunk->next[kind], kind);
      if (request->user_id == NULL)
        page->has_private = page->has_private || is_private (chunk->results[kind], kind, chunk->next[kind]);
      chunk->next[kind]++;
      (*n_rows)++;
      page->to = seq;
    }

  if (bound == G_MAXINT64)
    page->to = page->head;

  return TRUE;
}

/* How many rows of a kind the next chunk may have, by what the rows so far weigh. */
static gint64
choose_limit (const InbFeedPage    *page,
              const InbFeedRequest *request,
              gint64                n_rows)
{
  gint64 average = n_rows == 0 ? 1 : (gint64) page->rows->len / n_rows + 1;
  gint64 room = (gint64) request->max_bytes - (gint64) page->rows->len;

  return CLAMP (room / average + 1, 1, request->limit - n_rows + 1);
}

static gboolean
check_cursor (const InbFeedRequest  *request,
              const InbFeedHead     *head,
              GError               **error)
{
  if (request->epoch != NULL && strcmp (request->epoch, head->epoch) != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_RESYNC, "The epoch is another one: start anew");
      return FALSE;
    }
  if (request->since > head->head)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_RESYNC, "The cursor is above the head: start anew");
      return FALSE;
    }
  if (request->since > 0 && request->since < head->tombstones_from)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_RESYNC, "The cursor is older than what is kept: start anew");
      return FALSE;
    }

  return TRUE;
}

static gboolean
page_begin (InbFeedPage           *page,
            Chunk                 *chunk,
            InbRead               *read,
            InbDb                 *db,
            const InbFeedRequest  *request,
            GError               **error)
{
  const char *params[] = { request->workspace_id };
  g_autoptr (PGresult) result = NULL;
  g_auto (InbFeedHead) head = { NULL };

  chunk->limit = MIN (request->limit + 1, FIRST_CHUNK);
  if (!inb_read_begin (read, db, request->workspace_id, TRUE, error) ||
      !inb_read_send (read, inb_sql_get ("api/head"), 1, params, error) ||
      !chunk_send (chunk, read, request, request->since, error) ||
      (result = inb_read_receive (read, error)) == NULL ||
      !inb_feed_head_read (&head, result, error) ||
      !check_cursor (request, &head, error) ||
      !chunk_receive (chunk, read, error))
    return FALSE;

  page->epoch = g_steal_pointer (&head.epoch);
  page->head = head.head;
  page->from = request->since;
  page->to = request->since;
  page->rows = g_string_new (NULL);

  return TRUE;
}

/**
 * inb_feed_page_job:
 * @request: an #InbFeedRequest
 *
 * Run by the reader pool. Reads in chunks, so that neither a long page of small rows takes many trips nor one of large rows
 * much memory.
 *
 * Returns: (transfer full): an #InbFeedPage, or %NULL; %INB_ERROR_RESYNC when the cursor cannot be followed
 */
gpointer
inb_feed_page_job (InbDb     *db,
                   gpointer   request,
                   GError   **error)
{
  InbFeedRequest *self = request;
  g_autoptr (InbFeedPage) page = g_new0 (InbFeedPage, 1);
  Chunk chunk = { { NULL } };
  gint64 n_rows = 0;
  gboolean is_read;
  InbRead read;

  is_read = page_begin (page, &chunk, &read, db, self, error);
  while (is_read && page_take (page, &chunk, self, &n_rows) && page->to < page->head)
    {
      chunk_clear (&chunk);
      chunk.limit = choose_limit (page, self, n_rows);
      is_read = chunk_send (&chunk, &read, self, page->to, error) && chunk_receive (&chunk, &read, error);
    }
  chunk_clear (&chunk);

  if (!is_read || !inb_read_end (&read, error))
    {
      g_prefix_error (error, "Reading the feed: ");
      return NULL;
    }

  return g_steal_pointer (&page);
}
