#define G_LOG_DOMAIN "inb-tests"

#include "inb-fake-server-private.h"

#include "inb-json.h"

void
inb_fake_server_append_item (GString           *json,
                             const InbFakeItem *item)
{
  if (json->str[json->len - 1] != '[')
    g_string_append_c (json, ',');
  g_string_append (json, "{\"kind\":");
  inb_json_append_string (json, inb_kind_get_name (inb_row_get_kind (item->row)));
  g_string_append (json, ",\"row\":");
  inb_row_append_json (item->row, FALSE, json);
  g_string_append_c (json, '}');
}

void
inb_fake_server_respond (SoupServerMessage *message,
                         guint              status,
                         GString           *json)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, json->str, json->len);
  g_string_free (json, TRUE);
}

static gint64
get_number (GHashTable *query,
            const char *name,
            gint64      fallback)
{
  const char *text = g_hash_table_lookup (query, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

static GString *
write_changes (InbFakeServer *self,
               gint64         since,
               guint          limit)
{
  GString *json = g_string_new ("{");
  g_autoptr (GString) rows = g_string_new ("[");
  gint64 to = since;
  guint n_rows = 0;

  for (guint i = 0; i < self->items->len && n_rows < limit; i++)
    {
      const InbFakeItem *item = g_ptr_array_index (self->items, i);

      if (item->seq <= since)
        continue;
      inb_fake_server_append_item (rows, item);
      to = item->seq;
      n_rows++;
    }
  if (n_rows < limit)
    to = self->head;
  inb_json_append_member (json, "epoch", self->epoch);
  inb_json_append_member_integer (json, "from", self->fault == INB_FAKE_FAULT_WRONG_FROM ? since + 5 : since);
  inb_json_append_member_integer (json, "to", self->fault == INB_FAKE_FAULT_WRONG_FROM ? to + 5 : to);
  inb_json_append_member_integer (json, "head", self->fault == INB_FAKE_FAULT_WRONG_FROM ? self->head + 5 : self->head);
  g_string_append_printf (json, ",\"rows\":%s]}", rows->str);

  return json;
}

static GString *
write_snapshot (InbFakeServer *self,
                InbKind        kind,
                const char    *cursor,
                guint          limit)
{
  GString *json = g_string_new ("{");
  g_autoptr (GString) rows = g_string_new ("[");
  gint64 below = cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : G_MAXINT64;
  g_autofree char *next = NULL;
  guint n_rows = 0;

  for (guint i = 0; i < self->items->len && kind == INB_KIND_CONTACT && cursor == NULL; i++)
    {
      if (inb_row_get_kind (((InbFakeItem *) g_ptr_array_index (self->items, i))->row) < INB_KIND_CONTACT)
        inb_fake_server_append_item (rows, g_ptr_array_index (self->items, i));
    }
  for (guint i = self->items->len; i > 0 && n_rows < limit; i--)
    {
      const InbFakeItem *item = g_ptr_array_index (self->items, i - 1);

      if (item->seq >= below || inb_row_get_kind (item->row) != kind)
        continue;
      inb_fake_server_append_item (rows, item);
      next = (g_free (next), g_strdup_printf ("%" G_GINT64_FORMAT, item->seq));
      n_rows++;
    }
  if (n_rows < limit)
    g_clear_pointer (&next, g_free);
  inb_json_append_member (json, "epoch", self->epoch);
  inb_json_append_member_integer (json, "head", self->head);
  inb_json_append_member (json, "next_cursor", next);
  g_string_append_printf (json, ",\"rows\":%s]}", rows->str);

  return json;
}

static GString *
write_lead (InbFakeServer *self,
            const char    *id)
{
  GString *json = g_string_new ("{\"lead\":");
  g_autoptr (GString) activities = g_string_new ("[");
  gboolean found = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const InbFakeItem *item = g_ptr_array_index (self->items, i);

      if (inb_row_get_kind (item->row) == INB_KIND_LEAD && g_strcmp0 (inb_row_get_key (item->row), id) == 0)
        {
          inb_row_append_json (item->row, TRUE, json);
          found = TRUE;
        }
      if (inb_row_get_kind (item->row) == INB_KIND_ACTIVITY && g_strcmp0 (inb_row_get (item->row, INB_ACTIVITY_LEAD_ID), id) == 0)
        {
          if (activities->len > 1)
            g_string_append_c (activities, ',');
          inb_row_append_json (item->row, TRUE, activities);
        }
    }
  g_string_append_printf (json, ",\"activities\":%s]}", activities->str);
  if (!found)
    g_string_assign (json, "");

  return json;
}

static void
on_wrote_chunk (SoupServerMessage *message,
                gpointer           user_data)
{
  static const char chunk[256 * 1024] = { ' ' };

  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_STATIC, chunk, sizeof chunk);
}

