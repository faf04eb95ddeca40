/* From a sender's body to an intake: what each sender's payload gives, the rules for names, and hostile input. */
#include "inb-error.h"
#include "inb-field-map.h"
#include "inb-json.h"
#include "inb-payload.h"

#include <string.h>

/* All that a mapping found, in one line: set columns in order, then the other members. */
static char *
describe (const InbIntake *intake)
{
  GString *text = g_string_new (NULL);
  const InbRow *rows[] = { intake->contact, intake->lead };

  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    {
      guint n_columns;
      const InbColumn *columns = inb_kind_get_columns (inb_row_get_kind (rows[r]), &n_columns);

      for (guint i = 0; i < n_columns; i++)
        {
          if (inb_row_get (rows[r], i) != NULL)
            g_string_append_printf (text, "%s=%s|", columns[i].name, inb_row_get (rows[r], i));
        }
    }
  if (intake->status != NULL)
    g_string_append_printf (text, "STATUS=%s|", intake->status);
  if (intake->notes != NULL)
    g_string_append_printf (text, "NOTES=%s|", intake->notes);
  if (intake->appointment != NULL)
    g_string_append_printf (text, "APPOINTMENT=%s|", intake->appointment);
  if (intake->delivery_key != NULL)
    g_string_append_printf (text, "KEY=%s|", intake->delivery_key);
  if (intake->is_test)
    g_string_append (text, "TEST|");
  if (intake->custom_fields != NULL)
    g_string_append (text, intake->custom_fields);

  return g_string_free (text, FALSE);
}

static char *
map_body (const char *map_json,
          const char *content_type,
          const char *text,
          gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbFieldMap) map = inb_field_map_new (map_json, &error);
  g_autoptr (GBytes) body = g_bytes_new (text, length);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (InbIntake) intake = NULL;
  gboolean is_array;

  g_assert_no_error (error);
  events = inb_payload_parse (content_type, body, &is_array, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (events->len, ==, 1);
  intake = inb_field_map_apply (map, g_ptr_array_index (events, 0), &error);
  if (intake == NULL)
    {
      g_assert_error (error, INB_ERROR, INB_ERROR_IDENTITY_MISSING);
      return g_strdup ("422");
    }

  return describe (intake);
}

typedef struct {
  const char *file;
  const char *map;
  const char *expected; /* its start; the whole without a custom object at the end */
  const char *custom;   /* a part of the custom fields, or NULL */
} FileCase;

