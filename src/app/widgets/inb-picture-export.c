#define G_LOG_DOMAIN "inb-app"

#include "inb-picture-export.h"

#include "inb-file-export.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>

#define MARGIN 16
#define LINE_GAP 4
#define SCALE 2.0
/* Cairo's own limit is 32,767 a side; the other keeps the memory below 200 MB. */
#define MAX_SIDE 32000.0
#define MAX_PIXELS 48e6

struct _InbPictureExport {
  GObject          parent_instance;

  /* Owned */
  cairo_surface_t *drawing;   /* recorded once on the main loop, then only replayed: on any thread */

  double           width;
  double           height;
};

G_DEFINE_FINAL_TYPE (InbPictureExport, inb_picture_export, G_TYPE_OBJECT)

static void
inb_picture_export_finalize (GObject *object)
{
  InbPictureExport *self = INB_PICTURE_EXPORT (object);

  g_clear_pointer (&self->drawing, cairo_surface_destroy);

  G_OBJECT_CLASS (inb_picture_export_parent_class)->finalize (object);
}

static void
inb_picture_export_class_init (InbPictureExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_picture_export_finalize;
}

static void
inb_picture_export_init (InbPictureExport *self)
{
}

static PangoLayout *
make_line (GtkWidget  *widget,
           const char *text,
           double      scale,
           gboolean    bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

/* Makes room for the line, if there is one. */
static void
measure_line (InbPictureExport *self,
              PangoLayout      *line)
{
  int width;
  int height;

  if (line == NULL)
    return;

  pango_layout_get_pixel_size (line, &width, &height);
  self->width = MAX (self->width, width + 2 * MARGIN);
  self->height += height + LINE_GAP;
}

static void
draw_line (cairo_t       *cr,
           PangoLayout   *line,
           const GdkRGBA *color)
{
  int height;

  if (line == NULL)
    return;

  pango_layout_get_pixel_size (line, NULL, &height);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, line);
  cairo_translate (cr, 0, height + LINE_GAP);
}

/**
 * inb_picture_export_new:
 * @node: (nullable): what to draw
 * @title: (nullable): what it shows
 * @note: (nullable): of what, and when
 *
 * Returns: (transfer full): the picture, on its background and with a margin
 */
InbPictureExport *
inb_picture_export_new (GtkWidget        *widget,
                        GskRenderNode    *node,
                        int               width,
                        int               height,
                        const char       *title,
                        const char       *note,
                        const InbPalette *palette)
{
  InbPictureExport *self = g_object_new (INB_TYPE_PICTURE_EXPORT, NULL);
  g_autoptr (PangoLayout) title_line = NULL;
  g_autoptr (PangoLayout) note_line = NULL;
  cairo_t *cr;

  if (title != NULL)
    title_line = make_line (widget, title, 1.2, TRUE);
  if (note != NULL)
    note_line = make_line (widget, note, 0.95, FALSE);
  self->width = width + 2 * MARGIN;
  self->height = height + 2 * MARGIN + (title_line != NULL || note_line != NULL ? LINE_GAP : 0);
  measure_line (self, title_line);
  measure_line (self, note_line);

  self->drawing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA,
                                                  &(cairo_rectangle_t) { 0, 0, self->width, self->height });
  cr = cairo_create (self->drawing);
  gdk_cairo_set_source_rgba (cr, &palette->background);
  cairo_paint (cr);
  cairo_translate (cr, MARGIN, MARGIN);
  draw_line (cr, title_line, &palette->text);
  draw_line (cr, note_line, &palette->dim_text);
  if (title_line != NULL || note_line != NULL)
    cairo_translate (cr, 0, LINE_GAP);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);

  return self;
}

/**
 * inb_picture_export_new_of_widget:
 * @widget: on the screen, or at least laid out
 *
 * Returns: (transfer full): what @widget shows, with all its children
 */
