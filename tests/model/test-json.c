/* The strict scan against what other parsers are known to get wrong, the tree, and the writer. */
#include "inb-error.h"
#include "inb-json.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *text;
  gsize       length; /* 0: up to NUL */
} Text;

#define BYTES(text) { text, sizeof (text) - 1 }

static const Text valid[] = {
  { "{}" }, { "[]" }, { "null" }, { "true" }, { "false" }, { "0" }, { "-0" }, { "-1" }, { "1.5" }, { "0.0" }, { "\"\"" },
  { " \t\r\n[ 1 , 2 ]\n " }, { "{\"a\":1,\"b\":{\"a\":1}}" }, { "[[[[[[]]]]]]" }, { "[1e5,1E5,1e+5,1E-5,1.25e-2]" },
  { "9223372036854775807" }, { "-9223372036854775808" }, { "1e308" }, { "-1.7976931348623157e308" }, { "1e-999" },
  { "0.00000000000000000000000000000000000000000000000000000000000000000000000001" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\"" }, { "\"\\ud83d\\ude00\"" }, { "\"\\uD83D\\uDE00\"" }, { "\"\\uffff\"" },
  { "\"\xc3\xa4 \xe2\x82\xac \xf0\x9f\x8e\x89\"" }, { "\"\xed\x9f\xbf\"" }, { "\"\xee\x80\x80\"" }, { "\"\xf4\x8f\xbf\xbf\"" },
  { "\"\x7f\"" }, { "\xef\xbb\xbf{\"a\":1}" }, { "[{\"a\":1},{\"a\":2}]" }, { "{\"a\":{\"b\":1},\"b\":2}" },
  { "{\"\":0}" }, { "\"a\\\\\"" }, { "[\"12345678901234567890\",\"a long text with nothing special in it\"]" },
};

static const Text invalid[] = {
  { "" , 0 }, { " " }, { "\xef\xbb\xbf" }, { "{" }, { "}" }, { "[" }, { "]" }, { "[1" }, { "[1,]" }, { "[,1]" }, { "[1 2]" }, { "[1,,2]" },
  { "{\"a\"}" }, { "{\"a\":}" }, { "{\"a\":1,}" }, { "{,}" }, { "{a:1}" }, { "{'a':1}" }, { "{1:1}" }, { "{\"a\" 1}" }, { "{\"a\":1 \"b\":2}" },
  { "[1}" }, { "{\"a\":1]" }, { "[]]" }, { "{}{}" }, { "1 2" }, { "[] x" }, { "nul" }, { "True" }, { "NaN" }, { "Infinity" }, { "-Infinity" },
  { "+1" }, { "01" }, { "-01" }, { "1." }, { ".5" }, { "-" }, { "1e" }, { "1e+" }, { "1.e5" }, { "0x1" }, { "1_000" }, { "--1" },
  { "99999999999999999999" }, { "9223372036854775808" }, { "-9223372036854775809" }, { "1e999" }, { "-1e309" },
  { "\"" }, { "\"abc" }, { "\"\\\"" }, { "\"\\x41\"" }, { "\"\\" }, { "\"\\u12\"" }, { "\"\\u12g4\"" }, { "\"\\u\"" }, { "\"\\U0041\"" },
  { "\"\\u0000\"" }, { "\"\\ud800\"" }, { "\"\\ud800x\"" }, { "\"\\ud800\\n\"" }, { "\"\\ud800\\u0041\"" }, { "\"\\udc00\"" }, { "\"\\ud800\\ud800\"" },
  { "\"\t\"" }, { "\"\n\"" }, { "\"\x1f\"" }, { "\"\x80\"" }, { "\"\xff\"" }, { "\"\xc0\x80\"" }, { "\"\xc1\xbf\"" }, { "\"\xc3\"" }, { "\"\xe0\x80\x80\"" },
  { "\"\xed\xa0\x80\"" }, { "\"\xf0\x80\x80\x80\"" }, { "\"\xf4\x90\x80\x80\"" }, { "\"\xf5\x80\x80\x80\"" }, { "\"\xe2\x82\"" }, { "\"\xe2\x82" },
  { "{\"a\":1,\"a\":2}" }, { "{\"a\":1,\"b\":2,\"\\u0061\":3}" }, { "{\"a\":{\"b\":1,\"b\":2}}" }, { "{\"\":1,\"\":2}" },
  { "/* c */ 1" }, { "[1] // c" }, { "[1]\v" }, { "\xa0[1]" }, { "\xfe\xff\x00[" , 4 }, { "[\xef\xbb\xbf]" }, { "a" }, { "\"a\" \"b\"" },
  BYTES ("\"x\0y\""), BYTES ("[1]\0"), BYTES ("\0"), BYTES ("{\"a\0\":1}"), BYTES ("1\0 2"),
};

