#define G_LOG_DOMAIN "inb-tests"

#include "inb-fake-server-private.h"

#include "inb-json.h"

/* So long that a second request would be seen to come meanwhile. */
#define DELAY_MS 3

typedef struct {
  InbFakeServer     *server;
  SoupServerMessage *message;
} Pause;

static GPtrArray *
read_mutations (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = inb_json_parse (text, length, &error);
  GPtrArray *mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_mutation_unref);
  JsonArray *array;

  g_assert_no_error (error);
  g_assert_cmpuint (length, <=, 1024 * 1024);
  array = inb_json_get_array (json_node_get_object (root), "mutations");
  g_assert_cmpuint (json_array_get_length (array), <=, 500);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      InbMutation *mutation = inb_mutation_new_from_json (json_array_get_object_element (array, i), &error);

      g_assert_no_error (error);
      g_ptr_array_add (mutations, mutation);
    }

  return mutations;
}

static void
prepare_model (InbFakeServer *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (self->model != NULL)
    return;

  self->model = inb_model_server_new (none, self->epoch);
  for (guint i = 0; i < self->items->len; i++)
    inb_model_server_load (self->model, ((InbFakeItem *) g_ptr_array_index (self->items, i))->row);
}

static void
take_rows (InbFakeServer *self)
{
  g_autoptr (InbChanges) changes = inb_model_server_pull (self->model, self->head, G_MAXUINT);

  for (guint i = 0; i < changes->rows->len; i++)
    {
      InbFakeItem *item = g_new0 (InbFakeItem, 1);

      item->row = inb_row_ref (g_ptr_array_index (changes->rows, i));
      item->seq = inb_row_get_seq (item->row);
      g_ptr_array_add (self->items, item);
    }
  self->head = inb_model_server_get_head (self->model);
}

static gboolean
is_done (InbFakeServer *self,
         const char    *id)
{
  for (guint i = 0; i < self->done->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->done, i), id))
        return TRUE;
    }

  return FALSE;
}

static GString *
do_mutations (InbFakeServer *self,
              GPtrArray     *mutations)
{
  g_autoptr (GPtrArray) results = NULL;
  GString *json = g_string_new ("{\"results\":[");

  prepare_model (self);
  results = inb_model_server_push (self->model, mutations, INB_FAKE_USER, INB_ROLE_MANAGER);
  for (guint i = 0; i < mutations->len; i++)
    {
      const InbMutation *mutation = g_ptr_array_index (mutations, i);

      if (i > 0)
        g_string_append_c (json, ',');
      inb_mutation_result_append_json (g_ptr_array_index (results, i), mutation->kind, json);
      if (!is_done (self, mutation->id))
        g_ptr_array_add (self->done, g_strdup (mutation->id));
    }
  g_string_append (json, "]}");
  take_rows (self);

  return json;
}

