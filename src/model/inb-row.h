/* One row of any kind of the change feed: a value per column of its kind, each in the text form that InbType names,
 * or NULL.  The service, the wire and the replica all speak in rows.
 */
#pragma once

#include "inb-column.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _InbRow InbRow;

InbRow     *inb_row_new           (InbKind       kind);
InbRow     *inb_row_new_from_json (InbKind       kind,
                                   JsonObject   *object,
                                   GError      **error);
InbRow     *inb_row_copy          (const InbRow *self);
InbRow     *inb_row_ref           (InbRow       *self);
void        inb_row_unref         (InbRow       *self);
InbKind     inb_row_get_kind      (const InbRow *self);
const char *inb_row_get           (const InbRow *self,
                                   guint         column);
gint64      inb_row_get_integer   (const InbRow *self,
                                   guint         column,
                                   gint64        fallback);
gboolean    inb_row_get_boolean   (const InbRow *self,
                                   guint         column);
gint64      inb_row_get_time      (const InbRow *self,
                                   guint         column);
void        inb_row_set           (InbRow       *self,
                                   guint         column,
                                   const char   *value);
void        inb_row_take          (InbRow       *self,
                                   guint         column,
                                   char         *value);
void        inb_row_set_integer   (InbRow       *self,
                                   guint         column,
                                   gint64        value);
void        inb_row_set_boolean   (InbRow       *self,
                                   guint         column,
                                   gboolean      value);
void        inb_row_set_time      (InbRow       *self,
                                   guint         column,
                                   gint64        microseconds);
gboolean    inb_row_fill          (InbRow       *self,
                                   guint         column,
                                   const char   *value);
const char *inb_row_get_key       (const InbRow *self);
gint64      inb_row_get_seq       (const InbRow *self);
void        inb_row_append_json   (const InbRow *self,
                                   gboolean      with_nulls,
                                   GString      *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbRow, inb_row_unref)

G_END_DECLS
