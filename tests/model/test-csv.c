/* Cells that every spreadsheet reads as they were meant, and none as a formula. */
#include "inb-csv.h"

static void
test_cells (void)
{
  static const struct { const char *text; const char *cell; } cases[] = {
    { NULL, "\"\"" },
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "a,b", "\"a,b\"" },
    { "say \"hi\"", "\"say \"\"hi\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { "Groß & Söhne", "\"Groß & Söhne\"" },
    { "+49 171 123", "\"'+49 171 123\"" },
    { "=1+1", "\"'=1+1\"" },
    { "-1", "\"'-1\"" },
    { "@SUM(A1)", "\"'@SUM(A1)\"" },
    { "\t=1", "\"'\t=1\"" },
    { "\r=1", "\"'\r=1\"" },
    { "=\"a\"", "\"'=\"\"a\"\"\"" },
    { "'quoted", "\"'quoted\"" },
    { "1=1", "\"1=1\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) csv = g_string_new (NULL);

      inb_csv_append (csv, cases[i].text);
      g_assert_cmpstr (csv->str, ==, cases[i].cell);
    }
}

static void
test_lines (void)
{
  g_autoptr (GString) csv = g_string_new (INB_CSV_BOM);

  inb_csv_append (csv, "name");
  inb_csv_append (csv, "value");
  inb_csv_end_line (csv);
  inb_csv_append (csv, NULL);
  inb_csv_append_number (csv, "-12.50");
  inb_csv_end_line (csv);
  inb_csv_append_number (csv, "7");
  inb_csv_append (csv, "");
  inb_csv_append (csv, "ends with\n");
  inb_csv_append_number (csv, "8");
  inb_csv_end_line (csv);
  g_assert_cmpstr (csv->str, ==,
                   INB_CSV_BOM "\"name\",\"value\"\r\n\"\",-12.50\r\n7,\"\",\"ends with\n\",8\r\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/cells", test_cells);
  g_test_add_func ("/csv/lines", test_lines);

  return g_test_run ();
}
