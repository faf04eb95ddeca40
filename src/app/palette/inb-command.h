/* What can be done in the window by its name: an action, what it is called, and its key. */
#pragma once

#include "inb-edits.h"

G_BEGIN_DECLS

typedef struct {
  const char *action;   /* detailed name, of the window or the application */
  const char *title;    /* untranslated */
  const char *accel;    /* as GTK writes it, or NULL */
  int         right;    /* InbRight that it takes, or -1 */
} InbCommand;

#define INB_MAX_RECENT_COMMANDS 6

/* @n_commands: (out). (transfer none) */
const InbCommand  *inb_command_list (guint              *n_commands);
/* (transfer none) (nullable): of the table. */
const InbCommand  *inb_command_get  (const char         *action);
/* Those that fit, the best first; without @wanted all, those of @recent (action names, newest first) before the others.
 * (transfer full) (element-type InbCommand, borrowed) */
GPtrArray         *inb_command_find (const char         *wanted,
                                     const char * const *recent);
/* (transfer full): @recent with @action at its front. */
GStrv              inb_command_note (const char * const *recent,
                                     const char         *action);

G_END_DECLS
