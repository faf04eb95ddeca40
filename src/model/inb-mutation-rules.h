/* Mutations as a pure function: the truth on the server, and the optimistic view in the replica. */
#pragma once

#include "inb-mutation.h"
#include "inb-role.h"
#include "inb-row-set.h"
#include "inb-stage.h"

G_BEGIN_DECLS

/* Fills what is derived of a contact's phone and mail (phone_e164, phone_display, phone_status, email_norm, name_folded). */
typedef void (*InbContactDerive) (InbRow   *contact,
                                  gpointer  user_data);

/* All borrowed. */
typedef struct {
  const char       *workspace_id;
  const char       *actor_id;     /* user id */
  const char       *actor_name;
  const char       *currency;
  InbStageSet      *stages;
  InbContactDerive  derive;       /* NULL (a desktop): display forms are what was typed */
  gpointer          derive_data;
  gint64            now;          /* microseconds */
  InbRole           role;
  gboolean          checks_references; /* a user or team that is not in the row set does not exist: the service, which loads all that
                                        * inb_mutation_list_needs() names; a desktop may know less */
  gboolean          is_forecast;  /* a desktop's: undo records carry its own times and no derived columns, the rows may have the
                                   * service's: these say nothing of who has written since */
} InbMutationContext;

/* What a mutation wrote, column by column, so that it can be taken back: JSON
 * {"rows":[{"kind":"lead","id":…,"fields":{"stage":{"before":…,"after":…},"converted_at":{…}}}]}; derived columns included. */

/* Applies @mutation to @rows: checks the right and the values, merges by base (a column conflicts when the stored value equals
 * neither base nor the new value; tags merge as a set), sets a stage by inb_lead_set_stage(), keeps last_activity_at,
 * first_response_at, updated_at/_by, follow_up_count, and adds an activity for each changed field (actor, old and new value), whose
 * id is inb_mutation_get_activity_id(), so that the desktop's optimistic one and the server's are the same row.
 * @undo_record: of the mutation that INB_MUTATION_UNDO takes back, else NULL; NULL there is a rejection (not_found).
 * @undo: (out) (nullable): the record of this one; NULL when nothing was written.
 * Returns: (transfer full): never NULL; change_seq is left 0 for the caller. */
InbMutationResult *inb_mutation_apply           (const InbMutation         *mutation,
                                                 InbRowSet                 *rows,
                                                 const InbMutationContext  *context,
                                                 const char                *undo_record,
                                                 char                     **undo);
/* UUIDv7 made of the mutation's time and a hash of its id and @name (transfer full). */
char              *inb_mutation_get_activity_id (const InbMutation         *mutation,
                                                 const char                *name);
/* What has to be in the InbRowSet before @mutation can be applied: adds ids to @ids[kind] (GHashTable sets; borrowed strings are
 * copied), and contacts whose leads and activities are needed to @contact_ids. @undo_record as above. */
void               inb_mutation_list_needs      (const InbMutation         *mutation,
                                                 const char                *undo_record,
                                                 GHashTable                *ids[INB_N_KINDS],
                                                 GHashTable                *contact_ids);
/* Adds the CRM ids that contacts would get: whoever has one of them already has to be in the InbRowSet too. */
void               inb_mutation_list_crm_ids    (const InbMutation         *mutation,
                                                 const char                *undo_record,
                                                 GHashTable                *crm_ids);

G_END_DECLS
