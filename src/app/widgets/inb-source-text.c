#define G_LOG_DOMAIN "inb-app"

#include "inb-source-text.h"

#include <glib/gi18n.h>

static const struct {
  const char *source;
  const char *name;
} ours[] = {
  /* Translators: the source of a lead that somebody typed in */
  { "manual", N_("By hand") },
  { "webhook", N_("Webhook") },
};

/**
 * inb_source_text_get_name:
 * @source: (nullable): a lead's or contact's lead_source
 *
 * Returns: (transfer none) (nullable): its name, translated when it is one of ours
 */
const char *
inb_source_text_get_name (const char *source)
{
  for (guint i = 0; source != NULL && i < G_N_ELEMENTS (ours); i++)
    if (g_str_equal (ours[i].source, source))
      return _(ours[i].name);

  return source;
}
