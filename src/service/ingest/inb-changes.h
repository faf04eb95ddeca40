/* What one committed transaction changed, for those who are told. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64     from;       /* the feed's head before; -1: a lost connection left open what was stored */
  gint64     to;         /* and after; equal when no row was written */
  GString   *rows;       /* inb_write_set_to_json(), or NULL when too long, not for everyone, or not wanted */
  GPtrArray *events;     /* (element-type utf8): "webhook:contact_created" texts */
} InbChanges;

InbChanges *inb_changes_new  (gint64      from,
                              gint64      to);
/* Of a commit whose outcome came to light later: what it wrote is for the feed to say. */
InbChanges *inb_changes_new_unknown (void);
void        inb_changes_free (InbChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbChanges, inb_changes_free)

G_END_DECLS
