#include "inb-cluster-fixture.h"

#include "inb-bootstrap.h"
#include "inb-migrations.h"
#include "inb-privileges.h"
#include "inb-sql.h"

/**
 * inb_cluster_fixture_make_folder:
 * @template: as for g_dir_make_tmp()
 *
 * Call it first, with nothing open that the account could not use.
 */
char *
inb_cluster_fixture_make_folder (const char *template)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp (template, &error);
  const char *folders[] = { folder, NULL };

  g_assert_no_error (error);
  g_assert_true (inb_privileges_drop (NULL, folders, &error));
  g_assert_no_error (error);

  return folder;
}

void
inb_cluster_fixture_remove_folder (const char *folder)
{
  const char *argv[] = { "rm", "-rf", folder, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/**
 * inb_cluster_fixture_start:
 * @self: (out caller-allocates): the cluster
 * @folder: where it lives, belonging to whom the test runs as
 */
void
inb_cluster_fixture_start (InbClusterFixture *self,
                           const char        *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbDb) owner = NULL;

  self->data_dir = inb_data_dir_open (folder, &error);
  g_assert_no_error (error);
  self->cluster = inb_cluster_new (self->data_dir);
  inb_cluster_start (self->cluster, &error);
  g_assert_no_error (error);
  inb_bootstrap_run (self->cluster, &error);
  g_assert_no_error (error);

  self->owner = inb_cluster_get_conninfo (self->cluster, "inbound_owner", NULL);
  self->service = inb_cluster_get_conninfo (self->cluster, "inbound_service", NULL);
  owner = inb_db_connect (self->owner, &error);
  g_assert_no_error (error);
  inb_migrations_run (owner, NULL, &error);
  g_assert_no_error (error);
}

void
inb_cluster_fixture_stop (InbClusterFixture *self)
{
  g_autoptr (GError) error = NULL;

  inb_cluster_stop (self->cluster, &error);
  g_assert_no_error (error);
  g_object_unref (self->cluster);
  inb_data_dir_free (self->data_dir);
  g_free (self->owner);
  g_free (self->service);
}

InbDb *
inb_cluster_fixture_connect (InbClusterFixture *self)
{
  g_autoptr (GError) error = NULL;
  InbDb *db = inb_db_connect (self->service, &error);

  g_assert_no_error (error);
  inb_db_exec (db, inb_sql_get ("session-writer"), &error);
  g_assert_no_error (error);

  return db;
}