InbPictureExport *
inb_picture_export_new_of_widget (GtkWidget        *widget,
                                  const char       *title,
                                  const char       *note,
                                  const InbPalette *palette)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GdkPaintable) image = gdk_paintable_get_current_image (paintable);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GskRenderNode *node;
  InbPictureExport *self;

  gdk_paintable_snapshot (image, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  self = inb_picture_export_new (widget, node, width, height, title, note, palette);
  g_clear_pointer (&node, gsk_render_node_unref);

  return self;
}

static cairo_status_t
append_bytes (gpointer             closure,
              const unsigned char *data,
              unsigned int         length)
{
  g_byte_array_append (closure, data, length);

  return CAIRO_STATUS_SUCCESS;
}

/* On @surface in its own units. */
static cairo_status_t
replay (InbPictureExport *self,
        cairo_surface_t  *surface,
        double            scale)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->drawing, 0, 0);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);

  return status;
}

static cairo_status_t
render_png (InbPictureExport *self,
            GByteArray       *bytes)
{
  double scale = MIN (SCALE, MIN (sqrt (MAX_PIXELS / (self->width * self->height)), MAX_SIDE / MAX (self->width, self->height)));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (self->width * scale),
                                                         (int) ceil (self->height * scale));
  cairo_status_t status = replay (self, surface, scale);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);

  return status;
}

static cairo_status_t
render_svg (InbPictureExport *self,
            GByteArray       *bytes)
{
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, self->width, self->height);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  status = replay (self, surface, 1);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

/**
 * inb_picture_export_render:
 *
 * PNG has two pixels for one on the screen, fewer only where the picture would become huge.
 *
 * Returns: (transfer full): the file's contents
 */
GBytes *
inb_picture_export_render (InbPictureExport  *self,
                           InbPictureFormat   format,
                           GError           **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status;

  g_return_val_if_fail (INB_IS_PICTURE_EXPORT (self), NULL);

  status = format == INB_PICTURE_SVG ? render_svg (self, bytes) : render_png (self, bytes);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "drawing the picture: %s", cairo_status_to_string (status));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
make_png (gpointer   data,
          GError   **error)
{
  return inb_picture_export_render (data, INB_PICTURE_PNG, error);
}

static GBytes *
make_svg (gpointer   data,
          GError   **error)
{
  return inb_picture_export_render (data, INB_PICTURE_SVG, error);
}

/**
 * inb_picture_export_save:
 * @name: proposed, without an ending
 * @widget: in whose window to ask
 */
void
inb_picture_export_save (InbPictureExport *self,
                         InbPictureFormat  format,
                         const char       *name,
                         GtkWidget        *widget)
{
  gboolean is_svg = format == INB_PICTURE_SVG;
  g_autofree char *file_name = NULL;

  g_return_if_fail (INB_IS_PICTURE_EXPORT (self));

  file_name = g_strconcat (name, is_svg ? ".svg" : ".png", NULL);
  inb_file_export_run (widget, file_name, is_svg ? _("SVG picture") : _("PNG picture"), is_svg ? "image/svg+xml" : "image/png",
                       is_svg ? make_svg : make_png, g_object_ref (self), g_object_unref);
}

static void
render_for_clipboard (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = inb_picture_export_render (task_data, INB_PICTURE_PNG, &error);
  g_autoptr (GdkTexture) texture = bytes != NULL ? gdk_texture_new_from_bytes (bytes, &error) : NULL;

  if (texture != NULL)
    g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_rendered (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (source)), texture);
  else
    inb_file_export_show_error (GTK_WIDGET (source), _("The Picture Could Not Be Copied"), error);
}

/**
 * inb_picture_export_copy:
 * @widget: whose clipboard
 *
 * Puts the picture into the clipboard, as soon as it is drawn.
 */
void
inb_picture_export_copy (InbPictureExport *self,
                         GtkWidget        *widget)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (INB_IS_PICTURE_EXPORT (self));

  task = g_task_new (widget, NULL, on_rendered, NULL);
  g_task_set_task_data (task, g_object_ref (self), g_object_unref);
  g_task_run_in_thread (task, render_for_clipboard);
}
