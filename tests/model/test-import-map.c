/* What a file's columns are taken for. */
#include "inb-import-map.h"

#include "inb-error.h"
#include "inb-json.h"

#include <string.h>

static void
test_guess (void)
{
  static const struct { const char *name; const char *target; } cases[] = {
    { "id", "lead.id" },
    { "contact_id", "contact.id" },
    { "owner", "owner" },
    { "created_at", "lead.created_at" },
    { "stage", "lead.stage" },
    { "contact.firstname", "contact.firstname" },
    { "contact.phone", "contact.phone" },
    { "contact.updated_at", "ignore" },
    { "converted_at", "ignore" },
    { "first_response_at", "ignore" },
    { "estimated_value", "lead.estimated_value" },
    { "next_follow_up_at", "lead.next_follow_up_at" },
    { "assigned_to", "lead.assigned_to" },
    { "tags", "lead.tags" },
    { "E-Mail-Adresse", "contact.email" },
    { "Vorname", "contact.firstname" },
    { "Nachname", "contact.lastname" },
    { "Telefon", "contact.phone" },
    { "Name", "name" },
    { "Firma", "contact.company" },
    { "Status", "status" },
    { "Product", "lead.product_interest" },
    { "Message", "notes" },
    { "Favourite colour", "custom.Favourite colour" },
    { "Password", "ignore" },
    { "", "ignore" },
    { "  ", "ignore" },
    { " (2)", "ignore" },
    { "(2)", "custom.(2)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = inb_import_guess (cases[i].name);

      g_assert_cmpstr (target, ==, cases[i].target);
    }
}

static InbImportMap *
make (const char  *names,
      const char  *mapping,
      GError     **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);
  g_autoptr (JsonNode) node = mapping == NULL ? NULL : inb_json_parse (mapping, strlen (mapping), NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (parts[i]));

  return inb_import_map_new (list, node == NULL ? NULL : json_node_get_object (node), error);
}

static void
test_mapping (void)
{
  static const struct { const char *names; const char *mapping; const char *targets; } cases[] = {
    { "Email,Phone", NULL, "contact.email contact.phone" },
    { "Email,Mail", NULL, "contact.email custom.Mail" },
    { "Email,Mail", "{\"Mail\":\"contact.email\"}", "custom.Email contact.email" },
    { "Email,Mail", "{\"Mail\":\"contact.email_secondary\"}", "contact.email contact.email_secondary" },
    { "x,x", "{\"x\":\"notes\"}", "notes custom.x" },
    { "a,b", "{\"a\":\"notes\",\"b\":\"notes\"}", "notes notes" },
    { "a,b", "{\"a\":\"ignore\",\"b\":\"custom.c\"}", "ignore custom.c" },
    { "Status,stage", NULL, "status custom.stage" },
    { "a", "{\"a\":\"contact.owner_id\"}", "contact.owner_id" },
    { ",", NULL, "ignore ignore" },
    { ", (2)", "{\" (2)\":\"notes\"}", "ignore notes" },
    { ", (2)", "{\"\":\"contact.email\",\" (2)\":\"contact.phone\"}", "contact.email contact.phone" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbImportMap) map = make (cases[i].names, cases[i].mapping, &error);
      g_autoptr (GString) targets = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint j = 0; j < inb_import_map_get_size (map); j++)
        g_string_append_printf (targets, "%s%s", j == 0 ? "" : " ", inb_import_map_get (map, j)->target);
      g_assert_cmpstr (targets->str, ==, cases[i].targets);
    }
}

/* Each column has a name that a mapping can say, also where the file has none; the app and the service find the same. */
static void
test_distinguish (void)
{
  static const struct { const char *name; const char *told; const char *custom; } columns[] = {
    { "Mail", "Mail", "custom.Mail" }, { "", "", "custom._" },       { "Mail", "Mail (2)", "custom.Mail (2)" },
    { "", " (2)", "custom._ (2)" },    { " ", " ", "custom._" },     { "(2)", "(2)", "custom.(2)" },
    { "", " (3)", "custom._ (3)" },    { " (3)", " (3) (2)", "custom.(3) (2)" },
  };
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_ptr_array_add (names, g_strdup (columns[i].name));
  inb_import_map_distinguish (names);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *custom = inb_import_make_custom (names->pdata[i]);

      g_assert_cmpstr (names->pdata[i], ==, columns[i].told);
      g_assert_cmpstr (custom, ==, columns[i].custom);
      g_assert_true (inb_import_map_has_target (custom));
      g_assert_cmpint (inb_import_is_unnamed (names->pdata[i]), ==, g_str_has_prefix (custom, "custom._"));
    }
}

static void
test_refused (void)
{
  static const struct { const char *names; const char *mapping; const char *named; } cases[] = {
    { "a", "{\"b\":\"notes\"}", "“b”" },
    { "a", "{\"a\":5}", "“a”" },
    { "a", "{\"a\":\"lead.colour\"}", "lead.colour" },
    { "a", "{\"a\":\"lead.converted_at\"}", "lead.converted_at" },
    { "a", "{\"a\":\"delivery_key\"}", "delivery_key" },
    { "a,b", "{\"a\":\"contact.email\",\"b\":\"contact.email\"}", "“a” and “b”" },
    { "a,b", "{\"a\":\"status\",\"b\":\"lead.stage\"}", "“a” and “b”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (make (cases[i].names, cases[i].mapping, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE);
      if (strstr (error->message, cases[i].named) == NULL)
        g_error ("“%s” does not name %s", error->message, cases[i].named);
    }
}

static void
test_meaning (void)
{
  g_autoptr (InbImportMap) map = make ("id,stage,next_follow_up_at,contact.tags,estimated_value", NULL, NULL);

  g_assert_cmpint (inb_import_map_get (map, 0)->meaning, ==, INB_IMPORT_LEAD_ID);
  g_assert_cmpint (inb_import_map_get (map, 1)->meaning, ==, INB_IMPORT_FIELD);
  g_assert_cmpint (inb_import_map_get (map, 1)->field.kind, ==, INB_TARGET_STATUS);
  g_assert_cmpint (inb_import_map_get (map, 2)->meaning, ==, INB_IMPORT_EDIT);
  g_assert_cmpuint (inb_import_map_get (map, 2)->column, ==, INB_LEAD_NEXT_FOLLOW_UP_AT);
  g_assert_cmpint (inb_import_map_get (map, 3)->entity, ==, INB_KIND_CONTACT);
  g_assert_cmpuint (inb_import_map_get (map, 3)->column, ==, INB_CONTACT_TAGS);
  g_assert_cmpint (inb_import_map_get (map, 4)->field.kind, ==, INB_TARGET_LEAD);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import-map/guess", test_guess);
  g_test_add_func ("/import-map/mapping", test_mapping);
  g_test_add_func ("/import-map/distinguish", test_distinguish);
  g_test_add_func ("/import-map/refused", test_refused);
  g_test_add_func ("/import-map/meaning", test_meaning);

  return g_test_run ();
}
