#define G_LOG_DOMAIN "inb-app"

#include "inb-merge-effect.h"

#include "inb-contact-text.h"
#include "inb-fold.h"
#include "inb-format.h"

#include <glib/gi18n.h>

static char *
count_leads (guint n_leads)
{
  return g_strdup_printf (ngettext ("%u lead", "%u leads", n_leads), n_leads);
}

static void
append_line (GString    *text,
             const char *line)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
}

/* What moves from all those who go. */
static void
append_moves (GString            *text,
              const InbMergePlan *plan,
              GPtrArray          *shares,
              const char         *target)
{
  guint n_leads = 0, n_activities = 0;
  g_autofree char *leads = NULL;
  g_autofree char *activities = NULL;
  g_autofree char *line = NULL;

  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);

      if (i == inb_merge_plan_get_target (plan))
        continue;
      n_leads += share->n_leads;
      n_activities += share->n_activities;
    }
  leads = count_leads (n_leads);
  activities = g_strdup_printf (ngettext ("%u activity", "%u activities", n_activities), n_activities);
  if (n_leads > 0 && n_activities > 0)
    /* Translators: "3 leads and 14 activities move to Jörg Groß." */
    line = g_strdup_printf (_("%1$s and %2$s move to %3$s."), leads, activities, target);
  else if (n_leads > 0 || n_activities > 0)
    line = g_strdup_printf (ngettext ("%1$s moves to %2$s.", "%1$s move to %2$s.", n_leads + n_activities),
                            n_leads > 0 ? leads : activities, target);
  else
    line = g_strdup_printf (_("No leads and no activities have to move to %s."), target);
  append_line (text, line);
}

static void
append_goers (GString            *text,
              const InbMergePlan *plan,
              const char         *target)
{
  g_autoptr (GPtrArray) goers = g_ptr_array_new ();
  GPtrArray *contacts = inb_merge_plan_get_contacts (plan);
  g_autofree char *names = NULL;
  g_autofree char *line = NULL;

  for (guint i = 0; i < contacts->len; i++)
    {
      if (i != inb_merge_plan_get_target (plan))
        g_ptr_array_add (goers, g_ptr_array_index (contacts, i));
    }
  names = inb_contact_text_dup_names (goers);
  if (g_strcmp0 (names, target) == 0)
    line = g_strdup (ngettext ("The other contact is listed no more.", "The other contacts are listed no more.", goers->len));
  else
    line = g_strdup_printf (ngettext ("%s is listed no more.", "%s are listed no more.", goers->len), names);
  append_line (text, line);
  append_line (text, _("Undo brings everything back."));
}

char *
inb_merge_effect_describe (const InbMergePlan *plan,
                           GPtrArray          *shares)
{
  GString *text = g_string_new (NULL);
  const InbContactShare *target = g_ptr_array_index (shares, inb_merge_plan_get_target (plan));
  g_autofree char *name = inb_contact_text_dup_name (target->contact);

  append_moves (text, plan, shares, name);
  append_goers (text, plan, name);

  return g_string_free (text, FALSE);
}

char *
inb_merge_effect_warn (GPtrArray *shares)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  /* Each product once a contact: what one of them has twice already is no surprise. */
  for (guint i = 0; i < shares->len; i++)
    {
      const InbContactShare *share = g_ptr_array_index (shares, i);

      g_hash_table_remove_all (seen);
      for (guint j = 0; j < share->open_products->len; j++)
        {
          const char *product = g_ptr_array_index (share->open_products, j);
          char *folded = inb_fold_text (product);

          if (!g_hash_table_add (seen, folded))
            continue;
          if (!g_hash_table_add (counts, g_strdup (folded)))
            return *product != '\0' ? g_strdup_printf (_("Several of them have an open lead for “%s”: these stay apart, so close what is "
                                                         "not needed."), product)
                                    : g_strdup (_("Several of them have an open lead: these stay apart, so close what is not needed."));
        }
    }

  return NULL;
}

char *
inb_merge_effect_introduce (const InbContactShare *share,
                            GTimeZone             *timezone,
                            gint64                 now)
{
  const char *source = inb_row_get (share->contact, INB_CONTACT_LEAD_SOURCE);
  g_autofree char *since = inb_format_relative (inb_row_get_time (share->contact, INB_CONTACT_CREATED_AT), now, timezone);
  g_autofree char *leads = count_leads (share->n_leads);

  return source != NULL ? g_strdup_printf ("%s · %s · %s", source, since, leads) : g_strdup_printf ("%s · %s", since, leads);
}
