#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client.h"

GType
inb_sync_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { INB_SYNC_OFFLINE, "INB_SYNC_OFFLINE", "offline" },
    { INB_SYNC_CONNECTING, "INB_SYNC_CONNECTING", "connecting" },
    { INB_SYNC_SYNCING, "INB_SYNC_SYNCING", "syncing" },
    { INB_SYNC_LIVE, "INB_SYNC_LIVE", "live" },
    { INB_SYNC_UNAUTHORIZED, "INB_SYNC_UNAUTHORIZED", "unauthorized" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("InbSyncState", values));

  return type;
}
