#define G_LOG_DOMAIN "inb-service"

#include "inb-webhook-handler.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-key-guard.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define MAX_DELIVERY_KEY 255
#define MAX_CONTENT_TYPE 255

struct _InbWebhookHandler {
  GObject parent_instance;

  /* Owned */
  InbDirectory *directory;
  InbWriter    *writer;
  InbKeyGuard  *guard;
};

G_DEFINE_FINAL_TYPE (InbWebhookHandler, inb_webhook_handler, G_TYPE_OBJECT)

/* A request whose events are on their way through the writer. */
typedef struct {
  InbHttpRequest *request;
  GPtrArray      *deliveries; /* InbDelivery, in the order of the body */
  guint           n_open;
  gboolean        is_array;
} Submission;

static void
submission_free (Submission *self)
{
  inb_http_request_unref (self->request);
  g_ptr_array_unref (self->deliveries);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Submission, submission_free)

static void
add_retry_after (InbHttpRequest *request,
                 guint           status)
{
  if (status == 429 || status == 503 || status == 507)
    inb_http_request_add_header (request, "Retry-After", "2");
}

static void
respond_one (Submission *submission)
{
  InbDelivery *delivery = g_ptr_array_index (submission->deliveries, 0);

  add_retry_after (submission->request, delivery->answer_status);
  inb_http_request_respond (submission->request, delivery->answer_status, "application/json",
                            g_bytes_new_take (delivery->answer, strlen (delivery->answer)));
  delivery->answer = NULL;
}

/* 200 if any event was stored; else as the first one that was not. */
static void
respond_many (Submission *submission)
{
  GString *json = g_string_new ("{");
  guint status = submission->deliveries->len == 0 ? 200 : 0;

  for (guint i = 0; i < submission->deliveries->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (submission->deliveries, i);

      if (delivery->answer_status == 200 || status == 0)
        status = delivery->answer_status;
    }
  inb_json_append_member_boolean (json, "success", status == 200);
  inb_json_append_name (json, "results");
  g_string_append_c (json, '[');
  for (guint i = 0; i < submission->deliveries->len; i++)
    {
      InbDelivery *delivery = g_ptr_array_index (submission->deliveries, i);

      g_string_append_printf (json, "%s%s", i == 0 ? "" : ",", delivery->answer);
    }
  g_string_append (json, "]}");

  add_retry_after (submission->request, status);
  inb_http_request_respond_json (submission->request, status, json);
}

static void
finish (Submission *submission)
{
  if (submission->is_array)
    respond_many (submission);
  else
    respond_one (submission);
  submission_free (submission);
}

static void
on_delivery_done (InbDelivery *delivery,
                  gpointer     user_data)
{
  Submission *submission = user_data;

  if (--submission->n_open == 0)
    finish (submission);
}

static gboolean
check_workspace (InbHttpRequest  *request,
                 InbWebhook      *webhook,
                 GError         **error)
{
  const char *workspace_id = inb_http_request_get_header (request, "x-workspace-id");

  if (workspace_id == NULL || g_str_equal (workspace_id, webhook->workspace_id))
    return TRUE;

  g_set_error_literal (error, INB_ERROR, INB_ERROR_FORBIDDEN,
                       "This webhook does not belong to the workspace of x-workspace-id; correct that header or leave it out");

  return FALSE;
}

static char *
get_basic_password (InbHttpRequest *request)
{
  const char *header = inb_http_request_get_header (request, "Authorization");
  g_autofree char *decoded = NULL;
  const char *colon;
  gsize length;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", 6) != 0)
    return NULL;

  decoded = (char *) g_base64_decode (header + 6, &length);
  decoded = g_realloc (decoded, length + 1);
  decoded[length] = '\0';
  colon = strchr (decoded, ':');

  return colon == NULL ? NULL : g_strdup (colon + 1);
}

