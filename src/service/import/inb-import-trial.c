#define G_LOG_DOMAIN "inb-service"

#include "inb-import-trial.h"

#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"

#define CHUNK 500 /* lines that keep a reader busy */

enum { WORKSPACE_TIMEZONE, WORKSPACE_REGION, WORKSPACE_CURRENCY };

typedef struct {
  /* Owned */
  InbReaderPool      *readers;
  InbImportRun       *run;
  InbImportBook      *book;
  PGresult           *workspace;  /* what the setting borrows from, as the next two */
  InbStageSet        *stages;
  GTimeZone          *timezone;

  InbImportSetting    setting;
  InbImportTrialDone  done;
  gpointer            data;
} Trial;

static void
trial_free (Trial *self)
{
  g_object_unref (self->readers);
  inb_import_run_unref (self->run);
  inb_import_book_free (self->book);
  g_clear_pointer (&self->workspace, PQclear);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_clear_pointer (&self->timezone, g_time_zone_unref);
  g_free (self);
}

/* @db: in pipeline mode, inside a transaction. */
static gboolean
load_setting (Trial   *self,
              InbDb   *db,
              GError **error)
{
  const char *params[] = { self->run->session->workspace_id };
  g_autoptr (PGresult) stages = NULL;

  if (self->workspace != NULL)
    return TRUE;
  if (!inb_db_send (db, inb_sql_get ("write/workspace"), 1, params, error) ||
      !inb_db_send (db, inb_directory_get_stages_sql (), 1, params, error) ||
      (self->workspace = inb_db_receive (db, error)) == NULL ||
      (stages = inb_db_receive (db, error)) == NULL)
    return FALSE;
  if (PQntuples (self->workspace) != 1)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is no such workspace");
      return FALSE;
    }

  self->stages = inb_directory_read_stages (stages);
  self->timezone = inb_time_zone_new (PQgetvalue (self->workspace, 0, WORKSPACE_TIMEZONE));
  self->setting = (InbImportSetting) {
    .workspace_id = self->run->session->workspace_id,
    .import_id = self->run->request->id,
    .user_id = self->run->session->user_id,
    .region = PQgetvalue (self->workspace, 0, WORKSPACE_REGION),
    .currency = PQgetvalue (self->workspace, 0, WORKSPACE_CURRENCY),
    .stages = self->stages,
    .timezone = self->timezone,
    .now = inb_time_now (),
  };

  return TRUE;
}

static gboolean
end (InbDb   *db,
     GError **error)
{
  g_autoptr (PGresult) ended = NULL;

  return inb_db_send (db, inb_sql_get ("api/commit"), 0, NULL, error) && (ended = inb_db_receive (db, error)) != NULL &&
         inb_db_pipeline_end (db, error);
}

/* Nothing that can fail comes after the first decision: what is read may be read again, what was decided must not be decided twice. */
static gboolean
load (Trial   *self,
      InbDb   *db,
      GError **error)
{
  g_autofree char *begin = inb_db_set_workspace_sql (db, self->run->session->workspace_id);
  g_autoptr (PGresult) begun = NULL;

  return inb_db_pipeline_begin (db, error) && inb_db_send (db, begin, 0, NULL, error) &&
         (begun = inb_db_receive (db, error)) != NULL && load_setting (self, db, error) &&
         inb_import_book_load (self->book, db, &self->setting, self->run->pending, error) && end (db, error);
}

static gpointer
read_chunk (InbDb     *db,
            gpointer   data,
            GError   **error)
{
  Trial *self = data;
  InbImportRun *run = self->run;
  g_autoptr (InbImportReport) report = inb_import_report_new ();
  InbImportChunk chunk;

  inb_import_run_fill (run, CHUNK);
  if (!load (self, db, error))
    {
      g_prefix_error (error, "Trying an import: ");
      return NULL;
    }
  chunk = (InbImportChunk) {
    .setting = &self->setting,
    .request = run->request,
    .map = inb_import_file_get_map (run->file),
    .rules = run->rules,
    .session = run->session,
    .book = self->book,
    .report = report,
  };
  inb_import_chunk_decide (&chunk, run->pending);
  inb_import_run_advance (run, run->pending->len, report);

  return self;
}

static void start_chunk (Trial *self);

static void
on_chunk (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Trial *self = user_data;
  InbImportRun *run = self->run;
  g_autoptr (GError) error = NULL;

  if (inb_reader_pool_run_finish (self->readers, result, &error) != NULL && !g_atomic_int_get (&run->is_cancelled) &&
      (guint) g_atomic_int_get (&run->n_done) < inb_import_file_get_n_lines (run->file))
    {
      start_chunk (self);
      return;
    }
  self->done (self->data, error);
  trial_free (self);
}

static void
start_chunk (Trial *self)
{
  inb_reader_pool_run_async (self->readers, read_chunk, self, NULL, NULL, NULL, on_chunk, self);
}

/**
 * inb_import_trial_start:
 * @run: kept until it is done
 *
 * Reads in short transactions: a long snapshot would slow the writer.
 */
void
inb_import_trial_start (InbReaderPool      *readers,
                        InbImportRun       *run,
                        InbImportTrialDone  done,
                        gpointer            data)
{
  Trial *self = g_new0 (Trial, 1);

  self->readers = g_object_ref (readers);
  self->run = inb_import_run_ref (run);
  self->book = inb_import_book_new (NULL);
  self->done = done;
  self->data = data;
  start_chunk (self);
}
