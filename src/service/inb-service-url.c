#define G_LOG_DOMAIN "inb-service"

#include "inb-service-url.h"

#include <string.h>

static char *
strip_slashes (const char *url)
{
  gsize length = strlen (url);

  while (length > 0 && url[length - 1] == '/')
    length--;

  return g_strndup (url, length);
}

/**
 * inb_service_url_find:
 *
 * Returns: (transfer full): "http://127.0.0.1:8787", without a slash at its end
 */
char *
inb_service_url_find (InbSettings *settings,
                      InbDataDir  *data_dir)
{
  const char *base = inb_settings_get (settings, INB_SETTING_BASE_URL);
  g_autofree char *file = inb_data_dir_get_file (data_dir, INB_SERVICE_URL_FILE);
  g_autofree char *running = NULL;

  if (base != NULL)
    return strip_slashes (base);
  if (g_file_get_contents (file, &running, NULL, NULL))
    return g_strdup (g_strstrip (running));

  return g_strconcat ("http://", inb_settings_get (settings, INB_SETTING_LISTEN), NULL);
}
