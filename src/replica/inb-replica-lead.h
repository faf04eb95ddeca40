/* Writes leads: with the columns that they repeat of their contact, and with the numbers behind the metrics. */
#pragma once

#include "inb-replica-batch.h"

G_BEGIN_DECLS

gboolean inb_replica_lead_write          (InbReplicaBatch  *batch,
                                          const InbRow     *row,
                                          gint64            rowid,
                                          GError          **error);
gboolean inb_replica_lead_erase          (InbReplicaBatch  *batch,
                                          const char       *lead_id,
                                          GError          **error);
gboolean inb_replica_lead_take_contact   (InbReplicaBatch  *batch,
                                          const InbRow     *contact,
                                          GError          **error);
gboolean inb_replica_lead_forget_contact (InbReplicaBatch  *batch,
                                          const char       *contact_id,
                                          GError          **error);
gboolean inb_replica_lead_note_activity  (InbReplicaBatch  *batch,
                                          const char       *activity_id,
                                          GError          **error);
gboolean inb_replica_lead_sort_again     (InbSqlite        *db,
                                          GError          **error);

G_END_DECLS
