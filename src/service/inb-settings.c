#define G_LOG_DOMAIN "inb-service"

#include "inb-settings.h"

#include "inb-error.h"
#include "inb-protocol.h"

#include <libpq-fe.h>
#include <string.h>
#include <unistd.h>

#define GROUP "service"
#define STRINGIFY_(x) #x
#define STRINGIFY(x) STRINGIFY_ (x)

static const struct {
  const char *key;
  const char *variable;
} names[INB_N_SETTINGS] = {
  [INB_SETTING_DATABASE] = { "database", "INBOUND_LEADS_DATABASE" },
  [INB_SETTING_DATA_DIR] = { "data-dir", "INBOUND_LEADS_DATA_DIR" },
  [INB_SETTING_LISTEN] = { "listen", "INBOUND_LEADS_LISTEN" },
  [INB_SETTING_HOSTS] = { "hosts", "INBOUND_LEADS_HOSTS" },
  [INB_SETTING_BASE_URL] = { "base-url", "INBOUND_LEADS_BASE_URL" },
  [INB_SETTING_ACCOUNT] = { "user", "INBOUND_LEADS_USER" },
  [INB_SETTING_LOCAL_SOCKET] = { "local-socket", "INBOUND_LEADS_LOCAL_SOCKET" },
};

struct _InbSettings {
  char *values[INB_N_SETTINGS];
};

void
inb_settings_free (InbSettings *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < INB_N_SETTINGS; i++)
    g_free (self->values[i]);
  g_free (self);
}

static void
take_value (InbSettings *self,
            InbSetting   setting,
            char        *value)
{
  g_free (self->values[setting]);
  self->values[setting] = value;
}

/* Root's service is the computer's; anyone else's is their own. */
static char *
get_default_config (void)
{
  if (geteuid () == 0)
    return g_strdup ("/etc/inbound-leads/service.conf");

  return g_build_filename (g_get_user_config_dir (), "inbound-leads", "service.conf", NULL);
}

static void
set_defaults (InbSettings *self)
{
  if (geteuid () == 0)
    take_value (self, INB_SETTING_DATA_DIR, g_strdup ("/var/lib/inbound-leads"));
  else
    take_value (self, INB_SETTING_DATA_DIR, g_build_filename (g_get_user_data_dir (), "inbound-leads", NULL));

  take_value (self, INB_SETTING_LISTEN, g_strdup ("127.0.0.1:" STRINGIFY (INB_PROTOCOL_DEFAULT_PORT)));
  take_value (self, INB_SETTING_LOCAL_SOCKET,
              g_build_filename (g_get_user_runtime_dir (), INB_PROTOCOL_SOCKET_FOLDER, INB_PROTOCOL_SOCKET_NAME, NULL));
}

static gboolean
find_setting (const char *key,
              InbSetting *setting)
{
  for (guint i = 0; i < INB_N_SETTINGS; i++)
    {
      if (g_str_equal (names[i].key, key))
        {
          *setting = i;
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
read_key_file (InbSettings  *self,
               const char   *path,
               GError      **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, error))
    {
      g_prefix_error (error, "Reading %s: ", path);
      return FALSE;
    }

  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      InbSetting setting;

      if (!find_setting (keys[i], &setting))
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Reading %s: there is no setting \"%s\"", path, keys[i]);
          return FALSE;
        }
      take_value (self, setting, g_key_file_get_string (file, GROUP, keys[i], NULL));
    }

  return TRUE;
}

static void
read_environment (InbSettings *self)
{
  for (guint i = 0; i < INB_N_SETTINGS; i++)
    {
      const char *value = g_getenv (names[i].variable);

      if (value != NULL && *value != '\0')
        take_value (self, i, g_strdup (value));
    }
}

InbSettings *
inb_settings_new (const char  *config,
                  GError     **error)
{
  g_autoptr (InbSettings) self = g_new0 (InbSettings, 1);
  g_autofree char *path = config == NULL ? get_default_config () : g_strdup (config);

  set_defaults (self);
  if ((config != NULL || g_file_test (path, G_FILE_TEST_EXISTS)) && !read_key_file (self, path, error))
    return NULL;
  read_environment (self);

  return g_steal_pointer (&self);
}

/* Every user of the computer can read a program's arguments. */
static gboolean
refuse_password (const char  *database,
                 GError     **error)
{
  char *message = NULL;
  PQconninfoOption *options = PQconninfoParse (database, &message);
  gboolean has_password = FALSE;

  if (options == NULL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--database: %s",
                   message == NULL ? "not a connection string" : g_strstrip (message));
      PQfreemem (message);
      return FALSE;
    }

  for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
    {
      if (strcmp (option->keyword, "password") == 0 && option->val != NULL)
        has_password = TRUE;
    }
  PQconninfoFree (options);

  if (has_password)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "--database: a password among the arguments can be read by everyone on this computer; "
                         "put it into ~/.pgpass, or the whole URI into the settings file or INBOUND_LEADS_DATABASE");

  return !has_password;
}

gboolean
inb_settings_set (InbSettings  *self,
                  InbSetting    setting,
                  const char   *value,
                  GError      **error)
{
  g_return_val_if_fail (self != NULL && setting < INB_N_SETTINGS, FALSE);

  if (value == NULL)
    return TRUE;
  if (setting == INB_SETTING_DATABASE && !refuse_password (value, error))
    return FALSE;

  take_value (self, setting, g_strdup (value));

  return TRUE;
}

const char *
inb_settings_get (InbSettings *self,
                  InbSetting   setting)
{
  g_return_val_if_fail (self != NULL && setting < INB_N_SETTINGS, NULL);

  return self->values[setting];
}
