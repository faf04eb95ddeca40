/* One run of a command: its options and arguments, the settings, the database it opens, and what it prints. */
#pragma once

#include "inb-backend.h"

G_BEGIN_DECLS

typedef struct _InbInvocation InbInvocation;

/* @name: "inbound-leads-service workspace create"; @arguments: what follows the options, for the help text, or NULL. */
InbInvocation *inb_invocation_new           (const char          *name,
                                             const char          *arguments,
                                             const char          *summary,
                                             const char * const  *words);
void           inb_invocation_free          (InbInvocation       *self);

/* Parses the words by @entries and the options that every command has; exactly @n_arguments must remain. G_OPTION_ERROR is
 * wrong usage. */
gboolean       inb_invocation_parse         (InbInvocation       *self,
                                             const GOptionEntry  *entries,
                                             guint                n_arguments,
                                             GError             **error);
/* After inb_invocation_parse() returned FALSE without an error: --help was asked for and printed. */
const char    *inb_invocation_get_argument  (InbInvocation       *self,
                                             guint                index);
InbSettings   *inb_invocation_get_settings  (InbInvocation       *self);
gboolean       inb_invocation_is_json       (InbInvocation       *self);

/* A connection as the service's role; the private server runs as long as the invocation lives. (transfer none) */
InbDb         *inb_invocation_open          (InbInvocation       *self,
                                             GError             **error);
/* After inb_invocation_open(). */
InbDataDir    *inb_invocation_get_data_dir  (InbInvocation       *self);

/* Pairs of name and value (NULL value: left out), ended by NULL: a JSON object, or a line each. */
void           inb_invocation_print_pairs   (InbInvocation       *self,
                                             ...) G_GNUC_NULL_TERMINATED;
/* {"@name": […]} of the rows, or a table. */
void           inb_invocation_print_rows    (InbInvocation       *self,
                                             const char          *name,
                                             GPtrArray           *results);
/* To the standard output, without anything else around it. */
void           inb_invocation_print         (InbInvocation       *self,
                                             const char          *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbInvocation, inb_invocation_free)

G_END_DECLS
