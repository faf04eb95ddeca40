/* The parameters of POST /api/import. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  char     *id;         /* of the import: the group of all that it writes */
  char     *file_name;  /* or NULL */
  char     *source;     /* lead_source of lines that name none */
  JsonNode *mapping;    /* an object: column of the file → target; or NULL */

  char      delimiter;  /* 0 = found out */
  gboolean  is_trial;   /* decides everything, writes nothing */
} InbImportRequest;

/* INB_ERROR_INVALID_ARGUMENT names the parameter. */
InbImportRequest *inb_import_request_new  (GHashTable        *params,
                                           GError           **error);
void              inb_import_request_free (InbImportRequest  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportRequest, inb_import_request_free)

G_END_DECLS