static const FileCase files[] = {
  { "generic_seed.json", NULL,
    "firstname=Test|lastname=Lead|email=test@example.com|phone=+1234567890|email_norm=test@example.com|name_folded=test lead|"
    "product_interest=Product A|STATUS=new|NOTES=Test lead from API|", NULL },
  { "generic_seed_update.json", NULL,
    "crm_id=CRM-1001|phone=+14155552671|product_interest=Product A|STATUS=converted|APPOINTMENT=2025-10-20 10:00AM|", NULL },
  { "zapier_post.json", NULL,
    "firstname=Bryan|lastname=Helmig|email=bryan@example.com|phone=(415) 555-2671|email_norm=bryan@example.com|"
    "name_folded=bryan helmig|product_interest=Product A|NOTES=Called from Zap|{\"age\":\"27\"}", NULL },
  { "zapier_post.form", NULL,
    "firstname=Bryan|lastname=Helmig|email=bryan@example.com|phone=+1 415 555 2671|email_norm=bryan@example.com|"
    "name_folded=bryan helmig|product_interest=Product A|STATUS=new|", NULL },
  { "standard_webhooks.json", NULL,
    "crm_id=CRM-1001|firstname=Test|lastname=Lead|email=test@example.com|phone=+14155552671|email_norm=test@example.com|"
    "name_folded=test lead|product_interest=Product A|{\"type\":\"lead.created\",\"timestamp\":\"2022-11-03T20:26:10.344522Z\"}",
    NULL },
  { "webflow_form_submission.json", NULL,
    "firstname=John|lastname=Doe|email=john.doe@example.com|email_norm=john.doe@example.com|name_folded=john doe|"
    "NOTES=I'd like to learn more about your services|{", "\"payload.name\":\"Contact Us Form\"" },
  { "elementor_simple.form", NULL,
    "firstname=Jane|lastname=Doe|email=jane@example.com|phone=(415) 555-2671|ip_address=203.0.113.42|"
    "email_norm=jane@example.com|name_folded=jane doe|landing_page_url=https://example.com/kontakt/|NOTES=Hi|{",
    "\"form_name\":\"Contact\"" },
  { "unbounce_post.form", NULL,
    "firstname=Test|lastname=Lead|email=test@test.com|phone=415-555-2671|ip_address=1.1.1.1|email_norm=test@test.com|"
    "name_folded=test lead|landing_page_url=http://my-landing-page.ca/|{", "\"page_name\":\"My Landing Page\"" },
  { "calendly_invitee_created.json", NULL,
    "firstname=Jane|lastname=Doe|email=jane@example.com|phone=+1 404-555-1234|timezone=America/New_York|"
    "email_norm=jane@example.com|name_folded=jane doe|utm_source=google|utm_medium=cpc|utm_campaign=spring|"
    "STATUS=active|APPOINTMENT=2024-01-20T15:00:00.000000Z|{", "\"Which product are you interested in?\":\"Product A\"" },
  { "typeform.json", NULL,
    "email=laura@example.com|phone=+34600123456|email_norm=laura@example.com|utm_source=newsletter|utm_campaign=spring|"
    "product_interest=Product B|{", "\"readable_ref_short_text\":\"Laura\"" },
  { "typeform.json",
    "{\"form_response.answers.readable_ref_short_text\":\"contact.firstname\",\"event_id\":\"delivery_key\"}",
    "firstname=Laura|email=laura@example.com|phone=+34600123456|email_norm=laura@example.com|name_folded=laura|"
    "utm_source=newsletter|utm_campaign=spring|product_interest=Product B|KEY=LtWXD3crgy|{", "\"consent\":\"true\"" },
  { "google_ads_lead_full.json", NULL,
    "firstname=FirstName|lastname=LastName|email=test@example.com|phone=1-650-555-0123|postal_code=94105|"
    "email_norm=test@example.com|name_folded=firstname lastname|lead_source=LEAD_FORM|STATUS=LEAD|{",
    "\"what_is_your_preferred_dealership?\":\"North branch\"" },
  { "google_ads_lead_full.json", "{\"lead_id\":\"delivery_key\",\"lead_source\":\"ignore\"}",
    "firstname=FirstName|lastname=LastName|email=test@example.com|phone=1-650-555-0123|postal_code=94105|"
    "email_norm=test@example.com|name_folded=firstname lastname|STATUS=LEAD|"
    "KEY=Cj0KCQjwit_8BRCoARIsAIx3Rj7g-AeL6z35IWb6VYiZUygtTfwD3hDlgSGmY-XTTlK3lfV1wcuIwIAaAmMxEALw_wcB|{",
    "\"form_id\":\"9007199254740993\"" },
  { "facebook_graph_lead.json", "{\"field_data.car_make\":\"lead.product_interest\",\"id\":\"delivery_key\"}",
    "firstname=Joe|lastname=Example|email=joe@example.com|phone=+14155552671|email_norm=joe@example.com|"
    "name_folded=joe example|product_interest=Honda|KEY=123123123123|{", "\"selected_dealer\":\"99213450\"" },
  { "gravity_forms.json", NULL, "422", NULL },
  { "gravity_forms.json",
    "{\"1.3\":\"contact.firstname\",\"1.6\":\"contact.lastname\",\"2\":\"contact.email\",\"3\":\"contact.phone\","
    "\"4\":\"lead.product_interest\",\"5\":\"notes\",\"status\":\"ignore\",\"id\":\"delivery_key\"}",
    "firstname=Jane|lastname=Doe|email=jane@example.com|phone=(415) 555-2671|ip_address=203.0.113.42|"
    "source_url=https://example.com/angebot/?utm_source=google&utm_campaign=solar|email_norm=jane@example.com|"
    "name_folded=jane doe|product_interest=Product A|currency=EUR|NOTES=Please call me|KEY=134|{", "\"form_id\":\"3\"" },
  { "hubspot_contact_creation.json", NULL, "422", NULL },
};

