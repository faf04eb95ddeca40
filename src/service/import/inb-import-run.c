#define G_LOG_DOMAIN "inb-service"

#include "inb-import-run.h"

#include "inb-json.h"

/**
 * inb_import_run_new:
 *
 * Returns: (transfer full): an import that has not begun; used by one thread at a time
 */
InbImportRun *
inb_import_run_new (InbImportRequest *request,
                    InbImportFile    *file,
                    InbSession       *session)
{
  InbImportRun *self = g_atomic_rc_box_new0 (InbImportRun);

  self->request = request;
  self->file = file;
  self->session = inb_session_ref (session);
  self->rules = inb_lead_rules_new (NULL, NULL);
  self->report = inb_import_report_new ();
  self->pending = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_import_line_free);
  self->timer = g_timer_new ();

  return self;
}

InbImportRun *
inb_import_run_ref (InbImportRun *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  InbImportRun *self = data;

  inb_import_request_free (self->request);
  inb_import_file_free (self->file);
  inb_session_unref (self->session);
  inb_lead_rules_free (self->rules);
  inb_import_report_free (self->report);
  g_ptr_array_unref (self->pending);
  g_timer_destroy (self->timer);
}

void
inb_import_run_unref (InbImportRun *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

void
inb_import_run_fill (InbImportRun *self,
                     guint         n)
{
  g_autoptr (GPtrArray) lines = NULL;

  if (self->pending->len >= n)
    return;

  lines = inb_import_file_read (self->file, n - self->pending->len);
  g_ptr_array_extend_and_steal (self->pending, g_steal_pointer (&lines));
}

void
inb_import_run_advance (InbImportRun    *self,
                        guint            n,
                        InbImportReport *report)
{
  inb_import_report_add (self->report, report);
  if (n > 0)
    g_ptr_array_remove_range (self->pending, 0, n);
  g_atomic_int_add (&self->n_done, (int) n);
}

void
inb_import_run_append_json (InbImportRun *self,
                            GString      *json)
{
  inb_json_append_member (json, "id", self->request->id);
  inb_json_append_member_boolean (json, "dry_run", self->request->is_trial);
  inb_json_append_member_boolean (json, "is_cancelled", g_atomic_int_get (&self->is_cancelled));
  inb_json_append_member_integer (json, "lines", g_atomic_int_get (&self->n_done));
  inb_import_report_append_json (self->report, json);
  inb_json_append_member_integer (json, "milliseconds", (gint64) (g_timer_elapsed (self->timer, NULL) * 1000));
}
