/* Instants as local days and hours of the week, a million of them in milliseconds: offsets are kept by UTC day, as only few days
 * have a change of the clocks in them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _InbLocalDays InbLocalDays;

InbLocalDays *inb_local_days_new  (GTimeZone     *timezone);
void          inb_local_days_free (InbLocalDays  *self);
void          inb_local_days_get  (InbLocalDays  *self,
                                   gint64         microseconds,
                                   gint32        *day,
                                   guint8        *week_hour);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbLocalDays, inb_local_days_free)

G_END_DECLS
