/* What the directory caches, read from the database. For the reader pool's threads. */
#pragma once

#include "inb-directory.h"

G_BEGIN_DECLS

/* @data: the webhook's id in canonical form. Returns (transfer full) an InbWebhook; INB_ERROR_NOT_FOUND. */
gpointer inb_directory_load_webhook      (InbDb     *db,
                                          gpointer   data,
                                          GError   **error);
/* @data: a workspace's id. Returns (transfer full) the InbWebhook that its test leads come in by. */
gpointer inb_directory_load_test_webhook (InbDb     *db,
                                          gpointer   data,
                                          GError   **error);
/* Inside a transaction of the workspace. (transfer full) */
InbStageSet *inb_directory_load_stages   (InbDb       *db,
                                          const char  *workspace_id,
                                          GError     **error);
/* The same for those who send the statement themselves. */
const char  *inb_directory_get_stages_sql (void);
InbStageSet *inb_directory_read_stages    (const PGresult *result);
/* @data: the token's SHA-256 in hexadecimal. Returns (transfer full) an InbSession; INB_ERROR_UNAUTHORIZED. */
gpointer inb_directory_load_session      (InbDb     *db,
                                          gpointer   data,
                                          GError   **error);
/* @data: token ids, NULL-terminated. Returns (transfer full) a GStrv of those that are gone. */
gpointer inb_directory_load_lost_tokens  (InbDb     *db,
                                          gpointer   data,
                                          GError   **error);

G_END_DECLS
