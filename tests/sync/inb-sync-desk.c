/* inb-sync-desk FOLDER --server URL --workspace ID --token-file FILE: a desktop without a window, that does what it is told on its
 * standard input, a line each, and answers each with a line: for tests against a real service.
 *
 * online, offline; live: waits until it is in sync with the server; role: waits until the role is known; edit LEAD COLUMN VALUE;
 * bulk COLUMN VALUE: of all leads; undo GROUP; outcome GROUP; sent: waits until nothing waits; counts; get LEAD COLUMN;
 * conflicts; mine: resolves all for this desktop.
 */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-outbox-kit.h"
#include "inb-replica-kit.h"
#include "inb-sync-client.h"

#include <stdio.h>

typedef struct {
  InbReplica    *replica;
  InbSyncClient *client;
  gint64         cursor;
} Desk;

static gboolean
is_live (gpointer data)
{
  Desk *desk = data;

  return inb_sync_client_get_state (desk->client) == INB_SYNC_LIVE;
}

static gboolean
has_role (gpointer data)
{
  return inb_replica_get_role (((Desk *) data)->replica) != INB_ROLE_NONE;
}

static gboolean
has_sent (gpointer data)
{
  return inb_replica_get_outbox_counts (((Desk *) data)->replica).n_waiting == 0;
}

static gboolean
has_cursor (gpointer data)
{
  Desk *desk = data;

  return inb_replica_get_cursor (desk->replica) >= desk->cursor;
}

/* "-" stands for none. */
static const char *
read_value (const char *text)
{
  return g_str_equal (text, "-") ? NULL : text;
}

static guint
find_column (const char *name)
{
  int column = inb_kind_find_column (INB_KIND_LEAD, name);

  g_assert_cmpint (column, >=, 0);

  return (guint) column;
}

static void
say_counts (Desk *desk)
{
  InbOutboxCounts counts = inb_replica_get_outbox_counts (desk->replica);

  g_print ("%u %u %u\n", counts.n_waiting, counts.n_conflicts, counts.n_rejected);
}

static void
say_group (char   *group,
           GError *error)
{
  g_print ("%s\n", group != NULL ? group : error->message);
  g_clear_error (&error);
  g_free (group);
}

static void
edit_all (Desk       *desk,
          const char *column,
          const char *value)
{
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (InbEdit) edit = inb_edit_new ("All");
  GError *error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (desk->replica, query, &error);
  char *group;

  g_assert_no_error (error);
  inb_edit_set_rowids (edit, rowids);
  inb_edit_set_value (edit, find_column (column), read_value (value));
  group = inb_kit_edit (desk->replica, edit, &error);
  say_group (group, error);
}

static void
take_back (Desk       *desk,
           const char *group)
{
  GError *error = NULL;
  char *undo = inb_kit_undo (desk->replica, group, &error);

  say_group (undo, error);
}

static void
say_outcome (Desk       *desk,
             const char *group)
{
  InbGroupOutcome outcome = inb_kit_get_group (desk->replica, group);

  g_print ("%u %u %u %u\n", outcome.n_applied, outcome.n_conflicts, outcome.n_rejected, outcome.n_waiting);
}

static void
say_value (Desk       *desk,
           const char *lead_id,
           const char *column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_kit_get_lead (desk->replica, lead_id, &error);
  const char *value = detail != NULL ? inb_row_get (detail->lead, find_column (column)) : NULL;

  g_print ("%s\n", value != NULL ? value : "-");
}

static void
say_conflicts (Desk *desk)
{
  g_autoptr (GPtrArray) entries = inb_kit_list_outbox (desk->replica, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);

      for (guint j = 0; entry->state == INB_OUTBOX_CONFLICT && j < entry->result->conflicts->len; j++)
        {
          const InbFieldConflict *conflict = g_ptr_array_index (entry->result->conflicts, j);

          g_print ("%s:%s:%s ", inb_kind_get_columns (INB_KIND_LEAD, NULL)[conflict->column].name, conflict->mine,
                   conflict->theirs);
        }
    }
  g_print ("\n");
}

