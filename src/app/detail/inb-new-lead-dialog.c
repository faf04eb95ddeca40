#define G_LOG_DOMAIN "inb-app"

#include "inb-new-lead-dialog.h"

#include "inb-field-text.h"
#include "inb-known-person.h"
#include "inb-time.h"
#include "inb-uuid.h"

#include <glib/gi18n.h>

#define PATIENCE_MSEC 200 /* between typing and looking who has it */

static const struct {
  InbKind kind;
  guint   column;
} fields[] = {
  { INB_KIND_CONTACT, INB_CONTACT_FIRSTNAME },
  { INB_KIND_CONTACT, INB_CONTACT_LASTNAME },
  { INB_KIND_CONTACT, INB_CONTACT_PHONE },
  { INB_KIND_CONTACT, INB_CONTACT_EMAIL },
  { INB_KIND_CONTACT, INB_CONTACT_COMPANY },
  { INB_KIND_LEAD, INB_LEAD_PRODUCT_INTEREST },
  { INB_KIND_LEAD, INB_LEAD_INITIAL_INQUIRY },
};

struct _InbNewLeadDialog {
  AdwWindow     parent_instance;

  /* Owned */
  InbSession   *session;
  GCancellable *cancellable;    /* of the search for who has it */
  InbLeadSummary *found;        /* who has the number or the address, or NULL */
  char         *created_id;
  guint         patience;

  /* Borrowed: children */
  AdwEntryRow  *rows[G_N_ELEMENTS (fields)];
  GtkWidget    *known;
  GtkWidget    *open;
  GtkLabel     *known_text;
  GtkLabel     *problem;
  GtkWidget    *create;
};

static guint open_signal;

G_DEFINE_FINAL_TYPE (InbNewLeadDialog, inb_new_lead_dialog, ADW_TYPE_WINDOW)

static const char *
get_text (InbNewLeadDialog *self,
          guint             i)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->rows[i]));
}

static void
complain (InbNewLeadDialog *self,
          const char       *problem)
{
  gtk_label_set_text (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* --- who has it already ------------------------------------------------------------------------------------------------- */

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbNewLeadDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadSummary) summary = inb_known_person_find_finish (INB_REPLICA (source), result, &error);
  g_autofree char *text = NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("looking whose it is: %s", error->message);
  if (summary == NULL)
    return;

  text = g_strdup_printf (_("%s has this already."), summary->name);
  gtk_label_set_text (self->known_text, text);
  gtk_widget_set_visible (self->open, summary->rowid > 0);
  gtk_widget_set_visible (self->known, TRUE);
  g_clear_pointer (&self->found, inb_lead_summary_unref);
  self->found = g_steal_pointer (&summary);
}

static gboolean
on_patience_over (gpointer user_data)
{
  InbNewLeadDialog *self = user_data;

  self->patience = 0;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].kind == INB_KIND_CONTACT && (fields[i].column == INB_CONTACT_PHONE || fields[i].column == INB_CONTACT_EMAIL))
      inb_known_person_find_async (inb_session_get_replica (self->session), fields[i].column, get_text (self, i), self->cancellable,
                                   on_found, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static void
on_changed (InbNewLeadDialog *self)
{
  gtk_widget_set_visible (self->known, FALSE);
  complain (self, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->patience, g_source_remove);
  self->patience = g_timeout_add (PATIENCE_MSEC, on_patience_over, self);
}

static void
on_open_known (InbNewLeadDialog *self)
{
  g_signal_emit (self, open_signal, 0, self->found->id);
  gtk_window_close (GTK_WINDOW (self));
}

/* --- making it ---------------------------------------------------------------------------------------------------------- */

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (InbNewLeadDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *group = inb_edits_do_finish (INB_EDITS (source), result, &error);
  g_autofree char *message = NULL;

  if (group != NULL)
    {
      g_signal_emit (self, open_signal, 0, self->created_id);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_widget_set_sensitive (self->create, TRUE);
  message = inb_edits_describe_error (INB_EDITS (source), error);
  complain (self, message);
}

/* @contact_id: known already, or made by the same edit. */
static void
keep (InbNewLeadDialog *self,
      InbEdit          *edit,
      InbMutation      *lead,
      const char       *contact_id)
{
  inb_mutation_add_change (lead, INB_LEAD_CONTACT_ID, NULL, contact_id);
  g_free (self->created_id);
  self->created_id = g_strdup (lead->entity_id);
  inb_edit_add (edit, lead);
  gtk_widget_set_sensitive (self->create, FALSE);
  inb_edits_do_async (inb_session_get_edits (self->session), edit, FALSE, on_kept, g_object_ref (self));
}

/* Every field that is filled, or FALSE at the first that is wrong. */
static gboolean
fill (InbNewLeadDialog *self,
      InbMutation      *contact,
      InbMutation      *lead)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      InbMutation *mutation = fields[i].kind == INB_KIND_LEAD ? lead : contact;
      g_autofree char *clean = NULL;
      g_autofree char *problem = NULL;

      if (!inb_field_text_parse (fields[i].kind, fields[i].column, get_text (self, i), &clean, &problem))
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->rows[i]), "error");
          gtk_widget_grab_focus (GTK_WIDGET (self->rows[i]));
          complain (self, problem);
          return FALSE;
        }
      gtk_widget_remove_css_class (GTK_WIDGET (self->rows[i]), "error");
      if (clean != NULL)
        inb_mutation_add_change (mutation, fields[i].column, NULL, clean);
    }

  return TRUE;
}

