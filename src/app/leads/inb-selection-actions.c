#define G_LOG_DOMAIN "inb-app"

#include "inb-selection-actions.h"

#include "inb-lead-picker.h"

#include <glib/gi18n.h>

#define N_USUAL 2 /* that keep their buttons longest */
#define N_ACTIONS (INB_N_LEAD_PICKS + 1)
#define DELETE_KEY "delete"

struct _InbSelectionActions {
  AdwBin                   parent_instance;

  /* Borrowed: children */
  GtkWidget               *buttons[N_ACTIONS];
  GtkMenuButton           *menu_button;

  InbSelectionActionsRoom  room;
  gboolean                 contacts;
};

/* In the order in which they stand. */
static const struct {
  InbLeadPick  pick;  /* INB_N_LEAD_PICKS: delete */
  const char  *label;
  const char  *item;
  const char  *tooltip;
} actions[N_ACTIONS] = {
  { INB_LEAD_PICK_OWNER, N_("Assign"), N_("_Assign…"), N_("Assign the selected leads to a member or a team") },
  { INB_LEAD_PICK_STAGE, N_("Stage"), N_("_Stage…"), N_("Move the selected leads to another stage") },
  { INB_LEAD_PICK_TEMPERATURE, N_("Temperature"), N_("_Temperature…"), N_("Say how warm the selected leads are") },
  { INB_LEAD_PICK_TAG, N_("Tag"), N_("Ta_g…"), N_("Give the selected leads a tag, or take one away") },
  { INB_LEAD_PICK_FOLLOW_UP, N_("Follow-Up"), N_("_Follow-Up…"), N_("Say when to come back to the selected leads") },
  { INB_N_LEAD_PICKS, N_("Delete"), N_("_Delete"), N_("Delete what is selected; it can be undone") },
};

G_DEFINE_FINAL_TYPE (InbSelectionActions, inb_selection_actions, ADW_TYPE_BIN)

static gboolean
has_button (InbSelectionActions *self,
            guint                number)
{
  if (self->contacts)
    return actions[number].pick == INB_N_LEAD_PICKS;

  return self->room == INB_SELECTION_ACTIONS_ALL || (self->room == INB_SELECTION_ACTIONS_SOME && number < N_USUAL);
}

/* (transfer full) */
static char *
dup_action (guint number)
{
  if (actions[number].pick == INB_N_LEAD_PICKS)
    return g_strdup ("table.delete");

  return g_strconcat ("table.edit::", inb_lead_pick_get_key (actions[number].pick), NULL);
}

static void
update (InbSelectionActions *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      g_autofree char *action = dup_action (i);

      gtk_widget_set_visible (self->buttons[i], has_button (self, i));
      if (!self->contacts && !has_button (self, i))
        g_menu_append (menu, _(actions[i].item), action);
    }
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->menu_button), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
  gtk_menu_button_set_label (self->menu_button, self->room == INB_SELECTION_ACTIONS_FOLDED ? _("Change") : _("More"));
}

static GtkWidget *
make_button (guint number)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *action = dup_action (number);

  gtk_box_append (GTK_BOX (box), gtk_label_new (_(actions[number].label)));
  if (actions[number].pick != INB_N_LEAD_PICKS)
    {
      /* The bar is at the window's bottom. */
      gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-up-symbolic"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(actions[number].label), -1);

  return button;
}

static void
inb_selection_actions_class_init (InbSelectionActionsClass *klass)
{
}

static void
inb_selection_actions_init (InbSelectionActions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      self->buttons[i] = make_button (i);
      gtk_box_append (GTK_BOX (box), self->buttons[i]);
    }
  self->menu_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_direction (self->menu_button, GTK_ARROW_UP);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->menu_button));
  adw_bin_set_child (ADW_BIN (self), box);
  update (self);
  inb_selection_actions_set_offered (self, FALSE, NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_selection_actions_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_selection_actions_new (void)
{
  return g_object_new (INB_TYPE_SELECTION_ACTIONS, NULL);
}

void
inb_selection_actions_set_room (InbSelectionActions     *self,
                                InbSelectionActionsRoom  room)
{
  g_return_if_fail (INB_IS_SELECTION_ACTIONS (self));

  if (self->room == room)
    return;

  self->room = room;
  update (self);
}

/**
 * inb_selection_actions_set_offered:
 * @contacts: whether the selection is of contacts without a lead
 * @reason: (nullable): why nothing of it can be done, for the tooltips
 *
 * Whether the buttons can be pressed is the actions' to say; this is what the pointer is told.
 */
void
inb_selection_actions_set_offered (InbSelectionActions *self,
                                   gboolean             contacts,
                                   const char          *reason)
{
  g_return_if_fail (INB_IS_SELECTION_ACTIONS (self));

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      const char *text = reason != NULL ? reason : _(actions[i].tooltip);

      gtk_widget_set_tooltip_text (self->buttons[i], text);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->menu_button), reason == NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), reason);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  reason != NULL ? reason : _("More that can be changed"), -1);
  if (self->contacts != !!contacts)
    {
      self->contacts = !!contacts;
      update (self);
    }
}

/**
 * inb_selection_actions_get_anchor:
 * @key: of an %InbLeadPick
 *
 * Returns: (transfer none): the button that it was asked for with
 */
GtkWidget *
inb_selection_actions_get_anchor (InbSelectionActions *self,
                                  const char          *key)
{
  g_return_val_if_fail (INB_IS_SELECTION_ACTIONS (self), NULL);

  for (guint i = 0; i < N_ACTIONS; i++)
    if (actions[i].pick < INB_N_LEAD_PICKS && g_str_equal (inb_lead_pick_get_key (actions[i].pick), key) && has_button (self, i))
      return self->buttons[i];

  return GTK_WIDGET (self->menu_button);
}
