#define G_LOG_DOMAIN "inb-app"

#include "inb-heat-map-view-private.h"

#define STALE_OPACITY 0.45
#define PICTURE_WIDTH 1200

static GskRenderNode *
draw (InbHeatMapView *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, (float) self->layout.width, (float) self->layout.height);

  gtk_snapshot_append_color (snapshot, &inb_heat_map_painter_get_palette (self->painter)->background, &all);
  if (self->stale)
    gtk_snapshot_push_opacity (snapshot, STALE_OPACITY);
  inb_heat_map_painter_paint (self->painter, snapshot, &self->layout, inb_heat_map_view_is_rtl (self));
  if (self->stale)
    gtk_snapshot_pop (snapshot);

  return gtk_snapshot_free_to_node (snapshot);
}

static gboolean
has_visible_focus (InbHeatMapView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return gtk_widget_has_focus (inb_heat_map_cursor_get_cell (&self->cursor)) && GTK_IS_WINDOW (root) &&
         gtk_window_get_focus_visible (GTK_WINDOW (root));
}

static void
outline (InbHeatMapView *self,
         GtkSnapshot    *snapshot,
         guint           row,
         guint           column,
         gboolean        strong)
{
  graphene_rect_t body = inb_heat_map_layout_get_body (&self->layout);
  graphene_rect_t clip = inb_heat_map_mirror (&body, self->layout.width, inb_heat_map_view_is_rtl (self));
  gboolean inside = row < self->layout.n_rows && column < self->layout.n_columns;

  /* Cells are seen in the body only; totals lie beside it. */
  graphene_rect_inset (&clip, -INB_HEAT_MAP_GAP, -INB_HEAT_MAP_GAP);
  if (inside)
    gtk_snapshot_push_clip (snapshot, &clip);
  inb_heat_map_painter_outline (self->painter, snapshot, &self->layout, row, column, strong, inb_heat_map_view_is_rtl (self));
  if (inside)
    gtk_snapshot_pop (snapshot);
}

void
inb_heat_map_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  InbHeatMapView *self = INB_HEAT_MAP_VIEW (widget);

  if (self->drawing == NULL)
    self->drawing = draw (self);
  if (self->drawing != NULL)
    gtk_snapshot_append_node (snapshot, self->drawing);
  if (self->grid == NULL)
    return;

  if (self->hover.is_inside)
    outline (self, snapshot, self->hover.first, self->hover.second, FALSE);
  if (has_visible_focus (self))
    outline (self, snapshot, self->cursor.row, self->cursor.column, TRUE);
}

/**
 * inb_heat_map_view_draw_all:
 * @width: (out): of what was drawn
 * @height: (out): of what was drawn
 *
 * Returns: (transfer full) (nullable): the whole map, however much of it is on the screen
 */
GskRenderNode *
inb_heat_map_view_draw_all (InbHeatMapView *self,
                            int            *width,
                            int            *height)
{
  GtkSnapshot *snapshot;
  InbHeatMapLayout layout;
  const InbHeatMapTexts *texts;

  g_return_val_if_fail (INB_IS_HEAT_MAP_VIEW (self), NULL);

  *width = 0;
  *height = 0;
  if (self->grid == NULL)
    return NULL;

  texts = inb_heat_map_painter_get_texts (self->painter);
  inb_heat_map_layout_init (&layout, texts, self->grid->n_rows, self->grid->n_columns, PICTURE_WIDTH, 0);
  layout.width = *width = inb_heat_map_layout_get_content_width (&layout);
  layout.height = *height = inb_heat_map_layout_get_content_height (&layout);
  snapshot = gtk_snapshot_new ();
  inb_heat_map_painter_paint (self->painter, snapshot, &layout, inb_heat_map_view_is_rtl (self));

  return gtk_snapshot_free_to_node (snapshot);
}
