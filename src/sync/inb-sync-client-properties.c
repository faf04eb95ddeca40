#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-client-private.h"

#include "inb-sync-socket.h"
#include "inb-time.h"

enum {
  PROP_0,
  PROP_REPLICA,
  PROP_ACCOUNT,
  PROP_KEEPALIVE,
  PROP_STATE,
  PROP_PROGRESS,
  PROP_PENDING,
  PROP_LAST_ERROR,
  PROP_LAST_SYNC,
  PROP_RETRY_AT,
  PROP_USER_ID,
  PROP_ROLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

void
inb_sync_client_set_state (InbSyncClient *self,
                           InbSyncState   state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
inb_sync_client_set_last_error (InbSyncClient *self,
                                const char    *text)
{
  if (g_strcmp0 (self->last_error, text) == 0)
    return;

  g_free (self->last_error);
  self->last_error = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_ERROR]);
}

void
inb_sync_client_set_retry_at (InbSyncClient *self,
                              gint64         retry_at)
{
  if (self->retry_at == retry_at)
    return;

  self->retry_at = retry_at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RETRY_AT]);
}

void
inb_sync_client_set_progress (InbSyncClient *self,
                              double         progress,
                              gint64         pending)
{
  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
  if (self->pending != pending)
    {
      self->pending = pending;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
    }
}

void
inb_sync_client_note_sync (InbSyncClient *self)
{
  self->last_sync = inb_time_now ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
}

void
inb_sync_client_set_me (InbSyncClient   *self,
                        const InbSyncMe *me)
{
  g_free (self->user_id);
  self->user_id = g_strdup (me->is_service ? "" : me->user_id);
  g_free (self->role);
  self->role = me->role != INB_ROLE_NONE ? g_strdup (inb_role_get_name (me->role)) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_ID]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
}

static void
inb_sync_client_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;

    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;

    case PROP_PENDING:
      g_value_set_int64 (value, self->pending);
      break;

    case PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;

    case PROP_LAST_SYNC:
      g_value_set_int64 (value, self->last_sync);
      break;

    case PROP_RETRY_AT:
      g_value_set_int64 (value, self->retry_at);
      break;

    case PROP_USER_ID:
      g_value_set_string (value, self->user_id);
      break;

    case PROP_ROLE:
      g_value_set_string (value, self->role);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
inb_sync_client_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  InbSyncClient *self = INB_SYNC_CLIENT (object);

  switch (prop_id)
    {
    case PROP_REPLICA:
      self->replica = g_value_dup_object (value);
      break;

    case PROP_ACCOUNT:
      self->account = g_value_dup_boxed (value);
      break;

    case PROP_KEEPALIVE:
      self->keepalive_seconds = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

void
inb_sync_client_install_properties (GObjectClass *object_class)
{
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags construct = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = inb_sync_client_get_property;
  object_class->set_property = inb_sync_client_set_property;

  properties[PROP_REPLICA] = g_param_spec_object ("replica", NULL, NULL, INB_TYPE_REPLICA, construct);
  properties[PROP_ACCOUNT] = g_param_spec_boxed ("account", NULL, NULL, INB_TYPE_SYNC_ACCOUNT, construct);
  properties[PROP_KEEPALIVE] = g_param_spec_uint ("keepalive", NULL, NULL, 1, 3600, INB_SYNC_SOCKET_KEEPALIVE_SECONDS, construct);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, INB_TYPE_SYNC_STATE, INB_SYNC_OFFLINE, read_only);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, read_only);
  properties[PROP_PENDING] = g_param_spec_int64 ("pending", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  properties[PROP_LAST_ERROR] = g_param_spec_string ("last-error", NULL, NULL, NULL, read_only);
  properties[PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  properties[PROP_RETRY_AT] = g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, read_only);
  properties[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, read_only);
  properties[PROP_ROLE] = g_param_spec_string ("role", NULL, NULL, NULL, read_only);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}
