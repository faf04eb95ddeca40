/* What the dialog is made of: inb-import-dialog.c has the steps and how they look, inb-import-dialog-work.c what is done in them. */
#pragma once

#include "inb-import-columns-page.h"
#include "inb-import-dialog.h"
#include "inb-import-drop.h"
#include "inb-import-order.h"
#include "inb-import-outcome-page.h"
#include "inb-toaster.h"

G_BEGIN_DECLS

typedef enum {
  INB_IMPORT_CHOOSE,
  INB_IMPORT_READING,
  INB_IMPORT_UNREADABLE,
  INB_IMPORT_COLUMNS,
  INB_IMPORT_TRYING,
  INB_IMPORT_NOT_TRIED,
  INB_IMPORT_TRIED,
  INB_IMPORT_IMPORTING,
  INB_IMPORT_STOPPED,      /* cancelled, or broken off */
  INB_IMPORT_DONE,
  INB_IMPORT_UNDOING,
  INB_IMPORT_UNDONE,
  INB_IMPORT_N_STEPS
} InbImportStep;

struct _InbImportDialog {
  AdwWindow             parent_instance;

  /* Template */
  AdwWindowTitle       *heading;
  GtkButton            *back;
  GtkButton            *next;
  GtkRevealer          *bar;
  GtkLabel             *problem;
  AdwToastOverlay      *toasts;
  InbImportDrop        *drop;
  GtkStack             *pages;
  GtkWidget            *open;
  InbImportColumnsPage *columns;
  AdwStatusPage        *progress;
  GtkProgressBar       *progress_bar;
  InbImportOutcomePage *outcome_page;
  AdwStatusPage        *message;
  GtkWidget            *message_undo;

  /* Owned */
  InbSession           *session;
  InbImportFields      *fields;
  GFile                *file;
  InbImportTable       *table;
  InbImportOrder       *order;
  InbImportOutcome     *outcome;      /* of the last trial or import */
  GError               *error;        /* what kept it from being read, tried or done */
  GtkFileChooserNative *chooser;
  GCancellable         *cancellable;  /* of what is under way */
  InbToaster           *toaster;

  InbImportStep         step;
  InbImportStep         step_before;  /* of what is being undone */
  guint                 n_done;       /* lines */
  gboolean              is_continued; /* the import was stopped in between */
};

/* Shows the step. */
void inb_import_dialog_set_step (InbImportDialog *self,
                                 InbImportStep    step);
void inb_import_dialog_update   (InbImportDialog *self);

/* Each goes to its own step, and on from there. */
void inb_import_dialog_choose      (InbImportDialog *self);
void inb_import_dialog_read        (InbImportDialog *self,
                                    char             delimiter);
void inb_import_dialog_try         (InbImportDialog *self);
void inb_import_dialog_import      (InbImportDialog *self);
void inb_import_dialog_undo        (InbImportDialog *self);
void inb_import_dialog_save_report (InbImportDialog *self);
/* Ends what is under way. */
void inb_import_dialog_cancel      (InbImportDialog *self);

G_END_DECLS
