#define G_LOG_DOMAIN "inb-service"

#include "inb-contact-phone.h"

#include "inb-phone.h"

void
inb_contact_phone_derive (InbRow     *contact,
                          const char *region)
{
  const char *phone = inb_row_get (contact, INB_CONTACT_PHONE);
  g_autofree char *e164 = NULL;
  g_autofree char *display = NULL;
  const char *status = NULL;

  if (phone != NULL)
    status = inb_phone_status_get_name (inb_phone_parse (phone, region, &e164, &display));
  inb_row_set (contact, INB_CONTACT_PHONE_STATUS, status);
  inb_row_take (contact, INB_CONTACT_PHONE_E164, g_steal_pointer (&e164));
  inb_row_take (contact, INB_CONTACT_PHONE_DISPLAY, g_steal_pointer (&display));
}
