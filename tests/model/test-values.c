/* Errors, money, ids, mail addresses, folding and rows. */
#include "inb-error.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-mail.h"
#include "inb-money.h"
#include "inb-row.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <string.h>

static void
test_errors (void)
{
  g_autoptr (GError) ours = g_error_new_literal (INB_ERROR, INB_ERROR_RESYNC, "too old");
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "gone");
  InbErrorCode code;

  for (guint i = 0; i < INB_N_ERRORS; i++)
    {
      g_assert_nonnull (inb_error_get_name (i));
      g_assert_cmpuint (inb_error_get_status (i), >=, 400);
      g_assert_cmpuint (inb_error_get_status (i), <, 600);
      g_assert_true (inb_error_from_name (inb_error_get_name (i), &code));
      g_assert_cmpuint (code, ==, i);
    }
  g_assert_false (inb_error_from_name ("unheard_of", &code));
  g_assert_cmpuint (inb_error_get_code (ours), ==, INB_ERROR_RESYNC);
  g_assert_cmpuint (inb_error_get_code (other), ==, INB_ERROR_INTERNAL);
  g_assert_cmpuint (inb_error_get_status (INB_ERROR_IDENTITY_MISSING), ==, 422);
}

typedef struct {
  const char *text;
  const char *expected; /* NULL: refused */
} Pair;