static gboolean
check_key (InbHttpRequest  *request,
           InbWebhook      *webhook,
           gboolean        *has_key)
{
  g_autofree char *password = NULL;
  const char *key = inb_http_request_get_segment (request, "key");

  if (key == NULL)
    key = inb_http_request_get_header (request, "x-webhook-key");
  if (key == NULL)
    key = password = get_basic_password (request);
  *has_key = key != NULL;

  return key != NULL && g_str_equal (webhook->auth, "key")
         && inb_webhook_check_key (webhook, key, inb_http_request_get_received_at (request));
}

static gboolean
authenticate (InbWebhookHandler  *self,
              InbHttpRequest     *request,
              InbWebhook         *webhook,
              GError            **error)
{
  g_autofree char *guesser = NULL;
  g_autofree char *seconds = NULL;
  gboolean has_key;
  guint wait;

  if (g_str_equal (webhook->auth, "none") || check_key (request, webhook, &has_key))
    return TRUE;

  guesser = g_strconcat (inb_http_request_get_peer (request), " ", webhook->webhook_id, NULL);
  wait = inb_key_guard_note (self->guard, guesser, g_get_monotonic_time ());
  if (wait == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNAUTHORIZED,
                           has_key ? "The key is not this webhook's; use the one that was shown when it was made or last rotated"
                                   : "This webhook needs its key: in the path after the id, in the header x-webhook-key, "
                                     "or as the password of Basic authentication");
      return FALSE;
    }

  seconds = g_strdup_printf ("%u", wait);
  inb_http_request_add_header (request, "Retry-After", seconds);
  g_set_error (error, INB_ERROR, INB_ERROR_TOO_MANY_REQUESTS,
               "Too many requests with a wrong key or none came from this address; correct the key and try again in %u s", wait);

  return FALSE;
}

static gboolean
get_delivery_key (InbHttpRequest  *request,
                  const char     **key,
                  GError         **error)
{
  const char *name = "Idempotency-Key";

  *key = inb_http_request_get_header (request, name);
  if (*key == NULL)
    *key = inb_http_request_get_header (request, name = "webhook-id");
  if (*key == NULL)
    return TRUE;

  if (**key == '\0' || strlen (*key) > MAX_DELIVERY_KEY || !g_utf8_validate (*key, -1, NULL))
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s must be 1 to %d bytes of UTF-8", name, MAX_DELIVERY_KEY);
      return FALSE;
    }

  return TRUE;
}

/* What a sender says of itself is kept for people to read: made valid, and cut. */
static char *
sanitize_header (const char *value)
{
  g_autofree char *cut = value == NULL ? NULL : g_strndup (value, MAX_CONTENT_TYPE);

  return cut == NULL ? NULL : g_utf8_make_valid (cut, -1);
}

static InbDelivery *
make_delivery (Submission *submission,
               InbWebhook *webhook,
               const char *key)
{
  InbHttpRequest *request = submission->request;
  InbDelivery *delivery = inb_delivery_new (webhook, inb_http_request_get_received_at (request));

  delivery->delivery_key = g_strdup (key);
  delivery->element = submission->deliveries->len;
  delivery->content_type = sanitize_header (inb_http_request_get_header (request, "Content-Type"));
  delivery->remote_address = g_strdup (inb_http_request_get_peer (request));
  delivery->done = on_delivery_done;
  delivery->done_data = submission;
  g_ptr_array_add (submission->deliveries, delivery);

  return delivery;
}

/* An unreadable body becomes a delivery too: it is kept, and refused by the writer. */
static void
read_body (Submission *submission,
           InbWebhook *webhook,
           const char *key)
{
  GBytes *body = inb_http_request_get_body (submission->request);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = inb_payload_parse (inb_http_request_get_header (submission->request, "Content-Type"), body,
                                                    &submission->is_array, &error);

  if (events == NULL)
    {
      InbDelivery *delivery = make_delivery (submission, webhook, key);

      submission->is_array = FALSE;
      delivery->body = g_bytes_ref (body);
      delivery->error = g_steal_pointer (&error);
      return;
    }

  g_ptr_array_set_free_func (events, NULL);
  for (guint i = 0; i < events->len; i++)
    {
      InbDelivery *delivery = make_delivery (submission, webhook, key);

      delivery->event = g_ptr_array_index (events, i);
      delivery->body = g_bytes_ref (inb_event_get_raw (delivery->event));
    }
}

