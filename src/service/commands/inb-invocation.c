#define G_LOG_DOMAIN "inb-service"

#include "inb-invocation.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-result-text.h"

#include <stdio.h>
#include <string.h>

struct _InbInvocation {
  /* Owned */
  char        *name;
  char        *arguments;
  char        *summary;
  GStrv        words;     /* after parsing: the arguments */
  InbSettings *settings;
  InbBackend  *backend;
  InbDb       *db;

  gboolean     json;
};

/* What every command takes, as given. */
typedef struct {
  char     *config;
  char     *values[INB_N_SETTINGS];
  gboolean  help;
} CommonOptions;

static void
common_options_clear (CommonOptions *options)
{
  g_free (options->config);
  for (guint i = 0; i < INB_N_SETTINGS; i++)
    g_free (options->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CommonOptions, common_options_clear)

InbInvocation *
inb_invocation_new (const char          *name,
                    const char          *arguments,
                    const char          *summary,
                    const char * const  *words)
{
  InbInvocation *self = g_new0 (InbInvocation, 1);

  self->name = g_strdup (name);
  self->arguments = g_strdup (arguments);
  self->summary = g_strdup (summary);
  self->words = g_strdupv ((char **) words);

  return self;
}

void
inb_invocation_free (InbInvocation *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->db, inb_db_free);
  g_clear_pointer (&self->backend, inb_backend_free);
  g_clear_pointer (&self->settings, inb_settings_free);
  g_strfreev (self->words);
  g_free (self->name);
  g_free (self->arguments);
  g_free (self->summary);
  g_free (self);
}

static GOptionContext *
build_context (InbInvocation      *self,
               const GOptionEntry *entries,
               CommonOptions      *common)
{
  const GOptionEntry common_entries[] = {
    { "data-dir", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &common->values[INB_SETTING_DATA_DIR],
      "Where the service keeps its data", "DIR" },
    { "database", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &common->values[INB_SETTING_DATABASE],
      "Use this PostgreSQL server instead of a private one", "URI" },
    { "listen", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &common->values[INB_SETTING_LISTEN],
      "Where the service listens (127.0.0.1:8787)", "ADDRESS:PORT" },
    { "base-url", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &common->values[INB_SETTING_BASE_URL],
      "Under which address senders reach the service", "URL" },
    { "account", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &common->values[INB_SETTING_ACCOUNT],
      "The account to run as, when started as root", "NAME" },
    { "config", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &common->config, "Read the settings from this file", "FILE" },
    { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &self->json, "Print JSON", NULL },
    { "help", 'h', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &common->help, "Show this help", NULL },
    { NULL }
  };
  GOptionContext *context = g_option_context_new (self->arguments);

  g_option_context_set_summary (context, self->summary);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common_entries, NULL);

  return context;
}

static gboolean
apply_settings (InbInvocation  *self,
                CommonOptions  *common,
                GError        **error)
{
  self->settings = inb_settings_new (common->config, error);
  if (self->settings == NULL)
    return FALSE;

  for (guint i = 0; i < INB_N_SETTINGS; i++)
    {
      if (!inb_settings_set (self->settings, i, common->values[i], error))
        return FALSE;
    }

  return TRUE;
}

/* GLib takes the first word for the program's name. */
static gboolean
parse_words (InbInvocation   *self,
             GOptionContext  *context,
             GError         **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  g_strv_builder_add (builder, self->name);
  g_strv_builder_addv (builder, (const char **) self->words);
  words = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &words, error))
    return FALSE;

  g_strfreev (self->words);
  self->words = g_strdupv (words + 1);
  if (g_strv_length (self->words) > 0 && g_str_equal (self->words[0], "--"))
    {
      g_free (self->words[0]);
      memmove (self->words, self->words + 1, g_strv_length (self->words + 1) * sizeof (char *) + sizeof (char *));
    }

  return TRUE;
}

/* Under the command's whole name, which GLib takes for the program's. */
static void
print_help (InbInvocation  *self,
            GOptionContext *context)
{
  g_autofree char *help = NULL;

  g_set_prgname (self->name);
  help = g_option_context_get_help (context, TRUE, NULL);
  inb_invocation_print (self, help);
}

gboolean
inb_invocation_parse (InbInvocation       *self,
                      const GOptionEntry  *entries,
                      guint                n_arguments,
                      GError             **error)
{
  g_auto (CommonOptions) common = { NULL };
  g_autoptr (GOptionContext) context = NULL;
  guint n_words;

  g_return_val_if_fail (self != NULL, FALSE);

  context = build_context (self, entries, &common);
  if (!parse_words (self, context, error))
    return FALSE;
  if (common.help)
    {
      print_help (self, context);
      return FALSE;
    }

  n_words = g_strv_length (self->words);
  if (n_words != n_arguments)
    {
      if (n_words > n_arguments)
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "unexpected argument \"%s\"", self->words[n_arguments]);
      else
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "missing argument %s", self->arguments);
      return FALSE;
    }

  return apply_settings (self, &common, error);
}

const char *
inb_invocation_get_argument (InbInvocation *self,
                             guint          index)
{
  g_return_val_if_fail (self != NULL && index < g_strv_length (self->words), NULL);

  return self->words[index];
}

InbSettings *
inb_invocation_get_settings (InbInvocation *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->settings;
}

gboolean
inb_invocation_is_json (InbInvocation *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->json;
}

InbDb *
inb_invocation_open (InbInvocation  *self,
                     GError        **error)
{
  g_return_val_if_fail (self != NULL && self->backend == NULL, NULL);

  self->backend = inb_backend_open (self->settings, error);
  if (self->backend == NULL)
    return NULL;

  self->db = inb_db_connect (inb_backend_get_conninfo (self->backend), error);

  return self->db;
}

InbDataDir *
inb_invocation_get_data_dir (InbInvocation *self)
{
  g_return_val_if_fail (self != NULL && self->backend != NULL, NULL);

  return inb_backend_get_data_dir (self->backend);
}

void
inb_invocation_print (InbInvocation *self,
                      const char    *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

void
inb_invocation_print_pairs (InbInvocation *self,
                            ...)
{
  g_autoptr (GString) text = g_string_new (self->json ? "{" : NULL);
  const char *name;
  va_list args;

  va_start (args, self);
  while ((name = va_arg (args, const char *)) != NULL)
    {
      const char *value = va_arg (args, const char *);

      if (value == NULL)
        continue;
      if (self->json)
        inb_json_append_member (text, name, value);
      else
        g_string_append_printf (text, "%-13s %s\n", name, value);
    }
  va_end (args);

  g_string_append (text, self->json ? "}\n" : "");
  inb_invocation_print (self, text->str);
}

void
inb_invocation_print_rows (InbInvocation *self,
                           const char    *name,
                           GPtrArray     *results)
{
  g_autofree char *text = self->json ? inb_result_to_json (results, name) : inb_result_to_table (results);

  inb_invocation_print (self, text);
}
