#define G_LOG_DOMAIN "inb-tests"

#include "inb-world.h"

const char * const inb_world_owners[INB_WORLD_OWNERS][2] = {
  { "00000000-0000-7000-8000-00000000000a", "Özlem" },
  { "00000000-0000-7000-8000-00000000000b", "Anton" },
  { "00000000-0000-7000-8000-00000000000c", "Zora" },
  { "00000000-0000-7000-8000-00000000000d", NULL }, /* has left */
};
const char * const inb_world_teams[INB_WORLD_TEAMS][2] = { { "t1", "Nord" }, { "t2", "Ärzte" }, { "t3", "berlin" } };
const guint inb_world_field_columns[INB_N_FILTER_FIELDS] = {
  [INB_FILTER_STAGE] = INB_LEAD_STAGE,
  [INB_FILTER_SOURCE] = INB_LEAD_LEAD_SOURCE,
  [INB_FILTER_PRODUCT] = INB_LEAD_PRODUCT_INTEREST,
  [INB_FILTER_OWNER] = INB_LEAD_ASSIGNED_TO,
  [INB_FILTER_TEAM] = INB_LEAD_TEAM_ID,
  [INB_FILTER_TEMPERATURE] = INB_LEAD_TEMPERATURE,
  [INB_FILTER_CAMPAIGN] = INB_LEAD_UTM_CAMPAIGN,
};

static const char * const zones[] = {
  "Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
};
static const char * const campaigns[] = { "autumn", "Änderung", "spring", "zebra" };
static const char * const inquiries[] = { "Bitte Rückruf wegen Straße 5", "Please call back", "SOLAR for the roof" };
static const char * const notes[] = { "Hund beißt", "key account", "nur vormittags" };

gboolean
inb_world_chance (InbWorld *world,
                  int       percent)
{
  return g_rand_int_range (world->sample->rand, 0, 100) < percent;
}

gint64
inb_world_random_time (InbWorld *world,
                       int       days)
{
  return INB_WORLD_NOW - g_rand_int_range (world->sample->rand, -2 * 24 * 60, days * 24 * 60) * (60 * INB_TIME_SECOND);
}

GPtrArray *
inb_world_load (InbWorld           *world,
                const InbLeadQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (world->replica, query, &error);
  GPtrArray *summaries;

  g_assert_no_error (error);
  summaries = inb_kit_load (world->replica, rowids, &error);
  g_assert_no_error (error);

  return summaries;
}

void
inb_world_colour_lead (InbWorld *world,
                       InbRow   *lead)
{
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  inb_row_set (lead, INB_LEAD_ASSIGNED_TO, inb_world_chance (world, 30) ? NULL : INB_WORLD_PICK (world, inb_world_owners)[0]);
  inb_row_set (lead, INB_LEAD_TEAM_ID, inb_world_chance (world, 30) ? NULL : INB_WORLD_PICK (world, inb_world_teams)[0]);
  inb_row_set (lead, INB_LEAD_UTM_CAMPAIGN, inb_world_chance (world, 30) ? NULL : INB_WORLD_PICK (world, campaigns));
  inb_row_set (lead, INB_LEAD_INITIAL_INQUIRY, inb_world_chance (world, 30) ? NULL : INB_WORLD_PICK (world, inquiries));
  inb_row_set (lead, INB_LEAD_CURRENCY, inb_world_chance (world, 20) ? NULL : inb_world_chance (world, 20) ? "CHF" : "EUR");
  if (inb_world_chance (world, 20))
    inb_row_set (lead, INB_LEAD_TEMPERATURE, NULL);
  if (inb_world_chance (world, 20))
    inb_row_set (lead, INB_LEAD_LEAD_SCORE, NULL);
  if (inb_world_chance (world, 20))
    inb_row_set (lead, INB_LEAD_ESTIMATED_VALUE, NULL);
  if (inb_world_chance (world, 30))
    inb_row_set (lead, INB_LEAD_CONVERSION_VALUE, "1234.50");
  inb_row_set_time (lead, INB_LEAD_LAST_ACTIVITY_AT, inb_world_chance (world, 20) ? INB_TIME_NONE : created_at + INB_TIME_DAY);
  inb_row_set_time (lead, INB_LEAD_NEXT_FOLLOW_UP_AT, inb_world_chance (world, 50) ? INB_TIME_NONE : inb_world_random_time (world, 3));
  inb_row_set_time (lead, INB_LEAD_FIRST_RESPONSE_AT,
                    inb_world_chance (world, 50) ? INB_TIME_NONE
                                                 : created_at + g_rand_int_range (world->sample->rand, -10, 4000) * INB_TIME_SECOND);
  if (inb_world_chance (world, 5))
    inb_row_set (lead, INB_LEAD_STAGE, "of another time");
}

