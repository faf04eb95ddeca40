#define G_LOG_DOMAIN "inb-app"

#include "inb-menu-remarks.h"

#include "inb-command.h"

#include <glib/gi18n.h>

/* What one role may not is told once, however many items it is about. */
static void
add_reason (GPtrArray  *reasons,
            const char *reason)
{
  if (reason != NULL && !g_ptr_array_find_with_equal_func (reasons, reason, g_str_equal, NULL))
    g_ptr_array_add (reasons, (gpointer) reason);
}

/* The role is in the way, or that the service is away, where nothing else can answer. */
static const char *
get_refusal (const InbCommand *command,
             InbEdits         *edits,
             gboolean          online)
{
  const char *reason = NULL;

  if (command->right < 0)
    return NULL;
  inb_edits_may (edits, command->right, &reason);

  return reason == NULL && command->right == INB_RIGHT_USERS && !online ? _(command->missing) : reason;
}

/* (transfer full) (nullable) */
static char *
dup_remark (GMenuModel *section,
            InbEdits   *edits,
            gboolean    online)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new ();

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autofree char *action = NULL;
      const InbCommand *command;

      if (!g_menu_model_get_item_attribute (section, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;
      command = inb_command_get (action);
      if (command != NULL)
        add_reason (reasons, get_refusal (command, edits, online));
    }
  if (reasons->len == 0)
    return NULL;

  g_ptr_array_add (reasons, NULL);

  /* Side by side they would make the whole menu wide. */
  return g_strjoinv ("\n", (char **) reasons->pdata);
}

static void
append_item (GMenu      *menu,
             GMenuModel *from,
             int         i,
             const char *label)
{
  g_autoptr (GMenuItem) item = g_menu_item_new_from_model (from, i);

  if (label != NULL)
    g_menu_item_set_label (item, *label != '\0' ? label : NULL);
  g_menu_append_item (menu, item);
}

/* Makes all of it anew: a menu that opens gives the keyboard to what was not placed yet, which would be the changed section alone. */
static void
relabel (GMenu      *menu,
         int         section,
         const char *label)
{
  g_autoptr (GMenu) copy = g_menu_new ();
  int n_items = g_menu_model_get_n_items (G_MENU_MODEL (menu));

  for (int i = 0; i < n_items; i++)
    append_item (copy, G_MENU_MODEL (menu), i, i == section ? label : NULL);
  g_menu_remove_all (menu);
  for (int i = 0; i < n_items; i++)
    append_item (menu, G_MENU_MODEL (copy), i, NULL);
}

void
inb_menu_remarks_set (GMenu      *menu,
                      int         section,
                      const char *remark)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (G_IS_MENU (menu) && section < g_menu_model_get_n_items (G_MENU_MODEL (menu)));

  /* A menu that is open stays as it is where nothing is another. */
  g_menu_model_get_item_attribute (G_MENU_MODEL (menu), section, G_MENU_ATTRIBUTE_LABEL, "s", &shown);
  if (g_strcmp0 (remark, shown) == 0)
    return;

  relabel (menu, section, remark != NULL ? remark : "");
}

/**
 * inb_menu_remarks_update:
 * @menu: of sections that have no titles of their own
 * @edits: (nullable): whose user it is; without one nothing is said
 * @online: whether the service is there
 *
 * Titles each section with why what is in it is not offered, by the rights of inb_command_list(), a line each.
 */
void
inb_menu_remarks_update (GMenu    *menu,
                         InbEdits *edits,
                         gboolean  online)
{
  GMenuModel *model = G_MENU_MODEL (menu);

  g_return_if_fail (G_IS_MENU (menu));

  for (int i = 0; i < g_menu_model_get_n_items (model); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (model, i, G_MENU_LINK_SECTION);
      g_autofree char *remark = section != NULL && edits != NULL ? dup_remark (section, edits, online) : NULL;

      if (section != NULL)
        inb_menu_remarks_set (menu, i, remark);
    }
}
