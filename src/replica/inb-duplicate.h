/* Contacts that may be one person, and why; found in the replica, so that it is known offline too. What the service alone can tell,
 * how a second number without its country is read in the workspace's region, is told here of people whose first number has one.
 */
#pragma once

#include "inb-replica.h"

G_BEGIN_DECLS

typedef enum {
  INB_DUPLICATE_PHONE,
  INB_DUPLICATE_EMAIL,
  INB_DUPLICATE_CONFLICT  /* something came in that was one's by this and the other's by that */
} InbDuplicateKind;

typedef struct {
  char             *key;    /* of a conflict: "phone", "email", "crm_id"; else NULL */
  char             *value;  /* the number or address */
  InbDuplicateKind  kind;
} InbDuplicateReason;

/* Immutable. */
typedef struct {
  GPtrArray *contacts;      /* (element-type InbRow): at least two, the earliest made first */
  GPtrArray *reasons;       /* (element-type InbDuplicateReason): at least one */
} InbDuplicate;

/* A contact as it is before it is merged. */
typedef struct {
  InbRow    *contact;
  GPtrArray *open_products; /* (element-type utf8): of each open lead, "" for none */
  guint      n_leads;       /* that are not deleted */
  guint      n_activities;  /* as many as are here */
} InbContactShare;

InbDuplicate    *inb_duplicate_new      (void);
void             inb_duplicate_free     (InbDuplicate        *self);
void             inb_duplicate_add_reason (InbDuplicate      *self,
                                         InbDuplicateKind     kind,
                                         const char          *key,
                                         const char          *value);
/* The ids of the contacts, sorted: two finds of the same people have the same. (transfer full) */
char            *inb_duplicate_dup_id   (const InbDuplicate  *self);
void             inb_contact_share_free (InbContactShare     *self);

/* (transfer full) (element-type InbDuplicate): the newest people first. @contact_id: that contact's alone; NULL for everybody's, which
 * looks at all numbers and addresses and therefore does not keep lists waiting. */
void             inb_replica_get_duplicates_async  (InbReplica          *self,
                                                    const char          *contact_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray       *inb_replica_get_duplicates_finish (InbReplica          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
/* (transfer full) (element-type InbContactShare): one per id, in their order, NULL for one that is not known here. */
void             inb_replica_get_shares_async      (InbReplica          *self,
                                                    const char * const  *contact_ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray       *inb_replica_get_shares_finish     (InbReplica          *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDuplicate, inb_duplicate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbContactShare, inb_contact_share_free)

G_END_DECLS
