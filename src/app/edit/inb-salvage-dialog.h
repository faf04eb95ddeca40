/* Says that the file of unsent changes was damaged, what could be read of it, and where it lies. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @n_saved: changes that are kept and sent. @folder: where the damaged file is. */
void inb_salvage_dialog_show (GtkWindow  *parent,
                              guint       n_saved,
                              const char *folder);

G_END_DECLS
