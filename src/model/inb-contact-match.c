#define G_LOG_DOMAIN "inb-model"

#include "inb-contact-match.h"

#include "inb-fold.h"
#include "inb-json.h"
#include "inb-json-merge.h"

#include <string.h>

#define MAX_CONFLICTS 50

typedef enum {
  KEY_CRM_ID = 1 << 0,
  KEY_PHONE  = 1 << 1,
  KEY_EMAIL  = 1 << 2
} Keys;

/**
 * inb_match_get_name:
 *
 * Returns: (transfer none): the name that reasons carry
 */
const char *
inb_match_get_name (InbMatch match)
{
  switch (match)
    {
    case INB_MATCH_CRM_ID:
      return "crm_id";
    case INB_MATCH_PHONE:
      return "phone";
    case INB_MATCH_EMAIL:
      return "email";
    case INB_MATCH_NONE:
    default:
      return "none";
    }
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
append_conflict (GString      **json,
                 const char    *key,
                 const char    *value,
                 const InbRow  *other)
{
  if (*json == NULL)
    *json = g_string_new ("[");
  else
    g_string_append_c (*json, ',');

  g_string_append_c (*json, '{');
  inb_json_append_member (*json, "key", key);
  inb_json_append_member (*json, "value", value);
  inb_json_append_member (*json, "contact_id", other == NULL ? NULL : inb_row_get (other, INB_CONTACT_ID));
  g_string_append_c (*json, '}');
}

static gboolean
is_other (const InbRow *winner,
          const InbRow *candidate)
{
  return candidate != NULL &&
         g_strcmp0 (inb_row_get (winner, INB_CONTACT_ID), inb_row_get (candidate, INB_CONTACT_ID)) != 0;
}

static InbRow *
living (InbRow *row)
{
  return row == NULL || inb_row_get (row, INB_CONTACT_DELETED_AT) != NULL ? NULL : row;
}

static char *
find_conflicts (const InbRow *incoming,
                const InbRow *winner,
                const InbRow *by_crm_id,
                const InbRow *by_phone,
                const InbRow *by_email)
{
  const char *crm_id = inb_row_get (incoming, INB_CONTACT_CRM_ID);
  const char *own_crm_id = inb_row_get (winner, INB_CONTACT_CRM_ID);
  GString *json = NULL;

  /* The CRM id is the first key, so that it never points at a third contact; but the winner may carry another one. */
  if (has_text (crm_id) && by_crm_id == NULL && has_text (own_crm_id) && strcmp (crm_id, own_crm_id) != 0)
    append_conflict (&json, "crm_id", crm_id, NULL);
  if (is_other (winner, by_phone))
    append_conflict (&json, "phone", inb_row_get (incoming, INB_CONTACT_PHONE_E164), by_phone);
  if (is_other (winner, by_email))
    append_conflict (&json, "email", inb_row_get (incoming, INB_CONTACT_EMAIL_NORM), by_email);
  if (json == NULL)
    return NULL;

  g_string_append_c (json, ']');

  return g_string_free (json, FALSE);
}

/**
 * inb_contact_match:
 * @incoming: the event's contact, with its match keys
 * @by_crm_id: (nullable): the contact with that CRM id
 * @by_phone: (nullable): the contact with that E.164 number
 * @by_email: (nullable): the contact with that mail address
 * @match: (out): the key that won
 * @conflicts: (out) (transfer full) (nullable): JSON array of the keys that point elsewhere
 *
 * Deleted contacts do not match: they must not swallow a new lead.
 *
 * Returns: (transfer none) (nullable): the contact that the event belongs to
 */
InbRow *
inb_contact_match (const InbRow  *incoming,
                   InbRow        *by_crm_id,
                   InbRow        *by_phone,
                   InbRow        *by_email,
                   InbMatch      *match,
                   char         **conflicts)
{
  InbRow *winner = NULL;

  g_return_val_if_fail (incoming != NULL && match != NULL && conflicts != NULL, NULL);

  by_crm_id = living (by_crm_id);
  by_phone = living (by_phone);
  by_email = living (by_email);

  *match = INB_MATCH_NONE;
  *conflicts = NULL;
  if (by_crm_id != NULL)
    {
      winner = by_crm_id;
      *match = INB_MATCH_CRM_ID;
    }
  else if (by_phone != NULL)
    {
      winner = by_phone;
      *match = INB_MATCH_PHONE;
    }
  else if (by_email != NULL)
    {
      winner = by_email;
      *match = INB_MATCH_EMAIL;
    }

  if (winner != NULL)
    *conflicts = find_conflicts (incoming, winner, by_crm_id, by_phone, by_email);

  return winner;
}

static JsonNode *
parse_array (const char *text)
{
  g_autoptr (JsonNode) node = NULL;

  if (text != NULL)
    node = inb_json_parse (text, strlen (text), NULL);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return g_steal_pointer (&node);

  g_clear_pointer (&node, json_node_unref);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, json_array_new ());

  return g_steal_pointer (&node);
}

