#define G_LOG_DOMAIN "inb-app"

#include "inb-problem-bar.h"

#include "inb-accessible.h"

#define MARGIN 4 /* pixels above and below the words */

struct _InbProblemBar {
  AdwBin       parent_instance;

  /* Borrowed: children */
  GtkRevealer *revealer;
  GtkLabel    *label;
  GtkWidget   *button;
};

enum {
  PROP_BUTTON_LABEL = 1,
  PROP_ACTION_NAME,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (InbProblemBar, inb_problem_bar, ADW_TYPE_BIN)

static void
inb_problem_bar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  InbProblemBar *self = INB_PROBLEM_BAR (object);

  switch (prop_id)
    {
    case PROP_BUTTON_LABEL:
      gtk_button_set_label (GTK_BUTTON (self->button), g_value_get_string (value));
      break;

    case PROP_ACTION_NAME:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_problem_bar_class_init (InbProblemBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = inb_problem_bar_set_property;

  props[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
inb_problem_bar_init (InbProblemBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0.0f);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_margin_top (GTK_WIDGET (self->label), MARGIN);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->label), MARGIN);
  self->button = gtk_button_new ();
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_widget_add_css_class (box, "offline-bar");

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_child (self->revealer, box);
  inb_accessible_follow_revealer (self->revealer);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

/**
 * inb_problem_bar_show:
 * @text: (nullable): what is wrong and what to do, a sentence or two; %NULL: nothing is
 */
void
inb_problem_bar_show (InbProblemBar *self,
                      const char    *text,
                      gboolean       with_button)
{
  g_return_if_fail (INB_IS_PROBLEM_BAR (self));

  /* What slides away keeps its words. */
  if (text != NULL)
    {
      gtk_label_set_text (self->label, text);
      gtk_widget_set_visible (self->button, with_button);
    }
  gtk_revealer_set_reveal_child (self->revealer, text != NULL);
}
