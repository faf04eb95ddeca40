#define G_LOG_DOMAIN "inb-service"

#include "inb-epoch.h"

#define EPOCH_LENGTH 32 /* 128 bits are enough to tell histories apart */

/**
 * inb_epoch_new:
 * @system_identifier: of PostgreSQL's pg_control_system()
 * @timeline: of pg_control_checkpoint(); a point-in-time recovery begins a new one
 * @workspace_epoch: workspaces.epoch
 *
 * Returns: (transfer full): 32 hexadecimal digits
 */
char *
inb_epoch_new (const char *system_identifier,
               const char *timeline,
               const char *workspace_epoch)
{
  g_autofree char *text = NULL;
  char *epoch;

  g_return_val_if_fail (system_identifier != NULL && timeline != NULL && workspace_epoch != NULL, NULL);

  text = g_strjoin ("/", system_identifier, timeline, workspace_epoch, NULL);
  epoch = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  epoch[EPOCH_LENGTH] = '\0';

  return epoch;
}