static void
submit (InbWebhookHandler *self,
        InbHttpRequest    *request,
        InbWebhook        *webhook)
{
  g_autoptr (Submission) submission = NULL;
  g_autoptr (GError) error = NULL;
  const char *key;

  if (!authenticate (self, request, webhook, &error)
      || !check_workspace (request, webhook, &error)
      || !get_delivery_key (request, &key, &error))
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  submission = g_new0 (Submission, 1);
  submission->request = inb_http_request_ref (request);
  submission->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_delivery_free);
  read_body (submission, webhook, key);
  submission->n_open = submission->deliveries->len;

  if (submission->n_open == 0)
    respond_many (submission);
  else if (inb_writer_push (self->writer, (InbDelivery **) submission->deliveries->pdata, submission->n_open, &error))
    g_steal_pointer (&submission);
  else
    inb_http_request_respond_error (request, error);
}

typedef struct {
  InbWebhookHandler *handler;
  InbHttpRequest    *request;
} Lookup;

static void
on_webhook_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autofree Lookup *lookup = user_data;
  g_autoptr (InbWebhookHandler) handler = lookup->handler;
  g_autoptr (InbHttpRequest) request = lookup->request;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbWebhook) webhook = inb_directory_find_webhook_finish (INB_DIRECTORY (source), result, &error);

  if (webhook == NULL)
    inb_http_request_respond_error (request, error);
  else
    submit (handler, request, webhook);
}

static void
on_request (InbHttpRequest *request,
            gpointer        user_data)
{
  InbWebhookHandler *self = user_data;
  g_autofree char *id = inb_uuid_normalize (inb_http_request_get_segment (request, "id"));
  g_autoptr (InbWebhook) webhook = NULL;
  Lookup *lookup;

  if (id == NULL)
    {
      g_autoptr (GError) error = g_error_new_literal (INB_ERROR, INB_ERROR_NOT_FOUND, "There is no webhook of this id; check the address that it is sent to");

      inb_http_request_respond_error (request, error);
      return;
    }

  webhook = inb_directory_peek_webhook (self->directory, id);
  if (webhook != NULL)
    {
      submit (self, request, webhook);
      return;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->handler = g_object_ref (self);
  lookup->request = inb_http_request_ref (request);
  inb_directory_find_webhook_async (self->directory, id, on_webhook_found, lookup);
}

static void
inb_webhook_handler_finalize (GObject *object)
{
  InbWebhookHandler *self = INB_WEBHOOK_HANDLER (object);

  g_clear_object (&self->directory);
  g_clear_object (&self->writer);
  g_clear_pointer (&self->guard, inb_key_guard_free);

  G_OBJECT_CLASS (inb_webhook_handler_parent_class)->finalize (object);
}

static void
inb_webhook_handler_class_init (InbWebhookHandlerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_webhook_handler_finalize;
}

static void
inb_webhook_handler_init (InbWebhookHandler *self)
{
  self->guard = inb_key_guard_new ();
}

InbWebhookHandler *
inb_webhook_handler_new (InbDirectory *directory,
                         InbWriter    *writer)
{
  InbWebhookHandler *self = g_object_new (INB_TYPE_WEBHOOK_HANDLER, NULL);

  self->directory = g_object_ref (directory);
  self->writer = g_object_ref (writer);

  return self;
}

void
inb_webhook_handler_register (InbWebhookHandler *self,
                              InbHttpServer     *server)
{
  InbHttpRouteFlags flags = INB_HTTP_ROUTE_CORS | INB_HTTP_ROUTE_ANY_HOST;

  g_return_if_fail (INB_IS_WEBHOOK_HANDLER (self));

  inb_http_server_add_route (server, "POST", "/webhooks/{id}", flags, on_request, self);
  inb_http_server_add_route (server, "POST", "/webhooks/{id}/{key}", flags, on_request, self);
}
