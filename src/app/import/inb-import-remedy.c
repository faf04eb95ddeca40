#define G_LOG_DOMAIN "inb-app"

#include "inb-import-remedy.h"

#include "inb-error.h"
#include "inb-field-table.h"

#include <glib/gi18n.h>
#include <string.h>

/* What the service says of cells, by how it begins; what it quotes is taken over. */
static const struct {
  const char *beginning;
  const char *reason;  /* with a place for what is quoted, or without */
  const char *remedy;
} known[] = {
  { "There is no member", N_("Nobody here is called “%s”"), N_("Give the name as it is here, or the mail address") },
  { "There is no team", N_("There is no team “%s”"), N_("Give the team’s name as it is here") },
  { "There is more than one", N_("“%s” is not the only one of that name"), N_("Give the mail address instead, or the ID") },
  { "lead.stage: no stage", N_("There is no stage “%s”"), N_("Name one of the stages, or add it under Pipeline Stages") },
  { "The line has", N_("There are more cells than columns"), N_("Put cells with a separator in them in quotation marks") },
};

/* (transfer full) (nullable) */
static char *
dup_quoted (const char *message)
{
  const char *begin = strstr (message, "“");
  const char *end = begin != NULL ? g_strrstr (begin, "”") : NULL;

  if (end == NULL)
    return NULL;
  begin += strlen ("“");

  return end >= begin ? g_strndup (begin, (gsize) (end - begin)) : NULL;
}

/* "There is more than one member “Ann”": how that reads. */
static char *
fill_in (const char *reason,
         const char *message)
{
  g_autofree char *quoted = dup_quoted (message);
  g_auto (GStrv) parts = g_strsplit (reason, "%s", 2);

  return parts[0] != NULL && parts[1] != NULL ? g_strconcat (parts[0], quoted != NULL ? quoted : "…", parts[1], NULL) : g_strdup (reason);
}

/* What is said of a column of ours: "lead.lead_score must be …". (transfer full) (nullable) */
static char *
dup_field (const char *message)
{
  static const InbKind kinds[] = { INB_KIND_LEAD, INB_KIND_CONTACT };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const char *kind = inb_kind_get_name (kinds[i]);
      gsize length = strlen (kind);
      g_autofree char *name = NULL;
      int column;

      if (!g_str_has_prefix (message, kind) || message[length] != '.')
        continue;
      length++;
      name = g_strndup (message + length, strspn (message + length, "abcdefghijklmnopqrstuvwxyz0123456789_"));
      column = inb_kind_find_column (kinds[i], name);
      if (column >= 0)
        return inb_field_table_dup_label (kinds[i], (guint) column);
    }

  return NULL;
}

static void
describe_cells (const char  *message,
                char       **reason,
                char       **remedy)
{
  g_autofree char *field = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (message, known[i].beginning))
      {
        *reason = fill_in (_(known[i].reason), message);
        *remedy = g_strdup (_(known[i].remedy));
        return;
      }

  field = dup_field (message);
  if (field != NULL)
    *reason = g_strdup_printf (_("“%s” cannot be read (%s)"), field, message);
  else
    *reason = g_strdup (message);
  *remedy = g_strdup (_("Correct the cell, or empty it: an empty cell changes nothing"));
}

/**
 * inb_import_remedy_describe:
 * @reason: (out): one sentence without a full stop
 * @remedy: (out): what makes the line good, likewise
 */
void
inb_import_remedy_describe (const InbImportRefusal  *refusal,
                            char                   **reason,
                            char                   **remedy)
{
  const char *message;
  InbErrorCode code = INB_ERROR_UNPROCESSABLE;

  g_return_if_fail (refusal != NULL && reason != NULL && remedy != NULL);

  message = refusal->message != NULL ? refusal->message : "";
  if (refusal->code != NULL)
    inb_error_from_name (refusal->code, &code);
  if (code == INB_ERROR_IDENTITY_MISSING)
    {
      *reason = g_strdup (_("Neither a phone number nor a mail address"));
      *remedy = g_strdup (_("Fill in one of them; otherwise nobody can be told who it is"));
    }
  else if (code == INB_ERROR_INVALID_BODY)
    {
      *reason = g_strdup (_("The line cannot be taken apart"));
      *remedy = g_strdup (_("Look for a quotation mark that is missing or too many"));
    }
  else if (code == INB_ERROR_NOT_FOUND)
    {
      *reason = g_strdup (_("The lead with that ID was deleted"));
      *remedy = g_strdup (_("Empty the cell with the ID to import it as a new lead"));
    }
  else
    {
      describe_cells (message, reason, remedy);
    }
}

/**
 * inb_import_remedy_describe_error:
 * @error: (nullable): what kept a file from being read, tried or imported
 *
 * Returns: (transfer full): what that is, and what helps
 */
char *
inb_import_remedy_describe_error (const GError *error)
{
  static const struct {
    InbErrorCode  code;
    const char   *text;
  } texts[] = {
    { INB_ERROR_CONNECTION, N_("The connection to the service broke off.") },
    { INB_ERROR_TIMEOUT, N_("The connection to the service broke off.") },
    { INB_ERROR_PROTOCOL, N_("The connection to the service broke off.") },
    { INB_ERROR_UNAVAILABLE, N_("The service cannot reach its database at the moment.") },
    { INB_ERROR_QUEUE_FULL, N_("Other imports are under way: try again when they are done.") },
    { INB_ERROR_DISK_FULL, N_("The service’s disk is full: somebody has to make room there first.") },
    { INB_ERROR_FORBIDDEN, N_("Only managers can import.") },
    { INB_ERROR_UNAUTHORIZED, N_("The service does not accept this computer’s token any more.") },
    { INB_ERROR_INTERNAL, N_("Something went wrong at the service; its log says what.") },
  };

  if (error == NULL)
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_error_matches (error, INB_ERROR, (int) texts[i].code))
      return g_strdup (_(texts[i].text));

  return g_strdup (error->message);
}
