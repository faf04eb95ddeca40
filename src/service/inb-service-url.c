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

gboolean
inb_service_url_is_loopback (const char *url)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return FALSE;

  address = g_inet_address_new_from_string (g_uri_get_host (uri));

  return address == NULL ? g_str_equal (g_uri_get_host (uri), "localhost") : g_inet_address_get_is_loopback (address);
}
