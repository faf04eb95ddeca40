#define G_LOG_DOMAIN "inb-service"

#include "inb-command.h"
#include "inb-demo-person.h"
#include "inb-demo-team.h"
#include "inb-directory-load.h"
#include "inb-error.h"
#include "inb-sql.h"
#include "inb-time.h"
#include "inb-workspace-list.h"

#define DEFAULT_N_LEADS 3229
#define MAX_N_LEADS 5000000
#define CHUNK 200 /* leads a transaction, so that webhooks that come in meanwhile wait for milliseconds */
#define COLUMN_TIMEZONE 3
#define COLUMN_CURRENCY 4

/* One run. */
typedef struct {
  /* Owned */
  char              *currency;
  GTimeZone         *timezone;
  InbStageSet       *stages;
  InbDemoAgent       agents[INB_DEMO_N_AGENTS]; /* with their user ids */
  GRand             *random;
  InbDemoPeople     *people;
  InbLeadCountNames *names;
  InbRowWriter      *writer;

  /* Borrowed */
  InbDb             *db;
  const char        *workspace_id;
} Demo;

static void
demo_clear (Demo *demo)
{
  for (guint i = 0; i < INB_DEMO_N_AGENTS; i++)
    g_free ((char *) demo->agents[i].user_id);
  g_free (demo->currency);
  g_clear_pointer (&demo->timezone, g_time_zone_unref);
  g_clear_pointer (&demo->stages, inb_stage_set_unref);
  g_clear_pointer (&demo->people, inb_demo_people_free);
  g_clear_pointer (&demo->random, g_rand_free);
  g_clear_pointer (&demo->names, inb_lead_count_names_free);
  g_clear_pointer (&demo->writer, inb_row_writer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/* What the samples depend on, and the people who work on them. @has_leads: (out) */
static gboolean
prepare (Demo      *demo,
         gboolean  *has_leads,
         GError   **error)
{
  g_autoptr (InbChange) change = inb_change_begin (demo->db, demo->workspace_id, error);
  g_autoptr (PGresult) workspace = NULL;
  g_autoptr (PGresult) leads = NULL;

  if (change == NULL)
    return FALSE;

  workspace = inb_change_query (change, "admin/workspace", 1, &demo->workspace_id, error);
  leads = workspace == NULL ? NULL : inb_change_query (change, "demo/has-leads", 1, &demo->workspace_id, error);
  demo->stages = leads == NULL ? NULL : inb_directory_load_stages (demo->db, demo->workspace_id, error);
  if (demo->stages == NULL || !inb_demo_team_ensure (change, demo->agents, error))
    return FALSE;

  demo->timezone = inb_time_zone_new (PQgetvalue (workspace, 0, COLUMN_TIMEZONE));
  demo->currency = g_strdup (PQgetvalue (workspace, 0, COLUMN_CURRENCY));
  *has_leads = *PQgetvalue (leads, 0, 0) == 't';

  return inb_change_commit (change, error);
}

static void
put_lead (InbWriteSet *set,
          InbDemoLead *lead)
{
  inb_write_set_put (set, NULL, lead->contact);
  inb_write_set_put (set, NULL, lead->lead);
  for (guint i = 0; i < lead->activities->len; i++)
    inb_write_set_put (set, NULL, g_ptr_array_index (lead->activities, i));
}

static gboolean
write_chunk (Demo                  *demo,
             const InbDemoSetting  *setting,
             const gint64          *arrivals,
             guint                  n_arrivals,
             GError               **error)
{
  g_autoptr (InbWriteSet) set = inb_write_set_new (demo->workspace_id, demo->timezone);
  g_autoptr (InbChange) change = NULL;

  /* Made up before the workspace is locked. */
  for (guint i = 0; i < n_arrivals; i++)
    {
      g_autoptr (InbDemoLead) lead = inb_demo_lead_new (setting, demo->random, inb_demo_people_next (demo->people), arrivals[i]);

      put_lead (set, lead);
    }

  change = inb_change_begin (demo->db, demo->workspace_id, error);

  return change != NULL
         && inb_change_write (change, set, demo->names, demo->writer, error)
         && inb_change_commit (change, error);
}

static gboolean
write_leads (Demo    *demo,
             guint    n_leads,
             GError **error)
{
  const InbDemoSetting setting = {
    demo->workspace_id, demo->currency, demo->timezone, demo->stages, demo->agents, INB_DEMO_N_AGENTS, inb_time_now (),
  };
  g_autoptr (GArray) arrivals = inb_demo_arrivals_new (&setting, demo->random, n_leads);

  for (guint written = 0; written < n_leads; written += CHUNK)
    {
      const gint64 *times = &g_array_index (arrivals, gint64, written);

      if (!write_chunk (demo, &setting, times, MIN (CHUNK, n_leads - written), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_number (int      n_leads,
              GError **error)
{
  if (n_leads > 0 && n_leads <= MAX_N_LEADS)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--leads takes a number from 1 to %d", MAX_N_LEADS);

  return FALSE;
}

gboolean
inb_command_demo (InbInvocation  *invocation,
                  GError        **error)
{
  g_autofree char *workspace = NULL;
  int n_leads = DEFAULT_N_LEADS;
  int seed = 1;
  gboolean if_empty = FALSE;
  const GOptionEntry entries[] = {
    { "workspace", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &workspace, "Where they go", "ID" },
    { "leads", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_leads, "How many (" G_STRINGIFY (DEFAULT_N_LEADS) ")", "N" },
    { "seed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &seed, "Another number makes other leads (1)", "N" },
    { "if-empty", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &if_empty, "Only if the workspace has no lead yet", NULL },
    { NULL }
  };
  g_auto (Demo) demo = { NULL };
  g_autofree char *written = NULL;
  gboolean has_leads;

  if (!inb_invocation_parse (invocation, entries, 0, error)
      || !inb_require_option ("workspace", workspace, error)
      || !check_number (n_leads, error))
    return FALSE;

  demo.workspace_id = workspace;
  demo.random = g_rand_new_with_seed ((guint32) seed);
  demo.people = inb_demo_people_new (demo.random);
  demo.names = inb_lead_count_names_new ();
  demo.writer = inb_row_writer_new ();
  demo.db = inb_invocation_open (invocation, error);
  if (demo.db == NULL || !prepare (&demo, &has_leads, error))
    return FALSE;

  if (if_empty && has_leads)
    n_leads = 0;
  if (!write_leads (&demo, (guint) n_leads, error))
    {
      g_prefix_error (error, "Writing sample leads: ");
      return FALSE;
    }

  written = g_strdup_printf ("%d", n_leads);
  inb_invocation_print_pairs (invocation, "workspace_id", workspace, "leads", written, NULL);

  return TRUE;
}
