#define G_LOG_DOMAIN "inb-app"

#include "inb-workspace-switcher.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_NAME_CHARS 22

struct _InbWorkspaceSwitcher {
  AdwBin         parent_instance;

  /* Owned */
  InbWorkspaces *workspaces;

  /* Borrowed: children */
  GtkMenuButton *button;
  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (InbWorkspaceSwitcher, inb_workspace_switcher, ADW_TYPE_BIN)

/* The server is said where there is more than one place that a workspace can be in. */
static char *
make_label (const InbConnection *connection,
            gboolean             several_places)
{
  g_autofree char *host = inb_connection_get_host (connection);

  if (!several_places)
    return g_strdup (connection->name);

  return g_strdup_printf ("%s · %s", connection->name, host != NULL ? host : _("This computer"));
}

static gboolean
has_several_places (GPtrArray *list)
{
  for (guint i = 1; i < list->len; i++)
    {
      const InbConnection *first = g_ptr_array_index (list, 0);
      const InbConnection *other = g_ptr_array_index (list, i);

      if (g_strcmp0 (first->server, other->server) != 0)
        return TRUE;
    }

  return FALSE;
}

/* Mnemonics are of the menu, not of names. */
static char *
escape_underscores (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
add_workspaces (InbWorkspaceSwitcher *self,
                GMenu                *menu)
{
  g_autoptr (GPtrArray) list = inb_workspaces_list (self->workspaces);
  gboolean several_places = has_several_places (list);

  for (guint i = 0; i < list->len; i++)
    {
      const InbConnection *connection = g_ptr_array_index (list, i);
      g_autofree char *plain = make_label (connection, several_places);
      g_autofree char *label = escape_underscores (plain);
      g_autofree char *key = inb_connection_get_key (connection);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "app.open-workspace", "s", key);
      g_menu_append_item (menu, item);
    }
}

static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  InbWorkspaceSwitcher *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) known = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();

  if (self->workspaces != NULL)
    add_workspaces (self, known);
  g_menu_append (change, _("_Connect To…"), "app.connect");
  g_menu_append (change, _("_Remove From This Computer…"), "app.remove-workspace");
  g_menu_append_section (menu, _("Workspaces"), G_MENU_MODEL (known));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
inb_workspace_switcher_dispose (GObject *object)
{
  InbWorkspaceSwitcher *self = INB_WORKSPACE_SWITCHER (object);

  if (self->button != NULL)
    gtk_menu_button_set_create_popup_func (self->button, NULL, NULL, NULL);
  self->button = NULL;
  g_clear_object (&self->workspaces);

  G_OBJECT_CLASS (inb_workspace_switcher_parent_class)->dispose (object);
}

static void
inb_workspace_switcher_class_init (InbWorkspaceSwitcherClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_workspace_switcher_dispose;
}

static void
inb_workspace_switcher_init (InbWorkspaceSwitcher *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, MAX_NAME_CHARS);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "heading");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, box);
  gtk_menu_button_set_create_popup_func (self->button, make_menu, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Workspaces"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  inb_workspace_switcher_set_name (self, NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

void
inb_workspace_switcher_set_workspaces (InbWorkspaceSwitcher *self,
                                       InbWorkspaces        *workspaces)
{
  g_return_if_fail (INB_IS_WORKSPACE_SWITCHER (self));

  g_set_object (&self->workspaces, workspaces);
}

/**
 * inb_workspace_switcher_set_name:
 * @name: (nullable): of the workspace that is shown
 */
void
inb_workspace_switcher_set_name (InbWorkspaceSwitcher *self,
                                 const char           *name)
{
  const char *text = name != NULL ? name : _("Inbound Leads");
  g_autofree char *spoken = NULL;

  g_return_if_fail (INB_IS_WORKSPACE_SWITCHER (self));

  spoken = g_strdup_printf (_("Workspace: %s"), text);
  gtk_label_set_text (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
