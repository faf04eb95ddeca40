#define G_LOG_DOMAIN "inb-service"

#include "inb-backend.h"

#include "inb-bootstrap.h"
#include "inb-cluster.h"
#include "inb-migrations.h"
#include "inb-privileges.h"

#define OWNER_ROLE "inbound_owner"
#define SERVICE_ROLE "inbound_service"

struct _InbBackend {
  /* Owned */
  InbDataDir *data_dir;
  InbCluster *cluster;  /* NULL with a foreign database */
  char       *conninfo; /* as the service's role */
};

void
inb_backend_free (InbBackend *self)
{
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return;

  if (!inb_backend_close (self, &error))
    g_warning ("%s", error->message);
  g_clear_object (&self->cluster);
  g_clear_pointer (&self->data_dir, inb_data_dir_free);
  g_free (self->conninfo);
  g_free (self);
}

static gboolean
open_data_dir (InbBackend   *self,
               InbSettings  *settings,
               GError      **error)
{
  const char *folders[] = { inb_settings_get (settings, INB_SETTING_DATA_DIR), NULL };

  if (!inb_privileges_drop (inb_settings_get (settings, INB_SETTING_ACCOUNT), folders, error))
    return FALSE;

  self->data_dir = inb_data_dir_open (folders[0], error);

  return self->data_dir != NULL;
}

static gboolean
start_cluster (InbBackend  *self,
               GError     **error)
{
  self->cluster = inb_cluster_new (self->data_dir);
  if (!inb_cluster_start (self->cluster, error) || !inb_bootstrap_run (self->cluster, error))
    return FALSE;

  self->conninfo = inb_cluster_get_conninfo (self->cluster, SERVICE_ROLE, NULL);

  return TRUE;
}

static gboolean
migrate_as (const char  *conninfo,
            guint       *n_applied,
            GError     **error)
{
  g_autoptr (InbDb) owner = inb_db_connect (conninfo, error);

  return owner != NULL && inb_migrations_run (owner, n_applied, error);
}

static gboolean
migrate_cluster (InbBackend  *self,
                 guint       *n_applied,
                 GError     **error)
{
  g_autofree char *owner = NULL;

  if (!start_cluster (self, error))
    return FALSE;

  owner = inb_cluster_get_conninfo (self->cluster, OWNER_ROLE, NULL);

  return migrate_as (owner, n_applied, error);
}

static gboolean
check_foreign (InbBackend   *self,
               InbSettings  *settings,
               GError      **error)
{
  g_autoptr (InbDb) db = NULL;

  self->conninfo = g_strdup (inb_settings_get (settings, INB_SETTING_DATABASE));
  db = inb_db_connect (self->conninfo, error);

  return db != NULL && inb_migrations_check (db, error);
}

InbBackend *
inb_backend_open (InbSettings  *settings,
                  GError      **error)
{
  g_autoptr (InbBackend) self = g_new0 (InbBackend, 1);
  gboolean foreign = inb_settings_get (settings, INB_SETTING_DATABASE) != NULL;

  if (!open_data_dir (self, settings, error))
    return NULL;
  if (foreign ? !check_foreign (self, settings, error) : !migrate_cluster (self, NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

gboolean
inb_backend_migrate (InbSettings  *settings,
                     guint        *n_applied,
                     GError      **error)
{
  g_autoptr (InbBackend) self = g_new0 (InbBackend, 1);
  const char *database = inb_settings_get (settings, INB_SETTING_DATABASE);

  if (database != NULL)
    return migrate_as (database, n_applied, error);

  return open_data_dir (self, settings, error)
         && migrate_cluster (self, n_applied, error)
         && inb_backend_close (self, error);
}

void
inb_backend_watch (InbBackend *self)
{
  g_return_if_fail (self != NULL);

  if (self->cluster != NULL)
    inb_cluster_watch (self->cluster);
}

gboolean
inb_backend_close (InbBackend  *self,
                   GError     **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->cluster == NULL || inb_cluster_stop (self->cluster, error);
}

const char *
inb_backend_get_conninfo (InbBackend *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->conninfo;
}

InbDataDir *
inb_backend_get_data_dir (InbBackend *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data_dir;
}
