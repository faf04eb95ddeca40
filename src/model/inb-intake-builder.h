/* Puts mapped values into an intake, one by one, first come first served. */
#pragma once

#include "inb-field-target.h"
#include "inb-intake.h"

G_BEGIN_DECLS

typedef struct _InbIntakeBuilder InbIntakeBuilder;

InbIntakeBuilder *inb_intake_builder_new        (void);
void              inb_intake_builder_free       (InbIntakeBuilder      *self);
/* FALSE when the value is none for that target, or the target has another one already: the caller keeps it elsewhere. */
gboolean          inb_intake_builder_assign     (InbIntakeBuilder      *self,
                                                 const InbFieldTarget  *target,
                                                 const char            *value);
/* Values of one key are joined. */
void              inb_intake_builder_add_custom (InbIntakeBuilder      *self,
                                                 const char            *key,
                                                 gsize                  key_length,
                                                 const char            *value);
/* Consumes @self. INB_ERROR_IDENTITY_MISSING when there is neither a phone nor a mail. */
InbIntake        *inb_intake_builder_finish     (InbIntakeBuilder      *self,
                                                 GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbIntakeBuilder, inb_intake_builder_free)

G_END_DECLS
