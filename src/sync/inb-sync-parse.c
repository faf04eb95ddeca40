#define G_LOG_DOMAIN "inb-sync"

#include "inb-sync-parse.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-protocol.h"
#include "inb-sync-page.h"

#include <string.h>

static JsonNode *
parse_object (GBytes  *body,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  root = inb_json_parse (text != NULL ? text : "", length, &local_error);
  if (root == NULL)
    {
      inb_sync_page_set_error (error, local_error->message);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      inb_sync_page_set_error (error, "it is no object");
      return NULL;
    }

  return g_steal_pointer (&root);
}

static InbRow *
parse_row (InbKind      kind,
           JsonObject  *object,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (InbRow) row = inb_row_new_from_json (kind, object, &local_error);

  if (row == NULL)
    {
      inb_sync_page_set_error (error, local_error->message);
      return NULL;
    }
  if (!inb_sync_page_check_row (row, error))
    return NULL;

  return g_steal_pointer (&row);
}

/* Appends a {"kind","row"}; a kind that is not known here is passed over, so that a newer server can be followed. */
static gboolean
append_row (GPtrArray  *rows,
            JsonNode   *node,
            GError    **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? inb_json_get_string (object, "kind") : NULL;
  JsonObject *members = object != NULL ? inb_json_get_object (object, "row") : NULL;
  InbKind kind;
  InbRow *row;

  if (name == NULL || members == NULL)
    {
      inb_sync_page_set_error (error, "a row without kind or values");
      return FALSE;
    }
  if (!inb_kind_from_name (name, &kind))
    return TRUE;

  row = parse_row (kind, members, error);
  if (row == NULL)
    return FALSE;
  g_ptr_array_add (rows, row);

  return TRUE;
}

