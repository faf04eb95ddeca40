#define G_LOG_DOMAIN "inb-model"

#include "inb-field-map.h"

#include "inb-error.h"
#include "inb-field-defaults.h"
#include "inb-field-pairs.h"
#include "inb-intake-builder.h"
#include "inb-json.h"

#include <string.h>

#define MAX_ENTRIES 2000
#define MAX_SPELLING 80 /* bytes of a path member that can be a spelling of ours */

struct _InbFieldMap {
  gatomicrefcount  refs;

  /* Owned */
  JsonNode        *node;    /* what the targets' custom keys and the paths are borrowed from */
  GHashTable      *targets; /* path → InbFieldTarget (owned) */
};

/* In the order that fields are taken in: the webhook's own mapping, then what is sure, then what needs company. */
typedef enum {
  RANK_MAPPED,
  RANK_CLEAR,
  RANK_COMPANY,
  RANK_NONE
} Rank;

typedef struct {
  const char           *path;
  const char           *value;
  const char           *name;             /* the last member, or a pair's name */
  gsize                 name_length;
  gsize                 container_length; /* of path: what stands before the name, without the dot */
  gboolean              is_pair;
  Rank                  rank;
  const InbFieldTarget *target;
  InbSpellingKind       kind;
} Field;

/* One event on its way through a map. */
typedef struct {
  InbFieldMap      *map;     /* borrowed */
  InbEvent         *event;   /* borrowed */
  GHashTable       *aliases; /* owned: value (by pointer) → target, for paths that the event knows by another name */
  GString          *key;     /* owned: scratch */
  InbIntakeBuilder *builder; /* owned */
  const Field      *identity; /* the field that gave the first phone or mail */
  GArray           *fields;  /* owned, of Field */
} Pass;

static gboolean
add_targets (InbFieldMap  *self,
             JsonObject   *object,
             GError      **error)
{
  JsonObjectIter iter;
  const char *path;
  JsonNode *value;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &path, &value))
    {
      InbFieldTarget target;

      if (json_node_get_value_type (value) != G_TYPE_STRING)
        {
          g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Field mapping: the field of “%s” is not text", path);
          return FALSE;
        }
      if (!inb_field_target_parse (json_node_get_string (value), &target, error))
        return FALSE;
      g_hash_table_insert (self->targets, (char *) path, g_memdup2 (&target, sizeof target));
    }

  return TRUE;
}

/**
 * inb_field_map_new:
 * @json: (nullable): the stored form, an object of path → target
 *
 * Returns: (transfer full) (nullable): an immutable map, or %NULL with %INB_ERROR_INVALID_ARGUMENT
 */
InbFieldMap *
inb_field_map_new (const char  *json,
                   GError     **error)
{
  g_autoptr (InbFieldMap) self = g_new0 (InbFieldMap, 1);
  g_autoptr (GError) local_error = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->targets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  if (json == NULL)
    return g_steal_pointer (&self);

  self->node = inb_json_parse (json, strlen (json), &local_error);
  if (self->node == NULL)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "Field mapping: %s", local_error->message);
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (self->node) || json_object_get_size (json_node_get_object (self->node)) > MAX_ENTRIES)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                   "Field mapping: not a JSON object of at most %d paths", MAX_ENTRIES);
      return NULL;
    }
  if (!add_targets (self, json_node_get_object (self->node), error))
    return NULL;

  return g_steal_pointer (&self);
}

InbFieldMap *
inb_field_map_ref (InbFieldMap *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);

  return self;
}

void
inb_field_map_unref (InbFieldMap *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_hash_table_unref (self->targets);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self);
}

static const InbSpelling *
find_spelling (Pass       *pass,
               const char *text,
               gsize       length)
{
  if (length == 0 || length > MAX_SPELLING)
    return NULL;

  g_string_truncate (pass->key, 0);
  inb_spelling_fold (text, length, pass->key);

  return inb_spelling_find (pass->key->str);
}

/* The last member before @end bytes of @path; @before gets the length of what stands before it. */
static const char *
last_member (const char *path,
             gsize       end,
             gsize      *length,
             gsize      *before)
{
  const char *dot = g_strrstr_len (path, (gssize) end, ".");
  gsize start = dot == NULL ? 0 : (gsize) (dot - path) + 1;

  *length = end - start;
  *before = dot == NULL ? 0 : start - 1;

  return path + start;
}

