#define G_LOG_DOMAIN "inb-service"

#include "inb-import-job.h"

#include "inb-edit-audit.h"
#include "inb-edit-build.h"
#include "inb-edit-identity.h"
#include "inb-error.h"
#include "inb-json.h"

#define TURN_TIME (15 * G_TIME_SPAN_MILLISECOND)
#define MIN_TURN 16 /* lines: a transaction has costs of its own, and a busy computer makes every turn long */
#define MAX_TURN 256

typedef struct {
  /* Owned */
  InbImportRun     *run;
  InbImportBook    *book;       /* of the current turn, or the last; as the next two */
  InbImportReport  *report;
  GPtrArray        *items;

  InbImportJobDone  done;
  gpointer          data;
  guint             n_turns;    /* committed ones, as far as noticed */
  guint             n_lines;    /* of the pending ones, that the current turn does */
  guint             limit;      /* how many a turn may do */
  guint             one_by_one; /* so many more are done in turns of their own: one of them cannot be written */
} Job;

static void
clear_turn (Job *self)
{
  g_clear_pointer (&self->report, inb_import_report_free);
  g_clear_pointer (&self->items, g_ptr_array_unref);
}

static void
job_free (gpointer data)
{
  Job *self = data;

  clear_turn (self);
  g_clear_pointer (&self->book, inb_import_book_free);
  inb_import_run_unref (self->run);
  g_free (self);
}

/* The lines of the last turn are stored. */
static void
take_turn (Job *self)
{
  if (self->report == NULL)
    return;

  inb_import_run_advance (self->run, self->n_lines, self->report);
  self->one_by_one -= MIN (self->one_by_one, self->n_lines);
  clear_turn (self);
}

static void
notice_commit (Job      *self,
               InbWrite *write)
{
  if (write->n_turns == self->n_turns)
    return;

  self->n_turns = write->n_turns;
  if (self->one_by_one == 0 && self->n_lines >= self->limit && write->last_turn > 0)
    self->limit = (guint) CLAMP ((gint64) self->n_lines * TURN_TIME / write->last_turn, MIN_TURN, MIN ((gint64) self->limit * 2, MAX_TURN));
  take_turn (self);
}

static void
put_rows (Job      *self,
          InbWrite *write)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->book->rows);

  for (guint i = 0; i < changed->len; i++)
    {
      InbRow *row = g_ptr_array_index (changed, i);

      inb_write_set_put (write->write_set, inb_row_set_find_original (self->book->rows, inb_row_get_kind (row), inb_row_get_key (row)),
                         row);
    }
}

static gboolean
decide (Job       *self,
        InbWrite  *write,
        GPtrArray *lines,
        GError   **error)
{
  const InbImportSetting setting = {
    .workspace_id = write->workspace_id,
    .import_id = self->run->request->id,
    .user_id = self->run->session->user_id,
    .region = write->region,
    .currency = write->currency,
    .stages = write->stages,
    .timezone = write->timezone,
    .now = write->now,
  };
  const InbImportChunk chunk = {
    .setting = &setting,
    .request = self->run->request,
    .map = inb_import_file_get_map (self->run->file),
    .rules = self->run->rules,
    .session = self->run->session,
    .book = self->book,
    .report = self->report,
    .items = self->items,
  };

  if (!inb_db_pipeline_begin (write->db, error) || !inb_import_book_load (self->book, write->db, &setting, lines, error))
    return FALSE;
  inb_import_chunk_decide (&chunk, lines);

  return inb_edit_note_identities (self->book->rows, write->db, write->workspace_id, error) && inb_db_pipeline_end (write->db, error);
}

static gboolean
job_run (gpointer   data,
         InbWrite  *write,
         GError   **error)
{
  Job *self = data;
  InbImportRun *run = self->run;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  InbImportBook *book;
  guint n_left;

  notice_commit (self, write);
  clear_turn (self);
  inb_import_run_fill (run, self->one_by_one > 0 ? 1 : self->limit);
  self->n_lines = self->one_by_one > 0 ? MIN (run->pending->len, 1) : MIN (run->pending->len, self->limit);
  for (guint i = 0; i < self->n_lines; i++)
    g_ptr_array_add (lines, g_ptr_array_index (run->pending, i));

  book = inb_import_book_new (self->book);
  g_clear_pointer (&self->book, inb_import_book_free);
  self->book = book;
  self->report = inb_import_report_new ();
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_edit_item_free);
  if (!decide (self, write, lines, error))
    return FALSE;

  put_rows (self, write);
  n_left = inb_import_file_get_n_lines (run->file) - (guint) g_atomic_int_get (&run->n_done) - self->n_lines;
  write->again = n_left > 0 && !g_atomic_int_get (&run->is_cancelled);

  return TRUE;
}