static void
test_money (void)
{
  static const Pair cases[] = {
    { "0", "0.00" }, { "1234.5", "1234.50" }, { "1234.50", "1234.50" }, { "-3", "-3.00" }, { "-0.05", "-0.05" }, { "007", "7.00" },
    { "9999999999999.99", "9999999999999.99" }, { "-9999999999999.99", "-9999999999999.99" },
    { "", NULL }, { NULL, NULL }, { "-", NULL }, { "1.", NULL }, { ".5", NULL }, { "1.234", NULL }, { "1,5", NULL }, { "+1", NULL },
    { " 1", NULL }, { "1 ", NULL }, { "1e3", NULL }, { "10000000000000", NULL }, { "--1", NULL }, { "1.-5", NULL }, { "1.5x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 hundredths;
      gboolean read = inb_money_parse (cases[i].text, &hundredths);
      g_autofree char *text = read ? inb_money_format (hundredths) : NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_money_loose (void)
{
  static const Pair cases[] = {
    { "1.234,50 €", "1234.50" }, { "$1,234.50", "1234.50" }, { "1 234", "1234.00" }, { "1234", "1234.00" }, { "1,5", "1.50" },
    { "1.5", "1.50" }, { "1.234.567", "1234567.00" }, { "1,234,567.8", "1234567.80" }, { "1.234", "1234.00" }, { "1,234", "1234.00" },
    { "EUR 99", "99.00" }, { "99 EUR", "99.00" }, { "99€", "99.00" }, { "-5,00 €", "-5.00" }, { "€ -5.00", "-5.00" },
    { "1'234.50 CHF", "1234.50" }, { "1\xe2\x80\x99" "234", "1234.00" }, { "1\xe2\x80\xaf" "234,5 \xe2\x82\xac", "1234.50" },
    { "1.234,- €", "1234.00" }, { "  42  ", "42.00" }, { "US$ 10", "10.00" }, { "10 zł", "10.00" }, { "10 Euro", "10.00" },
    { "", NULL }, { NULL, NULL }, { "abc", NULL }, { "€", NULL }, { "10k", NULL }, { "10 k€", NULL }, { "2 Mio €", NULL }, { "100-200", NULL },
    { "1,2,3", NULL }, { "1.2.3", NULL }, { "1,23.456", NULL }, { "1,234.5.6", NULL }, { "0,123", NULL }, { "12,3456", NULL },
    { "1234,567", NULL }, { "12 34", NULL }, { "10 %", NULL }, { "EUR 5 EUR", NULL }, { "12345678901234", NULL }, { "1.", NULL },
    { ",5", NULL }, { "5 6 EUR", NULL }, { "\xff", NULL }, { "1.234,50,", NULL }, { "1 234 567,89 EUR x", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 hundredths;
      gboolean read = inb_money_parse_loose (cases[i].text, &hundredths);
      g_autofree char *text = read ? inb_money_format (hundredths) : NULL;

      g_test_message ("case %u", i);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

#define N_THREADS 4
#define N_IDS 50000

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_IDS; i++)
    g_ptr_array_add (ids, inb_uuid_new_v7 ());

  return ids;
}

static void
test_uuid_v7 (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  GThread *threads[N_THREADS];
  GPtrArray *ids[N_THREADS];
  guint64 now = (guint64) g_get_real_time () / 1000;
  guint64 time;
  g_autofree char *hex = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);
  for (guint i = 0; i < N_THREADS; i++)
    {
      ids[i] = g_thread_join (threads[i]);
      for (guint j = 0; j < N_IDS; j++)
        {
          const char *id = g_ptr_array_index (ids[i], j);

          g_assert_true (inb_uuid_is_valid (id));
          g_assert_true (id[14] == '7' && strchr ("89ab", id[19]) != NULL);
          g_assert_true (g_hash_table_add (all, (char *) id));
          if (j > 0)
            g_assert_cmpstr (g_ptr_array_index (ids[i], j - 1), <, id);
        }
    }

  hex = g_strdup_printf ("%.8s%.4s", (char *) g_ptr_array_index (ids[0], 0), (char *) g_ptr_array_index (ids[0], 0) + 9);
  time = g_ascii_strtoull (hex, NULL, 16);
  g_assert_cmpuint (time, >=, now);
  g_assert_cmpuint (time, <, now + 60000);
  g_hash_table_remove_all (all);
  for (guint i = 0; i < N_THREADS; i++)
    g_ptr_array_unref (ids[i]);
}

static void
test_uuid_forms (void)
{
  static const Pair cases[] = {
    { "0190a8f0-1c2d-7abc-8def-0123456789ab", "0190a8f0-1c2d-7abc-8def-0123456789ab" },
    { "0190A8F0-1C2D-7ABC-8DEF-0123456789AB", "0190a8f0-1c2d-7abc-8def-0123456789ab" },
    { "0190a8f01c2d7abc8def0123456789ab", NULL }, { "0190a8f0-1c2d-7abc-8def-0123456789a", NULL },
    { "0190a8f0-1c2d-7abc-8def-0123456789abc", NULL }, { "0190a8f0-1c2d-7abc-8def-0123456789ag", NULL },
    { "{0190a8f0-1c2d-7abc-8def-0123456789ab}", NULL }, { "", NULL }, { NULL, NULL },
  };
  g_autofree char *random = inb_uuid_new_v4 ();
  g_autofree char *other = inb_uuid_new_v4 ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_uuid_normalize (cases[i].text);

      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpint (inb_uuid_is_valid (cases[i].text), ==, text != NULL && strcmp (text, cases[i].text) == 0);
    }
  g_assert_true (inb_uuid_is_valid (random));
  g_assert_true (random[14] == '4' && strchr ("89ab", random[19]) != NULL);
  g_assert_cmpstr (random, !=, other);
}

static void
test_random (void)
{
  guint8 bytes[4096] = { 0 };
  guint n_zeros = 0;
  g_autofree char *token = inb_random_token (32);

  inb_random_bytes (bytes, sizeof bytes);
  for (guint i = 0; i < sizeof bytes; i++)
    n_zeros += bytes[i] == 0;
  g_assert_cmpuint (n_zeros, <, 200);

  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
}

static void
test_mail (void)
{
  static const Pair cases[] = {
    { "test@example.com", "test@example.com" }, { "  Test.User@Example.COM \n", "test.user@example.com" },
    { "Jane Doe <Jane@Example.com>", "jane@example.com" }, { "<a@b.de>", "a@b.de" }, { "\"Doe, Jane\" <jane@example.com> ", "jane@example.com" },
    { "mailto:jane@example.com?subject=Hi", "jane@example.com" }, { "MAILTO:Jane@example.com", "jane@example.com" },
    { "jane+news@example.com", "jane+news@example.com" }, { "jane@münchen.de", "jane@xn--mnchen-3ya.de" },
    { "jane@MÜNCHEN.de", "jane@xn--mnchen-3ya.de" }, { "JÜRGEN@example.com", "jürgen@example.com" },
    { "ju\xcc\x88rgen@example.com", "jürgen@example.com" }, { "T\xcc\x88@example.com", "\xe1\xba\x97@example.com" }, { "o'neil@example.co.uk", "o'neil@example.co.uk" },
    { "a@example.com.", "a@example.com" }, { "\xe2\x80\x8b" "a@example.com\xc2\xa0", "a@example.com" }, { "root@localhost", "root@localhost" },
    { "", NULL }, { NULL, NULL }, { "   ", NULL }, { "test", NULL }, { "@example.com", NULL }, { "a@", NULL }, { "a@@b.de", NULL },
    { "a b@example.com", NULL }, { "a@exa mple.com", NULL }, { "a@example..com", NULL }, { ".a@example.com", NULL }, { "a.@example.com", NULL },
    { "a..b@example.com", NULL }, { "a@-example.com", NULL }, { "a@example.com, b@example.com", NULL }, { "Jane <jane@example.com", NULL },
    { "a@[127.0.0.1]", NULL }, { "a\x01@example.com", NULL }, { "\xff@example.com", NULL }, { "+14155552671", NULL }, { "<>", NULL }, { "mailto:", NULL },
    { "jane@example.com>", NULL },
  };
  g_autofree char *long_text = g_strnfill (5000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mail = inb_mail_normalize (cases[i].text);

      g_test_message ("case %u", i);
      g_assert_cmpstr (mail, ==, cases[i].expected);
    }
  g_assert_null (inb_mail_normalize (long_text));
}

static void
test_fold (void)
{
  static const Pair cases[] = {
    { "  Anna   Müller ", "anna muller" }, { "Straße", "strasse" }, { "STRASSE", "strasse" }, { "Øre Æble Œuvre", "ore aeble oeuvre" },
    { "Đorđe Łukasz", "dorde lukasz" }, { "É\xcc\x81", "e" }, { "\xef\xbc\xa1\xef\xbc\xa2", "ab" }, { "a\xc2\xa0\tb\n", "a b" },
    { "\xe2\x80\x8b" "a\xe2\x80\x8b" "b", "ab" }, { "İstanbul", "istanbul" }, { "ısı", "isi" }, { "Åsa", "asa" }, { "ﬁn", "fin" },
    { "Ἀθήνα", "αθηνα" }, { "", "" }, { NULL, "" }, { "   ", "" }, { "a\xff" "b", "a\xef\xbf\xbd" "b" }, { "ABC 123", "abc 123" },
  };
  static const struct { const char *first; const char *last; const char *expected; } names[] = {
    { "Jörg", "Weiß", "jorg weiss" }, { "Jörg", NULL, "jorg" }, { NULL, " Weiß ", "weiss" }, { NULL, NULL, NULL }, { " ", "", NULL },
  };
  static const Pair digits[] = {
    { "+49 (0)171-123", "490171123" }, { "\xef\xbc\x91\xef\xbc\x92", "12" }, { "٣٤", "34" }, { "no", "" }, { NULL, "" }, { "½²", "" },
  };
  static const Pair products[] = {
    { " Product A ", "product a" }, { "PRODUCT A", "product a" }, { "Öl", "öl" }, { "O\xcc\x88L", "öl" }, { "", NULL }, { " \xc2\xa0\t", NULL }, { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = inb_fold_text (cases[i].text);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = inb_fold_name (names[i].first, names[i].last);

      g_assert_cmpstr (text, ==, names[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    {
      g_autofree char *text = inb_fold_digits (digits[i].text);

      g_assert_cmpstr (text, ==, digits[i].expected);
    }
  for (guint i = 0; i < G_N_ELEMENTS (products); i++)
    {
      g_autofree char *text = inb_fold_product (products[i].text);

      g_assert_cmpstr (text, ==, products[i].expected);
    }
}

static InbRow *
read_row (InbKind      kind,
          const char  *json,
          GError     **error)
{
  g_autoptr (JsonNode) node = inb_json_parse (json, strlen (json), NULL);

  g_assert_nonnull (node);

  return inb_row_new_from_json (kind, json_node_get_object (node), error);
}

static void
test_row (void)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_LEAD);
  g_autoptr (InbRow) copy = NULL;
  g_autoptr (InbRow) back = NULL;
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) again = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_row_get (row, INB_LEAD_STAGE));
  g_assert_cmpint (inb_row_get_time (row, INB_LEAD_CREATED_AT), ==, INB_TIME_NONE);
  g_assert_cmpint (inb_row_get_integer (row, INB_LEAD_LEAD_SCORE, 7), ==, 7);

  inb_row_set (row, INB_LEAD_ID, "0190a8f0-1c2d-7abc-8def-0123456789ab");
  inb_row_set (row, INB_LEAD_STAGE, "ne\"w");
  inb_row_set (row, INB_LEAD_ESTIMATED_VALUE, "12.50");
  inb_row_set (row, INB_LEAD_TAGS, "[\"a\",1]");
  inb_row_set (row, INB_LEAD_EXPECTED_CLOSE_DATE, "2026-11-22");
  inb_row_set_integer (row, INB_LEAD_CHANGE_SEQ, G_MAXINT64);
  inb_row_set_boolean (row, INB_LEAD_IS_ACTIVE, TRUE);
  inb_row_set_time (row, INB_LEAD_CREATED_AT, 1);
  g_assert_cmpint (inb_row_get_seq (row), ==, G_MAXINT64);
  g_assert_cmpstr (inb_row_get_key (row), ==, "0190a8f0-1c2d-7abc-8def-0123456789ab");
  g_assert_cmpint (inb_row_get_time (row, INB_LEAD_CREATED_AT), ==, 1);

  copy = inb_row_copy (row);
  inb_row_set_time (row, INB_LEAD_CREATED_AT, INB_TIME_NONE);
  g_assert_null (inb_row_get (row, INB_LEAD_CREATED_AT));
  g_assert_true (inb_row_get_boolean (copy, INB_LEAD_IS_ACTIVE));

  inb_row_append_json (copy, FALSE, json);
  g_assert_cmpstr (json->str, ==,
                   "{\"id\":\"0190a8f0-1c2d-7abc-8def-0123456789ab\",\"stage\":\"ne\\\"w\",\"estimated_value\":\"12.50\","
                   "\"expected_close_date\":\"2026-11-22\",\"is_active\":true,\"tags\":[\"a\",1],"
                   "\"created_at\":\"1970-01-01T00:00:00.000001Z\",\"change_seq\":9223372036854775807}");
  back = read_row (INB_KIND_LEAD, json->str, &error);
  g_assert_no_error (error);
  inb_row_append_json (back, FALSE, again);
  g_assert_cmpstr (again->str, ==, json->str);

  g_string_truncate (again, 0);
  inb_row_append_json (back, TRUE, again);
  g_assert_true (inb_json_scan (again->str, again->len, NULL));
  g_assert_nonnull (strstr (again->str, "\"contact_id\":null"));
}

static void
test_row_fill (void)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_CONTACT);

  g_assert_true (inb_row_fill (row, INB_CONTACT_CITY, "Bonn"));
  g_assert_false (inb_row_fill (row, INB_CONTACT_CITY, ""));
  g_assert_false (inb_row_fill (row, INB_CONTACT_CITY, NULL));
  g_assert_false (inb_row_fill (row, INB_CONTACT_CITY, "Bonn"));
  g_assert_true (inb_row_fill (row, INB_CONTACT_CITY, "Köln"));
  g_assert_cmpstr (inb_row_get (row, INB_CONTACT_CITY), ==, "Köln");
}

