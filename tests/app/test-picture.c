/* Charts as pictures: the size, the background, and that what was drawn is in it. */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-picture-export.h"
#include "inb-replica-kit.h"

#include <string.h>

static GskRenderNode *
make_square (void)
{
  const GdkRGBA red = { 1, 0, 0, 1 };

  return gsk_color_node_new (&red, &GRAPHENE_RECT_INIT (0, 0, 100, 50));
}

static InbPictureExport *
make_picture (GtkWidget  *widget,
              const char *title)
{
  GskRenderNode *node = make_square ();
  InbPalette palette;
  InbPictureExport *picture;

  inb_palette_init (&palette, INB_PALETTE_LIGHT);
  picture = inb_picture_export_new (widget, node, 100, 50, title, NULL, &palette);
  gsk_render_node_unref (node);

  return picture;
}

static guint32
get_pixel (GdkTexture *texture,
           int         x,
           int         y)
{
  gsize stride = (gsize) gdk_texture_get_width (texture) * 4;
  g_autofree guchar *pixels = g_malloc (stride * (gsize) gdk_texture_get_height (texture));

  gdk_texture_download (texture, pixels, stride);

  return *(const guint32 *) (gconstpointer) (pixels + stride * (gsize) y + 4 * x) & 0xffffff;
}

static void
test_png (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (InbPictureExport) picture = make_picture (label, NULL);
  g_autoptr (InbPictureExport) titled = make_picture (label, "A title that is much wider than the drawing below it");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = inb_picture_export_render (picture, INB_PICTURE_PNG, &error);
  g_autoptr (GBytes) titled_bytes = inb_picture_export_render (titled, INB_PICTURE_PNG, &error);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, &error);
  g_autoptr (GdkTexture) titled_texture = gdk_texture_new_from_bytes (titled_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 2 * (100 + 2 * 16));
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 2 * (50 + 2 * 16));
  g_assert_cmphex (get_pixel (texture, 4, 4), ==, 0xffffff);
  g_assert_cmphex (get_pixel (texture, 132, 82), ==, 0xff0000);
  g_assert_cmpint (gdk_texture_get_width (titled_texture), >, gdk_texture_get_width (texture));
  g_assert_cmpint (gdk_texture_get_height (titled_texture), >, gdk_texture_get_height (texture) + 20);
  g_object_unref (label);
}

static void
test_svg (void)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));
  g_autoptr (InbPictureExport) picture = make_picture (label, "Title");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = inb_picture_export_render (picture, INB_PICTURE_SVG, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_nonnull (strstr (text, "<svg"));
  g_assert_nonnull (strstr (text, "width=\"132px\""));
  g_assert_nonnull (strstr (text, "glyph"));
  g_assert_true (strstr (text, "rgb(100%,0%,0%)") != NULL || strstr (text, "rgb(100%, 0%, 0%)") != NULL);
  g_object_unref (label);
}

static gboolean
has_texture (gpointer data)
{
  return gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (data), GDK_TYPE_TEXTURE);
}

static void
test_copies (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("Figure");
  InbPalette palette;
  g_autoptr (InbPictureExport) picture = NULL;

  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  inb_palette_init (&palette, INB_PALETTE_DARK);
  picture = inb_picture_export_new_of_widget (label, "Title", "Note", &palette);
  inb_picture_export_copy (picture, label);
  inb_kit_wait (has_texture, gtk_widget_get_clipboard (label));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/png", test_png);
  g_test_add_func ("/picture/svg", test_svg);
  g_test_add_func ("/picture/copies", test_copies);

  return g_test_run ();
}
