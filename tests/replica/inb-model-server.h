/* The server as the replica's tests need it: rows, the feed, and mutations by the same function that the service uses; all in
 * memory. What the sync client would do is one call each.
 */
#pragma once

#include "inb-mutation-rules.h"
#include "inb-replica.h"

G_BEGIN_DECLS

typedef struct _InbModelServer InbModelServer;

/* @rows: (element-type InbRow): what it begins with; (transfer none). */
InbModelServer    *inb_model_server_new      (GPtrArray         *rows,
                                              const char        *epoch);
/* A backup, or what is restored from one: with another epoch. */
InbModelServer    *inb_model_server_copy     (InbModelServer    *self,
                                              const char        *epoch);
void               inb_model_server_free     (InbModelServer    *self);
const char        *inb_model_server_get_epoch (InbModelServer   *self);
gint64             inb_model_server_get_head (InbModelServer    *self);
/* As it is there; borrowed, or NULL. */
const InbRow      *inb_model_server_find     (InbModelServer    *self,
                                              InbKind            kind,
                                              const char        *id);
/* Takes the row in as it is; a reference is taken. */
void               inb_model_server_load     (InbModelServer    *self,
                                              InbRow            *row);
/* Somebody else writes the row; a reference is taken. */
void               inb_model_server_put      (InbModelServer    *self,
                                              InbRow            *row);
/* Somebody else changes one column. */
void               inb_model_server_set      (InbModelServer    *self,
                                              InbKind            kind,
                                              const char        *id,
                                              guint              column,
                                              const char        *value);
/* The row is gone for good, and a tombstone tells of it. */
void               inb_model_server_erase    (InbModelServer    *self,
                                              InbKind            kind,
                                              const char        *id);
/* What was answered to that mutation, or NULL; borrowed. */
const InbMutationResult *inb_model_server_find_answer (InbModelServer *self,
                                              const char        *mutation_id);
/* @mutations: (element-type InbMutation); they go over the wire. (transfer full) (element-type InbMutationResult) */
GPtrArray         *inb_model_server_push     (InbModelServer    *self,
                                              GPtrArray         *mutations,
                                              const char        *user_id,
                                              InbRole            role);
/* (transfer full): what follows the cursor, at most @max rows. */
InbChanges        *inb_model_server_pull     (InbModelServer    *self,
                                              gint64             cursor,
                                              guint              max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbModelServer, inb_model_server_free)

G_END_DECLS