static Keys
get_conflicting_keys (JsonArray *conflicts)
{
  Keys keys = 0;

  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonNode *node = json_array_get_element (conflicts, i);
      const char *key = JSON_NODE_HOLDS_OBJECT (node) ? inb_json_get_string (json_node_get_object (node), "key") : NULL;

      if (g_strcmp0 (key, "crm_id") == 0)
        keys |= KEY_CRM_ID;
      else if (g_strcmp0 (key, "phone") == 0)
        keys |= KEY_PHONE;
      else if (g_strcmp0 (key, "email") == 0)
        keys |= KEY_EMAIL;
    }

  return keys;
}

static gboolean
contains_node (JsonArray *array,
               JsonNode  *wanted)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (json_node_equal (json_array_get_element (array, i), wanted))
        return TRUE;
    }

  return FALSE;
}

/* The contact keeps the latest ones; a sender that repeats itself adds none. */
static gboolean
record_conflicts (InbRow    *contact,
                  JsonArray *conflicts)
{
  g_autoptr (JsonNode) node = parse_array (inb_row_get (contact, INB_CONTACT_IDENTITY_CONFLICTS));
  JsonArray *known = json_node_get_array (node);
  gboolean changed = FALSE;

  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonNode *conflict = json_array_get_element (conflicts, i);

      if (contains_node (known, conflict))
        continue;
      json_array_add_element (known, json_node_copy (conflict));
      changed = TRUE;
    }
  while (json_array_get_length (known) > MAX_CONFLICTS)
    json_array_remove_element (known, 0);
  if (changed)
    inb_row_take (contact, INB_CONTACT_IDENTITY_CONFLICTS, json_to_string (node, FALSE));

  return changed;
}

static gboolean
copy_column (InbRow       *contact,
             const InbRow *incoming,
             guint         column)
{
  const char *value = inb_row_get (incoming, column);

  if (g_strcmp0 (inb_row_get (contact, column), value) == 0)
    return FALSE;
  inb_row_set (contact, column, value);

  return TRUE;
}

/* The four columns of a number belong together. A number that cannot be called never replaces one that can. */
static gboolean
merge_phone (InbRow       *contact,
             const InbRow *incoming)
{
  gboolean changed = FALSE;

  if (!has_text (inb_row_get (incoming, INB_CONTACT_PHONE)))
    return FALSE;
  if (has_text (inb_row_get (contact, INB_CONTACT_PHONE_E164)) && !has_text (inb_row_get (incoming, INB_CONTACT_PHONE_E164)))
    return FALSE;

  changed |= copy_column (contact, incoming, INB_CONTACT_PHONE);
  changed |= copy_column (contact, incoming, INB_CONTACT_PHONE_E164);
  changed |= copy_column (contact, incoming, INB_CONTACT_PHONE_DISPLAY);
  changed |= copy_column (contact, incoming, INB_CONTACT_PHONE_STATUS);

  return changed;
}

