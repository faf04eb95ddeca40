#define G_LOG_DOMAIN "inb-service"

#include "inb-demo-person.h"

#include "inb-fold.h"
#include "inb-mail.h"
#include "inb-phone.h"

#include <string.h>

#define MAX_RANGES 6

typedef struct {
  const char *prefix;   /* of a range of numbers kept for fiction */
  guint       n_digits; /* that follow it */
} Range;

typedef struct {
  const char        *country;
  const char        *language;
  const char        *timezone;
  guint              weight; /* of 100 people */
  const char * const *first_names;
  const char * const *last_names;
  const char * const *cities; /* "postal code|city" */
  Range              ranges[MAX_RANGES];
} Nation;

static const char * const de_first[] = {
  "Jörg", "Jürgen", "Günther", "Björn", "Käthe", "Anna", "Lukas", "Leonie", "Maximilian", "Sophie", "Felix", "Hannah", "Paul",
  "Emma", "Jonas", "Mia", "Tim", "Lena", "Niklas", "Clara", "Sören", "Bärbel", "Özlem", "Emre", "Aylin", "Łukasz", "Agnieszka",
  "Dragan", "Thomas", "Sabine", "Andreas", "Petra", "Stefan", "Katharina", "Matthias", "Susanne", "Heiko", "Ulrike", NULL
};
static const char * const de_last[] = {
  "Groß", "Müller", "Schröder", "Weiß", "Krüger", "König", "Böhm", "Schäfer", "Köhler", "Jäger", "Schmidt", "Schneider", "Fischer",
  "Weber", "Meyer", "Wagner", "Becker", "Hoffmann", "Koch", "Richter", "Klein", "Wolf", "Neumann", "Schwarz", "Zimmermann", "Braun",
  "Hofmann", "Hartmann", "Lange", "Werner", "Yılmaz", "Öztürk", "Kowalski", "Wiśniewski", "Nowak", "von der Heide", "Voß", "Größer", NULL
};
static const char * const de_cities[] = {
  "10115|Berlin", "20095|Hamburg", "80331|München", "50667|Köln", "60311|Frankfurt am Main", "70173|Stuttgart", "40213|Düsseldorf",
  "04109|Leipzig", "90402|Nürnberg", "28195|Bremen", "01067|Dresden", "79098|Freiburg", "97070|Würzburg", "48143|Münster", NULL
};
static const char * const fr_first[] = {
  "Élodie", "François", "Chloé", "Jérôme", "Aurélie", "Hélène", "Théo", "Inès", "Loïc", "Camille", "Mathieu", "Léa", "Zoé", "Noël", NULL
};
static const char * const fr_last[] = {
  "Lefèvre", "Bélanger", "Dubois", "Moreau", "Gérard", "Fournier", "Rousseau", "Lambert", "Mercier", "D’Angelo", "Besançon", "Martin", NULL
};
static const char * const fr_cities[] = {
  "75002|Paris", "69002|Lyon", "13001|Marseille", "31000|Toulouse", "67000|Strasbourg", "44000|Nantes", "42000|Saint-Étienne", NULL
};
static const char * const gb_first[] = {
  "Oliver", "Amelia", "George", "Isla", "Harry", "Siân", "Noah", "Poppy", "Callum", "Niamh", "Aarav", "Zainab", "Róisín", "Grace", NULL
};
static const char * const gb_last[] = {
  "Smith", "Jones", "Taylor", "Davies", "Evans", "O’Connor", "MacLeod", "Patel", "Khan", "Thompson", "Wright", "Fitzgerald", NULL
};
static const char * const gb_cities[] = {
  "EC1A 1BB|London", "LS1 4AP|Leeds", "B1 1BB|Birmingham", "EH1 1YZ|Edinburgh", "M1 1AE|Manchester", NULL
};
static const char * const us_first[] = {
  "Emily", "Michael", "Ava", "Ethan", "José", "Madison", "Tyler", "Zoë", "Wei", "Priya", "Jamal", "Nevaeh", "Renée", "Carlos", NULL
};
static const char * const us_last[] = {
  "Johnson", "Williams", "García", "Martínez", "Anderson", "Nguyen", "Robinson", "Walker", "Núñez", "Kim", "Lee", "Wright-Allen", NULL
};
static const char * const us_cities[] = {
  "10001|New York", "60601|Chicago", "94103|San Francisco", "78701|Austin", "02108|Boston", "98101|Seattle", NULL
};
static const char * const se_first[] = {
  "Åsa", "Björn", "Märta", "Göran", "Linnéa", "Örjan", "Freja", "Sven", "Astrid", "Håkan", NULL
};
static const char * const se_last[] = {
  "Åkesson", "Sjöberg", "Lindström", "Nyström", "Öberg", "Håkansson", "Björklund", "Svensson", NULL
};
static const char * const se_cities[] = { "111 20|Stockholm", "411 03|Göteborg", "211 22|Malmö", "903 26|Umeå", NULL };
static const char * const at_first[] = { "Veronika", "Matthäus", "Jörg", "Theresia", "Sepp", "Annelies", "Raphael", "Günter", NULL };
static const char * const at_last[] = { "Höller", "Grüner", "Pichler", "Moser", "Sträußl", "Übelhör", "Gruber", "Leitgöb", NULL };
static const char * const at_cities[] = { "1010|Wien", "8010|Graz", "5020|Salzburg", "6020|Innsbruck", "4020|Linz", NULL };
static const char * const es_first[] = { "Íñigo", "Begoña", "Sofía", "Andrés", "María José", "Álvaro", "Lucía", "Óscar", NULL };
static const char * const es_last[] = { "Muñoz", "Ibáñez", "Fernández", "Güell", "Peña", "Rodríguez", "López", "Sánchez", NULL };
static const char * const es_cities[] = { "28013|Madrid", "08002|Barcelona", "46002|València", "29005|Málaga", NULL };

