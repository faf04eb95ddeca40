/* Puts children beside each other, and into a further line where the width is not enough. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_WRAP_LAYOUT (inb_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (InbWrapLayout, inb_wrap_layout, INB, WRAP_LAYOUT, GtkLayoutManager)

/* @spacing: pixels between children and between lines. */
GtkLayoutManager *inb_wrap_layout_new (int spacing);

G_END_DECLS
