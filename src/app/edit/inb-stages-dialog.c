#define G_LOG_DOMAIN "inb-app"

#include "inb-stages-dialog.h"

#include "inb-error.h"
#include "inb-fold.h"
#include "inb-json.h"
#include "inb-loss-question.h"
#include "inb-problem-bar.h"
#include "inb-request-text.h"
#include "inb-stage-chip.h"
#include "inb-stage-defaults.h"
#include "inb-stage-edit.h"
#include "inb-stage-removal.h"
#include "inb-stage-row.h"

#include <glib/gi18n.h>

struct _InbStagesDialog {
  AdwWindow      parent_instance;

  /* Template */
  InbProblemBar *bar;
  GtkSpinner    *spinner;
  GtkListBox    *list;

  /* Owned */
  InbSession    *session;
  InbStageSet   *stages;       /* as they were when the edit began */
  InbStageEdit  *edit;
  GCancellable  *cancellable;
  char          *refusal;      /* the service's, until something is changed */

  GtkWidget     *origin;       /* weak, borrowed: where the keyboard was when it was saved */

  gint64         awaited;      /* change_seq of what was saved, until it has come back from the service; else 0 */
  gboolean       changed;
  gboolean       saving;
  gboolean       overtaken;    /* somebody else has changed them since */
};

G_DEFINE_FINAL_TYPE (InbStagesDialog, inb_stages_dialog, ADW_TYPE_WINDOW)

static void show_stages (InbStagesDialog *self);

/* --- what keeps it from being saved ------------------------------------------------------------------------------------- */

/* In the user's words, of what is likely; (transfer full) (nullable). Two names that differ may read the same here: one of ours in
 * translation, and one that somebody typed. */
static char *
describe_problem (InbStagesDialog *self,
                  const GError    *error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) shown_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_shown[3] = { 0 };

  for (guint i = 0; i < self->edit->stages->len; i++)
    {
      const InbRow *row = g_ptr_array_index (self->edit->stages, i);
      const char *name = inb_row_get (row, INB_STAGE_NAME);
      const char *category = inb_row_get (row, INB_STAGE_CATEGORY);
      const char *shown = inb_stage_chip_show_name (inb_row_get (row, INB_STAGE_KEY), name);
      gboolean is_twin;

      if (name == NULL)
        return g_strdup (_("Each stage needs a name"));
      if (g_utf8_strlen (name, -1) > INB_STAGE_EDIT_MAX_NAME)
        return g_strdup_printf (_("A stage’s name can have at most %d characters"), INB_STAGE_EDIT_MAX_NAME);
      is_twin = !g_hash_table_add (names, inb_fold_text (name));
      is_twin |= !g_hash_table_add (shown_names, inb_fold_text (shown));
      if (is_twin)
        return g_strdup_printf (_("Two stages are called “%s”"), shown);
      if (!inb_row_get_boolean (row, INB_STAGE_IS_HIDDEN))
        n_shown[g_strcmp0 (category, "won") == 0 ? 1 : g_strcmp0 (category, "lost") == 0 ? 2 : 0]++;
    }
  if (n_shown[1] == 0)
    return g_strdup (_("One stage has to be for won leads"));
  if (n_shown[2] == 0)
    return g_strdup (_("One stage has to be for lost leads"));

  return error != NULL ? g_strdup (error->message) : NULL;
}

static void
update (InbStagesDialog *self)
{
  gboolean online = inb_sync_client_get_state (inb_session_get_client (self->session)) == INB_SYNC_LIVE;
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *text = NULL;
  gboolean sound;

  inb_stage_edit_check (self->edit, self->stages, &error);
  problem = describe_problem (self, error);
  sound = problem == NULL;

  if (self->overtaken)
    text = g_strdup (_("Somebody else has changed the stages meanwhile. Your changes were not saved."));
  else if (!online)
    text = g_strdup (_("Stages can only be changed while the service is there"));
  else if (!sound)
    text = g_steal_pointer (&problem);
  else
    text = g_strdup (self->refusal);

  inb_problem_bar_show (self->bar, text, self->overtaken);
  gtk_spinner_set_spinning (self->spinner, self->saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), !self->saving);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stages.save",
                                 online && sound && self->changed && !self->saving && !self->overtaken);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stages.add",
                                 !self->saving && self->edit->stages->len < INB_STAGE_EDIT_MAX);
}

static void
note_change (InbStagesDialog *self)
{
  self->changed = TRUE;
  g_clear_pointer (&self->refusal, g_free);
  update (self);
}

/* --- the list ----------------------------------------------------------------------------------------------------------- */

static guint
find_place (InbStagesDialog *self,
            InbStageRow     *row)
{
  guint place = 0;

  g_ptr_array_find (self->edit->stages, inb_stage_row_get_stage (row), &place);

  return place;
}

