#define G_LOG_DOMAIN "inb-app"

#include "inb-duplicate-hint.h"

#include "inb-contact-text.h"

#include <glib/gi18n.h>

struct _InbDuplicateHint {
  AdwBin        parent_instance;

  /* Owned */
  InbSession   *session;
  GCancellable *cancellable;
  char         *contact_id;

  /* Borrowed: children */
  GtkLabel     *text;
  GtkWidget    *compare;

  gboolean      loading;
  gboolean      dirty;
};

G_DEFINE_FINAL_TYPE (InbDuplicateHint, inb_duplicate_hint, ADW_TYPE_BIN)

static void load (InbDuplicateHint *self);

/* --- showing ------------------------------------------------------------------------------------------------------------ */

/* All but the contact itself. */
static GPtrArray *
list_others (InbDuplicateHint   *self,
             const InbDuplicate *duplicate)
{
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = 0; i < duplicate->contacts->len; i++)
    {
      InbRow *contact = g_ptr_array_index (duplicate->contacts, i);

      if (g_strcmp0 (inb_row_get_key (contact), self->contact_id) != 0)
        g_ptr_array_add (others, contact);
    }

  return others;
}

static GVariant *
make_target (InbDuplicateHint *self,
             GPtrArray        *others)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  g_variant_builder_add (&builder, "s", self->contact_id);
  for (guint i = 0; i < others->len; i++)
    g_variant_builder_add (&builder, "s", inb_row_get_key (g_ptr_array_index (others, i)));

  return g_variant_builder_end (&builder);
}

static void
show_duplicate (InbDuplicateHint   *self,
                const InbDuplicate *duplicate)
{
  g_autoptr (GPtrArray) others = list_others (self, duplicate);
  g_autofree char *names = others->len > 0 ? inb_contact_text_dup_names (others) : NULL;
  g_autofree char *reason = inb_contact_text_dup_reason (duplicate);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;

  if (names == NULL)
    return;

  /* Translators: a name and why, "Possible duplicate of Jörg Groß · same phone" */
  text = g_strdup_printf (_("Possible duplicate of %1$s · %2$s"), names, reason);
  why = inb_contact_text_describe_duplicate (duplicate);
  gtk_label_set_text (self->text, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), why);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->compare), make_target (self, others));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

/* The first one that the user has not told apart. */
static void
show_found (InbDuplicateHint *self,
            GPtrArray        *found)
{
  for (guint i = 0; i < found->len; i++)
    {
      const InbDuplicate *duplicate = g_ptr_array_index (found, i);

      if (!inb_dismissals_has (inb_session_get_dismissals (self->session), duplicate))
        {
          show_duplicate (self, duplicate);
          return;
        }
    }
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- reading ------------------------------------------------------------------------------------------------------------ */

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbDuplicateHint) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = inb_replica_get_duplicates_finish (INB_REPLICA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading = FALSE;
  if (found != NULL)
    show_found (self, found);
  else
    g_message ("looking for duplicates of %s: %s", self->contact_id, error->message);
  if (self->dirty)
    load (self);
}

static void
load (InbDuplicateHint *self)
{
  self->dirty = self->loading;
  if (self->loading || self->contact_id == NULL)
    return;

  self->loading = TRUE;
  inb_replica_get_duplicates_async (inb_session_get_replica (self->session), self->contact_id, self->cancellable, on_found,
                                    g_object_ref (self));
}

static void
inb_duplicate_hint_dispose (GObject *object)
{
  InbDuplicateHint *self = INB_DUPLICATE_HINT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (inb_duplicate_hint_parent_class)->dispose (object);
}

static void
inb_duplicate_hint_finalize (GObject *object)
{
  g_clear_object (&INB_DUPLICATE_HINT (object)->cancellable);
  g_free (INB_DUPLICATE_HINT (object)->contact_id);

  G_OBJECT_CLASS (inb_duplicate_hint_parent_class)->finalize (object);
}

static void
inb_duplicate_hint_class_init (InbDuplicateHintClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = inb_duplicate_hint_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_duplicate_hint_finalize;
}

static void
inb_duplicate_hint_init (InbDuplicateHint *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->cancellable = g_cancellable_new ();
  self->text = GTK_LABEL (gtk_label_new (NULL));
  self->compare = gtk_button_new_with_label (_("Compare…"));
  gtk_label_set_xalign (self->text, 0);
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_wrap_mode (self->text, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_set_valign (self->compare, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->compare, "flat");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->compare), g_variant_new_strv (NULL, 0));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->compare), "win.compare-contacts");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), self->compare);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "duplicate-hint");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_duplicate_hint_new:
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_duplicate_hint_new (InbSession *session)
{
  InbDuplicateHint *self = g_object_new (INB_TYPE_DUPLICATE_HINT, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (inb_session_get_dismissals (session), "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
inb_duplicate_hint_show (InbDuplicateHint *self,
                         const char       *contact_id)
{
  g_return_if_fail (INB_IS_DUPLICATE_HINT (self));

  if (g_strcmp0 (self->contact_id, contact_id) != 0)
    {
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
      self->cancellable = g_cancellable_new ();
      self->loading = FALSE;
      g_free (self->contact_id);
      self->contact_id = g_strdup (contact_id);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
    }
  load (self);
}
