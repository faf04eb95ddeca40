#define G_LOG_DOMAIN "inb-replica"

#include "inb-contact-list.h"

#include "inb-lead-person.h"
#include "inb-search-text.h"
#include "inb-time.h"

#include <string.h>

#define ROWS_PER_CHECK 1024

typedef struct {
  InbLeadPerson person;
  char         *company_key;  /* what the locale sorts by; NULL = not made yet, or none */
  gint64        rowid;
  gint64        created_at;
} Contact;

struct _InbContactList {
  /* Owned */
  GPtrArray *contacts; /* (element-type Contact), newest first */
};

static void
contact_free (Contact *contact)
{
  inb_lead_person_clear (&contact->person);
  g_free (contact->company_key);
  g_free (contact);
}

static int
compare_newest (const Contact *a,
                const Contact *b)
{
  if (a->created_at != b->created_at)
    return a->created_at > b->created_at ? -1 : 1;

  return (a->rowid < b->rowid) - (a->rowid > b->rowid);
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  return compare_newest (*(Contact * const *) a, *(Contact * const *) b);
}

static GArray *
find_alone (InbSqlite     *db,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GArray) rowids = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contacts-alone", error);
  gboolean is_row;

  if (statement == NULL)
    return NULL;

  while (inb_sqlite_next (db, statement, &is_row, error))
    {
      gint64 rowid;

      if (!is_row)
        return g_steal_pointer (&rowids);
      rowid = sqlite3_column_int64 (statement, 0);
      g_array_append_val (rowids, rowid);
      if (rowids->len % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          sqlite3_reset (statement);
          return NULL;
        }
    }

  return NULL;
}

/* Deleted ones are left out. */
static gboolean
add_contact (InbContactList  *self,
             InbSqlite       *db,
             gint64           rowid,
             GError         **error)
{
  sqlite3_stmt *statement = inb_sqlite_prepare (db, "contact-alone", error);
  gboolean is_row;

  if (statement == NULL)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, rowid);
  if (!inb_sqlite_next (db, statement, &is_row, error))
    return FALSE;

  if (is_row)
    {
      Contact *contact = g_new0 (Contact, 1);

      contact->rowid = rowid;
      contact->created_at = sqlite3_column_type (statement, 0) == SQLITE_NULL ? INB_TIME_NONE : sqlite3_column_int64 (statement, 0);
      inb_lead_person_take_columns (&contact->person, statement, 1);
      g_ptr_array_add (self->contacts, contact);
    }
  sqlite3_reset (statement);

  return TRUE;
}

/**
 * inb_contact_list_new:
 *
 * Returns: (transfer full) (nullable): the contacts as they are in the caller's transaction
 */
InbContactList *
inb_contact_list_new (InbSqlite     *db,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (InbContactList) self = NULL;
  g_autoptr (GArray) rowids = find_alone (db, cancellable, error);

  if (rowids == NULL)
    return NULL;

  self = g_new0 (InbContactList, 1);
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) contact_free);
  for (guint i = 0; i < rowids->len; i++)
    {
      if (!add_contact (self, db, g_array_index (rowids, gint64, i), error))
        return NULL;
      if (i % ROWS_PER_CHECK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }
  g_ptr_array_sort (self->contacts, compare_created);

  return g_steal_pointer (&self);
}

void
inb_contact_list_free (InbContactList *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->contacts);
  g_free (self);
}

static const char *
get_key (Contact     *contact,
         InbLeadSort  sort)
{
  const InbLeadPerson *person = &contact->person;

  switch (sort)
    {
    case INB_LEAD_SORT_NAME:
      return person->sort_key;

    case INB_LEAD_SORT_PHONE:
      return person->phone;

    case INB_LEAD_SORT_EMAIL:
      return person->email;

    case INB_LEAD_SORT_COMPANY:
      if (contact->company_key == NULL && person->company != NULL)
        contact->company_key = g_utf8_collate_key (person->company, -1);
      return contact->company_key;

    default: /* what only leads have */
      return NULL;
    }
}

/* Without a value last in both directions; the sort is stable, so that equal ones stay newest first. */
static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const InbLeadQuery *query = user_data;
  const char *one = get_key (*(Contact * const *) a, query->sort);
  const char *other = get_key (*(Contact * const *) b, query->sort);
  int result;

  if (one == NULL || other == NULL)
    return (one == NULL) - (other == NULL);

  result = query->sort == INB_LEAD_SORT_EMAIL ? g_ascii_strcasecmp (one, other) : strcmp (one, other);

  return query->descending ? -result : result;
}

static GPtrArray *
pick (InbContactList      *self,
      const InbLeadFilter *filter,
      gint64               now,
      GTimeZone           *timezone)
{
  g_autoptr (InbSearchTerms) terms = filter->text != NULL ? inb_search_terms_new (filter->text) : NULL;
  GPtrArray *picked = g_ptr_array_sized_new (self->contacts->len);
  gint64 from, to;

  inb_date_range_resolve (&filter->created, now, timezone, &from, &to);
  for (guint i = 0; i < self->contacts->len; i++)
    {
      Contact *contact = g_ptr_array_index (self->contacts, i);
      const char *text = contact->person.text;

      if (filter->created.kind != INB_DATE_RANGE_ANY &&
          (contact->created_at < from || contact->created_at >= to || contact->created_at == INB_TIME_NONE))
        continue;
      if (terms == NULL || inb_search_terms_match (terms, text, strlen (text)))
        g_ptr_array_add (picked, contact);
    }

  return picked;
}

/**
 * inb_contact_list_query:
 * @query: of its filter only the text and when they were created apply
 *
 * Returns: (transfer full) (element-type gint64): their row ids in order, less than 0
 */
GArray *
inb_contact_list_query (InbContactList     *self,
                        const InbLeadQuery *query,
                        gint64              now,
                        GTimeZone          *timezone)
{
  g_autoptr (GPtrArray) picked = pick (self, query->filter, now, timezone);
  GArray *rowids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), picked->len);
  gboolean backwards = query->sort == INB_LEAD_SORT_CREATED && !query->descending;

  if (query->sort != INB_LEAD_SORT_CREATED)
    g_qsort_with_data (picked->pdata, (int) picked->len, sizeof (gpointer), compare_keys, (gpointer) query);
  for (guint i = 0; i < picked->len; i++)
    {
      const Contact *contact = g_ptr_array_index (picked, backwards ? picked->len - 1 - i : i);
      gint64 rowid = -contact->rowid;

      g_array_append_val (rowids, rowid);
    }

  return rowids;
}