static void
test_files (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const FileCase *expected = &files[i];
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", expected->file, NULL);
      g_autofree char *text = NULL;
      g_autofree char *got = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_file_get_contents (path, &text, &length, &error);
      g_assert_no_error (error);
      got = map_body (expected->map, NULL, text, length);
      g_test_message ("%s: %s", expected->file, got);
      if (g_str_has_suffix (expected->expected, "{"))
        g_assert_true (g_str_has_prefix (got, expected->expected));
      else
        g_assert_cmpstr (got, ==, expected->expected);
      if (expected->custom != NULL)
        g_assert_nonnull (strstr (got, expected->custom));
      g_assert_null (strstr (got, "testkey"));
    }
}

typedef struct {
  const char *map;
  const char *body;
  const char *expected;
} BodyCase;

#define E "\"email\":\"a@b.de\""
#define EM "email=a@b.de|email_norm=a@b.de|"

static const BodyCase bodies[] = {
  /* names */
  { NULL, "{" E ",\"name\":\"Jörg Groß\"}", "firstname=Jörg|lastname=Groß|" "email=a@b.de|email_norm=a@b.de|name_folded=jorg gross|" },
  { NULL, "{" E ",\"name\":\"Groß, Jörg\"}", "firstname=Jörg|lastname=Groß|" "email=a@b.de|email_norm=a@b.de|name_folded=jorg gross|" },
  { NULL, "{" E ",\"name\":\"Anna Maria Rossi\"}", "firstname=Anna Maria|lastname=Rossi|" "email=a@b.de|email_norm=a@b.de|name_folded=anna maria rossi|" },
  { NULL, "{" E ",\"name\":\"Cher\"}", "firstname=Cher|" "email=a@b.de|email_norm=a@b.de|name_folded=cher|" },
  { NULL, "{" E ",\"Vorname\":\"Jörg\",\"Name\":\"Groß\"}", "firstname=Jörg|lastname=Groß|" "email=a@b.de|email_norm=a@b.de|name_folded=jorg gross|" },
  { NULL, "{" E ",\"Nachname\":\"Groß\",\"Name\":\"Jörg Groß\"}", "firstname=Jörg|lastname=Groß|" "email=a@b.de|email_norm=a@b.de|name_folded=jorg gross|" },
  { NULL, "{" E ",\"first_name\":\"A\",\"last_name\":\"B\",\"name\":\"A B\"}", "firstname=A|lastname=B|" "email=a@b.de|email_norm=a@b.de|name_folded=a b|" },
  { NULL, "{" E ",\"first_name\":\"A\",\"last_name\":\"B\",\"name\":\"Contact form\"}",
    "firstname=A|lastname=B|" "email=a@b.de|email_norm=a@b.de|name_folded=a b|{\"name\":\"Contact form\"}" },
  { NULL, "{\"user\":{" E ",\"name\":\"A B\"},\"form\":{\"name\":\"F\"},\"page_name\":\"P\",\"name\":\"hook\"}",
    "firstname=A|lastname=B|" "email=a@b.de|email_norm=a@b.de|name_folded=a b|{\"form.name\":\"F\",\"page_name\":\"P\",\"name\":\"hook\"}" },
  { NULL, "{" E ",\"contact\":{\"name\":{\"first\":\"A\",\"last\":\"B\"}}}", "firstname=A|lastname=B|" "email=a@b.de|email_norm=a@b.de|name_folded=a b|" },
  /* spellings */
  { NULL, "{\"E-Mail\":\"a@b.de\",\"Telefon*\":\"0171 1\",\"Prénom :\":\"Zoé\",\"PLZ\":\"50667\",\"Straße\":\"Hof 1\"}",
    "firstname=Zoé|email=a@b.de|phone=0171 1|address=Hof 1|postal_code=50667|email_norm=a@b.de|name_folded=zoe|" },
  { NULL, "{\"Tel.\":\"0171 123\"}", "phone=0171 123|" },
  { NULL, "{" E ",\"owner\":{\"phone\":\"123456\",\"first_name\":\"Boss\"}}",
    EM "{\"owner.phone\":\"123456\",\"owner.first_name\":\"Boss\"}" },
  { NULL, "{\"phone\":\"111 111\",\"mobile\":\"222 222\",\"tel\":\"333 333\",\"cell\":\"111 111\"}",
    "phone=111 111|phone_secondary=222 222|{\"tel\":\"333 333\"}" },
  { NULL, "{" E ",\"product\":{\"name\":\"Solar\",\"id\":7}}", EM "product_interest=Solar|{\"product.id\":\"7\"}" },
  { NULL, "{" E ",\"company\":{\"name\":\"ACME\"}}", "email=a@b.de|company=ACME|email_norm=a@b.de|" },
  { NULL, "{\"fields\":{\"email\":{\"value\":\"a@b.de\"},\"color\":{\"value\":\"red\"}}}", EM "{\"fields.color.value\":\"red\"}" },
  { NULL, "{" E ",\"lead\":{\"value\":\"5.000 €\"}}", EM "estimated_value=5000.00|" },
  { NULL, "{" E ",\"response\":{\"status\":\"200\",\"message\":\"OK\"}}", EM "{\"response.status\":\"200\",\"response.message\":\"OK\"}" },
  { NULL, "{" E ",\"appointment_date\":\"20.10.2025\",\"appointment_time\":\"10:00\"}", EM "APPOINTMENT=20.10.2025 10:00|" },
  { NULL, "{" E ",\"is_test\":true,\"password\":\"x\",\"g-recaptcha-response\":\"y\"}", EM "TEST|" },
  { NULL, "{" E ",\"colors\":[\"red\",\"green\",\"red\"],\"gclid\":\"x\"}", EM "{\"gclid\":\"x\",\"colors\":\"red, green, red\"}" },
  /* lists of pairs */
  { NULL, "{\"fields\":[{\"label\":\"E-Mail\",\"value\":\"a@b.de\"},{\"label\":\"Color\",\"value\":\"red\",\"type\":\"text\"}]}",
    EM "{\"Color\":\"red\"}" },
  { NULL, "{\"contacts\":[{\"name\":\"A B\",\"email\":\"a@b.de\"},{\"name\":\"C D\",\"email\":\"c@d.de\"}]}",
    "firstname=A|lastname=B|email=a@b.de|email_secondary=c@d.de|email_norm=a@b.de|name_folded=a b|{\"contacts.1.name\":\"C D\"}" },
  { NULL, "{\"q\":[{\"name\":\"phone\",\"values\":[]},{\"name\":\"email\",\"values\":[\"a@b.de\",\"c@d.de\"]}]}",
    "email=a@b.de|email_secondary=c@d.de|email_norm=a@b.de|{\"q.0.name\":\"phone\"}" },
  /* values that are not of their column's type */
  { NULL, "{" E ",\"lead_score\":\"high\",\"birthday\":\"never\",\"budget\":\"5k\",\"campaign_id\":\"123\"}",
    EM "budget_range=5k|{\"lead_score\":\"high\",\"birthday\":\"never\",\"campaign_id\":\"123\"}" },
  { NULL, "{" E ",\"lead_score\":12,\"birthday\":\"1980-02-29\",\"sms_opt_in\":\"Ja\",\"currency\":\"usd\"}",
    "email=a@b.de|birthday=1980-02-29|consent_sms=true|email_norm=a@b.de|lead_score=12|currency=USD|" },
  { NULL, "{\"email\":\"nonsense\",\"phone\":\"0171 1\"}", "phone=0171 1|{\"email\":\"nonsense\"}" },
  { NULL, "{\"email\":\"nonsense\",\"phone\":\"--\"}", "422" },
  { NULL, "{}", "422" },
  { NULL, "{\"firstname\":\"A\"}", "422" },
  { NULL, "{" E ",\"notes\":\" a\\r\\nb\\u0007\\u202ec \",\"firstname\":\"\\tA\\n B \",\"city\":\"  \"}",
    "firstname=A  B|email=a@b.de|email_norm=a@b.de|name_folded=a b|NOTES=a\nbc|" },
  /* the webhook's own mapping */
  { "{\"x\":\"contact.email\",\"email\":\"ignore\",\"y\":\"custom.color\",\"s\":\"status\",\"n\":\"notes\",\"f\":\"name\"}",
    "{\"x\":\"x@y.de\"," E ",\"y\":\"red\",\"s\":\"won\",\"n\":\"Hi\",\"f\":\"A B\"}",
    "firstname=A|lastname=B|email=x@y.de|email_norm=x@y.de|name_folded=a b|STATUS=won|NOTES=Hi|{\"color\":\"red\"}" },
  { "{\"m.0\":\"contact.email\"}", "{\"m\":[\"a@b.de\"]}", EM },
  { "{\"list.mail\":\"contact.email\"}", "{\"list\":[{\"mail\":\"a@b.de\"}]}", EM },
  { "{\"deal.tags\":\"lead.tags\",\"extra\":\"lead.custom_fields\"}", "{" E ",\"deal\":{\"tags\":\"a, b\"},\"extra\":\"{\\\"k\\\":1}\"}",
    EM "tags=[\"a\",\"b\"]|custom_fields={\"k\":1}|" },
};

