/* inb-count-figures FOLDER: reads questions about the replica there, a JSON object a line, and answers each with a line of
 * figures. {"filter": {…}, "mode": "weekday_hour", "max": 3, "step": "week", "by": "product", "range": {"from": …, "to": …}} */
#define G_LOG_DOMAIN "inb-tests"

#include "inb-figures-json.h"
#include "inb-json.h"
#include "inb-lead-filter.h"
#include "inb-replica-kit.h"
#include "inb-time.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

typedef struct {
  InbReplica   *replica;
  GAsyncResult *result;
} Counting;

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_set_object (&((Counting *) user_data)->result, result);
}

static gboolean
is_counted (gpointer data)
{
  return ((Counting *) data)->result != NULL;
}

static void
wait_counted (Counting *counting)
{
  inb_kit_wait (is_counted, counting);
}

static InbLeadFilter *
read_filter (JsonObject *question)
{
  g_autofree char *text = json_to_string (json_object_get_member (question, "filter"), FALSE);
  g_autoptr (GError) error = NULL;
  InbLeadFilter *filter = inb_lead_filter_new_from_json (text, &error);

  if (filter == NULL)
    g_error ("%s: %s", text, error->message);

  return filter;
}

static void
count_metrics (InbReplica    *replica,
               InbLeadFilter *filter,
               GString       *json)
{
  Counting counting = { replica, NULL };
  g_autoptr (InbMetrics) metrics = NULL;
  g_autoptr (GError) error = NULL;

  inb_replica_get_metrics_async (replica, filter, inb_time_now (), NULL, on_counted, &counting);
  wait_counted (&counting);
  metrics = inb_replica_get_metrics_finish (replica, counting.result, &error);
  g_object_unref (counting.result);
  if (metrics == NULL || !metrics->has_details)
    g_error ("metrics: %s", error != NULL ? error->message : "without details");
  inb_figures_json_append_metrics (json, metrics);
}

static void
count_heat_map (InbReplica    *replica,
                InbLeadFilter *filter,
                JsonObject    *question,
                GString       *json)
{
  Counting counting = { replica, NULL };
  guint most = (guint) inb_json_get_integer (question, "max", 0);
  gboolean by_hour = g_strcmp0 (inb_json_get_string (question, "mode"), "weekday_hour") == 0;
  g_autoptr (InbHeatMap) heat_map = NULL;
  g_autoptr (GError) error = NULL;

  inb_replica_get_heat_map_async (replica, filter, by_hour ? INB_HEAT_MAP_WEEKDAY_HOUR : INB_HEAT_MAP_SOURCE_PRODUCT, most, most,
                                  inb_time_now (), NULL, on_counted, &counting);
  wait_counted (&counting);
  heat_map = inb_replica_get_heat_map_finish (replica, counting.result, &error);
  g_object_unref (counting.result);
  if (heat_map == NULL)
    g_error ("heat map: %s", error->message);
  inb_figures_json_append_heat_map (json, heat_map);
}

static void
count_trends (InbReplica    *replica,
              InbLeadFilter *filter,
              JsonObject    *question,
              GString       *json)
{
  Counting counting = { replica, NULL };
  const char *step = inb_json_get_string (question, "step");
  gboolean by_product = g_strcmp0 (inb_json_get_string (question, "by"), "product") == 0;
  JsonObject *days = inb_json_get_object (question, "range");
  InbDateRange range = { .kind = INB_DATE_RANGE_ANY };
  g_autoptr (InbTrends) trends = NULL;
  g_autoptr (GError) error = NULL;

  if (days != NULL &&
      !inb_date_range_set_days (&range, inb_json_get_string (days, "from"), inb_json_get_string (days, "to")))
    g_error ("the range is none");
  inb_replica_get_trends_async (replica, filter, &range,
                                g_strcmp0 (step, "month") == 0 ? INB_TREND_MONTH
                                : g_strcmp0 (step, "week") == 0 ? INB_TREND_WEEK : INB_TREND_DAY,
                                by_product ? INB_TREND_BY_PRODUCT : INB_TREND_BY_SOURCE,
                                (guint) inb_json_get_integer (question, "max", 8), inb_time_now (), NULL, on_counted, &counting);
  wait_counted (&counting);
  trends = inb_replica_get_trends_finish (replica, counting.result, &error);
  g_object_unref (counting.result);
  if (trends == NULL)
    g_error ("trends: %s", error->message);
  inb_figures_json_append_trends (json, trends);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  InbReplica *replica;

  if (argc != 2)
    {
      g_printerr ("Usage: %s FOLDER\n", argv[0]);
      return 2;
    }

  replica = inb_replica_new (argv[1]);
  if (!inb_kit_open (replica, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  inb_kit_wait_for_facts (replica);
  for (;;)
    {
      g_autofree char *line = NULL;
      gsize length;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (InbLeadFilter) filter = NULL;
      g_autoptr (GString) json = NULL;

      if (g_io_channel_read_line (input, &line, &length, NULL, NULL) != G_IO_STATUS_NORMAL)
        break;
      node = inb_json_parse (line, length, &error);
      if (node == NULL)
        g_error ("%s", error->message);
      filter = read_filter (json_node_get_object (node));
      json = g_string_new ("{");
      count_metrics (replica, filter, json);
      count_heat_map (replica, filter, json_node_get_object (node), json);
      count_trends (replica, filter, json_node_get_object (node), json);
      g_string_append (json, "}\n");
      fputs (json->str, stdout);   /* UTF-8 in any locale */
      fflush (stdout);
    }
  inb_kit_drop (replica);

  return 0;
}
