#define G_LOG_DOMAIN "inb-app"

#include "inb-decision-text.h"

#include "inb-format.h"
#include "inb-json.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct {
  const char *key;
  const char *text;
} Phrase;

static const Phrase rules[] = {
  { "created_no_open_lead", N_("A new lead, because the contact had no open one.") },
  { "created_no_status_keyword", N_("A new lead, because the message had no status word that would update one.") },
  { "created_updates_off", N_("A new lead, because this webhook never updates leads.") },
  { "created_other_product", N_("A new lead, because the contact’s open leads are for other products.") },
  { "created_several_open_leads", N_("A new lead, because it named no product and the contact has several open leads.") },
  { "created_lead_converted", N_("A new lead, because the earlier one had already been converted.") },
  { "created_lead_too_old", N_("A new lead, because the earlier one was too old to be updated.") },
  { "updated_newest_lead", N_("It updated the contact’s newest open lead.") },
  { "updated_same_product", N_("It updated the contact’s open lead for the same product.") },
  { "updated_only_lead", N_("It updated the contact’s only open lead.") },
  { "manual", N_("It was made by hand.") },
  { "no_lead_no_content", N_("No lead, because it had neither status, product nor notes.") },
};

static const Phrase matches[] = {
  { "none", N_("Nobody was known by these data, so the contact is new.") },
  { "crm_id", N_("The contact was known by its CRM id.") },
  { "phone", N_("The contact was known by its phone number.") },
  { "email", N_("The contact was known by its mail address.") },
};

static const Phrase keys[] = {
  { "crm_id", N_("CRM id") },
  { "phone", N_("phone number") },
  { "email", N_("mail address") },
};

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static const char *
find_phrase (const Phrase *phrases,
             guint         n_phrases,
             const char   *key)
{
  for (guint i = 0; i < n_phrases; i++)
    if (g_strcmp0 (phrases[i].key, key) == 0)
      return _(phrases[i].text);

  return NULL;
}

/* A word of a newer service, that this program has no sentence for, is shown as it is. */
static void
append_phrase (GString      *text,
               const Phrase *phrases,
               guint         n_phrases,
               const char   *key)
{
  const char *phrase = find_phrase (phrases, n_phrases, key);
  g_autofree char *words = NULL;

  if (key == NULL)
    return;
  if (phrase != NULL)
    {
      append_line (text, phrase);
      return;
    }

  words = inb_format_key (key);
  append_line (text, words);
}

static void
append_conflicts (GString   *text,
                  JsonArray *conflicts)
{
  for (guint i = 0; i < json_array_get_length (conflicts); i++)
    {
      JsonNode *node = json_array_get_element (conflicts, i);
      JsonObject *conflict = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *key = conflict != NULL ? inb_json_get_string (conflict, "key") : NULL;
      const char *value = conflict != NULL ? inb_json_get_string (conflict, "value") : NULL;
      const char *name = find_phrase (keys, G_N_ELEMENTS (keys), key);
      g_autofree char *line = NULL;

      if (key == NULL || value == NULL)
        continue;
      line = g_strdup_printf (_("Conflict: the %s %s belongs to another contact and was left there."),
                              name != NULL ? name : key, value);
      append_line (text, line);
    }
}

static void
append_origin (GString    *text,
               JsonObject *metadata)
{
  JsonObject *webhook = inb_json_get_object (metadata, "webhook");
  JsonObject *import = inb_json_get_object (metadata, "import");
  const char *source = webhook != NULL ? inb_json_get_string (webhook, "source") : NULL;
  const char *file = import != NULL ? inb_json_get_string (import, "file") : NULL;
  g_autofree char *line = NULL;

  if (source != NULL)
    line = g_strdup_printf (_("It came in through the webhook %s."), source);
  else if (import != NULL && file != NULL)
    line = g_strdup_printf (_("It was imported from line %d of the file %s."), (int) inb_json_get_integer (import, "line", 0), file);
  else if (import != NULL)
    line = g_strdup (_("It was imported."));
  if (line != NULL)
    append_line (text, line);
}

/**
 * inb_decision_text_describe:
 * @metadata: (nullable): the lead's metadata
 *
 * Returns: (transfer full) (nullable): the reason, one sentence a line
 */
char *
inb_decision_text_describe (const char *metadata)
{
  g_autoptr (JsonNode) node = metadata != NULL ? inb_json_parse (metadata, strlen (metadata), NULL) : NULL;
  JsonObject *decision = NULL;
  JsonArray *conflicts;
  const char *word;
  g_autoptr (GString) text = g_string_new (NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    decision = inb_json_get_object (json_node_get_object (node), "decision");
  if (decision == NULL)
    return NULL;

  append_origin (text, json_node_get_object (node));
  append_phrase (text, matches, G_N_ELEMENTS (matches), inb_json_get_string (decision, "matched_by"));
  append_phrase (text, rules, G_N_ELEMENTS (rules), inb_json_get_string (decision, "rule"));
  word = inb_json_get_string (decision, "status_word");
  if (word != NULL)
    {
      g_autofree char *line = g_strdup_printf (_("The sender’s status was “%s”."), word);

      append_line (text, line);
    }
  conflicts = inb_json_get_array (decision, "conflicts");
  if (conflicts != NULL)
    append_conflicts (text, conflicts);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
