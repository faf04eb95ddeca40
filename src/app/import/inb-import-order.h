/* An import as the user wants it: the file, what its columns mean, where its leads come from; and asking the service for it, on trial or
 * in earnest. */
#pragma once

#include "inb-import-fields.h"
#include "inb-import-outcome.h"
#include "inb-sync-client.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbImportTable *table;
  char           *id;       /* of what it writes; the same again does what is missing */
  char           *mapping;  /* JSON: what the columns mean that the service would not guess so, or NULL */
  char           *source;   /* of new leads whose line does not say it, or NULL */
} InbImportOrder;

/* Lines that are done, and in all. */
typedef void (*InbImportProgress) (guint    n_done,
                                   guint    n_lines,
                                   gpointer data);

/* @choice: (element-type guint): a field for each column. @source: (nullable). */
InbImportOrder   *inb_import_order_new        (InbImportTable       *table,
                                               InbImportFields      *fields,
                                               GArray               *choice,
                                               const char           *source);
void              inb_import_order_free       (InbImportOrder       *self);
/* Cancelling keeps what was written until then. */
void              inb_import_order_send_async (InbImportOrder       *self,
                                               InbSyncClient        *client,
                                               gboolean              is_trial,
                                               InbImportProgress     progress,
                                               gpointer              data,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
/* (transfer full): or NULL with the service's error, INB_ERROR_CONNECTION, G_IO_ERROR_CANCELLED. */
InbImportOutcome *inb_import_order_send_finish (InbSyncClient       *client,
                                               GAsyncResult         *result,
                                               GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbImportOrder, inb_import_order_free)

G_END_DECLS