static void
move_stage (InbStagesDialog *self,
            InbStageRow     *row,
            guint            place)
{
  guint from = find_place (self, row);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gpointer stage;

  if (place >= self->edit->stages->len || place == from)
    return;

  stage = g_ptr_array_steal_index (self->edit->stages, from);
  g_ptr_array_insert (self->edit->stages, (int) place, stage);
  g_object_ref (row);
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, GTK_WIDGET (row), (int) place);
  g_object_unref (row);
  for (guint i = 0; i < self->edit->stages->len; i++)
    inb_stage_row_set_place (INB_STAGE_ROW (gtk_list_box_get_row_at_index (self->list, (int) i)), i == 0,
                             i + 1 == self->edit->stages->len);
  /* The keyboard goes along. */
  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (row)))
    gtk_widget_grab_focus (focus);
  else
    gtk_widget_child_focus (GTK_WIDGET (row), GTK_DIR_TAB_FORWARD);
  note_change (self);
}

static void
on_moved (InbStagesDialog *self,
          int              by,
          InbStageRow     *row)
{
  move_stage (self, row, (guint) ((int) find_place (self, row) + by));
}

static void
on_dropped (InbStagesDialog *self,
            InbStageRow     *other,
            InbStageRow     *row)
{
  move_stage (self, other, find_place (self, row));
}

static void
remove_stage (InbStageRow *row,
              const char  *target,
              gpointer     user_data)
{
  InbStagesDialog *self = user_data;
  InbRow *stage = inb_stage_row_get_stage (row);
  guint place = 0;

  if (!g_ptr_array_find (self->edit->stages, stage, &place))
    return;
  if (target != NULL)
    g_hash_table_insert (self->edit->archive, g_strdup (inb_row_get (stage, INB_STAGE_KEY)), g_strdup (target));
  g_ptr_array_remove_index (self->edit->stages, place);
  show_stages (self);
  note_change (self);
}

static void
on_removed (InbStagesDialog *self,
            InbStageRow     *row)
{
  inb_stage_removal_ask (GTK_WINDOW (self), row, self->edit->stages, remove_stage, self);
}