static const Nation nations[] = {
  { "DE", "de", "Europe/Berlin", 52, de_first, de_last, de_cities,
    { { "+493023125", 3 }, { "+494066969", 3 }, { "+496990009", 3 }, { "+498999998", 3 }, { "+492214710", 3 }, { NULL, 0 } } },
  { "GB", "en", "Europe/London", 13, gb_first, gb_last, gb_cities,
    { { "+442079460", 3 }, { "+441134960", 3 }, { "+441214960", 3 }, { "+441314960", 3 }, { "+441614960", 3 }, { NULL, 0 } } },
  { "FR", "fr", "Europe/Paris", 10, fr_first, fr_last, fr_cities,
    { { "+3319900", 4 }, { "+3326191", 4 }, { "+3335301", 4 }, { "+3346571", 4 }, { "+3353649", 4 }, { NULL, 0 } } },
  { "US", "en", "America/New_York", 9, us_first, us_last, us_cities,
    { { "+121255501", 2 }, { "+131255501", 2 }, { "+141555501", 2 }, { "+151255501", 2 }, { "+161755501", 2 }, { "+120655501", 2 } } },
  { "AT", "de", "Europe/Vienna", 6, at_first, at_last, at_cities, { { NULL, 0 } } },
  { "SE", "sv", "Europe/Stockholm", 5, se_first, se_last, se_cities, { { "+463139006", 2 }, { "+46846500", 3 }, { "+464062804", 2 }, { NULL, 0 } } },
  { "ES", "es", "Europe/Madrid", 5, es_first, es_last, es_cities, { { NULL, 0 } } },
};

static const char * const companies[] = {
  "Brandt Gebäudetechnik", "Sonnenhof Hotel", "Bäckerei Krüger", "Nordwind Logistik", "Müller & Söhne", "Kanzlei Weiß", "Praxis am Park",
  "Alpenblick Resort", "Kite Analytics", "Harbour Foods", "Oakfield School", "Bluebird Studios", "Maison Lefèvre", "Atelier Bélanger",
  "Boulangerie du Port", "Sierra Outdoor", "Lakeside Dental", "Peach Tree Homes", "Åkesson Bygg", "Fjällräven Café", "Casa Ibáñez",
  "Grüner Hof", "Werkstatt Köhler", "Autohaus Böhm", "Stadtwerke Neustadt", "Immobilien König", "Gärtnerei Schäfer", "Weingut Höller",
};

static const char * const job_titles[] = {
  "Managing director", "Owner", "Facility manager", "Head of operations", "Purchasing", "Office manager", "Project manager", "Architect",
};

struct _InbDemoPeople {
  /* Owned */
  GHashTable *addresses; /* the ones given */

  /* Borrowed */
  GRand      *random;

  guint       n_phones[G_N_ELEMENTS (nations)][MAX_RANGES];
};

InbDemoPeople *
inb_demo_people_new (GRand *random)
{
  InbDemoPeople *self = g_new0 (InbDemoPeople, 1);

  self->random = random;
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
inb_demo_people_free (InbDemoPeople *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->addresses);
  g_free (self);
}

static const char *
pick (InbDemoPeople      *self,
      const char * const *texts)
{
  guint n_texts = g_strv_length ((char **) texts);

  return texts[g_rand_int_range (self->random, 0, (gint32) n_texts)];
}

static gboolean
chance (InbDemoPeople *self,
        guint          percent)
{
  return g_rand_int_range (self->random, 0, 100) < (gint32) percent;
}

static guint
pick_nation (InbDemoPeople *self)
{
  guint number = (guint) g_rand_int_range (self->random, 0, 100);
  guint nation = 0;

  while (nation < G_N_ELEMENTS (nations) - 1 && number >= nations[nation].weight)
    number -= nations[nation++].weight;

  return nation;
}

/* Each number of a range once, in an order that does not look like counting. */
static char *
make_phone (InbDemoPeople *self,
            guint          nation)
{
  guint n_ranges = 0;
  guint range, size;
  const Range *chosen;

  while (n_ranges < MAX_RANGES && nations[nation].ranges[n_ranges].prefix != NULL)
    n_ranges++;
  if (n_ranges == 0)
    return NULL;

  range = (guint) g_rand_int_range (self->random, 0, (gint32) n_ranges);
  chosen = &nations[nation].ranges[range];
  size = chosen->n_digits == 2 ? 100 : chosen->n_digits == 3 ? 1000 : 10000;
  if (self->n_phones[nation][range] == size)
    return NULL;

  return g_strdup_printf ("%s%0*u", chosen->prefix, (int) chosen->n_digits,
                          self->n_phones[nation][range]++ * 37 % size);
}