static void
resolve_mine (Desk *desk)
{
  g_autoptr (GPtrArray) entries = inb_kit_list_outbox (desk->replica, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const InbOutboxEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (guint));

      if (entry->state != INB_OUTBOX_CONFLICT)
        continue;
      for (guint j = 0; j < entry->result->conflicts->len; j++)
        g_array_append_val (mine, ((const InbFieldConflict *) g_ptr_array_index (entry->result->conflicts, j))->column);
      inb_kit_resolve (desk->replica, entry->mutation->id, mine);
    }
  g_print ("resolved\n");
}

static void
wait_and_say (Desk            *desk,
              InbKitCondition  condition)
{
  inb_kit_wait (condition, desk);
  say_counts (desk);
}

static void
obey (Desk  *desk,
      char **words)
{
  guint n_words = g_strv_length (words);

  if (g_str_equal (words[0], "online"))
    {
      inb_sync_client_start (desk->client);
      say_counts (desk);
    }
  else if (g_str_equal (words[0], "offline"))
    {
      inb_sync_client_stop (desk->client);
      say_counts (desk);
    }
  else if (g_str_equal (words[0], "live"))
    wait_and_say (desk, is_live);
  else if (g_str_equal (words[0], "role"))
    wait_and_say (desk, has_role);
  else if (g_str_equal (words[0], "sent"))
    wait_and_say (desk, has_sent);
  else if (g_str_equal (words[0], "counts"))
    say_counts (desk);
  else if (g_str_equal (words[0], "cursor") && n_words == 2)
    {
      desk->cursor = g_ascii_strtoll (words[1], NULL, 10);
      wait_and_say (desk, has_cursor);
    }
  else if (g_str_equal (words[0], "edit") && n_words == 4)
    say_group (inb_kit_edit_lead (desk->replica, words[1], find_column (words[2]), read_value (words[3])), NULL);
  else if (g_str_equal (words[0], "bulk") && n_words == 3)
    edit_all (desk, words[1], words[2]);
  else if (g_str_equal (words[0], "undo") && n_words == 2)
    take_back (desk, words[1]);
  else if (g_str_equal (words[0], "outcome") && n_words == 2)
    say_outcome (desk, words[1]);
  else if (g_str_equal (words[0], "get") && n_words == 3)
    say_value (desk, words[1], words[2]);
  else if (g_str_equal (words[0], "conflicts"))
    say_conflicts (desk);
  else if (g_str_equal (words[0], "mine"))
    resolve_mine (desk);
  else
    g_print ("What is \"%s\"?\n", words[0]);
  fflush (stdout);
}

static gboolean
on_input (GIOChannel   *channel,
          GIOCondition  condition,
          gpointer      user_data)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  if (g_io_channel_read_line (channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    return G_SOURCE_REMOVE;

  words = g_strsplit (g_strstrip (line), " ", 4);
  obey (user_data, words);

  return G_SOURCE_CONTINUE;
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *server = NULL;
  g_autofree char *workspace = NULL;
  g_autofree char *token_file = NULL;
  Desk desk = { NULL, };
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &server, "Address", "URL" },
    { "workspace", 0, 0, G_OPTION_ARG_STRING, &workspace, "Workspace", "ID" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file, "File with the token", "FILE" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("FOLDER");
  g_autoptr (InbSyncAccount) account = NULL;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || argc != 2 || server == NULL || workspace == NULL || token_file == NULL)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "A folder, server, workspace and token file are needed");
      return 2;
    }

  account = inb_sync_account_new (server, workspace, token_file, &error);
  desk.replica = inb_replica_new (argv[1]);
  if (account == NULL || !inb_kit_open (desk.replica, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  desk.client = inb_sync_client_new (desk.replica, account);
  /* Each answer is a turn of the main context by itself. */
  while (on_input (input, G_IO_IN, &desk))
    ;

  inb_sync_client_stop (desk.client);
  inb_kit_wait (is_alone, desk.client);
  g_object_unref (desk.client);
  inb_kit_drop (desk.replica);

  return 0;
}
