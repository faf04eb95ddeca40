#define G_LOG_DOMAIN "inb-app"

#include "inb-views-button.h"

#include "inb-view-dialog.h"

#include <glib/gi18n.h>

#define MAX_NAME_CHARS 18
/* Alt+1 … Alt+9 */
#define MAX_KEYS 9

struct _InbViewsButton {
  AdwBin              parent_instance;

  /* Owned */
  InbSession         *session;
  GSimpleActionGroup *actions;
  char               *current;      /* id of the view that is shown, or NULL */
  char               *adding;       /* id of one that has not come back from the replica yet, or NULL */

  /* Borrowed */
  InbLeadTable       *table;
  GtkMenuButton      *button;
  GtkWidget          *icon;
  GtkLabel           *label;

  gboolean            narrow;
  gboolean            applying;
};

G_DEFINE_FINAL_TYPE (InbViewsButton, inb_views_button, ADW_TYPE_BIN)

static InbSavedViews *
get_views (InbViewsButton *self)
{
  return self->session != NULL ? inb_session_get_views (self->session) : NULL;
}

static const InbSavedView *
find_current (InbViewsButton *self)
{
  return self->session != NULL && self->current != NULL ? inb_saved_views_find (get_views (self), self->current) : NULL;
}

static gboolean
is_changed (InbViewsButton     *self,
            const InbSavedView *view)
{
  const InbColumnLayout *layout = inb_lead_table_get_layout (self->table);

  return layout != NULL && (inb_session_get_contacts (self->session) ||
                            !inb_saved_views_match (view, inb_session_get_filter (self->session), layout));
}

/* --- what it shows ------------------------------------------------------------------------------------------------------ */

static void
enable (InbViewsButton *self,
        const char     *name,
        gboolean        enabled)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)), enabled);
}

static void
update_actions (InbViewsButton     *self,
                const InbSavedView *view,
                gboolean            changed)
{
  InbEdits *edits = self->session != NULL ? inb_session_get_edits (self->session) : NULL;
  gboolean may = view != NULL && inb_saved_views_may (get_views (self), view, NULL);
  GAction *apply = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "apply");

  enable (self, "apply", self->session != NULL);
  enable (self, "save-as", edits != NULL && inb_edits_may (edits, INB_RIGHT_EDIT, NULL) &&
          !inb_session_get_contacts (self->session));
  enable (self, "update", may && changed && !inb_session_get_contacts (self->session));
  enable (self, "edit", may);
  enable (self, "delete", may);
  g_simple_action_set_state (G_SIMPLE_ACTION (apply), g_variant_new_string (view != NULL ? view->id : ""));
}

static void
update (InbViewsButton *self)
{
  const InbSavedView *view = find_current (self);
  gboolean changed = view != NULL && is_changed (self, view);
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  if (view == NULL)
    text = g_strdup (_("Views"));
  else
    text = changed ? g_strdup_printf ("%s •", view->name) : g_strdup (view->name);
  if (view == NULL)
    spoken = g_strdup (_("Views"));
  else if (changed)
    /* Translators: the name of a saved view */
    spoken = g_strdup_printf (_("View: %s, changed"), view->name);
  else
    spoken = g_strdup_printf (_("View: %s"), view->name);

  gtk_label_set_text (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->label), !self->narrow);
  gtk_widget_set_visible (self->icon, self->narrow);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), view != NULL ? spoken : _("Saved views"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  update_actions (self, view, changed);
}

static void
on_state_changed (InbViewsButton *self)
{
  if (!self->applying)
    update (self);
}

static void
on_views_changed (InbViewsButton *self)
{
  if (self->adding != NULL && inb_saved_views_find (get_views (self), self->adding) != NULL)
    g_clear_pointer (&self->adding, g_free);
  /* One that was deleted is shown no more; it comes back with undo, but is not chosen then. */
  if (self->current != NULL && self->adding == NULL && find_current (self) == NULL)
    g_clear_pointer (&self->current, g_free);
  update (self);
}

/* --- the menu ----------------------------------------------------------------------------------------------------------- */

