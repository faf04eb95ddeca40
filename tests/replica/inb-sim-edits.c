#define G_LOG_DOMAIN "inb-tests"

#include "inb-sim-edits.h"

#include "inb-error.h"
#include "inb-replica-kit.h"
#include "inb-time.h"

typedef struct {
  guint       column;
  const char *values[4];
} Choice;

static const Choice lead_choices[] = {
  { INB_LEAD_STAGE, { "contacted", "qualified", "won", "new" } },
  { INB_LEAD_STAGE, { "won", "proposal", "contacted", "new" } },
  { INB_LEAD_TEMPERATURE, { "hot", "warm", "cold", NULL } },
  { INB_LEAD_BUDGET_RANGE, { "small", "large", "huge", NULL } },
  { INB_LEAD_ESTIMATED_VALUE, { "100.00", "250.50", "1000.00", NULL } },
  { INB_LEAD_NEXT_FOLLOW_UP_AT, { "2026-03-01T09:00:00.000000Z", "2026-04-01T09:00:00.000000Z", "2026-05-01T09:00:00.000000Z", NULL } },
};
static const Choice contact_choices[] = {
  { INB_CONTACT_FIRSTNAME, { "Ada", "Grace", "Alan", "Edsger" } },
  { INB_CONTACT_COMPANY, { "ACME", "Initech", "Globex", NULL } },
  { INB_CONTACT_PHONE, { "030 123", "040 456", "089 789", "0171 1" } },
  { INB_CONTACT_EMAIL, { "ada@example.org", "grace@example.org", "alan@example.org", "e@example.org" } },
};

