/* What can be done in the window by its name: an action, what it is called, and its key. */
#pragma once

#include "inb-edits.h"

G_BEGIN_DECLS

/* Which leads it is about. */
typedef enum {
  INB_COMMAND_ABOUT_NONE,
  INB_COMMAND_ABOUT_LEAD,     /* the one that is open, else the current one */
  INB_COMMAND_ABOUT_LEADS,    /* the selected ones, else as above */
} InbCommandAbout;

typedef struct {
  const char      *action;    /* detailed name, of the application, the window, or the part of it that has the prefix */
  const char      *title;     /* untranslated */
  const char      *accel;     /* as GTK writes it, or NULL */
  int              right;     /* InbRight that it takes, or -1 */
  const char      *missing;   /* untranslated: what is not there while the action is not to be had, or NULL */
  InbCommandAbout  about;
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
/* Whether @wanted is in its title as it is, and not just some letters of it. */
gboolean           inb_command_is_named (const InbCommand  *command,
                                         const char        *wanted);
/* (transfer full): @recent with @action at its front. */
GStrv              inb_command_note (const char * const *recent,
                                     const char         *action);

G_END_DECLS