static gboolean
merge_email (InbRow       *contact,
             const InbRow *incoming)
{
  gboolean changed = FALSE;

  if (!has_text (inb_row_get (incoming, INB_CONTACT_EMAIL)))
    return FALSE;
  if (has_text (inb_row_get (contact, INB_CONTACT_EMAIL_NORM)) && !has_text (inb_row_get (incoming, INB_CONTACT_EMAIL_NORM)))
    return FALSE;

  changed |= copy_column (contact, incoming, INB_CONTACT_EMAIL);
  changed |= copy_column (contact, incoming, INB_CONTACT_EMAIL_NORM);

  return changed;
}

static gboolean
merge_custom_fields (InbRow       *contact,
                     const InbRow *incoming)
{
  g_autofree char *merged = NULL;

  if (inb_row_get (incoming, INB_CONTACT_CUSTOM_FIELDS) == NULL)
    return FALSE;

  merged = inb_json_merge (inb_row_get (contact, INB_CONTACT_CUSTOM_FIELDS),
                           inb_row_get (incoming, INB_CONTACT_CUSTOM_FIELDS));

  return inb_row_fill (contact, INB_CONTACT_CUSTOM_FIELDS, merged);
}

static gboolean
merge_column (InbRow       *contact,
              const InbRow *incoming,
              guint         column)
{
  const char *value = inb_row_get (incoming, column);

  if (value == NULL)
    return FALSE;

  switch (column)
    {
    case INB_CONTACT_PHONE:
    case INB_CONTACT_EMAIL:
    case INB_CONTACT_CUSTOM_FIELDS:
      return FALSE; /* have functions of their own */
    case INB_CONTACT_LEAD_SOURCE:
    case INB_CONTACT_WEBHOOK_ID:
    case INB_CONTACT_WEBHOOK_NAME:
      return has_text (inb_row_get (contact, column)) ? FALSE : inb_row_fill (contact, column, value);
    case INB_CONTACT_DO_NOT_CONTACT:
      /* No form takes back what a person has asked for. */
      return inb_row_get_boolean (contact, column) ? FALSE : inb_row_fill (contact, column, value);
    default:
      return inb_row_fill (contact, column, value);
    }
}

static gboolean
fold_name (InbRow       *contact,
           const InbRow *incoming)
{
  g_autofree char *folded = NULL;

  if (!has_text (inb_row_get (incoming, INB_CONTACT_FIRSTNAME)) &&
      !has_text (inb_row_get (incoming, INB_CONTACT_LASTNAME)))
    return FALSE;

  /* Of both names together: the event may know only one of them. */
  folded = inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME), inb_row_get (contact, INB_CONTACT_LASTNAME));

  return inb_row_fill (contact, INB_CONTACT_NAME_FOLDED, folded);
}

/**
 * inb_contact_merge:
 * @contact: a stored contact
 * @incoming: what an event says of it
 * @conflicts: (nullable): JSON from inb_contact_match()
 *
 * Returns: whether anything changed
 */
gboolean
inb_contact_merge (InbRow       *contact,
                   const InbRow *incoming,
                   const char   *conflicts)
{
  Keys kept = 0;
  gboolean changed = FALSE;
  guint n_columns;
  const InbColumn *columns;

  g_return_val_if_fail (contact != NULL && incoming != NULL, FALSE);

  if (conflicts != NULL)
    {
      g_autoptr (JsonNode) node = parse_array (conflicts);

      kept = get_conflicting_keys (json_node_get_array (node));
      changed |= record_conflicts (contact, json_node_get_array (node));
    }

  columns = inb_kind_get_columns (INB_KIND_CONTACT, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      gboolean mappable = (columns[i].flags & INB_COLUMN_MAPPABLE) != 0;

      if (!mappable && i != INB_CONTACT_WEBHOOK_ID && i != INB_CONTACT_WEBHOOK_NAME)
        continue;
      if (i == INB_CONTACT_CRM_ID && (kept & KEY_CRM_ID) != 0)
        continue;
      changed |= merge_column (contact, incoming, i);
    }
  if ((kept & KEY_PHONE) == 0)
    changed |= merge_phone (contact, incoming);
  if ((kept & KEY_EMAIL) == 0)
    changed |= merge_email (contact, incoming);
  changed |= merge_custom_fields (contact, incoming);
  changed |= fold_name (contact, incoming);

  return changed;
}
