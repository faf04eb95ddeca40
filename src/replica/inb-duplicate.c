#define G_LOG_DOMAIN "inb-replica"

#include "inb-duplicate.h"

static void
reason_free (gpointer data)
{
  InbDuplicateReason *self = data;

  g_free (self->key);
  g_free (self->value);
  g_free (self);
}

InbDuplicate *
inb_duplicate_new (void)
{
  InbDuplicate *self = g_new0 (InbDuplicate, 1);

  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->reasons = g_ptr_array_new_with_free_func (reason_free);

  return self;
}

void
inb_duplicate_free (InbDuplicate *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

/* Whether it says no more than another reason: who shares a number has a conflict about it, too. */
static gboolean
is_said (const InbDuplicate *self,
         InbDuplicateKind    kind,
         const char         *key,
         const char         *value)
{
  for (guint i = 0; i < self->reasons->len; i++)
    {
      const InbDuplicateReason *other = g_ptr_array_index (self->reasons, i);

      if (g_strcmp0 (other->value, value) != 0)
        continue;
      if ((other->kind == kind && g_strcmp0 (other->key, key) == 0) ||
          (kind == INB_DUPLICATE_CONFLICT && other->kind != INB_DUPLICATE_CONFLICT))
        return TRUE;
    }

  return FALSE;
}

/**
 * inb_duplicate_add_reason:
 * @key: (nullable): of a conflict
 * @value: (nullable): the number or address
 *
 * Adds it unless another one says it already.
 */
void
inb_duplicate_add_reason (InbDuplicate     *self,
                          InbDuplicateKind  kind,
                          const char       *key,
                          const char       *value)
{
  InbDuplicateReason *reason;

  g_return_if_fail (self != NULL);

  if (is_said (self, kind, key, value))
    return;

  reason = g_new0 (InbDuplicateReason, 1);
  reason->kind = kind;
  reason->key = g_strdup (key);
  reason->value = g_strdup (value);
  g_ptr_array_add (self->reasons, reason);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/**
 * inb_duplicate_dup_id:
 *
 * Returns: (transfer full): the ids of the contacts, sorted, with "+" between them
 */
char *
inb_duplicate_dup_id (const InbDuplicate *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->contacts->len; i++)
    g_ptr_array_add (ids, (gpointer) inb_row_get_key (g_ptr_array_index (self->contacts, i)));
  g_ptr_array_sort (ids, compare_texts);
  g_ptr_array_add (ids, NULL);

  return g_strjoinv ("+", (char **) ids->pdata);
}

void
inb_contact_share_free (InbContactShare *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->contact, inb_row_unref);
  g_ptr_array_unref (self->open_products);
  g_free (self);
}
