#define G_LOG_DOMAIN "inb-service"

#include "inb-stage-leads.h"

#include "inb-json.h"
#include "inb-lead-activities.h"
#include "inb-sql.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

#define LAST_ID "ffffffff-ffff-ffff-ffff-ffffffffffff"

void
inb_stage_walk_begin (InbStageWalk *self)
{
  *self = (InbStageWalk) { .created_at = G_MAXINT64, .id = LAST_ID };
}

static char *
quote (const char *text)
{
  GString *json = g_string_new (NULL);

  inb_json_append_string (json, text);

  return g_string_free (json, FALSE);
}

/* @title: (transfer full) */
static InbRow *
add_activity (InbAdmin      *admin,
              const InbRow  *lead,
              const char    *type,
              char          *title)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_ACTIVITY);

  inb_row_take (row, INB_ACTIVITY_ID, inb_uuid_new_v7 ());
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, admin->workspace_id);
  inb_row_set (row, INB_ACTIVITY_LEAD_ID, inb_row_get (lead, INB_LEAD_ID));
  inb_row_set (row, INB_ACTIVITY_CONTACT_ID, inb_row_get (lead, INB_LEAD_CONTACT_ID));
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_row_take (row, INB_ACTIVITY_TITLE, title);
  inb_row_set (row, INB_ACTIVITY_METADATA, "{\"reason\":\"stages\"}");
  inb_row_set_boolean (row, INB_ACTIVITY_IS_AUTOMATED, TRUE);
  inb_row_set (row, INB_ACTIVITY_CREATED_AT, admin->now_text);
  inb_row_set (row, INB_ACTIVITY_UPDATED_AT, admin->now_text);
  inb_row_set (row, INB_ACTIVITY_OCCURRED_AT, admin->now_text);
  inb_row_set (row, INB_ACTIVITY_CREATED_BY, admin->actor_id);
  inb_row_set (row, INB_ACTIVITY_UPDATED_BY, admin->actor_id);
  inb_row_set (row, INB_ACTIVITY_ACTOR_NAME, admin->actor);
  inb_row_set (row, INB_ACTIVITY_SOURCE, "app");
  inb_write_set_put (admin->write_set, NULL, row);

  return row;
}

static void
tell_move (InbAdmin      *admin,
           const InbRow  *lead,
           const char    *before,
           const char    *after)
{
  InbRow *row = add_activity (admin, lead, "status_updated", inb_lead_describe_stages (before, after));

  inb_row_set (row, INB_ACTIVITY_FIELD_NAME, "stage");
  inb_row_take (row, INB_ACTIVITY_OLD_VALUE, quote (before));
  inb_row_take (row, INB_ACTIVITY_NEW_VALUE, quote (after));
}

static void
tell_category (InbAdmin      *admin,
               const InbRow  *stage,
               const InbRow  *lead)
{
  InbRow *row = add_activity (admin, lead, "field_updated",
                              g_strdup_printf ("Stage “%s” counts as %s now", inb_row_get (stage, INB_STAGE_NAME),
                                               inb_row_get (stage, INB_STAGE_CATEGORY)));

  inb_row_set (row, INB_ACTIVITY_FIELD_NAME, "category");
  inb_row_take (row, INB_ACTIVITY_NEW_VALUE, quote (inb_row_get (stage, INB_STAGE_CATEGORY)));
}

/* Nobody has worked on the lead: neither its last activity nor its first response is touched. */
static void
change_lead (InbAdmin     *admin,
             InbStageSet  *stages,
             InbRow       *original,
             const char   *to)
{
  g_autoptr (InbRow) lead = inb_row_copy (original);
  const char *before = inb_row_get (original, INB_LEAD_STAGE);
  gboolean is_changed = to == NULL ? inb_lead_follow_stage (lead, stages, admin->now) : inb_lead_set_stage (lead, stages, to, admin->now);

  if (!is_changed)
    return;

  inb_row_set (lead, INB_LEAD_UPDATED_AT, admin->now_text);
  inb_row_set (lead, INB_LEAD_UPDATED_BY, admin->actor_id);
  inb_write_set_put (admin->write_set, original, lead);
  if (to != NULL)
    tell_move (admin, lead, before, to);
  else
    tell_category (admin, inb_stage_set_find (stages, before), lead);
  if (inb_row_get_boolean (lead, INB_LEAD_IS_CONVERTED) && !inb_row_get_boolean (original, INB_LEAD_IS_CONVERTED))
    inb_lead_describe_won (add_activity (admin, lead, "lead_converted", NULL));
}

static PGresult *
load (InbAdmin            *admin,
      const char          *key,
      const InbStageWalk  *walk,
      guint                limit,
      GError             **error)
{
  g_autofree char *created_at = walk->created_at == G_MAXINT64 ? g_strdup ("infinity") : inb_time_format (walk->created_at);
  g_autofree char *limit_text = g_strdup_printf ("%u", limit);
  const char *params[] = { admin->workspace_id, key, created_at, walk->id, limit_text };
  const char *sql = inb_sql_get_selecting (walk->is_hidden ? "admin/stage-leads-hidden" : "admin/stage-leads", INB_KIND_LEAD, "t");

  return inb_db_query (admin->db, sql, G_N_ELEMENTS (params), params, error);
}

gboolean
inb_stage_leads_change (InbAdmin      *admin,
                        InbStageSet   *stages,
                        const char    *key,
                        const char    *to,
                        InbStageWalk  *walk,
                        guint          limit,
                        guint         *n,
                        GError       **error)
{
  *n = 0;
  while (!walk->is_done && *n < limit)
    {
      guint wanted = limit - *n;
      g_autoptr (PGresult) result = load (admin, key, walk, wanted, error);

      if (result == NULL)
        return FALSE;
      for (int i = 0; i < PQntuples (result); i++)
        {
          g_autoptr (InbRow) lead = inb_db_get_row (result, i, INB_KIND_LEAD);

          change_lead (admin, stages, lead, to);
          walk->created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);
          g_strlcpy (walk->id, inb_row_get (lead, INB_LEAD_ID), sizeof walk->id);
        }
      *n += (guint) PQntuples (result);
      if ((guint) PQntuples (result) < wanted)
        {
          gboolean was_hidden = walk->is_hidden;

          inb_stage_walk_begin (walk);
          walk->is_hidden = TRUE;
          walk->is_done = was_hidden;
        }
    }

  return TRUE;
}
