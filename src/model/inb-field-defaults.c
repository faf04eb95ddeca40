#define G_LOG_DOMAIN "inb-model"

#include "inb-field-defaults.h"

#include "inb-fold.h"

#include <string.h>

typedef struct {
  const char      *target;
  InbSpellingKind  kind;
  const char      *spellings; /* folded, with a space between */
} Spellings;

#define CLEAR INB_SPELLING_CLEAR
#define PERSON INB_SPELLING_PERSON
#define EVENT INB_SPELLING_EVENT

/* English, German, French, Spanish, Italian, Portuguese. */
static const Spellings spellings[] = {
  { "contact.crm_id", CLEAR, "crmid crmcontactid customernumber kundennummer numeroclient numerocliente" },
  { "contact.firstname", CLEAR, "firstname fname givenname forename vorname prenom primernombre primeironome yourfirstname" },
  { "contact.firstname", PERSON, "first nombre nome" },
  { "contact.lastname", CLEAR, "lastname lname surname familyname nachname familienname nomdefamille apellido apellidos cognome "
    "sobrenome apelido yourlastname" },
  { "contact.lastname", PERSON, "last nom" },
  { "name", CLEAR, "fullname yourname contactname customername leadname clientname vollstandigername vorundnachname ihrname "
    "nomcomplet nometprenom votrenom nombrecompleto nombreyapellidos nomecompleto nomeecognome nomecognome" },
  { "name", PERSON, "name displayname" },
  { "contact.email", CLEAR, "email emailaddress mail mailaddress workemail businessemail primaryemail useremail youremail "
    "contactemail leademail customeremail emailadresse emailadress mailadresse ihreemail courriel adresseemail adressemail "
    "adressedemessagerie correo correoelectronico indirizzoemail postaelettronica enderecodeemail emaildirection" },
  { "contact.email_secondary", CLEAR, "emailsecondary secondaryemail alternativeemail email2" },
  { "contact.phone", CLEAR, "phone phonenumber phoneno mobile mobilephone mobilephonenumber mobilenumber mobil mobilnummer "
    "mobiltelefon handy handynummer tel telnr telephone telephonenumber telefon telefonnummer telefonnr rufnummer telefono "
    "telefone cell cellphone cellphonenumber workphone workphonenumber primaryphone yourphone userphone contactphone "
    "contactnumber contactphonenumber leadphone customerphone smsnumber textremindernumber numerodetelephone "
    "numerotelephone numerotelefono numeroditelefono numerodetelefono cellulare celular movil telemovel ihretelefonnummer" },
  { "contact.phone", PERSON, "portable gsm" },
  { "contact.phone_secondary", CLEAR, "phonesecondary secondaryphone alternativephone phone2" },
  { "contact.whatsapp", CLEAR, "whatsapp whatsappnumber" },
  { "contact.salutation", CLEAR, "salutation anrede civilite tratamiento trattamento" },
  { "contact.company", CLEAR, "company companyname company.name organization organisation organizationname organisationname "
    "firma firmenname unternehmen entreprise societe empresa azienda businessname nomdelentreprise" },
  { "contact.job_title", CLEAR, "jobtitle jobposition occupation berufsbezeichnung puesto" },
  { "contact.job_title", PERSON, "position poste fonction cargo beruf" },
  { "contact.department", PERSON, "department abteilung" },
  { "contact.industry", CLEAR, "industry branche secteuractivite" },
  { "contact.company_size", CLEAR, "companysize numberofemployees employees mitarbeiterzahl" },
  { "contact.address", CLEAR, "address street streetaddress address1 addressline1 strasse strassehausnummer strasseundhausnummer "
    "anschrift adresse direccion indirizzo endereco" },
  { "contact.address_extra", CLEAR, "address2 addressline2 adresszusatz" },
  { "contact.city", CLEAR, "city town stadt wohnort ville ciudad citta cidade localidad localidade" },
  { "contact.city", PERSON, "ort" },
  { "contact.region", CLEAR, "region province stateprovince bundesland provincia" },
  { "contact.region", PERSON, "state" },
  { "contact.postal_code", CLEAR, "postalcode postcode zip zipcode plz postleitzahl codepostal codigopostal" },
  { "contact.postal_code", PERSON, "cap cep" },
  { "contact.country", CLEAR, "country countryname countrycode pays pais paese" },
  { "contact.country", PERSON, "land" },
  { "contact.website", CLEAR, "website websiteurl companywebsite homepage siteweb sitioweb sitoweb webseite" },
  { "contact.linkedin_url", CLEAR, "linkedin linkedinurl linkedinprofile" },
  { "contact.facebook_url", CLEAR, "facebookurl facebookprofile" },
  { "contact.instagram_url", CLEAR, "instagram instagramurl" },
  { "contact.twitter_url", CLEAR, "twitterurl twitterhandle" },
  { "contact.language", PERSON, "language lang sprache langue idioma lingua preferredlanguage" },
  { "contact.timezone", PERSON, "timezone zeitzone" },
  { "contact.birthday", CLEAR, "birthday birthdate dateofbirth dob geburtsdatum geburtstag datedenaissance fechadenacimiento "
    "datadinascita datadenascimento" },
  { "contact.consent_email", CLEAR, "consentemail emailconsent emailoptin" },
  { "contact.consent_phone", CLEAR, "consentphone phoneconsent phoneoptin" },
  { "contact.consent_sms", CLEAR, "consentsms smsconsent smsoptin" },
  { "contact.consent_whatsapp", CLEAR, "consentwhatsapp whatsappconsent whatsappoptin" },
  { "contact.consent_at", CLEAR, "consentat" },
  { "contact.consent_text", CLEAR, "consenttext" },
  { "contact.do_not_contact", CLEAR, "donotcontact" },
  { "contact.ip_address", CLEAR, "ip ipaddress remoteip userip clientip visitorip remoteaddr" },
  { "contact.source_url", CLEAR, "sourceurl" },
  { "status", CLEAR, "leadstatus leadstage dealstage pipelinestage" },
  { "status", EVENT, "status stage statut" },
  { "notes", CLEAR, "yourmessage ihrenachricht votremessage leadnotes" },
  { "notes", EVENT, "notes note message comment comments nachricht bemerkung bemerkungen kommentar anmerkung anmerkungen "
    "mitteilung anfrage commentaire commentaires remarque remarques mensaje comentario comentarios messaggio commento "
    "mensagem observacoes enquiry inquiry remarks" },
  { "appointment", CLEAR, "appointment appointmentdate appointmentdatetime appointment.date appointment.starttime "
    "scheduledevent.starttime bookingdate meetingdate termin terminwunsch wunschtermin rendezvous cita fechadecita "
    "appuntamento agendamento" },
  { "appointment_time", CLEAR, "appointmenttime bookingtime meetingtime uhrzeit" },
  { "is_test", EVENT, "istest testlead" },
  { "lead.lead_source", CLEAR, "leadsource leadquelle" },
  { "lead.lead_source", EVENT, "source quelle herkunft" },
  { "lead.sub_source", CLEAR, "subsource" },
  { "lead.utm_source", CLEAR, "utmsource utm.source" },
  { "lead.utm_medium", CLEAR, "utmmedium utm.medium" },
  { "lead.utm_campaign", CLEAR, "utmcampaign utm.campaign" },
  { "lead.utm_term", CLEAR, "utmterm utm.term" },
  { "lead.utm_content", CLEAR, "utmcontent utm.content" },
  { "lead.landing_page_url", CLEAR, "landingpageurl landingpage landingurl pageurl page.url" },
  { "lead.conversion_event", CLEAR, "conversionevent" },
  { "lead.qualification_status", CLEAR, "qualificationstatus" },
  { "lead.lead_score", CLEAR, "leadscore" },
  { "lead.lead_score", EVENT, "score" },
  { "lead.temperature", EVENT, "temperature leadtemperature" },
  { "lead.priority", EVENT, "priority leadpriority prioritat" },
  { "lead.product_interest", CLEAR, "productinterest productname productofinterest interestedin produktinteresse product.name "
    "product.title" },
  { "lead.product_interest", EVENT, "product produkt produit producto prodotto produto" },
  { "lead.secondary_products", CLEAR, "secondaryproducts" },
  { "lead.service_type", CLEAR, "servicetype" },
  { "lead.service_type", EVENT, "service dienstleistung" },
  { "lead.estimated_value", CLEAR, "estimatedvalue dealvalue leadvalue" },
  { "lead.estimated_value", EVENT, "value amount" },
  { "lead.conversion_value", CLEAR, "conversionvalue" },
  { "lead.currency", EVENT, "currency currencycode wahrung devise" },
  { "lead.probability", EVENT, "probability" },
  { "lead.expected_close_date", CLEAR, "expectedclosedate closedate" },
  { "lead.budget_range", CLEAR, "budget budgetrange presupuesto orcamento" },
  { "lead.timeline", CLEAR, "timeline timeframe zeitrahmen" },
  { "lead.preferred_contact_method", CLEAR, "preferredcontactmethod contactmethod" },
  { "lead.best_time_to_contact", CLEAR, "besttimetocontact besttimetocall erreichbarkeit" },
  { "lead.initial_inquiry", CLEAR, "initialinquiry" },
  { "lead.referral_source", CLEAR, "referralsource howdidyouhearaboutus howdidyouhear" },
  { "lead.lost_reason", CLEAR, "lostreason" },
  { "lead.territory", CLEAR, "territory" },
  { "lead.campaign_id", CLEAR, "campaignid" },
  { "lead.tags", EVENT, "tags" },
  { "custom.gclid", CLEAR, "gclid gclickid" },
  { "custom.fbclid", CLEAR, "fbclid" },
  { "custom.msclkid", CLEAR, "msclkid" },
  /* Secrets and one-time tokens have no place in a row that every desktop gets. */
  { "ignore", CLEAR, "googlekey password passwort passwd motdepasse contrasena accesstoken apikey secret clientsecret "
    "webhookkey grecaptcharesponse hcaptcharesponse cfturnstileresponse authenticitytoken csrftoken csrfmiddlewaretoken "
    "wpnonce creditcard cardnumber cvv cvc" },
};

