#define G_LOG_DOMAIN "inb-service"

#include "inb-import-history.h"

#include "inb-db-array.h"
#include "inb-group-undo.h"
#include "inb-sql.h"

enum { FOUND_ID, FOUND_GROUP };

struct _InbImportHistory {
  /* Owned */
  char       *workspace_id;
  char       *user_id;
  GHashTable *pasts;  /* mutation id → InbImportPast */
};

InbImportHistory *
inb_import_history_new (const char *workspace_id,
                        const char *user_id)
{
  InbImportHistory *self = g_new0 (InbImportHistory, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->user_id = g_strdup (user_id);
  self->pasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
inb_import_history_free (InbImportHistory *self)
{
  g_free (self->workspace_id);
  g_free (self->user_id);
  g_hash_table_unref (self->pasts);
  g_free (self);
}

static PGresult *
find (InbImportHistory  *self,
      InbDb             *db,
      GHashTable        *ids,
      GError           **error)
{
  g_autofree char *array = inb_db_array_from_set (ids);
  const char *params[] = { self->workspace_id, self->user_id, array };

  return inb_db_send (db, inb_sql_get ("import/find-mutations"), G_N_ELEMENTS (params), params, error) ? inb_db_receive (db, error) : NULL;
}

/* Those of @found whose group was undone have the mutation that did it. */
static gboolean
load_undone (InbImportHistory  *self,
             InbDb             *db,
             const PGresult    *found,
             GError           **error)
{
  g_autoptr (GHashTable) undos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL); /* undo's id → id in @found */
  g_autoptr (PGresult) undone = NULL;

  for (int row = 0; row < PQntuples (found); row++)
    g_hash_table_insert (undos, inb_group_undo_make_id (PQgetvalue (found, row, FOUND_ID), PQgetvalue (found, row, FOUND_GROUP)),
                         PQgetvalue (found, row, FOUND_ID));
  if (g_hash_table_size (undos) == 0)
    return TRUE;

  undone = find (self, db, undos, error);
  for (int row = 0; undone != NULL && row < PQntuples (undone); row++)
    g_hash_table_insert (self->pasts, g_strdup (g_hash_table_lookup (undos, PQgetvalue (undone, row, FOUND_ID))),
                         GINT_TO_POINTER (INB_IMPORT_UNDONE));

  return undone != NULL;
}

gboolean
inb_import_history_load (InbImportHistory  *self,
                         InbDb             *db,
                         GHashTable        *ids,
                         GError           **error)
{
  g_autoptr (PGresult) found = NULL;

  if (g_hash_table_size (ids) == 0)
    return TRUE;

  found = find (self, db, ids, error);
  for (int row = 0; found != NULL && row < PQntuples (found); row++)
    g_hash_table_insert (self->pasts, g_strdup (PQgetvalue (found, row, FOUND_ID)), GINT_TO_POINTER (INB_IMPORT_STANDS));

  return found != NULL && load_undone (self, db, found, error);
}

InbImportPast
inb_import_history_get (InbImportHistory *self,
                        const char       *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (self->pasts, id));
}