static void
test_bodies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *got = map_body (bodies[i].map, "application/json", bodies[i].body, strlen (bodies[i].body));

      g_test_message ("%s", bodies[i].body);
      g_assert_cmpstr (got, ==, bodies[i].expected);
    }
}

static void
test_refused (void)
{
  const char *bad[] = {
    "", "[]", "{\"a\":1}", "{\"a\":\"\"}", "{\"a\":\"contact\"}", "{\"a\":\"contact.\"}", "{\"a\":\"contact.id\"}",
    "{\"a\":\"contact.nothing\"}", "{\"a\":\"lead.stage\"}", "{\"a\":\"lead.workspace_id\"}", "{\"a\":\"custom.\"}",
    "{\"a\":\"lead.change_seq\"}", "{\"a\":\"contact.email_norm\"}", "{\"a\":\"Status\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (inb_field_map_new (bad[i], &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_long_values (void)
{
  g_autoptr (InbFieldMap) map = inb_field_map_new (NULL, NULL);
  g_autoptr (InbEvent) event = inb_event_new ();
  g_autoptr (InbIntake) intake = NULL;
  g_autoptr (GString) huge = g_string_new (NULL);
  const char *text;

  for (guint i = 0; i < 100000; i++)
    g_string_append (huge, "ä");
  inb_event_add (event, "email", "a@b.de");
  inb_event_add (event, "phone", huge->str);
  inb_event_add (event, "crm_id", huge->str);
  inb_event_add (event, "product", huge->str);
  inb_event_add (event, "notes", huge->str);
  inb_event_add (event, "status", huge->str);
  inb_event_add (event, huge->str, "x");
  inb_event_add (event, "broken", "a\xff\xfe" "b");
  intake = inb_field_map_apply (map, event, NULL);
  g_assert_nonnull (intake);
  g_assert_null (inb_row_get (intake->contact, INB_CONTACT_PHONE));
  g_assert_null (inb_row_get (intake->contact, INB_CONTACT_CRM_ID));
  text = inb_row_get (intake->lead, INB_LEAD_PRODUCT_INTEREST);
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 200);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (intake->notes, -1), ==, 20000);
  g_assert_cmpint (g_utf8_strlen (intake->status, -1), ==, 200);
  g_assert_true (inb_json_scan (intake->custom_fields, strlen (intake->custom_fields), NULL));
}

