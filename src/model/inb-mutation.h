/* What a user did to one row, as it waits in the outbox, travels to the server and is stored there. */
#pragma once

#include "inb-error.h"
#include "inb-row.h"

G_BEGIN_DECLS

typedef enum {
  INB_MUTATION_CREATE,   /* a new row, whose id the client made */
  INB_MUTATION_UPDATE,
  INB_MUTATION_DELETE,   /* sets deleted_at; of a contact also on its leads */
  INB_MUTATION_MERGE,    /* of contacts: @other_id goes into @entity_id, with @changes on the one that stays */
  INB_MUTATION_UNDO      /* takes back what mutation @undoes wrote, where nobody has written since */
} InbMutationVerb;

/* Of one column. Values are in InbRow's text form; NULL = none. */
typedef struct {
  guint    column;
  gboolean has_base;  /* FALSE: last writer wins */
  char    *base;      /* what the user saw */
  char    *value;     /* what it shall be */
} InbFieldChange;

typedef struct {
  /* Owned */
  char            *id;         /* UUIDv7, made by the client; a repeat gets the stored answer */
  char            *group;      /* UUID that it shares with what was done by the same click, or NULL */
  char            *undoes;     /* of INB_MUTATION_UNDO: a mutation's id */
  char            *entity_id;
  char            *other_id;   /* of INB_MUTATION_MERGE */
  GPtrArray       *changes;    /* (element-type InbFieldChange), each column at most once */

  gint64           made_at;    /* microseconds since 1970 UTC, by the client's clock: order and display only */
  InbMutationVerb  verb;
  InbKind          kind;       /* INB_KIND_LEAD, _CONTACT, _ACTIVITY, _VIEW */
} InbMutation;

typedef enum {
  INB_MUTATION_APPLIED,
  INB_MUTATION_CONFLICT,  /* some columns were kept as they are: conflicts says which; the others were written */
  INB_MUTATION_REJECTED   /* nothing was written: code and message say why */
} InbMutationStatus;

/* A column that somebody else has changed meanwhile. */
typedef struct {
  guint  column;
  char  *base;
  char  *mine;
  char  *theirs;
} InbFieldConflict;

typedef struct {
  /* Owned */
  char              *id;          /* the mutation's */
  GPtrArray         *conflicts;   /* (element-type InbFieldConflict) */
  char              *code;        /* of a rejection: an InbErrorCode's wire name */
  char              *message;

  gint64             change_seq;  /* the highest of what it wrote; 0 = nothing */
  InbMutationStatus  status;
} InbMutationResult;

InbMutation       *inb_mutation_new              (InbMutationVerb     verb,
                                                  InbKind             kind,
                                                  const char         *entity_id,
                                                  gint64              made_at);
InbMutation       *inb_mutation_ref              (InbMutation        *self);
void               inb_mutation_unref            (InbMutation        *self);
/* Names of the wire: "create", "update", "delete", "merge", "undo"; "applied", "conflict", "rejected". */
const char        *inb_mutation_verb_get_name    (InbMutationVerb     verb);
const char        *inb_mutation_status_get_name  (InbMutationStatus   status);
/* Whether a mutation with that verb may carry the column: editable ones, and when it creates, also those that say where the new row
 * belongs (a lead's contact_id, an activity's type, lead_id and contact_id, a contact's lead_source). */
gboolean           inb_mutation_may_set          (InbMutationVerb     verb,
                                                  InbKind             kind,
                                                  guint               column);
/* Adds or replaces the change of that column; the values must be of the column's text form. */
void               inb_mutation_add_change       (InbMutation        *self,
                                                  guint               column,
                                                  const char         *base,
                                                  const char         *value);
void               inb_mutation_add_blind_change (InbMutation        *self,
                                                  guint               column,
                                                  const char         *value);
const InbFieldChange *inb_mutation_find_change   (const InbMutation  *self,
                                                  guint               column);
/* {"id","group","verb":"update","entity":"lead","entity_id","made_at","fields":{"stage":{"base":"new","value":"won"}}}; a field
 * without "base" has none; "undoes", "other_id" where they apply. Values as in a row's JSON. */
void               inb_mutation_append_json      (const InbMutation  *self,
                                                  GString            *json);
/* Strict: unknown members, fields that do not exist or are read-only, values of the wrong type or past their limits are
 * INB_ERROR_UNPROCESSABLE, and the message names the field. */
InbMutation       *inb_mutation_new_from_json    (JsonObject         *object,
                                                  GError            **error);
InbMutationResult *inb_mutation_result_new       (const char         *id,
                                                  InbMutationStatus   status);
InbMutationResult *inb_mutation_result_ref       (InbMutationResult  *self);
void               inb_mutation_result_unref     (InbMutationResult  *self);
/* The column stays as it is: INB_MUTATION_CONFLICT. */
void               inb_mutation_result_add_conflict (InbMutationResult *self,
                                                  guint               column,
                                                  const char         *base,
                                                  const char         *mine,
                                                  const char         *theirs);
/* INB_MUTATION_REJECTED; conflicts that were added go. */
void               inb_mutation_result_reject    (InbMutationResult  *self,
                                                  InbErrorCode        code,
                                                  const char         *message);
/* {"id","status":"applied","change_seq":12,"conflicts":[{"field","base","mine","theirs"}],"code","message"}. @kind: of the mutation. */
void               inb_mutation_result_append_json   (const InbMutationResult *self,
                                                  InbKind             kind,
                                                  GString            *json);
InbMutationResult *inb_mutation_result_new_from_json (JsonObject     *object,
                                                  InbKind             kind,
                                                  GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMutation, inb_mutation_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbMutationResult, inb_mutation_result_unref)

G_END_DECLS
