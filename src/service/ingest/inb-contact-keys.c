#define G_LOG_DOMAIN "inb-service"

#include "inb-contact-keys.h"

#include "inb-mail.h"
#include "inb-phone.h"
#include "inb-sql.h"

static const guint sources[] = { INB_CONTACT_PHONE_SECONDARY, INB_CONTACT_WHATSAPP, INB_CONTACT_EMAIL_SECONDARY };

static gboolean
is_deleted (const InbRow *contact)
{
  return inb_row_get (contact, INB_CONTACT_DELETED_AT) != NULL;
}

/* A contact has keys as long as it is not deleted. */
static const char *
get_source (const InbRow *contact,
            guint         column)
{
  return contact == NULL || is_deleted (contact) ? NULL : inb_row_get (contact, column);
}

/* NULL when the text is neither; what only might be a number matches nobody. */
static char *
make_key (guint       column,
          const char *text,
          const char *region)
{
  g_autofree char *e164 = NULL;
  g_autofree char *display = NULL;

  if (column == INB_CONTACT_EMAIL_SECONDARY)
    return inb_mail_normalize (text);
  if (inb_phone_parse (text, region, &e164, &display) == INB_PHONE_INVALID)
    return NULL;

  return g_steal_pointer (&e164);
}

static gboolean
send_key (InbDb         *db,
          const InbRow  *contact,
          const char    *key,
          guint         *n_statements,
          GError       **error)
{
  const char *params[] = { inb_row_get (contact, INB_CONTACT_WORKSPACE_ID), key, inb_row_get (contact, INB_CONTACT_ID) };

  *n_statements += 1;

  return inb_db_send (db, inb_sql_get ("write/insert-contact-key"), G_N_ELEMENTS (params), params, error);
}

static gboolean
send_delete (InbDb         *db,
             const InbRow  *contact,
             guint         *n_statements,
             GError       **error)
{
  const char *params[] = { inb_row_get (contact, INB_CONTACT_WORKSPACE_ID), inb_row_get (contact, INB_CONTACT_ID) };

  *n_statements += 1;

  return inb_db_send (db, inb_sql_get ("write/delete-contact-keys"), G_N_ELEMENTS (params), params, error);
}

gboolean
inb_contact_keys_send (InbDb         *db,
                       const char    *region,
                       const InbRow  *original,
                       const InbRow  *contact,
                       guint         *n_statements,
                       GError       **error)
{
  gboolean is_changed = FALSE;
  gboolean had_keys = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      const char *before = get_source (original, sources[i]);

      had_keys = had_keys || before != NULL;
      is_changed = is_changed || g_strcmp0 (before, get_source (contact, sources[i])) != 0;
    }
  if (!is_changed)
    return TRUE;
  if (had_keys && !send_delete (db, contact, n_statements, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      const char *text = get_source (contact, sources[i]);
      g_autofree char *key = text == NULL ? NULL : make_key (sources[i], text, region);

      if (key != NULL && !send_key (db, contact, key, n_statements, error))
        return FALSE;
    }

  return TRUE;
}
