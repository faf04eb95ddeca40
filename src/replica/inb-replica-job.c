#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-job.h"

#include "inb-contact-share.h"
#include "inb-duplicate-find.h"
#include "inb-error.h"
#include "inb-lead-figures-count.h"
#include "inb-replica-query.h"
#include "inb-replica-read.h"
#include "inb-replica-tags.h"

/**
 * inb_replica_write_new:
 * @argument: (transfer full) (nullable): what the verb works on
 */
InbReplicaWrite *
inb_replica_write_new (InbReplicaStore     *store,
                       InbReplicaWriteVerb  verb,
                       gpointer             argument,
                       GDestroyNotify       free_argument)
{
  InbReplicaWrite *self = g_new0 (InbReplicaWrite, 1);

  self->store = store;
  self->verb = verb;
  self->argument = argument;
  self->free_argument = free_argument;

  return self;
}

void
inb_replica_write_free (InbReplicaWrite *self)
{
  if (self->argument != NULL)
    self->free_argument (self->argument);
  g_free (self);
}

void
inb_replica_outcome_free (InbReplicaOutcome *self)
{
  if (self == NULL)
    return;

  inb_replica_batch_free (self->batch);
  g_clear_error (&self->error);
  g_free (self->epoch);
  g_free (self->position);
  if (self->value != NULL)
    self->free_value (self->value);
  inb_outbox_actor_clear (&self->actor);
  g_free (self);
}

static void
take_value (InbReplicaOutcome *outcome,
            gpointer           value,
            GDestroyNotify     free_value)
{
  outcome->value = value;
  outcome->free_value = free_value;
}

static void
run_outbox_verb (InbReplicaWrite   *self,
                 InbReplicaOutcome *outcome)
{
  const InbOutboxRequest *request = self->argument;
  InbOutboxActor actor;
  char *group = NULL;

  switch (self->verb)
    {
    case INB_REPLICA_WRITE_EDIT:
      inb_replica_store_edit (self->store, request->edit, &group, &outcome->batch, &outcome->error);
      take_value (outcome, group, g_free);
      break;

    case INB_REPLICA_WRITE_UNDO:
      inb_replica_store_undo (self->store, request->id, request->label, &group, &outcome->batch, &outcome->error);
      take_value (outcome, group, g_free);
      break;

    case INB_REPLICA_WRITE_ANSWER:
      inb_replica_store_answer (self->store, request->results, &outcome->batch, &outcome->error);
      break;

    case INB_REPLICA_WRITE_RESOLVE:
      inb_replica_store_resolve (self->store, request->id, request->columns, &outcome->batch, &outcome->error);
      break;

    case INB_REPLICA_WRITE_SET_ACTOR:
      actor = (InbOutboxActor) { .user_id = request->user_id, .name = request->user_name, .role = request->role };
      inb_replica_store_set_actor (self->store, &actor, &outcome->error);
      break;

    case INB_REPLICA_WRITE_FORGET:
      inb_replica_store_forget_outbox (self->store, request->unsent_too, &outcome->error);
      break;

    case INB_REPLICA_WRITE_PEEK:
      take_value (outcome, inb_replica_store_peek (self->store, request->max, request->max_bytes),
                  (GDestroyNotify) g_ptr_array_unref);
      break;

    case INB_REPLICA_WRITE_LIST:
      take_value (outcome, inb_replica_store_list_outbox (self->store, request->id), (GDestroyNotify) g_ptr_array_unref);
      break;

    case INB_REPLICA_WRITE_COUNT_GROUP:
      take_value (outcome, inb_replica_store_count_group (self->store, request->id, &outcome->error), g_free);
      break;

    case INB_REPLICA_WRITE_OVERLAY:
      outcome->batch = inb_replica_store_overlay (self->store, &outcome->error);
      break;

    case INB_REPLICA_WRITE_OPEN:
    case INB_REPLICA_WRITE_SORT_AGAIN:
    case INB_REPLICA_WRITE_REBUILD:
    case INB_REPLICA_WRITE_RESET:
    case INB_REPLICA_WRITE_APPLY:
    case INB_REPLICA_WRITE_APPLY_SNAPSHOT:
    case INB_REPLICA_WRITE_ADD:
    case INB_REPLICA_WRITE_ADD_ORDER:
    default:
      g_assert_not_reached ();
    }
}

