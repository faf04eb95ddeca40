/* Saves something small that is made in one piece (a picture, a table of figures) in a file of the user's choice: dialog, writing
 * on a thread, and the message when it failed. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Makes what is to be written. On a thread. (transfer full) */
typedef GBytes *(*InbFileExportFunc) (gpointer   data,
                                      GError   **error);

/* @name: proposed, with its ending. @kind: what the file is, for people. @mime_type: of it. (data: transfer full) */
void inb_file_export_run         (GtkWidget         *widget,
                                  const char        *name,
                                  const char        *kind,
                                  const char        *mime_type,
                                  InbFileExportFunc  func,
                                  gpointer           data,
                                  GDestroyNotify     free_data);
/* @bytes as they are. */
void inb_file_export_bytes       (GtkWidget         *widget,
                                  const char        *name,
                                  const char        *kind,
                                  const char        *mime_type,
                                  GBytes            *bytes);
/* Says that something the user asked for failed. */
void inb_file_export_show_error  (GtkWidget         *widget,
                                  const char        *heading,
                                  const GError      *error);

G_END_DECLS
