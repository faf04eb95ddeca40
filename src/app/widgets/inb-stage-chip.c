#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-chip.h"

#include "inb-format.h"

#include <glib/gi18n.h>

#define LIST_WIDTH 112

struct _InbStageChip {
  InbShapeLabel  parent_instance;

  /* Owned */
  char          *key;
  char          *color;
};

/* The stages every workspace starts with have a shape and a translated name; others take the shape of their category. The colour
 * is the workspace's, and the style's until that is known. */
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

G_DEFINE_FINAL_TYPE (InbStageChip, inb_stage_chip, INB_TYPE_SHAPE_LABEL)

static guint
find_look (const char *key,
           const char *category)
{
  for (guint i = 0; key != NULL && i < LOOK_OPEN; i++)
    if (g_str_equal (looks[i].key, key))
      return i;

  if (g_strcmp0 (category, looks[LOOK_WON].key) == 0)
    return LOOK_WON;

  return g_strcmp0 (category, looks[LOOK_LOST].key) == 0 ? LOOK_LOST : LOOK_OPEN;
}

static void
draw (InbShapeLabel *label,
      const char    *text,
      guint          look,
      const char    *color)
{
  GdkRGBA rgba;
  gboolean has_color = color != NULL && gdk_rgba_parse (&rgba, color);

  inb_shape_label_set (label, text, looks[look].shape, looks[look].css_class);
  inb_shape_label_set_color (label, has_color ? &rgba : NULL);
}

void
inb_stage_chip_draw (InbShapeLabel *label,
                     const InbRow  *stage,
                     const char    *text)
{
  draw (label, text, find_look (inb_row_get (stage, INB_STAGE_KEY), inb_row_get (stage, INB_STAGE_CATEGORY)),
        inb_row_get (stage, INB_STAGE_COLOR));
}

static void
inb_stage_chip_finalize (GObject *object)
{
  g_free (INB_STAGE_CHIP (object)->key);
  g_free (INB_STAGE_CHIP (object)->color);

  G_OBJECT_CLASS (inb_stage_chip_parent_class)->finalize (object);
}

static void
inb_stage_chip_class_init (InbStageChipClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_stage_chip_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "stagechip");
}

static void
inb_stage_chip_init (InbStageChip *self)
{
  inb_shape_label_set_is_pill (INB_SHAPE_LABEL (self), TRUE);
}

GtkWidget *
inb_stage_chip_new (gboolean in_list)
{
  GtkWidget *self = g_object_new (INB_TYPE_STAGE_CHIP, NULL);

  if (in_list)
    inb_shape_label_set_width (INB_SHAPE_LABEL (self), LIST_WIDTH);
  else
    gtk_widget_set_halign (self, GTK_ALIGN_START);

  return self;
}

/* Which of ours it still is, as named by us, or LOOK_OPEN. */
static guint
find_unnamed (const char *key,
              const char *name)
{
  for (guint i = 0; key != NULL && i < LOOK_OPEN; i++)
    if (g_str_equal (looks[i].key, key) && (name == NULL || g_str_equal (looks[i].name, name)))
      return i;

  return LOOK_OPEN;
}

/**
 * inb_stage_chip_show_name:
 * @name: (nullable): as the workspace has it
 *
 * Returns: (nullable): @name, or our own translated
 */
const char *
inb_stage_chip_show_name (const char *key,
                          const char *name)
{
  guint look = find_unnamed (key, name);

  return look < LOOK_OPEN ? _(looks[look].name) : name;
}

/**
 * inb_stage_chip_keep_name:
 * @shown: as inb_stage_chip_show_name() says it, or what was typed in its place
 *
 * Returns: what the workspace keeps: a translation of ours is not a name of its own
 */
const char *
inb_stage_chip_keep_name (const char *key,
                          const char *shown)
{
  guint look = find_unnamed (key, NULL);

  return look < LOOK_OPEN && g_str_equal (shown, _(looks[look].name)) ? looks[look].name : shown;
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

  const char *shown = inb_stage_chip_show_name (key, name);

  return shown != NULL ? g_strdup (shown) : inb_format_key (key);
}

void
inb_stage_chip_set_stage (InbStageChip *self,
                          InbStageSet  *stages,
                          const char   *key)
{
  InbShapeLabel *label;
  const InbRow *row;
  const char *color;
  g_autofree char *name = NULL;

  g_return_if_fail (INB_IS_STAGE_CHIP (self));

  label = INB_SHAPE_LABEL (self);
  name = key != NULL ? inb_stage_chip_get_name (stages, key) : g_strdup ("");
  row = stages != NULL && key != NULL ? inb_stage_set_find (stages, key) : NULL;
  color = row != NULL ? inb_row_get (row, INB_STAGE_COLOR) : NULL;
  if (g_strcmp0 (self->key, key) == 0 && g_strcmp0 (self->color, color) == 0 && g_str_equal (inb_shape_label_get_text (label), name))
    return;

  g_free (self->key);
  self->key = g_strdup (key);
  g_free (self->color);
  self->color = g_strdup (color);
  if (key == NULL)
    {
      inb_shape_label_set (label, "", NULL, NULL);
      return;
    }
  draw (label, name, find_look (key, row != NULL ? inb_row_get (row, INB_STAGE_CATEGORY) : NULL), color);
}