void
inb_world_add_lead (InbWorld  *world,
                    GPtrArray *page)
{
  gint64 created_at = inb_world_random_time (world, 500);
  InbRow *contact = inb_sample_make_contact (world->sample, created_at);
  InbRow *lead = inb_sample_make_lead (world->sample, inb_row_get_key (contact), created_at);

  if (inb_world_chance (world, 30))
    inb_row_set (contact, INB_CONTACT_NOTES, INB_WORLD_PICK (world, notes));
  inb_world_colour_lead (world, lead);
  g_ptr_array_add (world->contacts, contact);
  g_ptr_array_add (world->leads, lead);
  g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (contact));
  g_ptr_array_insert (page, g_rand_int_range (world->sample->rand, 0, (gint32) page->len + 1), inb_row_ref (lead));
}

static void
erase_lead (InbWorld  *world,
            GPtrArray *page)
{
  guint index = (guint) g_rand_int_range (world->sample->rand, 0, (gint32) world->leads->len);
  const InbRow *lead = g_ptr_array_index (world->leads, index);

  g_ptr_array_add (page, inb_sample_make_tombstone (world->sample, INB_KIND_LEAD, inb_row_get_key (lead)));
  g_ptr_array_remove_index (world->leads, index);
}

void
inb_world_change_something (InbWorld  *world,
                            GPtrArray *page)
{
  InbRow *row;

  switch (g_rand_int_range (world->sample->rand, 0, 8))
    {
    case 0:
      inb_world_add_lead (world, page);
      break;
    case 1:
      erase_lead (world, page);
      break;
    case 2:
      row = inb_sample_pick (world->sample, world->contacts, page);
      inb_row_set (row, INB_CONTACT_FIRSTNAME, inb_world_chance (world, 50) ? "Müllerin" : "Zoë");
      inb_row_set (row, INB_CONTACT_COMPANY, inb_world_chance (world, 30) ? NULL : "Nord & Straße");
      break;
    case 3:
      row = inb_sample_pick (world->sample, world->contacts, page);
      inb_row_set (row, INB_CONTACT_NOTES, INB_WORLD_PICK (world, notes));
      break;
    case 4:
      row = inb_sample_pick (world->sample, world->leads, page);
      inb_row_set_time (row, INB_LEAD_DELETED_AT, inb_world_chance (world, 50) ? INB_WORLD_NOW : INB_TIME_NONE);
      inb_row_set_boolean (row, INB_LEAD_IS_TEST, inb_world_chance (world, 20));
      break;
    case 5:
      row = inb_sample_pick (world->sample, world->leads, page);
      inb_row_set (row, INB_LEAD_STAGE, inb_world_chance (world, 50) ? "won" : "qualified");
      inb_row_set_boolean (row, INB_LEAD_IS_CONVERTED, g_str_equal (inb_row_get (row, INB_LEAD_STAGE), "won"));
      break;
    default:
      inb_world_colour_lead (world, inb_sample_pick (world->sample, world->leads, page));
      break;
    }
}

