#define G_LOG_DOMAIN "inb-app"

#include "inb-contact-text.h"

#include <glib/gi18n.h>

#define MAX_NAMES 3

char *
inb_contact_text_dup_name (const InbRow *contact)
{
  static const guint others[] = { INB_CONTACT_EMAIL, INB_CONTACT_PHONE_DISPLAY, INB_CONTACT_PHONE };
  const char *first = contact != NULL ? inb_row_get (contact, INB_CONTACT_FIRSTNAME) : NULL;
  const char *last = contact != NULL ? inb_row_get (contact, INB_CONTACT_LASTNAME) : NULL;

  if (first != NULL && last != NULL)
    return g_strdup_printf ("%s %s", first, last);
  if (first != NULL || last != NULL)
    return g_strdup (first != NULL ? first : last);
  for (guint i = 0; contact != NULL && i < G_N_ELEMENTS (others); i++)
    {
      if (inb_row_get (contact, others[i]) != NULL)
        return g_strdup (inb_row_get (contact, others[i]));
    }

  return g_strdup (_("Unknown contact"));
}

char *
inb_contact_text_dup_names (GPtrArray *contacts)
{
  g_autofree char *names = NULL;
  guint n_named = contacts->len > MAX_NAMES ? MAX_NAMES - 1 : contacts->len;
  guint n_more = contacts->len - n_named;

  g_return_val_if_fail (contacts->len > 0, NULL);

  names = inb_contact_text_dup_name (g_ptr_array_index (contacts, 0));
  for (guint i = 1; i < n_named; i++)
    {
      g_autofree char *before = g_steal_pointer (&names);
      g_autofree char *name = inb_contact_text_dup_name (g_ptr_array_index (contacts, i));

      /* Translators: names in a row, "Ann, Bob" and, for the last of them, "Ann and Bob" */
      names = g_strdup_printf (i + 1 < n_named || n_more > 0 ? _("%1$s, %2$s") : _("%1$s and %2$s"), before, name);
    }
  if (n_more == 0)
    return g_steal_pointer (&names);

  /* Translators: names in a row, and how many people there are besides */
  return g_strdup_printf (ngettext ("%1$s and %2$u more", "%1$s and %2$u more", n_more), names, n_more);
}

/* What it is about: of a conflict its key, which is named as the reasons are. */
static InbDuplicateKind
get_subject (const InbDuplicateReason *reason,
             gboolean                 *is_crm_id)
{
  *is_crm_id = g_strcmp0 (reason->key, "crm_id") == 0;
  if (reason->kind != INB_DUPLICATE_CONFLICT)
    return reason->kind;

  return g_strcmp0 (reason->key, "email") == 0 ? INB_DUPLICATE_EMAIL : INB_DUPLICATE_PHONE;
}

static char *
describe_reason (const InbDuplicateReason *reason)
{
  gboolean is_crm_id;
  InbDuplicateKind subject = get_subject (reason, &is_crm_id);
  const char *value = reason->value != NULL ? reason->value : "–";

  if (reason->kind != INB_DUPLICATE_CONFLICT)
    return g_strdup_printf (subject == INB_DUPLICATE_PHONE ? _("Same phone: %s") : _("Same mail: %s"), value);
  if (is_crm_id)
    return g_strdup_printf (_("Taken for one by a message with the CRM id %s"), value);

  return g_strdup_printf (subject == INB_DUPLICATE_PHONE ? _("Taken for one by a message with the phone number %s")
                                                          : _("Taken for one by a message with the mail address %s"), value);
}

char *
inb_contact_text_describe_duplicate (const InbDuplicate *duplicate)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < duplicate->reasons->len; i++)
    {
      g_autofree char *reason = describe_reason (g_ptr_array_index (duplicate->reasons, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", reason);
    }

  return g_string_free (text, FALSE);
}

char *
inb_contact_text_dup_reason (const InbDuplicate *duplicate)
{
  gboolean kinds[INB_DUPLICATE_CONFLICT + 1] = { FALSE, };

  for (guint i = 0; i < duplicate->reasons->len; i++)
    kinds[((const InbDuplicateReason *) g_ptr_array_index (duplicate->reasons, i))->kind] = TRUE;

  if (kinds[INB_DUPLICATE_PHONE] && kinds[INB_DUPLICATE_EMAIL])
    return g_strdup (_("same phone and mail"));
  if (kinds[INB_DUPLICATE_PHONE])
    return g_strdup (_("same phone"));
  if (kinds[INB_DUPLICATE_EMAIL])
    return g_strdup (_("same mail"));

  return g_strdup (_("a message took them for one"));
}
