#define G_LOG_DOMAIN "inb-service"

#include "inb-stage-job.h"

#include "inb-error.h"
#include "inb-json.h"
#include "inb-stage-edit.h"
#include "inb-stage-leads.h"

#define CHUNK_TIME (10 * G_TIME_SPAN_MILLISECOND)
#define FIRST_CHUNK 64
#define MIN_CHUNK 32 /* a transaction has costs of its own, and a busy computer makes every turn long */
#define MAX_CHUNK 256

/* How far it is. */
typedef struct {
  InbStageWalk walk;
  guint        n_walked;    /* stages whose leads are through */
  gboolean     is_written;  /* the list */
} Progress;

struct _InbStageJob {
  /* Owned */
  JsonNode  *body;
  GPtrArray *moves;     /* (element-type utf8): stages that go, with a replacement for their leads each: key, key, … */
  GPtrArray *followed;  /* (element-type utf8): stages whose leads follow */
  GPtrArray *rows;      /* (element-type InbRow): what was written of the list */

  Progress   done;      /* in turns that are committed */
  Progress   next;      /* with the current one */
  gint64     change_seq;
  guint      n_turns;
  guint      n_chunk;   /* leads of the last turn */
  guint      limit;
};

/**
 * inb_stage_job_new:
 * @body: (transfer full): of the request
 *
 * Returns: (transfer full): the job, or %NULL
 */
InbStageJob *
inb_stage_job_new (JsonNode  *body,
                   GError   **error)
{
  g_autoptr (JsonNode) owned = body;
  JsonNode *change_seq = json_object_get_member (json_node_get_object (body), "change_seq");
  InbStageJob *self;

  if (change_seq == NULL || json_node_get_value_type (change_seq) != G_TYPE_INT64)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                           "change_seq must be that of the list which was edited: read GET /api/stages first");
      return NULL;
    }

  self = g_new0 (InbStageJob, 1);
  self->body = g_steal_pointer (&owned);
  self->change_seq = json_node_get_int (change_seq);
  self->moves = g_ptr_array_new_with_free_func (g_free);
  self->followed = g_ptr_array_new_with_free_func (g_free);
  self->limit = FIRST_CHUNK;
  inb_stage_walk_begin (&self->done.walk);

  return self;
}

void
inb_stage_job_free (gpointer data)
{
  InbStageJob *self = data;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_ptr_array_unref (self->followed);
  g_ptr_array_unref (self->moves);
  json_node_unref (self->body);
  g_free (self);
}

static void
append_rows (GString     *json,
             InbStageSet *stages,
             gboolean     archived)
{
  g_string_append_c (json, '[');
  for (guint i = 0; i < inb_stage_set_get_size (stages); i++)
    {
      const InbRow *row = inb_stage_set_get (stages, i);

      if ((inb_row_get (row, INB_STAGE_ARCHIVED_AT) != NULL) != archived)
        continue;
      if (json->str[json->len - 1] != '[')
        g_string_append_c (json, ',');
      inb_row_append_json (row, FALSE, json);
    }
  g_string_append_c (json, ']');
}

GString *
inb_stages_to_json (InbStageSet *stages)
{
  GString *json = g_string_new ("{");

  inb_json_append_member_integer (json, "change_seq", inb_stage_set_get_seq (stages));
  inb_json_append_name (json, "stages");
  append_rows (json, stages, FALSE);
  inb_json_append_name (json, "archived");
  append_rows (json, stages, TRUE);
  g_string_append_c (json, '}');

  return json;
}

/* Somebody else may have changed the list before, or between two turns. */
static gboolean
check_seq (InbStageJob  *self,
           InbAdmin     *admin,
           InbStageSet  *stages,
           GError      **error)
{
  g_autoptr (GString) current = NULL;

  if (inb_stage_set_get_seq (stages) == self->change_seq)
    return TRUE;

  current = inb_stages_to_json (stages);
  admin->extra = g_string_new ("\"current\":");
  g_string_append_len (admin->extra, current->str, (gssize) current->len);
  g_set_error_literal (error, INB_ERROR, INB_ERROR_CONFLICT,
                       "The stages were changed meanwhile: look at “current”, make the change there, and send it with its change_seq");

  return FALSE;
}

