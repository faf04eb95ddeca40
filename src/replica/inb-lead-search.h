/* Free text in the leads. The folded texts are kept in memory while they are few megabytes, else read from the file; what was found
 * last is kept, so that another letter only looks at those again. Used on the analysis thread only, besides the facts.
 */
#pragma once

#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct _InbLeadSearch InbLeadSearch;

InbLeadSearch *inb_lead_search_new     (void);
void           inb_lead_search_free    (InbLeadSearch  *self);
void           inb_lead_search_forget  (InbLeadSearch  *self);
gboolean       inb_lead_search_prepare (InbLeadSearch  *self,
                                        InbSqlite      *db,
                                        guint32         n_rows,
                                        GCancellable   *cancellable,
                                        GError        **error);
gboolean       inb_lead_search_update  (InbLeadSearch  *self,
                                        InbSqlite      *db,
                                        guint32         n_rows,
                                        const gint64   *rowids,
                                        guint           n_rowids,
                                        GError        **error);
const guint64 *inb_lead_search_find    (InbLeadSearch  *self,
                                        InbSqlite      *db,
                                        guint32         n_rows,
                                        const char     *text,
                                        GCancellable   *cancellable,
                                        GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLeadSearch, inb_lead_search_free)

G_END_DECLS
