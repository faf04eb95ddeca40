#include "inb-decision-kit.h"

#include "inb-time.h"

void
decision_kit_set_up (DecisionKit   *self,
                     gconstpointer  data)
{
  self->stages = inb_stage_set_new_default ();
  self->rules = inb_lead_rules_new (NULL, NULL);
  self->timezone = g_time_zone_new_identifier ("Europe/Berlin");
  self->origin = (InbOrigin) {
    .workspace_id = "acme",
    .webhook_id = "0b1e5a3c-0000-4000-8000-000000000001",
    .webhook_name = "Landing page",
    .source_label = "Facebook Ads",
    .delivery_id = "00000000-0000-7000-8000-0000000000dd",
    .currency = "EUR",
    .timezone = self->timezone,
    .received_at = DECISION_KIT_NOW,
  };
}

void
decision_kit_tear_down (DecisionKit   *self,
                        gconstpointer  data)
{
  inb_stage_set_unref (self->stages);
  inb_lead_rules_free (self->rules);
  g_time_zone_unref (self->timezone);
}

InbIntake *
decision_kit_make_intake (const char *status,
                          const char *product,
                          const char *notes)
{
  InbIntake *intake = inb_intake_new ();

  inb_row_set (intake->contact, INB_CONTACT_FIRSTNAME, "Test");
  inb_row_set (intake->contact, INB_CONTACT_LASTNAME, "Lead");
  inb_row_set (intake->contact, INB_CONTACT_PHONE, "+1234567890");
  inb_row_set (intake->contact, INB_CONTACT_PHONE_E164, "+1234567890");
  inb_row_set (intake->lead, INB_LEAD_PRODUCT_INTEREST, product);
  intake->status = g_strdup (status);
  intake->notes = g_strdup (notes);

  return intake;
}

InbDecision *
decision_kit_decide (DecisionKit     *self,
                     const InbIntake *intake,
                     InbRow          *by_phone,
                     GPtrArray       *leads)
{
  return inb_decide (intake, &self->origin, self->rules, self->stages, NULL, by_phone, NULL, leads);
}

InbRow *
decision_kit_make_contact (void)
{
  InbRow *row = inb_row_new (INB_KIND_CONTACT);

  inb_row_set (row, INB_CONTACT_ID, DECISION_KIT_CONTACT);
  inb_row_set (row, INB_CONTACT_WORKSPACE_ID, "acme");
  inb_row_set (row, INB_CONTACT_PHONE_E164, "+1234567890");

  return row;
}

GPtrArray *
decision_kit_make_leads (DecisionKit        *self,
                         const DecisionLead *cases)
{
  GPtrArray *leads = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (guint i = 0; i < DECISION_KIT_LEADS && cases[i].stage != NULL; i++)
    {
      InbRow *lead = inb_row_new (INB_KIND_LEAD);
      const char *flag = cases[i].flag;
      gint64 created_at = DECISION_KIT_NOW - cases[i].age_days * INB_TIME_DAY;

      inb_row_take (lead, INB_LEAD_ID, g_strdup_printf ("00000000-0000-7000-8000-00000000010%u", i));
      inb_row_set (lead, INB_LEAD_CONTACT_ID, g_strcmp0 (flag, "other") == 0 ? DECISION_KIT_OTHER : DECISION_KIT_CONTACT);
      inb_row_set (lead, INB_LEAD_PRODUCT_INTEREST, cases[i].product);
      inb_row_set_time (lead, INB_LEAD_CREATED_AT, created_at);
      inb_lead_set_stage (lead, self->stages, cases[i].stage, created_at);
      if (g_strcmp0 (flag, "test") == 0)
        inb_row_set_boolean (lead, INB_LEAD_IS_TEST, TRUE);
      if (g_strcmp0 (flag, "inactive") == 0)
        inb_row_set_boolean (lead, INB_LEAD_IS_ACTIVE, FALSE);
      if (g_strcmp0 (flag, "deleted") == 0)
        inb_row_set_time (lead, INB_LEAD_DELETED_AT, DECISION_KIT_NOW);
      g_ptr_array_add (leads, lead);
    }

  return leads;
}
