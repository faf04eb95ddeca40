#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-analyst.h"

#include "inb-contact-list.h"
#include "inb-lead-figures-count.h"
#include "inb-replica-reader.h"
#include "inb-time.h"

/* What was changed since the facts were last brought up to date. */
typedef struct {
  GArray   *rowids;     /* gint64 */
  gboolean  settings;   /* of the workspace, or its stages */
  gboolean  contacts;   /* or which of them have leads */
  gboolean  everything;
} Changes;

struct _InbReplicaAnalyst {
  /* Owned */
  InbReplicaReader *reader;
  GCancellable     *stop;
  GMutex            mutex;      /* guards changes; never held for long */
  Changes           changes;

  /* Owned, used while the reader is held */
  InbLeadFacts     *facts;
  InbLeadOrder     *order;
  InbContactList   *contacts;   /* NULL unless they were listed last */
  int               is_loaded;  /* atomic */
};

/**
 * inb_replica_analyst_new:
 * @path: of the database
 */
InbReplicaAnalyst *
inb_replica_analyst_new (const char *path)
{
  InbReplicaAnalyst *self = g_new0 (InbReplicaAnalyst, 1);

  self->reader = inb_replica_reader_new (path);
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  self->changes.rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changes.everything = TRUE;
  self->facts = inb_lead_facts_new ();
  self->facts->stop = self->stop;
  self->order = inb_lead_order_new ();

  return self;
}

void
inb_replica_analyst_free (InbReplicaAnalyst *self)
{
  if (self == NULL)
    return;

  inb_replica_reader_free (self->reader);
  inb_contact_list_free (self->contacts);
  inb_lead_order_free (self->order);
  inb_lead_facts_free (self->facts);
  g_array_unref (self->changes.rowids);
  g_mutex_clear (&self->mutex);
  g_object_unref (self->stop);
  g_free (self);
}

/**
 * inb_replica_analyst_stop:
 *
 * Ends a load under way: nobody waits for it any more.
 */
void
inb_replica_analyst_stop (InbReplicaAnalyst *self)
{
  g_cancellable_cancel (self->stop);
}

/**
 * inb_replica_analyst_is_loaded:
 *
 * Returns: whether there are facts, be they of the last moment or not
 */
gboolean
inb_replica_analyst_is_loaded (InbReplicaAnalyst *self)
{
  return g_atomic_int_get (&self->is_loaded);
}

/**
 * inb_replica_analyst_note:
 * @batch: of a transaction that is committed
 */
void
inb_replica_analyst_note (InbReplicaAnalyst     *self,
                          const InbReplicaBatch *batch)
{
  g_mutex_lock (&self->mutex);
  if (!self->changes.everything && batch->rowids->len > 0)
    g_array_append_vals (self->changes.rowids, batch->rowids->data, batch->rowids->len);
  self->changes.settings |= batch->stages_changed || batch->workspace_changed;
  self->changes.contacts |= batch->contacts_changed || batch->rowids->len > 0;
  g_mutex_unlock (&self->mutex);
}

static void
note_everything (InbReplicaAnalyst *self)
{
  g_mutex_lock (&self->mutex);
  g_array_set_size (self->changes.rowids, 0);
  self->changes.everything = TRUE;
  g_mutex_unlock (&self->mutex);
  g_atomic_int_set (&self->is_loaded, FALSE);
}

/**
 * inb_replica_analyst_suspend:
 *
 * As inb_replica_reader_suspend().
 */
void
inb_replica_analyst_suspend (InbReplicaAnalyst *self)
{
  inb_replica_reader_suspend (self->reader);
}

/**
 * inb_replica_analyst_resume:
 *
 * As inb_replica_reader_resume(); it is another file now.
 */
void
inb_replica_analyst_resume (InbReplicaAnalyst *self,
                            gboolean           is_usable)
{
  note_everything (self);
  inb_replica_reader_resume (self->reader, is_usable);
}

/* (transfer full) of what the array holds */
static Changes
take_changes (InbReplicaAnalyst *self)
{
  Changes changes;

  g_mutex_lock (&self->mutex);
  changes = self->changes;
  self->changes.rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->changes.settings = FALSE;
  self->changes.contacts = FALSE;
  self->changes.everything = FALSE;
  g_mutex_unlock (&self->mutex);

  return changes;
}

static gboolean
load (InbReplicaAnalyst  *self,
      InbSqlite          *db,
      GError            **error)
{
  inb_lead_order_forget (self->order);
  g_clear_pointer (&self->contacts, inb_contact_list_free);
  if (!inb_lead_facts_load (self->facts, db, error))
    return FALSE;

  g_atomic_int_set (&self->is_loaded, TRUE);

  return TRUE;
}

