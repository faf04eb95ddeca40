#define G_LOG_DOMAIN "inb-model"

#include "inb-stage-defaults.h"

#include "inb-uuid.h"

#include <string.h>

#define OPEN INB_STAGE_CATEGORY_OPEN
#define WON INB_STAGE_CATEGORY_WON
#define LOST INB_STAGE_CATEGORY_LOST

/* Folded: lower case, no accents, one space between words. */
static const InbStageWord builtin_words[] = {
  { "converted", "won", WON },
  { "won", "won", WON },
  { "closed won", "won", WON },
  { "sold", "won", WON },
  { "purchased", "won", WON },
  { "customer", "won", WON },
  { "gewonnen", "won", WON },
  { "verkauft", "won", WON },
  { "gagne", "won", WON },
  { "converti", "won", WON },
  { "ganado", "won", WON },
  { "convertido", "won", WON },
  { "vinto", "won", WON },
  { "ganho", "won", WON },
  { "lost", "lost", LOST },
  { "rejected", "lost", LOST },
  { "closed lost", "lost", LOST },
  { "declined", "lost", LOST },
  { "disqualified", "lost", LOST },
  { "unqualified", "lost", LOST },
  { "not interested", "lost", LOST },
  { "junk", "lost", LOST },
  { "spam", "lost", LOST },
  { "verloren", "lost", LOST },
  { "abgelehnt", "lost", LOST },
  { "kein interesse", "lost", LOST },
  { "perdu", "lost", LOST },
  { "refuse", "lost", LOST },
  { "perdido", "lost", LOST },
  { "rechazado", "lost", LOST },
  { "perso", "lost", LOST },
  { "neu", "new", OPEN },
  { "nouveau", "new", OPEN },
  { "nuevo", "new", OPEN },
  { "nuovo", "new", OPEN },
  { "novo", "new", OPEN },
  { "kontaktiert", "contacted", OPEN },
  { "contacte", "contacted", OPEN },
  { "contactado", "contacted", OPEN },
  { "contattato", "contacted", OPEN },
  { "qualifiziert", "qualified", OPEN },
  { "qualifie", "qualified", OPEN },
  { "calificado", "qualified", OPEN },
  { "qualificato", "qualified", OPEN },
  { "qualificado", "qualified", OPEN },
  { "angebot", "proposal", OPEN },
  { "offer", "proposal", OPEN },
  { "quote", "proposal", OPEN },
  { "proposition", "proposal", OPEN },
  { "propuesta", "proposal", OPEN },
};

typedef struct {
  const char *key;
  const char *name;
  const char *color;
  const char *category;
  const char *description;
  int         probability;
} DefaultStage;

static const DefaultStage default_stages[] = {
  { "new", "New", "#3584e4", "open", "Just arrived, nobody has answered yet", 10 },
  { "contacted", "Contacted", "#33b2a4", "open", "Somebody has been in touch", 20 },
  { "qualified", "Qualified", "#9141ac", "open", "Fits, and means to buy", 40 },
  { "proposal", "Proposal", "#e66100", "open", "An offer is on the table", 60 },
  { "won", "Won", "#2ec27e", "won", "Became a customer", 100 },
  { "lost", "Lost", "#77767b", "lost", "Will not buy", 0 },
};

/**
 * inb_stage_get_builtin_words:
 * @n_words: (out): how many there are
 *
 * Returns: (array length=n_words) (transfer none): what senders' status words mean when nobody says otherwise
 */
const InbStageWord *
inb_stage_get_builtin_words (guint *n_words)
{
  *n_words = G_N_ELEMENTS (builtin_words);

  return builtin_words;
}

/**
 * inb_stage_default_rows:
 * @now: microseconds since 1970 UTC, the rows' created_at
 *
 * Returns: (transfer full) (element-type InbRow): rows for a new workspace
 */
GPtrArray *
inb_stage_default_rows (const char *workspace_id,
                        gint64      now)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_row_unref);

  for (guint i = 0; i < G_N_ELEMENTS (default_stages); i++)
    {
      const DefaultStage *stage = &default_stages[i];
      InbRow *row = inb_row_new (INB_KIND_STAGE);

      inb_row_take (row, INB_STAGE_ID, inb_uuid_new_v7 ());
      inb_row_set (row, INB_STAGE_WORKSPACE_ID, workspace_id);
      inb_row_set_integer (row, INB_STAGE_NUMBER, i + 1);
      inb_row_set (row, INB_STAGE_KEY, stage->key);
      inb_row_set (row, INB_STAGE_NAME, stage->name);
      inb_row_set_integer (row, INB_STAGE_POSITION, (i + 1) * 10);
      inb_row_set (row, INB_STAGE_COLOR, stage->color);
      inb_row_set (row, INB_STAGE_CATEGORY, stage->category);
      inb_row_set (row, INB_STAGE_DESCRIPTION, stage->description);
      inb_row_set_integer (row, INB_STAGE_PROBABILITY, stage->probability);
      inb_row_set_boolean (row, INB_STAGE_IS_DEFAULT, strcmp (stage->key, INB_STAGE_DEFAULT_KEY) == 0);
      inb_row_set_boolean (row, INB_STAGE_IS_HIDDEN, FALSE);
      inb_row_set_boolean (row, INB_STAGE_REQUIRES_LOST_REASON, FALSE);
      inb_row_set_boolean (row, INB_STAGE_REQUIRES_VALUE, FALSE);
      inb_row_set_boolean (row, INB_STAGE_NOTIFY_ON_ENTER, FALSE);
      inb_row_set_time (row, INB_STAGE_CREATED_AT, now);
      inb_row_set_time (row, INB_STAGE_UPDATED_AT, now);
      g_ptr_array_add (rows, row);
    }

  return rows;
}