/* "product.name" means more than "name". */
static const InbSpelling *
find_spelling_of_two (Pass        *pass,
                      const Field *field)
{
  gsize length, before;
  const char *parent;

  if (field->container_length == 0 || field->is_pair)
    return NULL;

  parent = last_member (field->path, field->container_length, &length, &before);
  if (length == 0 || length + field->name_length > MAX_SPELLING)
    return NULL;
  g_string_truncate (pass->key, 0);
  inb_spelling_fold (parent, length, pass->key);
  g_string_append_c (pass->key, '.');
  inb_spelling_fold (field->name, field->name_length, pass->key);

  return inb_spelling_find (pass->key->str);
}

/* Somebody else's phone is not the lead's. */
static gboolean
is_foreign (Pass        *pass,
            const Field *field)
{
  gsize end = field->container_length;

  while (end > 0)
    {
      gsize length;
      const char *member = last_member (field->path, end, &length, &end);

      if (length > MAX_SPELLING)
        continue;
      g_string_truncate (pass->key, 0);
      inb_spelling_fold (member, length, pass->key);
      if (inb_spelling_is_foreign (pass->key->str))
        return TRUE;
    }

  return FALSE;
}

static void
take_spelling (Pass              *pass,
               Field             *field,
               const InbSpelling *spelling)
{
  if (spelling == NULL || (spelling->target.kind != INB_TARGET_IGNORE && is_foreign (pass, field)))
    return;

  field->target = &spelling->target;
  field->kind = spelling->kind;
  field->rank = spelling->kind == INB_SPELLING_CLEAR ? RANK_CLEAR : RANK_COMPANY;
}

static void
classify_by_spelling (Pass  *pass,
                      Field *field)
{
  const InbSpelling *spelling = find_spelling_of_two (pass, field);
  gsize length, before;

  if (spelling != NULL)
    {
      /* Says itself what it belongs to. */
      field->target = &spelling->target;
      field->kind = spelling->kind;
      field->rank = RANK_CLEAR;
      return;
    }

  /* {"email": {"value": …, "title": …}}: the parent is the name. */
  if (!field->is_pair && field->container_length > 0 && field->name_length == strlen ("value") &&
      g_ascii_strncasecmp (field->name, "value", field->name_length) == 0)
    {
      const char *parent = last_member (field->path, field->container_length, &length, &before);

      spelling = find_spelling (pass, parent, length);
      if (spelling != NULL)
        {
          field->name = parent;
          field->name_length = length;
          field->container_length = before;
        }
    }
  if (spelling == NULL)
    spelling = find_spelling (pass, field->name, field->name_length);
  take_spelling (pass, field, spelling);
}

static const InbFieldTarget *
find_pair_target (Pass        *pass,
                  const Field *field)
{
  if (g_hash_table_size (pass->map->targets) == 0)
    return NULL;

  g_string_truncate (pass->key, 0);
  g_string_append_len (pass->key, field->path, (gssize) field->container_length);
  g_string_append_c (pass->key, '.');
  g_string_append (pass->key, field->name);

  return g_hash_table_lookup (pass->map->targets, pass->key->str);
}

static gboolean
is_number (const Field *field)
{
  return strspn (field->name, "0123456789") >= field->name_length;
}

/* The values of one list belong together: "colors.0" and "colors.1" are both called "colors". But forms number their
 * fields too: "1.3" is a name of its own. */
static void
name_field (Field *field)
{
  gsize length, before;

  field->name = last_member (field->path, strlen (field->path), &field->name_length, &field->container_length);
  if (field->container_length == 0 || !is_number (field))
    return;

  field->name = last_member (field->path, field->container_length, &length, &before);
  field->name_length = length;
  field->container_length = before;
  if (is_number (field))
    field->name = last_member (field->path, strlen (field->path), &field->name_length, &field->container_length);
}

/* What a field of the event is: its name, where it stands, and what it may mean. */
static void
classify (Pass                *pass,
          const InbFieldPairs *pairs,
          guint                index)
{
  Field field = { inb_event_get_path (pass->event, index), inb_event_get_value (pass->event, index), };
  InbPairRole role = inb_field_pairs_get (pairs, index, &field.name, &field.container_length);

  if (*field.value == '\0')
    return;

  field.rank = RANK_NONE;
  field.target = g_hash_table_lookup (pass->map->targets, field.path);
  if (field.target == NULL && pass->aliases != NULL)
    field.target = g_hash_table_lookup (pass->aliases, field.value);
  if (role == INB_PAIR_LABEL && field.target == NULL)
    return;

  if (role == INB_PAIR_VALUE)
    {
      field.is_pair = TRUE;
      field.name_length = strlen (field.name);
      if (field.target == NULL)
        field.target = find_pair_target (pass, &field);
    }
  else
    {
      name_field (&field);
    }

  if (field.target != NULL)
    field.rank = RANK_MAPPED;
  else
    classify_by_spelling (pass, &field);
  g_array_append_val (pass->fields, field);
}

