#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-build.h"

#include "inb-error.h"
#include "inb-json.h"

#define UUID_BYTES 16

static JsonObject *
make_field (const InbEditFields *fields,
            const char          *name,
            JsonNode            *value)
{
  JsonObject *field = json_object_new ();
  JsonNode *base = fields->bases == NULL ? NULL : json_object_get_member (fields->bases, name);

  if (base != NULL)
    json_object_set_member (field, "base", json_node_copy (base));
  json_object_set_member (field, "value", json_node_copy (value));

  return field;
}

static gboolean
check_bases (const InbEditFields  *fields,
             GError              **error)
{
  JsonObjectIter iter;
  const char *name;

  if (fields->bases == NULL)
    return TRUE;

  json_object_iter_init_ordered (&iter, fields->bases);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      if (json_object_has_member (fields->values, name))
        continue;
      g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE, "“base” names %s, which is not among the fields to be changed", name);
      return FALSE;
    }

  return TRUE;
}

/**
 * inb_edit_build:
 *
 * Returns: (transfer full) (nullable): the mutation, as if a client had sent it
 */
InbMutation *
inb_edit_build (const InbEditFields  *fields,
                GError              **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObject *members;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (!check_bases (fields, error))
    return NULL;

  json_object_set_string_member (object, "id", fields->id);
  if (fields->group != NULL)
    json_object_set_string_member (object, "group", fields->group);
  json_object_set_string_member (object, "verb", inb_mutation_verb_get_name (fields->verb));
  json_object_set_string_member (object, "entity", inb_kind_get_name (fields->kind));
  json_object_set_string_member (object, "entity_id", fields->entity_id);
  if (fields->values != NULL)
    {
      members = json_object_new ();
      json_object_iter_init_ordered (&iter, fields->values);
      while (json_object_iter_next_ordered (&iter, &name, &value))
        json_object_set_object_member (members, name, make_field (fields, name, value));
      json_object_set_object_member (object, "fields", members);
    }

  return inb_mutation_new_from_json (object, error);
}

/**
 * inb_edit_derive_id:
 * @name: tells apart what is made of the same key
 *
 * Returns: (transfer full): a UUID of version 8
 */
char *
inb_edit_derive_id (const char *key,
                    const char *name)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  GString *id = g_string_new (NULL);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) "", 1);
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_get_digest (checksum, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x80;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  for (guint i = 0; i < UUID_BYTES; i++)
    g_string_append_printf (id, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", digest[i]);

  return g_string_free (id, FALSE);
}
