#define G_LOG_DOMAIN "inb-service"

#include "inb-snapshot.h"

#include "inb-cursor.h"
#include "inb-error.h"
#include "inb-feed.h"
#include "inb-json.h"
#include "inb-protocol.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"
#include "inb-template.h"

#include <string.h>

#define MAX_BYTES (1024 * 1024)
#define FIRST_CHUNK 64
#define MAX_STATEMENTS 10 /* in one page, so that its transaction stays short */
#define MAX_SETUP "10000"

enum { WINDOW_END, WINDOW_SIZE, WINDOW_IS_OLD };

/* A page being read. */
typedef struct {
  const InbSnapshotRequest *request;
  InbRead                   read;
  InbFeedHead               head;
  GString                  *rows;
  gint64                    n_rows;
  gint64                    below;
  gboolean                  is_done;
} Page;

/**
 * inb_snapshot_has_kind:
 *
 * Returns: whether the kind is pulled by pages; all others come whole with the contacts' first page
 */
gboolean
inb_snapshot_has_kind (InbKind kind)
{
  return kind == INB_KIND_CONTACT || kind == INB_KIND_LEAD || kind == INB_KIND_ACTIVITY;
}

static gboolean
parse_cursor (InbSnapshotRequest *self,
              const char         *cursor)
{
  g_auto (GStrv) parts = inb_cursor_unpack (cursor, 4);

  if (parts == NULL || strcmp (parts[0], inb_kind_get_name (self->kind)) != 0 ||
      !g_ascii_string_to_signed (parts[2], 10, 0, G_MAXINT64, &self->head, NULL) ||
      !g_ascii_string_to_signed (parts[3], 10, 0, G_MAXINT64, &self->below, NULL))
    return FALSE;

  self->epoch = g_strdup (parts[1]);

  return TRUE;
}

/**
 * inb_snapshot_request_new:
 * @cursor: (nullable): what the page before gave
 *
 * Returns: (transfer full): the request, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbSnapshotRequest *
inb_snapshot_request_new (const char  *workspace_id,
                          const char  *user_id,
                          InbKind      kind,
                          gint64       limit,
                          const char  *cursor,
                          GError     **error)
{
  InbSnapshotRequest *self = g_new0 (InbSnapshotRequest, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->user_id = g_strdup (user_id);
  self->kind = kind;
  self->limit = limit;
  self->max_bytes = MAX_BYTES;
  if (cursor != NULL && !parse_cursor (self, cursor))
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "cursor: not one of this kind");
      g_clear_pointer (&self, inb_snapshot_request_free);
    }

  return self;
}

void
inb_snapshot_request_free (gpointer request)
{
  InbSnapshotRequest *self = request;

  g_free (self->workspace_id);
  g_free (self->user_id);
  g_free (self->epoch);
  g_free (self);
}

static void
append_rows (Page           *page,
             const PGresult *result,
             InbKind         kind)
{
  for (int row = 0; row < PQntuples (result); row++)
    {
      if (page->rows->len > 0)
        g_string_append_c (page->rows, ',');
      inb_result_append_change (page->rows, result, row, kind);
    }
  page->n_rows += PQntuples (result);
}

/* Workspace, stages, people: small tables, whole. */
static gboolean
read_setup (Page    *page,
            GError **error)
{
  const char *params[] = { page->request->workspace_id, "0", MAX_SETUP, page->request->user_id };

  for (guint kind = 0; kind < INB_KIND_CONTACT; kind++)
    {
      if (!inb_read_send (&page->read, inb_feed_get_sql (kind, TRUE), kind == INB_KIND_VIEW ? 4 : 3, params, error))
        return FALSE;
    }
  for (guint kind = 0; kind < INB_KIND_CONTACT; kind++)
    {
      g_autoptr (PGresult) result = inb_read_receive (&page->read, error);

      if (result == NULL)
        return FALSE;
      append_rows (page, result, kind);
    }
  page->n_rows = 0;

  return TRUE;
}

static gboolean
read_chunk (Page    *page,
            gint64   limit,
            GError **error)
{
  InbKind kind = page->request->kind;
  g_autofree char *below = g_strdup_printf ("%" G_GINT64_FORMAT, page->below);
  g_autofree char *limit_text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  const char *params[] = { page->request->workspace_id, below, limit_text };
  g_autofree char *sql = inb_template_expand (inb_sql_get ("api/snapshot"),
                                              "columns", inb_sql_columns (kind, "t"),
                                              "table", inb_kind_get_table (kind),
                                              NULL);
  g_autoptr (PGresult) result = NULL;
  int n_rows;

  if (!inb_read_send (&page->read, sql, G_N_ELEMENTS (params), params, error) ||
      (result = inb_read_receive (&page->read, error)) == NULL)
    return FALSE;

  append_rows (page, result, kind);
  n_rows = PQntuples (result);
  page->is_done = n_rows < limit;
  if (n_rows > 0)
    page->below = g_ascii_strtoll (PQgetvalue (result, n_rows - 1, inb_kind_get_seq_column (kind)), NULL, 10) - 1;

  return TRUE;
}

