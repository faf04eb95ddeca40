#define G_LOG_DOMAIN "inb-app"

#include "inb-lead-checks.h"

struct _InbLeadChecks {
  /* Owned */
  GtkBitset *in;
  GtkBitset *out;     /* with all: those that were unchecked again */

  gboolean   all;
  gboolean   negative;
  guint      limit;   /* with all: the newest row there was; rows are numbered as they come */
};

/* Contacts without a lead have row ids below 0; a list holds either these or leads. */
static inline guint
number_of (gint64 rowid)
{
  return (guint) (rowid < 0 ? -rowid : rowid);
}

static inline gboolean
contains (InbLeadChecks *self,
          gint64         rowid)
{
  guint number = number_of (rowid);

  if (self->negative != (rowid < 0))
    return FALSE;
  if (self->all && number <= self->limit && !gtk_bitset_contains (self->out, number))
    return TRUE;

  return gtk_bitset_contains (self->in, number);
}

static inline gint64
rowid_at (GArray *rowids,
          guint   position)
{
  return g_array_index (rowids, gint64, position);
}

InbLeadChecks *
inb_lead_checks_new (void)
{
  InbLeadChecks *self = g_new0 (InbLeadChecks, 1);

  self->in = gtk_bitset_new_empty ();
  self->out = gtk_bitset_new_empty ();

  return self;
}

void
inb_lead_checks_free (InbLeadChecks *self)
{
  if (self == NULL)
    return;

  gtk_bitset_unref (self->in);
  gtk_bitset_unref (self->out);
  g_free (self);
}

gboolean
inb_lead_checks_contains (InbLeadChecks *self,
                          gint64         rowid)
{
  return contains (self, rowid);
}

void
inb_lead_checks_set (InbLeadChecks *self,
                     gint64         rowid,
                     gboolean       checked)
{
  guint number = number_of (rowid);
  gboolean meant = self->all && number <= self->limit;

  if (rowid == 0)
    return;
  if (inb_lead_checks_is_empty (self))
    self->negative = rowid < 0;

  if (checked && meant)
    gtk_bitset_remove (self->out, number);
  else if (checked)
    gtk_bitset_add (self->in, number);
  else if (meant)
    gtk_bitset_add (self->out, number);
  if (!checked)
    gtk_bitset_remove (self->in, number);
}

void
inb_lead_checks_set_all (InbLeadChecks *self,
                         GArray        *rowids)
{
  inb_lead_checks_clear (self);
  self->all = TRUE;
  self->negative = rowids->len > 0 && rowid_at (rowids, 0) < 0;
  for (guint i = 0; i < rowids->len; i++)
    self->limit = MAX (self->limit, number_of (rowid_at (rowids, i)));
}

void
inb_lead_checks_clear (InbLeadChecks *self)
{
  gtk_bitset_remove_all (self->in);
  gtk_bitset_remove_all (self->out);
  self->all = FALSE;
  self->limit = 0;
}

gboolean
inb_lead_checks_is_all (InbLeadChecks *self)
{
  return self->all;
}

gboolean
inb_lead_checks_is_empty (InbLeadChecks *self)
{
  return !self->all && gtk_bitset_is_empty (self->in);
}

/**
 * inb_lead_checks_count:
 * @rowids: (element-type gint64): what the list holds
 *
 * Returns: how many leads are checked
 */
guint
inb_lead_checks_count (InbLeadChecks *self,
                       GArray        *rowids)
{
  gboolean no_exceptions = gtk_bitset_is_empty (self->out) && gtk_bitset_is_empty (self->in);
  guint count = 0;

  if (!self->all)
    return (guint) gtk_bitset_get_size (self->in);

  for (guint i = 0; i < rowids->len; i++)
    count += no_exceptions ? number_of (rowid_at (rowids, i)) <= self->limit : contains (self, rowid_at (rowids, i));

  return count;
}

/**
 * inb_lead_checks_collect:
 * @rowids: (element-type gint64): what the list holds, in its order
 *
 * Returns: (transfer full) (element-type gint64): the checked rows
 */
GArray *
inb_lead_checks_collect (InbLeadChecks *self,
                         GArray        *rowids)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GtkBitset) rest = gtk_bitset_copy (self->in);
  GtkBitsetIter iter;
  guint number;

  for (guint i = 0; i < rowids->len && !inb_lead_checks_is_empty (self); i++)
    {
      gint64 rowid = rowid_at (rowids, i);

      if (!contains (self, rowid))
        continue;
      g_array_append_val (found, rowid);
      gtk_bitset_remove (rest, number_of (rowid));
    }

  for (gboolean more = gtk_bitset_iter_init_first (&iter, rest, &number); more; more = gtk_bitset_iter_next (&iter, &number))
    {
      gint64 rowid = self->negative ? -(gint64) number : (gint64) number;

      g_array_append_val (found, rowid);
    }

  return found;
}
