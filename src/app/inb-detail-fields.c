#define G_LOG_DOMAIN "inb-app"

#include "inb-detail-fields.h"

#include "inb-direction.h"
#include "inb-format.h"
#include "inb-json.h"
#include "inb-stage-chip.h"
#include "inb-temperature.h"
#include "inb-time.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum {
  AS_IS,
  AS_KEY,       /* a lower case word; ours in the user's language */
  AS_STAGE,
  AS_TEMPERATURE,
  AS_LINK,      /* shown as a link when it is http or https */
  AS_MAIL,
  AS_PHONE,
  AS_PERCENT,
  ONLY_YES,     /* "no" goes without saying */
} Look;

typedef struct {
  InbKind     kind;
  guint       column;
  const char *label;
  Look        look;
} Field;

#define CONTACT(COLUMN) INB_KIND_CONTACT, INB_CONTACT_##COLUMN
#define LEAD(COLUMN) INB_KIND_LEAD, INB_LEAD_##COLUMN

static const Field contact_fields[] = {
  { CONTACT (PHONE_DISPLAY), N_("Phone"), AS_PHONE },
  { CONTACT (PHONE_SECONDARY), N_("Second phone"), AS_PHONE },
  { CONTACT (WHATSAPP), N_("WhatsApp"), AS_IS },
  { CONTACT (EMAIL), N_("Mail"), AS_MAIL },
  { CONTACT (EMAIL_SECONDARY), N_("Second mail"), AS_MAIL },
  { CONTACT (SALUTATION), N_("Salutation"), AS_IS },
  { CONTACT (COMPANY), N_("Company"), AS_IS },
  { CONTACT (JOB_TITLE), N_("Job title"), AS_IS },
  { CONTACT (DEPARTMENT), N_("Department"), AS_IS },
  { CONTACT (INDUSTRY), N_("Industry"), AS_IS },
  { CONTACT (COMPANY_SIZE), N_("Company size"), AS_IS },
  { CONTACT (ADDRESS), N_("Address"), AS_IS },
  { CONTACT (ADDRESS_EXTRA), N_("Address, more"), AS_IS },
  { CONTACT (POSTAL_CODE), N_("Postal code"), AS_IS },
  { CONTACT (CITY), N_("City"), AS_IS },
  { CONTACT (REGION), N_("Region"), AS_IS },
  { CONTACT (COUNTRY), N_("Country"), AS_IS },
  { CONTACT (WEBSITE), N_("Website"), AS_LINK },
  { CONTACT (LINKEDIN_URL), N_("LinkedIn"), AS_LINK },
  { CONTACT (FACEBOOK_URL), N_("Facebook"), AS_LINK },
  { CONTACT (INSTAGRAM_URL), N_("Instagram"), AS_LINK },
  { CONTACT (TWITTER_URL), N_("Twitter"), AS_LINK },
  { CONTACT (LANGUAGE), N_("Language"), AS_IS },
  { CONTACT (TIMEZONE), N_("Time zone"), AS_IS },
  { CONTACT (BIRTHDAY), N_("Birthday"), AS_IS },
  { CONTACT (DO_NOT_CONTACT), N_("Do not contact"), ONLY_YES },
  { CONTACT (CONSENT_EMAIL), N_("Mail allowed"), AS_IS },
  { CONTACT (CONSENT_PHONE), N_("Calls allowed"), AS_IS },
  { CONTACT (CONSENT_SMS), N_("SMS allowed"), AS_IS },
  { CONTACT (CONSENT_WHATSAPP), N_("WhatsApp allowed"), AS_IS },
  { CONTACT (CONSENT_AT), N_("Consent given"), AS_IS },
  { CONTACT (CONSENT_TEXT), N_("Consent text"), AS_IS },
  { CONTACT (TAGS), N_("Tags"), AS_IS },
  { CONTACT (NOTES), N_("Notes"), AS_IS },
  { CONTACT (CRM_ID), N_("CRM id"), AS_IS },
};

