#define G_LOG_DOMAIN "inb-model"

#include "inb-field-pairs.h"

#include <string.h>

#define MAX_NAME 200 /* bytes; what is longer is text, not a name */

/* Of several candidates the first in these lists counts. */
static const char * const name_members[] = {
  "column_id", "name", "key", "label", "question", "field.ref", "field_name", "title", "field", "id", NULL
};
static const char * const value_members[] = {
  "value", "values", "string_value", "answer", NULL
};
/* What Typeform names after the type of the answer; only where the name comes from its own member. */
static const char * const typed_members[] = {
  "text", "choice.label", "choices.labels", "boolean", "number", "date", "url", "file_url", NULL
};
static const char * const label_members[] = {
  "column_name", "type", "position", "field.id", "field.type", NULL
};

#define REFERENCE "field.ref"
#define NO_RANK G_MAXINT

/* One object of a list. */
typedef struct {
  const char *name;       /* borrowed */
  int         name_rank;
  int         value_rank;
} Element;

typedef struct {
  Element    *element; /* borrowed from elements; NULL: not in a list */
  char       *member;  /* owned: the path below the element, without trailing indices */
  gsize       list_length;
} Place;

struct _InbFieldPairs {
  GHashTable *elements; /* Owned: path of the element → Element */
  Place      *places;   /* Owned, one for each field */
  guint       n_places;
};

static int
find_rank (const char * const *members,
           const char         *member)
{
  for (int i = 0; members[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (members[i], member) == 0)
        return i;
    }

  return NO_RANK;
}

static gboolean
is_index (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
    }

  return length > 0;
}

/* Cuts "a.0.values.1" to "a.0.values" and finds its last index: the element is "a.0", the list "a", the member "values". */
static gboolean
split_path (const char *path,
            gsize      *list_length,
            gsize      *element_length,
            gsize      *length)
{
  gsize end = strlen (path);
  gboolean at_tail = TRUE;

  *length = end;
  while (end > 0)
    {
      const char *dot = g_strrstr_len (path, (gssize) end, ".");
      gsize start = dot == NULL ? 0 : (gsize) (dot - path) + 1;

      if (!is_index (path + start, end - start))
        at_tail = FALSE;
      else if (!at_tail && start > 0)
        {
          *list_length = start - 1;
          *element_length = end;
          return TRUE;
        }
      else if (at_tail && start > 0)
        *length = start - 1;
      if (start == 0)
        break;
      end = start - 1;
    }

  return FALSE;
}

static Element *
get_element (InbFieldPairs *self,
             const char    *path,
             gsize          length)
{
  g_autofree char *key = g_strndup (path, length);
  Element *element = g_hash_table_lookup (self->elements, key);

  if (element == NULL)
    {
      element = g_new0 (Element, 1);
      element->name_rank = NO_RANK;
      element->value_rank = NO_RANK;
      g_hash_table_insert (self->elements, g_steal_pointer (&key), element);
    }

  return element;
}

static void
add_field (InbFieldPairs *self,
           guint          index,
           const char    *path,
           const char    *value)
{
  Place *place = &self->places[index];
  gsize element_length, length;
  int rank;

  if (!split_path (path, &place->list_length, &element_length, &length))
    return;

  place->element = get_element (self, path, element_length);
  place->member = g_strndup (path + element_length + 1, length - element_length - 1);
  rank = find_rank (name_members, place->member);
  if (rank < place->element->name_rank && *value != '\0' && strlen (value) <= MAX_NAME)
    {
      place->element->name = value;
      place->element->name_rank = rank;
    }
  rank = find_rank (value_members, place->member);
  place->element->value_rank = MIN (place->element->value_rank, rank);
}

/**
 * inb_field_pairs_new:
 *
 * Returns: (transfer full) (nullable): the event's pairs
 */
InbFieldPairs *
inb_field_pairs_new (InbEvent *event)
{
  g_autoptr (InbFieldPairs) self = NULL;
  guint n_fields = inb_event_get_n_fields (event);

  for (guint i = 0; i < n_fields; i++)
    {
      const char *path = inb_event_get_path (event, i);

      if (strchr (path, '.') == NULL)
        continue;
      if (self == NULL)
        {
          self = g_new0 (InbFieldPairs, 1);
          self->elements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
          self->places = g_new0 (Place, n_fields);
          self->n_places = n_fields;
        }
      add_field (self, i, path, inb_event_get_value (event, i));
    }

  return g_steal_pointer (&self);
}

void
inb_field_pairs_free (InbFieldPairs *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->n_places; i++)
    g_free (self->places[i].member);
  g_free (self->places);
  g_hash_table_unref (self->elements);
  g_free (self);
}

/**
 * inb_field_pairs_get:
 * @self: (nullable): the pairs
 * @index: of a field of the event
 * @name: (out) (transfer none): set for %INB_PAIR_VALUE
 * @list_length: (out): bytes, set for %INB_PAIR_VALUE
 *
 * Returns: what the field is
 */
InbPairRole
inb_field_pairs_get (const InbFieldPairs  *self,
                     guint                 index,
                     const char          **name,
                     gsize                *list_length)
{
  const Place *place = self == NULL ? NULL : &self->places[index];
  const Element *element = place == NULL ? NULL : place->element;
  gboolean by_reference, is_value;

  if (element == NULL || element->name == NULL)
    return INB_PAIR_NONE;

  by_reference = element->name_rank == find_rank (name_members, REFERENCE);
  if (element->value_rank == NO_RANK && !by_reference)
    return INB_PAIR_NONE;

  if (element->value_rank != NO_RANK)
    is_value = find_rank (value_members, place->member) == element->value_rank;
  else
    is_value = find_rank (typed_members, place->member) != NO_RANK;
  if (is_value)
    {
      *name = element->name;
      *list_length = place->list_length;
      return INB_PAIR_VALUE;
    }
  if (find_rank (name_members, place->member) != NO_RANK || find_rank (label_members, place->member) != NO_RANK)
    return INB_PAIR_LABEL;

  return INB_PAIR_NONE;
}
