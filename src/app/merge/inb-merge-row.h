/* One field of contacts that are to be merged: what each of them has, beside each other or, where there is no room, under each other.
 * The keyboard is on what is chosen, and arrow keys choose. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_MERGE_ROW (inb_merge_row_get_type ())
G_DECLARE_FINAL_TYPE (InbMergeRow, inb_merge_row, INB, MERGE_ROW, AdwBin)

/* Signal: "chosen" (guint contact), by the user. */

/* @owners: NULL-terminated, whose values they are; @values: one each, NULL where there is none; @caption: under it, or NULL; @has_names: the values
 * tell whose they are. */
GtkWidget *inb_merge_row_new        (const char          *label,
                                     const char          *caption,
                                     const char * const  *owners,
                                     const char * const  *values,
                                     gboolean             has_names);
void       inb_merge_row_set_chosen (InbMergeRow         *self,
                                     guint                chosen);
/* Under each other, and each with whose it is. */
void       inb_merge_row_set_narrow (InbMergeRow         *self,
                                     gboolean             narrow);

G_END_DECLS
