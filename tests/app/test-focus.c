/* Keys reach the window whatever goes away under the keyboard: what is open is deleted, comes back, a picker closes. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-lead-detail-pane.h"
#include "inb-widget-kit.h"
#include "inb-window-kit.h"

#define N_PLACES 12   /* the row, then what Tab reaches in the details */

typedef struct {
  InbWindowKit       kit;
  InbLeadDetailPane *pane;
} Fixture;

static GtkWidget *
get_focus (Fixture *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->kit.window));
}

/* GTK gives a key to what has the focus: where that is not in the window any more, greyed or hidden, the key ends there. */
static void
check_reachable (Fixture *fixture)
{
  GtkWidget *focus = get_focus (fixture);

  if (focus == NULL)
    return;
  g_assert_true (gtk_widget_get_root (focus) == GTK_ROOT (fixture->kit.window));
  g_assert_true (gtk_widget_get_mapped (focus));
  g_assert_true (gtk_widget_is_sensitive (focus));
}

static gboolean
is_undoable (gpointer data)
{
  return inb_edits_get_can_undo (inb_session_get_edits (((Fixture *) data)->kit.base.session));
}

static gboolean
is_settled (gpointer data)
{
  return !is_undoable (data);
}

static gboolean
shows_lead (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *stack = inb_widget_kit_find (GTK_WIDGET (fixture->pane), GTK_TYPE_STACK);

  check_reachable (fixture);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "lead") == 0;
}

static gboolean
shows_gone (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *stack = inb_widget_kit_find (GTK_WIDGET (fixture->pane), GTK_TYPE_STACK);

  check_reachable (fixture);

  return g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "gone") == 0;
}

static void
open_lead (Fixture *fixture,
           guint    n_leads)
{
  inb_window_kit_open (&fixture->kit, n_leads, 1280);
  fixture->pane = INB_LEAD_DETAIL_PANE (inb_widget_kit_find (GTK_WIDGET (fixture->kit.window), INB_TYPE_LEAD_DETAIL_PANE));
  inb_replica_set_actor (inb_session_get_replica (fixture->kit.base.session), "0190b7f6-0000-7000-8000-000000000001", "Me",
                         INB_ROLE_OWNER);
  inb_window_open_lead (fixture->kit.window, inb_row_get_key (g_ptr_array_index (fixture->kit.base.world->leads, n_leads - 1)));
  inb_kit_wait (shows_lead, fixture);
  inb_widget_kit_wait_frames (GTK_WIDGET (fixture->kit.window), 5);
}

/* The row, and each place in the pane in turn, has the keyboard when the contact goes and comes back. */
static void
test_deleted (void)
{
  Fixture fixture = { 0 };

  open_lead (&fixture, 3);
  for (guint place = 0; place < N_PLACES; place++)
    {
      inb_lead_table_focus (fixture.kit.table);
      for (guint i = 0; i < place; i++)
        gtk_widget_child_focus (GTK_WIDGET (fixture.pane), GTK_DIR_TAB_FORWARD);
      gtk_widget_activate_action (GTK_WIDGET (fixture.pane), "detail.delete-contact", NULL);
      inb_kit_wait (is_undoable, &fixture);
      inb_kit_wait (shows_gone, &fixture);
      inb_widget_kit_wait_frames (GTK_WIDGET (fixture.kit.window), 3);
      check_reachable (&fixture);
      gtk_widget_activate_action (GTK_WIDGET (fixture.kit.window), "win.undo", NULL);
      inb_kit_wait (is_settled, &fixture);
      inb_kit_wait (shows_lead, &fixture);
      inb_widget_kit_wait_frames (GTK_WIDGET (fixture.kit.window), 3);
      check_reachable (&fixture);
    }
  inb_window_kit_close (&fixture.kit);
}

static GtkWidget *
find_picker (Fixture *fixture)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (fixture->kit.table)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (child))
      return child;

  return NULL;
}

static gboolean
has_picker (gpointer data)
{
  GtkWidget *picker = find_picker (data);
  GtkWidget *focus = get_focus (data);

  return picker != NULL && focus != NULL && gtk_widget_is_ancestor (focus, picker);
}

/* Not a frame later: what is typed until then would be for what is not there. */
static void
test_picked (void)
{
  Fixture fixture = { 0 };
  const char *const picks[] = { "stage", "owner", "temperature", "tag", "follow-up" };

  inb_window_kit_open (&fixture.kit, 30, 1280);
  inb_replica_set_actor (inb_session_get_replica (fixture.kit.base.session), "0190b7f6-0000-7000-8000-000000000001", "Me",
                         INB_ROLE_OWNER);
  inb_lead_table_move (fixture.kit.table, 1);
  inb_widget_kit_wait_frames (GTK_WIDGET (fixture.kit.window), 5);
  for (guint i = 0; i < G_N_ELEMENTS (picks); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture.kit.table), "table.edit", "s", picks[i]);
      inb_kit_wait (has_picker, &fixture);
      gtk_popover_popdown (GTK_POPOVER (find_picker (&fixture)));
      check_reachable (&fixture);
      g_assert_true (gtk_widget_is_ancestor (get_focus (&fixture), fixture.kit.rows));
      inb_widget_kit_wait_frames (GTK_WIDGET (fixture.kit.window), 3);
      check_reachable (&fixture);
      g_assert_true (gtk_widget_is_ancestor (get_focus (&fixture), fixture.kit.rows));
    }
  inb_window_kit_close (&fixture.kit);
}

int
main (int    argc,
      char **argv)
{
  inb_widget_kit_init (&argc, &argv);
  g_test_add_func ("/focus/deleted", test_deleted);
  g_test_add_func ("/focus/picked", test_picked);

  return g_test_run ();
}
