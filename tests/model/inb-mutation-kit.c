#include "inb-mutation-kit.h"

#include "inb-field-check.h"
#include "inb-fold.h"
#include "inb-row-defaults.h"
#include "inb-time.h"

#include <string.h>

#define WORKSPACE "demo"
#define START (G_GINT64_CONSTANT (1795370000) * INB_TIME_SECOND) /* 2026-11-22 */

static const char * const ids[INB_N_KINDS] = {
  [INB_KIND_CONTACT] = "0199f000-0000-7000-8000-0000000001%02u",
  [INB_KIND_LEAD] = "0199f000-0000-7000-8000-0000000002%02u",
  [INB_KIND_ACTIVITY] = "0199f000-0000-7000-8000-0000000003%02u",
  [INB_KIND_VIEW] = "0199f000-0000-7000-8000-0000000004%02u",
};

const char *
mutation_kit_id (InbKind kind,
                 guint   number)
{
  g_autofree char *id = NULL;
  g_autofree char *format = NULL;
  char digits[8];

  g_assert_nonnull (ids[kind]);
  g_snprintf (digits, sizeof digits, "%02u", number);
  format = g_strdup (ids[kind]);
  memcpy (format + strlen (format) - 4, digits, 3);

  return g_intern_string (format);
}

static void
load_member (MutationKit *self,
             const char  *id,
             const char  *name,
             const char  *deleted_at)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_MEMBER);

  inb_row_set (row, INB_MEMBER_WORKSPACE_ID, WORKSPACE);
  inb_row_set (row, INB_MEMBER_USER_ID, id);
  inb_row_set (row, INB_MEMBER_NAME, name);
  inb_row_set (row, INB_MEMBER_DELETED_AT, deleted_at);
  inb_row_set_load (self->rows, row);
}

static void
load_contact (MutationKit *self,
              guint        number,
              const char  *firstname,
              const char  *lastname)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_CONTACT);

  inb_row_set (row, INB_CONTACT_ID, mutation_kit_id (INB_KIND_CONTACT, number));
  inb_row_set (row, INB_CONTACT_WORKSPACE_ID, WORKSPACE);
  inb_row_set (row, INB_CONTACT_FIRSTNAME, firstname);
  inb_row_set (row, INB_CONTACT_LASTNAME, lastname);
  inb_row_take (row, INB_CONTACT_NAME_FOLDED, inb_fold_name (firstname, lastname));
  inb_row_set_time (row, INB_CONTACT_CREATED_AT, START);
  inb_row_set_time (row, INB_CONTACT_UPDATED_AT, START);
  inb_row_set_time (row, INB_CONTACT_LAST_ACTIVITY_AT, START);
  inb_row_set_integer (row, INB_CONTACT_CHANGE_SEQ, number);
  inb_row_fill_defaults (row);
  inb_row_set_load (self->rows, row);
}

static void
load_lead (MutationKit *self,
           guint        number,
           guint        contact)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_LEAD);

  inb_row_set (row, INB_LEAD_ID, mutation_kit_id (INB_KIND_LEAD, number));
  inb_row_set (row, INB_LEAD_WORKSPACE_ID, WORKSPACE);
  inb_row_set (row, INB_LEAD_CONTACT_ID, mutation_kit_id (INB_KIND_CONTACT, contact));
  inb_row_set (row, INB_LEAD_LEAD_SOURCE, "Landing page");
  inb_row_set (row, INB_LEAD_CURRENCY, "EUR");
  inb_row_set_time (row, INB_LEAD_CREATED_AT, START);
  inb_row_set_time (row, INB_LEAD_UPDATED_AT, START);
  inb_row_set_time (row, INB_LEAD_LAST_ACTIVITY_AT, START);
  inb_row_set_integer (row, INB_LEAD_CHANGE_SEQ, 10 + number);
  inb_lead_set_stage (row, self->stages, "new", START);
  inb_row_fill_defaults (row);
  inb_row_set_load (self->rows, row);
}

