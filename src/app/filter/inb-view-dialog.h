/* Asks for a saved view's name, and whether all members shall have it. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*InbViewDialogFunc) (const char *name,
                                   gboolean    is_shared,
                                   gpointer    user_data);

/* @name: (nullable): of the view that there is. @reason: (nullable): why sharing is not offered.
 * @user_data: (transfer full): freed with @destroy when the dialog is over. */
void inb_view_dialog_present (GtkWindow         *parent,
                              const char        *heading,
                              const char        *name,
                              gboolean           is_shared,
                              const char        *reason,
                              InbViewDialogFunc  func,
                              gpointer           user_data,
                              GDestroyNotify     destroy);

G_END_DECLS
