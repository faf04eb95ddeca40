/* The colours of the style sheet as they come out, in the look that the environment asks for (ADW_DEBUG_COLOR_SCHEME,
 * ADW_DEBUG_HIGH_CONTRAST): text can be read, shapes can be seen. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-resources.h"
#include "inb-palette.h"

#define TEXT_CONTRAST 4.5
#define SHAPE_CONTRAST 3.0
#define CHIP_FILL 0.14f          /* of a stage chip, over what is below it */
#define SECONDARY 0.75f

static const char *const shapes[] = { "inb_new", "inb_contacted", "inb_qualified", "inb_proposal", "inb_won", "inb_lost",
                                      "inb_open", "inb_warm", "inb_live", "inb_alarm" };
static const char *const surfaces[] = { "view_bg_color", "window_bg_color" };

static GdkRGBA
look_up (GtkWidget  *widget,
         const char *name)
{
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color))
    g_error ("no colour %s", name);

  return color;
}

static void
assert_contrast (const GdkRGBA *a,
                 const GdkRGBA *b,
                 double         least,
                 const char    *what,
                 const char    *surface)
{
  double contrast = inb_palette_get_contrast (a, b);

  if (contrast < least)
    g_error ("%s on %s: %.2f < %.1f", what, surface, contrast, least);
}

static void
test_style (void)
{
  GtkWidget *window = gtk_window_new ();

  for (guint i = 0; i < G_N_ELEMENTS (surfaces); i++)
    {
      GdkRGBA surface = look_up (window, surfaces[i]);
      GdkRGBA text = look_up (window, i == 0 ? "view_fg_color" : "window_fg_color");
      GdkRGBA solid = inb_palette_blend (&text, &surface);
      GdkRGBA secondary = text;

      secondary.alpha *= SECONDARY;
      secondary = inb_palette_blend (&secondary, &surface);
      assert_contrast (&solid, &surface, TEXT_CONTRAST, "text", surfaces[i]);
      assert_contrast (&secondary, &surface, TEXT_CONTRAST, "secondary text", surfaces[i]);
      for (guint j = 0; j < G_N_ELEMENTS (shapes); j++)
        {
          GdkRGBA color = look_up (window, shapes[j]);
          GdkRGBA shape = inb_palette_blend (&color, &surface);
          GdkRGBA fill = color;
          GdkRGBA on_fill;

          fill.alpha *= CHIP_FILL;
          fill = inb_palette_blend (&fill, &surface);
          on_fill = inb_palette_blend (&text, &fill);
          assert_contrast (&shape, &surface, SHAPE_CONTRAST, shapes[j], surfaces[i]);
          assert_contrast (&shape, &fill, SHAPE_CONTRAST, shapes[j], "its chip");
          assert_contrast (&on_fill, &fill, TEXT_CONTRAST, "a chip's text", shapes[j]);
        }
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The look that was asked for is the one that is shown, or nothing was tested. */
static void
test_look (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_assert_cmpint (adw_style_manager_get_dark (manager), ==,
                   g_strcmp0 (g_getenv ("ADW_DEBUG_COLOR_SCHEME"), "prefer-dark") == 0);
  g_assert_cmpint (adw_style_manager_get_high_contrast (manager), ==,
                   g_strcmp0 (g_getenv ("ADW_DEBUG_HIGH_CONTRAST"), "1") == 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (inb_app_get_resource ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/example/InboundLeads/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  g_test_add_func ("/contrast/look", test_look);
  g_test_add_func ("/contrast/style", test_style);

  return g_test_run ();
}