static void
load_activity (MutationKit *self,
               guint        number,
               guint        lead,
               const char  *type)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_ACTIVITY);
  const InbRow *of = mutation_kit_find (self, INB_KIND_LEAD, lead);

  inb_row_set (row, INB_ACTIVITY_ID, mutation_kit_id (INB_KIND_ACTIVITY, number));
  inb_row_set (row, INB_ACTIVITY_WORKSPACE_ID, WORKSPACE);
  inb_row_set (row, INB_ACTIVITY_LEAD_ID, inb_row_get_key (of));
  inb_row_set (row, INB_ACTIVITY_CONTACT_ID, inb_row_get (of, INB_LEAD_CONTACT_ID));
  inb_row_set (row, INB_ACTIVITY_ACTIVITY_TYPE, type);
  inb_row_set (row, INB_ACTIVITY_TITLE, "Title");
  inb_row_set_time (row, INB_ACTIVITY_CREATED_AT, START);
  inb_row_set_time (row, INB_ACTIVITY_UPDATED_AT, START);
  inb_row_set_time (row, INB_ACTIVITY_OCCURRED_AT, START);
  inb_row_fill_defaults (row);
  inb_row_set_load (self->rows, row);
}

static void
load_view (MutationKit *self,
           guint        number,
           const char  *user_id,
           gboolean     is_shared)
{
  g_autoptr (InbRow) row = inb_row_new (INB_KIND_VIEW);

  inb_row_set (row, INB_VIEW_ID, mutation_kit_id (INB_KIND_VIEW, number));
  inb_row_set (row, INB_VIEW_WORKSPACE_ID, WORKSPACE);
  inb_row_set (row, INB_VIEW_USER_ID, user_id);
  inb_row_set (row, INB_VIEW_NAME, "Mine");
  inb_row_set_boolean (row, INB_VIEW_IS_SHARED, is_shared);
  inb_row_fill_defaults (row);
  inb_row_set_load (self->rows, row);
}

static void
load_rows (MutationKit *self)
{
  g_autoptr (InbRow) team = inb_row_new (INB_KIND_TEAM);

  load_member (self, KIT_ANNA, "Anna", NULL);
  load_member (self, KIT_BEN, "Ben", NULL);
  load_member (self, KIT_GONE, "Carl", "2026-01-01T00:00:00.000000Z");
  inb_row_set (team, INB_TEAM_ID, "north");
  inb_row_set (team, INB_TEAM_NAME, "North");
  inb_row_set_load (self->rows, team);

  load_contact (self, 1, "Ada", "Lovelace");
  load_contact (self, 2, "Grace", "Hopper");
  load_contact (self, 3, "Hedy", NULL);
  load_lead (self, 1, 1);
  load_lead (self, 2, 1);
  load_lead (self, 3, 2);
  load_lead (self, 4, 3);
  load_activity (self, 1, 1, "note");
  load_activity (self, 2, 1, "lead_created");
  load_activity (self, 3, 3, "call");
  load_view (self, 1, KIT_ANNA, FALSE);
  load_view (self, 2, KIT_BEN, TRUE);
  load_view (self, 3, KIT_BEN, FALSE);
}

static MutationKit *
begin_kit (void)
{
  MutationKit *self = g_new0 (MutationKit, 1);

  self->rows = inb_row_set_new ();
  self->stages = inb_stage_set_new_default ();
  self->context.workspace_id = WORKSPACE;
  self->context.currency = "EUR";
  self->context.stages = self->stages;
  self->context.now = START + INB_TIME_DAY;
  self->context.checks_references = TRUE;
  mutation_kit_be (self, KIT_ANNA, INB_ROLE_MANAGER);

  return self;
}

MutationKit *
mutation_kit_new (void)
{
  MutationKit *self = begin_kit ();

  load_rows (self);

  return self;
}

MutationKit *
mutation_kit_copy (MutationKit *self)
{
  MutationKit *copy = begin_kit ();
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->rows);

  load_rows (copy);
  for (guint i = 0; i < changed->len; i++)
    inb_row_set_put (copy->rows, inb_row_copy (g_ptr_array_index (changed, i)));
  copy->context.now = self->context.now;
  copy->context.actor_id = self->context.actor_id;
  copy->context.actor_name = self->context.actor_name;
  copy->context.role = self->context.role;

  return copy;
}

void
mutation_kit_free (MutationKit *self)
{
  inb_row_set_free (self->rows);
  inb_stage_set_unref (self->stages);
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_free (self->undo);
  g_free (self);
}

