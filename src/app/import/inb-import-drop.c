#define G_LOG_DOMAIN "inb-app"

#include "inb-import-drop.h"

#include <glib/gi18n.h>

struct _InbImportDrop {
  GtkWidget  parent_instance;

  /* Owned */
  char      *problem;

  /* Borrowed: children */
  GtkWidget *box;
  GtkImage  *image;
  GtkLabel  *label;
};

enum {
  TAKEN,
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbImportDrop, inb_import_drop, GTK_TYPE_WIDGET)

static void
update (InbImportDrop *self)
{
  gtk_image_set_from_icon_name (self->image, self->problem == NULL ? "document-open-symbolic" : "action-unavailable-symbolic");
  gtk_label_set_text (self->label, self->problem == NULL ? _("Drop a CSV file to import it") : self->problem);
}

/* --- dragging ----------------------------------------------------------------------------------------------------------- */

/* What cannot be taken is taken as well: only then can it be said why. */
static GdkDragAction
on_enter (InbImportDrop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);

  return GDK_ACTION_COPY;
}

static void
on_leave (InbImportDrop *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static gboolean
on_drop (InbImportDrop *self,
         const GValue  *value)
{
  GSList *files = g_value_get_boxed (value);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (self->problem != NULL)
    g_signal_emit (self, signals[REFUSED], 0, self->problem);
  else if (files == NULL)
    g_signal_emit (self, signals[REFUSED], 0, _("There was no file in what was dropped"));
  else if (files->next != NULL)
    g_signal_emit (self, signals[REFUSED], 0, _("These are several files: drop them one by one"));
  else
    g_signal_emit (self, signals[TAKEN], 0, files->data);

  return self->problem == NULL && files != NULL && files->next == NULL;
}

/* --- GObject ------------------------------------------------------------------------------------------------------------ */

static void
inb_import_drop_dispose (GObject *object)
{
  g_clear_pointer (&INB_IMPORT_DROP (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (inb_import_drop_parent_class)->dispose (object);
}

static void
inb_import_drop_finalize (GObject *object)
{
  g_free (INB_IMPORT_DROP (object)->problem);

  G_OBJECT_CLASS (inb_import_drop_parent_class)->finalize (object);
}

static void
inb_import_drop_class_init (InbImportDropClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = inb_import_drop_dispose;
  G_OBJECT_CLASS (klass)->finalize = inb_import_drop_finalize;

  signals[TAKEN] = g_signal_new ("file", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[REFUSED] = g_signal_new ("refused", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "import-drop");
}

static void
inb_import_drop_init (InbImportDrop *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->image = GTK_IMAGE (gtk_image_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_image_set_pixel_size (self->image, 64);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_justify (self->label, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "title-2");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  /* What lies below is where the file is dropped. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  update (self);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_import_drop_watch:
 * @area: where files may be dropped
 */
void
inb_import_drop_watch (InbImportDrop *self,
                       GtkWidget     *area)
{
  GtkDropTarget *target;

  g_return_if_fail (INB_IS_IMPORT_DROP (self) && GTK_IS_WIDGET (area));

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "enter", G_CALLBACK (on_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (area, GTK_EVENT_CONTROLLER (target));
}

void
inb_import_drop_set_problem (InbImportDrop *self,
                             const char    *problem)
{
  g_return_if_fail (INB_IS_IMPORT_DROP (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  update (self);
}