static GtkWidget *
add_row (InbStagesDialog *self,
         InbRow          *stage)
{
  gboolean fixed = g_strcmp0 (inb_row_get (stage, INB_STAGE_KEY), INB_STAGE_DEFAULT_KEY) == 0 ||
                   inb_row_get_boolean (stage, INB_STAGE_IS_DEFAULT);
  GtkWidget *row = inb_stage_row_new (stage, fixed);

  g_signal_connect_object (row, "changed", G_CALLBACK (note_change), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "moved", G_CALLBACK (on_moved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "dropped", G_CALLBACK (on_dropped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);

  return row;
}

static void
show_stages (InbStagesDialog *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->edit->stages->len; i++)
    {
      GtkWidget *added = add_row (self, g_ptr_array_index (self->edit->stages, i));

      inb_stage_row_set_place (INB_STAGE_ROW (added), i == 0, i + 1 == self->edit->stages->len);
    }
}

static void
begin (InbStagesDialog *self)
{
  g_clear_pointer (&self->edit, inb_stage_edit_free);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_clear_pointer (&self->refusal, g_free);
  self->stages = inb_stage_set_ref (inb_session_get_stages (self->session));
  self->edit = inb_stage_edit_new (self->stages);
  self->changed = FALSE;
  self->overtaken = FALSE;
  show_stages (self);
  update (self);
}

/* --- actions ------------------------------------------------------------------------------------------------------------ */

/* The next one that is opened shall begin with what this one saved. */
static void
close_when_there (InbStagesDialog *self)
{
  if (inb_stage_set_get_seq (inb_session_get_stages (self->session)) >= self->awaited)
    gtk_window_close (GTK_WINDOW (self));
}

static void
on_stages_changed (InbStagesDialog *self)
{
  if (self->awaited > 0)
    {
      close_when_there (self);
      return;
    }
  if (self->saving || inb_stage_set_get_seq (inb_session_get_stages (self->session)) <= inb_stage_set_get_seq (self->stages))
    return;
  if (!self->changed)
    {
      begin (self);
      return;
    }
  self->overtaken = TRUE;
  update (self);
}

/* 0: it does not say. */
static gint64
read_seq (GBytes *answer)
{
  g_autoptr (JsonNode) node = inb_json_parse (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? inb_json_get_integer (json_node_get_object (node), "change_seq", 0) : 0;
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbStagesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = inb_sync_client_request_finish (INB_SYNC_CLIENT (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer != NULL)
    {
      self->awaited = read_seq (answer);
      close_when_there (self);
      return;
    }

  self->saving = FALSE;
  if (g_error_matches (error, INB_ERROR, INB_ERROR_CONFLICT))
    self->overtaken = TRUE;
  else
    self->refusal = inb_request_text_describe (error, NULL, NULL);
  update (self);
  if (self->origin != NULL)
    gtk_widget_grab_focus (self->origin);
}

static void
save (GtkWidget  *widget,
      const char *action_name,
      GVariant   *parameter)
{
  InbStagesDialog *self = INB_STAGES_DIALOG (widget);
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;

  inb_stage_edit_append_json (self->edit, inb_stage_set_get_seq (self->stages), json);
  body = g_string_free_to_bytes (g_steal_pointer (&json));
  /* GTK warns of a field that is greyed while it has the keyboard. */
  g_set_weak_pointer (&self->origin, gtk_window_get_focus (GTK_WINDOW (self)));
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  self->saving = TRUE;
  update (self);
  inb_sync_client_request_async (inb_session_get_client (self->session), "PUT", "/api/stages", body, self->cancellable, on_saved,
                                 g_object_ref (self));
}

static void
reload (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  begin (INB_STAGES_DIALOG (widget));
}

static void
add_stage (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  InbStagesDialog *self = INB_STAGES_DIALOG (widget);
  InbRow *stage = inb_row_new (INB_KIND_STAGE);
  guint place = 0;

  inb_row_set (stage, INB_STAGE_COLOR, INB_STAGE_NEW_COLOR);
  inb_row_set (stage, INB_STAGE_CATEGORY, "open");
  inb_row_set_integer (stage, INB_STAGE_PROBABILITY, 0);
  inb_row_set_boolean (stage, INB_STAGE_IS_DEFAULT, FALSE);
  inb_row_set_boolean (stage, INB_STAGE_IS_HIDDEN, FALSE);
  /* Behind the last open one: what is won or lost comes at the end. */
  for (guint i = 0; i < self->edit->stages->len; i++)
    if (g_strcmp0 (inb_row_get (g_ptr_array_index (self->edit->stages, i), INB_STAGE_CATEGORY), "open") == 0)
      place = i + 1;
  g_ptr_array_insert (self->edit->stages, (int) place, stage);
  show_stages (self);
  note_change (self);
  inb_stage_row_focus_name (INB_STAGE_ROW (gtk_list_box_get_row_at_index (self->list, (int) place)));
}

static void
agree_to_lose (GtkWindow *window)
{
  INB_STAGES_DIALOG (window)->changed = FALSE;
}

static gboolean
inb_stages_dialog_close_request (GtkWindow *window)
{
  InbStagesDialog *self = INB_STAGES_DIALOG (window);

  if (!self->changed || self->saving)
    return GTK_WINDOW_CLASS (inb_stages_dialog_parent_class)->close_request (window);

  inb_loss_question_ask (window, _("Discard the Changes?"), _("What you changed here has not been saved."), _("_Discard"), agree_to_lose);

  return GDK_EVENT_STOP;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_stages_dialog_dispose (GObject *object)
{
  InbStagesDialog *self = INB_STAGES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->origin);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_stages_dialog_parent_class)->dispose (object);
}

static void
inb_stages_dialog_finalize (GObject *object)
{
  InbStagesDialog *self = INB_STAGES_DIALOG (object);

  g_clear_pointer (&self->edit, inb_stage_edit_free);
  g_clear_pointer (&self->stages, inb_stage_set_unref);
  g_clear_object (&self->cancellable);
  g_free (self->refusal);

  G_OBJECT_CLASS (inb_stages_dialog_parent_class)->finalize (object);
}

static void
inb_stages_dialog_class_init (InbStagesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = inb_stages_dialog_dispose;
  object_class->finalize = inb_stages_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = inb_stages_dialog_close_request;

  g_type_ensure (INB_TYPE_PROBLEM_BAR);
  gtk_widget_class_install_action (widget_class, "stages.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "stages.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "stages.add", NULL, add_stage);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "stages.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/example/InboundLeads/inb-stages-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, InbStagesDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, InbStagesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, InbStagesDialog, list);
}

static void
inb_stages_dialog_init (InbStagesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_stages_dialog_new:
 * @session: whose pipeline is edited; it knows its stages
 *
 * Returns: (transfer none): a window that GTK owns
 */
InbStagesDialog *
inb_stages_dialog_new (GtkWindow  *parent,
                       InbSession *session)
{
  InbStagesDialog *self;

  g_return_val_if_fail (INB_IS_SESSION (session) && inb_session_get_stages (session) != NULL, NULL);

  self = g_object_new (INB_TYPE_STAGES_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "stages-changed", G_CALLBACK (on_stages_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (inb_session_get_client (session), "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  begin (self);

  return self;
}
