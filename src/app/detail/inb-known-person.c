#define G_LOG_DOMAIN "inb-app"

#include "inb-known-person.h"

#include "inb-lead-query.h"
#include "inb-row.h"

#include <string.h>

#define LEAST_DIGITS 6    /* fewer are no number, and would be found in many */
#define MOST_PREFIX 4     /* digits of a country's code, with a 0 or two before it */
#define MAX_CANDIDATES 50 /* that have the same digits somewhere */

typedef struct {
  /* Owned */
  char     *typed;

  guint     column;
  gboolean  contacts;   /* the leads had it not */
} Search;

static void look (GTask *task);

static void
search_free (Search *search)
{
  g_free (search->typed);
  g_free (search);
}

/* --- whether it is the same --------------------------------------------------------------------------------------------- */

/* (transfer full) */
static char *
take_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);

  return g_string_free (digits, FALSE);
}

/* "+49 171 123" and "0171 123": one ends like the other, but for its prefix. */
static gboolean
is_same_number (const char *one,
                const char *other)
{
  g_autofree char *a = take_digits (one);
  g_autofree char *b = take_digits (other);
  const char *a_end = a + strspn (a, "0");
  const char *b_end = b + strspn (b, "0");
  gsize a_length = strlen (a_end);
  gsize b_length = strlen (b_end);

  if (MIN (a_length, b_length) < LEAST_DIGITS || MAX (a_length, b_length) - MIN (a_length, b_length) > MOST_PREFIX)
    return FALSE;

  return g_str_has_suffix (a_end, b_end) || g_str_has_suffix (b_end, a_end);
}

gboolean
inb_known_person_is (const InbLeadSummary *summary,
                     guint                 column,
                     const char           *typed)
{
  g_return_val_if_fail (summary != NULL && typed != NULL, FALSE);

  if (column == INB_CONTACT_PHONE)
    return summary->phone != NULL && is_same_number (summary->phone, typed);

  return summary->email != NULL && g_ascii_strcasecmp (summary->email, typed) == 0;
}

/* --- looking ------------------------------------------------------------------------------------------------------------ */

static void
look_elsewhere (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  if (search->contacts)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  search->contacts = TRUE;
  look (g_object_ref (task));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) summaries = inb_replica_load_finish (INB_REPLICA (source), result, &error);

  if (summaries == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < summaries->len; i++)
    {
      InbLeadSummary *summary = g_ptr_array_index (summaries, i);

      if (summary != NULL && inb_known_person_is (summary, search->column, search->typed))
        {
          g_task_return_pointer (task, inb_lead_summary_ref (summary), (GDestroyNotify) inb_lead_summary_unref);
          return;
        }
    }
  look_elsewhere (task);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_replica_query_finish (INB_REPLICA (source), result, &error);

  if (rowids == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (rowids->len == 0)
    look_elsewhere (task);
  else
    inb_replica_load_async (INB_REPLICA (source), (const gint64 *) (const void *) rowids->data, MIN (rowids->len, MAX_CANDIDATES),
                            g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

/* What is common to all ways to write a number is its end. (transfer full) */
static char *
make_text (const Search *search)
{
  g_autofree char *digits = NULL;
  gsize length;

  if (search->column != INB_CONTACT_PHONE)
    return g_strdup (search->typed);

  digits = take_digits (search->typed);
  length = strlen (digits);

  return g_strdup (digits + length - MIN (length, LEAST_DIGITS));
}

/* @task: (transfer full) */
static void
look (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autofree char *text = make_text (search);

  query->contacts = search->contacts;
  inb_lead_filter_set_text (query->filter, text);
  inb_replica_query_async (g_task_get_source_object (task), query, g_task_get_cancellable (task), on_found, task);
}

static gboolean
is_worth_looking (guint       column,
                  const char *typed)
{
  g_autofree char *digits = take_digits (typed);

  return column == INB_CONTACT_PHONE ? strlen (digits) >= LEAST_DIGITS : strchr (typed, '@') != NULL;
}

/**
 * inb_known_person_find_async:
 * @typed: as far as it has been typed
 */
void
inb_known_person_find_async (InbReplica          *replica,
                             guint                column,
                             const char          *typed,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;
  Search *search;

  g_return_if_fail (INB_IS_REPLICA (replica) && typed != NULL);

  task = g_task_new (replica, cancellable, callback, user_data);
  search = g_new0 (Search, 1);
  search->typed = g_strstrip (g_strdup (typed));
  search->column = column;
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  if (is_worth_looking (column, search->typed))
    {
      look (task);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
  g_object_unref (task);
}

InbLeadSummary *
inb_known_person_find_finish (InbReplica    *replica,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, replica), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
