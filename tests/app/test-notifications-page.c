/* The page of the preferences about notifications: what is changed in it is what stands in the settings. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-resources.h"
#include "inb-notification-rule-row.h"
#include "inb-notifications-page.h"
#include "inb-replica-kit.h"

typedef struct {
  GSettings *settings;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

/* The @index-th descendant of that type; NULL when there are fewer. */
static GtkWidget *
find (GtkWidget *widget,
      GType      type,
      guint     *index)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type) && (*index)-- == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, index);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static InbNotificationRuleRow *
get_rule (Fixture *fixture,
          guint    index)
{
  return (InbNotificationRuleRow *) find (fixture->page, INB_TYPE_NOTIFICATION_RULE_ROW, &index);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->settings = g_settings_new ("org.example.InboundLeads");
  g_settings_reset (fixture->settings, "notification-rules");
  g_settings_reset (fixture->settings, "quiet-from");
  g_settings_reset (fixture->settings, "quiet-days");
  if (data != NULL)
    g_settings_set_string (fixture->settings, "notification-rules", data);
  fixture->window = GTK_WINDOW (g_object_ref_sink (g_object_new (ADW_TYPE_PREFERENCES_WINDOW, NULL)));
  fixture->page = inb_notifications_page_new (fixture->settings, NULL);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (fixture->window), ADW_PREFERENCES_PAGE (fixture->page));
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  g_assert_finalize_object (fixture->window);
  g_object_unref (fixture->settings);
}

static void
assert_rules (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *json = g_settings_get_string (fixture->settings, "notification-rules");

  g_assert_cmpstr (json, ==, expected);
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  guint index = 3;
  GtkWidget *temperature;

  g_assert_nonnull (get_rule (fixture, 1));
  g_assert_null (get_rule (fixture, 2));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_rule (fixture, 0))), ==, "Ads &amp; more · from 5,000");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (get_rule (fixture, 0))), ==, "Not at all");

  /* Ordered, changed, added, removed. */
  gtk_widget_activate_action (GTK_WIDGET (get_rule (fixture, 1)), "rule.move", "i", -1);
  assert_rules (fixture, "[{\"owner\":\"me\",\"outcome\":\"notify\"},"
                         "{\"source\":\"Ads & more\",\"min_value\":500000,\"outcome\":\"never\"}]");
  gtk_widget_activate_action (GTK_WIDGET (get_rule (fixture, 0)), "rule.move", "i", -1);
  temperature = find (GTK_WIDGET (get_rule (fixture, 0)), ADW_TYPE_COMBO_ROW, &index);
  adw_combo_row_set_selected (ADW_COMBO_ROW (temperature), 1);
  assert_rules (fixture, "[{\"temperature\":\"hot\",\"owner\":\"me\",\"outcome\":\"notify\"},"
                         "{\"source\":\"Ads & more\",\"min_value\":500000,\"outcome\":\"never\"}]");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_rule (fixture, 0))), ==, "Hot · Mine");
  gtk_widget_activate_action (fixture->page, "rules.add", NULL);
  gtk_widget_activate_action (GTK_WIDGET (get_rule (fixture, 1)), "rule.remove", NULL);
  assert_rules (fixture, "[{\"temperature\":\"hot\",\"owner\":\"me\",\"outcome\":\"notify\"},{\"outcome\":\"silent\"}]");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (get_rule (fixture, 1))), ==, "Every lead");

  /* What can be picked; what a rule has stays. */
  inb_notification_rule_row_set_choices (get_rule (fixture, 1), (const char *[]) { "Ads", "Fair", NULL },
                                         (const char *[]) { NULL });
  index = 1;
  adw_combo_row_set_selected (ADW_COMBO_ROW (find (GTK_WIDGET (get_rule (fixture, 1)), ADW_TYPE_COMBO_ROW, &index)), 2);
  inb_notification_rule_row_set_choices (get_rule (fixture, 1), NULL, NULL);
  assert_rules (fixture, "[{\"temperature\":\"hot\",\"owner\":\"me\",\"outcome\":\"notify\"},"
                         "{\"source\":\"Fair\",\"outcome\":\"silent\"}]");
}

static void
test_quiet_hours (Fixture       *fixture,
                  gconstpointer  data)
{
  guint index = 0;
  GtkWidget *from = find (fixture->page, ADW_TYPE_COMBO_ROW, &index);
  GtkWidget *sunday;

  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (from)), ==, 40);
  adw_combo_row_set_selected (ADW_COMBO_ROW (from), 45);
  g_assert_cmpint (g_settings_get_int (fixture->settings, "quiet-from"), ==, 22 * 60 + 30);
  index = 6;
  sunday = find (fixture->page, GTK_TYPE_TOGGLE_BUTTON, &index);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (sunday)));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (sunday), FALSE);
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "quiet-days"), ==, 63);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  g_test_add ("/notifications-page/rules", Fixture,
              "[{\"source\":\"Ads & more\",\"min_value\":500000,\"outcome\":\"never\"},{\"owner\":\"me\",\"outcome\":\"notify\"}]",
              set_up, test_rules, tear_down);
  g_test_add ("/notifications-page/quiet-hours", Fixture, NULL, set_up, test_quiet_hours, tear_down);

  return g_test_run ();
}