/* The stages that go, in an order that is the same in every turn, while none of them is through. */
static void
list_moves (InbStageJob        *self,
            const InbStageEdit *edit)
{
  g_autoptr (GList) keys = NULL;

  if (self->moves->len > 0)
    return;

  keys = g_list_sort (g_hash_table_get_keys (edit->archive), (GCompareFunc) g_strcmp0);
  for (GList *l = keys; l != NULL; l = l->next)
    {
      const char *replacement = g_hash_table_lookup (edit->archive, l->data);

      if (replacement == NULL)
        continue;
      g_ptr_array_add (self->moves, g_strdup (l->data));
      g_ptr_array_add (self->moves, g_strdup (replacement));
    }
}

static gboolean
check_empty (InbAdmin            *admin,
             const InbStageEdit  *edit,
             GError             **error)
{
  GHashTableIter iter;
  gpointer key, replacement;

  g_hash_table_iter_init (&iter, edit->archive);
  while (g_hash_table_iter_next (&iter, &key, &replacement))
    {
      const char *params[] = { admin->workspace_id, key };
      g_autoptr (PGresult) result = NULL;

      if (replacement != NULL)
        continue;
      result = inb_admin_query (admin, "admin/has-leads-in-stage", G_N_ELEMENTS (params), params, error);
      if (result == NULL)
        return FALSE;
      if (*PQgetvalue (result, 0, 0) == 't')
        {
          g_set_error (error, INB_ERROR, INB_ERROR_UNPROCESSABLE,
                       "archive.%s: leads are in this stage; name the stage that they go to instead of null, or hide it by is_hidden",
                       (char *) key);
          return FALSE;
        }
    }

  return TRUE;
}

/* Webhooks that are cached know the stages too. A delivery that waits with the old ones sees at the lock that they have changed. */
static gboolean
drop_webhooks (InbAdmin  *admin,
               GError   **error)
{
  const char *params[] = { admin->workspace_id };
  g_autoptr (PGresult) webhooks = inb_admin_query (admin, "admin/webhooks", G_N_ELEMENTS (params), params, error);

  for (int i = 0; webhooks != NULL && i < PQntuples (webhooks); i++)
    inb_admin_drop (admin, PQgetvalue (webhooks, i, 0));

  return webhooks != NULL;
}

static gboolean
has_other_category (const InbRow *row,
                    const InbRow *before)
{
  return before != NULL && inb_row_get (row, INB_STAGE_ARCHIVED_AT) == NULL &&
         g_strcmp0 (inb_row_get (row, INB_STAGE_CATEGORY), inb_row_get (before, INB_STAGE_CATEGORY)) != 0;
}

static void
put_row (InbStageJob *self,
         InbAdmin    *admin,
         InbStageSet *stages,
         InbRow      *row,
         GString     *details)
{
  const InbRow *before = inb_stage_set_find (stages, inb_row_get (row, INB_STAGE_KEY));
  const char *params[] = { admin->workspace_id, inb_row_get (row, INB_STAGE_KEY) };

  if (details->str[details->len - 1] != '[')
    g_string_append_c (details, ',');
  inb_json_append_string (details, inb_row_get (row, INB_STAGE_KEY));
  inb_write_set_put (admin->write_set, (InbRow *) before, row);
  if (has_other_category (row, before))
    {
      inb_admin_later (admin, "admin/unsettle-stage", G_N_ELEMENTS (params), params);
      g_ptr_array_add (self->followed, g_strdup (params[1]));
    }
}

static gboolean
write_list (InbStageJob         *self,
            InbAdmin            *admin,
            InbStageSet         *stages,
            const InbStageEdit  *edit,
            GError             **error)
{
  const char *params[] = { admin->workspace_id };
  g_autoptr (PGresult) unsettled = inb_admin_query (admin, "admin/unsettled-stages", G_N_ELEMENTS (params), params, error);
  g_autoptr (GString) details = g_string_new ("{\"changed\":[");

  if (unsettled == NULL || !check_empty (admin, edit, error) || !drop_webhooks (admin, error))
    return FALSE;

  g_ptr_array_set_size (self->followed, 0);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = inb_stage_edit_apply (edit, stages, admin->workspace_id, admin->actor_id, admin->now);
  for (guint i = 0; i < self->rows->len; i++)
    put_row (self, admin, stages, g_ptr_array_index (self->rows, i), details);
  for (int i = 0; i < PQntuples (unsettled); i++)
    {
      if (!g_ptr_array_find_with_equal_func (self->followed, PQgetvalue (unsettled, i, 0), g_str_equal, NULL))
        g_ptr_array_add (self->followed, g_strdup (PQgetvalue (unsettled, i, 0)));
    }
  g_string_append (details, "]}");
  if (self->rows->len > 0)
    {
      inb_admin_later (admin, "admin/note-stages", G_N_ELEMENTS (params), params);
      inb_admin_audit (admin, "stages_changed", "stage", NULL, details->str);
    }
  self->next.is_written = TRUE;
  self->next.n_walked = 0;
  inb_stage_walk_begin (&self->next.walk);

  return TRUE;
}

