#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-chip.h"

#include "inb-format.h"

#include <glib/gi18n.h>

#define LIST_WIDTH 112

struct _InbStageChip {
  InbShapeLabel  parent_instance;

  /* Owned */
  char          *key;
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

G_DEFINE_FINAL_TYPE (InbStageChip, inb_stage_chip, INB_TYPE_SHAPE_LABEL)

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
inb_stage_chip_finalize (GObject *object)
{
  g_free (INB_STAGE_CHIP (object)->key);

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
  InbShapeLabel *label;
  g_autofree char *name = NULL;
  guint look;

  g_return_if_fail (INB_IS_STAGE_CHIP (self));

  label = INB_SHAPE_LABEL (self);
  name = key != NULL ? inb_stage_chip_get_name (stages, key) : g_strdup ("");
  if (g_strcmp0 (self->key, key) == 0 && g_str_equal (inb_shape_label_get_text (label), name))
    return;

  g_free (self->key);
  self->key = g_strdup (key);
  if (key == NULL)
    {
      inb_shape_label_set (label, "", NULL, NULL);
      return;
    }
  look = find_look (stages, key);
  inb_shape_label_set (label, name, looks[look].shape, looks[look].css_class);
}