static gsize
length_of (const Text *text)
{
  return text->length > 0 ? text->length : strlen (text->text);
}

static void
test_valid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *exact = g_memdup2 (valid[i].text, length_of (&valid[i]));

      g_test_message ("case %u", i);
      g_assert_true (inb_json_scan (exact, length_of (&valid[i]), &error));
      g_assert_no_error (error);
      node = inb_json_parse (exact, length_of (&valid[i]), &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autoptr (GError) error = NULL;
      /* An exact copy, so that a sanitizer sees a read past the end. */
      g_autofree char *exact = g_memdup2 (invalid[i].text, length_of (&invalid[i]));

      g_test_message ("case %u", i);
      g_assert_false (inb_json_scan (exact, length_of (&invalid[i]), &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_BODY);
      g_assert_null (inb_json_parse (exact, length_of (&invalid[i]), NULL));
    }
}

/* Every prefix of a valid object is invalid, and none is read past. */
static void
test_prefixes (void)
{
  const char *text = "{\"a\\u00e4\\ud83d\\ude00\":[1.5e3,-12,true,false,null,\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x8e\x89\"],\"b\":{}}";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autofree char *exact = g_memdup2 (text, length);

      g_assert_false (inb_json_scan (exact, length, NULL));
    }
  g_assert_true (inb_json_scan (text, strlen (text), NULL));
}

