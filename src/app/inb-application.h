/* The program: one process, one window, one session; options, actions, notifications. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INB_TYPE_APPLICATION (inb_application_get_type ())
G_DECLARE_FINAL_TYPE (InbApplication, inb_application, INB, APPLICATION, AdwApplication)

InbApplication *inb_application_new (void);

G_END_DECLS
