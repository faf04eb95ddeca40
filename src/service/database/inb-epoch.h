/* The epoch names one history of a workspace's feed: another server, a restored backup or a rebuilt workspace has another,
 * and clients then start over.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *inb_epoch_new (const char *system_identifier,
                     const char *timeline,
                     const char *workspace_epoch);

G_END_DECLS
