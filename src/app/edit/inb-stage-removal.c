#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-removal.h"

#include "inb-stage-chip.h"

#include <glib/gi18n.h>

typedef struct {
  /* Owned */
  GtkWindow       *parent;
  InbStageRow     *row;
  GPtrArray       *keys;      /* of the targets, in the order of the list */

  /* Borrowed: a child of the question; NULL: none is needed */
  GtkDropDown     *targets;

  InbStageRemoved  removed;
  gpointer         user_data;
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->parent);
  g_object_unref (removal->row);
  g_ptr_array_unref (removal->keys);
  g_free (removal);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Removal *removal = user_data;
  guint selected = removal->targets != NULL ? gtk_drop_down_get_selected (removal->targets) : GTK_INVALID_LIST_POSITION;

  if (g_str_equal (response, "remove"))
    removal->removed (removal->row, selected < removal->keys->len ? g_ptr_array_index (removal->keys, selected) : NULL,
                      removal->user_data);
}

/* All that have a key but @stage itself. */
static GtkWidget *
make_targets (GPtrArray    *stages,
              const InbRow *stage,
              GPtrArray    *keys)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *targets;

  for (guint i = 0; i < stages->len; i++)
    {
      const InbRow *other = g_ptr_array_index (stages, i);
      const char *key = inb_row_get (other, INB_STAGE_KEY);
      const char *name = inb_stage_chip_show_name (key, inb_row_get (other, INB_STAGE_NAME));

      if (other == stage || key == NULL)
        continue;
      gtk_string_list_append (names, name != NULL ? name : key);
      g_ptr_array_add (keys, g_strdup (key));
    }
  targets = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (targets), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Its leads go to"), -1);

  return targets;
}

/**
 * inb_stage_removal_ask:
 * @row: of the stage that shall go
 */
void
inb_stage_removal_ask (GtkWindow       *parent,
                       InbStageRow     *row,
                       GPtrArray       *stages,
                       InbStageRemoved  removed,
                       gpointer         user_data)
{
  InbRow *stage = inb_stage_row_get_stage (row);
  const char *name = inb_stage_chip_show_name (inb_row_get (stage, INB_STAGE_KEY), inb_row_get (stage, INB_STAGE_NAME));
  gboolean is_new = inb_row_get (stage, INB_STAGE_KEY) == NULL;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, NULL, is_new ? NULL : _("Its leads go to:")));
  Removal *removal = g_new0 (Removal, 1);

  removal->parent = g_object_ref (parent);
  removal->row = g_object_ref (row);
  removal->keys = g_ptr_array_new_with_free_func (g_free);
  removal->removed = removed;
  removal->user_data = user_data;
  adw_message_dialog_format_heading (dialog, _("Remove the Stage “%s”?"), name != NULL ? name : _("New Stage"));
  if (!is_new)
    {
      removal->targets = GTK_DROP_DOWN (make_targets (stages, stage, removal->keys));
      adw_message_dialog_set_extra_child (dialog, GTK_WIDGET (removal->targets));
    }
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), removal, removal_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
