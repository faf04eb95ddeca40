#define G_LOG_DOMAIN "inb-tests"

#include "inb-session-kit.h"

#include "inb-config.h"

static gboolean
is_open (gpointer data)
{
  return inb_session_get_phase (data) == INB_SESSION_OPEN;
}

void
inb_session_kit_start (InbSessionKit *self,
                       guint          n_leads)
{
  InbSyncAccount account = { (char *) "http://127.0.0.1:9", NULL, (char *) "demo", (char *) "token" };

  self->folder = inb_kit_make_folder ();
  self->settings = g_settings_new (INB_APP_ID);
  g_settings_reset (self->settings, "table-columns");
  self->session = inb_session_new (&account, self->folder);
  inb_session_start (self->session);
  inb_kit_wait (is_open, self->session);
  self->world = inb_world_new (inb_session_get_replica (self->session), n_leads);
}

void
inb_session_kit_stop (InbSessionKit *self)
{
  g_autofree char *key = inb_sync_account_get_key (inb_session_get_account (self->session));
  g_autofree char *replica_folder = g_build_filename (self->folder, key, NULL);

  inb_world_free (self->world);
  inb_session_stop (self->session);
  g_object_unref (self->session);
  g_object_unref (self->settings);
  inb_kit_delete_folder (replica_folder);
  inb_kit_delete_folder (self->folder);
  g_free (self->folder);
}
