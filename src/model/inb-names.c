#define G_LOG_DOMAIN "inb-model"

#include "inb-names.h"

/**
 * inb_names_find:
 * @names: (array length=n_names): the values' names; a value without a name is never found
 * @name: (nullable): the name to look for
 * @value: (out): the place of @name in @names, untouched when it is not there
 *
 * Returns: whether @names has @name
 */
gboolean
inb_names_find (const char * const *names,
                guint               n_names,
                const char         *name,
                guint              *value)
{
  g_return_val_if_fail (value != NULL, FALSE);

  for (guint i = 0; name != NULL && i < n_names; i++)
    {
      if (g_strcmp0 (names[i], name) == 0)
        {
          *value = i;
          return TRUE;
        }
    }

  return FALSE;
}