void
inb_world_take_workspace (InbWorld   *world,
                          GPtrArray  *page,
                          const char *zone,
                          const char *currency)
{
  InbRow *workspace = inb_row_copy (world->workspace);

  inb_row_set (workspace, INB_WORKSPACE_TIMEZONE, zone);
  inb_row_set (workspace, INB_WORKSPACE_CURRENCY, currency);
  inb_sample_touch (world->sample, workspace);
  g_clear_pointer (&world->workspace, inb_row_unref);
  world->workspace = workspace;
  g_clear_pointer (&world->timezone, g_time_zone_unref);
  world->timezone = g_time_zone_new_identifier (zone);
  g_assert_nonnull (world->timezone);
  g_ptr_array_add (page, inb_row_ref (workspace));
}

/* A stage that was open is won or lost now. */
void
inb_world_take_stages (InbWorld  *world,
                       GPtrArray *page)
{
  InbRow *stage = inb_sample_pick (world->sample, world->stages, page);

  inb_row_set (stage, INB_STAGE_CATEGORY, inb_world_chance (world, 50) ? "open" : "lost");
  g_clear_pointer (&world->set, inb_stage_set_unref);
  world->set = inb_stage_set_new (world->stages);
}

void
inb_world_apply (InbWorld  *world,
                 GPtrArray *page)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (world->replica, inb_kit_make_changes (world->replica, INB_WORLD_EPOCH, page, world->sample->seq), &error);
  g_assert_no_error (error);
}

static void
add_small (InbWorld  *world,
           GPtrArray *page)
{
  inb_sample_add_small (world->sample, page);
  for (guint i = 0; i < page->len; i++)
    {
      InbRow *row = g_ptr_array_index (page, i);

      if (inb_row_get_kind (row) == INB_KIND_STAGE)
        g_ptr_array_add (world->stages, inb_row_ref (row));
      else if (inb_row_get_kind (row) == INB_KIND_WORKSPACE)
        world->workspace = inb_row_ref (row);
    }
  world->set = inb_stage_set_new (world->stages);
  for (guint i = 0; i < G_N_ELEMENTS (inb_world_owners); i++)
    {
      InbRow *member = inb_row_new (INB_KIND_MEMBER);

      inb_row_set (member, INB_MEMBER_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
      inb_row_set (member, INB_MEMBER_USER_ID, inb_world_owners[i][0]);
      inb_row_set (member, INB_MEMBER_NAME, inb_world_owners[i][1] != NULL ? inb_world_owners[i][1] : "Gone");
      if (inb_world_owners[i][1] == NULL)
        inb_row_set_time (member, INB_MEMBER_DELETED_AT, INB_WORLD_NOW);
      inb_sample_touch (world->sample, member);
      g_ptr_array_add (page, member);
    }
  for (guint i = 0; i < G_N_ELEMENTS (inb_world_teams); i++)
    {
      InbRow *team = inb_row_new (INB_KIND_TEAM);

      inb_row_set (team, INB_TEAM_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
      inb_row_set (team, INB_TEAM_ID, inb_world_teams[i][0]);
      inb_row_set (team, INB_TEAM_NAME, inb_world_teams[i][1]);
      inb_sample_touch (world->sample, team);
      g_ptr_array_add (page, team);
    }
}

void
inb_world_init (InbWorld   *world,
                const char *folder,
                guint       n_leads)
{
  GPtrArray *page = inb_kit_new_rows ();

  world->sample = inb_sample_new ((guint32) g_test_rand_int ());
  world->replica = inb_kit_new (folder);
  world->contacts = inb_kit_new_rows ();
  world->leads = inb_kit_new_rows ();
  world->stages = inb_kit_new_rows ();
  add_small (world, page);
  inb_world_take_workspace (world, page, zones[0], "EUR");
  for (guint i = 0; i < n_leads; i++)
    inb_world_add_lead (world, page);
  inb_world_apply (world, page);
}

void
inb_world_clear (InbWorld *world)
{
  inb_kit_drop (world->replica);
  inb_sample_free (world->sample);
  g_ptr_array_unref (world->contacts);
  g_ptr_array_unref (world->leads);
  g_ptr_array_unref (world->stages);
  inb_row_unref (world->workspace);
  inb_stage_set_unref (world->set);
  g_time_zone_unref (world->timezone);
}