static char *
describe (Job      *self,
          gboolean  is_end)
{
  InbImportRun *run = self->run;
  GString *json = g_string_new ("{");

  inb_json_append_member (json, "import", run->request->id);
  inb_json_append_member (json, "file", run->request->file_name);
  inb_json_append_member_integer (json, "lines", inb_import_file_get_n_lines (run->file));
  if (is_end)
    {
      g_autoptr (InbImportReport) all = inb_import_report_new ();

      inb_import_report_add (all, run->report);
      inb_import_report_add (all, self->report);
      inb_import_report_append_counts (all, json);
      inb_json_append_member_boolean (json, "is_cancelled", g_atomic_int_get (&run->is_cancelled));
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/* Who imports is known before the first line is; how it ended, with the last. */
static gboolean
send_audit (Job       *self,
            InbWrite  *write,
            gboolean   is_end,
            guint     *n_statements,
            GError   **error)
{
  const InbSession *session = self->run->session;
  g_autofree char *end = g_strdup_printf ("end %" G_GINT64_FORMAT, write->from);
  g_autofree char *id = is_end ? inb_edit_derive_id (self->run->request->id, end) : g_strdup (self->run->request->id);
  g_autofree char *details = describe (self, is_end);

  return inb_edit_audit_send (write, session, id, is_end ? "import_ended" : "import_started", details, n_statements, error);
}

static gboolean
job_store (gpointer   data,
           InbWrite  *write,
           guint     *n_statements,
           GError   **error)
{
  Job *self = data;
  const InbEditRecordOf of = { write->workspace_id, self->run->session->user_id, write->now };

  for (guint i = 0; i < self->items->len; i++)
    {
      InbEditItem *item = g_ptr_array_index (self->items, i);

      if (item->undo != NULL)
        item->result->change_seq = write->to;
    }

  return inb_edit_items_send (self->items, &of, write->db, n_statements, error) &&
         (write->n_turns > 0 || send_audit (self, write, FALSE, n_statements, error)) &&
         (write->again || send_audit (self, write, TRUE, n_statements, error));
}

/* What cannot be written fails alone, and the others go on. */
static gboolean
job_failed (gpointer      data,
            const GError *error)
{
  Job *self = data;
  g_autoptr (GError) told = NULL;
  const InbImportLine *line;

  if (self->n_lines > 1)
    {
      self->one_by_one = self->n_lines;
      return TRUE;
    }
  if (self->n_lines == 0 || self->run->pending->len == 0)
    return FALSE;

  line = g_ptr_array_index (self->run->pending, 0);
  g_warning ("Line %u of an import: %s", line->number, error->message);
  told = g_error_new_literal (INB_ERROR, INB_ERROR_INTERNAL, "This could not be stored as it is");
  clear_turn (self);
  self->report = inb_import_report_new ();
  inb_import_report_refuse (self->report, line->number, told);
  take_turn (self);
  self->n_lines = 0;

  return TRUE;
}

static void
job_done (gpointer      data,
          gint64        head,
          const GError *error)
{
  Job *self = data;

  if (error == NULL)
    take_turn (self);
  self->done (self->data, error);
}

static const InbWriterJobFuncs job_funcs = {
  .run = job_run,
  .store = job_store,
  .failed = job_failed,
  .done = job_done,
  .free_data = job_free,
};

/**
 * inb_import_job_new:
 * @run: kept until it is done
 *
 * A line that cannot be stored is refused alone. An import that ends early leaves what it has written, and goes on where it was when it
 * is sent again under the same id.
 *
 * Returns: (transfer full): the job
 */
InbWriterJob *
inb_import_job_new (InbImportRun     *run,
                    InbImportJobDone  done,
                    gpointer          data)
{
  Job *self = g_new0 (Job, 1);

  self->run = inb_import_run_ref (run);
  self->done = done;
  self->data = data;
  self->limit = 2 * MIN_TURN;

  return inb_writer_job_new (run->session->workspace_id, &job_funcs, self, 0);
}
