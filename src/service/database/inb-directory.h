/* Webhook ids and token hashes looked up before the workspace is known, from the directory tables outside RLS, then what
 * each needs from its workspace (the webhook's mapping and rules, the stages, the workspace's zone and currency; the
 * token's role and user). Entries live 5 s at most and are dropped at once by NOTIFY (channel inbound_directory).
 * Main-loop side; the look-ups run on the reader pool.
 */
#pragma once

#include "inb-decision.h"
#include "inb-field-map.h"
#include "inb-reader-pool.h"
#include "inb-role.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Immutable and reference counted: the writer thread may hold one while the cache drops it. */
typedef struct {
  gatomicrefcount  refs;
  char            *webhook_id;
  char            *workspace_id;
  char            *name;
  char            *source_label;
  char            *auth;              /* "key", "none", later a scheme of sources.md */
  GBytes          *key_hash;          /* SHA-256, NULL without a key */
  GBytes          *previous_key_hash;
  gint64           previous_key_until;
  gboolean         is_active;
  InbFieldMap     *field_map;
  InbLeadRules    *rules;
  InbStageSet     *stages;
  char            *region;            /* ISO 3166 country that phone numbers without + are read in */
  char            *currency;
  GTimeZone       *timezone;
  gint64           body_dedupe_window; /* microseconds, 0 = off */
} InbWebhook;

/* Immutable and reference counted. */
typedef struct {
  gatomicrefcount  refs;
  char            *token_id;
  char            *workspace_id;
  char            *user_id;
  char            *user_name;
  InbRole          role;              /* the lesser of the token's and the membership's */
  gint64           expires_at;        /* microseconds; INB_TIME_NONE: never */
} InbSession;

InbWebhook *inb_webhook_ref   (InbWebhook *self);
void        inb_webhook_unref (InbWebhook *self);
InbSession *inb_session_ref   (InbSession *self);
void        inb_session_unref (InbSession *self);

#define INB_TYPE_DIRECTORY (inb_directory_get_type ())
G_DECLARE_FINAL_TYPE (InbDirectory, inb_directory, INB, DIRECTORY, GObject)

InbDirectory *inb_directory_new                 (InbReaderPool       *readers);
/* The callback runs at once when the entry is cached. INB_ERROR_NOT_FOUND, INB_ERROR_UNAVAILABLE. */
void          inb_directory_find_webhook_async  (InbDirectory        *self,
                                                 const char          *webhook_id,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
InbWebhook   *inb_directory_find_webhook_finish (InbDirectory        *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
/* The synchronous hot path: a fresh cached entry, or NULL (then use the async one). */
InbWebhook   *inb_directory_peek_webhook        (InbDirectory        *self,
                                                 const char          *webhook_id);
/* INB_ERROR_UNAUTHORIZED for an unknown, expired or revoked token. */
void          inb_directory_find_session_async  (InbDirectory        *self,
                                                 const char          *token,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
InbSession   *inb_directory_find_session_finish (InbDirectory        *self,
                                                 GAsyncResult        *result,
                                                 GError             **error);
void          inb_directory_drop                (InbDirectory        *self,
                                                 const char          *webhook_or_token_id);
/* Notifications may have been missed: forgets everything, drops the tokens that are gone. */
void          inb_directory_recheck             (InbDirectory        *self);
/* Signal "session-revoked" (const char *token_id): the hub closes its sockets. */

/* Whether @key opens @webhook: constant time, current or (within 24 h) previous key. */
gboolean      inb_webhook_check_key             (InbWebhook          *self,
                                                 const char          *key,
                                                 gint64               now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWebhook, inb_webhook_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSession, inb_session_unref)

G_END_DECLS