static gboolean
take_in (InbReplicaAnalyst  *self,
         InbSqlite          *db,
         const Changes      *changes,
         GError            **error)
{
  if (changes->everything)
    return load (self, db, error);

  if (changes->contacts)
    g_clear_pointer (&self->contacts, inb_contact_list_free);
  if (changes->settings && !inb_lead_facts_take_settings (self->facts, db, error))
    return FALSE;
  if (changes->rowids->len == 0)
    return TRUE;
  if (!inb_lead_facts_update (self->facts, db, (const gint64 *) (gpointer) changes->rowids->data, changes->rowids->len, error))
    return FALSE;
  inb_lead_order_update (self->order, self->facts, (const gint64 *) (gpointer) changes->rowids->data, changes->rowids->len);

  return TRUE;
}

/**
 * inb_replica_analyst_begin:
 *
 * Starts a read transaction with the facts as new as it is, or newer than what was committed before; to be ended by
 * inb_replica_analyst_end().
 *
 * Returns: (transfer none) (nullable): the connection, or %NULL with an error, and then nothing is to be ended
 */
InbSqlite *
inb_replica_analyst_begin (InbReplicaAnalyst  *self,
                           GError            **error)
{
  InbSqlite *db = inb_replica_reader_begin (self->reader, error);
  Changes changes;
  gboolean done;

  if (db == NULL)
    return NULL;

  /* What is noted from here on may be in this transaction or not; it is read again the next time. */
  changes = take_changes (self);
  done = take_in (self, db, &changes, error);
  g_array_unref (changes.rowids);
  if (done)
    return db;

  note_everything (self);
  inb_replica_reader_end (self->reader);

  return NULL;
}

void
inb_replica_analyst_end (InbReplicaAnalyst *self)
{
  inb_replica_reader_end (self->reader);
}

/**
 * inb_replica_analyst_read_ahead:
 *
 * Reads what the first filter and the first search would else wait for.
 */
gboolean
inb_replica_analyst_read_ahead (InbReplicaAnalyst  *self,
                                InbSqlite          *db,
                                GError            **error)
{
  return inb_lead_order_prepare (self->order, self->facts, db, self->stop, error) &&
         inb_lead_search_prepare (self->facts->search, db, self->facts->n_rows, self->stop, error);
}

static GArray *
list_contacts (InbReplicaAnalyst   *self,
               InbSqlite           *db,
               const InbLeadQuery  *query,
               gint64               now,
               GCancellable        *cancellable,
               GError             **error)
{
  if (self->contacts == NULL)
    self->contacts = inb_contact_list_new (db, cancellable, error);
  if (self->contacts == NULL)
    return NULL;

  return inb_contact_list_query (self->contacts, query, now, self->facts->timezone);
}

/**
 * inb_replica_analyst_query:
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row ids in order
 */
GArray *
inb_replica_analyst_query (InbReplicaAnalyst   *self,
                           InbSqlite           *db,
                           const InbLeadQuery  *query,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gint64 now = query->now != 0 ? query->now : inb_time_now ();
  g_autofree guint64 *wanted = NULL;

  if (query->contacts)
    return list_contacts (self, db, query, now, cancellable, error);

  g_clear_pointer (&self->contacts, inb_contact_list_free);
  wanted = inb_lead_facts_select (self->facts, db, query->filter, TRUE, now, cancellable, error);
  if (wanted == NULL)
    return NULL;

  return inb_lead_order_list (self->order, self->facts, db, wanted, query->sort, query->descending, cancellable, error);
}

/**
 * inb_replica_analyst_get_facts:
 *
 * Returns: (transfer none): the facts; unchanged until inb_replica_analyst_end()
 */
const InbLeadFacts *
inb_replica_analyst_get_facts (InbReplicaAnalyst *self)
{
  return self->facts;
}

/**
 * inb_replica_analyst_select:
 *
 * As inb_lead_facts_select(), for figures: without test leads.
 */
guint64 *
inb_replica_analyst_select (InbReplicaAnalyst    *self,
                            InbSqlite            *db,
                            const InbLeadFilter  *filter,
                            gint64                now,
                            GCancellable         *cancellable,
                            GError              **error)
{
  return inb_lead_facts_select (self->facts, db, filter, FALSE, now, cancellable, error);
}

/**
 * inb_replica_analyst_count_metrics:
 *
 * Returns: (transfer full) (nullable): the key figures, with the id of the lead that waits longest
 */
InbMetrics *
inb_replica_analyst_count_metrics (InbReplicaAnalyst  *self,
                                   InbSqlite          *db,
                                   const guint64      *wanted,
                                   gint64              now,
                                   GError            **error)
{
  g_autoptr (InbMetrics) metrics = inb_lead_figures_count_metrics (self->facts, wanted, now);
  sqlite3_stmt *statement;

  if (metrics->waiting_rowid == 0)
    return g_steal_pointer (&metrics);

  statement = inb_sqlite_prepare (db, "lead-id", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, metrics->waiting_rowid);

  return inb_sqlite_read_text (db, statement, &metrics->waiting_lead_id, error) ? g_steal_pointer (&metrics) : NULL;
}
