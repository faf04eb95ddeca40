/* The stages and the status words that every workspace starts with. */
#pragma once

#include "inb-stage.h"

G_BEGIN_DECLS

typedef struct {
  const char       *word;     /* folded: lower case, no accents, one space between words */
  const char       *key;      /* the stage it means */
  InbStageCategory  category; /* a workspace without that stage uses its first one of this category, unless open */
} InbStageWord;

/* What a stage has until somebody chooses another. */
#define INB_STAGE_NEW_COLOR "#77767b"

const InbStageWord *inb_stage_get_builtin_words (guint *n_words);

G_END_DECLS
