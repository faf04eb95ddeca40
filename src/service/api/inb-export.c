#define G_LOG_DOMAIN "inb-service"

#include "inb-export.h"

#include "inb-export-page.h"
#include "inb-time.h"

#define CONTENT_TYPE "text/csv; charset=utf-8; header=present"

typedef struct {
  /* Owned */
  InbHttpRequest *request;
  InbExportState *state;

  /* Borrowed */
  InbApi         *api;

  gboolean        is_begun;   /* the answer */
  gboolean        is_gone;    /* the client */
  gboolean        is_reading; /* a page */
} Export;

static void
export_free (Export *self)
{
  inb_http_request_unref (self->request);
  inb_export_state_free (self->state);
  g_free (self);
}

static void
free_page (gpointer page)
{
  g_string_free (page, TRUE);
}

static void on_page (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data);

static void
read_page (Export *self)
{
  self->is_reading = TRUE;
  inb_reader_pool_run_async (self->api->readers, inb_export_read_page, self->state, NULL, free_page, NULL, on_page, self);
}

/* The client took all that there was. */
static void
on_next (InbHttpRequest *request,
         gboolean        is_open,
         gpointer        user_data)
{
  Export *self = user_data;

  if (!is_open)
    {
      self->is_gone = TRUE;
      if (!self->is_reading)
        export_free (self);
    }
  else if (self->state->is_complete)
    {
      inb_http_request_end (request);
      export_free (self);
    }
  else
    {
      read_page (self);
    }
}

static void
begin (Export  *self,
       GString *page)
{
  g_autofree char *day = inb_time_get_day (self->state->info->now, self->state->info->timezone);
  g_autofree char *disposition = g_strdup_printf ("attachment; filename=\"leads-%s.csv\"", day);

  self->is_begun = TRUE;
  inb_http_request_add_header (self->request, "Content-Disposition", disposition);
  inb_http_request_begin (self->request, 200, CONTENT_TYPE, page, on_next, self);
}

static void
fail (Export       *self,
      const GError *error)
{
  if (self->is_begun)
    {
      /* It is too late for another status: a file that breaks off must not look whole. */
      g_warning ("An export breaks off: %s", error->message);
      inb_http_request_break (self->request);
      return;
    }

  inb_http_request_respond_error (self->request, error);
  export_free (self);
}

static void
on_page (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Export *self = user_data;
  g_autoptr (GError) error = NULL;
  GString *page = inb_reader_pool_run_finish (self->api->readers, result, &error);

  self->is_reading = FALSE;
  if (self->is_gone)
    {
      g_clear_pointer (&page, free_page);
      export_free (self);
    }
  else if (page == NULL)
    {
      fail (self, error);
    }
  else if (!self->is_begun)
    {
      begin (self, page);
    }
  else if (page->len > 0)
    {
      inb_http_request_send_piece (self->request, page);
    }
  else
    {
      g_string_free (page, TRUE);
      inb_http_request_end (self->request);
      export_free (self);
    }
}

/**
 * inb_export_start:
 * @wanted: (transfer full): what is exported
 *
 * Streams the leads as CSV: never more than a page in memory, no transaction while the client reads.
 */
void
inb_export_start (InbApi           *api,
                  InbHttpRequest   *request,
                  InbSession       *session,
                  InbExportRequest *wanted)
{
  Export *self = g_new0 (Export, 1);

  self->api = api;
  self->request = inb_http_request_ref (request);
  self->state = inb_export_state_new (session->workspace_id, session->user_id, session->user_name, wanted);
  read_page (self);
}
