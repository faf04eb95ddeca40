#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-page.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-row-reader.h"

#include <string.h>

typedef enum {
  PLACE_START,
  PLACE_PAGE,     /* among the page's own members */
  PLACE_ROWS,     /* in the array */
  PLACE_ENTRY,    /* among the members of a {"kind","row"} */
  PLACE_ROW,      /* in a row whose kind is known */
  PLACE_END
} Place;

typedef enum {
  MEMBER_OTHER,
  MEMBER_EPOCH,
  MEMBER_NEXT_CURSOR,
  MEMBER_FROM,
  MEMBER_TO,
  MEMBER_HEAD,
  MEMBER_ROWS,
  MEMBER_KIND,
  MEMBER_ROW
} Member;

typedef struct {
  InbSyncPage  *page;       /* borrowed */
  InbRowReader  row_reader;
  Place         place;
  Member        member;     /* whose value comes */
  guint         skipped;    /* containers open in a value that is passed over */

  /* Of the present entry. */
  gboolean      has_kind;
  gboolean      is_known;
  InbKind       kind;
  gboolean      has_row;
  InbRow       *row;        /* owned */
  const char   *text;       /* borrowed: the row's, when it stands before the kind */
  gsize         text_length;
} Reader;

void
inb_sync_page_set_error (GError     **error,
                         const char  *what)
{
  g_set_error (error, INB_ERROR, INB_ERROR_PROTOCOL, "The server's answer is not understood: %s", what);
}

gboolean
inb_sync_page_check_row (const InbRow  *row,
                         GError       **error)
{
  const char *key = inb_row_get_key (row);

  if (key != NULL && *key != '\0' && inb_row_get_seq (row) > 0)
    return TRUE;

  inb_sync_page_set_error (error, "a row has no key or no change_seq");

  return FALSE;
}

static gboolean
fail (GError     **error,
      const char  *what)
{
  inb_sync_page_set_error (error, what);

  return FALSE;
}

static Member
find_member (Place       place,
             const char *start,
             gsize       length)
{
  static const struct {
    Place       place;
    const char *name;
    Member      member;
  } members[] = {
    { PLACE_ENTRY, "kind", MEMBER_KIND },
    { PLACE_ENTRY, "row", MEMBER_ROW },
    { PLACE_PAGE, "epoch", MEMBER_EPOCH },
    { PLACE_PAGE, "from", MEMBER_FROM },
    { PLACE_PAGE, "to", MEMBER_TO },
    { PLACE_PAGE, "head", MEMBER_HEAD },
    { PLACE_PAGE, "rows", MEMBER_ROWS },
    { PLACE_PAGE, "next_cursor", MEMBER_NEXT_CURSOR },
  };
  g_autofree char *name = inb_json_scanner_unescape (start, length);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (members[i].place == place && strcmp (members[i].name, name) == 0)
        return members[i].member;
    }

  return MEMBER_OTHER;
}

static void
take_integer (Reader     *self,
              const char *start)
{
  /* Behind the number stands something that is no digit: it is in an object that was not closed yet. */
  gint64 value = g_ascii_strtoll (start, NULL, 10);

  if (self->member == MEMBER_FROM)
    self->page->from = value;
  else if (self->member == MEMBER_TO)
    self->page->to = value;
  else if (self->member == MEMBER_HEAD)
    self->page->head = value;
}

static void
take_string (Reader     *self,
             const char *start,
             gsize       length)
{
  g_autofree char *text = NULL;

  if (self->member != MEMBER_EPOCH && self->member != MEMBER_NEXT_CURSOR && self->member != MEMBER_KIND)
    return;

  text = inb_json_scanner_unescape (start, length);
  if (self->member == MEMBER_KIND)
    {
      self->has_kind = TRUE;
      self->is_known = inb_kind_from_name (text, &self->kind);
    }
  else
    {
      char **member = self->member == MEMBER_EPOCH ? &self->page->epoch : &self->page->next_cursor;

      *member = g_steal_pointer (&text);
    }
}

/* For the rare server that names the kind behind the row. */
static InbRow *
read_row_text (Reader  *self,
               GError **error)
{
  g_autoptr (JsonNode) node = inb_json_parse (self->text, self->text_length, error);

  return node != NULL ? inb_row_new_from_json (self->kind, json_node_get_object (node), error) : NULL;
}

static gboolean
end_entry (Reader  *self,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (InbRow) row = g_steal_pointer (&self->row);

  if (!self->has_kind || !self->has_row)
    return fail (error, "a row without kind or values");
  /* A kind that is not known here is passed over, so that a newer server can be followed. */
  if (!self->is_known)
    return TRUE;

  if (row == NULL)
    row = read_row_text (self, &local_error);
  if (row == NULL)
    return fail (error, local_error->message);
  if (!inb_sync_page_check_row (row, error))
    return FALSE;
  g_ptr_array_add (self->page->rows, g_steal_pointer (&row));

  return TRUE;
}

static void
begin_entry (Reader *self)
{
  self->place = PLACE_ENTRY;
  self->member = MEMBER_OTHER;
  self->has_kind = FALSE;
  self->is_known = FALSE;
  self->has_row = FALSE;
  self->text = NULL;
}