static gboolean
append_rows (GPtrArray  *rows,
             JsonObject *object,
             GError    **error)
{
  JsonArray *array = inb_json_get_array (object, "rows");

  if (array == NULL)
    {
      inb_sync_page_set_error (error, "no rows");
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!append_row (rows, json_array_get_element (array, i), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
get_epoch (JsonObject  *object,
           char       **epoch,
           GError     **error)
{
  const char *text = inb_json_get_string (object, "epoch");

  if (text == NULL || *text == '\0')
    {
      inb_sync_page_set_error (error, "no epoch");
      return FALSE;
    }
  *epoch = g_strdup (text);

  return TRUE;
}

static gboolean
check_span (const InbChanges  *changes,
            GError           **error)
{
  if (changes->from >= 0 && changes->to >= changes->from && changes->head >= changes->to)
    return TRUE;

  inb_sync_page_set_error (error, "from, to and head make no sense");

  return FALSE;
}

/* Everything of changes but the rows. */
static InbChanges *
read_changes (JsonObject *object,
              GError    **error)
{
  g_autoptr (InbChanges) changes = inb_changes_new ();

  if (!get_epoch (object, &changes->epoch, error))
    return NULL;

  changes->from = inb_json_get_integer (object, "from", -1);
  changes->to = inb_json_get_integer (object, "to", -1);
  changes->head = inb_json_get_integer (object, "head", changes->to);

  return check_span (changes, error) ? g_steal_pointer (&changes) : NULL;
}

/* A page that says which epoch it is of. */
static InbSyncPage *
read_page (GBytes  *body,
           GError **error)
{
  g_autoptr (InbSyncPage) page = inb_sync_page_new (body, error);

  if (page == NULL)
    return NULL;
  if (page->epoch == NULL || *page->epoch == '\0')
    {
      inb_sync_page_set_error (error, "no epoch");
      return NULL;
    }

  return g_steal_pointer (&page);
}

/**
 * inb_sync_parse_changes:
 * @body: of GET /api/changes
 */
InbChanges *
inb_sync_parse_changes (GBytes  *body,
                        GError **error)
{
  g_autoptr (InbSyncPage) page = read_page (body, error);
  g_autoptr (InbChanges) changes = NULL;

  if (page == NULL)
    return NULL;

  changes = inb_changes_new ();
  changes->epoch = g_steal_pointer (&page->epoch);
  changes->from = page->from;
  changes->to = page->to;
  changes->head = page->head != INB_SYNC_PAGE_NONE ? page->head : page->to;
  if (!check_span (changes, error))
    return NULL;
  g_ptr_array_unref (changes->rows);
  changes->rows = g_steal_pointer (&page->rows);

  return g_steal_pointer (&changes);
}

/**
 * inb_sync_parse_snapshot:
 * @body: of GET /api/snapshot
 */
InbSyncSnapshot *
inb_sync_parse_snapshot (GBytes  *body,
                         GError **error)
{
  g_autoptr (InbSyncPage) page = read_page (body, error);
  g_autoptr (InbSyncSnapshot) self = NULL;

  if (page == NULL)
    return NULL;
  if (page->head < 0)
    {
      inb_sync_page_set_error (error, "no head");
      return NULL;
    }

  self = g_new0 (InbSyncSnapshot, 1);
  self->page = inb_snapshot_page_new ();
  self->page->epoch = g_steal_pointer (&page->epoch);
  self->page->head = page->head;
  g_ptr_array_unref (self->page->rows);
  self->page->rows = g_steal_pointer (&page->rows);
  if (page->next_cursor != NULL && *page->next_cursor != '\0')
    self->next_cursor = g_steal_pointer (&page->next_cursor);

  return g_steal_pointer (&self);
}

/**
 * inb_sync_parse_lead:
 * @body: of GET /api/inbound-leads/{id}
 *
 * Returns: (transfer full) (element-type InbRow): the contact, the lead and its activities
 */
GPtrArray *
inb_sync_parse_lead (GBytes  *body,
                     GError **error)
{
  g_autoptr (JsonNode) root = parse_object (body, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  JsonObject *lead, *contact;
  JsonArray *activities;
  InbRow *row;

  if (root == NULL)
    return NULL;

  lead = inb_json_get_object (json_node_get_object (root), "lead");
  activities = inb_json_get_array (json_node_get_object (root), "activities");
  if (lead == NULL || activities == NULL)
    {
      inb_sync_page_set_error (error, "no lead or no activities");
      return NULL;
    }

  contact = inb_json_get_object (lead, "contact");
  if (contact == NULL)
    contact = inb_json_get_object (json_node_get_object (root), "contact");
  if (contact != NULL)
    {
      row = parse_row (INB_KIND_CONTACT, contact, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  row = parse_row (INB_KIND_LEAD, lead, error);
  if (row == NULL)
    return NULL;
  g_ptr_array_add (rows, row);

  for (guint i = 0; i < json_array_get_length (activities); i++)
    {
      JsonNode *node = json_array_get_element (activities, i);

      row = JSON_NODE_HOLDS_OBJECT (node) ? parse_row (INB_KIND_ACTIVITY, json_node_get_object (node), error) : NULL;
      if (row == NULL)
        {
          if (error != NULL && *error == NULL)
            inb_sync_page_set_error (error, "an activity is no object");
          return NULL;
        }
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}

static char *
join_name (JsonObject *data)
{
  const char *first = inb_json_get_string (data, "firstname");
  const char *last = inb_json_get_string (data, "lastname");
  char *name = g_strdup_printf ("%s %s", first != NULL ? first : "", last != NULL ? last : "");

  return g_strstrip (name);
}

static gboolean
read_arrival (InbSyncEvent *self,
              JsonObject   *data,
              GError      **error)
{
  const char *webhook_name = inb_json_get_string (data, "webhook_name");

  self->contact_id = g_strdup (inb_json_get_string (data, "contact_id"));
  self->lead_id = g_strdup (inb_json_get_string (data, "lead_id"));
  self->webhook_name = g_strdup (webhook_name != NULL ? webhook_name : "");
  self->name = join_name (data);
  if (self->contact_id != NULL)
    return TRUE;

  inb_sync_page_set_error (error, "an arrival without contact");

  return FALSE;
}

static gboolean
read_event (InbSyncEvent *self,
            const char   *name,
            JsonObject   *data,
            GError      **error)
{
  if (strcmp (name, INB_PROTOCOL_EVENT_HELLO) == 0)
    {
      self->type = INB_SYNC_EVENT_HELLO;
      self->head = inb_json_get_integer (data, "head", -1);
      if (!get_epoch (data, &self->epoch, error))
        return FALSE;
      if (self->head < 0)
        inb_sync_page_set_error (error, "a hello without head");
      return self->head >= 0;
    }
  if (strcmp (name, INB_PROTOCOL_EVENT_CHANGES) == 0)
    {
      self->type = INB_SYNC_EVENT_CHANGES;
      self->changes = read_changes (data, error);
      self->has_rows = json_object_has_member (data, "rows");
      return self->changes != NULL && (!self->has_rows || append_rows (self->changes->rows, data, error));
    }
  if (strcmp (name, INB_PROTOCOL_EVENT_PULL) == 0)
    {
      self->type = INB_SYNC_EVENT_PULL;
      self->head = inb_json_get_integer (data, "head", 0);
      return TRUE;
    }
  if (strcmp (name, INB_PROTOCOL_EVENT_CONTACT_CREATED) == 0)
    {
      self->type = INB_SYNC_EVENT_ARRIVAL;
      return read_arrival (self, data, error);
    }

  self->type = INB_SYNC_EVENT_OTHER;

  return TRUE;
}

/**
 * inb_sync_parse_event:
 * @text: a message of the WebSocket
 */
InbSyncEvent *
inb_sync_parse_event (GBytes  *text,
                      GError **error)
{
  g_autoptr (JsonNode) root = parse_object (text, error);
  g_autoptr (InbSyncEvent) self = NULL;
  JsonObject *data;
  const char *name;

  if (root == NULL)
    return NULL;

  name = inb_json_get_string (json_node_get_object (root), "event");
  data = inb_json_get_object (json_node_get_object (root), "data");
  if (name == NULL || data == NULL)
    {
      inb_sync_page_set_error (error, "an event without name or data");
      return NULL;
    }

  self = g_new0 (InbSyncEvent, 1);
  if (!read_event (self, name, data, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
inb_sync_snapshot_free (InbSyncSnapshot *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->page, inb_snapshot_page_free);
  g_free (self->next_cursor);
  g_free (self);
}

void
inb_sync_event_free (InbSyncEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->epoch);
  g_clear_pointer (&self->changes, inb_changes_free);
  g_free (self->lead_id);
  g_free (self->contact_id);
  g_free (self->name);
  g_free (self->webhook_name);
  g_free (self);
}
