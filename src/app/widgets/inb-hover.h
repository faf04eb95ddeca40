/* Which part of a drawn widget the pointer is at, told by two numbers: a cell by row and column, a part of a chart by category and
 * series. The widget is drawn again when that changes. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The part at a point; FALSE: none. */
typedef gboolean (*InbHoverFind) (GtkWidget *widget,
                                  double     x,
                                  double     y,
                                  guint     *first,
                                  guint     *second);

typedef struct {
  /* Borrowed */
  GtkWidget    *widget;
  InbHoverFind  find;

  gboolean      is_inside;     /* of the part @first, @second */
  guint         first;
  guint         second;
} InbHover;

/* A field of @widget, which it must not outlive. */
void inb_hover_init (InbHover     *self,
                     GtkWidget    *widget,
                     InbHoverFind  find);

G_END_DECLS