static const char * const foreign[] = {
  "agent", "owner", "host", "organizer", "organiser", "assignee", "assignedto", "assigned", "createdby", "updatedby",
  "modifiedby", "salesrep", "salesperson", "seller", "sender", "recipient", "store", "shop",
  "definition", "scheduledevent", "eventmemberships", "eventguests", "guests", "oldinvitee", "newinvitee", "affiliate",
  "partner", "referrer", "author", "team", "integration", NULL
};

static const char * const person[] = {
  "contact", "person", "user", "customer", "client", "lead", "invitee", "respondent", "visitor", "subscriber", "prospect",
  "applicant", "buyer", "kontakt", "kunde", "interessent", "name", "address", "adresse", "anschrift", "location", NULL
};

static const char * const wrapper[] = {
  "data", "payload", "lead", "deal", "opportunity", "fields", "formdata", "formfields", "values", "properties", "attributes",
  "body", "submission", "record", "hidden", "answers", "formresponse", NULL
};

/**
 * inb_spelling_fold:
 * @length: bytes of @text
 * @key: is appended to
 */
void
inb_spelling_fold (const char *text,
                   gsize       length,
                   GString    *key)
{
  g_autofree char *part = NULL;
  g_autofree char *folded = NULL;
  gboolean is_ascii = TRUE;

  for (gsize i = 0; i < length && is_ascii; i++)
    is_ascii = (guchar) text[i] < 0x80;
  if (!is_ascii)
    {
      part = g_utf8_make_valid (text, (gssize) length);
      text = folded = inb_fold_text (part);
      length = strlen (folded);
    }

  for (gsize i = 0; i < length; i++)
    {
      if ((guchar) text[i] >= 0x80)
        g_string_append_c (key, text[i]);
      else if (g_ascii_isalnum (text[i]))
        g_string_append_c (key, g_ascii_tolower (text[i]));
    }
}

