#define G_LOG_DOMAIN "inb-app"

#include "inb-command-palette.h"

#include "inb-fold.h"
#include "inb-stage-chip.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_LEADS 20
#define WIDTH 460       /* pixels; less where the window is narrower */
#define MAX_HEIGHT 400
#define TOP 48
#define MIN_DIGITS 3    /* that are taken for a phone number's */

struct _InbCommandPalette {
  GtkPopover      parent_instance;

  /* Owned */
  InbSession     *session;
  GSettings      *settings;
  GCancellable   *cancellable;    /* of the leads that are being looked for */
  char           *chosen_action;
  char           *chosen_lead;
  char           *filled_for;     /* what the rows fit */
  GHashTable     *refusals;       /* command → why it cannot be done; as when the palette came up */

  /* Borrowed */
  GtkWidget      *origin;         /* where the keyboard was; weak */

  /* Borrowed: children */
  GtkSearchEntry *entry;
  GtkWidget      *scroller;
  GtkListBox     *list;

  gboolean        enter_waits;    /* for the first lead that is found */
};

enum {
  COMMAND,
  LEAD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (InbCommandPalette, inb_command_palette, GTK_TYPE_POPOVER)

/* --- rows --------------------------------------------------------------------------------------------------------------- */

static GtkWidget *
make_row (const char *title,
          const char *aside,
          gboolean    greyed)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (aside != NULL)
    {
      GtkWidget *beside = gtk_label_new (aside);

      gtk_label_set_ellipsize (GTK_LABEL (beside), PANGO_ELLIPSIZE_END);
      /* Greyed and dimmed it could not be read; and a tooltip for what is cut would outlive the popover, which GTK 4.8 cannot bear. */
      gtk_label_set_wrap (GTK_LABEL (beside), greyed);
      gtk_label_set_lines (GTK_LABEL (beside), 2);
      gtk_label_set_justify (GTK_LABEL (beside), GTK_JUSTIFY_RIGHT);
      if (!greyed)
        gtk_widget_add_css_class (beside, "dim-label");
      gtk_box_append (GTK_BOX (box), beside);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, aside, -1);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

/* (transfer full) (nullable) */
static char *
dup_key_label (const char *accel)
{
  GdkModifierType modifiers;
  guint key;

  if (accel == NULL || !gtk_accelerator_parse (accel, &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

static void
append_command (InbCommandPalette *self,
                const InbCommand  *command)
{
  g_autofree char *key = dup_key_label (command->accel);
  const char *refusal = g_hash_table_lookup (self->refusals, command);
  GtkWidget *row = make_row (_(command->title), refusal != NULL ? refusal : key, refusal != NULL);

  gtk_widget_set_sensitive (row, refusal == NULL);
  g_object_set_data (G_OBJECT (row), "action", (gpointer) command->action);
  gtk_list_box_append (self->list, row);
}

/* (transfer full): what tells it from others of the name; who types a number looks for it. */
static char *
dup_lead_aside (InbCommandPalette    *self,
                const InbLeadSummary *lead)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *digits = inb_fold_digits (typed);
  g_autofree char *stage = inb_stage_chip_get_name (inb_session_get_stages (self->session), lead->stage);

  if (lead->phone != NULL && digits != NULL && strlen (digits) >= MIN_DIGITS)
    return g_strjoin (" · ", stage, lead->phone, NULL);

  return lead->product != NULL ? g_strjoin (" · ", stage, lead->product, NULL) : g_steal_pointer (&stage);
}

static void
append_lead (InbCommandPalette    *self,
             const InbLeadSummary *lead)
{
  g_autofree char *aside = dup_lead_aside (self, lead);
  GtkWidget *row = make_row (lead->name, aside, FALSE);

  g_object_set_data_full (G_OBJECT (row), "lead-id", g_strdup (lead->id), g_free);
  gtk_list_box_append (self->list, row);
}

static void
select_row (InbCommandPalette *self,
            GtkListBoxRow     *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  gtk_list_box_select_row (self->list, row);
  if (row == NULL)
    return;

  /* The keyboard stays in the entry: this is how an assistive technology hears of it. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, row, -1);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static GtkListBoxRow *
find_next (InbCommandPalette *self,
           int                from,
           int                step)
{
  GtkListBoxRow *row;

  for (int i = from; i >= 0 && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i += step)
    if (gtk_widget_is_sensitive (GTK_WIDGET (row)))
      return row;

  return NULL;
}

static void on_row_activated (InbCommandPalette *self,
                              GtkListBoxRow     *row);

/* --- leads -------------------------------------------------------------------------------------------------------------- */

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (InbCommandPalette) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leads = inb_replica_load_finish (INB_REPLICA (source), result, &error);

  if (leads == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("no leads in the command palette: %s", error->message);
      return;
    }

  for (guint i = 0; i < leads->len; i++)
    if (g_ptr_array_index (leads, i) != NULL)
      append_lead (self, g_ptr_array_index (leads, i));
  if (gtk_list_box_get_selected_row (self->list) == NULL)
    select_row (self, find_next (self, 0, 1));
  if (self->enter_waits && gtk_list_box_get_selected_row (self->list) != NULL)
    on_row_activated (self, gtk_list_box_get_selected_row (self->list));
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (InbCommandPalette) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rowids = inb_replica_query_finish (INB_REPLICA (source), result, &error);

  if (rowids != NULL)
    inb_replica_load_async (INB_REPLICA (source), (const gint64 *) (gpointer) rowids->data, MIN (rowids->len, MAX_LEADS),
                            self->cancellable, on_loaded, g_object_ref (self));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("no leads in the command palette: %s", error->message);
}

static void
find_leads (InbCommandPalette *self,
            const char        *wanted)
{
  g_autoptr (InbLeadQuery) query = NULL;

  if (self->session == NULL || inb_session_get_phase (self->session) != INB_SESSION_OPEN)
    return;

  query = inb_lead_query_new ();
  inb_lead_filter_set_text (query->filter, wanted);
  inb_replica_query_async (inb_session_get_replica (self->session), query, self->cancellable, on_found, g_object_ref (self));
}

static void
forget_leads (InbCommandPalette *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* --- what is typed ------------------------------------------------------------------------------------------------------ */

/* What cannot be done is told to who asks for it, and to who looks through all there is. */
static gboolean
is_offered (InbCommandPalette *self,
            const InbCommand  *command,
            const char        *wanted)
{
  return !g_hash_table_contains (self->refusals, command) || inb_command_is_named (command, wanted);
}

/* Where the command that is asked for cannot be done, Enter must not do the next best. */
static void
select_first (InbCommandPalette *self,
              gboolean           asked)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (!asked || first == NULL || gtk_widget_is_sensitive (GTK_WIDGET (first)))
    select_row (self, find_next (self, 0, 1));
  else
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT, first, -1);
}

static void
fill (InbCommandPalette *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *wanted = g_strstrip (g_strdup (typed));
  g_auto (GStrv) recent = g_settings_get_strv (self->settings, "recent-commands");
  g_autoptr (GPtrArray) found = inb_command_find (wanted, (const char *const *) recent);
  GtkWidget *row;

  forget_leads (self);
  self->enter_waits = FALSE;
  g_free (self->filled_for);
  self->filled_for = g_strdup (typed);
  self->cancellable = g_cancellable_new ();
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < found->len; i++)
    if (is_offered (self, g_ptr_array_index (found, i), wanted))
      append_command (self, g_ptr_array_index (found, i));
  select_first (self, *wanted != '\0');
  if (*wanted != '\0')
    find_leads (self, wanted);
}

static void
refresh (InbCommandPalette *self)
{
  if (g_strcmp0 (self->filled_for, gtk_editable_get_text (GTK_EDITABLE (self->entry))) != 0)
    fill (self);
}

static void
on_row_activated (InbCommandPalette *self,
                  GtkListBoxRow     *row)
{
  const char *action = g_object_get_data (G_OBJECT (row), "action");

  self->chosen_action = g_strdup (action);
  self->chosen_lead = g_strdup (g_object_get_data (G_OBJECT (row), "lead-id"));
  if (action != NULL)
    {
      g_auto (GStrv) recent = g_settings_get_strv (self->settings, "recent-commands");
      g_auto (GStrv) noted = inb_command_note ((const char *const *) recent, action);

      g_settings_set_strv (self->settings, "recent-commands", (const char *const *) noted);
    }
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* Who types a name and Enter is quicker than the rows, and than the leads are found. */
static void
on_activate (InbCommandPalette *self)
{
  GtkListBoxRow *row;

  refresh (self);
  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    on_row_activated (self, row);
  else if (gtk_list_box_get_row_at_index (self->list, 0) == NULL)
    self->enter_waits = TRUE;
}

static gboolean
on_key_pressed (InbCommandPalette *self,
                guint              keyval,
                guint              keycode,
                GdkModifierType    state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int step = keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down ? 1 : keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up ? -1 : 0;
  GtkListBoxRow *next;

  if (step == 0)
    return GDK_EVENT_PROPAGATE;

  next = row != NULL ? find_next (self, gtk_list_box_row_get_index (row) + step, step) : find_next (self, 0, 1);
  if (next != NULL)
    select_row (self, next);

  return GDK_EVENT_STOP;
}

/* --- life --------------------------------------------------------------------------------------------------------------- */

static gboolean
on_over (gpointer user_data)
{
  InbCommandPalette *self = user_data;

  gtk_widget_unparent (GTK_WIDGET (self));
  /* GTK has put the keyboard on the first widget of the window, and what is chosen may be about where it was. */
  if (self->origin != NULL && gtk_widget_get_mapped (self->origin))
    gtk_widget_grab_focus (self->origin);
  if (self->chosen_action != NULL)
    g_signal_emit (self, signals[COMMAND], 0, self->chosen_action);
  else if (self->chosen_lead != NULL)
    g_signal_emit (self, signals[LEAD], 0, self->chosen_lead);

  return G_SOURCE_REMOVE;
}

static void
on_closed (InbCommandPalette *self)
{
  forget_leads (self);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_over, g_object_ref (self), g_object_unref);
}

static void
inb_command_palette_dispose (GObject *object)
{
  InbCommandPalette *self = INB_COMMAND_PALETTE (object);

  forget_leads (self);
  g_clear_weak_pointer (&self->origin);
  g_clear_pointer (&self->refusals, g_hash_table_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (inb_command_palette_parent_class)->dispose (object);
}

static void
inb_command_palette_finalize (GObject *object)
{
  InbCommandPalette *self = INB_COMMAND_PALETTE (object);

  g_free (self->chosen_action);
  g_free (self->chosen_lead);
  g_free (self->filled_for);

  G_OBJECT_CLASS (inb_command_palette_parent_class)->finalize (object);
}

static void
inb_command_palette_class_init (InbCommandPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = inb_command_palette_dispose;
  object_class->finalize = inb_command_palette_finalize;

  signals[COMMAND] = g_signal_new ("command", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
  signals[LEAD] = g_signal_new ("lead", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_STRING);
}

static void
inb_command_palette_init (InbCommandPalette *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->refusals = g_hash_table_new (NULL, NULL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_search_entry_set_search_delay (self->entry, 0);
  g_object_set (self->entry, "placeholder-text", _("Commands and leads"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Commands and leads"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Commands and leads"), -1);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "choices");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_activate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "closed", G_CALLBACK (on_closed), NULL);
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_command_palette_new:
 * @session: (nullable): of the window
 *
 * Returns: (transfer none): a floating widget
 */
GtkWidget *
inb_command_palette_new (InbSession *session,
                         GSettings  *settings)
{
  InbCommandPalette *self;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (INB_TYPE_COMMAND_PALETTE, NULL);
  self->session = session != NULL ? g_object_ref (session) : NULL;
  self->settings = g_object_ref (settings);

  return GTK_WIDGET (self);
}

/**
 * inb_command_palette_refuse:
 * @command: of inb_command_list()
 * @reason: translated, stays as it is: why it cannot be done
 *
 * Greys the command; before the palette pops up.
 */
void
inb_command_palette_refuse (InbCommandPalette *self,
                            const InbCommand  *command,
                            const char        *reason)
{
  g_return_if_fail (INB_IS_COMMAND_PALETTE (self) && command != NULL && reason != NULL);

  g_hash_table_insert (self->refusals, (gpointer) command, (gpointer) reason);
}

void
inb_command_palette_pop_up (InbCommandPalette *self,
                            GtkWidget         *widget)
{
  GdkRectangle place = { gtk_widget_get_width (widget) / 2, TOP, 1, 1 };

  g_return_if_fail (INB_IS_COMMAND_PALETTE (self) && GTK_IS_WIDGET (widget));

  g_set_weak_pointer (&self->origin, gtk_root_get_focus (gtk_widget_get_root (widget)));
  gtk_widget_set_size_request (self->scroller, MIN (WIDTH, gtk_widget_get_width (widget) - 48), -1);
  fill (self);
  gtk_widget_set_parent (GTK_WIDGET (self), widget);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
