#define G_LOG_DOMAIN "inb-app"

#include "inb-menu-remarks.h"

#include "inb-command.h"

/* What one role may not is told once, however many items it is about. */
static void
add_reason (GPtrArray  *reasons,
            const char *reason)
{
  if (reason != NULL && !g_ptr_array_find_with_equal_func (reasons, reason, g_str_equal, NULL))
    g_ptr_array_add (reasons, (gpointer) reason);
}

/* (transfer full) (nullable) */
static char *
dup_remark (GMenuModel *section,
            InbEdits   *edits)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *action = NULL;
      const InbCommand *command;
      const char *reason = NULL;

      if (!g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;
      command = inb_command_get (action);
      if (command != NULL && command->right >= 0 && !inb_edits_may (edits, command->right, &reason))
        add_reason (reasons, reason);
    }
  if (reasons->len == 0)
    return NULL;

  g_ptr_array_add (reasons, NULL);

  return g_strjoinv (" · ", (char **) reasons->pdata);
}

/**
 * inb_menu_remarks_update:
 * @menu: of sections that have no titles of their own
 * @edits: (nullable): whose user it is; without one nothing is said
 * @but: (nullable): a section whose items say it themselves
 *
 * Titles each section with why the user may not do what is in it, by the rights of inb_command_list().
 */
void
inb_menu_remarks_update (GMenu      *menu,
                         InbEdits   *edits,
                         GMenuModel *but)
{
  GMenuModel *model = G_MENU_MODEL (menu);

  g_return_if_fail (G_IS_MENU (menu));

  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autofree char *remark = section != NULL && edits != NULL ? dup_remark (section, edits) : NULL;
      g_autofree char *shown = NULL;

      g_menu_model_get_item_attribute (model, i, G_MENU_ATTRIBUTE_LABEL, "s", &shown);
      if (section == NULL || section == but || g_strcmp0 (remark, shown) == 0)
        continue;
      g_menu_remove (menu, i);
      g_menu_insert_section (menu, i, remark, section);
    }
}
