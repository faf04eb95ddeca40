#define G_LOG_DOMAIN "inb-model"

#include "inb-column.h"

#include <string.h>

#define N INB_COLUMN_NONE
#define E INB_COLUMN_EDITABLE
#define M INB_COLUMN_MAPPABLE
#define EM (INB_COLUMN_EDITABLE | INB_COLUMN_MAPPABLE)
#define COLUMN(ENUM, name, TYPE, FLAGS) { #name, INB_TYPE_##TYPE, FLAGS },

static const InbColumn workspace_columns[] = { INB_WORKSPACE_COLUMNS (COLUMN) };
static const InbColumn member_columns[] = { INB_MEMBER_COLUMNS (COLUMN) };
static const InbColumn team_columns[] = { INB_TEAM_COLUMNS (COLUMN) };
static const InbColumn stage_columns[] = { INB_STAGE_COLUMNS (COLUMN) };
static const InbColumn field_definition_columns[] = { INB_FIELD_DEFINITION_COLUMNS (COLUMN) };
static const InbColumn webhook_columns[] = { INB_WEBHOOK_COLUMNS (COLUMN) };
static const InbColumn view_columns[] = { INB_VIEW_COLUMNS (COLUMN) };
static const InbColumn contact_columns[] = { INB_CONTACT_COLUMNS (COLUMN) };
static const InbColumn lead_columns[] = { INB_LEAD_COLUMNS (COLUMN) };
static const InbColumn activity_columns[] = { INB_ACTIVITY_COLUMNS (COLUMN) };
static const InbColumn tombstone_columns[] = { INB_TOMBSTONE_COLUMNS (COLUMN) };

typedef struct {
  const char      *name;
  const char      *table;
  const InbColumn *columns;
  guint            n_columns;
  int              key_column;
  int              seq_column;
} KindInfo;

#define KIND(name, table, columns, key, seq) { name, table, columns, G_N_ELEMENTS (columns), key, seq }

static const KindInfo kinds[INB_N_KINDS] = {
  [INB_KIND_WORKSPACE] = KIND ("workspace", "workspaces", workspace_columns, INB_WORKSPACE_ID, INB_WORKSPACE_CHANGE_SEQ),
  [INB_KIND_MEMBER] = KIND ("member", "memberships", member_columns, INB_MEMBER_USER_ID, INB_MEMBER_CHANGE_SEQ),
  [INB_KIND_TEAM] = KIND ("team", "teams", team_columns, INB_TEAM_ID, INB_TEAM_CHANGE_SEQ),
  [INB_KIND_STAGE] = KIND ("stage", "lead_pipeline_stages", stage_columns, INB_STAGE_ID, INB_STAGE_CHANGE_SEQ),
  [INB_KIND_FIELD_DEFINITION] = KIND ("field_definition", "lead_field_definitions", field_definition_columns,
                                      INB_FIELD_DEFINITION_ID, INB_FIELD_DEFINITION_CHANGE_SEQ),
  [INB_KIND_WEBHOOK] = KIND ("webhook", "webhooks", webhook_columns, INB_WEBHOOK_ID, INB_WEBHOOK_CHANGE_SEQ),
  [INB_KIND_VIEW] = KIND ("view", "views", view_columns, INB_VIEW_ID, INB_VIEW_CHANGE_SEQ),
  [INB_KIND_CONTACT] = KIND ("contact", "contacts", contact_columns, INB_CONTACT_ID, INB_CONTACT_CHANGE_SEQ),
  [INB_KIND_LEAD] = KIND ("lead", "leads", lead_columns, INB_LEAD_ID, INB_LEAD_CHANGE_SEQ),
  [INB_KIND_ACTIVITY] = KIND ("activity", "lead_activities", activity_columns, INB_ACTIVITY_ID, INB_ACTIVITY_CHANGE_SEQ),
  [INB_KIND_TOMBSTONE] = KIND ("tombstone", "tombstones", tombstone_columns, INB_TOMBSTONE_ENTITY_ID, INB_TOMBSTONE_CHANGE_SEQ),
};

/**
 * inb_kind_get_name:
 *
 * Returns: (transfer none): the kind's name on the wire, "lead"
 */
const char *
inb_kind_get_name (InbKind kind)
{
  g_return_val_if_fail (kind < INB_N_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * inb_kind_get_table:
 *
 * Returns: (transfer none): the table that holds the kind's rows on the server, "leads"
 */
const char *
inb_kind_get_table (InbKind kind)
{
  g_return_val_if_fail (kind < INB_N_KINDS, NULL);

  return kinds[kind].table;
}

/**
 * inb_kind_from_name:
 * @name: a kind's name on the wire
 * @kind: (out): the kind
 *
 * Returns: whether @name names a kind
 */
gboolean
inb_kind_from_name (const char *name,
                    InbKind    *kind)
{
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint i = 0; i < INB_N_KINDS; i++)
    {
      if (strcmp (kinds[i].name, name) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * inb_kind_get_columns:
 * @n_columns: (out): how many there are
 *
 * Returns: (array length=n_columns) (transfer none): the kind's columns
 */
const InbColumn *
inb_kind_get_columns (InbKind  kind,
                      guint   *n_columns)
{
  g_return_val_if_fail (kind < INB_N_KINDS, NULL);

  if (n_columns != NULL)
    *n_columns = kinds[kind].n_columns;

  return kinds[kind].columns;
}

/**
 * inb_kind_find_column:
 *
 * Returns: the position of the column named @name, or -1
 */
int
inb_kind_find_column (InbKind     kind,
                      const char *name)
{
  g_return_val_if_fail (kind < INB_N_KINDS && name != NULL, -1);

  for (guint i = 0; i < kinds[kind].n_columns; i++)
    {
      if (strcmp (kinds[kind].columns[i].name, name) == 0)
        return (int) i;
    }

  return -1;
}

/**
 * inb_kind_get_key_column:
 *
 * Returns: the column that identifies a row within its workspace
 */
int
inb_kind_get_key_column (InbKind kind)
{
  g_return_val_if_fail (kind < INB_N_KINDS, -1);

  return kinds[kind].key_column;
}

/**
 * inb_kind_get_seq_column:
 *
 * Returns: the column with the row's place in the change feed
 */
int
inb_kind_get_seq_column (InbKind kind)
{
  g_return_val_if_fail (kind < INB_N_KINDS, -1);

  return kinds[kind].seq_column;
}
