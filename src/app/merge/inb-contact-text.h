/* Contacts that may be one person, in words. */
#pragma once

#include "inb-duplicate.h"

G_BEGIN_DECLS

/* The name, else what else is known. (transfer full) */
char *inb_contact_text_dup_name           (const InbRow       *contact);
/* "Jörg Groß and Joerg Gross"; of many the first ones and how many more. (transfer full) */
char *inb_contact_text_dup_names          (GPtrArray          *contacts);
/* Why, each reason with its number or address. (transfer full) */
char *inb_contact_text_describe_duplicate (const InbDuplicate *duplicate);
/* The same in a few words, "same phone", to follow a name. (transfer full) */
char *inb_contact_text_dup_reason         (const InbDuplicate *duplicate);

G_END_DECLS