static gboolean
is_beside_identity (const Pass  *pass,
                    const Field *field)
{
  const Field *identity = pass->identity;

  return identity != NULL && identity->container_length == field->container_length &&
         strncmp (identity->path, field->path, field->container_length) == 0;
}

/* Whether a spelling that could mean many things stands where it means the person or the event. */
static gboolean
has_company (Pass        *pass,
             const Field *field)
{
  gsize length, before;
  const char *parent;

  if (is_beside_identity (pass, field))
    return TRUE;
  if (field->container_length == 0)
    return field->kind == INB_SPELLING_EVENT || pass->identity == NULL;

  parent = last_member (field->path, field->container_length, &length, &before);
  if (length > MAX_SPELLING)
    return FALSE;
  g_string_truncate (pass->key, 0);
  inb_spelling_fold (parent, length, pass->key);

  return inb_spelling_is_person (pass->key->str) ||
         (field->kind == INB_SPELLING_EVENT && inb_spelling_is_wrapper (pass->key->str));
}

static gboolean
is_identity (const InbFieldTarget *target)
{
  return target->kind == INB_TARGET_CONTACT &&
         (target->column == INB_CONTACT_PHONE || target->column == INB_CONTACT_EMAIL);
}

static void
assign_rank (Pass *pass,
             Rank  rank)
{
  for (guint i = 0; i < pass->fields->len; i++)
    {
      Field *field = &g_array_index (pass->fields, Field, i);

      if (field->rank != rank)
        continue;
      if (rank == RANK_COMPANY && !has_company (pass, field))
        field->target = NULL;
      if (field->target == NULL || !inb_intake_builder_assign (pass->builder, field->target, field->value))
        {
          field->rank = RANK_NONE;
          continue;
        }
      if (pass->identity == NULL && is_identity (field->target))
        pass->identity = field;
    }
}

static void
keep_the_rest (Pass *pass)
{
  for (guint i = 0; i < pass->fields->len; i++)
    {
      const Field *field = &g_array_index (pass->fields, Field, i);
      gsize length = (gsize) (field->name - field->path) + field->name_length;

      if (field->rank != RANK_NONE)
        continue;
      if (field->is_pair)
        inb_intake_builder_add_custom (pass->builder, field->name, field->name_length, field->value);
      else
        inb_intake_builder_add_custom (pass->builder, field->path, length, field->value);
    }
}

/* An event answers to some paths with and without the index of a one-element list; its fields carry one of them. */
static GHashTable *
find_aliases (InbFieldMap *self,
              InbEvent    *event)
{
  GHashTable *aliases = NULL;
  GHashTableIter iter;
  gpointer path, target;

  g_hash_table_iter_init (&iter, self->targets);
  while (g_hash_table_iter_next (&iter, &path, &target))
    {
      const char *value = inb_event_find (event, path);

      if (value == NULL)
        continue;
      if (aliases == NULL)
        aliases = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (aliases, (char *) value, target);
    }

  return aliases;
}

/**
 * inb_field_map_apply:
 *
 * Any thread. The time it takes grows with the number of fields, not with its square.
 *
 * Returns: (transfer full) (nullable): what the event says, or %NULL with %INB_ERROR_IDENTITY_MISSING
 */
InbIntake *
inb_field_map_apply (InbFieldMap  *self,
                     InbEvent     *event,
                     GError      **error)
{
  g_autoptr (InbFieldPairs) pairs = NULL;
  guint n_fields;
  Pass pass = { self, event, };
  InbIntake *intake;

  g_return_val_if_fail (self != NULL && event != NULL, NULL);

  n_fields = inb_event_get_n_fields (event);
  pairs = inb_field_pairs_new (event);
  pass.aliases = find_aliases (self, event);
  pass.key = g_string_sized_new (MAX_SPELLING);
  pass.builder = inb_intake_builder_new ();
  pass.fields = g_array_sized_new (FALSE, FALSE, sizeof (Field), n_fields);
  for (guint i = 0; i < n_fields; i++)
    classify (&pass, pairs, i);
  for (Rank rank = RANK_MAPPED; rank < RANK_NONE; rank++)
    assign_rank (&pass, rank);
  keep_the_rest (&pass);
  intake = inb_intake_builder_finish (pass.builder, error);

  g_array_unref (pass.fields);
  g_string_free (pass.key, TRUE);
  g_clear_pointer (&pass.aliases, g_hash_table_unref);

  return intake;
}
