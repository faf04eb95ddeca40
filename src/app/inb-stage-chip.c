#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-chip.h"

#include "inb-format.h"

#include <glib/gi18n.h>

#define SHAPE_SIZE 10
#define PAD_X 8
#define PAD_Y 3
#define GAP 6
#define LIST_WIDTH 112
#define FILL_ALPHA 0.14f

struct _InbStageChip {
  GtkWidget         parent_instance;

  /* Owned */
  PangoLayout      *layout;
  GtkIconPaintable *shape;
  char             *key;

  const char       *css_class;
  gboolean          in_list;
};

/* The stages every workspace starts with have a look and a translated name; others take the look of their category. */
static const struct {
  const char *key;
  const char *name;
  const char *css_class;
  const char *shape;
} looks[] = {
  { "new", N_("New"), "stage-new", "inb-shape-circle-symbolic" },
  { "contacted", N_("Contacted"), "stage-contacted", "inb-shape-half-symbolic" },
  { "qualified", N_("Qualified"), "stage-qualified", "inb-shape-diamond-symbolic" },
  { "proposal", N_("Proposal"), "stage-proposal", "inb-shape-triangle-symbolic" },
  { "won", N_("Won"), "stage-won", "inb-shape-check-symbolic" },
  { "lost", N_("Lost"), "stage-lost", "inb-shape-cross-symbolic" },
  { NULL, NULL, "stage-open", "inb-shape-square-symbolic" },
};

enum {
  LOOK_WON = 4,
  LOOK_LOST = 5,
  LOOK_OPEN = 6
};

G_DEFINE_FINAL_TYPE (InbStageChip, inb_stage_chip, GTK_TYPE_WIDGET)

static guint
find_look (InbStageSet *stages,
           const char  *key)
{
  for (guint i = 0; i < LOOK_OPEN; i++)
    if (g_str_equal (looks[i].key, key))
      return i;

  if (stages == NULL || inb_stage_set_find (stages, key) == NULL)
    return LOOK_OPEN;

  switch (inb_stage_set_get_category (stages, key))
    {
    case INB_STAGE_CATEGORY_WON:
      return LOOK_WON;
    case INB_STAGE_CATEGORY_LOST:
      return LOOK_LOST;
    case INB_STAGE_CATEGORY_OPEN:
    default:
      return LOOK_OPEN;
    }
}

static void
inb_stage_chip_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  InbStageChip *self = INB_STAGE_CHIP (widget);
  int width = 0;
  int height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      if (!self->in_list)
        {
          pango_layout_set_width (self->layout, -1);
          pango_layout_get_pixel_size (self->layout, &width, NULL);
        }
      *minimum = *natural = self->in_list ? LIST_WIDTH : PAD_X + SHAPE_SIZE + GAP + width + PAD_X;
    }
  else
    {
      pango_layout_get_pixel_size (self->layout, NULL, &height);
      *minimum = *natural = MAX (height, SHAPE_SIZE) + 2 * PAD_Y;
    }
}

static void
inb_stage_chip_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  InbStageChip *self = INB_STAGE_CHIP (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  graphene_rect_t bounds;
  GskRoundedRect pill;
  GdkRGBA color;
  GdkRGBA fill;
  GdkRGBA text;
  int text_width;
  int text_height;
  float pill_width;
  float pill_height;
  float x;
  float y;

  if (self->key == NULL)
    return;

  /* The colour of the style is the stage's; the word keeps the colour of the text around it, which has the contrast. */
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_style_context_get_color (gtk_widget_get_style_context (gtk_widget_get_parent (widget)), &text);
  fill = color;
  fill.alpha *= FILL_ALPHA;

  pango_layout_set_width (self->layout, MAX ((int) width - 2 * PAD_X - SHAPE_SIZE - GAP, 0) * PANGO_SCALE);
  pango_layout_get_pixel_size (self->layout, &text_width, &text_height);
  pill_width = MIN (width, (float) (PAD_X + SHAPE_SIZE + GAP + text_width + PAD_X));
  pill_height = MIN (height, (float) (text_height + 2 * PAD_Y));
  x = rtl ? width - pill_width : 0;
  y = (height - pill_height) / 2;

  graphene_rect_init (&bounds, x, y, pill_width, pill_height);
  gsk_rounded_rect_init_from_rect (&pill, &bounds, pill_height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, &fill, &bounds);
  gtk_snapshot_pop (snapshot);

  if (self->shape != NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? x + pill_width - PAD_X - SHAPE_SIZE : x + PAD_X,
                                                              y + (pill_height - SHAPE_SIZE) / 2));
      gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (self->shape), snapshot, SHAPE_SIZE, SHAPE_SIZE,
                                                &color, 1);
      gtk_snapshot_restore (snapshot);
    }

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? x + PAD_X : x + PAD_X + SHAPE_SIZE + GAP, y + PAD_Y));
  gtk_snapshot_append_layout (snapshot, self->layout, &text);
  gtk_snapshot_restore (snapshot);
}

