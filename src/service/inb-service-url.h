/* Under which address the service is reached: told by --base-url, by the `serve` that runs, or by the settings. */
#pragma once

#include "inb-data-dir.h"
#include "inb-settings.h"

G_BEGIN_DECLS

#define INB_SERVICE_URL_FILE "url" /* in the data directory while `serve` runs */

char    *inb_service_url_find        (InbSettings *settings,
                                      InbDataDir  *data_dir);
/* Whether only this computer can reach it. */
gboolean inb_service_url_is_loopback (const char *url);

G_END_DECLS