/* Thousands of fields, flat and as pairs: linear, and a row of bounded size. */
static void
test_many_fields (void)
{
  g_autoptr (InbFieldMap) map = inb_field_map_new ("{\"x\":\"status\",\"list.n7\":\"notes\"}", NULL);
  g_autoptr (InbEvent) event = inb_event_new ();
  g_autoptr (InbIntake) intake = NULL;
  gint64 start;

  inb_event_add (event, "email", "a@b.de");
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *flat = g_strdup_printf ("f%u", i);
      g_autofree char *name_path = g_strdup_printf ("list.%u.name", i);
      g_autofree char *value_path = g_strdup_printf ("list.%u.value", i);
      g_autofree char *name = g_strdup_printf ("n%u", i);

      inb_event_add (event, flat, "1");
      inb_event_add (event, name_path, name);
      inb_event_add (event, value_path, "2");
    }
  start = g_get_monotonic_time ();
  intake = inb_field_map_apply (map, event, NULL);
  g_test_message ("%u fields: %.1f ms", inb_event_get_n_fields (event), (g_get_monotonic_time () - start) / 1000.);
  g_assert_nonnull (intake);
  g_assert_cmpstr (intake->notes, ==, "2");
  g_assert_cmpuint (strlen (intake->custom_fields), <, 256 * 1024);
  g_assert_nonnull (strstr (intake->custom_fields, "\"_left_out\":"));
  g_assert_true (inb_json_scan (intake->custom_fields, strlen (intake->custom_fields), NULL));
}

