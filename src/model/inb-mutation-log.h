/* What the timeline tells of a mutation: an activity for each changed field, with actor, old and new value. Private to the rules. */
#pragma once

#include "inb-mutation-work.h"

G_BEGIN_DECLS

/* An activity about @subject (a lead, a contact or an activity); @name tells it from the mutation's others. @title is taken. Borrowed,
 * to be completed. */
InbRow *inb_mutation_log          (InbMutationWork *work,
                                   const InbRow    *subject,
                                   const char      *type,
                                   const char      *name,
                                   char            *title);
/* Of every editable column that is not as it was before the mutation. Views have no timeline. */
void    inb_mutation_log_fields   (InbMutationWork *work,
                                   const InbRow    *row);
/* "lead_converted", when the lead was not won before. */
void    inb_mutation_log_won      (InbMutationWork *work,
                                   const InbRow    *lead);
/* "deleted", "restored": the row as a whole. */
void    inb_mutation_log_presence (InbMutationWork *work,
                                   const InbRow    *row,
                                   gboolean         is_deleted);
/* "merged" of the contact that @other went into, or "unmerged" of the one that it went out of. */
void    inb_mutation_log_merge    (InbMutationWork *work,
                                   const InbRow    *other,
                                   gboolean         is_undone);
/* What a row is called in messages and titles: "this lead", "Note", a contact's name. (transfer full) */
char   *inb_mutation_name_row     (const InbRow    *row);

G_END_DECLS
