/* A group of fields under a heading that folds it away; folded it still says the most important of what is in it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_FIELD_SECTION (inb_field_section_get_type ())
G_DECLARE_FINAL_TYPE (InbFieldSection, inb_field_section, INB, FIELD_SECTION, AdwBin)

/* Signal: "folded": by the user, or unfolded. */

/* @key: what it is remembered by; static. @title: translated. */
GtkWidget  *inb_field_section_new         (const char      *key,
                                           const char      *title);
const char *inb_field_section_get_key     (InbFieldSection *self);
/* What is in it. (transfer none) */
GtkBox     *inb_field_section_get_box     (InbFieldSection *self);
/* @summary: shown while it is folded; NULL for nothing. */
void        inb_field_section_set_summary (InbFieldSection *self,
                                           const char      *summary);
void        inb_field_section_set_folded  (InbFieldSection *self,
                                           gboolean         is_folded);
gboolean    inb_field_section_is_folded   (InbFieldSection *self);

G_END_DECLS
