#define G_LOG_DOMAIN "inb-service"

#include "inb-edit-identity.h"

#include "inb-contact-match.h"
#include "inb-contact-phone.h"
#include "inb-db-array.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-mail.h"
#include "inb-sql.h"

#include <string.h>

enum { PERSON_KEY, PERSON_VALUE, PERSON_ID };

/* A match key that may belong to two people. */
typedef struct {
  const char *name;       /* in conflicts, and in the statement's result */
  guint       column;
  GHashTable *holders;    /* value → GPtrArray of InbRow: the changed contacts that got it */
} Key;

/**
 * inb_edit_derive_contact:
 * @contact: was edited
 * @region: a string
 */
void
inb_edit_derive_contact (InbRow   *contact,
                         gpointer  region)
{
  const char *email = inb_row_get (contact, INB_CONTACT_EMAIL);

  inb_contact_phone_derive (contact, region);
  inb_row_take (contact, INB_CONTACT_EMAIL_NORM, email == NULL ? NULL : inb_mail_normalize (email));
  inb_row_take (contact, INB_CONTACT_NAME_FOLDED,
                inb_fold_name (inb_row_get (contact, INB_CONTACT_FIRSTNAME), inb_row_get (contact, INB_CONTACT_LASTNAME)));
}

/* The contacts whose key is another one than is stored. */
static void
collect_holders (Key       *key,
                 InbRowSet *rows,
                 GPtrArray *changed)
{
  for (guint i = 0; i < changed->len; i++)
    {
      InbRow *row = g_ptr_array_index (changed, i);
      const char *value = inb_row_get_kind (row) == INB_KIND_CONTACT ? inb_row_get (row, key->column) : NULL;
      InbRow *original;
      GPtrArray *holders;

      if (value == NULL || inb_row_get (row, INB_CONTACT_DELETED_AT) != NULL)
        continue;
      original = inb_row_set_find_original (rows, INB_KIND_CONTACT, inb_row_get_key (row));
      if (original != NULL && g_strcmp0 (inb_row_get (original, key->column), value) == 0)
        continue;

      holders = g_hash_table_lookup (key->holders, value);
      if (holders == NULL)
        {
          holders = g_ptr_array_new ();
          g_hash_table_insert (key->holders, (char *) value, holders);
        }
      g_ptr_array_add (holders, row);
    }
}

static void
append_holders (const Key *key,
                GString   *values,
                GString   *ids)
{
  GHashTableIter iter;
  gpointer value, holders;

  g_hash_table_iter_init (&iter, key->holders);
  while (g_hash_table_iter_next (&iter, &value, &holders))
    {
      for (guint i = 0; i < ((GPtrArray *) holders)->len; i++)
        {
          inb_db_array_append (values, value);
          inb_db_array_append (ids, inb_row_get_key (g_ptr_array_index ((GPtrArray *) holders, i)));
        }
    }
  g_string_append_c (values, '}');
  g_string_append_c (ids, '}');
}

static void
note (InbRow     *contact,
      const char *key,
      const char *value,
      const char *other_id)
{
  g_autoptr (InbRow) nothing = inb_row_new (INB_KIND_CONTACT);
  g_autoptr (GString) conflicts = g_string_new ("[{");

  inb_json_append_member (conflicts, "key", key);
  inb_json_append_member (conflicts, "value", value);
  inb_json_append_member (conflicts, "contact_id", other_id);
  g_string_append (conflicts, "}]");
  inb_contact_merge (contact, nothing, conflicts->str);
}

/* Two contacts of one transaction that got the same key. */
static void
note_among_holders (const Key *key)
{
  GHashTableIter iter;
  gpointer value, holders;

  g_hash_table_iter_init (&iter, key->holders);
  while (g_hash_table_iter_next (&iter, &value, &holders))
    {
      GPtrArray *contacts = holders;

      for (guint i = 1; i < contacts->len; i++)
        note (g_ptr_array_index (contacts, i), key->name, value, inb_row_get_key (g_ptr_array_index (contacts, 0)));
    }
}

/* What is stored of another person may have changed in the same transaction. */
static gboolean
still_has (InbRowSet  *rows,
           const char *id,
           const Key  *key,
           const char *value)
{
  InbRow *other = inb_row_set_find (rows, INB_KIND_CONTACT, id);

  return other == NULL || (inb_row_get (other, INB_CONTACT_DELETED_AT) == NULL &&
                           g_strcmp0 (inb_row_get (other, key->column), value) == 0);
}

static void
note_stored (const Key      *key,
             InbRowSet      *rows,
             const PGresult *result)
{
  for (int row = 0; row < PQntuples (result); row++)
    {
      const char *value = PQgetvalue (result, row, PERSON_VALUE);
      const char *other_id = PQgetvalue (result, row, PERSON_ID);
      GPtrArray *holders = strcmp (PQgetvalue (result, row, PERSON_KEY), key->name) == 0
                             ? g_hash_table_lookup (key->holders, value) : NULL;

      for (guint i = 0; holders != NULL && i < holders->len; i++)
        {
          InbRow *contact = g_ptr_array_index (holders, i);

          if (strcmp (inb_row_get_key (contact), other_id) != 0 && still_has (rows, other_id, key, value))
            note (contact, key->name, value, other_id);
        }
    }
}

static gboolean
find_people (Key         *keys,
             InbRowSet   *rows,
             InbDb       *db,
             const char  *workspace_id,
             GError     **error)
{
  g_autoptr (GString) phones = g_string_new ("{");
  g_autoptr (GString) phone_ids = g_string_new ("{");
  g_autoptr (GString) emails = g_string_new ("{");
  g_autoptr (GString) email_ids = g_string_new ("{");
  g_autoptr (PGresult) result = NULL;
  const char *params[5] = { workspace_id };

  append_holders (&keys[0], phones, phone_ids);
  append_holders (&keys[1], emails, email_ids);
  params[1] = phones->str;
  params[2] = phone_ids->str;
  params[3] = emails->str;
  params[4] = email_ids->str;
  if (!inb_db_send (db, inb_sql_get ("edit/find-people"), G_N_ELEMENTS (params), params, error))
    return FALSE;
  result = inb_db_receive (db, error);
  for (guint i = 0; result != NULL && i < 2; i++)
    note_stored (&keys[i], rows, result);

  return result != NULL;
}

/**
 * inb_edit_note_identities:
 * @rows: as the mutations left them; the contacts that were put may get more
 *
 * A number or an address that another contact has is allowed: two people may share one. That it is so is noted, as intake does.
 *
 * Returns: %FALSE when the database could not be asked
 */
gboolean
inb_edit_note_identities (InbRowSet   *rows,
                          InbDb       *db,
                          const char  *workspace_id,
                          GError     **error)
{
  Key keys[] = { { "phone", INB_CONTACT_PHONE_E164, NULL }, { "email", INB_CONTACT_EMAIL_NORM, NULL } };
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (rows);
  guint n_values = 0;
  gboolean success = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      keys[i].holders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
      collect_holders (&keys[i], rows, changed);
      n_values += g_hash_table_size (keys[i].holders);
    }

  if (n_values > 0)
    success = find_people (keys, rows, db, workspace_id, error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (success)
        note_among_holders (&keys[i]);
      g_hash_table_unref (keys[i].holders);
    }

  return success;
}
