/* What a lead repeats of its contact: columns for lists, a sort key, and the text that it is searched by. */
#pragma once

#include "inb-row.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct {
  char *name;      /* what stands in the name column: the name, else mail, else phone; NULL = nothing is known */
  char *phone;
  char *email;
  char *company;
  char *sort_key;
  char *text;      /* of inb_search_text_new(); never NULL once it is filled */
} InbLeadPerson;

char    *inb_lead_person_make_name (const char     *firstname,
                                   const char     *lastname,
                                   const char     *email,
                                   const char     *phone);
/* The columns of contact-person.sql, from @column of the statement on. */
void     inb_lead_person_take_columns (InbLeadPerson *self,
                                   sqlite3_stmt   *statement,
                                   int             column);
void     inb_lead_person_take_row (InbLeadPerson  *self,
                                   const InbRow   *contact);
gboolean inb_lead_person_load     (InbLeadPerson  *self,
                                   InbSqlite      *db,
                                   const char     *contact_id,
                                   GError        **error);
void     inb_lead_person_take_nobody (InbLeadPerson *self);
void     inb_lead_person_clear    (InbLeadPerson  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (InbLeadPerson, inb_lead_person_clear)

G_END_DECLS