static void
append_random (GRand   *random,
               GString *text)
{
  static const char * const parts[] = {
    ".", ".", ".", "0", "1", "22", "name", "value", "values", "email", "phone", "label", "field", "ref", "key", "text", "data",
    "status", "a@b.de", "+49 171 1234567", " ", "\n", "\x01", "é", "ß", "\xff", "\xe2\x80\xae", "🎉", ",", "\"", "\\", "{", "[", "user",
    "company", "question", "answer", "true", "2025-10-20", "tags", "lead_score", "appointment", "estimated_value", "1.234,50 €",
  };
  int n_parts = g_rand_int_range (random, 0, 6);

  for (int i = 0; i < n_parts; i++)
    g_string_append (text, parts[g_rand_int_range (random, 0, G_N_ELEMENTS (parts))]);
}

/* Whatever comes, an intake is clean text and valid JSON. */
static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20251020);
  g_autoptr (InbFieldMap) map = inb_field_map_new ("{\"a\":\"custom.x\",\"data.0\":\"status\",\"value\":\"lead.tags\"}", NULL);
  guint n_mapped = 0;

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (InbEvent) event = inb_event_new ();
      g_autoptr (InbIntake) intake = NULL;
      g_autofree char *text = NULL;
      int n_fields = g_rand_int_range (random, 0, 20);

      for (int i = 0; i < n_fields; i++)
        {
          g_autoptr (GString) path = g_string_new (NULL);
          g_autoptr (GString) value = g_string_new (NULL);

          append_random (random, path);
          append_random (random, value);
          inb_event_add (event, path->str, value->str);
        }
      if (round % 4 != 0)
        inb_event_add (event, "data.email", "a@b.de");
      intake = inb_field_map_apply (map, event, NULL);
      if (intake == NULL)
        continue;

      n_mapped++;
      text = describe (intake);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strchr (text, '\x01'));
      if (intake->custom_fields != NULL)
        g_assert_true (inb_json_scan (intake->custom_fields, strlen (intake->custom_fields), NULL));
      if (inb_row_get (intake->lead, INB_LEAD_TAGS) != NULL)
        g_assert_true (inb_json_scan (inb_row_get (intake->lead, INB_LEAD_TAGS),
                                      strlen (inb_row_get (intake->lead, INB_LEAD_TAGS)), NULL));
    }
  g_assert_cmpuint (n_mapped, >=, 3750);
}

/* Printed only. */
static void
test_speed (void)
{
  const guint n_rounds = 20000;
  g_autoptr (InbFieldMap) map = inb_field_map_new (NULL, NULL);
  g_autoptr (InbEvent) event = inb_event_new ();
  gint64 start;

  inb_event_add (event, "firstname", "Test");
  inb_event_add (event, "lastname", "Lead");
  inb_event_add (event, "phone", "+1234567890");
  inb_event_add (event, "email", "test@example.com");
  inb_event_add (event, "product", "Product A");
  inb_event_add (event, "lead_status", "new");
  inb_event_add (event, "notes", "Test lead from API");
  start = g_get_monotonic_time ();
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autoptr (InbIntake) intake = inb_field_map_apply (map, event, NULL);

      g_assert_nonnull (intake);
    }
  g_test_message ("inb_field_map_apply, 7 fields: %.2f us", (g_get_monotonic_time () - start) / (double) n_rounds);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field-map/files", test_files);
  g_test_add_func ("/field-map/bodies", test_bodies);
  g_test_add_func ("/field-map/refused", test_refused);
  g_test_add_func ("/field-map/long-values", test_long_values);
  g_test_add_func ("/field-map/many-fields", test_many_fields);
  g_test_add_func ("/field-map/random", test_random);
  g_test_add_func ("/field-map/speed", test_speed);

  return g_test_run ();
}
