#define G_LOG_DOMAIN "inb-app"

#include "inb-connections.h"

#include <glib/gstdio.h>
#include <string.h>

#define STATE_GROUP "state"

struct _InbConnections {
  GObject    parent_instance;

  /* Owned */
  char      *path;
  GPtrArray *connections;   /* InbConnection, in the order in which they were made */
  char      *last;          /* a key, or NULL */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (InbConnections, inb_connections, G_TYPE_OBJECT)

static gboolean
find_index (InbConnections *self,
            const char     *key,
            guint          *index)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      g_autofree char *other = inb_connection_get_key (g_ptr_array_index (self->connections, i));

      if (strcmp (other, key) == 0)
        {
          *index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static void
load (InbConnections *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("Reading %s: %s", self->path, error->message);
      return;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *server = g_key_file_get_string (file, groups[i], "server", NULL);
      g_autofree char *workspace = g_key_file_get_string (file, groups[i], "workspace", NULL);
      g_autofree char *name = g_key_file_get_string (file, groups[i], "name", NULL);

      if (strcmp (groups[i], STATE_GROUP) == 0 || workspace == NULL || *workspace == '\0' ||
          (server != NULL && !inb_sync_account_check_server (server, NULL)))
        continue;
      g_ptr_array_add (self->connections, inb_connection_new (server, workspace, name));
    }
  self->last = g_key_file_get_string (file, STATE_GROUP, "last", NULL);
}

static void
save (InbConnections *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->connections->len; i++)
    {
      const InbConnection *connection = g_ptr_array_index (self->connections, i);
      g_autofree char *key = inb_connection_get_key (connection);

      if (connection->server != NULL)
        g_key_file_set_string (file, key, "server", connection->server);
      g_key_file_set_string (file, key, "workspace", connection->workspace_id);
      g_key_file_set_string (file, key, "name", connection->name);
    }
  if (self->last != NULL)
    g_key_file_set_string (file, STATE_GROUP, "last", self->last);

  text = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (folder, 0700);
  if (!g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_warning ("Keeping the connections: %s", error->message);
  g_signal_emit (self, changed_signal, 0);
}

static void
inb_connections_finalize (GObject *object)
{
  InbConnections *self = INB_CONNECTIONS (object);

  g_free (self->path);
  g_free (self->last);
  g_ptr_array_unref (self->connections);

  G_OBJECT_CLASS (inb_connections_parent_class)->finalize (object);
}

static void
inb_connections_class_init (InbConnectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_connections_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
inb_connections_init (InbConnections *self)
{
  self->connections = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_connection_free);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

InbConnections *
inb_connections_new (const char *path)
{
  InbConnections *self = g_object_new (INB_TYPE_CONNECTIONS, NULL);

  self->path = path != NULL ? g_strdup (path)
                            : g_build_filename (g_get_user_config_dir (), "inbound-leads", "connections.conf", NULL);
  load (self);

  return self;
}

guint
inb_connections_get_n (InbConnections *self)
{
  g_return_val_if_fail (INB_IS_CONNECTIONS (self), 0);

  return self->connections->len;
}

const InbConnection *
inb_connections_get (InbConnections *self,
                     guint           index)
{
  g_return_val_if_fail (INB_IS_CONNECTIONS (self) && index < self->connections->len, NULL);

  return g_ptr_array_index (self->connections, index);
}

const InbConnection *
inb_connections_find (InbConnections *self,
                      const char     *key)
{
  guint index;

  g_return_val_if_fail (INB_IS_CONNECTIONS (self) && key != NULL, NULL);

  return find_index (self, key, &index) ? g_ptr_array_index (self->connections, index) : NULL;
}

const InbConnection *
inb_connections_get_last (InbConnections *self)
{
  g_return_val_if_fail (INB_IS_CONNECTIONS (self), NULL);

  return self->last != NULL ? inb_connections_find (self, self->last) : NULL;
}

void
inb_connections_use (InbConnections      *self,
                     const InbConnection *connection)
{
  g_autofree char *key = NULL;
  guint index;

  g_return_if_fail (INB_IS_CONNECTIONS (self) && connection != NULL);

  key = inb_connection_get_key (connection);
  if (find_index (self, key, &index))
    {
      InbConnection *kept = g_ptr_array_index (self->connections, index);

      if (strcmp (kept->name, connection->name) == 0 && g_strcmp0 (self->last, key) == 0)
        return;
      g_ptr_array_index (self->connections, index) = inb_connection_copy (connection);
      inb_connection_free (kept);
    }
  else
    {
      g_ptr_array_add (self->connections, inb_connection_copy (connection));
    }
  g_free (self->last);
  self->last = g_steal_pointer (&key);
  save (self);
}

void
inb_connections_remove (InbConnections *self,
                        const char     *key)
{
  g_autofree char *copy = g_strdup (key);
  guint index;

  g_return_if_fail (INB_IS_CONNECTIONS (self) && key != NULL);

  if (!find_index (self, copy, &index))
    return;

  g_ptr_array_remove_index (self->connections, index);
  if (g_strcmp0 (self->last, copy) == 0)
    g_clear_pointer (&self->last, g_free);
  save (self);
}
