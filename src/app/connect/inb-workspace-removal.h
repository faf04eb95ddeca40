/* Asks before a workspace is removed from this computer, and what becomes of changes that were not sent yet. */
#pragma once

#include "inb-workspaces.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* @workspaces shows one. */
void inb_workspace_removal_ask (GtkWindow     *parent,
                                InbWorkspaces *workspaces);

G_END_DECLS
