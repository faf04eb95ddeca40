/* Bodies of every sender that we know, the ways to write a form, and bodies made to hurt. */
#include "inb-error.h"
#include "inb-payload.h"

#include <string.h>

#define FORM "application/x-www-form-urlencoded"

static GPtrArray *
parse (const char *content_type,
       const char *text,
       gboolean   *is_array)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GPtrArray *events = inb_payload_parse (content_type, body, is_array, &error);

  g_assert_no_error (error);
  g_assert_nonnull (events);

  return events;
}

static void
assert_refused (const char   *content_type,
                const char   *text,
                gsize         length,
                InbErrorCode  code)
{
  g_autoptr (GBytes) body = g_bytes_new (text, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = inb_payload_parse (content_type, body, NULL, &error);

  g_assert_null (events);
  g_assert_error (error, INB_ERROR, (int) code);
}

/* "path=value|path=value" of all fields in order. */
static char *
describe (InbEvent *event)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < inb_event_get_n_fields (event); i++)
    g_string_append_printf (text, "%s%s=%s", i > 0 ? "|" : "", inb_event_get_path (event, i), inb_event_get_value (event, i));

  return g_string_free (text, FALSE);
}

static void
test_bodies (void)
{
  static const struct { const char *content_type; const char *body; const char *fields; } cases[] = {
    { "application/json", "{}", "" },
    { "application/json", "{\"a\":\"x\",\"b\":{\"c\":1,\"d\":[true,false,null,1.50]},\"e\":null,\"f\":[],\"g\":{}}",
      "a=x|b.c=1|b.d.0=true|b.d.1=false|b.d.3=1.50" },
    { NULL, "{\"id\":9007199254740993,\"n\":1e5,\"m\":-0.10}", "id=9007199254740993|n=1e5|m=-0.10" },
    { "text/plain; charset=utf-8", " \r\n{\"a\":\"\\u00e4\\n\"}\n", "a=ä\n" },
    { FORM, "{\"a\":1}", "a=1" },
    { "application/json; charset=utf-8", "\xef\xbb\xbf{\"a\":1}", "a=1" },
    { "application/json", "{\"email\":[\"a@b.de\"],\"l\":[1,2],\"o\":[{\"x\":[\"y\"]}],\"n\":[null],\"e\":[[\"z\"]]}",
      "email=a@b.de|l.0=1|l.1=2|o.0.x=y|e.0=z" },
    { "application/json", "{\"1.3\":\"Jane\",\"\":\"empty\",\"a\":{\"\":\"x\"}}", "1.3=Jane|=empty|a.=x" },

    { FORM, "a=1&b=two+words&c=%C3%A4%26&d=", "a=1|b=two words|c=ä&|d=" },
    { FORM "; charset=UTF-8", "fields[email][value]=a%40b.de&form%5Bx%5D=1", "fields.email.value=a@b.de|form.x=1" },
    { FORM, "a[]=1&a[]=2&b[]=3&c=4&c=5", "a.0=1|a.1=2|b=3|c.0=4|c.1=5" },
    { FORM, "i[][n]=1&i[][n]=2&[x]=y&u[=v&w[k]z=1", "i.0.n=1|i.1.n=2|[x]=y|u[=v|w.kz=1" },
    { FORM, "a&b=1&&=x&c=1=2", "a=|b=1|c=1=2" },
    { FORM, "a=100%&b=%zz&c=%4", "a=100%|b=%zz|c=%4" },
    { FORM, "name=M%FCller", "name=Müller" },
    { "application/octet-stream", "a=1&b=2", "a=1|b=2" },
    { "text/plain", "a=1", "a=1" },
    { NULL, "a=1", "a=1" },
    { FORM, "a=1&data.json=%7B%22email%22%3A%5B%22x%40y.z%22%5D%2C%22a%22%3A%221%22%2C%22b%22%3A2%7D", "a=1|email=x@y.z|b=2" },
    { FORM, "a=1&data.json=%7B%22a%22%3A%222%22%7D", "a=1|data.json.a=2" },
    { FORM, "a=1&data.json=%7Bbroken", "a=1|data.json={broken" },

    { "multipart/form-data; boundary=B",
      "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\ny\r\n--B\r\ncontent-disposition: form-data; name=\"b[c]\"\r\n"
      "Content-Type: text/plain\r\n\r\n\r\n--B--\r\n", "a=x\r\ny|b.c=" },
    { "multipart/form-data; boundary=\"B B\"",
      "preamble\r\n--B B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\\\"b.pdf\"\r\n\r\n%PDF\r\n--B B--", "f=a\"b.pdf" },
    { "application/x-www-form-urlencoded",
      "--xyz\r\nContent-Disposition: form-data; name=plain\r\n\r\n1\r\n--xyz--\r\n", "plain=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_array = TRUE;
      g_autoptr (GPtrArray) events = parse (cases[i].content_type, cases[i].body, &is_array);
      g_autofree char *fields = describe (g_ptr_array_index (events, 0));

      g_test_message ("case %u", i);
      g_assert_false (is_array);
      g_assert_cmpuint (events->len, ==, 1);
      g_assert_cmpstr (fields, ==, cases[i].fields);
    }
}

static void
test_refused (void)
{
  static const struct { const char *content_type; const char *body; gsize length; } cases[] = {
    { NULL, "", 0 }, { "application/json", " \r\n", 3 }, { FORM, "\xef\xbb\xbf", 3 }, { "application/json", "\"text\"", 6 },
    { "application/json", "5", 1 }, { "application/json", "a=1", 3 }, { "application/json", "{\"a\":1", 6 }, { NULL, "{\"a\":1,\"a\":2}", 13 },
    { NULL, "{\"a\":\"\\u0000\"}", 14 }, { NULL, "[1", 2 }, { FORM, "hello", 5 }, { "text/xml", "<a b=\"c\"/>", 10 }, { FORM, "a=%00", 5 },
    { FORM, "a=x\0y", 5 }, { "multipart/form-data; boundary=B", "nothing of it", 13 }, { "multipart/form-data", "x", 1 },
    { "multipart/form-data; boundary=B", "--B\r\n", 5 }, { "multipart/form-data; boundary=B", "--B\r\n\r\nx\r\n--B--", 15 },
    { "multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx", 50 }, { NULL, "--", 2 }, { NULL, "--\r\n", 4 },
    { "multipart/form-data; boundary=B", "--B", 3 }, { "multipart/form-data; boundary=", "--B--", 5 }, { NULL, "\0", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *exact = g_memdup2 (cases[i].body, cases[i].length);

      g_test_message ("case %u", i);
      assert_refused (cases[i].content_type, exact, cases[i].length, INB_ERROR_INVALID_BODY);
    }
}

static void
test_arrays (void)
{
  const char *text = " [ {\"a\":[1]} ,\n{\"b\" : \"ä\"}, 5, null,\"x\",[7, 8],{} ] ";
  static const char * const raws[] = { "{\"a\":[1]}", "{\"b\" : \"ä\"}", "5", "null", "\"x\"", "[7, 8]", "{}" };
  static const char * const fields[] = { "a=1", "b=ä", "", "", "", "0=7|1=8", "" };
  gboolean is_array = FALSE;
  g_autoptr (GPtrArray) events = parse ("application/json", text, &is_array);
  g_autoptr (GPtrArray) none = parse ("application/json", "[]", NULL);

  g_assert_true (is_array);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (raws));
  for (guint i = 0; i < events->len; i++)
    {
      GBytes *raw = inb_event_get_raw (g_ptr_array_index (events, i));
      g_autofree char *described = describe (g_ptr_array_index (events, i));

      g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), raws[i], strlen (raws[i]));
      g_assert_cmpstr (described, ==, fields[i]);
    }
}