/* Mnemonics are of the menu, not of names. */
static char *
escape_underscores (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
append_view (GMenu              *menu,
             const InbSavedView *view,
             guint               number)
{
  g_autofree char *label = escape_underscores (view->name);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *accel = g_strdup_printf ("<Alt>%u", number);

  g_menu_item_set_action_and_target (item, "views.apply", "s", view->id);
  if (number <= MAX_KEYS)
    g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (menu, item);
}

static void
append_views (InbViewsButton *self,
              GMenu          *menu)
{
  g_autoptr (GMenu) own = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  GPtrArray *views = inb_saved_views_get (get_views (self));

  for (guint i = 0; i < views->len; i++)
    {
      const InbSavedView *view = g_ptr_array_index (views, i);

      append_view (view->is_own ? own : others, view, i + 1);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (own)) > 0)
    g_menu_append_section (menu, _("My Views"), G_MENU_MODEL (own));
  if (g_menu_model_get_n_items (G_MENU_MODEL (others)) > 0)
    g_menu_append_section (menu, _("Shared Views"), G_MENU_MODEL (others));
}

/* (transfer full) (nullable): a menu has no tooltips, so the section's title says what is in the way, a line each. */
static char *
dup_refusals (InbViewsButton     *self,
              const InbSavedView *view)
{
  const char *edit = NULL;
  const char *change = NULL;
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  if (inb_session_get_contacts (self->session))
    g_strv_builder_add (lines, _("Views are of leads, not of contacts"));
  if (!inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_EDIT, &edit) && edit != NULL)
    g_strv_builder_add (lines, edit);
  if (view != NULL && !inb_saved_views_may (get_views (self), view, &change) && change != NULL && g_strcmp0 (change, edit) != 0)
    g_strv_builder_add (lines, change);
  all = g_strv_builder_end (lines);

  return all[0] != NULL ? g_strjoinv ("\n", all) : NULL;
}

static void
append_changes (InbViewsButton *self,
                GMenu          *menu)
{
  g_autoptr (GMenu) changes = g_menu_new ();
  const InbSavedView *view = find_current (self);
  g_autofree char *refusals = dup_refusals (self, view);

  g_menu_append (changes, _("_Save View As…"), "views.save-as");
  if (view != NULL)
    {
      g_menu_append (changes, _("Save _Changes"), "views.update");
      g_menu_append (changes, _("_Rename or Share…"), "views.edit");
      g_menu_append (changes, _("_Delete View"), "views.delete");
    }
  g_menu_append_section (menu, refusals, G_MENU_MODEL (changes));
}

static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  InbViewsButton *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) all = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_("_All Leads"), NULL);

  g_menu_item_set_action_and_target (item, "views.apply", "s", "");
  g_menu_append_item (all, item);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (all));
  if (self->session != NULL)
    {
      append_views (self, menu);
      append_changes (self, menu);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

static void
apply (InbViewsButton     *self,
       const InbSavedView *view)
{
  g_autoptr (InbLeadFilter) filter = view != NULL ? inb_lead_filter_copy (view->filter) : inb_lead_filter_new ();
  const InbColumnLayout *shown = inb_lead_table_get_layout (self->table);

  self->applying = TRUE;
  g_free (self->current);
  self->current = view != NULL ? g_strdup (view->id) : NULL;
  if (view != NULL && shown != NULL)
    {
      InbColumnLayout layout = *shown;

      inb_column_layout_set_columns (&layout, view->columns);
      inb_column_layout_set_sort (&layout, view->sort);
      inb_lead_table_set_layout (self->table, &layout);
    }
  inb_session_set_contacts (self->session, FALSE);
  inb_session_set_filter (self->session, filter);
  self->applying = FALSE;
  update (self);
}

static void
on_apply (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  InbViewsButton *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  const InbSavedView *view = self->session != NULL ? inb_saved_views_find (get_views (self), id) : NULL;

  if (self->session != NULL && (view != NULL || *id == '\0'))
    apply (self, view);
}

static void
save_as (const char *name,
         gboolean    is_shared,
         gpointer    user_data)
{
  InbViewsButton *self = user_data;
  const InbColumnLayout *layout = inb_lead_table_get_layout (self->table);

  if (self->session == NULL || layout == NULL)
    return;

  g_free (self->adding);
  g_free (self->current);
  self->adding = inb_saved_views_add (get_views (self), name, is_shared, inb_session_get_filter (self->session), layout);
  self->current = g_strdup (self->adding);
}

static const char *
get_sharing_reason (InbViewsButton *self)
{
  const char *reason = NULL;

  inb_edits_may (inb_session_get_edits (self->session), INB_RIGHT_SHARE_VIEWS, &reason);

  return reason;
}

static void
on_save_as (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  InbViewsButton *self = user_data;

  inb_view_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Save View"), NULL, FALSE,
                           get_sharing_reason (self), save_as, g_object_ref (self), g_object_unref);
}

