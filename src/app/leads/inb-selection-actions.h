/* What can be changed of the selected leads, as buttons; where there is less room they fold into a menu. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_SELECTION_ACTIONS (inb_selection_actions_get_type ())
G_DECLARE_FINAL_TYPE (InbSelectionActions, inb_selection_actions, INB, SELECTION_ACTIONS, AdwBin)

/* They activate "table.edit" (InbLeadPick's key) and "table.delete". */

typedef enum {
  INB_SELECTION_ACTIONS_ALL,      /* a button each */
  INB_SELECTION_ACTIONS_SOME,     /* the usual ones; the others in a menu */
  INB_SELECTION_ACTIONS_FOLDED,   /* a menu */
  INB_N_SELECTION_ACTIONS_ROOMS
} InbSelectionActionsRoom;

GtkWidget *inb_selection_actions_new          (void);
void       inb_selection_actions_set_room     (InbSelectionActions     *self,
                                               InbSelectionActionsRoom  room);
/* @contacts: contacts without a lead can only be deleted. @reason: (nullable): why nothing can be changed. */
void       inb_selection_actions_set_offered  (InbSelectionActions     *self,
                                               gboolean                 contacts,
                                               const char              *reason);
/* (transfer none): where what is picked for @key shall be pointed at. */
GtkWidget *inb_selection_actions_get_anchor   (InbSelectionActions     *self,
                                               const char              *key);

G_END_DECLS