static void
test_whole_body_is_raw (void)
{
  const char *text = " {\"a\":1}\n";
  g_autoptr (GPtrArray) events = parse (NULL, text, NULL);
  GBytes *raw = inb_event_get_raw (g_ptr_array_index (events, 0));

  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), text, strlen (text));
}

/* With or without the index of an array that has one element; both below and above the size that is indexed. */
static void
test_find (void)
{
  const char *inner = "\"email\":[\"a@b.de\"],\"entry\":[{\"changes\":[{\"value\":{\"id\":7}}]}],\"two\":[{\"x\":1},{\"x\":2}],\"nest\":[[\"z\"]]";
  static const struct { const char *path; const char *value; } cases[] = {
    { "email", "a@b.de" }, { "email.0", "a@b.de" }, { "entry.0.changes.0.value.id", "7" }, { "entry.changes.value.id", "7" },
    { "two.0.x", "1" }, { "two.1.x", "2" }, { "two.x", NULL }, { "nest", "z" }, { "nest.0", "z" }, { "nest.0.0", "z" }, { "email.1", NULL },
    { "", NULL }, { "entry", NULL },
  };

  for (guint n_more = 0; n_more < 40; n_more += 39)
    {
      g_autoptr (GString) text = g_string_new ("{");
      g_autoptr (GPtrArray) events = NULL;

      for (guint i = 0; i < n_more; i++)
        g_string_append_printf (text, "\"n%u\":%u,", i, i);
      g_string_append_printf (text, "%s}", inner);
      events = parse (NULL, text->str, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
        {
          g_test_message ("%u more, %s", n_more, cases[i].path);
          g_assert_cmpstr (inb_event_find (g_ptr_array_index (events, 0), cases[i].path), ==, cases[i].value);
        }
    }
}

static void
test_added_by_hand (void)
{
  g_autoptr (InbEvent) event = inb_event_new ();

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *path = g_strdup_printf ("p%u", i);

      inb_event_add (event, path, "1");
      g_assert_cmpstr (inb_event_find (event, path), ==, "1");
    }
  inb_event_add (event, "p3", "2");
  g_assert_cmpstr (inb_event_find (event, "p3"), ==, "1");
  g_assert_cmpuint (inb_event_get_n_fields (event), ==, 31);
  g_assert_null (inb_event_get_raw (event));
}

