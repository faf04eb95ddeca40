/* How connections are found, kept and read from links. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-connect-link.h"
#include "inb-connections.h"
#include "inb-error.h"
#include "inb-replica-folders.h"
#include "inb-replica-kit.h"

#include <glib/gstdio.h>

static void
test_link (void)
{
  static const struct {
    const char *text;
    const char *server;       /* NULL: refused */
    const char *workspace;
    const char *token;
  } cases[] = {
    { "inbound-leads://leads.example.org/demo#abc", "https://leads.example.org", "demo", "abc" },
    { "inbound-leads://leads.example.org:8443/demo", "https://leads.example.org:8443", "demo", NULL },
    { "inbound-leads://leads.example.org#abc", "https://leads.example.org", NULL, "abc" },
    { "inbound-leads://leads.example.org/", "https://leads.example.org", NULL, NULL },
    { "inbound-leads://127.0.0.1:8787/demo#abc", "http://127.0.0.1:8787", "demo", "abc" },
    { "inbound-leads://localhost:8787/demo", "http://localhost:8787", "demo", NULL },
    { "inbound-leads:leads.example.org", NULL },
    { "inbound-leads:///demo", NULL },
    { "inbound-leads://me@leads.example.org/demo", NULL },
    { "inbound-leads://leads.example.org/demo?x=y", NULL },
    { "inbound-leads://leads.example.org/demo/more", NULL },
    { "inbound-leads://leads.example.org/demo#two%20words", NULL },
    { "https://leads.example.org/demo", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbConnectLink) link = inb_connect_link_parse (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].server == NULL)
        {
          g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
          g_assert_null (link);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (link->server, ==, cases[i].server);
      g_assert_cmpstr (link->workspace_id, ==, cases[i].workspace);
      g_assert_cmpstr (link->token, ==, cases[i].token);
    }
}

static void
test_connections (void)
{
  g_autofree char *folder = inb_kit_make_folder ();
  g_autofree char *path = g_build_filename (folder, "connections.conf", NULL);
  g_autoptr (InbConnection) local = inb_connection_new (NULL, "demo", "Demo");
  g_autoptr (InbConnection) remote = inb_connection_new ("https://leads.example.org", "sales", NULL);
  g_autoptr (InbConnection) renamed = inb_connection_new (NULL, "demo", "Demo & Söhne");
  g_autofree char *local_key = inb_connection_get_key (local);
  g_autofree char *remote_key = inb_connection_get_key (remote);
  g_autofree char *host = inb_connection_get_host (remote);
  GStatBuf status;

  g_assert_cmpstr (host, ==, "leads.example.org");
  {
    g_autoptr (InbConnections) connections = inb_connections_new (path);

    g_assert_cmpuint (inb_connections_get_n (connections), ==, 0);
    g_assert_null (inb_connections_get_last (connections));
    inb_connections_use (connections, local);
    inb_connections_use (connections, remote);
    inb_connections_use (connections, renamed);
    inb_connections_use (connections, remote);
  }
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  {
    g_autoptr (InbConnections) connections = inb_connections_new (path);

    g_assert_cmpuint (inb_connections_get_n (connections), ==, 2);
    g_assert_cmpstr (inb_connections_find (connections, local_key)->name, ==, "Demo & Söhne");
    g_assert_cmpstr (inb_connections_get_last (connections)->workspace_id, ==, "sales");
    g_assert_cmpstr (inb_connections_get_last (connections)->name, ==, "sales");
    inb_connections_remove (connections, remote_key);
    g_assert_null (inb_connections_get_last (connections));
  }
  g_assert_true (g_file_set_contents (path, "no key file", -1, NULL));
  {
    g_autoptr (InbConnections) connections = inb_connections_new (path);

    g_assert_cmpuint (inb_connections_get_n (connections), ==, 0);
  }
  g_unlink (path);
  g_rmdir (folder);
}

/* Working copies of older versions move beside each other, and nothing else does. */
static void
test_folders (void)
{
  g_autofree char *parent = g_build_filename (g_get_user_data_dir (), "inbound-leads", NULL);
  g_autofree char *copy = g_build_filename (parent, "demo-0123", NULL);
  g_autofree char *other = g_build_filename (parent, "postgres", NULL);
  g_autofree char *file = g_build_filename (copy, "replica.db", NULL);
  g_autofree char *folder = NULL;
  g_autofree char *moved = NULL;
  g_autofree char *moved_file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (copy, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (other, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "rows", -1, NULL));

  folder = inb_replica_folders_get_default ();
  moved = g_build_filename (folder, "demo-0123", NULL);
  moved_file = g_build_filename (moved, "replica.db", NULL);
  g_assert_true (g_file_test (moved_file, G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_IS_DIR));

  g_assert_true (inb_replica_folders_delete (moved, &error));
  g_assert_no_error (error);
  g_assert_false (g_file_test (moved, G_FILE_TEST_EXISTS));
  g_assert_true (inb_replica_folders_delete (moved, &error));

  g_rmdir (other);
  g_rmdir (folder);
  g_rmdir (parent);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *data = g_dir_make_tmp ("inb-connect-XXXXXX", NULL);
  int status;

  /* GLib's own isolation of the user's folders leaks. */
  g_assert_nonnull (data);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connect/link", test_link);
  g_test_add_func ("/connect/connections", test_connections);
  g_test_add_func ("/connect/folders", test_folders);
  status = g_test_run ();
  g_rmdir (data);

  return status;
}
