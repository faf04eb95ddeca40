#define G_LOG_DOMAIN "inb-app"

#include "inb-roster-row.h"

#define PICTURE_SIZE 32 /* pixels */

struct _InbRosterRow {
  AdwActionRow  parent_instance;

  /* Borrowed: children */
  AdwAvatar    *picture;    /* NULL: none */
  GtkWidget    *button;

  /* Static */
  const char   *action;
};

G_DEFINE_FINAL_TYPE (InbRosterRow, inb_roster_row, ADW_TYPE_ACTION_ROW)

static void
inb_roster_row_class_init (InbRosterRowClass *klass)
{
}

static void
inb_roster_row_init (InbRosterRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

static GtkWidget *
new_row (const InbRosterRowKind *kind)
{
  InbRosterRow *self = g_object_new (INB_TYPE_ROSTER_ROW, NULL);

  if (kind->has_picture)
    {
      self->picture = ADW_AVATAR (adw_avatar_new (PICTURE_SIZE, NULL, TRUE));
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
      adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->picture));
    }
  self->button = kind->button != NULL ? gtk_button_new_with_label (kind->button) : gtk_button_new_from_icon_name ("go-next-symbolic");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  self->action = kind->action;
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  if (kind->button == NULL)
    {
      /* The row itself takes the keyboard. */
      gtk_widget_set_focusable (self->button, FALSE);
      gtk_widget_add_css_class (self->button, "flat");
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
    }
  else
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
    }

  return GTK_WIDGET (self);
}

InbRosterRow *
inb_roster_row_ensure (GtkListBox             *list,
                       guint                   place,
                       const InbRosterRowKind *kind)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) place);

  if (row == NULL)
    {
      GtkWidget *added = new_row (kind);

      gtk_list_box_append (list, added);
      row = GTK_LIST_BOX_ROW (added);
    }

  return INB_ROSTER_ROW (row);
}

void
inb_roster_row_trim (GtkListBox *list,
                     guint       n)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, (int) n)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (list), n > 0);
}

void
inb_roster_row_set (InbRosterRow *self,
                    const char   *id,
                    const char   *title,
                    const char   *subtitle,
                    const char   *spoken)
{
  g_return_if_fail (INB_IS_ROSTER_ROW (self) && id != NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (self->picture != NULL)
    adw_avatar_set_text (self->picture, title);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", id);
  /* GTK warns of an action that wants a target before it has one. */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), self->action);
  gtk_widget_set_tooltip_text (self->button, spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

void
inb_roster_row_set_is_program (InbRosterRow *self,
                               gboolean      is_program)
{
  g_return_if_fail (INB_IS_ROSTER_ROW (self) && self->picture != NULL);

  adw_avatar_set_icon_name (self->picture, is_program ? "computer-symbolic" : NULL);
  adw_avatar_set_show_initials (self->picture, !is_program);
}
