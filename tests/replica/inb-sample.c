#define G_LOG_DOMAIN "inb-tests"

#include "inb-sample.h"

#include "inb-stage.h"
#include "inb-time.h"

static const char *const firstnames[] = {
  "Jörg", "Ana", "Änne", "Émile", "Zoë", "Łukasz", "Mary", "John", "Øyvind", "Sofía", "Ulrike", "Özlem", "Peter", "Ingrid", "Tariq",
  "Wei", "Chloé", "Bjørn", "Nadia", "Oliver", "Priya", "Anton", "Beate", "Carlos", "Dagmar", "Erik", "Fatima", "Greta",
};
static const char *const lastnames[] = {
  "Groß", "Müller", "Andersen", "O'Neill", "Žižek", "Ångström", "Smith", "Garcia", "Schäfer", "Dubois", "Kowalski", "Nguyễn", "Yılmaz",
  "van der Berg", "Zimmermann", "Becker", "Köhler", "Ivanov", "Rossi", "Papadopoulos", "Öztürk", "Horvat", "Lindqvist", "Weiß",
};
static const char *const companies[] = {
  "Solar Nord GmbH", "Acme Ltd", "Groß & Söhne", "Blue Harbour", "Café Zentral", "Elektro Huber", "Northwind", "Studio 9",
};
static const char *const sources[] = {
  "Facebook Ads", "Google Ads", "Landing page", "LinkedIn", "Referral", "Änderung", "Zapier", "Typeform", "Website", "Event",
};
static const char *const products[] = {
  "Product A", "Solar", "Heat pump", "Battery", "Wallbox", "Ökostrom", "Maintenance", "Consulting",
};
static const char *const stages[] = { "new", "new", "new", "contacted", "contacted", "qualified", "proposal", "won", "lost" };
static const char *const temperatures[] = { "hot", "warm", "cold" };

#define PICK(self, list) ((list)[g_rand_int_range ((self)->rand, 0, G_N_ELEMENTS (list))])

InbSample *
inb_sample_new (guint32 seed)
{
  InbSample *self = g_new0 (InbSample, 1);

  self->rand = g_rand_new_with_seed (seed);

  return self;
}

void
inb_sample_free (InbSample *self)
{
  g_rand_free (self->rand);
  g_free (self);
}

static gboolean
chance (InbSample *self,
        int        percent)
{
  return g_rand_int_range (self->rand, 0, 100) < percent;
}

/* A UUIDv7 of that time; the counter behind the time keeps ids of one millisecond apart. */
char *
inb_sample_make_id (InbSample *self,
                    gint64     created_at)
{
  guint64 ms = (guint64) (created_at / 1000);

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x",
                          (guint) (ms >> 16), (guint) (ms & 0xffff), self->n_ids++ & 0xfff,
                          0x8000 | (g_rand_int (self->rand) & 0x3fff), g_rand_int (self->rand) & 0xffff, g_rand_int (self->rand));
}

/* Gives the row the next place in the feed. */
void
inb_sample_touch (InbSample *self,
                  InbRow    *row)
{
  inb_row_set_integer (row, (guint) inb_kind_get_seq_column (inb_row_get_kind (row)), ++self->seq);
}

InbRow *
inb_sample_pick (InbSample *self,
                 GPtrArray *rows,
                 GPtrArray *page)
{
  guint index = (guint) g_rand_int_range (self->rand, 0, (gint32) rows->len);
  InbRow *row = inb_row_copy (g_ptr_array_index (rows, index));

  /* An earlier page may hold the row too: it must not change under the writer. */
  inb_row_unref (g_ptr_array_index (rows, index));
  rows->pdata[index] = row;
  inb_sample_touch (self, row);
  g_ptr_array_add (page, inb_row_ref (row));

  return row;
}

