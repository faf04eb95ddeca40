#define G_LOG_DOMAIN "inb-tests"

#include "inb-replica-kit.h"

#include <glib/gstdio.h>

#define WAIT_SECONDS 120

static gboolean
on_too_long (gpointer user_data)
{
  g_error ("Waited for more than %d s", WAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

void
inb_kit_wait (InbKitCondition condition,
              gpointer        data)
{
  guint bound = g_timeout_add_seconds (WAIT_SECONDS, on_too_long, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (bound);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static void
on_result (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  inb_kit_wait (has_result, result);

  return *result;
}

char *
inb_kit_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("inb-replica-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

void
inb_kit_delete_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

gboolean
inb_kit_open (InbReplica  *replica,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_open_async (replica, NULL, on_result, &result);

  return inb_replica_open_finish (replica, wait_for (&result), error);
}

/* An open replica in @folder. */
InbReplica *
inb_kit_new (const char *folder)
{
  InbReplica *replica = inb_replica_new (folder);
  g_autoptr (GError) error = NULL;

  inb_kit_open (replica, &error);
  g_assert_no_error (error);

  return replica;
}

static gboolean
is_alone (gpointer data)
{
  return G_OBJECT (data)->ref_count == 1;
}

/* Closes it and drops the last reference, once what goes on in the background has ended. */
void
inb_kit_drop (InbReplica *replica)
{
  inb_replica_close (replica);
  inb_kit_wait (is_alone, replica);
  g_assert_finalize_object (replica);
}

gboolean
inb_kit_apply (InbReplica  *replica,
               InbChanges  *changes,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_apply_async (replica, changes, on_result, &result);

  return inb_replica_apply_finish (replica, wait_for (&result), error);
}

gboolean
inb_kit_apply_snapshot (InbReplica       *replica,
                        InbSnapshotPage  *page,
                        GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_apply_snapshot_async (replica, page, on_result, &result);

  return inb_replica_apply_snapshot_finish (replica, wait_for (&result), error);
}

gboolean
inb_kit_reset (InbReplica  *replica,
               const char  *epoch,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_reset_async (replica, epoch, on_result, &result);

  return inb_replica_reset_finish (replica, wait_for (&result), error);
}

gboolean
inb_kit_store (InbReplica  *replica,
               GPtrArray   *rows,
               GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_store_async (replica, rows, on_result, &result);

  return inb_replica_store_finish (replica, wait_for (&result), error);
}

GArray *
inb_kit_query (InbReplica          *replica,
               const InbLeadQuery  *query,
               GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_query_async (replica, query, NULL, on_result, &result);

  return inb_replica_query_finish (replica, wait_for (&result), error);
}

GPtrArray *
inb_kit_load (InbReplica  *replica,
              GArray      *rowids,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_load_async (replica, (const gint64 *) (gpointer) rowids->data, rowids->len, NULL, on_result, &result);

  return inb_replica_load_finish (replica, wait_for (&result), error);
}

InbLeadDetail *
inb_kit_get_lead (InbReplica  *replica,
                  const char  *lead_id,
                  GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_lead_async (replica, lead_id, NULL, on_result, &result);

  return inb_replica_get_lead_finish (replica, wait_for (&result), error);
}

InbLeadDetail *
inb_kit_get_contact (InbReplica  *replica,
                     const char  *contact_id,
                     GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_contact_async (replica, contact_id, NULL, on_result, &result);

  return inb_replica_get_contact_finish (replica, wait_for (&result), error);
}

InbMetrics *
inb_kit_get_metrics (InbReplica  *replica,
                     gint64       now,
                     GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  inb_replica_get_metrics_async (replica, every, now, NULL, on_result, &result);

  return inb_replica_get_metrics_finish (replica, wait_for (&result), error);
}

InbHeatMap *
inb_kit_get_heat_map (InbReplica           *replica,
                      const InbLeadFilter  *filter,
                      InbHeatMapMode        mode,
                      gint64                now,
                      GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_heat_map_async (replica, filter, mode, 20, 20, now, NULL, on_result, &result);

  return inb_replica_get_heat_map_finish (replica, wait_for (&result), error);
}

/* Every day on the axis, by source. */
InbTrends *
inb_kit_get_trends (InbReplica           *replica,
                    const InbLeadFilter  *filter,
                    gint64                now,
                    GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  InbDateRange any = { INB_DATE_RANGE_ANY };

  inb_replica_get_trends_async (replica, filter, &any, INB_TREND_DAY, INB_TREND_BY_SOURCE, 8, now, NULL, on_result, &result);

  return inb_replica_get_trends_finish (replica, wait_for (&result), error);
}

InbValueCounts *
inb_kit_get_values (InbReplica           *replica,
                    const InbLeadFilter  *filter,
                    InbFilterField        field,
                    gint64                now,
                    GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_values_async (replica, filter, field, now, NULL, on_result, &result);

  return inb_replica_get_values_finish (replica, wait_for (&result), error);
}

/* Whatever is asked of the facts waits for them. */
void
inb_kit_wait_for_facts (InbReplica *replica)
{
  g_autoptr (InbLeadFilter) every = inb_lead_filter_new ();

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbValueCounts) counts = inb_kit_get_values (replica, every, INB_FILTER_STAGE, 0, &error);

      g_assert_no_error (error);
    }
}

GPtrArray *
inb_kit_list (InbReplica  *replica,
              InbKind      kind,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_list_async (replica, kind, NULL, on_result, &result);

  return inb_replica_list_finish (replica, wait_for (&result), error);
}

GPtrArray *
inb_kit_get_follow_ups (InbReplica  *replica,
                        const char  *owner,
                        gint64       after,
                        gint64       until,
                        guint        max,
                        GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_follow_ups_async (replica, owner, after, until, max, NULL, on_result, &result);

  return inb_replica_get_follow_ups_finish (replica, wait_for (&result), error);
}

GPtrArray *
inb_kit_get_duplicates (InbReplica  *replica,
                        const char  *contact_id,
                        GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_duplicates_async (replica, contact_id, NULL, on_result, &result);

  return inb_replica_get_duplicates_finish (replica, wait_for (&result), error);
}

GPtrArray *
inb_kit_get_shares (InbReplica          *replica,
                    const char * const  *contact_ids,
                    GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  inb_replica_get_shares_async (replica, contact_ids, NULL, on_result, &result);

  return inb_replica_get_shares_finish (replica, wait_for (&result), error);
}

InbChanges *
inb_kit_make_changes (InbReplica *replica,
                      const char *epoch,
                      GPtrArray  *rows,
                      gint64      to)
{
  InbChanges *changes = inb_changes_new ();

  g_ptr_array_unref (changes->rows);
  changes->rows = rows;
  changes->epoch = g_strdup (epoch);
  changes->from = inb_replica_get_cursor (replica);
  changes->to = to;
  changes->head = to;

  return changes;
}

GPtrArray *
inb_kit_new_rows (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
}
