/* The rows that one transaction writes, new and changed, each once whatever number of events touched it. It gives them their
 * places in the change feed, keeps the roll-up in step, and tells the change to the desktops.
 */
#pragma once

#include "inb-lead-counts.h"
#include "inb-row-writer.h"

G_BEGIN_DECLS

typedef struct _InbWriteSet InbWriteSet;

InbWriteSet *inb_write_set_new         (const char         *workspace_id,
                                        GTimeZone          *timezone);
/* The country that contacts' second numbers are read in; without it only those with + become match keys. */
void         inb_write_set_set_region  (InbWriteSet        *self,
                                        const char         *region);
void         inb_write_set_free        (InbWriteSet        *self);
void         inb_write_set_put         (InbWriteSet        *self,
                                        InbRow             *original,
                                        InbRow             *row);
gint64       inb_write_set_number      (InbWriteSet        *self,
                                        gint64              head);
gboolean     inb_write_set_resolve     (InbWriteSet        *self,
                                        InbLeadCountNames  *names,
                                        InbDb              *db,
                                        GError            **error);
gboolean     inb_write_set_send        (InbWriteSet        *self,
                                        InbDb              *db,
                                        InbRowWriter       *writer,
                                        guint              *n_statements,
                                        GError            **error);
GString     *inb_write_set_to_json     (InbWriteSet        *self,
                                        gsize               max_length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbWriteSet, inb_write_set_free)

G_END_DECLS
