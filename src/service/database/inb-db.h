/* One libpq connection: prepared on first use, pipelined, its errors turned into GErrors with the SQLSTATE kept. Not
 * thread-safe: a connection belongs to one thread at a time. SQL comes from GResource (`inb-sql.h`), never from C strings.
 */
#pragma once

#include "inb-row.h"

#include <libpq-fe.h>

G_BEGIN_DECLS

typedef struct _InbDb InbDb;

/* Sets TimeZone=UTC, DateStyle=ISO, client_encoding=UTF8, standard time-outs, application_name. INB_ERROR_UNAVAILABLE when
 * there is no connection. */
InbDb      *inb_db_connect            (const char   *conninfo,
                                       GError      **error);
void        inb_db_free               (InbDb        *self);
/* FALSE after the connection broke; the owner then makes a new one. */
gboolean    inb_db_is_alive           (InbDb        *self);
/* For the socket's GSource and for PQnotifies. */
PGconn     *inb_db_get_connection     (InbDb        *self);

/* One statement or a script, simple protocol; for BEGIN, SET LOCAL, migrations, LISTEN. */
gboolean    inb_db_exec               (InbDb        *self,
                                       const char   *sql,
                                       GError      **error);
/* One prepared statement, text parameters (NULL = SQL NULL). The result is ready: PGRES_TUPLES_OK or COMMAND_OK. */
PGresult   *inb_db_query              (InbDb        *self,
                                       const char   *sql,
                                       int           n_params,
                                       const char * const *params,
                                       GError      **error);

/* Pipeline: send any number of statements, then receive one result for each in order. A statement is prepared when it is
 * first sent, the Parse travels in the same pipeline. After an error the later results are
 * INB_ERROR_INTERNAL "aborted" until the next sync. */
gboolean    inb_db_pipeline_begin     (InbDb        *self,
                                       GError      **error);
gboolean    inb_db_send               (InbDb        *self,
                                       const char   *sql,
                                       int           n_params,
                                       const char * const *params,
                                       GError      **error);
gboolean    inb_db_sync               (InbDb        *self,
                                       GError      **error);
/* The next statement's result. */
PGresult   *inb_db_receive            (InbDb        *self,
                                       GError      **error);
/* Consumes the PIPELINE_SYNC that follows the last result (and skips unread ones). */
gboolean    inb_db_receive_sync       (InbDb        *self,
                                       GError      **error);
gboolean    inb_db_pipeline_end       (InbDb        *self,
                                       GError      **error);
/* Out of the pipeline and the transaction after a failure; FALSE when only a new connection helps. */
gboolean    inb_db_reset              (InbDb        *self);

/* BEGIN + SET LOCAL inbound.workspace = '<escaped literal>' (router-safe), as one string for inb_db_exec or the pipeline. */
char       *inb_db_set_workspace_sql  (InbDb        *self,
                                       const char   *workspace_id);
/* The SQLSTATE of the last failure, "" for none; 40001/40P01 retry, 08/57P = connection. */
const char *inb_db_get_sqlstate       (InbDb        *self);
/* A value as PostgreSQL writes it, NULL for a null. */
const char *inb_db_get_text           (const PGresult *result,
                                       int           row,
                                       int           field);
/* A result's row as an InbRow of @kind; columns are found by name, times turned to wire form, booleans to true/false. */
InbRow     *inb_db_get_row            (const PGresult *result,
                                       int           row,
                                       InbKind       kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDb, inb_db_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

G_END_DECLS
