#define G_LOG_DOMAIN "inb-app"

#include "inb-service-starter.h"

#include "inb-error.h"
#include "inb-sync-account.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "inbound-leads-service"
#define UNIT "inbound-leads.service"
#define LOOK_MSEC 200
/* The first start makes a database. */
#define PATIENCE_SECONDS 120
#define TAIL_BYTES 1500

struct _InbServiceStarter {
  GObject                parent_instance;

  /* Owned */
  GSubprocess           *service;     /* NULL with systemd */
  GTask                 *task;

  guint                  look;
  gint64                 began;       /* monotonic */
  InbServiceStarterStep  step;
};

static guint step_changed_signal;

G_DEFINE_FINAL_TYPE (InbServiceStarter, inb_service_starter, G_TYPE_OBJECT)

static void
set_step (InbServiceStarter     *self,
          InbServiceStarterStep  step)
{
  self->step = step;
  g_signal_emit (self, step_changed_signal, 0);
}

/* --- the end ------------------------------------------------------------------------------------------------------------ */

static char *
read_tail (void)
{
  g_autofree char *path = inb_service_starter_get_log_path ();
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return g_strdup ("");

  return g_utf8_make_valid (length > TAIL_BYTES ? text + length - TAIL_BYTES : text, -1);
}

static GTask *
finish (InbServiceStarter *self)
{
  g_clear_handle_id (&self->look, g_source_remove);
  set_step (self, INB_SERVICE_STARTER_IDLE);

  return g_steal_pointer (&self->task);
}

static void
fail (InbServiceStarter *self,
      const char        *message)
{
  g_autoptr (GTask) task = finish (self);
  g_autofree char *tail = self->service != NULL ? read_tail () : g_strdup ("");

  g_task_return_new_error (task, INB_ERROR, INB_ERROR_UNAVAILABLE, "%s%s%s", message, *tail != '\0' ? "\n" : "", tail);
}

static void
succeed (InbServiceStarter *self)
{
  g_autoptr (GTask) task = finish (self);

  g_task_return_boolean (task, TRUE);
}

/* --- the first workspace ------------------------------------------------------------------------------------------------ */

/* "DE" of "de_DE.UTF-8": how phone numbers without a country are read. */
static char *
guess_region (void)
{
  const char *name = setlocale (LC_MESSAGES, NULL);
  const char *mark = name != NULL ? strchr (name, '_') : NULL;

  if (mark == NULL || !g_ascii_isupper (mark[1]) || !g_ascii_isupper (mark[2]) || g_ascii_isalpha (mark[3]))
    return g_strdup ("US");

  return g_strndup (mark + 1, 2);
}

static char *
guess_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;

  if (symbol == NULL || !g_ascii_isupper (symbol[0]) || !g_ascii_isupper (symbol[1]) || !g_ascii_isupper (symbol[2]))
    return g_strdup ("EUR");

  return g_strndup (symbol, 3);
}

static void
on_workspace_made (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (InbServiceStarter) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *errors = NULL;

  if (self->task == NULL)
    return;

  if (!g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &errors, &error))
    fail (self, error->message);
  else if (!g_subprocess_get_successful (G_SUBPROCESS (source)))
    fail (self, errors);
}

static void
make_workspace (InbServiceStarter *self)
{
  g_autofree char *region = guess_region ();
  g_autofree char *currency = guess_currency ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  set_step (self, INB_SERVICE_STARTER_FILLING);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error, PROGRAM, "workspace",
                              "create", "leads", "--name", "Leads", "--region", region, "--currency", currency, NULL);
  if (process == NULL)
    fail (self, error->message);
  else
    g_subprocess_communicate_utf8_async (process, NULL, g_task_get_cancellable (self->task), on_workspace_made,
                                         g_object_ref (self));
}

/* --- waiting ------------------------------------------------------------------------------------------------------------ */

