#define G_LOG_DOMAIN "inb-tests"

#include "inb-app-kit.h"

#include "inb-sanitizer.h"

#include "inb-time.h"

void
inb_world_add (InbWorld  *self,
               GPtrArray *rows)
{
  g_autoptr (GError) error = NULL;

  inb_kit_apply (self->replica, inb_kit_make_changes (self->replica, INB_APP_KIT_EPOCH, rows, self->sample->seq), &error);
  g_assert_no_error (error);
}

InbWorld *
inb_world_new (InbReplica *replica,
               guint       n_leads)
{
  InbWorld *self = g_new0 (InbWorld, 1);
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = inb_kit_new_rows ();

  if (replica != NULL)
    {
      self->replica = g_object_ref (replica);
    }
  else
    {
      self->folder = inb_kit_make_folder ();
      self->replica = inb_kit_new (self->folder);
    }
  self->sample = inb_sample_new (11);
  self->leads = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);
  self->now = inb_time_now () - 3 * INB_TIME_DAY;
  inb_kit_reset (self->replica, INB_APP_KIT_EPOCH, &error);
  g_assert_no_error (error);
  inb_sample_add_small (self->sample, rows);
  inb_world_add (self, rows);
  if (n_leads > 0)
    inb_world_add_leads (self, n_leads);

  return self;
}

void
inb_world_free (InbWorld *self)
{
  if (self->folder != NULL)
    {
      inb_kit_drop (self->replica);
      inb_kit_delete_folder (self->folder);
    }
  else
    {
      g_object_unref (self->replica);
    }
  g_free (self->folder);
  inb_sample_free (self->sample);
  g_ptr_array_unref (self->leads);
  g_free (self);
}

void
inb_world_add_leads (InbWorld *self,
                     guint     n_leads)
{
  GPtrArray *rows = inb_kit_new_rows ();

  for (guint i = 0; i < n_leads; i++)
    {
      guint first = rows->len;

      inb_sample_add_lead (self->sample, rows, self->now += INB_TIME_SECOND);
      for (guint j = first; j < rows->len; j++)
        {
          InbRow *row = g_ptr_array_index (rows, j);

          if (inb_row_get_kind (row) != INB_KIND_LEAD)
            continue;
          inb_row_set_boolean (row, INB_LEAD_IS_TEST, FALSE);
          g_ptr_array_add (self->leads, inb_row_copy (row));
        }
    }
  inb_world_add (self, rows);
}

void
inb_world_change (InbWorld *self,
                  InbRow   *lead)
{
  GPtrArray *rows = inb_kit_new_rows ();

  inb_sample_touch (self->sample, lead);
  g_ptr_array_add (rows, inb_row_copy (lead));
  inb_world_add (self, rows);
}

gint64
inb_app_kit_at (const char *text)
{
  gint64 time;

  g_assert_true (inb_time_parse (text, &time));

  return time;
}
