/* Which contact an event belongs to: CRM id, then phone, then mail; the first hit wins. */
#pragma once

#include "inb-intake.h"

G_BEGIN_DECLS

typedef enum {
  INB_MATCH_NONE,
  INB_MATCH_CRM_ID,
  INB_MATCH_PHONE,
  INB_MATCH_EMAIL
} InbMatch;

const char *inb_match_get_name (InbMatch match); /* "none", "crm_id", "phone", "email" */

/* @by_*: the contact that each key of @incoming points at, or NULL. Returns the winner (borrowed) or NULL; @conflicts gets a
 * JSON array [{"key":"email","value":…,"contact_id":…}] of keys that point at another contact, or NULL. A crm_id of
 * @incoming that differs from the winner's own is a conflict too. */
InbRow  *inb_contact_match (const InbRow  *incoming,
                            InbRow        *by_crm_id,
                            InbRow        *by_phone,
                            InbRow        *by_email,
                            InbMatch      *match,
                            char         **conflicts);
/* Writes what @incoming knows over @contact; empty never overwrites filled, conflicting keys (crm_id, phone and its derived
 * columns, email and email_norm) are not moved, custom_fields merge by member, lead_source and webhook stay the first ones,
 * notes are replaced only by notes. Returns whether anything changed. */
gboolean inb_contact_merge (InbRow        *contact,
                            const InbRow  *incoming,
                            const char    *conflicts);

G_END_DECLS