static char *
make_slug (const char *text)
{
  g_autofree char *folded = inb_fold_text (text);
  GString *slug = g_string_new (NULL);

  for (const char *c = folded; *c != '\0'; c++)
    {
      if (g_ascii_isalnum (*c))
        g_string_append_c (slug, *c);
      else if (*c == ' ' && slug->len > 0 && slug->str[slug->len - 1] != '-')
        g_string_append_c (slug, '-');
    }

  return g_string_free (slug, FALSE);
}

static char *
make_address (InbDemoPeople *self,
              const char    *firstname,
              const char    *lastname,
              const char    *company)
{
  g_autofree char *first = make_slug (firstname);
  g_autofree char *last = make_slug (lastname);
  g_autofree char *house = company == NULL ? NULL : make_slug (company);
  g_autofree char *domain = house == NULL ? g_strdup (chance (self, 60) ? "example.com" : chance (self, 50) ? "example.net" : "example.org")
                                          : g_strconcat (house, ".example", NULL);
  g_autofree char *address = g_strdup_printf ("%s.%s@%s", first, last, domain);

  for (guint i = 2; !g_hash_table_add (self->addresses, g_strdup (address)); i++)
    {
      g_free (address);
      address = g_strdup_printf ("%s.%s%u@%s", first, last, i, domain);
    }

  return g_steal_pointer (&address);
}

static void
set_phone (InbDemoPeople *self,
           InbRow        *contact,
           guint          nation)
{
  g_autofree char *number = make_phone (self, nation);
  g_autofree char *e164 = NULL;
  g_autofree char *display = NULL;
  InbPhoneStatus status;

  if (number == NULL)
    return;

  status = inb_phone_parse (number, nations[nation].country, &e164, &display);
  inb_row_set (contact, INB_CONTACT_PHONE, display == NULL ? number : display);
  inb_row_set (contact, INB_CONTACT_PHONE_E164, e164);
  inb_row_set (contact, INB_CONTACT_PHONE_DISPLAY, display);
  inb_row_set (contact, INB_CONTACT_PHONE_STATUS, inb_phone_status_get_name (status));
}

static void
set_mail (InbDemoPeople *self,
          InbRow        *contact)
{
  inb_row_take (contact, INB_CONTACT_EMAIL,
                make_address (self, inb_row_get (contact, INB_CONTACT_FIRSTNAME), inb_row_get (contact, INB_CONTACT_LASTNAME),
                              inb_row_get (contact, INB_CONTACT_COMPANY)));
  inb_row_take (contact, INB_CONTACT_EMAIL_NORM, inb_mail_normalize (inb_row_get (contact, INB_CONTACT_EMAIL)));
}

/**
 * inb_demo_people_next:
 *
 * Returns: (transfer full): a contact with a name and a phone number or a mail address, mostly both; without ids and times
 */
InbRow *
inb_demo_people_next (InbDemoPeople *self)
{
  InbRow *contact = inb_row_new (INB_KIND_CONTACT);
  guint number = pick_nation (self);
  const Nation *nation = &nations[number];
  g_auto (GStrv) place = g_strsplit (pick (self, nation->cities), "|", 2);

  inb_row_set (contact, INB_CONTACT_FIRSTNAME, pick (self, nation->first_names));
  inb_row_set (contact, INB_CONTACT_LASTNAME, pick (self, nation->last_names));
  inb_row_take (contact, INB_CONTACT_NAME_FOLDED,
                inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME), inb_row_get (contact, INB_CONTACT_LASTNAME)));
  inb_row_set (contact, INB_CONTACT_POSTAL_CODE, place[0]);
  inb_row_set (contact, INB_CONTACT_CITY, place[1]);
  inb_row_set (contact, INB_CONTACT_COUNTRY, nation->country);
  inb_row_set (contact, INB_CONTACT_LANGUAGE, nation->language);
  inb_row_set (contact, INB_CONTACT_TIMEZONE, nation->timezone);
  if (chance (self, 35))
    {
      inb_row_set (contact, INB_CONTACT_COMPANY, companies[g_rand_int_range (self->random, 0, G_N_ELEMENTS (companies))]);
      inb_row_set (contact, INB_CONTACT_JOB_TITLE, job_titles[g_rand_int_range (self->random, 0, G_N_ELEMENTS (job_titles))]);
    }

  if (chance (self, 93))
    set_phone (self, contact, number);
  if (inb_row_get (contact, INB_CONTACT_PHONE) == NULL || chance (self, 91))
    set_mail (self, contact);
  inb_row_set_boolean (contact, INB_CONTACT_CONSENT_EMAIL, chance (self, 80));
  inb_row_set_boolean (contact, INB_CONTACT_CONSENT_PHONE, chance (self, 88));
  inb_row_set (contact, INB_CONTACT_STATUS, "active");

  return contact;
}