static const Field lead_fields[] = {
  { LEAD (IS_TEST), N_("Test lead"), ONLY_YES },
  { LEAD (PRODUCT_INTEREST), N_("Product"), AS_IS },
  { LEAD (SECONDARY_PRODUCTS), N_("More products"), AS_IS },
  { LEAD (SERVICE_TYPE), N_("Service"), AS_IS },
  { LEAD (INITIAL_INQUIRY), N_("Inquiry"), AS_IS },
  { LEAD (TEMPERATURE), N_("Temperature"), AS_TEMPERATURE },
  { LEAD (LEAD_SCORE), N_("Score"), AS_IS },
  { LEAD (PRIORITY), N_("Priority"), AS_KEY },
  { LEAD (QUALIFICATION_STATUS), N_("Qualification"), AS_KEY },
  { LEAD (ESTIMATED_VALUE), N_("Estimated value"), AS_IS },
  { LEAD (PROBABILITY), N_("Probability"), AS_PERCENT },
  { LEAD (EXPECTED_CLOSE_DATE), N_("Expected close"), AS_IS },
  { LEAD (BUDGET_RANGE), N_("Budget"), AS_IS },
  { LEAD (TIMELINE), N_("Time frame"), AS_IS },
  { LEAD (PREFERRED_CONTACT_METHOD), N_("Prefers"), AS_KEY },
  { LEAD (BEST_TIME_TO_CONTACT), N_("Best time"), AS_IS },
  { LEAD (TIMEZONE), N_("Time zone"), AS_IS },
  { LEAD (NEXT_FOLLOW_UP_AT), N_("Next follow-up"), AS_IS },
  { LEAD (FIRST_RESPONSE_AT), N_("First response"), AS_IS },
  { LEAD (PAIN_POINTS), N_("Pain points"), AS_IS },
  { LEAD (DECISION_MAKERS), N_("Decision makers"), AS_IS },
  { LEAD (COMPETITION), N_("Competition"), AS_IS },
  { LEAD (TERRITORY), N_("Territory"), AS_IS },
  { LEAD (TAGS), N_("Tags"), AS_IS },
  { LEAD (CONVERTED_AT), N_("Converted on"), AS_IS },
  { LEAD (CONVERSION_VALUE), N_("Conversion value"), AS_IS },
  { LEAD (LOST_AT), N_("Lost on"), AS_IS },
  { LEAD (LOST_REASON), N_("Lost because"), AS_IS },
  { LEAD (PREVIOUS_STAGE), N_("Stage before"), AS_STAGE },
};

static const Field marketing_fields[] = {
  { LEAD (LEAD_SOURCE), N_("Source"), AS_IS },
  { LEAD (SUB_SOURCE), N_("Sub-source"), AS_IS },
  { LEAD (UTM_SOURCE), N_("UTM source"), AS_IS },
  { LEAD (UTM_MEDIUM), N_("UTM medium"), AS_IS },
  { LEAD (UTM_CAMPAIGN), N_("UTM campaign"), AS_IS },
  { LEAD (UTM_TERM), N_("UTM term"), AS_IS },
  { LEAD (UTM_CONTENT), N_("UTM content"), AS_IS },
  { LEAD (LANDING_PAGE_URL), N_("Landing page"), AS_LINK },
  { LEAD (CONVERSION_EVENT), N_("Event"), AS_IS },
  { LEAD (REFERRAL_SOURCE), N_("Referred by"), AS_IS },
  { CONTACT (SOURCE_URL), N_("Source page"), AS_LINK },
};

/* What a lead says better, but a contact by itself has to say. */
static const Field alone_fields[] = {
  { CONTACT (STATUS), N_("Status"), AS_KEY },
  { CONTACT (LEAD_SOURCE), N_("Source"), AS_IS },
  { CONTACT (WEBHOOK_NAME), N_("Webhook"), AS_IS },
  { CONTACT (SOURCE_URL), N_("Source page"), AS_LINK },
  { CONTACT (LAST_ACTIVITY_AT), N_("Last Activity"), AS_IS },
};

