/* Takes a file that is dropped on a window, and covers the window while one is held over it. An overlay of the window's content. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_IMPORT_DROP (inb_import_drop_get_type ())
G_DECLARE_FINAL_TYPE (InbImportDrop, inb_import_drop, INB, IMPORT_DROP, GtkWidget)

/* Signals: "file" (GFile) for what may be imported, "refused" (const char *) with the reason for what may not. */
void inb_import_drop_watch      (InbImportDrop *self,
                                 GtkWidget     *area);
/* @problem: (nullable): why nothing can be taken just now. */
void inb_import_drop_set_problem (InbImportDrop *self,
                                  const char    *problem);

G_END_DECLS