void
mutation_kit_be (MutationKit *self,
                 const char  *user_id,
                 InbRole      role)
{
  self->context.actor_id = user_id;
  self->context.actor_name = strcmp (user_id, KIT_ANNA) == 0 ? "Anna" : "Ben";
  self->context.role = role;
}

InbRow *
mutation_kit_find (MutationKit *self,
                   InbKind      kind,
                   guint        number)
{
  return inb_row_set_find (self->rows, kind, mutation_kit_id (kind, number));
}

const char *
mutation_kit_get (MutationKit *self,
                  InbKind      kind,
                  guint        number,
                  guint        column)
{
  return inb_row_get (mutation_kit_find (self, kind, number), column);
}

void
mutation_kit_set (MutationKit *self,
                  InbKind      kind,
                  guint        number,
                  guint        column,
                  const char  *value)
{
  InbRow *row = inb_row_copy (mutation_kit_find (self, kind, number));

  inb_row_set (row, column, value);
  inb_row_set_put (self->rows, row);
}

InbMutation *
mutation_kit_make (MutationKit     *self,
                   InbMutationVerb  verb,
                   InbKind          kind,
                   guint            number)
{
  return inb_mutation_new (verb, kind, mutation_kit_id (kind, number), self->context.now);
}

InbMutation *
mutation_kit_update (MutationKit *self,
                     InbKind      kind,
                     guint        number,
                     guint        column,
                     const char  *base,
                     const char  *value)
{
  InbMutation *mutation = mutation_kit_make (self, INB_MUTATION_UPDATE, kind, number);

  inb_mutation_add_change (mutation, column, base, value);

  return mutation;
}

InbMutation *
mutation_kit_create (MutationKit *self,
                     InbKind      kind,
                     guint        number)
{
  return mutation_kit_make (self, INB_MUTATION_CREATE, kind, number);
}

InbMutation *
mutation_kit_merge (MutationKit *self,
                    guint        kept,
                    guint        other)
{
  InbMutation *mutation = mutation_kit_make (self, INB_MUTATION_MERGE, INB_KIND_CONTACT, kept);

  mutation->other_id = g_strdup (mutation_kit_id (INB_KIND_CONTACT, other));

  return mutation;
}

static InbMutationStatus
apply (MutationKit *self,
       InbMutation *mutation,
       const char  *record)
{
  g_clear_pointer (&self->result, inb_mutation_result_unref);
  g_clear_pointer (&self->undo, g_free);
  self->context.now += 60 * INB_TIME_SECOND;
  self->result = inb_mutation_apply (mutation, self->rows, &self->context, record, &self->undo);
  g_assert_cmpstr (self->result->id, ==, mutation->id);
  if (self->result->status == INB_MUTATION_REJECTED)
    {
      g_assert_nonnull (self->result->code);
      g_assert_null (self->undo);
    }

  return self->result->status;
}

InbMutationStatus
mutation_kit_apply (MutationKit *self,
                    InbMutation *mutation)
{
  InbMutationStatus status = apply (self, mutation, NULL);

  inb_mutation_unref (mutation);

  return status;
}

InbMutationStatus
mutation_kit_undo (MutationKit *self,
                   InbKind      kind,
                   guint        number,
                   const char  *record)
{
  g_autoptr (InbMutation) mutation = mutation_kit_make (self, INB_MUTATION_UNDO, kind, number);
  g_autofree char *copy = g_strdup (record);

  mutation->undoes = g_strdup (mutation_kit_id (INB_KIND_VIEW, 99));

  return apply (self, mutation, copy);
}

void
mutation_kit_assert_rejected (MutationKit  *self,
                              InbMutation  *mutation,
                              InbErrorCode  code,
                              const char   *named)
{
  g_autoptr (GPtrArray) before = inb_row_set_get_changed (self->rows);
  g_autoptr (GPtrArray) after = NULL;

  g_assert_cmpint (mutation_kit_apply (self, mutation), ==, INB_MUTATION_REJECTED);
  g_assert_cmpstr (self->result->code, ==, inb_error_get_name (code));
  if (strstr (self->result->message, named) == NULL)
    g_error ("“%s” does not name “%s”", self->result->message, named);

  after = inb_row_set_get_changed (self->rows);
  g_assert_cmpuint (before->len, ==, after->len);
  for (guint i = 0; i < before->len; i++)
    g_assert_true (before->pdata[i] == after->pdata[i]);
}

