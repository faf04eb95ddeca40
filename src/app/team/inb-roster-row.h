/* A person, a team or a token in a list: what it is, and the one thing that can be done with it, by the whole row or its button. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_ROSTER_ROW (inb_roster_row_get_type ())
G_DECLARE_FINAL_TYPE (InbRosterRow, inb_roster_row, INB, ROSTER_ROW, AdwActionRow)

typedef struct {
  const char *action;       /* with a string: the id */
  const char *button;       /* NULL: an arrow, as it leads somewhere; of the static kind, as is all here */
  gboolean    has_picture;
} InbRosterRowKind;

/* The row at @place of @list, which is at most the number of rows that there are: a new one if need be. What stands there already is
 * used again, so that the keyboard stays where it is. */
InbRosterRow *inb_roster_row_ensure (GtkListBox             *list,
                                     guint                   place,
                                     const InbRosterRowKind *kind);
/* Only the first @n stay; hides the list when it is empty. */
void          inb_roster_row_trim   (GtkListBox             *list,
                                     guint                   n);
/* @spoken: what the button does; behind an arrow's GTK says the title too. */
void          inb_roster_row_set    (InbRosterRow           *self,
                                     const char             *id,
                                     const char             *title,
                                     const char             *subtitle,
                                     const char             *spoken);
/* Its picture: programs have no initials. */
void          inb_roster_row_set_is_program
                                    (InbRosterRow           *self,
                                     gboolean                is_program);

G_END_DECLS
