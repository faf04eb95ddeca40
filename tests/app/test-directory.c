/* Names of members and teams follow the replica. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"
#include "inb-directory.h"

typedef struct {
  InbDirectory *directory;
  const char   *user_id;
  const char   *name;
} NameWait;

static gboolean
has_name (gpointer data)
{
  NameWait *wait = data;

  return g_strcmp0 (inb_directory_get_member_name (wait->directory, wait->user_id), wait->name) == 0;
}

static void
add_member (InbWorld   *world,
            const char *user_id,
            const char *name,
            gboolean    is_service)
{
  InbRow *row = inb_row_new (INB_KIND_MEMBER);

  inb_row_set (row, INB_MEMBER_USER_ID, user_id);
  inb_row_set (row, INB_MEMBER_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  inb_row_set (row, INB_MEMBER_NAME, name);
  inb_row_set (row, INB_MEMBER_EMAIL, "member@example.org");
  inb_row_set_boolean (row, INB_MEMBER_IS_SERVICE, is_service);
  inb_world_change (world, row);
  inb_row_unref (row);
}

static void
test_names (void)
{
  g_autoptr (InbWorld) world = inb_world_new (NULL, 0);
  g_autoptr (InbDirectory) directory = inb_directory_new (world->replica);
  NameWait wait = { directory, "u-1", "Former member" };

  g_assert_null (inb_directory_get_member_name (directory, "u-1"));
  inb_directory_refresh (directory);
  inb_kit_wait (has_name, &wait);
  g_assert_null (inb_directory_get_member_name (directory, NULL));

  add_member (world, "u-1", "zoë", FALSE);
  wait.name = "zoë";
  inb_kit_wait (has_name, &wait);
  add_member (world, "u-2", NULL, FALSE);
  add_member (world, "u-3", "Importer", TRUE);
  wait = (NameWait) { directory, "u-3", "Importer" };
  inb_kit_wait (has_name, &wait);
  g_assert_cmpstr (inb_directory_get_member_name (directory, "u-2"), ==, "member@example.org");
  g_assert_cmpuint (inb_directory_get_members (directory)->len, ==, 2);
  g_assert_cmpstr (inb_row_get_key (g_ptr_array_index (inb_directory_get_members (directory), 1)), ==, "u-1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/names", test_names);

  return g_test_run ();
}
