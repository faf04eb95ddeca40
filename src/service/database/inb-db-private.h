/* What the connection's parts share: inb-db.c (session, statements), inb-db-pipeline.c. */
#pragma once

#include "inb-db.h"

G_BEGIN_DECLS

#define INB_DB_WORKSPACE_PREFIX "BEGIN; "

typedef struct {
  char     *sql;
  char      name[16];
  gboolean  prepared; /* or its Parse is under way */
} InbDbStatement;

typedef enum {
  PENDING_PREPARE, /* answered, but not to the caller */
  PENDING_BEGIN,   /* likewise: the first half of inb_db_set_workspace_sql() */
  PENDING_QUERY,
  PENDING_SYNC
} InbDbPendingKind;

typedef struct {
  InbDbPendingKind  kind;
  InbDbStatement   *statement;
} InbDbPending;

struct _InbDb {
  /* Owned */
  PGconn     *connection;
  GHashTable *statements; /* text → InbDbStatement, owns them */
  GHashTable *by_address; /* address of a text → InbDbStatement, verified before use: spares hashing long texts */
  GArray     *pending;    /* InbDbPending, in the order sent */

  guint       n_received; /* how many of pending are answered */
  guint       next_name;
  gboolean    needs_flush;
  gboolean    needs_sync;
  gboolean    is_broken;
  char        sqlstate[6];
};

gboolean        inb_db_is_success           (const PGresult  *result);
/* Keeps the SQLSTATE and sets the error from @result, or from the connection when there is none. */
void            inb_db_fail                 (InbDb           *self,
                                             const PGresult  *result,
                                             GError         **error);
/* Only while nothing is under way: filters combine to many statements, and a session keeps so many of them. */
void            inb_db_forget_statements    (InbDb           *self);
InbDbStatement *inb_db_find_statement       (InbDb           *self,
                                             const char      *sql);
/* It has to be prepared anew, under a name that nothing under way uses. */
void            inb_db_rename_statement     (InbDb           *self,
                                             InbDbStatement  *statement);
/* A statement that the server has lost (a pooler between us) or whose plan a migration outdated is prepared anew. */
void            inb_db_note_failure         (InbDb           *self,
                                             InbDbStatement  *statement);

G_END_DECLS
