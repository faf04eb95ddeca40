/* Who works in the workspace, as its owner sets it up: members, former ones, teams and tokens as the service has them, and what the
 * owner does to them. It is done at the service at once, or not at all. No widgets. */
#pragma once

#include "inb-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What is known of a token, which is never the token itself. */
typedef struct {
  char    *id;
  char    *user_id;
  char    *name;          /* of the computer or program that has it */
  InbRole  role;
  gint64   created_at;    /* microseconds */
  gint64   expires_at;    /* INB_TIME_NONE: not by itself */
  gint64   last_used_at;  /* INB_TIME_NONE: never, or not known */
} InbTokenInfo;

#define INB_TYPE_ROSTER (inb_roster_get_type ())
G_DECLARE_FINAL_TYPE (InbRoster, inb_roster, INB, ROSTER, GObject)

/* Signals:
 * "changed": anything of it is another; also whether the service is there, and whether something is under way.
 * "failed" (GError *error): it could not be read; what was read before stays. */

InbRoster    *inb_roster_new           (InbSession           *session);
/* Reads everything; also done by itself when somebody changes members or teams, and when the service comes back. */
void          inb_roster_load          (InbRoster            *self);
InbSession   *inb_roster_get_session   (InbRoster            *self);
gboolean      inb_roster_get_known     (InbRoster            *self);
gboolean      inb_roster_get_online    (InbRoster            *self);
gboolean      inb_roster_get_busy      (InbRoster            *self);
/* (transfer none) (element-type InbRow), by name. Valid until "changed". */
GPtrArray    *inb_roster_get_members   (InbRoster            *self);
GPtrArray    *inb_roster_get_former    (InbRoster            *self);
GPtrArray    *inb_roster_get_teams     (InbRoster            *self);
/* (transfer container) (element-type InbTokenInfo), oldest first. Valid until "changed". */
GPtrArray    *inb_roster_list_tokens   (InbRoster            *self,
                                        const char           *user_id);
/* NULL: nobody, or not any more. */
const InbRow *inb_roster_find_member   (InbRoster            *self,
                                        const char           *user_id);
const InbRow *inb_roster_find_team     (InbRoster            *self,
                                        const char           *team_id);
guint         inb_roster_count_team    (InbRoster            *self,
                                        const char           *team_id);
/* How many leads on this computer are of them. */
gint64        inb_roster_count_leads   (InbRoster            *self,
                                        InbFilterField        field,
                                        const char           *id);
InbRole       inb_roster_get_role      (const InbRow         *member);
gboolean      inb_roster_is_last_owner (InbRoster            *self,
                                        const InbRow         *member);
gboolean      inb_roster_is_self       (InbRoster            *self,
                                        const InbRow         *member);
/* When a token of theirs was used last, microseconds; INB_TIME_NONE: never, or not known. */
gint64        inb_roster_get_last_seen (InbRoster            *self,
                                        const char           *user_id);

/* @body: (nullable) (transfer full): JSON. What came of it is read anew by itself. */
void          inb_roster_send_async    (InbRoster            *self,
                                        const char           *method,
                                        const char           *path,
                                        GString              *body,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
/* (transfer full): the answer, an object. */
JsonNode     *inb_roster_send_finish   (InbRoster            *self,
                                        GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
