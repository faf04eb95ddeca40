#define G_LOG_DOMAIN "inb-service"

#include "inb-write-set.h"

#include "inb-contact-keys.h"
#include "inb-json.h"
#include "inb-row-defaults.h"

typedef struct {
  InbRow *original; /* what is stored, or NULL for a new row */
  InbRow *row;
} Entry;

struct _InbWriteSet {
  /* Owned */
  char       *workspace_id;
  char       *region;
  GTimeZone  *timezone;
  GPtrArray  *entries[INB_N_KINDS]; /* Entry, in order of their change_seq; NULL without any */
  GHashTable *by_key[INB_N_KINDS];  /* the row's id → Entry */
  InbLeadCounts *counts;
};

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->original, inb_row_unref);
  g_clear_pointer (&entry->row, inb_row_unref);
  g_free (entry);
}

InbWriteSet *
inb_write_set_new (const char *workspace_id,
                   GTimeZone  *timezone)
{
  InbWriteSet *self = g_new0 (InbWriteSet, 1);

  self->workspace_id = g_strdup (workspace_id);
  self->timezone = g_time_zone_ref (timezone);

  return self;
}

void
inb_write_set_set_region (InbWriteSet *self,
                          const char  *region)
{
  g_return_if_fail (self != NULL);

  g_free (self->region);
  self->region = g_strdup (region);
}

void
inb_write_set_free (InbWriteSet *self)
{
  if (self == NULL)
    return;

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      g_clear_pointer (&self->by_key[kind], g_hash_table_unref);
      g_clear_pointer (&self->entries[kind], g_ptr_array_unref);
    }
  g_clear_pointer (&self->counts, inb_lead_counts_free);
  g_time_zone_unref (self->timezone);
  g_free (self->region);
  g_free (self->workspace_id);
  g_free (self);
}

/**
 * inb_write_set_put:
 * @original: (nullable): the row as it is stored, or %NULL when it is new
 * @row: the row as it is to be stored
 *
 * A row that was put before is replaced; its first @original counts. A new row gets the defaults of its kind.
 */
void
inb_write_set_put (InbWriteSet *self,
                   InbRow      *original,
                   InbRow      *row)
{
  InbKind kind = inb_row_get_kind (row);
  Entry *entry;

  g_return_if_fail (self != NULL && inb_row_get_key (row) != NULL);

  if (self->entries[kind] == NULL)
    {
      self->entries[kind] = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
      self->by_key[kind] = g_hash_table_new (g_str_hash, g_str_equal);
    }

  entry = g_hash_table_lookup (self->by_key[kind], inb_row_get_key (row));
  if (original == NULL)
    inb_row_fill_defaults (row);
  if (entry != NULL)
    {
      /* The key of the table is the old row's own text: move it to the new row's. */
      g_hash_table_remove (self->by_key[kind], inb_row_get_key (row));
      inb_row_unref (entry->row);
      entry->row = inb_row_ref (row);
    }
  else
    {
      entry = g_new0 (Entry, 1);
      entry->original = original == NULL ? NULL : inb_row_ref (original);
      entry->row = inb_row_ref (row);
      g_ptr_array_add (self->entries[kind], entry);
    }
  g_hash_table_insert (self->by_key[kind], (char *) inb_row_get_key (row), entry);
}

/**
 * inb_write_set_number:
 * @head: the workspace's last change_seq, under its lock
 *
 * Gives every row its change_seq, without gaps: parents before children.
 *
 * Returns: the new head
 */
gint64
inb_write_set_number (InbWriteSet *self,
                      gint64       head)
{
  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      GPtrArray *entries = self->entries[kind];

      for (guint i = 0; entries != NULL && i < entries->len; i++)
        {
          Entry *entry = g_ptr_array_index (entries, i);

          inb_row_set_integer (entry->row, (guint) inb_kind_get_seq_column (kind), ++head);
        }
    }

  return head;
}

/**
 * inb_write_set_resolve:
 * @names: the names that count on their own
 * @db: in pipeline mode, inside the transaction
 *
 * Prepares the roll-up; may ask the database.
 *
 * Returns: %FALSE when that failed
 */
gboolean
inb_write_set_resolve (InbWriteSet        *self,
                       InbLeadCountNames  *names,
                       InbDb              *db,
                       GError            **error)
{
  GPtrArray *leads = self->entries[INB_KIND_LEAD];

  g_clear_pointer (&self->counts, inb_lead_counts_free);
  self->counts = inb_lead_counts_new (self->workspace_id, self->timezone);
  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      Entry *entry = g_ptr_array_index (leads, i);

      inb_lead_counts_add (self->counts, entry->original, entry->row);
    }

  return inb_lead_counts_resolve (self->counts, names, db, error);
}