static void
run_verb (InbReplicaWrite   *self,
          InbReplicaOutcome *outcome)
{
  switch (self->verb)
    {
    case INB_REPLICA_WRITE_OPEN:
      inb_replica_store_open (self->store, &outcome->error);
      break;

    case INB_REPLICA_WRITE_SORT_AGAIN:
      inb_replica_store_sort_again (self->store, &outcome->is_resorted, &outcome->error);
      break;

    case INB_REPLICA_WRITE_REBUILD:
      outcome->is_rebuilt = inb_replica_store_rebuild (self->store, &outcome->error);
      break;

    case INB_REPLICA_WRITE_RESET:
      inb_replica_store_reset (self->store, self->argument, &outcome->error);
      break;

    case INB_REPLICA_WRITE_APPLY:
      outcome->batch = inb_replica_store_apply (self->store, self->argument, &outcome->error);
      break;

    case INB_REPLICA_WRITE_APPLY_SNAPSHOT:
      outcome->batch = inb_replica_store_apply_snapshot (self->store, self->argument, &outcome->error);
      break;

    case INB_REPLICA_WRITE_ADD:
      outcome->batch = inb_replica_store_add (self->store, self->argument, &outcome->error);
      break;

    case INB_REPLICA_WRITE_ADD_ORDER:
      inb_replica_store_add_order (self->store, *(const guint *) self->argument, &outcome->error);
      break;

    case INB_REPLICA_WRITE_EDIT:
    case INB_REPLICA_WRITE_UNDO:
    case INB_REPLICA_WRITE_ANSWER:
    case INB_REPLICA_WRITE_RESOLVE:
    case INB_REPLICA_WRITE_SET_ACTOR:
    case INB_REPLICA_WRITE_FORGET:
    case INB_REPLICA_WRITE_PEEK:
    case INB_REPLICA_WRITE_LIST:
    case INB_REPLICA_WRITE_COUNT_GROUP:
    case INB_REPLICA_WRITE_OVERLAY:
    default:
      run_outbox_verb (self, outcome);
    }
}

/* What was being written belongs to a file that is gone: the caller starts from the beginning. */
static void
rebuild (InbReplicaWrite   *self,
         InbReplicaOutcome *outcome)
{
  g_autoptr (GError) damage = g_steal_pointer (&outcome->error);

  g_message ("The replica is damaged and made anew: %s", damage->message);
  if (!inb_replica_store_rebuild (self->store, &outcome->error))
    return;

  outcome->is_rebuilt = TRUE;
  g_set_error (&outcome->error, INB_ERROR, INB_ERROR_RESYNC, "The replica was damaged and is empty now: %s", damage->message);
}

/* Which of the two files is damaged? Of the outbox nothing is lost that can be read, so that what was asked for can be done. */
static void
recover (InbReplicaWrite   *self,
         InbReplicaOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  gboolean was_outbox;

  if (!inb_replica_store_mend_outbox (self->store, &was_outbox, &error))
    {
      g_clear_error (&outcome->error);
      outcome->error = g_steal_pointer (&error);
      return;
    }
  if (!was_outbox)
    {
      rebuild (self, outcome);
      return;
    }

  g_clear_error (&outcome->error);
  run_verb (self, outcome);
}

/* Found out while something else succeeded. */
static void
rebuild_quietly (InbReplicaWrite   *self,
                 InbReplicaOutcome *outcome)
{
  g_message ("The replica is damaged and made anew");
  outcome->is_rebuilt = inb_replica_store_rebuild (self->store, &outcome->error);
}

