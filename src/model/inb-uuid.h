#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INB_UUID_LENGTH 36

/* Version 7: sorted by time, strictly increasing within this process (thread-safe). */
char     *inb_uuid_new_v7    (void);
/* Version 7 of that time, its other bits a hash of @name: the same wherever it is made. */
char     *inb_uuid_derive_v7 (gint64      microseconds,
                              const char *name);
/* Version 4: for ids that must not be guessable from one another. */
char     *inb_uuid_new_v4    (void);
/* Lower-case canonical form only. */
gboolean  inb_uuid_is_valid  (const char *text);
/* Accepts upper case; returns the canonical form, or NULL. */
char     *inb_uuid_normalize (const char *text);
/* @n_bytes from the kernel's random source; aborts if there is none. */
void      inb_random_bytes   (guint8     *bytes,
                              gsize       n_bytes);
/* @n_bytes random bytes as URL-safe base64 without padding. */
char     *inb_random_token   (gsize       n_bytes);

G_END_DECLS
