#define G_LOG_DOMAIN "inb-tests"

#include "inb-widget-kit.h"

#include "inb-app-resources.h"
#include "inb-replica-kit.h"

#include <string.h>

void
inb_widget_kit_init (int    *argc,
                     char ***argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  application = adw_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_application_set_resource_base_path (G_APPLICATION (application), "/org/example/InboundLeads");
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  /* For as long as the test runs. */
  g_application_set_default (G_APPLICATION (g_steal_pointer (&application)));
}

/* --- finding ------------------------------------------------------------------------------------------------------------ */

typedef gboolean (*Matches) (GtkWidget     *widget,
                             gconstpointer  wanted);

static GtkWidget *
find (GtkWidget     *widget,
      Matches        matches,
      gconstpointer  wanted)
{
  if (matches (widget, wanted))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, matches, wanted);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_of_type (GtkWidget     *widget,
            gconstpointer  type)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *) type);
}

GtkWidget *
inb_widget_kit_find (GtkWidget *widget,
                     GType      type)
{
  return find (widget, is_of_type, &type);
}

static gboolean
is_of_class (GtkWidget     *widget,
             gconstpointer  css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

GtkWidget *
inb_widget_kit_find_class (GtkWidget  *widget,
                           const char *css_class)
{
  return find (widget, is_of_class, css_class);
}

static gboolean
shows_text (GtkWidget     *widget,
            gconstpointer  text)
{
  const char *shown = NULL;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget))
    shown = gtk_label_get_text (GTK_LABEL (widget));
  else if (GTK_IS_INSCRIPTION (widget))
    shown = gtk_inscription_get_text (GTK_INSCRIPTION (widget));

  return shown != NULL && strstr (shown, text) != NULL;
}

GtkWidget *
inb_widget_kit_find_text (GtkWidget  *widget,
                          const char *text)
{
  return find (widget, shows_text, text);
}

static gboolean
is_label (GtkWidget     *widget,
          gconstpointer  text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

/**
 * inb_widget_kit_has_label:
 *
 * Returns: whether there is a label with exactly that text, on screen or not
 */
gboolean
inb_widget_kit_has_label (GtkWidget  *widget,
                          const char *text)
{
  return find (widget, is_label, text) != NULL;
}

/* --- waiting ------------------------------------------------------------------------------------------------------------ */

static gboolean
count_frame (GtkWidget     *widget,
             GdkFrameClock *clock,
             gpointer       user_data)
{
  guint *n_frames = user_data;

  return --*n_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_zero (gpointer data)
{
  return *(guint *) data == 0;
}

void
inb_widget_kit_wait_frames (GtkWidget *widget,
                            guint      n_frames)
{
  gtk_widget_add_tick_callback (widget, count_frame, &n_frames, NULL);
  inb_kit_wait (is_zero, &n_frames);
}

typedef struct {
  GtkWidget  *widget;
  const char *text;
} TextWait;

static gboolean
has_text (gpointer data)
{
  TextWait *wait = data;

  return inb_widget_kit_find_text (wait->widget, wait->text) != NULL;
}

void
inb_widget_kit_wait_text (GtkWidget  *widget,
                          const char *text)
{
  TextWait wait = { widget, text };

  inb_kit_wait (has_text, &wait);
}