static void
add_spellings (GHashTable      *table,
               const Spellings *entry)
{
  g_auto (GStrv) words = g_strsplit (entry->spellings, " ", -1);
  InbFieldTarget target;

  if (!inb_field_target_parse (entry->target, &target, NULL))
    g_error ("The default field mapping names “%s”, which is no field", entry->target);

  for (guint i = 0; words[i] != NULL; i++)
    {
      InbSpelling *spelling = g_new (InbSpelling, 1);

      spelling->kind = entry->kind;
      spelling->target = target;
      g_hash_table_insert (table, g_strdup (words[i]), spelling);
    }
}

static gpointer
make_table (gpointer data)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    add_spellings (table, &spellings[i]);

  return table;
}

/**
 * inb_spelling_find:
 * @key: folded by inb_spelling_fold()
 *
 * Any thread: the index over the constant table above is made once and never changes.
 *
 * Returns: (transfer none) (nullable): what it means
 */
const InbSpelling *
inb_spelling_find (const char *key)
{
  static GOnce once = G_ONCE_INIT;

  return g_hash_table_lookup (g_once (&once, make_table, NULL), key);
}

gboolean
inb_spelling_is_foreign (const char *key)
{
  return g_strv_contains (foreign, key);
}

gboolean
inb_spelling_is_person (const char *key)
{
  return g_strv_contains (person, key);
}

gboolean
inb_spelling_is_wrapper (const char *key)
{
  return g_strv_contains (wrapper, key);
}