static char *
build (const char *before,
       const char *repeated,
       guint       n,
       const char *after)
{
  GString *text = g_string_new (before);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", repeated);
  g_string_append (text, after);

  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *events = build ("[", "{\"a\":1}", 1000, "]");
  g_autofree char *more_events = build ("[", "{\"a\":1}", 1001, "]");
  g_autofree char *fields = build ("{\"a\":[", "1", 2000, "]}");
  g_autofree char *more_fields = build ("{\"a\":[", "1", 2001, "]}");
  g_autofree char *name = g_strnfill (900, 'n');
  g_autofree char *long_name = g_strnfill (1001, 'n');
  g_autofree char *long_path = g_strdup_printf ("{\"%s\":1}", long_name);
  g_autofree char *wide = g_strdup_printf ("{\"%s\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1}}", name);
  g_autofree char *amplified = build ("[", wide, 1000, "]");
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autoptr (GString) form = g_string_new ("a=1");
  g_autoptr (GPtrArray) parsed = parse (NULL, events, NULL);

  g_assert_cmpuint (parsed->len, ==, 1000);
  g_clear_pointer (&parsed, g_ptr_array_unref);
  parsed = parse (NULL, fields, NULL);
  g_assert_cmpuint (inb_event_get_n_fields (g_ptr_array_index (parsed, 0)), ==, 2000);

  assert_refused (NULL, more_events, strlen (more_events), INB_ERROR_TOO_LARGE);
  assert_refused (NULL, more_fields, strlen (more_fields), INB_ERROR_TOO_LARGE);
  assert_refused (NULL, long_path, strlen (long_path), INB_ERROR_TOO_LARGE);
  assert_refused (NULL, amplified, strlen (amplified), INB_ERROR_TOO_LARGE);
  assert_refused (NULL, deep, strlen (deep), INB_ERROR_INVALID_BODY);
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf (form, "&f%u=1", i);
  assert_refused (FORM, form->str, form->len, INB_ERROR_TOO_LARGE);
}

