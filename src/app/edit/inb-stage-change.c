#define G_LOG_DOMAIN "inb-app"

#include "inb-stage-change.h"

#include "inb-field-text.h"
#include "inb-stage-chip.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct {
  /* Owned */
  char               *stage;

  /* Borrowed */
  AdwMessageDialog   *dialog;
  GtkEntry           *entry;
  GtkLabel           *problem;
  gpointer            data;

  InbStageChangeFunc  func;
  guint               column;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_free (question->stage);
  g_free (question);
}

static void
on_changed (Question *question)
{
  g_autofree char *clean = NULL;
  g_autofree char *problem = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->entry));
  gboolean valid = inb_field_text_parse (INB_KIND_LEAD, question->column, text, &clean, &problem);

  gtk_label_set_text (question->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (question->problem), problem != NULL);
  adw_message_dialog_set_response_enabled (question->dialog, "set", valid && clean != NULL);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Question *question = user_data;
  g_autofree char *clean = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (question->entry));

  if (g_str_equal (response, "set") && inb_field_text_parse (INB_KIND_LEAD, question->column, text, &clean, NULL))
    question->func (question->stage, (int) question->column, clean, question->data);
}

static GtkWidget *
make_entry (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gboolean is_reason = question->column == INB_LEAD_LOST_REASON;

  question->entry = GTK_ENTRY (gtk_entry_new ());
  question->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_entry_set_activates_default (question->entry, TRUE);
  gtk_entry_set_input_purpose (question->entry, is_reason ? GTK_INPUT_PURPOSE_FREE_FORM : GTK_INPUT_PURPOSE_NUMBER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  is_reason ? _("Reason") : _("Value"), -1);
  gtk_label_set_wrap (question->problem, TRUE);
  gtk_label_set_xalign (question->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (question->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (question->problem), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->problem));

  return box;
}

static void
ask (GtkWidget *parent,
     Question  *question)
{
  gboolean is_reason = question->column == INB_LEAD_LOST_REASON;
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                                              is_reason ? _("Why Was It Lost?") : _("What Is It Worth?"),
                                              is_reason ? _("This stage asks for the reason.") : _("This stage asks for the value."));

  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_add_responses (question->dialog, "cancel", _("_Cancel"), "set", _("_Set Stage"), NULL);
  adw_message_dialog_set_response_appearance (question->dialog, "set", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (question->dialog, "set");
  adw_message_dialog_set_close_response (question->dialog, "cancel");
  adw_message_dialog_set_response_enabled (question->dialog, "set", FALSE);
  adw_message_dialog_set_extra_child (question->dialog, make_entry (question));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  g_signal_connect_swapped (question->entry, "changed", G_CALLBACK (on_changed), question);
  /* The one who asked may be gone by the time of the answer. */
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (question->entry));
}

/* What of the lead the stage asks for and nobody has filled yet, or -1. */
static int
find_missing (InbSession   *session,
              const InbRow *lead,
              const char   *key)
{
  InbStageSet *stages = inb_session_get_stages (session);
  const InbRow *stage = stages != NULL ? inb_stage_set_find (stages, key) : NULL;
  int column = -1;

  if (stage == NULL)
    return -1;
  if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_LOST_REASON))
    column = INB_LEAD_LOST_REASON;
  else if (inb_row_get_boolean (stage, INB_STAGE_REQUIRES_VALUE))
    column = inb_stage_set_get_category (stages, key) == INB_STAGE_CATEGORY_WON ? INB_LEAD_CONVERSION_VALUE
             : INB_LEAD_ESTIMATED_VALUE;

  return column >= 0 && (lead == NULL || inb_row_get (lead, (guint) column) == NULL) ? column : -1;
}

/**
 * inb_stage_change_start:
 * @lead: (nullable): the one lead that moves
 * @func: (scope call): makes the edit
 */
void
inb_stage_change_start (GtkWidget          *parent,
                        InbSession         *session,
                        const InbRow       *lead,
                        const char         *stage,
                        InbStageChangeFunc  func,
                        gpointer            data)
{
  int column;
  Question *question;

  g_return_if_fail (GTK_IS_WIDGET (parent) && INB_IS_SESSION (session) && stage != NULL);

  column = find_missing (session, lead, stage);
  if (column < 0)
    {
      func (stage, -1, NULL, data);
      return;
    }

  question = g_new0 (Question, 1);
  question->stage = g_strdup (stage);
  question->column = (guint) column;
  question->func = func;
  question->data = data;
  ask (parent, question);
}