static void
note_state (InbReplicaWrite   *self,
            InbReplicaOutcome *outcome)
{
  const InbOutboxActor *actor = inb_replica_store_get_actor (self->store);

  outcome->cursor = inb_replica_store_get_cursor (self->store);
  outcome->newest = inb_replica_store_get_newest (self->store);
  outcome->epoch = g_strdup (inb_replica_store_get_epoch (self->store));
  outcome->position = g_strdup (inb_replica_store_get_position (self->store));
  if (self->verb == INB_REPLICA_WRITE_OPEN)
    {
      outcome->actor.user_id = g_strdup (actor->user_id);
      outcome->actor.name = g_strdup (actor->name);
      outcome->actor.role = actor->role;
    }
}

/**
 * inb_replica_write_run:
 *
 * Runs an InbReplicaWrite on the writer's thread; the task returns an InbReplicaOutcome, also on failure.
 */
void
inb_replica_write_run (GTask        *task,
                       gpointer      source_object,
                       gpointer      task_data,
                       GCancellable *cancellable)
{
  InbReplicaWrite *self = task_data;
  InbReplicaOutcome *outcome = g_new0 (InbReplicaOutcome, 1);

  run_verb (self, outcome);
  if (self->verb != INB_REPLICA_WRITE_OPEN && g_error_matches (outcome->error, INB_ERROR, INB_ERROR_CORRUPT))
    recover (self, outcome);
  inb_replica_store_take_news (self->store, &outcome->news);
  if (outcome->news.is_damaged && !outcome->is_rebuilt)
    rebuild_quietly (self, outcome);
  note_state (self, outcome);
  g_task_return_pointer (task, outcome, (GDestroyNotify) inb_replica_outcome_free);
}

InbReplicaRead *
inb_replica_read_new (InbReplicaReader   *reader,
                      InbReplicaReadVerb  verb)
{
  InbReplicaRead *self = g_new0 (InbReplicaRead, 1);

  self->reader = reader;
  self->verb = verb;

  return self;
}

void
inb_replica_read_free (InbReplicaRead *self)
{
  inb_lead_query_free (self->query);
  inb_lead_filter_free (self->filter);
  g_clear_pointer (&self->rowids, g_array_unref);
  g_free (self->id);
  g_strfreev (self->ids);
  g_free (self->follow_ups.owner);
  g_free (self);
}

/**
 * inb_replica_read_get_free:
 *
 * Returns: (transfer none): what frees the verb's result
 */
GDestroyNotify
inb_replica_read_get_free (InbReplicaReadVerb verb)
{
  switch (verb)
    {
    case INB_REPLICA_READ_QUERY:
      return (GDestroyNotify) g_array_unref;

    case INB_REPLICA_READ_SUMMARIES:
    case INB_REPLICA_READ_LIST:
    case INB_REPLICA_READ_FOLLOW_UPS:
    case INB_REPLICA_READ_DUPLICATES:
    case INB_REPLICA_READ_SHARES:
      return (GDestroyNotify) g_ptr_array_unref;

    case INB_REPLICA_READ_TAGS:
      return (GDestroyNotify) g_strfreev;

    case INB_REPLICA_READ_DETAIL:
    case INB_REPLICA_READ_CONTACT:
      return (GDestroyNotify) inb_lead_detail_free;

    case INB_REPLICA_READ_METRICS:
      return (GDestroyNotify) inb_metrics_free;

    case INB_REPLICA_READ_HEAT_MAP:
      return (GDestroyNotify) inb_heat_map_free;

    case INB_REPLICA_READ_TRENDS:
      return (GDestroyNotify) inb_trends_free;

    case INB_REPLICA_READ_VALUES:
      return (GDestroyNotify) inb_value_counts_free;

    case INB_REPLICA_READ_FACTS:
    case INB_REPLICA_READ_AHEAD:
    default:
      return NULL;
    }
}