static void
answer_endless (SoupServerMessage *message)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), NULL);
  on_wrote_chunk (message, NULL);
}

gboolean
inb_fake_server_refuse (InbFakeServer     *self,
                        SoupServerMessage *message)
{
  const char *authorization = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (self->fault == INB_FAKE_FAULT_UNAVAILABLE)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", "2");
      inb_fake_server_respond (message, 503, g_string_new ("{\"code\":\"unavailable\",\"title\":\"Away\"}"));
      return TRUE;
    }
  if (self->fault != INB_FAKE_FAULT_UNAUTHORIZED && g_strcmp0 (authorization, "Bearer " INB_FAKE_TOKEN) == 0)
    return FALSE;

  inb_fake_server_respond (message, 401, g_string_new ("{\"code\":\"unauthorized\",\"detail\":\"No such token\"}"));

  return TRUE;
}

void
inb_fake_server_answer (InbFakeServer     *self,
                        SoupServerMessage *message,
                        const char        *path,
                        GHashTable        *query)
{
  guint limit = query != NULL ? MIN ((guint) get_number (query, "limit", 500), self->page_size) : self->page_size;

  if (inb_fake_server_refuse (self, message))
    return;

  if (self->fault == INB_FAKE_FAULT_GARBAGE)
    {
      inb_fake_server_respond (message, 200, g_string_new ("{\"epoch\":\"e\",\"from\":0,[[[[["));
    }
  else if (self->fault == INB_FAKE_FAULT_ENDLESS)
    {
      answer_endless (message);
    }
  else if (g_str_equal (path, "/api/changes"))
    {
      const char *epoch = g_hash_table_lookup (query, "epoch");

      if (epoch != NULL && !g_str_equal (epoch, self->epoch))
        inb_fake_server_respond (message, 410, g_string_new ("{\"code\":\"resync\"}"));
      else
        inb_fake_server_respond (message, 200, write_changes (self, get_number (query, "since", 0), limit));
    }
  else if (g_str_equal (path, "/api/snapshot") && self->fault != INB_FAKE_FAULT_NO_SNAPSHOT)
    {
      InbKind kind = INB_KIND_CONTACT;

      g_assert_true (inb_kind_from_name (g_hash_table_lookup (query, "kind"), &kind));
      inb_fake_server_respond (message, 200, write_snapshot (self, kind, g_hash_table_lookup (query, "cursor"), limit));
    }
  else if (g_str_equal (path, "/api/mutations"))
    {
      inb_fake_server_answer_push (self, message);
    }
  else if (g_str_equal (path, "/api/me"))
    {
      inb_fake_server_respond (message, 200, g_string_new ("{\"user\":{\"id\":\"" INB_FAKE_USER "\",\"name\":\"Me\"},"
                                                           "\"role\":\"manager\"}"));
    }
  else if (g_str_has_prefix (path, "/api/inbound-leads/"))
    {
      GString *json = write_lead (self, path + strlen ("/api/inbound-leads/"));

      inb_fake_server_respond (message, json->len > 0 ? 200 : 404, json);
    }
  else
    {
      inb_fake_server_respond (message, 404, g_string_new ("{\"code\":\"not_found\"}"));
    }
}