/* Passes over the rest of a container; notes the text of one that is a row. */
static void
skip (Reader       *self,
      InbJsonToken  token,
      const char   *start,
      gsize         length)
{
  if (token == INB_JSON_OBJECT_START || token == INB_JSON_ARRAY_START)
    self->skipped++;
  if (token != INB_JSON_OBJECT_END && token != INB_JSON_ARRAY_END)
    return;
  if (--self->skipped == 0 && self->place == PLACE_ENTRY && self->member == MEMBER_ROW)
    self->text_length = (gsize) (start + length - self->text);
}

static gboolean
take_in_page (Reader        *self,
              InbJsonToken   token,
              const char    *start,
              gsize          length)
{
  if (token == INB_JSON_NAME)
    self->member = find_member (PLACE_PAGE, start, length);
  else if (token == INB_JSON_OBJECT_END)
    self->place = PLACE_END;
  else if (token == INB_JSON_ARRAY_START && self->member == MEMBER_ROWS)
    {
      self->place = PLACE_ROWS;
      self->page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
    }
  else if (token == INB_JSON_OBJECT_START || token == INB_JSON_ARRAY_START)
    self->skipped = 1;
  else if (token == INB_JSON_INTEGER)
    take_integer (self, start);
  else if (token == INB_JSON_STRING)
    take_string (self, start, length);

  return TRUE;
}

static gboolean
take_in_entry (Reader        *self,
               InbJsonToken   token,
               const char    *start,
               gsize          length,
               GError       **error)
{
  if (token == INB_JSON_NAME)
    {
      self->member = find_member (PLACE_ENTRY, start, length);
    }
  else if (token == INB_JSON_OBJECT_END)
    {
      self->place = PLACE_ROWS;
      return end_entry (self, error);
    }
  else if (token == INB_JSON_OBJECT_START && self->member == MEMBER_ROW)
    {
      self->has_row = TRUE;
      self->text = start;
      if (self->is_known)
        {
          inb_row_reader_begin (&self->row_reader, self->kind);
          self->place = PLACE_ROW;
        }
      else
        {
          self->skipped = 1;
        }
    }
  else if (token == INB_JSON_OBJECT_START || token == INB_JSON_ARRAY_START)
    {
      /* What is no object is no row. */
      self->member = MEMBER_OTHER;
      self->skipped = 1;
    }
  else if (token == INB_JSON_STRING)
    {
      take_string (self, start, length);
    }

  return TRUE;
}

static gboolean
take_in_row (Reader        *self,
             InbJsonToken   token,
             const char    *start,
             gsize          length,
             GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!inb_row_reader_take (&self->row_reader, token, start, length, &self->row, &local_error))
    return fail (error, local_error->message);
  if (self->row != NULL)
    self->place = PLACE_ENTRY;

  return TRUE;
}

static gboolean
take_token (InbJsonToken   token,
            const char    *start,
            gsize          length,
            gpointer       user_data,
            GError       **error)
{
  Reader *self = user_data;

  if (self->skipped > 0)
    {
      skip (self, token, start, length);
      return TRUE;
    }

  switch (self->place)
    {
    case PLACE_START:
      self->place = PLACE_PAGE;
      return token == INB_JSON_OBJECT_START || fail (error, "it is no object");

    case PLACE_PAGE:
      return take_in_page (self, token, start, length);

    case PLACE_ROWS:
      if (token == INB_JSON_ARRAY_END)
        self->place = PLACE_PAGE;
      else if (token == INB_JSON_OBJECT_START)
        begin_entry (self);
      else
        return fail (error, "a row without kind or values");
      return TRUE;

    case PLACE_ENTRY:
      return take_in_entry (self, token, start, length, error);

    case PLACE_ROW:
      return take_in_row (self, token, start, length, error);

    case PLACE_END:
    default:
      return TRUE;
    }
}

/**
 * inb_sync_page_new:
 * @body: what the server sent
 *
 * Returns: (transfer full) (nullable): the page, with rows; what is missing besides is left to the caller. %INB_ERROR_PROTOCOL
 */
InbSyncPage *
inb_sync_page_new (GBytes  *body,
                   GError **error)
{
  g_autoptr (InbSyncPage) page = g_new0 (InbSyncPage, 1);
  g_autoptr (GError) local_error = NULL;
  Reader reader = { .page = page };
  gboolean is_read;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  page->from = page->to = page->head = INB_SYNC_PAGE_NONE;
  is_read = inb_json_scanner_run (text, length, take_token, &reader, &local_error);
  inb_row_reader_clear (&reader.row_reader);
  g_clear_pointer (&reader.row, inb_row_unref);
  if (!is_read && g_error_matches (local_error, INB_ERROR, INB_ERROR_PROTOCOL))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!is_read || page->rows == NULL)
    {
      inb_sync_page_set_error (error, is_read ? "no rows" : local_error->message);
      return NULL;
    }

  return g_steal_pointer (&page);
}

void
inb_sync_page_free (InbSyncPage *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_free (self->next_cursor);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}
