#define G_LOG_DOMAIN "inb-app"

#include "inb-field-table.h"

#include "inb-format.h"

#include <glib/gi18n.h>

#define CONTACT(COLUMN) INB_KIND_CONTACT, INB_CONTACT_##COLUMN
#define LEAD(COLUMN) INB_KIND_LEAD, INB_LEAD_##COLUMN
#define ACTIVITY(COLUMN) INB_KIND_ACTIVITY, INB_ACTIVITY_##COLUMN

static const InbField contact_fields[] = {
  { CONTACT (DO_NOT_CONTACT), N_("Do not contact"), INB_FIELD_LOOK_ONLY_YES },
  { CONTACT (PHONE), N_("Phone"), INB_FIELD_LOOK_PHONE },
  { CONTACT (PHONE_SECONDARY), N_("Second phone"), INB_FIELD_LOOK_PHONE },
  { CONTACT (WHATSAPP), N_("WhatsApp"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (EMAIL), N_("Mail"), INB_FIELD_LOOK_MAIL },
  { CONTACT (EMAIL_SECONDARY), N_("Second mail"), INB_FIELD_LOOK_MAIL },
  { CONTACT (NOTES), N_("Notes"), INB_FIELD_LOOK_PLAIN },
};

static const InbField person_fields[] = {
  { CONTACT (SALUTATION), N_("Salutation"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (FIRSTNAME), N_("First name"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (LASTNAME), N_("Last name"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (LANGUAGE), N_("Language"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (TIMEZONE), N_("Time zone"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (BIRTHDAY), N_("Birthday"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_EMAIL), N_("Mail allowed"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_PHONE), N_("Calls allowed"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_SMS), N_("SMS allowed"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_WHATSAPP), N_("WhatsApp allowed"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_AT), N_("Consent given"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CONSENT_TEXT), N_("Consent text"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CRM_ID), N_("CRM id"), INB_FIELD_LOOK_PLAIN },
};

static const InbField company_fields[] = {
  { CONTACT (COMPANY), N_("Company"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (JOB_TITLE), N_("Job title"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (DEPARTMENT), N_("Department"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (INDUSTRY), N_("Industry"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (COMPANY_SIZE), N_("Company size"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (ADDRESS), N_("Address"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (ADDRESS_EXTRA), N_("Address, more"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (POSTAL_CODE), N_("Postal code"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (CITY), N_("City"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (REGION), N_("Region"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (COUNTRY), N_("Country"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (WEBSITE), N_("Website"), INB_FIELD_LOOK_LINK },
  { CONTACT (LINKEDIN_URL), N_("LinkedIn"), INB_FIELD_LOOK_LINK },
  { CONTACT (FACEBOOK_URL), N_("Facebook"), INB_FIELD_LOOK_LINK },
  { CONTACT (INSTAGRAM_URL), N_("Instagram"), INB_FIELD_LOOK_LINK },
  { CONTACT (TWITTER_URL), N_("Twitter"), INB_FIELD_LOOK_LINK },
};

static const InbField lead_fields[] = {
  { LEAD (ASSIGNED_TO), N_("Owner"), INB_FIELD_LOOK_MEMBER },
  { LEAD (TEAM_ID), N_("Team"), INB_FIELD_LOOK_TEAM },
  { LEAD (IS_TEST), N_("Test lead"), INB_FIELD_LOOK_ONLY_YES },
  { LEAD (PRODUCT_INTEREST), N_("Product"), INB_FIELD_LOOK_PLAIN },
  { LEAD (SECONDARY_PRODUCTS), N_("More products"), INB_FIELD_LOOK_PLAIN },
  { LEAD (SERVICE_TYPE), N_("Service"), INB_FIELD_LOOK_PLAIN },
  { LEAD (INITIAL_INQUIRY), N_("Inquiry"), INB_FIELD_LOOK_PLAIN },
  { LEAD (TEMPERATURE), N_("Temperature"), INB_FIELD_LOOK_TEMPERATURE },
  { LEAD (LEAD_SCORE), N_("Score"), INB_FIELD_LOOK_PLAIN },
  { LEAD (PRIORITY), N_("Priority"), INB_FIELD_LOOK_KEY },
  { LEAD (QUALIFICATION_STATUS), N_("Qualification"), INB_FIELD_LOOK_KEY },
  { LEAD (ESTIMATED_VALUE), N_("Estimated value"), INB_FIELD_LOOK_PLAIN },
  { LEAD (PROBABILITY), N_("Probability"), INB_FIELD_LOOK_PERCENT },
  { LEAD (EXPECTED_CLOSE_DATE), N_("Expected close"), INB_FIELD_LOOK_PLAIN },
  { LEAD (BUDGET_RANGE), N_("Budget"), INB_FIELD_LOOK_PLAIN },
  { LEAD (TIMELINE), N_("Time frame"), INB_FIELD_LOOK_PLAIN },
  { LEAD (PREFERRED_CONTACT_METHOD), N_("Prefers"), INB_FIELD_LOOK_KEY },
  { LEAD (BEST_TIME_TO_CONTACT), N_("Best time"), INB_FIELD_LOOK_PLAIN },
  { LEAD (TIMEZONE), N_("Time zone"), INB_FIELD_LOOK_PLAIN },
  { LEAD (NEXT_FOLLOW_UP_AT), N_("Next follow-up"), INB_FIELD_LOOK_DUE },
  { LEAD (FIRST_RESPONSE_AT), N_("First response"), INB_FIELD_LOOK_PLAIN },
  { LEAD (PAIN_POINTS), N_("Pain points"), INB_FIELD_LOOK_PLAIN },
  { LEAD (DECISION_MAKERS), N_("Decision makers"), INB_FIELD_LOOK_PLAIN },
  { LEAD (COMPETITION), N_("Competition"), INB_FIELD_LOOK_PLAIN },
  { LEAD (TERRITORY), N_("Territory"), INB_FIELD_LOOK_PLAIN },
  { LEAD (CONVERTED_AT), N_("Converted on"), INB_FIELD_LOOK_PLAIN },
  { LEAD (CONVERSION_VALUE), N_("Conversion value"), INB_FIELD_LOOK_PLAIN },
  { LEAD (LOST_AT), N_("Lost on"), INB_FIELD_LOOK_PLAIN },
  { LEAD (LOST_REASON), N_("Lost because"), INB_FIELD_LOOK_PLAIN },
  { LEAD (PREVIOUS_STAGE), N_("Stage before"), INB_FIELD_LOOK_STAGE },
};

static const InbField marketing_fields[] = {
  { LEAD (LEAD_SOURCE), N_("Source"), INB_FIELD_LOOK_SOURCE },
  { LEAD (SUB_SOURCE), N_("Sub-source"), INB_FIELD_LOOK_PLAIN },
  { LEAD (UTM_SOURCE), N_("UTM source"), INB_FIELD_LOOK_PLAIN },
  { LEAD (UTM_MEDIUM), N_("UTM medium"), INB_FIELD_LOOK_PLAIN },
  { LEAD (UTM_CAMPAIGN), N_("UTM campaign"), INB_FIELD_LOOK_PLAIN },
  { LEAD (UTM_TERM), N_("UTM term"), INB_FIELD_LOOK_PLAIN },
  { LEAD (UTM_CONTENT), N_("UTM content"), INB_FIELD_LOOK_PLAIN },
  { LEAD (LANDING_PAGE_URL), N_("Landing page"), INB_FIELD_LOOK_LINK },
  { LEAD (CONVERSION_EVENT), N_("Event"), INB_FIELD_LOOK_PLAIN },
  { LEAD (REFERRAL_SOURCE), N_("Referred by"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (SOURCE_URL), N_("Source page"), INB_FIELD_LOOK_LINK },
};

static const InbField alone_fields[] = {
  { CONTACT (STATUS), N_("Status"), INB_FIELD_LOOK_KEY },
  { CONTACT (LEAD_SOURCE), N_("Source"), INB_FIELD_LOOK_SOURCE },
  { CONTACT (WEBHOOK_NAME), N_("Webhook"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (SOURCE_URL), N_("Source page"), INB_FIELD_LOOK_LINK },
  { CONTACT (LAST_ACTIVITY_AT), N_("Last Activity"), INB_FIELD_LOOK_PLAIN },
};

static const InbField other_fields[] = {
  { LEAD (STAGE), N_("Stage"), INB_FIELD_LOOK_STAGE },
  { LEAD (TAGS), N_("Tags"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (TAGS), N_("Tags"), INB_FIELD_LOOK_PLAIN },
  { CONTACT (OWNER_ID), N_("Owner"), INB_FIELD_LOOK_MEMBER },
  { ACTIVITY (TITLE), N_("Title"), INB_FIELD_LOOK_PLAIN },
  { ACTIVITY (DESCRIPTION), N_("Text"), INB_FIELD_LOOK_PLAIN },
  { ACTIVITY (OUTCOME), N_("Outcome"), INB_FIELD_LOOK_KEY },
};

const InbField *
inb_field_table_get (InbFieldGroup  group,
                     guint         *n_fields)
{
  static const struct {
    const InbField *fields;
    guint           n_fields;
  } groups[INB_N_FIELD_GROUPS] = {
    [INB_FIELD_GROUP_CONTACT] = { contact_fields, G_N_ELEMENTS (contact_fields) },
    [INB_FIELD_GROUP_PERSON] = { person_fields, G_N_ELEMENTS (person_fields) },
    [INB_FIELD_GROUP_COMPANY] = { company_fields, G_N_ELEMENTS (company_fields) },
    [INB_FIELD_GROUP_LEAD] = { lead_fields, G_N_ELEMENTS (lead_fields) },
    [INB_FIELD_GROUP_MARKETING] = { marketing_fields, G_N_ELEMENTS (marketing_fields) },
    [INB_FIELD_GROUP_ALONE] = { alone_fields, G_N_ELEMENTS (alone_fields) },
    [INB_FIELD_GROUP_OTHERS] = { other_fields, G_N_ELEMENTS (other_fields) },
  };

  g_return_val_if_fail (group < INB_N_FIELD_GROUPS && n_fields != NULL, NULL);

  *n_fields = groups[group].n_fields;

  return groups[group].fields;
}

const InbField *
inb_field_table_find (InbKind kind,
                      guint   column)
{
  for (guint group = 0; group < INB_N_FIELD_GROUPS; group++)
    {
      guint n_fields;
      const InbField *fields = inb_field_table_get (group, &n_fields);

      for (guint i = 0; i < n_fields; i++)
        if (fields[i].kind == kind && fields[i].column == column)
          return &fields[i];
    }

  return NULL;
}

char *
inb_field_table_dup_label (InbKind kind,
                           guint   column)
{
  const InbField *field = inb_field_table_find (kind, column);

  return field != NULL ? g_strdup (_(field->label)) : inb_format_key (inb_kind_get_columns (kind, NULL)[column].name);
}
