/* A few values as small columns, the last one full: the course of a figure at a glance. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INB_TYPE_SPARKLINE (inb_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (InbSparkline, inb_sparkline, INB, SPARKLINE, GtkWidget)

GtkWidget  *inb_sparkline_new        (void);
/* @n_values 0: nothing is drawn, the space stays. @description: what to say of it. */
void        inb_sparkline_set_values (InbSparkline *self,
                                      const double *values,
                                      guint         n_values,
                                      const char   *description);
const char *inb_sparkline_get_description (InbSparkline *self);

G_END_DECLS
