#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-position.h"

#include "inb-json.h"

#include <string.h>

/* The last one waits for the others. */
static const InbKind snapshot_kinds[INB_SYNC_N_SNAPSHOT_KINDS] = { INB_KIND_CONTACT, INB_KIND_LEAD, INB_KIND_ACTIVITY };

static gboolean
read_text (InbSyncPosition *self,
           const char      *text)
{
  g_autoptr (JsonNode) root = inb_json_parse (text, strlen (text), NULL);

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return FALSE;

  self->head = inb_json_get_integer (json_node_get_object (root), "head", -1);
  for (int i = 0; i < INB_SYNC_N_SNAPSHOT_KINDS; i++)
    {
      JsonObject *object = inb_json_get_object (json_node_get_object (root), inb_kind_get_name (snapshot_kinds[i]));
      InbSyncPositionKind *kind = &self->kinds[i];

      if (object == NULL)
        return FALSE;
      kind->cursor = g_strdup (inb_json_get_string (object, "cursor"));
      kind->is_done = inb_json_get_boolean (object, "done", FALSE);
      kind->n_rows = inb_json_get_integer (object, "rows", 0);
      kind->lowest_seq = inb_json_get_integer (object, "lowest", 0);
    }

  return self->head >= 0;
}

/**
 * inb_sync_position_new:
 * @text: (nullable): what inb_sync_position_to_text() made, or %NULL for the start
 *
 * Returns: (transfer full): the position; the start also when @text cannot be read, as starting again does no harm
 */
InbSyncPosition *
inb_sync_position_new (const char *text)
{
  InbSyncPosition *self = g_new0 (InbSyncPosition, 1);

  self->head = -1;
  if (text != NULL && !read_text (self, text))
    {
      inb_sync_position_free (self);
      self = g_new0 (InbSyncPosition, 1);
      self->head = -1;
    }

  return self;
}

void
inb_sync_position_free (InbSyncPosition *self)
{
  if (self == NULL)
    return;

  for (int i = 0; i < INB_SYNC_N_SNAPSHOT_KINDS; i++)
    g_free (self->kinds[i].cursor);
  g_free (self);
}

/**
 * inb_sync_position_to_text:
 *
 * Returns: (transfer full) (nullable): the position as text, or %NULL at the end
 */
char *
inb_sync_position_to_text (InbSyncPosition *self)
{
  GString *json;

  if (inb_sync_position_get_next (self) < 0)
    return NULL;

  json = g_string_new ("{");
  inb_json_append_member_integer (json, "head", self->head);
  for (int i = 0; i < INB_SYNC_N_SNAPSHOT_KINDS; i++)
    {
      const InbSyncPositionKind *kind = &self->kinds[i];

      inb_json_append_name (json, inb_kind_get_name (snapshot_kinds[i]));
      g_string_append_c (json, '{');
      inb_json_append_member (json, "cursor", kind->cursor);
      inb_json_append_member_boolean (json, "done", kind->is_done);
      inb_json_append_member_integer (json, "rows", kind->n_rows);
      inb_json_append_member_integer (json, "lowest", kind->lowest_seq);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, '}');

  return g_string_free (json, FALSE);
}

/**
 * inb_sync_position_get_next:
 *
 * Returns: the index of the kind whose page comes next, or -1 at the end
 */
int
inb_sync_position_get_next (InbSyncPosition *self)
{
  const InbSyncPositionKind *contacts = &self->kinds[0];
  const InbSyncPositionKind *leads = &self->kinds[1];

  if (!contacts->is_done && (leads->is_done || contacts->n_rows <= leads->n_rows))
    return 0;
  if (!leads->is_done)
    return 1;

  return self->kinds[2].is_done ? -1 : 2;
}

InbKind
inb_sync_position_get_kind (int index)
{
  g_return_val_if_fail (index >= 0 && index < INB_SYNC_N_SNAPSHOT_KINDS, INB_KIND_CONTACT);

  return snapshot_kinds[index];
}

/* How much of the feed the kind's pages have gone back over. */
static double
get_part (InbSyncPosition           *self,
          const InbSyncPositionKind *kind)
{
  if (kind->is_done)
    return 1;
  if (kind->lowest_seq <= 0 || self->head <= 0)
    return 0;

  return CLAMP (1 - (double) kind->lowest_seq / (double) self->head, 0, 1);
}

/**
 * inb_sync_position_get_progress:
 *
 * Returns: 0 to 1
 */
double
inb_sync_position_get_progress (InbSyncPosition *self)
{
  return get_part (self, &self->kinds[0]) * 0.4 + get_part (self, &self->kinds[1]) * 0.4 + get_part (self, &self->kinds[2]) * 0.2;
}

/**
 * inb_sync_position_get_pending:
 *
 * Returns: about how many rows are still to come
 */
gint64
inb_sync_position_get_pending (InbSyncPosition *self)
{
  double pending = 0;

  for (int i = 0; i < INB_SYNC_N_SNAPSHOT_KINDS; i++)
    {
      double part = get_part (self, &self->kinds[i]);

      if (part > 0)
        pending += (double) self->kinds[i].n_rows * (1 - part) / part;
    }

  return (gint64) pending;
}
