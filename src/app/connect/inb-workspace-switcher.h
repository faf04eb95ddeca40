/* The name of the workspace that is shown; a click lists the others. */
#pragma once

#include "inb-workspaces.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_WORKSPACE_SWITCHER (inb_workspace_switcher_get_type ())
G_DECLARE_FINAL_TYPE (InbWorkspaceSwitcher, inb_workspace_switcher, INB, WORKSPACE_SWITCHER, AdwBin)

void inb_workspace_switcher_set_workspaces (InbWorkspaceSwitcher *self,
                                            InbWorkspaces        *workspaces);
/* What is shown by the program's options has only this. */
void inb_workspace_switcher_set_name       (InbWorkspaceSwitcher *self,
                                            const char           *name);

G_END_DECLS
