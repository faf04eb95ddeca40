#define G_LOG_DOMAIN "inb-service"

#include "inb-candidates.h"

static const guint key_columns[] = { INB_CONTACT_CRM_ID, INB_CONTACT_PHONE_E164, INB_CONTACT_EMAIL_NORM };

struct _InbCandidates {
  /* Owned */
  GHashTable *contacts;                              /* id → InbRow, the newest state */
  GHashTable *ids_by_key[G_N_ELEMENTS (key_columns)]; /* key → contact id */
  GHashTable *leads;                                 /* id → InbRow, the newest state */
  GHashTable *leads_by_contact;                      /* contact id → GPtrArray of InbRow, newest first */
};

InbCandidates *
inb_candidates_new (void)
{
  InbCandidates *self = g_new0 (InbCandidates, 1);

  self->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_row_unref);
  for (guint i = 0; i < G_N_ELEMENTS (key_columns); i++)
    self->ids_by_key[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->leads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) inb_row_unref);
  self->leads_by_contact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  return self;
}

void
inb_candidates_free (InbCandidates *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->leads_by_contact);
  g_hash_table_unref (self->leads);
  for (guint i = 0; i < G_N_ELEMENTS (key_columns); i++)
    g_hash_table_unref (self->ids_by_key[i]);
  g_hash_table_unref (self->contacts);
  g_free (self);
}

/**
 * inb_candidates_add_contact:
 *
 * Adds a contact, or replaces its older state. A key that several contacts have stays with the one added first: add stored
 * contacts oldest first.
 */
void
inb_candidates_add_contact (InbCandidates *self,
                            InbRow        *contact)
{
  const char *id = inb_row_get_key (contact);

  g_hash_table_replace (self->contacts, g_strdup (id), inb_row_ref (contact));
  for (guint i = 0; i < G_N_ELEMENTS (key_columns); i++)
    {
      const char *key = inb_row_get (contact, key_columns[i]);

      if (key != NULL && inb_candidates_find_contact (self, key_columns[i], key) == NULL)
        g_hash_table_replace (self->ids_by_key[i], g_strdup (key), g_strdup (id));
    }
}

/**
 * inb_candidates_add_lead:
 *
 * Adds a lead as its contact's newest, or replaces its older state in place.
 */
void
inb_candidates_add_lead (InbCandidates *self,
                         InbRow        *lead)
{
  const char *id = inb_row_get_key (lead);
  const char *contact_id = inb_row_get (lead, INB_LEAD_CONTACT_ID);
  GPtrArray *leads = g_hash_table_lookup (self->leads_by_contact, contact_id);
  guint index;

  if (leads == NULL)
    {
      leads = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
      g_hash_table_insert (self->leads_by_contact, g_strdup (contact_id), leads);
    }

  for (index = 0; index < leads->len; index++)
    {
      if (g_str_equal (inb_row_get_key (g_ptr_array_index (leads, index)), id))
        break;
    }
  if (index < leads->len)
    {
      inb_row_unref (g_ptr_array_index (leads, index));
      g_ptr_array_index (leads, index) = inb_row_ref (lead);
    }
  else
    {
      g_ptr_array_insert (leads, 0, inb_row_ref (lead));
    }
  g_hash_table_replace (self->leads, g_strdup (id), inb_row_ref (lead));
}

/**
 * inb_candidates_find_contact:
 * @key_column: %INB_CONTACT_CRM_ID, %INB_CONTACT_PHONE_E164 or %INB_CONTACT_EMAIL_NORM
 * @key: (nullable): what to look for
 *
 * Returns: (transfer none) (nullable): the contact that has this key now
 */
InbRow *
inb_candidates_find_contact (InbCandidates *self,
                             guint          key_column,
                             const char    *key)
{
  const char *id = NULL;
  InbRow *contact;

  if (key == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (key_columns); i++)
    {
      if (key_columns[i] == key_column)
        id = g_hash_table_lookup (self->ids_by_key[i], key);
    }
  if (id == NULL)
    return NULL;

  /* An event of this batch may have given the contact another key since. */
  contact = g_hash_table_lookup (self->contacts, id);

  return g_strcmp0 (inb_row_get (contact, key_column), key) == 0 ? contact : NULL;
}

InbRow *
inb_candidates_get_contact (InbCandidates *self,
                            const char    *contact_id)
{
  return g_hash_table_lookup (self->contacts, contact_id);
}

InbRow *
inb_candidates_get_lead (InbCandidates *self,
                         const char    *lead_id)
{
  return g_hash_table_lookup (self->leads, lead_id);
}

/**
 * inb_candidates_get_leads:
 *
 * Returns: (transfer none) (nullable) (element-type InbRow): the contact's leads, newest first
 */
GPtrArray *
inb_candidates_get_leads (InbCandidates *self,
                          const char    *contact_id)
{
  return g_hash_table_lookup (self->leads_by_contact, contact_id);
}