/* What is referred to goes before what refers to it. */
static const InbKind send_order[] = {
  INB_KIND_WORKSPACE, INB_KIND_TEAM, INB_KIND_MEMBER, INB_KIND_STAGE, INB_KIND_FIELD_DEFINITION, INB_KIND_WEBHOOK, INB_KIND_VIEW,
  INB_KIND_CONTACT, INB_KIND_LEAD, INB_KIND_ACTIVITY, INB_KIND_TOMBSTONE,
};

G_STATIC_ASSERT (G_N_ELEMENTS (send_order) == INB_N_KINDS);

static gboolean
send_kind (InbWriteSet   *self,
           InbKind        kind,
           InbDb         *db,
           InbRowWriter  *writer,
           guint         *n_statements,
           GError       **error)
{
  g_autoptr (GPtrArray) inserted = g_ptr_array_new ();
  g_autoptr (GPtrArray) originals = g_ptr_array_new ();
  g_autoptr (GPtrArray) updated = g_ptr_array_new ();

  for (guint i = 0; i < self->entries[kind]->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries[kind], i);

      if (entry->original == NULL)
        {
          g_ptr_array_add (inserted, entry->row);
          continue;
        }
      g_ptr_array_add (originals, entry->original);
      g_ptr_array_add (updated, entry->row);
    }

  return (inserted->len == 0 || inb_row_writer_send_insert (writer, db, kind, inserted, n_statements, error))
         && (updated->len == 0
             || inb_row_writer_send_update (writer, db, kind, originals, updated, n_statements, error));
}

static gboolean
send_contact_keys (InbWriteSet  *self,
                   InbDb        *db,
                   guint        *n_statements,
                   GError      **error)
{
  GPtrArray *contacts = self->entries[INB_KIND_CONTACT];

  for (guint i = 0; contacts != NULL && i < contacts->len; i++)
    {
      Entry *entry = g_ptr_array_index (contacts, i);

      if (!inb_contact_keys_send (db, self->region, entry->original, entry->row, n_statements, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * inb_write_set_send:
 * @db: in pipeline mode, inside the transaction
 * @n_statements: (inout): counted up by the statements sent
 *
 * Sends the rows and the roll-up; after inb_write_set_number() and inb_write_set_resolve().
 *
 * Returns: whether they were sent
 */
gboolean
inb_write_set_send (InbWriteSet   *self,
                    InbDb         *db,
                    InbRowWriter  *writer,
                    guint         *n_statements,
                    GError       **error)
{
  g_return_val_if_fail (self->counts != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (send_order); i++)
    {
      if (self->entries[send_order[i]] != NULL && !send_kind (self, send_order[i], db, writer, n_statements, error))
        return FALSE;
    }

  return send_contact_keys (self, db, n_statements, error) && inb_lead_counts_send (self->counts, db, n_statements, error);
}

/* A view is its owner's alone until it is shared, and was until now when it ceases to be. */
static gboolean
has_private_rows (InbWriteSet *self)
{
  GPtrArray *views = self->entries[INB_KIND_VIEW];

  for (guint i = 0; views != NULL && i < views->len; i++)
    {
      Entry *entry = g_ptr_array_index (views, i);

      if (!inb_row_get_boolean (entry->row, INB_VIEW_IS_SHARED))
        return TRUE;
    }

  return FALSE;
}

/**
 * inb_write_set_to_json:
 * @max_length: give up beyond so many bytes
 *
 * Returns: (transfer full) (nullable): the feed's form of the rows, an array of {"kind", "row"} in order of change_seq, or
 *   %NULL when it is longer than @max_length or not for every member
 */
GString *
inb_write_set_to_json (InbWriteSet *self,
                       gsize        max_length)
{
  g_autoptr (GString) json = g_string_new ("[");

  if (has_private_rows (self))
    return NULL;

  for (guint kind = 0; kind < INB_N_KINDS; kind++)
    {
      GPtrArray *entries = self->entries[kind];

      for (guint i = 0; entries != NULL && i < entries->len; i++)
        {
          Entry *entry = g_ptr_array_index (entries, i);

          if (json->len > 1)
            g_string_append_c (json, ',');
          g_string_append_c (json, '{');
          inb_json_append_member (json, "kind", inb_kind_get_name (kind));
          inb_json_append_name (json, "row");
          inb_row_append_json (entry->row, FALSE, json);
          g_string_append_c (json, '}');
          if (json->len > max_length)
            return NULL;
        }
    }
  g_string_append_c (json, ']');

  return g_steal_pointer (&json);
}