static gboolean
is_of_last (MutationKit  *self,
            const InbRow *row)
{
  return inb_row_get_kind (row) == INB_KIND_ACTIVITY &&
         g_strcmp0 (inb_row_get (row, INB_ACTIVITY_MUTATION_ID), self->result->id) == 0;
}

InbRow *
mutation_kit_find_log (MutationKit *self,
                       const char  *type,
                       const char  *field)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->rows);

  for (guint i = 0; i < changed->len; i++)
    {
      InbRow *row = g_ptr_array_index (changed, i);

      if (is_of_last (self, row) && g_strcmp0 (inb_row_get (row, INB_ACTIVITY_ACTIVITY_TYPE), type) == 0 &&
          (field == NULL || g_strcmp0 (inb_row_get (row, INB_ACTIVITY_FIELD_NAME), field) == 0))
        return row;
    }

  return NULL;
}

guint
mutation_kit_count_logs (MutationKit *self)
{
  g_autoptr (GPtrArray) changed = inb_row_set_get_changed (self->rows);
  guint n_logs = 0;

  for (guint i = 0; i < changed->len; i++)
    n_logs += is_of_last (self, g_ptr_array_index (changed, i));

  return n_logs;
}

static char *
sample_text (InbKind kind,
             guint   column,
             guint   number)
{
  static const char * const stages[] = { "contacted", "qualified", "proposal", "won", "lost" };
  static const char * const temperatures[] = { "hot", "warm", "cold" };
  static const char * const directions[] = { "inbound", "outbound" };

  if (kind == INB_KIND_LEAD && column == INB_LEAD_STAGE)
    return g_strdup (stages[number % 5]);
  if (kind == INB_KIND_LEAD && column == INB_LEAD_TEMPERATURE)
    return g_strdup (temperatures[number % 3]);
  if (kind == INB_KIND_LEAD && column == INB_LEAD_CURRENCY)
    return g_strdup_printf ("A%c%c", 'A' + (char) (number / 26 % 26), 'A' + (char) (number % 26));
  if (kind == INB_KIND_LEAD && column == INB_LEAD_TEAM_ID)
    return g_strdup (number % 2 == 0 ? "north" : NULL);
  if (kind == INB_KIND_ACTIVITY && column == INB_ACTIVITY_DIRECTION)
    return g_strdup (directions[number % 2]);
  if (kind == INB_KIND_CONTACT && (column == INB_CONTACT_EMAIL || column == INB_CONTACT_EMAIL_SECONDARY))
    return g_strdup_printf ("person%u@example.org", number);
  if (kind == INB_KIND_CONTACT && (column == INB_CONTACT_PHONE || column == INB_CONTACT_PHONE_SECONDARY))
    return g_strdup_printf ("+49 30 1234%04u", number);

  return g_strdup_printf ("Text %u", number);
}

static char *
sample_json (InbKind kind,
             guint   column,
             guint   number)
{
  g_autofree char *text = g_strdup_printf ("{\"a\":%u}", number);
  g_autofree char *clean = NULL;

  if (inb_field_check (kind, column, text, &clean, NULL))
    return g_strdup (text);

  return g_strdup_printf ("[\"tag %u\"]", number);
}

char *
mutation_kit_sample (InbKind kind,
                     guint   column,
                     guint   number)
{
  switch (inb_kind_get_columns (kind, NULL)[column].type)
    {
    case INB_TYPE_TEXT:
      return sample_text (kind, column, number);
    case INB_TYPE_UUID:
      return g_strdup (number % 2 == 0 ? KIT_ANNA : KIT_BEN);
    case INB_TYPE_INTEGER:
      return g_strdup_printf ("%u", number % 100);
    case INB_TYPE_MONEY:
      return g_strdup_printf ("%u.50", number);
    case INB_TYPE_BOOLEAN:
      return g_strdup (number % 2 == 0 ? "true" : "false");
    case INB_TYPE_TIME:
      return inb_time_format (START + number * INB_TIME_SECOND);
    case INB_TYPE_DATE:
      return g_strdup_printf ("20%02u-01-01", number % 100);
    case INB_TYPE_JSON:
    default:
      return sample_json (kind, column, number);
    }
}
