/* Writes many leads into a file of comma-separated values: page by page, so that a million take no more memory than a thousand;
 * beside the file first, which is put in its place when it is complete. Values do not depend on the locale. */
#pragma once

#include "inb-lead-column.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* @done of @total leads are written; on the caller's main context. */
typedef void (*InbLeadExportProgress) (guint    done,
                                       guint    total,
                                       gpointer data);

/* @rowids (element-type gint64), @columns (element-type InbLeadSort): not to be changed afterwards. The id comes last, so that
 * the file can be imported again; @contacts: of contacts without a lead. @progress (nullable) with @data, which must live until the end. */
void     inb_lead_export_file_async  (InbReplica            *replica,
                                      InbDirectory          *directory,
                                      GTimeZone             *timezone,
                                      GArray                *rowids,
                                      GArray                *columns,
                                      gboolean               contacts,
                                      GFile                 *file,
                                      InbLeadExportProgress  progress,
                                      gpointer               data,
                                      GCancellable          *cancellable,
                                      GAsyncReadyCallback    callback,
                                      gpointer               user_data);
/* The number of leads written, or -1: then a file of that name is as it was before. */
gint64   inb_lead_export_file_finish (InbReplica            *replica,
                                      GAsyncResult          *result,
                                      GError               **error);

G_END_DECLS