InbRow *
inb_sample_make_contact (InbSample *self,
                         gint64     created_at)
{
  InbRow *row = inb_row_new (INB_KIND_CONTACT);
  guint number = g_rand_int (self->rand) % 100000000;

  inb_row_take (row, INB_CONTACT_ID, inb_sample_make_id (self, created_at));
  inb_row_set (row, INB_CONTACT_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  if (chance (self, 95))
    {
      inb_row_set (row, INB_CONTACT_FIRSTNAME, PICK (self, firstnames));
      inb_row_set (row, INB_CONTACT_LASTNAME, PICK (self, lastnames));
    }
  if (chance (self, 90))
    {
      inb_row_take (row, INB_CONTACT_EMAIL, g_strdup_printf ("%s%u@example.org", chance (self, 50) ? "Lead" : "contact", number));
      inb_row_take (row, INB_CONTACT_EMAIL_NORM, g_ascii_strdown (inb_row_get (row, INB_CONTACT_EMAIL), -1));
    }
  if (chance (self, 85))
    {
      inb_row_take (row, INB_CONTACT_PHONE, g_strdup_printf ("0171%08u", number));
      inb_row_take (row, INB_CONTACT_PHONE_E164, g_strdup_printf ("+49171%08u", number));
      inb_row_take (row, INB_CONTACT_PHONE_DISPLAY, g_strdup_printf ("+49 171 %08u", number));
      inb_row_set (row, INB_CONTACT_PHONE_STATUS, "valid");
    }
  if (chance (self, 40))
    inb_row_set (row, INB_CONTACT_COMPANY, PICK (self, companies));
  inb_row_set (row, INB_CONTACT_LEAD_SOURCE, PICK (self, sources));
  inb_row_set (row, INB_CONTACT_CITY, "Hamburg");
  inb_row_set (row, INB_CONTACT_COUNTRY, "DE");
  inb_row_set (row, INB_CONTACT_LANGUAGE, "de");
  inb_row_set (row, INB_CONTACT_CUSTOM_FIELDS, "{\"campaign_group\":\"autumn\",\"form\":\"short\"}");
  inb_row_set_time (row, INB_CONTACT_CREATED_AT, created_at);
  inb_row_set_time (row, INB_CONTACT_UPDATED_AT, created_at);
  inb_sample_touch (self, row);

  return row;
}

InbRow *
inb_sample_make_lead (InbSample  *self,
                      const char *contact_id,
                      gint64      created_at)
{
  InbRow *row = inb_row_new (INB_KIND_LEAD);
  const char *stage = PICK (self, stages);
  gboolean is_won = g_str_equal (stage, "won");

  inb_row_take (row, INB_LEAD_ID, inb_sample_make_id (self, created_at));
  inb_row_set (row, INB_LEAD_CONTACT_ID, contact_id);
  inb_row_set (row, INB_LEAD_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  if (chance (self, 97))
    inb_row_set (row, INB_LEAD_LEAD_SOURCE, PICK (self, sources));
  if (chance (self, 90))
    inb_row_set (row, INB_LEAD_PRODUCT_INTEREST, PICK (self, products));
  inb_row_set (row, INB_LEAD_STAGE, stage);
  inb_row_set (row, INB_LEAD_TEMPERATURE, PICK (self, temperatures));
  inb_row_set_integer (row, INB_LEAD_LEAD_SCORE, g_rand_int_range (self->rand, 0, 101));
  inb_row_take (row, INB_LEAD_ESTIMATED_VALUE, g_strdup_printf ("%d.50", g_rand_int_range (self->rand, 100, 30000)));
  inb_row_set (row, INB_LEAD_CURRENCY, "EUR");
  inb_row_set (row, INB_LEAD_UTM_SOURCE, "facebook");
  inb_row_set (row, INB_LEAD_UTM_CAMPAIGN, "autumn-2026");
  inb_row_set (row, INB_LEAD_LANDING_PAGE_URL, "https://example.org/landing/solar?variant=b");
  inb_row_set (row, INB_LEAD_INITIAL_INQUIRY, "Please call me back about an offer for our roof, about 60 m².");
  inb_row_set_boolean (row, INB_LEAD_IS_ACTIVE, !g_str_equal (stage, "lost"));
  inb_row_set_boolean (row, INB_LEAD_IS_CONVERTED, is_won);
  if (is_won)
    inb_row_set_time (row, INB_LEAD_CONVERTED_AT, created_at + INB_TIME_DAY);
  inb_row_set_boolean (row, INB_LEAD_IS_TEST, chance (self, 1));
  inb_row_set (row, INB_LEAD_METADATA, "{\"webhook\":{\"source\":\"Landing page\"},\"decision\":\"created: no open lead\"}");
  inb_row_set (row, INB_LEAD_TAGS, "[\"autumn\"]");
  inb_row_set_time (row, INB_LEAD_CREATED_AT, created_at);
  inb_row_set_time (row, INB_LEAD_UPDATED_AT, created_at);
  inb_row_set_time (row, INB_LEAD_LAST_ACTIVITY_AT, created_at);
  inb_sample_touch (self, row);
  self->n_leads++;

  return row;
}

InbRow *
inb_sample_make_activity (InbSample    *self,
                          const InbRow *lead)
{
  InbRow *row = inb_row_new (INB_KIND_ACTIVITY);
  gint64 created_at = inb_row_get_time (lead, INB_LEAD_CREATED_AT);

  inb_row_take (row, INB_ACTIVITY_ID, inb_sample_make_id (self, created_at));
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  inb_row_set (row, INB_ACTIVITY_LEAD_ID, inb_row_get_key (lead));
  inb_row_set (row, INB_ACTIVITY_CONTACT_ID, inb_row_get (lead, INB_LEAD_CONTACT_ID));
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, "lead_created");
  inb_row_set (row, INB_ACTIVITY_TITLE, "🆕 New Lead Created");
  inb_row_set (row, INB_ACTIVITY_DESCRIPTION, "Lead created from webhook submission");
  inb_row_set_boolean (row, INB_ACTIVITY_IS_AUTOMATED, TRUE);
  inb_row_set_time (row, INB_ACTIVITY_CREATED_AT, created_at);
  inb_sample_touch (self, row);

  return row;
}

InbRow *
inb_sample_make_tombstone (InbSample  *self,
                           InbKind     kind,
                           const char *id)
{
  InbRow *row = inb_row_new (INB_KIND_TOMBSTONE);

  inb_row_set (row, INB_TOMBSTONE_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  inb_row_set (row, INB_TOMBSTONE_KIND, inb_kind_get_name (kind));
  inb_row_set (row, INB_TOMBSTONE_ENTITY_ID, id);
  inb_sample_touch (self, row);

  return row;
}

/* The workspace and its stages. */
void
inb_sample_add_small (InbSample *self,
                      GPtrArray *rows)
{
  g_autoptr (GPtrArray) stage_rows = inb_stage_default_rows (INB_SAMPLE_WORKSPACE, 1700000000 * INB_TIME_SECOND);
  InbRow *workspace = inb_row_new (INB_KIND_WORKSPACE);

  inb_row_set (workspace, INB_WORKSPACE_ID, INB_SAMPLE_WORKSPACE);
  inb_row_set (workspace, INB_WORKSPACE_NAME, "Demo");
  inb_row_set (workspace, INB_WORKSPACE_TIMEZONE, "Europe/Berlin");
  inb_row_set (workspace, INB_WORKSPACE_CURRENCY, "EUR");
  inb_sample_touch (self, workspace);
  g_ptr_array_add (rows, workspace);

  for (guint i = 0; i < stage_rows->len; i++)
    {
      InbRow *stage = inb_row_ref (g_ptr_array_index (stage_rows, i));

      inb_sample_touch (self, stage);
      g_ptr_array_add (rows, stage);
    }
}

/* A contact, its lead and the activity that tells of it. */
void
inb_sample_add_lead (InbSample *self,
                     GPtrArray *rows,
                     gint64     created_at)
{
  InbRow *contact = inb_sample_make_contact (self, created_at);
  InbRow *lead = inb_sample_make_lead (self, inb_row_get_key (contact), created_at);

  g_ptr_array_add (rows, contact);
  g_ptr_array_add (rows, lead);
  g_ptr_array_add (rows, inb_sample_make_activity (self, lead));
}