static gboolean
is_poisoned (InbFakeServer *self,
             GPtrArray     *mutations)
{
  for (guint i = 0; i < mutations->len; i++)
    {
      if (g_strcmp0 (((const InbMutation *) g_ptr_array_index (mutations, i))->entity_id, self->poison) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
hang_up (SoupServerMessage *message)
{
  g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

static InbFakePush
take_push (InbFakeServer *self)
{
  if (self->n_faulty == 0)
    return INB_FAKE_PUSH_DONE;

  self->n_faulty--;

  return self->push;
}

static void
answer (InbFakeServer     *self,
        SoupServerMessage *message,
        GPtrArray         *mutations)
{
  static const guint statuses[INB_N_FAKE_PUSHES] = {
    [INB_FAKE_PUSH_UNAVAILABLE] = 503,
    [INB_FAKE_PUSH_INTERNAL] = 500,
    [INB_FAKE_PUSH_FORBIDDEN] = 403,
    [INB_FAKE_PUSH_UNAUTHORIZED] = 401,
  };
  InbFakePush push = take_push (self);
  g_autoptr (GString) json = NULL;

  if (statuses[push] != 0)
    {
      inb_fake_server_respond (message, statuses[push], g_string_new ("{\"detail\":\"No\"}"));
      return;
    }
  if (self->poison != NULL && is_poisoned (self, mutations))
    {
      inb_fake_server_respond (message, self->poison_status, g_string_new ("{\"detail\":\"Poison\"}"));
      return;
    }

  if (push != INB_FAKE_PUSH_DROPPED)
    json = do_mutations (self, mutations);
  if (push == INB_FAKE_PUSH_DONE)
    inb_fake_server_respond (message, 200, g_steal_pointer (&json));
  else if (push == INB_FAKE_PUSH_GARBAGE)
    inb_fake_server_respond (message, 200, g_string_new ("{\"results\":[]}"));
  else
    hang_up (message);
}

static gboolean
on_delayed (gpointer user_data)
{
  Pause *pause = user_data;
  InbFakeServer *self = pause->server;
  g_autoptr (GPtrArray) mutations = read_mutations (pause->message);
  gint64 from;

  g_mutex_lock (&self->mutex);
  from = self->head;
  answer (self, pause->message, mutations);
  self->n_pushes--;
  g_mutex_unlock (&self->mutex);
  if (self->head > from)
    inb_fake_server_tell (self, from, TRUE);
  soup_server_message_unpause (pause->message);
  g_object_unref (pause->message);

  return G_SOURCE_REMOVE;
}

void
inb_fake_server_answer_push (InbFakeServer     *self,
                             SoupServerMessage *message)
{
  g_autoptr (GSource) source = g_timeout_source_new (DELAY_MS);
  Pause *pause = g_new0 (Pause, 1);

  self->n_pushes++;
  self->most_pushes = MAX (self->most_pushes, self->n_pushes);
  pause->server = self;
  pause->message = g_object_ref (message);
  soup_server_message_pause (message);
  g_source_set_callback (source, on_delayed, pause, g_free);
  g_source_attach (source, self->context);
}

void
inb_fake_server_set_push (InbFakeServer *self,
                          InbFakePush    push,
                          guint          n_requests)
{
  g_mutex_lock (&self->mutex);
  self->push = push;
  self->n_faulty = n_requests;
  g_mutex_unlock (&self->mutex);
}

void
inb_fake_server_set_poison (InbFakeServer *self,
                            const char    *entity_id,
                            guint          status)
{
  g_mutex_lock (&self->mutex);
  g_free (self->poison);
  self->poison = g_strdup (entity_id);
  self->poison_status = status;
  g_mutex_unlock (&self->mutex);
}

guint
inb_fake_server_get_most_pushes (InbFakeServer *self)
{
  guint most;

  g_mutex_lock (&self->mutex);
  most = self->most_pushes;
  g_mutex_unlock (&self->mutex);

  return most;
}

static gpointer
copy_text (gconstpointer text,
           gpointer      user_data)
{
  return g_strdup (text);
}

GPtrArray *
inb_fake_server_list_done (InbFakeServer *self)
{
  GPtrArray *done;

  g_mutex_lock (&self->mutex);
  done = g_ptr_array_copy (self->done, copy_text, NULL);
  g_mutex_unlock (&self->mutex);
  g_ptr_array_set_free_func (done, g_free);

  return done;
}

InbRow *
inb_fake_server_find (InbFakeServer *self,
                      InbKind        kind,
                      const char    *id)
{
  const InbRow *row;

  g_mutex_lock (&self->mutex);
  prepare_model (self);
  row = inb_model_server_find (self->model, kind, id);
  if (row != NULL)
    inb_row_ref ((InbRow *) row);
  g_mutex_unlock (&self->mutex);

  return (InbRow *) row;
}

gint64
inb_fake_server_get_head (InbFakeServer *self)
{
  gint64 head;

  g_mutex_lock (&self->mutex);
  head = self->head;
  g_mutex_unlock (&self->mutex);

  return head;
}