InbSimPeople *
inb_sim_people_new (guint32 seed)
{
  InbSimPeople *self = g_new0 (InbSimPeople, 1);

  self->sample = inb_sample_new (seed);
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    self->ids[kind] = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
inb_sim_people_free (InbSimPeople *self)
{
  if (self == NULL)
    return;

  inb_sample_free (self->sample);
  for (InbKind kind = 0; kind < INB_N_KINDS; kind++)
    g_ptr_array_unref (self->ids[kind]);
  g_free (self);
}

static guint
roll (InbSimPeople *self,
      guint         n)
{
  return (guint) g_rand_int_range (self->sample->rand, 0, (gint32) n);
}

const char *
inb_sim_people_pick (InbSimPeople *self,
                     InbKind       kind)
{
  GPtrArray *ids = self->ids[kind];

  return ids->len > 0 ? g_ptr_array_index (ids, roll (self, ids->len)) : NULL;
}

guint
inb_sim_pick_column (InbSimPeople  *self,
                     InbKind        kind,
                     const char   **value)
{
  const Choice *choice = kind == INB_KIND_LEAD ? &lead_choices[roll (self, G_N_ELEMENTS (lead_choices))]
                                               : &contact_choices[roll (self, G_N_ELEMENTS (contact_choices))];

  *value = choice->values[roll (self, 4)];

  return choice->column;
}

/* Kept when it may be undone. */
static void
make (InbSimDesktop *desktop,
      InbEdit       *edit)
{
  g_autoptr (GError) error = NULL;
  char *group = inb_kit_edit (desktop->replica, edit, &error);

  if (group != NULL)
    g_ptr_array_add (desktop->groups, group);
  else
    g_assert_true (g_error_matches (error, INB_ERROR, INB_ERROR_UNPROCESSABLE) ||
                   g_error_matches (error, INB_ERROR, INB_ERROR_CONFLICT) ||
                   g_error_matches (error, INB_ERROR, INB_ERROR_NOT_FOUND));
}

static InbMutation *
new_mutation (InbSimPeople    *self,
              InbMutationVerb  verb,
              InbKind          kind,
              const char      *id)
{
  InbMutation *mutation = inb_mutation_new (verb, kind, id, inb_time_now ());

  if (verb != INB_MUTATION_CREATE)
    return mutation;

  g_free (mutation->entity_id);
  mutation->entity_id = inb_sample_make_id (self->sample, mutation->made_at);
  g_ptr_array_add (self->ids[kind], g_strdup (mutation->entity_id));

  return mutation;
}

static void
edit_field (InbSimPeople  *self,
            InbSimDesktop *desktop,
            InbKind        kind)
{
  const char *id = inb_sim_people_pick (self, kind);
  const char *value;
  guint column = inb_sim_pick_column (self, kind, &value);
  const InbRow *row = inb_sim_desktop_find (desktop, kind, id);
  g_autoptr (InbEdit) edit = inb_edit_new ("Edit");
  g_autoptr (InbMutation) mutation = new_mutation (self, INB_MUTATION_UPDATE, kind, id);

  if (row == NULL || g_strcmp0 (inb_row_get (row, column), value) == 0)
    return;

  inb_mutation_add_change (mutation, column, inb_row_get (row, column), value);
  inb_edit_add (edit, mutation);
  make (desktop, edit);
}

static void
edit_note (InbSimPeople  *self,
           InbSimDesktop *desktop)
{
  const char *id = inb_sim_people_pick (self, INB_KIND_ACTIVITY);
  const InbRow *row = id != NULL ? inb_sim_desktop_find (desktop, INB_KIND_ACTIVITY, id) : NULL;
  g_autoptr (InbEdit) edit = inb_edit_new ("Note");
  g_autoptr (InbMutation) mutation = NULL;
  guint number = roll (self, 4);

  if (row == NULL)
    return;

  mutation = new_mutation (self, number == 0 ? INB_MUTATION_DELETE : INB_MUTATION_UPDATE, INB_KIND_ACTIVITY, id);
  if (number > 0)
    {
      g_autofree char *body = g_strdup_printf ("Note %u", number);

      inb_mutation_add_change (mutation, INB_ACTIVITY_BODY, inb_row_get (row, INB_ACTIVITY_BODY), body);
    }
  inb_edit_add (edit, mutation);
  make (desktop, edit);
}

static void
add_note (InbSimPeople *self,
          InbEdit      *edit,
          const char   *lead_id)
{
  static const char *const types[] = { "note", "call", "email" };
  g_autoptr (InbMutation) note = new_mutation (self, INB_MUTATION_CREATE, INB_KIND_ACTIVITY, NULL);

  inb_mutation_add_change (note, INB_ACTIVITY_ACTIVITY_TYPE, NULL, types[roll (self, G_N_ELEMENTS (types))]);
  inb_mutation_add_change (note, INB_ACTIVITY_LEAD_ID, NULL, lead_id);
  inb_mutation_add_change (note, INB_ACTIVITY_BODY, NULL, "Call her.");
  inb_edit_add (edit, note);
}

static void
create_note (InbSimPeople  *self,
             InbSimDesktop *desktop)
{
  const char *id = inb_sim_people_pick (self, INB_KIND_LEAD);
  g_autoptr (InbEdit) edit = inb_edit_new ("Note");

  if (inb_sim_desktop_find (desktop, INB_KIND_LEAD, id) == NULL)
    return;
  add_note (self, edit, id);
  make (desktop, edit);
}

static void
create_person (InbSimPeople  *self,
               InbSimDesktop *desktop)
{
  g_autoptr (InbEdit) edit = inb_edit_new ("New lead");
  g_autoptr (InbMutation) contact = new_mutation (self, INB_MUTATION_CREATE, INB_KIND_CONTACT, NULL);
  g_autoptr (InbMutation) lead = new_mutation (self, INB_MUTATION_CREATE, INB_KIND_LEAD, NULL);

  inb_mutation_add_change (contact, INB_CONTACT_FIRSTNAME, NULL, "Ada");
  inb_mutation_add_change (contact, INB_CONTACT_EMAIL, NULL, "ada@example.org");
  inb_mutation_add_change (lead, INB_LEAD_CONTACT_ID, NULL, contact->entity_id);
  inb_mutation_add_change (lead, INB_LEAD_PRODUCT_INTEREST, NULL, "Solar");
  inb_edit_add (edit, contact);
  inb_edit_add (edit, lead);
  if (roll (self, 2) == 0)
    add_note (self, edit, lead->entity_id);
  make (desktop, edit);
}

static void
delete_row (InbSimPeople  *self,
            InbSimDesktop *desktop,
            InbKind        kind)
{
  const char *id = inb_sim_people_pick (self, kind);
  g_autoptr (InbEdit) edit = inb_edit_new ("Delete");
  g_autoptr (InbMutation) mutation = new_mutation (self, INB_MUTATION_DELETE, kind, id);

  if (inb_sim_desktop_find (desktop, kind, id) == NULL)
    return;
  inb_edit_add (edit, mutation);
  make (desktop, edit);
}

static void
merge (InbSimPeople  *self,
       InbSimDesktop *desktop)
{
  const char *kept = inb_sim_people_pick (self, INB_KIND_CONTACT);
  const char *gone = inb_sim_people_pick (self, INB_KIND_CONTACT);
  g_autoptr (InbEdit) edit = inb_edit_new ("Merge");
  g_autoptr (InbMutation) mutation = new_mutation (self, INB_MUTATION_MERGE, INB_KIND_CONTACT, kept);
  const InbRow *row = inb_sim_desktop_find (desktop, INB_KIND_CONTACT, kept);

  if (g_str_equal (kept, gone) || row == NULL || inb_sim_desktop_find (desktop, INB_KIND_CONTACT, gone) == NULL)
    return;
  mutation->other_id = g_strdup (gone);
  if (roll (self, 2) == 0)
    inb_mutation_add_change (mutation, INB_CONTACT_COMPANY, inb_row_get (row, INB_CONTACT_COMPANY), "Merged");
  inb_edit_add (edit, mutation);
  make (desktop, edit);
}

static void
edit_many (InbSimPeople  *self,
           InbSimDesktop *desktop)
{
  static const char *const tags[] = { "fair", "autumn", "vip" };
  g_autoptr (InbLeadQuery) query = inb_lead_query_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_kit_query (desktop->replica, query, &error);
  g_autoptr (InbEdit) edit = inb_edit_new ("Many");
  guint number = roll (self, 8);
  const char *value;
  guint column = inb_sim_pick_column (self, INB_KIND_LEAD, &value);

  g_assert_no_error (error);
  if (rowids->len == 0)
    return;
  g_array_set_size (rowids, MIN (rowids->len, 1 + roll (self, 4)));
  inb_edit_set_rowids (edit, rowids);
  if (number < 3)
    inb_edit_add_tag (edit, tags[number]);
  else if (number < 5)
    inb_edit_remove_tag (edit, tags[number - 3]);
  else if (number == 5)
    inb_edit_set_deletes (edit);
  else
    inb_edit_set_value (edit, column, value);
  make (desktop, edit);
}

static void
undo (InbSimPeople  *self,
      InbSimDesktop *desktop)
{
  g_autoptr (GError) error = NULL;
  char *group;

  if (desktop->groups->len == 0)
    return;

  group = inb_kit_undo (desktop->replica, g_ptr_array_index (desktop->groups, roll (self, desktop->groups->len)), &error);
  if (group != NULL)
    g_ptr_array_add (desktop->groups, group);
  else
    g_assert_error (error, INB_ERROR, INB_ERROR_NOT_FOUND);
}

void
inb_sim_edit (InbSimPeople  *self,
              InbSimDesktop *desktop)
{
  guint number = roll (self, 100);

  if (number < 35)
    edit_field (self, desktop, INB_KIND_LEAD);
  else if (number < 47)
    edit_field (self, desktop, INB_KIND_CONTACT);
  else if (number < 55)
    create_note (self, desktop);
  else if (number < 62)
    edit_note (self, desktop);
  else if (number < 68)
    create_person (self, desktop);
  else if (number < 72)
    delete_row (self, desktop, INB_KIND_LEAD);
  else if (number < 75)
    delete_row (self, desktop, INB_KIND_CONTACT);
  else if (number < 79)
    merge (self, desktop);
  else if (number < 88)
    edit_many (self, desktop);
  else
    undo (self, desktop);
}
