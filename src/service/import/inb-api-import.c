#define G_LOG_DOMAIN "inb-service"

#include "inb-api-import.h"

#include "inb-error.h"
#include "inb-import-job.h"
#include "inb-import-trial.h"
#include "inb-json.h"

#include <malloc.h>

#define CONTENT_TYPE "application/x-ndjson"
#define MAX_IMPORTS 2                              /* at once: each holds its file */
#define PROGRESS_INTERVAL 250                      /* milliseconds */
#define MAX_SILENCE (10 * G_TIME_SPAN_SECOND)      /* the connection would be taken for dead */

/* One import and the client that waits for it. Lives until both are done. */
typedef struct {
  /* Owned */
  InbHttpRequest   *request;
  InbSession       *session;
  InbImportRequest *wanted;
  InbImportRun     *run;        /* once the file is read */
  GString          *final;      /* the last line, until it is sent */

  /* Borrowed */
  InbApi           *api;

  guint             timer;
  int               n_told;     /* lines */
  gint64            told_at;    /* monotonic */
  gboolean          is_asked;   /* for the next piece */
  gboolean          is_done;    /* the import */
  gboolean          is_over;    /* the answer: it has ended, or the client has gone */
} Call;

static void
call_free (Call *call)
{
  g_clear_handle_id (&call->timer, g_source_remove);
  call->api->n_imports--;
  inb_http_request_unref (call->request);
  inb_session_unref (call->session);
  g_clear_pointer (&call->wanted, inb_import_request_free);
  g_clear_pointer (&call->run, inb_import_run_unref);
  if (call->final != NULL)
    g_string_free (call->final, TRUE);
  g_free (call);
#ifdef __GLIBC__
  /* The file and its lines were many times what the service holds otherwise. */
  malloc_trim (0);
#endif
}

static void
refuse (Call         *call,
        const GError *error)
{
  inb_http_request_respond_error (call->request, error);
  call_free (call);
}

static void
send_line (Call    *call,
           GString *line)
{
  g_string_append_c (line, '\n');
  call->is_asked = FALSE;
  call->told_at = g_get_monotonic_time ();
  inb_http_request_send_piece (call->request, line);
}

static GString *
make_progress (Call *call)
{
  GString *json = g_string_new ("{\"progress\":{");

  inb_json_append_member_integer (json, "lines", call->n_told);
  inb_json_append_member_integer (json, "of", inb_import_file_get_n_lines (call->run->file));
  g_string_append (json, "}}");

  return json;
}

/* Whatever there is to say, once the client has taken what was said before. */
static void
speak (Call *call)
{
  int n_done = g_atomic_int_get (&call->run->n_done);

  if (!call->is_asked)
    return;
  if (call->final != NULL)
    {
      send_line (call, g_steal_pointer (&call->final));
    }
  else if (call->is_done)
    {
      call->is_over = TRUE;
      inb_http_request_end (call->request);
      call_free (call);
    }
  else if (n_done != call->n_told || g_get_monotonic_time () - call->told_at > MAX_SILENCE)
    {
      call->n_told = n_done;
      send_line (call, make_progress (call));
    }
}

static gboolean
on_timer (gpointer user_data)
{
  Call *call = user_data;

  if (!call->is_done && !call->is_over)
    speak (call);

  return G_SOURCE_CONTINUE;
}

/* A client that goes ends the import: what is written stays. */
static void
on_next (InbHttpRequest *request,
         gboolean        is_open,
         gpointer        user_data)
{
  Call *call = user_data;

  if (is_open)
    {
      call->is_asked = TRUE;
      if (call->is_done)
        speak (call);
      return;
    }

  call->is_over = TRUE;
  call->is_asked = FALSE;
  g_atomic_int_set (&call->run->is_cancelled, TRUE);
  if (call->is_done)
    call_free (call);
}

static GString *
make_final (Call         *call,
            const GError *error)
{
  GString *json = g_string_new ("{");

  inb_json_append_name (json, error == NULL ? "result" : "error");
  g_string_append_c (json, '{');
  if (error != NULL)
    {
      inb_json_append_member (json, "code", inb_error_get_name (inb_error_get_code (error)));
      inb_json_append_member (json, "message", error->message);
    }
  inb_import_run_append_json (call->run, json);
  g_string_append (json, "}}");

  return json;
}