static void
create (InbNewLeadDialog *self)
{
  g_autofree char *contact_id = inb_uuid_new_v7 ();
  g_autofree char *lead_id = inb_uuid_new_v7 ();
  gint64 now = inb_time_now ();
  g_autoptr (InbMutation) contact = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_CONTACT, contact_id, now);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_LEAD, lead_id, now);
  g_autoptr (InbEdit) edit = inb_edit_new (_("Lead created"));

  if (!gtk_widget_get_sensitive (self->create))
    return;
  if (!fill (self, contact, lead))
    return;
  if (contact->changes->len == 0)
    {
      complain (self, _("Write a name, a phone number or a mail address."));
      gtk_widget_grab_focus (GTK_WIDGET (self->rows[0]));
      return;
    }

  inb_edit_add (edit, contact);
  keep (self, edit, lead, contact_id);
}

/* What was typed of the person is left: he is known. */
static void
create_for (InbNewLeadDialog *self,
            const char       *contact_id)
{
  g_autofree char *lead_id = inb_uuid_new_v7 ();
  gint64 now = inb_time_now ();
  g_autoptr (InbMutation) passed_over = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_CONTACT, contact_id, now);
  g_autoptr (InbMutation) lead = inb_mutation_new (INB_MUTATION_CREATE, INB_KIND_LEAD, lead_id, now);
  g_autoptr (InbEdit) edit = inb_edit_new (_("Lead created"));

  if (gtk_widget_get_sensitive (self->create) && fill (self, passed_over, lead))
    keep (self, edit, lead, contact_id);
}

static void
on_contact_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (InbNewLeadDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (InbLeadDetail) detail = inb_replica_get_lead_finish (INB_REPLICA (source), result, &error);

  if (detail != NULL && detail->contact != NULL)
    create_for (self, inb_row_get_key (detail->contact));
  else
    complain (self, _("This contact is not here any more."));
}

static void
on_add_to_known (InbNewLeadDialog *self)
{
  if (self->found->rowid < 0)
    create_for (self, self->found->id);
  else
    inb_replica_get_lead_async (inb_session_get_replica (self->session), self->found->id, NULL, on_contact_read,
                                g_object_ref (self));
}

static void
inb_new_lead_dialog_dispose (GObject *object)
{
  InbNewLeadDialog *self = INB_NEW_LEAD_DIALOG (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_new_lead_dialog_parent_class)->dispose (object);
}

static void
inb_new_lead_dialog_finalize (GObject *object)
{
  g_clear_pointer (&INB_NEW_LEAD_DIALOG (object)->found, inb_lead_summary_unref);
  g_free (INB_NEW_LEAD_DIALOG (object)->created_id);

  G_OBJECT_CLASS (inb_new_lead_dialog_parent_class)->finalize (object);
}

static void
inb_new_lead_dialog_class_init (InbNewLeadDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_new_lead_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_new_lead_dialog_finalize;

  open_signal = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
make_rows (InbNewLeadDialog *self)
{
  GtkWidget *group = adw_preferences_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *row = adw_entry_row_new ();
      g_autofree char *label = inb_field_table_dup_label (fields[i].kind, fields[i].column);

      self->rows[i] = ADW_ENTRY_ROW (row);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "entry-activated", G_CALLBACK (create), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }

  return group;
}

static GtkWidget *
make_known (InbNewLeadDialog *self)
{
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new_with_label (_("New Lead for This Contact"));

  self->known = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->known_text = GTK_LABEL (gtk_label_new (NULL));
  self->open = gtk_button_new_with_label (_("Open"));
  gtk_label_set_wrap (self->known_text, TRUE);
  gtk_label_set_xalign (self->known_text, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->known_text), "warning");
  gtk_widget_set_visible (self->known, FALSE);
  gtk_box_append (GTK_BOX (self->known), GTK_WIDGET (self->known_text));
  gtk_box_append (GTK_BOX (buttons), self->open);
  gtk_box_append (GTK_BOX (buttons), add);
  gtk_box_append (GTK_BOX (self->known), buttons);
  g_signal_connect_object (self->open, "clicked", G_CALLBACK (on_open_known), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_to_known), self, G_CONNECT_SWAPPED);

  return self->known;
}

static void
inb_new_lead_dialog_init (InbNewLeadDialog *self)
{
  GtkWidget *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_label (_("Cancel"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->create = gtk_button_new_with_label (_("Create"));
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (self->create, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->create);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_add_css_class (box, "new-lead");
  gtk_box_append (GTK_BOX (box), make_rows (self));
  gtk_box_append (GTK_BOX (box), make_known (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->problem));
  gtk_box_append (GTK_BOX (outer), header);
  gtk_box_append (GTK_BOX (outer), box);
  adw_window_set_content (ADW_WINDOW (self), outer);
  gtk_window_set_title (GTK_WINDOW (self), _("New Lead"));
  gtk_window_set_default_size (GTK_WINDOW (self), 360, -1);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  g_signal_connect_object (self->create, "clicked", G_CALLBACK (create), self, G_CONNECT_SWAPPED);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_new_lead_dialog_new:
 *
 * Returns: (transfer none): a window, to be presented
 */
GtkWidget *
inb_new_lead_dialog_new (GtkWindow  *parent,
                         InbSession *session)
{
  InbNewLeadDialog *self = g_object_new (INB_TYPE_NEW_LEAD_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->rows[0]));

  return GTK_WIDGET (self);
}
