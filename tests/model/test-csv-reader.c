/* Reading what spreadsheets and databases save. */
#include "inb-csv-reader.h"

#include "inb-csv.h"
#include "inb-error.h"

#include <string.h>

/* Cells joined by |, records by newlines, refused records as "!line". */
static char *
read_all (const char *text,
          gsize       length,
          char        delimiter)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);
  g_autoptr (InbCsvReader) reader = inb_csv_reader_new (bytes, delimiter);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  GString *all = g_string_new (NULL);

  while (TRUE)
    {
      g_autoptr (GError) error = NULL;

      if (inb_csv_reader_next (reader, cells, &error))
        {
          for (guint i = 0; i < cells->len; i++)
            g_string_append_printf (all, "%s%s", i == 0 ? "" : "|", (char *) g_ptr_array_index (cells, i));
          g_string_append_printf (all, " %u\n", inb_csv_reader_get_line (reader));
          continue;
        }
      if (error == NULL)
        break;
      g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_BODY);
      g_string_append_printf (all, "!%u\n", inb_csv_reader_get_line (reader));
    }
  g_assert_true (inb_csv_reader_is_at_end (reader));

  return g_string_free (all, FALSE);
}

static void
test_records (void)
{
  static const struct { const char *text; const char *records; } cases[] = {
    { "", "" },
    { "\n\r\n\r", "" },
    { "a", "a 1\n" },
    { "a,b\r\nc,d\r\n", "a|b 1\nc|d 2\n" },
    { "a,b\rc,d", "a|b 1\nc|d 2\n" },
    { "a,\n,b\n", "a| 1\n|b 2\n" },
    { "\"\"\n", " 1\n" },
    { "\"a,\"\"b\"\"\",c", "a,\"b\"|c 1\n" },
    { "\"two\nlines\",x\ny,z", "two\nlines|x 1\ny|z 3\n" },
    { "\"two\r\nlines\"\r\ny", "two\r\nlines 1\ny 3\n" },
    { "5\" pipe,b", "5\" pipe|b 1\n" },
    { "a\n\nb\n", "a 1\nb 3\n" },
    { "\"a\"b,c\nd,e", "!1\nd|e 2\n" },
    { "a,\"b\nc,d\ne,f", "!1\nc|d 2\ne|f 3\n" },
    { "a;b", "a;b 1\n" },
    { "\"a\",", "a| 1\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *records = read_all (cases[i].text, strlen (cases[i].text), ',');

      g_assert_cmpstr (records, ==, cases[i].records);
    }
}

static void
test_delimiters (void)
{
  static const struct { const char *text; char delimiter; } cases[] = {
    { "", ',' },
    { "a", ',' },
    { "a,b", ',' },
    { "a;b;c,d\n,,,,", ';' },
    { "a\tb", '\t' },
    { "a|b", '|' },
    { "\"a;b;c\",d", ',' },
    { "\"a\nb;\";c\n", ';' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));

      g_assert_cmpint (inb_csv_detect_delimiter (bytes), ==, cases[i].delimiter);
    }
}

static void
assert_decoded (const char *bytes,
                gsize       length,
                const char *text,
                const char *encoding)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  const char *found = NULL;
  g_autoptr (GBytes) decoded = inb_csv_decode (file, &found, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, encoding);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), text, strlen (text));
}

static void
test_encodings (void)
{
  g_autoptr (GBytes) binary = g_bytes_new_static ("a\0b\x81", 4);
  g_autoptr (GError) error = NULL;
  const char *encoding;

  assert_decoded ("", 0, "", "UTF-8");
  assert_decoded ("Jörg", strlen ("Jörg"), "Jörg", "UTF-8");
  assert_decoded (INB_CSV_BOM "Jörg", strlen (INB_CSV_BOM "Jörg"), "Jörg", "UTF-8");
  assert_decoded ("J\xf6rg \x80", 6, "Jörg €", "Windows-1252");
  assert_decoded ("\xff\xfeJ\0\xf6\0", 6, "Jö", "UTF-16");
  assert_decoded ("\xfe\xff\0J\0\xf6", 6, "Jö", "UTF-16");
  g_assert_null (inb_csv_decode (binary, &encoding, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_INVALID_BODY);
}

static void
test_limits (void)
{
  g_autoptr (GString) many = g_string_new ("x");
  g_autoptr (GString) large = g_string_new ("\"");
  g_autofree char *cells = NULL;
  g_autofree char *records = NULL;

  for (guint i = 0; i < INB_CSV_MAX_CELLS; i++)
    g_string_append_c (many, ',');
  g_string_append (many, "\na");
  cells = read_all (many->str, many->len, ',');
  g_assert_cmpstr (cells, ==, "!1\na 2\n");

  for (guint i = 0; i < INB_CSV_MAX_RECORD + 2; i++)
    g_string_append_c (large, 'x');
  g_string_append (large, "\"\nb");
  records = read_all (large->str, large->len, ',');
  g_assert_cmpstr (records, ==, "!1\nb 2\n");
}

/* What the export writes, whatever the text, is read back as it was. */
static void
test_round_trip (void)
{
  static const char pieces[] = "a,\"\n\r'=+-@\t; é";
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (InbCsvReader) reader = NULL;

      for (int n = g_rand_int_range (random, 1, 6); n > 0; n--)
        {
          GString *text = g_string_new (NULL);

          /* The apostrophe that stood there already is the one thing that cannot be told apart. */
          for (int i = g_rand_int_range (random, 0, 6); i > 0; i--)
            g_string_append_c (text, pieces[g_rand_int_range (random, 0, (int) strlen (pieces) - 2)]);
          if (text->str[0] == '\'')
            text->str[0] = 'x';
          g_ptr_array_add (texts, g_string_free (text, FALSE));
          inb_csv_append (csv, g_ptr_array_index (texts, texts->len - 1));
        }
      inb_csv_end_line (csv);

      bytes = g_bytes_new (csv->str, csv->len);
      reader = inb_csv_reader_new (bytes, ',');
      g_assert_true (inb_csv_reader_next (reader, cells, NULL));
      g_assert_cmpuint (cells->len, ==, texts->len);
      for (guint i = 0; i < cells->len; i++)
        g_assert_cmpstr (inb_csv_skip_apostrophe (g_ptr_array_index (cells, i)), ==, g_ptr_array_index (texts, i));
    }
}

static void
test_seek (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\nb\nc", 5);
  g_autoptr (InbCsvReader) reader = inb_csv_reader_new (bytes, ',');
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  InbCsvPosition position;

  g_assert_true (inb_csv_reader_next (reader, cells, NULL));
  inb_csv_reader_tell (reader, &position);
  g_assert_true (inb_csv_reader_next (reader, cells, NULL));
  g_assert_true (inb_csv_reader_next (reader, cells, NULL));
  inb_csv_reader_seek (reader, &position);
  g_assert_true (inb_csv_reader_next (reader, cells, NULL));
  g_assert_cmpstr (g_ptr_array_index (cells, 0), ==, "b");
  g_assert_cmpuint (inb_csv_reader_get_line (reader), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-reader/records", test_records);
  g_test_add_func ("/csv-reader/delimiters", test_delimiters);
  g_test_add_func ("/csv-reader/encodings", test_encodings);
  g_test_add_func ("/csv-reader/limits", test_limits);
  g_test_add_func ("/csv-reader/round-trip", test_round_trip);
  g_test_add_func ("/csv-reader/seek", test_seek);

  return g_test_run ();
}
