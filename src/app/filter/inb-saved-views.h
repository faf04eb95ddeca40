/* The saved views that the user of one session has: his own and those that are shared. Read from the replica, changed through the
 * outbox, so also offline, and undone like anything else. No widgets. */
#pragma once

#include "inb-column-layout.h"
#include "inb-edits.h"
#include "inb-saved-view.h"

G_BEGIN_DECLS

#define INB_TYPE_SAVED_VIEWS (inb_saved_views_get_type ())
G_DECLARE_FINAL_TYPE (InbSavedViews, inb_saved_views, INB, SAVED_VIEWS, GObject)

/* Signals: "changed": others than before. */

InbSavedViews      *inb_saved_views_new    (InbReplica            *replica,
                                            InbEdits              *edits);
/* Reads them; once the replica is open. */
void                inb_saved_views_refresh (InbSavedViews        *self);
/* (transfer none) (element-type InbSavedView): as inb_saved_view_compare() orders them; valid until "changed". */
GPtrArray          *inb_saved_views_get    (InbSavedViews         *self);
const InbSavedView *inb_saved_views_find   (InbSavedViews         *self,
                                            const char            *id);
/* Whether the user may change or delete that view. @reason: (out): why not, for a tooltip. */
gboolean            inb_saved_views_may    (InbSavedViews         *self,
                                            const InbSavedView    *view,
                                            const char           **reason);
/* (transfer full): the id of the new one, which is there when "changed" says so. */
char               *inb_saved_views_add    (InbSavedViews         *self,
                                            const char            *name,
                                            gboolean               is_shared,
                                            const InbLeadFilter   *filter,
                                            const InbColumnLayout *layout);
/* What it shows. */
void                inb_saved_views_update (InbSavedViews         *self,
                                            const char            *id,
                                            const InbLeadFilter   *filter,
                                            const InbColumnLayout *layout);
void                inb_saved_views_rename (InbSavedViews         *self,
                                            const char            *id,
                                            const char            *name,
                                            gboolean               is_shared);
void                inb_saved_views_remove (InbSavedViews         *self,
                                            const char            *id);
/* Whether filter, columns and sort are those of the view. */
gboolean            inb_saved_views_match  (const InbSavedView    *view,
                                            const InbLeadFilter   *filter,
                                            const InbColumnLayout *layout);

G_END_DECLS
