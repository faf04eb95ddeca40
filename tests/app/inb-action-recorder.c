/* Loaded into the app by the journeys (LD_PRELOAD): writes each action that is done into the file $INB_ACTIONS, a detailed name a line.
 * The actions of groups tell no prefix: "*.quit". */
#define G_LOG_DOMAIN "inb-tests"

#include <dlfcn.h>
#include <gtk/gtk.h>

typedef void (*InstallAction) (GtkWidgetClass             *widget_class,
                               const char                 *action_name,
                               const char                 *parameter_type,
                               GtkWidgetActionActivateFunc activate);
typedef void (*InstallProperty) (GtkWidgetClass *widget_class,
                                 const char     *action_name,
                                 const char     *property_name);
typedef GAction *(*CreateAction) (GSettings  *settings,
                                  const char *key);
typedef void (*Notify) (GObject    *object,
                        GParamSpec *pspec);

/* "class action" → what the class does for it; "class.property" → name of the action; "class" → its own notify. */
static GHashTable *known;

static void
record (const char *prefix,
        const char *name,
        GVariant   *parameter)
{
  const char *path = g_getenv ("INB_ACTIONS");
  g_autofree char *detailed = g_action_print_detailed_name (name, parameter);
  FILE *file = path != NULL ? fopen (path, "a") : NULL;

  if (file == NULL)
    return;
  fprintf (file, "%s%s\n", prefix, detailed);
  fclose (file);
}

/* What is known of the nearest class of @object's. */
static gpointer
find (gpointer    object,
      const char *separator,
      const char *name)
{
  for (GType type = G_OBJECT_TYPE (object); type != 0; type = g_type_parent (type))
    {
      g_autofree char *key = g_strconcat (g_type_name (type), separator, name, NULL);
      gpointer found = g_hash_table_lookup (known, key);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
on_simple_action (GSignalInvocationHint *hint,
                  guint                  n_values,
                  const GValue          *values,
                  gpointer               user_data)
{
  record ("*.", g_action_get_name (g_value_get_object (&values[0])), g_value_get_variant (&values[1]));

  return TRUE;
}

static void
ensure_known (void)
{
  GTypeClass *klass;

  if (known != NULL)
    return;

  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  klass = g_type_class_ref (G_TYPE_SIMPLE_ACTION);
  g_signal_add_emission_hook (g_signal_lookup ("activate", G_TYPE_SIMPLE_ACTION), 0, on_simple_action, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("change-state", G_TYPE_SIMPLE_ACTION), 0, on_simple_action, NULL, NULL);
  g_type_class_unref (klass);
  /* Not into what the app starts. */
  g_unsetenv ("LD_PRELOAD");
}

static void
on_activate (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  GtkWidgetActionActivateFunc activate = find (widget, " ", action_name);

  record ("", action_name, parameter);
  activate (widget, action_name, parameter);
}

static void
on_notify (GObject    *object,
           GParamSpec *pspec)
{
  const char *action_name = find (object, ".", pspec->name);
  Notify notify = find (object, "", NULL);

  if (action_name != NULL)
    record ("", action_name, NULL);
  if (notify != NULL)
    notify (object, pspec);
}

static void
on_state (GAction *action)
{
  record ("*.", g_action_get_name (action), NULL);
}

/* --- in the libraries' place -------------------------------------------------------------------------------------------- */

G_MODULE_EXPORT void
gtk_widget_class_install_action (GtkWidgetClass             *widget_class,
                                 const char                 *action_name,
                                 const char                 *parameter_type,
                                 GtkWidgetActionActivateFunc activate)
{
  InstallAction install = (InstallAction) dlsym (RTLD_NEXT, "gtk_widget_class_install_action");

  ensure_known ();
  g_hash_table_insert (known, g_strconcat (G_OBJECT_CLASS_NAME (widget_class), " ", action_name, NULL), activate);
  install (widget_class, action_name, parameter_type, on_activate);
}

G_MODULE_EXPORT void
gtk_widget_class_install_property_action (GtkWidgetClass *widget_class,
                                          const char     *action_name,
                                          const char     *property_name)
{
  InstallProperty install = (InstallProperty) dlsym (RTLD_NEXT, "gtk_widget_class_install_property_action");
  const char *class_name = G_OBJECT_CLASS_NAME (widget_class);

  ensure_known ();
  g_hash_table_insert (known, g_strconcat (class_name, ".", property_name, NULL), g_strdup (action_name));
  g_hash_table_insert (known, g_strdup (class_name), G_OBJECT_CLASS (widget_class)->notify);
  G_OBJECT_CLASS (widget_class)->notify = on_notify;
  install (widget_class, action_name, property_name);
}

/* Such an action is a value in a file, and has no signal that tells of being done. */
G_MODULE_EXPORT GAction *
g_settings_create_action (GSettings  *settings,
                          const char *key)
{
  GAction *action = ((CreateAction) dlsym (RTLD_NEXT, "g_settings_create_action")) (settings, key);

  g_signal_connect (action, "notify::state", G_CALLBACK (on_state), NULL);

  return action;
}