static void
test_row_types (void)
{
  static const struct { const char *json; gboolean accepted; } cases[] = {
    { "{}", TRUE }, { "{\"stage\":null,\"not_a_column\":[]}", TRUE }, { "{\"lead_score\":5,\"estimated_value\":\"1.5\"}", TRUE },
    { "{\"created_at\":\"2026-11-22T10:00:00+01:00\"}", TRUE }, { "{\"estimated_value\":7}", TRUE }, { "{\"tags\":{\"a\":[null]}}", TRUE },
    { "{\"lead_score\":\"x\"}", FALSE }, { "{\"lead_score\":1.5}", FALSE }, { "{\"stage\":{}}", FALSE }, { "{\"stage\":true}", FALSE },
    { "{\"is_active\":\"true\"}", FALSE }, { "{\"is_active\":1}", FALSE }, { "{\"estimated_value\":\"1.234\"}", FALSE },
    { "{\"created_at\":\"soon\"}", FALSE }, { "{\"id\":\"1\"}", FALSE }, { "{\"expected_close_date\":\"2025-02-29\"}", FALSE },
  };
  g_autoptr (InbRow) row = read_row (INB_KIND_LEAD, "{\"created_at\":\"2026-11-22T10:00:00+01:00\",\"estimated_value\":7,"
                                                    "\"id\":\"0190A8F0-1C2D-7ABC-8DEF-0123456789AB\"}", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbRow) read = read_row (INB_KIND_LEAD, cases[i].json, &error);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpint (read != NULL, ==, cases[i].accepted);
      if (!cases[i].accepted)
        g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT);
    }

  /* What comes in is kept in the one text form of its type. */
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_CREATED_AT), ==, "2026-11-22T09:00:00.000000Z");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_ESTIMATED_VALUE), ==, "7.00");
  g_assert_cmpstr (inb_row_get (row, INB_LEAD_ID), ==, "0190a8f0-1c2d-7abc-8def-0123456789ab");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/values/errors", test_errors);
  g_test_add_func ("/values/money", test_money);
  g_test_add_func ("/values/money-loose", test_money_loose);
  g_test_add_func ("/values/uuid-v7", test_uuid_v7);
  g_test_add_func ("/values/uuid-forms", test_uuid_forms);
  g_test_add_func ("/values/random", test_random);
  g_test_add_func ("/values/mail", test_mail);
  g_test_add_func ("/values/fold", test_fold);
  g_test_add_func ("/values/row", test_row);
  g_test_add_func ("/values/row-fill", test_row_fill);
  g_test_add_func ("/values/row-types", test_row_types);

  return g_test_run ();
}