static gboolean
on_look (gpointer user_data)
{
  g_autoptr (InbServiceStarter) self = g_object_ref (user_data); /* an answer may let go of it */
  g_autoptr (GPtrArray) workspaces = inb_sync_account_list_local (NULL);

  if (workspaces != NULL && workspaces->len > 0)
    succeed (self);
  else if (g_task_return_error_if_cancelled (self->task))
    g_object_unref (finish (self));
  else if (g_get_monotonic_time () - self->began > PATIENCE_SECONDS * G_USEC_PER_SEC)
    fail (self, "The service did not answer in time.");
  else if (workspaces != NULL && self->step == INB_SERVICE_STARTER_STARTING)
    make_workspace (self);

  return self->task != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbServiceStarter) self = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  if (self->task != NULL)
    fail (self, "The service ended at once.");
}

/* --- starting ----------------------------------------------------------------------------------------------------------- */

static int
open_log (GError **error)
{
  g_autofree char *path = inb_service_starter_get_log_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  g_mkdir_with_parents (folder, 0700);
  fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0)
    g_set_error (error, INB_ERROR, INB_ERROR_UNAVAILABLE, "Writing %s failed", path);

  return fd;
}

static void
leave_session (gpointer user_data)
{
  setsid ();
}

static void
start_process (InbServiceStarter *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  int log = open_log (&error);

  if (log >= 0)
    {
      g_subprocess_launcher_take_stdout_fd (launcher, log);
      g_subprocess_launcher_take_stderr_fd (launcher, fcntl (log, F_DUPFD_CLOEXEC, 3));
      g_subprocess_launcher_set_child_setup (launcher, leave_session, NULL, NULL);
      g_subprocess_launcher_set_cwd (launcher, "/");
      self->service = g_subprocess_launcher_spawn (launcher, &error, PROGRAM, "serve", NULL);
    }
  if (self->service == NULL)
    fail (self, error->message);
  else
    g_subprocess_wait_async (self->service, NULL, on_ended, g_object_ref (self));
}

/* Without a unit, or without a systemd for this person, it is a process. */
static void
on_unit_started (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (InbServiceStarter) self = user_data;

  if (self->task != NULL && !g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL))
    start_process (self);
}

static void
start (InbServiceStarter *self)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *systemctl = g_find_program_in_path ("systemctl");

  if (systemctl != NULL)
    process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, systemctl,
                                "--user", "start", UNIT, NULL);
  if (process != NULL)
    g_subprocess_wait_check_async (process, g_task_get_cancellable (self->task), on_unit_started, g_object_ref (self));
  else
    start_process (self);
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_service_starter_finalize (GObject *object)
{
  InbServiceStarter *self = INB_SERVICE_STARTER (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (inb_service_starter_parent_class)->finalize (object);
}

static void
inb_service_starter_class_init (InbServiceStarterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_service_starter_finalize;

  step_changed_signal = g_signal_new ("step-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 0);
}

static void
inb_service_starter_init (InbServiceStarter *self)
{
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbServiceStarter *
inb_service_starter_new (void)
{
  return g_object_new (INB_TYPE_SERVICE_STARTER, NULL);
}

gboolean
inb_service_starter_is_possible (void)
{
  g_autofree char *program = NULL;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return FALSE;

  program = g_find_program_in_path (PROGRAM);

  return program != NULL;
}

InbServiceStarterStep
inb_service_starter_get_step (InbServiceStarter *self)
{
  g_return_val_if_fail (INB_IS_SERVICE_STARTER (self), INB_SERVICE_STARTER_IDLE);

  return self->step;
}

char *
inb_service_starter_get_log_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "inbound-leads", "service.log", NULL);
}

void
inb_service_starter_run_async (InbServiceStarter   *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (INB_IS_SERVICE_STARTER (self) && self->task == NULL);

  g_clear_object (&self->service);
  self->task = g_task_new (self, cancellable, callback, user_data);
  self->began = g_get_monotonic_time ();
  self->look = g_timeout_add (LOOK_MSEC, on_look, self);
  set_step (self, INB_SERVICE_STARTER_STARTING);
  start (self);
}

/**
 * inb_service_starter_run_finish:
 *
 * Returns: whether there is a service with a workspace now; else %FALSE with %INB_ERROR_UNAVAILABLE
 */
gboolean
inb_service_starter_run_finish (InbServiceStarter  *self,
                                GAsyncResult       *result,
                                GError            **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