static void
on_update (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  InbViewsButton *self = user_data;

  if (self->current != NULL)
    inb_saved_views_update (get_views (self), self->current, inb_session_get_filter (self->session),
                            inb_lead_table_get_layout (self->table));
}

static void
rename_current (const char *name,
                gboolean    is_shared,
                gpointer    user_data)
{
  InbViewsButton *self = user_data;

  if (self->session != NULL && self->current != NULL)
    inb_saved_views_rename (get_views (self), self->current, name, is_shared);
}

static void
on_edit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  InbViewsButton *self = user_data;
  const InbSavedView *view = find_current (self);

  if (view != NULL)
    inb_view_dialog_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("Rename or Share View"), view->name,
                             view->is_shared, get_sharing_reason (self), rename_current, g_object_ref (self), g_object_unref);
}

static void
on_delete (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  InbViewsButton *self = user_data;

  if (self->current != NULL)
    inb_saved_views_remove (get_views (self), self->current);
}

/* --- life --------------------------------------------------------------------------------------------------------------- */

static void
inb_views_button_dispose (GObject *object)
{
  InbViewsButton *self = INB_VIEWS_BUTTON (object);

  if (self->button != NULL)
    {
      gtk_menu_button_set_create_popup_func (self->button, NULL, NULL, NULL);
      inb_views_button_set_session (self, NULL);
    }
  self->button = NULL;
  g_clear_object (&self->actions);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->adding, g_free);

  G_OBJECT_CLASS (inb_views_button_parent_class)->dispose (object);
}

static void
inb_views_button_class_init (InbViewsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_views_button_dispose;
}

static void
inb_views_button_init (InbViewsButton *self)
{
  static const GActionEntry entries[] = {
    { .name = "apply", .activate = on_apply, .parameter_type = "s", .state = "''" },
    { .name = "save-as", .activate = on_save_as },
    { .name = "update", .activate = on_update },
    { .name = "edit", .activate = on_edit },
    { .name = "delete", .activate = on_delete },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "views", G_ACTION_GROUP (self->actions));

  self->icon = gtk_image_new_from_icon_name ("user-bookmarks-symbolic");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, MAX_NAME_CHARS);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, box);
  gtk_menu_button_set_create_popup_func (self->button, make_menu, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_views_button_new:
 * @table: whose columns belong to a view
 *
 * Returns: (transfer floating): without views until it has a session
 */
InbViewsButton *
inb_views_button_new (InbLeadTable *table)
{
  InbViewsButton *self = g_object_new (INB_TYPE_VIEWS_BUTTON, NULL);

  self->table = table;
  g_signal_connect_object (table, "layout-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

/**
 * inb_views_button_set_session:
 * @session: (nullable): whose views are offered; none of them is shown at first
 */
void
inb_views_button_set_session (InbViewsButton *self,
                              InbSession     *session)
{
  g_return_if_fail (INB_IS_VIEWS_BUTTON (self));

  if (self->session == session)
    return;

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (get_views (self), self);
      g_signal_handlers_disconnect_by_data (inb_session_get_edits (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  g_clear_pointer (&self->current, g_free);
  g_clear_pointer (&self->adding, g_free);
  if (session != NULL)
    {
      g_signal_connect_object (get_views (self), "changed", G_CALLBACK (on_views_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (inb_session_get_edits (session), "notify::role", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "filter-changed", G_CALLBACK (on_state_changed), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

void
inb_views_button_apply_number (InbViewsButton *self,
                               guint           number)
{
  GPtrArray *views;

  g_return_if_fail (INB_IS_VIEWS_BUTTON (self));

  views = self->session != NULL ? inb_saved_views_get (get_views (self)) : NULL;
  if (views != NULL && number >= 1 && number <= views->len)
    apply (self, g_ptr_array_index (views, number - 1));
}

void
inb_views_button_set_narrow (InbViewsButton *self,
                             gboolean        narrow)
{
  g_return_if_fail (INB_IS_VIEWS_BUTTON (self));

  self->narrow = narrow;
  update (self);
}