/* ["a","b"] → "a, b"; {"name":"x"} → "name: x"; anything else as it was written. */
static void
append_json (GString  *text,
             JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append (text, ", ");
          append_json (text, json_array_get_element (array, i));
        }
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;
      gboolean first = TRUE;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autofree char *label = inb_format_key (name);

          g_string_append_printf (text, "%s%s: ", first ? "" : ", ", label);
          append_json (text, member);
          first = FALSE;
        }
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_string_append (text, json_node_get_string (node));
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      g_string_append (text, json_node_get_boolean (node) ? _("Yes") : _("No"));
    }
  else if (!JSON_NODE_HOLDS_NULL (node))
    {
      g_autofree char *json = json_to_string (node, FALSE);

      g_string_append (text, json);
    }
}

static char *
describe_json (const char *json)
{
  g_autoptr (JsonNode) node = inb_json_parse (json, strlen (json), NULL);
  GString *text;

  if (node == NULL)
    return g_strdup (json);

  text = g_string_new (NULL);
  append_json (text, node);

  return g_string_free (text, text->len == 0);
}

static char *
describe_word (const char *word)
{
  static const struct {
    const char *key;
    const char *name;
  } ours[] = {
    { "low", N_("Low") },
    { "normal", N_("Normal") },
    { "medium", N_("Medium") },
    { "high", N_("High") },
    { "urgent", N_("Urgent") },
    { "phone", N_("Phone") },
    { "email", N_("Mail") },
    { "whatsapp", N_("WhatsApp") },
    { "sms", N_("SMS") },
    { "active", N_("Active") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    if (g_ascii_strcasecmp (ours[i].key, word) == 0)
      return g_strdup (_(ours[i].name));

  return inb_format_key (word);
}

/* What @field says, or NULL when it is empty. */
static char *
describe (const Field         *field,
          const InbLeadDetail *detail,
          InbClock            *clock)
{
  const InbRow *row = field->kind == INB_KIND_LEAD ? detail->lead : detail->contact;
  const char *value = row != NULL ? inb_row_get (row, field->column) : NULL;

  /* A number that could not be read as one is shown as it was sent. */
  if (value == NULL && row != NULL && field->kind == INB_KIND_CONTACT && field->column == INB_CONTACT_PHONE_DISPLAY)
    value = inb_row_get (row, INB_CONTACT_PHONE);
  if (value == NULL || *value == '\0' || (field->look == ONLY_YES && !g_str_equal (value, "true")))
    return NULL;

  switch (inb_kind_get_columns (field->kind, NULL)[field->column].type)
    {
    case INB_TYPE_MONEY:
      return inb_format_money (value, inb_row_get (detail->lead, INB_LEAD_CURRENCY));
    case INB_TYPE_BOOLEAN:
      return g_strdup (g_str_equal (value, "true") ? _("Yes") : _("No"));
    case INB_TYPE_TIME:
      return inb_format_absolute (inb_row_get_time (row, field->column), inb_clock_get_local (clock));
    case INB_TYPE_DATE:
      return inb_format_date (value);
    case INB_TYPE_JSON:
      return describe_json (value);
    case INB_TYPE_TEXT:
    case INB_TYPE_UUID:
    case INB_TYPE_INTEGER:
    default:
      break;
    }
  if (field->look == AS_KEY)
    return describe_word (value);
  if (field->look == AS_STAGE)
    return inb_stage_chip_get_name (NULL, value);
  if (field->look == AS_TEMPERATURE)
    return inb_temperature_dup_name (value);
  if (field->look == AS_PERCENT)
    return g_strdup_printf (_("%s\u202f%%"), value);

  return g_strdup (value);
}

/* Only these schemes become links: what a form was filled with must not start anything else. */
static char *
make_link (Look        look,
           const char *value)
{
  g_autofree char *escaped = NULL;

  if (look == AS_LINK && (g_str_has_prefix (value, "https://") || g_str_has_prefix (value, "http://")))
    return g_strdup (value);
  if (look != AS_MAIL && look != AS_PHONE)
    return NULL;

  escaped = g_uri_escape_string (value, look == AS_MAIL ? "@+" : "+", FALSE);

  return g_strconcat (look == AS_MAIL ? "mailto:" : "tel:", escaped, NULL);
}

static GtkWidget *
make_value (Look        look,
            const char *value)
{
  GtkWidget *label = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autofree char *link = make_link (look, value);
  g_autofree char *markup = NULL;

  if (link != NULL)
    {
      g_autofree char *shown = look == AS_PHONE ? inb_direction_isolate (value) : g_strdup (value);

      markup = g_markup_printf_escaped ("<a href=\"%s\">%s</a>", link, shown);
      gtk_label_set_markup (GTK_LABEL (label), markup);
    }
  else
    {
      gtk_label_set_text (GTK_LABEL (label), value);
    }
  /* A hyphen in a mail address would be copied along. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "numeric");

  return label;
}

static void
attach (GtkGrid    *grid,
        int         row,
        const char *name,
        Look        look,
        const char *value)
{
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *text = make_value (look, value);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 14);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, text, 1, row, 1, 1);
}

static GtkGrid *
append_group (GtkBox     *box,
              const char *title)
{
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *grid = gtk_grid_new ();

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "heading");
  gtk_widget_add_css_class (heading, "group-title");
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_box_append (box, heading);
  gtk_box_append (box, grid);

  return GTK_GRID (grid);
}

static void
append_fields (GtkBox              *box,
               const char          *title,
               const Field         *fields,
               guint                n_fields,
               const InbLeadDetail *detail,
               InbClock            *clock)
{
  GtkGrid *grid = NULL;

  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *value = describe (&fields[i], detail, clock);

      if (value == NULL)
        continue;
      if (grid == NULL)
        grid = append_group (box, title);
      attach (grid, (int) i, _(fields[i].label), fields[i].look, value);
    }
}

/* What a form sent that is no column of ours. */
static void
append_custom (GtkBox       *box,
               const char   *title,
               const InbRow *row,
               guint         column)
{
  const char *json = row != NULL ? inb_row_get (row, column) : NULL;
  g_autoptr (JsonNode) node = json != NULL ? inb_json_parse (json, strlen (json), NULL) : NULL;
  GtkGrid *grid = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  int i = 0;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *label = inb_format_key (name);
      g_autoptr (GString) text = g_string_new (NULL);

      append_json (text, member);
      if (text->len == 0)
        continue;
      if (grid == NULL)
        grid = append_group (box, title);
      attach (grid, i++, label, AS_LINK, text->str);
    }
}

/**
 * inb_detail_fields_new:
 * @detail: the lead, or a contact by itself; not kept
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_detail_fields_new (const InbLeadDetail *detail,
                       InbClock            *clock)
{
  GtkWidget *widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkBox *box = GTK_BOX (widget);

  append_fields (box, _("Contact"), contact_fields, G_N_ELEMENTS (contact_fields), detail, clock);
  if (detail->lead == NULL)
    {
      append_fields (box, _("Origin"), alone_fields, G_N_ELEMENTS (alone_fields), detail, clock);
      append_custom (box, _("More about the contact"), detail->contact, INB_CONTACT_CUSTOM_FIELDS);
      return widget;
    }

  append_fields (box, _("Lead"), lead_fields, G_N_ELEMENTS (lead_fields), detail, clock);
  append_custom (box, _("More about the lead"), detail->lead, INB_LEAD_CUSTOM_FIELDS);
  append_custom (box, _("More about the contact"), detail->contact, INB_CONTACT_CUSTOM_FIELDS);
  append_fields (box, _("Marketing"), marketing_fields, G_N_ELEMENTS (marketing_fields), detail, clock);

  return widget;
}
