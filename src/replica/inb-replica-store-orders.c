#define G_LOG_DOMAIN "inb-replica"

#include "inb-replica-store-private.h"

#include "inb-replica-lead.h"
#include "inb-replica-schema.h"

#include <locale.h>

/**
 * inb_replica_store_sort_again:
 * @changed: (out): whether the locale was another
 *
 * Makes the names' sort keys anew if they were made in another locale.
 */
gboolean
inb_replica_store_sort_again (InbReplicaStore  *self,
                              gboolean         *changed,
                              GError          **error)
{
  const char *locale = setlocale (LC_COLLATE, NULL);
  g_autofree char *stored = NULL;

  *changed = FALSE;
  if (!inb_replica_store_check_open (self, error) || !inb_replica_meta_get (self->db, "locale", &stored, error))
    return FALSE;
  if (g_strcmp0 (stored, locale) == 0)
    return TRUE;

  if (!inb_sqlite_exec (self->db, "BEGIN IMMEDIATE", error) ||
      !inb_replica_store_end_transaction (self,
                        inb_replica_lead_sort_again (self->db, error) &&
                        inb_replica_meta_set (self->db, "locale", locale, error),
                        error))
    {
      g_prefix_error (error, "Sorting the names for %s: ", locale);
      return FALSE;
    }
  *changed = TRUE;

  return TRUE;
}

/**
 * inb_replica_store_add_order:
 * @number: of the index, less than %INB_REPLICA_N_ORDERS
 *
 * Makes one of the indexes that the end of the first sync would else make all at once.
 */
gboolean
inb_replica_store_add_order (InbReplicaStore  *self,
                             guint             number,
                             GError          **error)
{
  if (inb_replica_store_check_open (self, error) && inb_replica_schema_add_order (self->db, number, error))
    return TRUE;

  g_prefix_error (error, "Making an index: ");

  return FALSE;
}