static char *
repeat (const char *open,
        const char *middle,
        const char *close,
        guint       n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  g_string_append (text, middle);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  g_autofree char *deepest = repeat ("[", "1", "]", INB_JSON_MAX_DEPTH);
  g_autofree char *too_deep = repeat ("[", "1", "]", INB_JSON_MAX_DEPTH + 1);
  g_autofree char *objects = repeat ("{\"a\":", "1", "}", INB_JSON_MAX_DEPTH + 1);
  g_autofree char *hostile = repeat ("[", "", "", 100000);
  g_autoptr (JsonNode) node = inb_json_parse (deepest, strlen (deepest), NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (node);
  g_assert_false (inb_json_scan (too_deep, strlen (too_deep), &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_BODY);
  g_assert_cmpstr (error->message, ==, "Nested too deeply at byte 32");
  g_assert_false (inb_json_scan (objects, strlen (objects), NULL));
  g_assert_false (inb_json_scan (hostile, strlen (hostile), NULL));
}

static char *
make_object (guint       n_members,
             const char *extra)
{
  GString *json = g_string_new ("{");

  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = g_strdup_printf ("n%u", i);

      inb_json_append_member_integer (json, name, i);
    }
  g_string_append (json, extra);
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

static void
test_repeated_names (void)
{
  for (guint n_members = 1; n_members < 40; n_members++)
    {
      g_autofree char *distinct = make_object (n_members, ",\"x\":[{\"n0\":1}]");
      g_autofree char *repeated = make_object (n_members, ",\"n0\":[{\"x\":1}]");
      g_autofree char *escaped = make_object (n_members, ",\"\\u006e0\":0");
      g_autoptr (GError) error = NULL;

      g_assert_true (inb_json_scan (distinct, strlen (distinct), NULL));
      g_assert_false (inb_json_scan (escaped, strlen (escaped), NULL));
      g_assert_false (inb_json_scan (repeated, strlen (repeated), &error));
      g_assert_true (g_str_has_prefix (error->message, "Repeated name at byte "));
      g_assert_cmpuint (g_ascii_strtoull (error->message + strlen ("Repeated name at byte "), NULL, 10), ==,
                        strstr (repeated, ",\"n0\"") + 2 - repeated);
    }
}

/* A body made to be expensive takes no longer than any other of its size. */
static void
test_hostile_names (void)
{
  g_autofree char *many = make_object (100000, "");
  gint64 start = g_get_monotonic_time ();

  g_assert_true (inb_json_scan (many, strlen (many), NULL));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
}

static void
test_errors_say_where (void)
{
  static const struct { const char *text; const char *message; } cases[] = {
    { "", "Empty text at byte 0" },
    { "{\"a\":1,}", "Expected a name at byte 7" },
    { "[1,2", "Unterminated array or object at byte 4" },
    { "[1 2]", "Expected a comma or an end at byte 3" },
    { "{\"a\" 1}", "Expected a colon at byte 5" },
    { "[\"\\u0000\"]", "NUL character at byte 2" },
    { "[\"\xff\"]", "Invalid UTF-8 at byte 2" },
    { "[1e999]", "Number out of range at byte 1" },
    { "{} x", "Text behind the value at byte 3" },
    { "[nope]", "Not a value at byte 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (inb_json_scan (cases[i].text, strlen (cases[i].text), &error));
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = inb_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return node;
}

static void
test_tree (void)
{
  g_autoptr (JsonNode) node = parse ("{\"s\":\"\\u00e4\\n\\ud83d\\ude00/\\/\",\"i\":-9223372036854775808,\"big\":9007199254740993,\"d\":1.5e2,"
                                     "\"t\":true,\"f\":false,\"n\":null,\"a\":[1,[],{\"x\":\"y\"}],\"o\":{\"p\":{}}}");
  JsonObject *object = json_node_get_object (node);
  JsonArray *array = inb_json_get_array (object, "a");

  g_assert_cmpstr (inb_json_get_string (object, "s"), ==, "ä\n\xf0\x9f\x98\x80//");
  g_assert_cmpint (inb_json_get_integer (object, "i", 0), ==, G_MININT64);
  g_assert_cmpint (inb_json_get_integer (object, "big", 0), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpfloat (json_object_get_double_member (object, "d"), ==, 150.0);
  g_assert_true (inb_json_get_boolean (object, "t", FALSE));
  g_assert_false (inb_json_get_boolean (object, "f", TRUE));
  g_assert_true (json_object_get_null_member (object, "n"));
  g_assert_cmpuint (json_array_get_length (array), ==, 3);
  g_assert_cmpstr (inb_json_get_string (json_array_get_object_element (array, 2), "x"), ==, "y");
  g_assert_nonnull (inb_json_get_object (inb_json_get_object (object, "o"), "p"));

  g_assert_null (inb_json_get_string (object, "i"));
  g_assert_null (inb_json_get_string (object, "n"));
  g_assert_null (inb_json_get_string (object, "absent"));
  g_assert_cmpint (inb_json_get_integer (object, "s", 7), ==, 7);
  g_assert_cmpint (inb_json_get_integer (object, "d", 7), ==, 7);
  g_assert_true (inb_json_get_boolean (object, "s", TRUE));
  g_assert_null (inb_json_get_object (object, "a"));
  g_assert_null (inb_json_get_array (object, "o"));
}

/* What json-glib writes of a tree reads back as the same tree. */
static void
test_round_trip (void)
{
  const char *text = "{\"a\":[1,-2,0.5,\"x\\\\y\\\"z\",null,true,{\"b\":[[]]}],\"\":\"\"}";
  g_autoptr (JsonNode) node = parse (text);
  g_autofree char *written = json_to_string (node, FALSE);

  g_assert_cmpstr (written, ==, text);
}

static void
test_append (void)
{
  g_autoptr (GString) json = g_string_new ("{");

  inb_json_append_member (json, "plain", "abc");
  inb_json_append_member (json, "quoted", "a\"b\\c/ä\xf0\x9f\x8e\x89\n\t\r\b\f\x01\x1f\x7f");
  inb_json_append_member (json, "empty", "");
  inb_json_append_member (json, "null", NULL);
  inb_json_append_member_integer (json, "i", G_MININT64);
  inb_json_append_member_boolean (json, "b", TRUE);
  inb_json_append_name (json, "list");
  g_string_append_c (json, '[');
  inb_json_append_value (json, INB_TYPE_MONEY, "1.50");
  g_string_append_c (json, ',');
  inb_json_append_value (json, INB_TYPE_INTEGER, "42");
  g_string_append_c (json, ',');
  inb_json_append_value (json, INB_TYPE_BOOLEAN, "false");
  g_string_append_c (json, ',');
  inb_json_append_value (json, INB_TYPE_JSON, "{\"a\":[]}");
  g_string_append_c (json, ',');
  inb_json_append_value (json, INB_TYPE_TIME, NULL);
  g_string_append (json, "]}");

  g_assert_cmpstr (json->str, ==,
                   "{\"plain\":\"abc\",\"quoted\":\"a\\\"b\\\\c/ä\xf0\x9f\x8e\x89\\n\\t\\r\\b\\f\\u0001\\u001f\x7f\",\"empty\":\"\",\"null\":null,"
                   "\"i\":-9223372036854775808,\"b\":true,\"list\":[\"1.50\",42,false,{\"a\":[]},null]}");
  g_assert_true (inb_json_scan (json->str, json->len, NULL));
}

static void
report_speed (const char *what,
              gsize       n_bytes)
{
  double speed = (double) n_bytes / g_test_timer_elapsed () / 1e6;

  g_test_maximized_result (speed, "%s of a lead: %.0f MB/s", what, speed);
}

/* Only with -m perf: how many bytes a second the scan reads, of a body as senders post it. */
static void
test_speed (void)
{
  const char *lead = "{\"firstname\":\"Test\",\"lastname\":\"Lead\",\"phone\":\"+1234567890\",\"email\":\"test@example.com\","
                     "\"product\":\"Product A\",\"lead_status\":\"new\",\"notes\":\"Test lead from API\",\"id\":1234567,\"ok\":true}";
  const char *notes = "Please call me back about the \"solar\" offer after 17:00, thank you";
  g_autoptr (GString) json = g_string_new (NULL);
  const guint n_rounds = 500000;
  gsize length = strlen (lead);

  if (!g_test_perf ())
    {
      g_test_skip ("only with -m perf");
      return;
    }

  g_test_timer_start ();
  for (guint i = 0; i < n_rounds; i++)
    g_assert_true (inb_json_scan (lead, length, NULL));
  report_speed ("scan", length * n_rounds);

  g_test_timer_start ();
  for (guint i = 0; i < n_rounds / 10; i++)
    json_node_unref (inb_json_parse (lead, length, NULL));
  report_speed ("parse", length * (n_rounds / 10));

  g_test_timer_start ();
  for (guint i = 0; i < n_rounds; i++)
    {
      g_string_truncate (json, 0);
      inb_json_append_string (json, notes);
    }
  report_speed ("append", strlen (notes) * n_rounds);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/prefixes", test_prefixes);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/repeated-names", test_repeated_names);
  g_test_add_func ("/json/hostile-names", test_hostile_names);
  g_test_add_func ("/json/errors-say-where", test_errors_say_where);
  g_test_add_func ("/json/tree", test_tree);
  g_test_add_func ("/json/round-trip", test_round_trip);
  g_test_add_func ("/json/append", test_append);
  g_test_add_func ("/json/speed", test_speed);

  return g_test_run ();
}