/* Moves leads while there is room in the turn, and writes the list in the turn that moves the last of them: none can come to a stage
 * between its last lead's leaving and its own end. */
static gboolean
run_moves (InbStageJob  *self,
           InbAdmin     *admin,
           InbWrite     *write,
           GError      **error)
{
  g_autoptr (InbStageEdit) edit = NULL;

  if (!check_seq (self, admin, write->stages, error))
    return FALSE;
  edit = inb_stage_edit_new_from_json (json_node_get_object (self->body), write->stages, error);
  if (edit == NULL || !inb_stage_edit_check (edit, write->stages, error))
    return FALSE;

  list_moves (self, edit);
  for (guint i = 0; i + 1 < self->moves->len; i += 2)
    {
      InbStageWalk walk;
      guint n;

      /* From the top each time: what was moved is there no more, and what has come since must go too. */
      inb_stage_walk_begin (&walk);
      if (!inb_stage_leads_change (admin, write->stages, g_ptr_array_index (self->moves, i), g_ptr_array_index (self->moves, i + 1), &walk,
                                   self->limit - self->n_chunk, &n, error))
        return FALSE;
      self->n_chunk += n;
      write->again = !walk.is_done || self->n_chunk >= self->limit;
      if (write->again)
        return TRUE;
    }

  return write_list (self, admin, write->stages, edit, error);
}

static gboolean
run_followers (InbStageJob  *self,
               InbAdmin     *admin,
               InbWrite     *write,
               GError      **error)
{
  while (self->next.n_walked < self->followed->len && self->n_chunk < self->limit)
    {
      const char *key = g_ptr_array_index (self->followed, self->next.n_walked);
      const char *params[] = { admin->workspace_id, key };
      guint n;

      if (!inb_stage_leads_change (admin, write->stages, key, NULL, &self->next.walk, self->limit - self->n_chunk, &n, error))
        return FALSE;
      self->n_chunk += n;
      if (!self->next.walk.is_done)
        break;
      inb_admin_later (admin, "admin/settle-stage", G_N_ELEMENTS (params), params);
      self->next.n_walked++;
      inb_stage_walk_begin (&self->next.walk);
    }

  return TRUE;
}

/* The next turn shall take about the time that it may, going by the last one. */
static void
adapt_limit (InbStageJob *self,
             InbWrite    *write)
{
  if (write->last_turn > 0 && self->n_chunk >= self->limit)
    self->limit = (guint) CLAMP ((gint64) self->n_chunk * CHUNK_TIME / write->last_turn, MIN_CHUNK,
                                 MIN ((gint64) self->limit * 2, MAX_CHUNK));
}

gboolean
inb_stage_job_run (gpointer    data,
                   InbAdmin   *admin,
                   InbWrite   *write,
                   GError    **error)
{
  InbStageJob *self = data;

  if (write->n_turns != self->n_turns)
    {
      self->n_turns = write->n_turns;
      self->done = self->next;
      adapt_limit (self, write);
    }
  self->next = self->done;
  self->n_chunk = 0;
  if (!(self->done.is_written ? run_followers (self, admin, write, error) : run_moves (self, admin, write, error)))
    return FALSE;

  write->again = write->again || !self->next.is_written || self->next.n_walked < self->followed->len;

  return TRUE;
}

/* The list as it is after this turn: in the turn that writes it, what was read is behind. */
GString *
inb_stage_job_answer (gpointer   data,
                      InbAdmin  *admin,
                      InbWrite  *write)
{
  InbStageJob *self = data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (InbStageSet) stages = NULL;

  for (guint i = 0; !self->done.is_written && i < self->rows->len; i++)
    g_ptr_array_add (rows, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < inb_stage_set_get_size (write->stages); i++)
    g_ptr_array_add (rows, (InbRow *) inb_stage_set_get (write->stages, i));
  stages = inb_stage_set_new (rows);

  return inb_stages_to_json (stages);
}
