#define G_LOG_DOMAIN "inb-service"

#include "inb-params.h"

#include "inb-db-array.h"
#include "inb-error.h"
#include "inb-names.h"
#include "inb-uuid.h"

#define MAX_LIST 200

/**
 * inb_params_check:
 * @params: (nullable): name → value
 * @allowed: (array zero-terminated=1): the names that the path knows
 *
 * Returns: %FALSE with %INB_ERROR_INVALID_ARGUMENT when another one is there, or a value is not UTF-8
 */
gboolean
inb_params_check (GHashTable          *params,
                  const char * const  *allowed,
                  GError             **error)
{
  GHashTableIter iter;
  gpointer name, value;

  if (params == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      g_autofree char *shown = NULL;

      if (g_strv_contains (allowed, name) && g_utf8_validate (value, -1, NULL))
        continue;

      shown = g_utf8_make_valid (name, -1);
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                   g_strv_contains (allowed, name) ? "%s: not UTF-8" : "%s: unknown parameter", shown);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_params_get:
 *
 * Returns: (transfer none) (nullable): the value, %NULL when it is absent or empty
 */
const char *
inb_params_get (GHashTable *params,
                const char *name)
{
  const char *value = params == NULL ? NULL : g_hash_table_lookup (params, name);

  return value == NULL || *value == '\0' ? NULL : value;
}

/**
 * inb_params_get_integer:
 * @fallback: the value when the parameter is absent
 * @value: (out): the value
 */
gboolean
inb_params_get_integer (GHashTable  *params,
                        const char  *name,
                        gint64       minimum,
                        gint64       maximum,
                        gint64       fallback,
                        gint64      *value,
                        GError     **error)
{
  const char *text = inb_params_get (params, name);

  *value = fallback;
  if (text == NULL || g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL))
    return TRUE;

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
               "%s: not an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, minimum, maximum);

  return FALSE;
}

static void
add_once (GPtrArray *values,
          GString   *value)
{
  if (!g_ptr_array_find_with_equal_func (values, value->str, g_str_equal, NULL))
    g_ptr_array_add (values, g_strdup (value->str));
  g_string_truncate (value, 0);
}

/**
 * inb_params_get_list:
 * @list: (out) (transfer full) (nullable): the values, %NULL when there is none
 */
gboolean
inb_params_get_list (GHashTable  *params,
                     const char  *name,
                     GStrv       *list,
                     GError     **error)
{
  const char *text = inb_params_get (params, name);
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GString) value = NULL;

  *list = NULL;
  if (text == NULL)
    return TRUE;

  values = g_ptr_array_new_with_free_func (g_free);
  value = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '\\' && (c[1] == ',' || c[1] == '\\'))
        g_string_append_c (value, *++c);
      else if (*c == ',')
        add_once (values, value);
      else
        g_string_append_c (value, *c);
    }
  add_once (values, value);

  if (values->len > MAX_LIST)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: more than %d values", name, MAX_LIST);
      return FALSE;
    }
  g_ptr_array_add (values, NULL);
  *list = (GStrv) g_ptr_array_free (g_steal_pointer (&values), FALSE);

  return TRUE;
}

/**
 * inb_params_get_uuids:
 * @list: (out) (transfer full) (nullable): the values in canonical form
 */
gboolean
inb_params_get_uuids (GHashTable  *params,
                      const char  *name,
                      GStrv       *list,
                      GError     **error)
{
  g_auto (GStrv) values = NULL;

  *list = NULL;
  if (!inb_params_get_list (params, name, &values, error))
    return FALSE;

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_autofree char *uuid = NULL;

      if (*values[i] == '\0')
        continue;
      uuid = inb_uuid_normalize (values[i]);
      if (uuid == NULL)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: not a list of UUIDs", name);
          return FALSE;
        }
      g_free (values[i]);
      values[i] = g_steal_pointer (&uuid);
    }

  *list = g_steal_pointer (&values);

  return TRUE;
}

/**
 * inb_params_get_choice:
 * @names: (array zero-terminated=1): what it may be
 * @choice: (out): the number of the name
 */
gboolean
inb_params_get_choice (GHashTable          *params,
                       const char          *name,
                       const char * const  *names,
                       guint               *choice,
                       GError             **error)
{
  const char *value = inb_params_get (params, name);
  g_autofree char *all = NULL;

  *choice = 0;
  if (value == NULL)
    return TRUE;

  if (inb_names_find (names, g_strv_length ((char **) names), value, choice))
    return TRUE;

  all = g_strjoinv (", ", (char **) names);
  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "%s: not one of %s", name, all);

  return FALSE;
}

/**
 * inb_params_to_array:
 * @list: (array zero-terminated=1): any texts
 *
 * Returns: (transfer full): PostgreSQL's literal for an array of them
 */
char *
inb_params_to_array (const char * const *list)
{
  GString *literal = g_string_new ("{");

  for (guint i = 0; list[i] != NULL; i++)
    inb_db_array_append (literal, list[i]);
  g_string_append_c (literal, '}');

  return g_string_free (literal, FALSE);
}
