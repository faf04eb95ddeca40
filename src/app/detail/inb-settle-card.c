#define G_LOG_DOMAIN "inb-app"

#include "inb-settle-card.h"

#include "inb-field-text.h"
#include "inb-rejection-text.h"
#include "inb-wrap-layout.h"

#include <glib/gi18n.h>

struct _InbSettleCard {
  AdwBin      parent_instance;

  /* Owned */
  InbSession *session;
  char       *id;         /* the mutation's */
  GArray     *mine;       /* guint: columns that get the user's value */

  /* Borrowed: children */
  GtkWidget  *box;

  guint       n_open;     /* fields that nothing was said of */
};

G_DEFINE_FINAL_TYPE (InbSettleCard, inb_settle_card, ADW_TYPE_BIN)

/* --- settling ----------------------------------------------------------------------------------------------------------- */

static void
on_resolved (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (InbSettleCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  if (inb_replica_resolve_finish (INB_REPLICA (source), result, &error))
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  message = inb_edits_describe_error (inb_session_get_edits (self->session), error);
  g_signal_emit_by_name (inb_session_get_edits (self->session), "failed", message);
}

static void
resolve (InbSettleCard *self,
         GArray        *mine)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  inb_replica_resolve_async (inb_session_get_replica (self->session), self->id, mine, on_resolved, g_object_ref (self));
}

/* The conflict is over when something was said of every field. */
static void
decide (InbSettleCard *self,
        GtkWidget     *button,
        gboolean       is_mine)
{
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "column"));

  gtk_widget_set_sensitive (gtk_widget_get_parent (button), FALSE);
  if (is_mine)
    g_array_append_val (self->mine, column);
  if (--self->n_open == 0)
    resolve (self, self->mine->len > 0 ? self->mine : NULL);
}

static void
on_mine (InbSettleCard *self,
         GtkWidget     *button)
{
  decide (self, button, TRUE);
}

static void
on_theirs (InbSettleCard *self,
           GtkWidget     *button)
{
  decide (self, button, FALSE);
}

static void
on_again (InbSettleCard *self)
{
  resolve (self, self->mine);
}

static void
on_discard (InbSettleCard *self)
{
  resolve (self, NULL);
}

/* --- showing ------------------------------------------------------------------------------------------------------------ */

static GtkWidget *
append_label (GtkWidget  *box,
              const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

/* Of buttons, which must not make the pane wider. */
static GtkWidget *
make_line (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, inb_wrap_layout_new (6));

  return line;
}

static GtkWidget *
append_button (InbSettleCard *self,
               GtkWidget     *box,
               const char    *text,
               const char    *name,
               GCallback      callback)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);

  return button;
}

static void
append_side (InbSettleCard *self,
             const char    *what,
             const char    *value)
{
  g_autofree char *line = g_strdup_printf (_("%s: %s"), what, value != NULL ? value : "–");

  append_label (self->box, line, NULL);
}

static void
append_conflict (InbSettleCard          *self,
                 InbKind                 kind,
                 const InbFieldConflict *conflict)
{
  InbFieldContext context = inb_field_context_get (self->session, NULL);
  g_autofree char *label = inb_field_table_dup_label (kind, conflict->column);
  g_autofree char *mine = inb_field_text_describe (kind, conflict->column, conflict->mine, &context);
  g_autofree char *theirs = inb_field_text_describe (kind, conflict->column, conflict->theirs, &context);
  g_autofree char *mine_name = g_strdup_printf (_("%s: keep mine, %s"), label, mine != NULL ? mine : _("empty"));
  g_autofree char *theirs_name = g_strdup_printf (_("%s: keep theirs, %s"), label, theirs != NULL ? theirs : _("empty"));
  GtkWidget *buttons = make_line ();
  GtkWidget *button;

  gtk_widget_add_css_class (append_label (self->box, label, "caption-heading"), "settle-field");
  append_side (self, _("Mine"), mine);
  append_side (self, _("Theirs"), theirs);
  button = append_button (self, buttons, _("Keep Mine"), mine_name, G_CALLBACK (on_mine));
  g_object_set_data (G_OBJECT (button), "column", GUINT_TO_POINTER (conflict->column));
  button = append_button (self, buttons, _("Keep Theirs"), theirs_name, G_CALLBACK (on_theirs));
  g_object_set_data (G_OBJECT (button), "column", GUINT_TO_POINTER (conflict->column));
  gtk_box_append (GTK_BOX (self->box), buttons);
  self->n_open++;
}

static void
append_rejection (InbSettleCard        *self,
                  const InbOutboxEntry *entry)
{
  GtkWidget *buttons = make_line ();
  g_autofree char *reason = inb_rejection_text_describe (self->session, entry);
  GtkWidget *label = append_label (self->box, reason, NULL);

  gtk_widget_set_tooltip_text (label, entry->result->message);
  append_button (self, buttons, _("Try Again"), _("Try again"), G_CALLBACK (on_again));
  append_button (self, buttons, _("Discard"), _("Discard"), G_CALLBACK (on_discard));
  gtk_box_append (GTK_BOX (self->box), buttons);
}

static void
inb_settle_card_finalize (GObject *object)
{
  InbSettleCard *self = INB_SETTLE_CARD (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->mine, g_array_unref);
  g_free (self->id);

  G_OBJECT_CLASS (inb_settle_card_parent_class)->finalize (object);
}

static void
inb_settle_card_class_init (InbSettleCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inb_settle_card_finalize;

  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
inb_settle_card_init (InbSettleCard *self)
{
  self->mine = g_array_new (FALSE, FALSE, sizeof (guint));
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "settle");
  adw_bin_set_child (ADW_BIN (self), self->box);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_settle_card_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_settle_card_new (InbSession           *session,
                     const InbOutboxEntry *entry,
                     gboolean              has_open)
{
  InbSettleCard *self = g_object_new (INB_TYPE_SETTLE_CARD, NULL);
  gboolean is_conflict = entry->state == INB_OUTBOX_CONFLICT;
  const char *what = is_conflict ? _("Somebody else changed the same") : _("The server refused this");
  const InbMutation *mutation = entry->mutation;
  GtkWidget *button;

  self->session = g_object_ref (session);
  self->id = g_strdup (mutation->id);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  append_label (self->box, what, "heading");
  for (guint i = 0; is_conflict && i < entry->result->conflicts->len; i++)
    append_conflict (self, mutation->kind, g_ptr_array_index (entry->result->conflicts, i));
  if (!is_conflict)
    {
      append_label (self->box, entry->label, "dim-label");
      append_rejection (self, entry);
    }
  if (has_open && mutation->kind == INB_KIND_LEAD)
    {
      button = gtk_button_new_with_label (_("Open the Lead"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "settle.open-lead");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", mutation->entity_id);
      gtk_widget_set_halign (button, GTK_ALIGN_START);
      gtk_widget_add_css_class (button, "flat");
      gtk_box_append (GTK_BOX (self->box), button);
    }

  return GTK_WIDGET (self);
}