static void
inb_stage_chip_system_setting_changed (GtkWidget        *widget,
                                       GtkSystemSetting  setting)
{
  pango_layout_context_changed (INB_STAGE_CHIP (widget)->layout);
  GTK_WIDGET_CLASS (inb_stage_chip_parent_class)->system_setting_changed (widget, setting);
}

static void
inb_stage_chip_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  pango_layout_context_changed (INB_STAGE_CHIP (widget)->layout);
  GTK_WIDGET_CLASS (inb_stage_chip_parent_class)->css_changed (widget, change);
}

static void
inb_stage_chip_finalize (GObject *object)
{
  InbStageChip *self = INB_STAGE_CHIP (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->shape);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (inb_stage_chip_parent_class)->finalize (object);
}

static void
inb_stage_chip_class_init (InbStageChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = inb_stage_chip_finalize;
  widget_class->measure = inb_stage_chip_measure;
  widget_class->snapshot = inb_stage_chip_snapshot;
  widget_class->system_setting_changed = inb_stage_chip_system_setting_changed;
  widget_class->css_changed = inb_stage_chip_css_changed;
  gtk_widget_class_set_css_name (widget_class, "stagechip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
inb_stage_chip_init (InbStageChip *self)
{
  self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
}

GtkWidget *
inb_stage_chip_new (gboolean in_list)
{
  InbStageChip *self = g_object_new (INB_TYPE_STAGE_CHIP, "valign", GTK_ALIGN_CENTER, NULL);

  self->in_list = in_list;
  if (!in_list)
    gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);

  return GTK_WIDGET (self);
}

/**
 * inb_stage_chip_get_name:
 * @stages: (nullable): the workspace's stages
 *
 * Returns: (transfer full): the name that the workspace gave the stage; as long as that is ours, its translation
 */
char *
inb_stage_chip_get_name (InbStageSet *stages,
                         const char  *key)
{
  const InbRow *row = stages != NULL ? inb_stage_set_find (stages, key) : NULL;
  const char *name = row != NULL ? inb_row_get (row, INB_STAGE_NAME) : NULL;

  for (guint i = 0; i < LOOK_OPEN; i++)
    if (g_str_equal (looks[i].key, key) && (name == NULL || g_str_equal (looks[i].name, name)))
      return g_strdup (_(looks[i].name));

  return name != NULL ? g_strdup (name) : inb_format_key (key);
}

void
inb_stage_chip_set_stage (InbStageChip *self,
                          InbStageSet  *stages,
                          const char   *key)
{
  g_autofree char *name = NULL;
  guint look;

  g_return_if_fail (INB_IS_STAGE_CHIP (self));

  name = key != NULL ? inb_stage_chip_get_name (stages, key) : g_strdup ("");
  if (g_strcmp0 (self->key, key) == 0 && g_str_equal (pango_layout_get_text (self->layout), name))
    return;

  g_free (self->key);
  self->key = g_strdup (key);
  pango_layout_set_text (self->layout, name, -1);
  if (key != NULL)
    {
      look = find_look (stages, key);
      if (self->css_class != looks[look].css_class)
        {
          if (self->css_class != NULL)
            gtk_widget_remove_css_class (GTK_WIDGET (self), self->css_class);
          self->css_class = looks[look].css_class;
          gtk_widget_add_css_class (GTK_WIDGET (self), self->css_class);
          g_clear_object (&self->shape);
          self->shape = gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self))),
                                                    looks[look].shape, NULL, SHAPE_SIZE,
                                                    gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                                                    gtk_widget_get_direction (GTK_WIDGET (self)),
                                                    GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
        }
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  if (self->in_list)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    gtk_widget_queue_resize (GTK_WIDGET (self));
}