typedef struct {
  const char *file;
  const char *content_type;
  const char *path;
  const char *value;
} Sender;

static void
test_senders (void)
{
  static const Sender cases[] = {
    { "calendly_invitee_created.json", "application/json", "payload.email", "jane@example.com" },
    { "calendly_invitee_created.json", "application/json", "payload.questions_and_answers.0.answer", "Product A" },
    { "calendly_invitee_created.json", "application/json", "payload.questions_and_answers.answer", "Product A" },
    { "calendly_invitee_created.json", "application/json", "payload.old_invitee", NULL },
    { "elementor_simple.form", FORM, "Phone", "(415) 555-2671" },
    { "elementor_simple.form", FORM, "Page URL", "https://example.com/kontakt/" },
    { "facebook_graph_lead.json", "application/json", "field_data.2.values", "joe@example.com" },
    { "facebook_graph_lead.json", "application/json", "field_data.2.values.0", "joe@example.com" },
    { "facebook_leadgen.json", "application/json", "entry.0.changes.0.value.leadgen_id", "123123123123" },
    { "facebook_leadgen.json", "application/json", "entry.changes.value.leadgen_id", "123123123123" },
    { "generic_seed.json", "application/json", "phone", "+1234567890" },
    { "generic_seed_update.json", "application/json", "appointment_date", "2025-10-20 10:00AM" },
    { "google_ads_lead_full.json", "application/json", "form_id", "9007199254740993" },
    { "google_ads_lead_full.json", "application/json", "user_column_data.1.string_value", "1-650-555-0123" },
    { "google_ads_lead_full.json", "application/json", "is_test", "false" },
    { "gravity_forms.json", "application/json", "1.3", "Jane" },
    { "hubspot_contact_creation.json", "application/json", "objectId", "65059681032" },
    { "linkedin_lead_action.json", "application/json", "owner.sponsoredAccount", "urn:li:sponsoredAccount:520866471" },
    { "standard_webhooks.json", "application/json", "data.crm_id", "CRM-1001" },
    { "typeform.json", "application/json", "form_response.answers.3.choice.label", "Product B" },
    { "typeform.json", "application/json", "form_response.answers.4.boolean", "true" },
    { "unbounce_post.form", FORM, "full_name", "Test Lead" },
    { "unbounce_post.form", FORM, "page_url", "http://my-landing-page.ca/" },
    { "unbounce_post.form", FORM, "time_submitted", "10:57 PM UTC" },
    { "webflow_form_submission.json", "application/json", "payload.data.First Name", "John" },
    { "zapier_post.form", FORM, "phone", "+1 415 555 2671" },
    { "zapier_post.json", "application/json", "age", "27" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_test_build_filename (G_TEST_DIST, "data", cases[i].file, NULL);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (GPtrArray) untyped = NULL;
      gboolean is_array;

      g_file_get_contents (file, &text, NULL, &error);
      g_assert_no_error (error);
      g_test_message ("%s %s", cases[i].file, cases[i].path);
      events = parse (cases[i].content_type, text, &is_array);
      g_assert_cmpuint (events->len, ==, 1);
      g_assert_cmpint (is_array, ==, g_str_has_prefix (cases[i].file, "hubspot"));
      g_assert_cmpstr (inb_event_find (g_ptr_array_index (events, 0), cases[i].path), ==, cases[i].value);

      untyped = parse ("text/plain", text, NULL);
      g_assert_cmpstr (inb_event_find (g_ptr_array_index (untyped, 0), cases[i].path), ==, cases[i].value);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/payload/bodies", test_bodies);
  g_test_add_func ("/payload/refused", test_refused);
  g_test_add_func ("/payload/arrays", test_arrays);
  g_test_add_func ("/payload/whole-body-is-raw", test_whole_body_is_raw);
  g_test_add_func ("/payload/find", test_find);
  g_test_add_func ("/payload/added-by-hand", test_added_by_hand);
  g_test_add_func ("/payload/limits", test_limits);
  g_test_add_func ("/payload/senders", test_senders);

  return g_test_run ();
}
