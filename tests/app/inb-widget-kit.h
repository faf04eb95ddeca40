/* Finding widgets in a shown window, and waiting for what they show. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* First in a test's main: GTK, the program's resources, and a default application that windows can belong to. */
void       inb_widget_kit_init        (int         *argc,
                                       char      ***argv);

/* (transfer none) (nullable): the first of these at or below @widget, in the order of the tree. */
GtkWidget *inb_widget_kit_find        (GtkWidget   *widget,
                                       GType        type);
GtkWidget *inb_widget_kit_find_class  (GtkWidget   *widget,
                                       const char  *css_class);
/* A label on screen that has @text in it. */
GtkWidget *inb_widget_kit_find_text   (GtkWidget   *widget,
                                       const char  *text);
gboolean   inb_widget_kit_has_label   (GtkWidget   *widget,
                                       const char  *text);

/* So that what was changed has been laid out and drawn. */
void       inb_widget_kit_wait_frames (GtkWidget   *widget,
                                       guint        n_frames);
void       inb_widget_kit_wait_text   (GtkWidget   *widget,
                                       const char  *text);

G_END_DECLS