/* With the facts. */
static gpointer
analyse_verb (InbReplicaRead  *self,
              InbSqlite       *db,
              GCancellable    *cancellable,
              GError         **error)
{
  const InbReplicaFigures *figures = &self->figures;
  InbReplicaAnalyst *analyst = self->analyst;
  const InbLeadFacts *facts = inb_replica_analyst_get_facts (analyst);
  g_autofree guint64 *wanted = NULL;

  if (self->verb == INB_REPLICA_READ_FACTS)
    return NULL;
  if (self->verb == INB_REPLICA_READ_AHEAD)
    {
      inb_replica_analyst_read_ahead (analyst, db, error);
      return NULL;
    }
  if (self->verb == INB_REPLICA_READ_QUERY)
    return inb_replica_analyst_query (analyst, db, self->query, cancellable, error);
  if (self->verb == INB_REPLICA_READ_DUPLICATES)
    return inb_duplicate_find_all (db, cancellable, error);

  wanted = inb_replica_analyst_select (analyst, db, self->filter, self->now, cancellable, error);
  if (wanted == NULL)
    return NULL;
  if (self->verb == INB_REPLICA_READ_HEAT_MAP)
    return inb_lead_figures_count_heat_map (facts, wanted, figures->mode, figures->max_rows, figures->max_columns, self->now);
  if (self->verb == INB_REPLICA_READ_TRENDS)
    return inb_lead_figures_count_trends (facts, wanted, &figures->range, figures->step, figures->group, figures->max_rows,
                                          self->now);
  if (self->verb == INB_REPLICA_READ_VALUES)
    return inb_lead_figures_count_values (facts, wanted, figures->field);

  return inb_replica_analyst_count_metrics (analyst, db, wanted, self->now, error);
}

static gpointer
read_verb (InbReplicaRead  *self,
           InbSqlite       *db,
           GCancellable    *cancellable,
           GError         **error)
{
  switch (self->verb)
    {
    case INB_REPLICA_READ_QUERY:
      return inb_replica_query_run (db, self->query, cancellable, error);

    case INB_REPLICA_READ_SUMMARIES:
      return inb_replica_read_summaries (db, (const gint64 *) (gpointer) self->rowids->data, self->rowids->len, error);

    case INB_REPLICA_READ_DETAIL:
      return inb_replica_read_detail (db, self->id, error);

    case INB_REPLICA_READ_CONTACT:
      return inb_replica_read_contact (db, self->id, error);

    case INB_REPLICA_READ_METRICS:
      return inb_replica_read_metrics (db, self->now, error);

    case INB_REPLICA_READ_FOLLOW_UPS:
      return inb_replica_read_follow_ups (db, &self->follow_ups, error);

    case INB_REPLICA_READ_TAGS:
      return inb_replica_read_tags (db, error);

    case INB_REPLICA_READ_LIST:
      return inb_replica_read_list (db, self->kind, error);

    case INB_REPLICA_READ_DUPLICATES:
      return inb_duplicate_find_of (db, self->id, error);

    case INB_REPLICA_READ_SHARES:
      return inb_contact_share_read (db, (const char * const *) self->ids, error);

    case INB_REPLICA_READ_FACTS:
    case INB_REPLICA_READ_AHEAD:
    case INB_REPLICA_READ_HEAT_MAP:
    case INB_REPLICA_READ_TRENDS:
    case INB_REPLICA_READ_VALUES:
    default:
      g_assert_not_reached ();
    }
}

static InbSqlite *
begin (InbReplicaRead  *self,
       GError         **error)
{
  if (self->analyst != NULL)
    return inb_replica_analyst_begin (self->analyst, error);

  return inb_replica_reader_begin (self->reader, error);
}

static void
end (InbReplicaRead *self)
{
  if (self->analyst != NULL)
    inb_replica_analyst_end (self->analyst);
  else
    inb_replica_reader_end (self->reader);
}

/**
 * inb_replica_read_run:
 *
 * Runs an InbReplicaRead on the reader's thread, or on the analysis thread.
 */
void
inb_replica_read_run (GTask        *task,
                      gpointer      source_object,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  InbReplicaRead *self = task_data;
  InbSqlite *db;
  GError *error = NULL;
  gpointer result = NULL;

  db = begin (self, &error);
  if (db != NULL)
    {
      result = self->analyst != NULL ? analyse_verb (self, db, cancellable, &error) : read_verb (self, db, cancellable, &error);
      end (self);
    }
  if (error == NULL)
    {
      g_task_return_pointer (task, result, inb_replica_read_get_free (self->verb));
      return;
    }

  g_prefix_error (&error, "Reading the replica: ");
  g_task_return_error (task, error);
}