/* Most activities of an old workspace are of no interest, so a window of them is looked at rather than a number sought. */
static gboolean
read_window (Page    *page,
             gint64   limit,
             GError **error)
{
  g_autofree char *below = g_strdup_printf ("%" G_GINT64_FORMAT, page->below);
  g_autofree char *limit_text = g_strdup_printf ("%" G_GINT64_FORMAT, limit);
  const char *params[] = { page->request->workspace_id, below, limit_text };
  g_autofree char *sql = inb_template_expand (inb_sql_get ("api/snapshot-activities"),
                                              "columns", inb_sql_columns (INB_KIND_ACTIVITY, "t"), NULL);
  g_autoptr (PGresult) window = NULL;
  g_autoptr (PGresult) result = NULL;

  if (!inb_read_send (&page->read, inb_sql_get ("api/snapshot-window"), G_N_ELEMENTS (params), params, error) ||
      !inb_read_send (&page->read, sql, G_N_ELEMENTS (params), params, error) ||
      (window = inb_read_receive (&page->read, error)) == NULL ||
      (result = inb_read_receive (&page->read, error)) == NULL)
    return FALSE;

  append_rows (page, result, INB_KIND_ACTIVITY);
  page->is_done = g_ascii_strtoll (PQgetvalue (window, 0, WINDOW_SIZE), NULL, 10) < limit ||
                  *PQgetvalue (window, 0, WINDOW_IS_OLD) == 't';
  if (!PQgetisnull (window, 0, WINDOW_END))
    page->below = g_ascii_strtoll (PQgetvalue (window, 0, WINDOW_END), NULL, 10) - 1;

  return TRUE;
}

static gint64
choose_limit (const Page *page,
              gint64      most)
{
  gint64 average = page->n_rows == 0 ? 1 : (gint64) page->rows->len / page->n_rows + 1;
  gint64 room = (gint64) page->request->max_bytes - (gint64) page->rows->len;

  return CLAMP (room / average + 1, 1, most);
}

static gboolean
page_is_full (const Page *page)
{
  return page->n_rows >= page->request->limit || page->rows->len >= page->request->max_bytes;
}

static gboolean
read_rows (Page    *page,
           GError **error)
{
  for (guint i = 0; i < MAX_STATEMENTS && !page->is_done && !page_is_full (page); i++)
    {
      gint64 rest = page->request->limit - page->n_rows;
      gint64 limit = i == 0 ? MIN (rest, FIRST_CHUNK) : choose_limit (page, rest);
      gboolean is_read = page->request->kind == INB_KIND_ACTIVITY ? read_window (page, limit, error)
                                                                 : read_chunk (page, limit, error);

      if (!is_read)
        return FALSE;
    }

  return TRUE;
}

static gboolean
page_begin (Page    *page,
            InbDb   *db,
            GError **error)
{
  const InbSnapshotRequest *request = page->request;
  const char *params[] = { request->workspace_id };
  g_autoptr (PGresult) by_key = NULL;
  g_autoptr (PGresult) result = NULL;

  if (!inb_read_begin (&page->read, db, request->workspace_id, TRUE, error) ||
      !inb_read_send (&page->read, inb_sql_get ("api/by-key"), 0, NULL, error) ||
      !inb_read_send (&page->read, inb_sql_get ("api/head"), 1, params, error) ||
      (by_key = inb_read_receive (&page->read, error)) == NULL ||
      (result = inb_read_receive (&page->read, error)) == NULL ||
      !inb_feed_head_read (&page->head, result, error))
    return FALSE;

  if (request->epoch != NULL && strcmp (request->epoch, page->head.epoch) != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_RESYNC, "The epoch is another one: start anew");
      return FALSE;
    }

  page->below = page->head.head;
  if (request->epoch != NULL)
    {
      page->head.head = request->head;
      page->below = MIN (request->below, request->head);
    }

  return TRUE;
}

static GString *
page_write (Page *page)
{
  GString *json = g_string_sized_new (page->rows->len + 256);

  g_string_append_c (json, '{');
  inb_json_append_member (json, "epoch", page->head.epoch);
  inb_json_append_member_integer (json, "head", page->head.head);
  inb_json_append_member (json, "kind", inb_kind_get_name (page->request->kind));
  g_string_append (json, ",\"rows\":[");
  g_string_append_len (json, page->rows->str, (gssize) page->rows->len);
  g_string_append_c (json, ']');
  if (page->is_done)
    {
      inb_json_append_member (json, "next_cursor", NULL);
    }
  else
    {
      g_autofree char *head = g_strdup_printf ("%" G_GINT64_FORMAT, page->head.head);
      g_autofree char *below = g_strdup_printf ("%" G_GINT64_FORMAT, page->below);
      const char * const parts[] = { inb_kind_get_name (page->request->kind), page->head.epoch, head, below, NULL };
      g_autofree char *cursor = inb_cursor_pack (parts);

      inb_json_append_member (json, "next_cursor", cursor);
    }
  g_string_append_c (json, '}');

  return json;
}

/**
 * inb_snapshot_job:
 * @request: an #InbSnapshotRequest
 *
 * Run by the reader pool.
 *
 * Returns: (transfer full): a #GString with the page's JSON, or %NULL; %INB_ERROR_RESYNC when the epoch changed since the
 *   first page
 */
gpointer
inb_snapshot_job (InbDb     *db,
                  gpointer   request,
                  GError   **error)
{
  const InbSnapshotRequest *self = request;
  Page page = { .request = self };
  GString *json = NULL;

  page.rows = g_string_new (NULL);
  if (page_begin (&page, db, error) &&
      (self->kind != INB_KIND_CONTACT || self->epoch != NULL || read_setup (&page, error)) &&
      read_rows (&page, error) &&
      inb_read_end (&page.read, error))
    json = page_write (&page);
  else
    g_prefix_error (error, "Reading a snapshot: ");

  g_string_free (page.rows, TRUE);
  inb_feed_head_clear (&page.head);

  return json;
}
