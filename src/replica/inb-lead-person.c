#define G_LOG_DOMAIN "inb-replica"

#include "inb-lead-person.h"

#include "inb-search-text.h"

#include <string.h>

/* The columns of contact-person.sql, in its order. */
static const InbContactColumn columns[] = {
  INB_CONTACT_FIRSTNAME, INB_CONTACT_LASTNAME, INB_CONTACT_EMAIL, INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_PHONE,
  INB_CONTACT_PHONE_E164, INB_CONTACT_COMPANY, INB_CONTACT_NOTES, INB_CONTACT_PHONE_SECONDARY, INB_CONTACT_EMAIL_SECONDARY,
};

enum {
  FIRSTNAME,
  LASTNAME,
  EMAIL,
  PHONE_DISPLAY,
  PHONE,
  PHONE_E164,
  COMPANY,
  NOTES,
  PHONE_SECONDARY,
  EMAIL_SECONDARY,
  N_COLUMNS
};
G_STATIC_ASSERT (G_N_ELEMENTS (columns) == N_COLUMNS);

static const char *
none_if_empty (const char *text)
{
  return text == NULL || *text == '\0' ? NULL : text;
}

/**
 * inb_lead_person_make_name:
 * @firstname: (nullable): like all the others
 *
 * Returns: (transfer full) (nullable): what stands in the name column: the name, else the mail address, else the phone number
 */
char *
inb_lead_person_make_name (const char *firstname,
                           const char *lastname,
                           const char *email,
                           const char *phone)
{
  g_autofree char *name = g_strconcat (firstname != NULL ? firstname : "", " ", lastname != NULL ? lastname : "", NULL);

  g_strstrip (name);
  if (*name != '\0')
    return g_steal_pointer (&name);

  return g_strdup (none_if_empty (email) != NULL ? email : none_if_empty (phone));
}

static void
fill (InbLeadPerson      *self,
      const char * const *values)
{
  const char *phone = values[PHONE_DISPLAY] != NULL ? values[PHONE_DISPLAY] : values[PHONE];
  const char * const numbers[] = { values[PHONE_E164], values[PHONE], values[PHONE_SECONDARY] };
  const char * const texts[] = {
    values[FIRSTNAME], values[LASTNAME], values[EMAIL], phone, values[COMPANY], values[NOTES], values[PHONE_SECONDARY],
    values[EMAIL_SECONDARY],
  };

  self->email = g_strdup (none_if_empty (values[EMAIL]));
  self->phone = g_strdup (none_if_empty (phone));
  self->company = g_strdup (none_if_empty (values[COMPANY]));
  self->name = inb_lead_person_make_name (values[FIRSTNAME], values[LASTNAME], values[EMAIL], phone);
  if (self->name != NULL)
    self->sort_key = g_utf8_collate_key (self->name, -1);
  self->text = inb_search_text_new (numbers, G_N_ELEMENTS (numbers), texts, G_N_ELEMENTS (texts));
}

/**
 * inb_lead_person_take_row:
 * @contact: what the person is
 */
void
inb_lead_person_take_row (InbLeadPerson *self,
                          const InbRow  *contact)
{
  const char *values[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    values[i] = inb_row_get (contact, columns[i]);
  fill (self, values);
}

/**
 * inb_lead_person_take_columns:
 *
 * Takes what the statement stands on.
 */
void
inb_lead_person_take_columns (InbLeadPerson *self,
                              sqlite3_stmt  *statement,
                              int            column)
{
  char *values[N_COLUMNS];

  for (int i = 0; i < N_COLUMNS; i++)
    values[i] = inb_sqlite_dup_text (statement, column + i);
  fill (self, (const char * const *) values);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (values[i]);
}

/**
 * inb_lead_person_take_nobody:
 *
 * Of a contact that was erased nothing is left.
 */
void
inb_lead_person_take_nobody (InbLeadPerson *self)
{
  const char *values[N_COLUMNS] = { NULL, };

  fill (self, values);
}

/**
 * inb_lead_person_load:
 * @contact_id: (nullable): of a contact that may not have arrived
 */
gboolean
inb_lead_person_load (InbLeadPerson  *self,
                      InbSqlite      *db,
                      const char     *contact_id,
                      GError        **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contact-person", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  inb_sqlite_bind_text (statement, 1, contact_id);
  if (!inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    inb_lead_person_take_columns (self, statement, 0);
  else
    inb_lead_person_take_nobody (self);
  sqlite3_reset (statement);

  return TRUE;
}

void
inb_lead_person_clear (InbLeadPerson *self)
{
  g_free (self->name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->company);
  g_free (self->sort_key);
  g_free (self->text);
}