static void
on_import_done (gpointer      data,
                const GError *error)
{
  Call *call = data;

  call->is_done = TRUE;
  if (call->is_over)
    {
      call_free (call);
      return;
    }
  call->final = make_final (call, error);
  speak (call);
}

static gboolean
start (Call    *call,
       GError **error)
{
  g_autoptr (InbWriterJob) job = NULL;

  if (call->run->request->is_trial)
    {
      inb_import_trial_start (call->api->readers, call->run, on_import_done, call);
      return TRUE;
    }
  job = inb_import_job_new (call->run, on_import_done, call);
  if (!inb_writer_push_job (call->api->writer, job, error))
    return FALSE;
  g_steal_pointer (&job);

  return TRUE;
}

static void
begin (Call *call)
{
  GString *json = g_string_new ("{\"import\":{");

  inb_json_append_member (json, "id", call->run->request->id);
  inb_json_append_member_boolean (json, "dry_run", call->run->request->is_trial);
  inb_import_file_append_json (call->run->file, json);
  g_string_append (json, "}}\n");

  call->told_at = g_get_monotonic_time ();
  call->timer = g_timeout_add (PROGRESS_INTERVAL, on_timer, call);
  inb_http_request_begin (call->request, 200, CONTENT_TYPE, json, on_next, call);
}

static void
on_file (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Call *call = user_data;
  g_autoptr (GError) error = NULL;
  InbImportFile *file = g_task_propagate_pointer (G_TASK (result), &error);

  if (file == NULL)
    {
      refuse (call, error);
      return;
    }
  call->run = inb_import_run_new (g_steal_pointer (&call->wanted), file, call->session);
  if (start (call, &error))
    begin (call);
  else
    refuse (call, error);
}

/* What the thread reads. */
typedef struct {
  GBytes                 *body;    /* owned */
  const InbImportRequest *wanted;  /* the call's, which waits */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_bytes_unref (reading->body);
  g_free (reading);
}

static void
read_file (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;
  InbImportFile *file = inb_import_file_new (reading->body, reading->wanted, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, (GDestroyNotify) inb_import_file_free);
  else
    g_task_return_error (task, error);
}

static void
on_body (InbHttpRequest *request,
         GBytes         *body,
         const GError   *error,
         gpointer        user_data)
{
  Call *call = user_data;
  g_autoptr (GTask) task = NULL;
  Reading *reading;

  if (body == NULL)
    {
      refuse (call, error);
      return;
    }

  reading = g_new0 (Reading, 1);
  reading->body = g_bytes_ref (body);
  reading->wanted = call->wanted;
  task = g_task_new (NULL, NULL, on_file, call);
  g_task_set_source_tag (task, on_body);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_file);
}

static void
on_import (InbApi         *api,
           InbHttpRequest *request,
           InbSession     *session)
{
  g_autoptr (GError) error = NULL;
  InbImportRequest *wanted = inb_import_request_new (inb_http_request_get_params (request), &error);
  Call *call;

  if (wanted != NULL && api->n_imports >= MAX_IMPORTS)
    {
      g_clear_pointer (&wanted, inb_import_request_free);
      g_set_error_literal (&error, INB_ERROR, INB_ERROR_QUEUE_FULL, "Other imports are under way: try again when they are done");
    }
  if (wanted == NULL)
    {
      inb_http_request_respond_error (request, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->api = api;
  call->request = inb_http_request_ref (request);
  call->session = inb_session_ref (session);
  call->wanted = wanted;
  api->n_imports++;
  inb_http_request_receive_body (request, INB_IMPORT_MAX_SIZE, on_body, call);
}

/**
 * inb_api_import_register:
 * @server: gets the route
 */
void
inb_api_import_register (InbApi        *self,
                         InbHttpServer *server)
{
  inb_api_add (self, server, "POST", "/api/import", INB_HTTP_ROUTE_LATE_BODY, INB_ROLE_MANAGER, on_import);
}
