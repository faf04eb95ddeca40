#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-secrets.h"

#include "inb-error.h"

#include <libsecret/secret.h>

static const SecretSchema schema = {
  "org.example.InboundLeads.Token", SECRET_SCHEMA_NONE,
  {
    { "server", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "workspace", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, SECRET_SCHEMA_ATTRIBUTE_STRING },
  }
};

/* (error: transfer full) */
static void
return_failure (GTask  *task,
                GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GError) original = error;

      g_dbus_error_strip_remote_error (original);
      error = g_error_new (INB_ERROR, INB_ERROR_UNAVAILABLE, "The keyring: %s", original->message);
    }
  g_task_return_error (task, error);
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    return_failure (task, error);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *token = secret_password_lookup_finish (result, &error);

  if (error != NULL)
    return_failure (task, error);
  else if (token == NULL)
    g_task_return_new_error (task, INB_ERROR, INB_ERROR_NOT_FOUND, "The keyring holds no token for this server");
  else
    g_task_return_pointer (task, token, (GDestroyNotify) secret_password_free);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    return_failure (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * inb_sync_secrets_store_async:
 *
 * Keeps @token; one that is kept for the same server and workspace is replaced.
 */
void
inb_sync_secrets_store_async (const char          *server,
                              const char          *workspace_id,
                              const char          *token,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = g_strdup_printf ("Inbound Leads: %s on %s", workspace_id, server);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, token, cancellable, on_stored, task,
                         "server", server, "workspace", workspace_id, NULL);
}

gboolean
inb_sync_secrets_store_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
inb_sync_secrets_lookup_async (const char          *server,
                               const char          *workspace_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  secret_password_lookup (&schema, cancellable, on_found, task, "server", server, "workspace", workspace_id, NULL);
}

/**
 * inb_sync_secrets_lookup_finish:
 *
 * Returns: (transfer full): the token, to be freed with secret_password_free() or g_free()
 */
char *
inb_sync_secrets_lookup_finish (GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
inb_sync_secrets_clear_async (const char          *server,
                              const char          *workspace_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  secret_password_clear (&schema, cancellable, on_cleared, task, "server", server, "workspace", workspace_id, NULL);
}

gboolean
inb_sync_secrets_clear_finish (GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
