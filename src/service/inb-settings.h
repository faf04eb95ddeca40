/* Where the service keeps its data, which database it uses and where it listens: key file < environment < options. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  INB_SETTING_DATABASE,     /* a libpq URI or connection string; without it the private cluster */
  INB_SETTING_DATA_DIR,
  INB_SETTING_LISTEN,       /* "127.0.0.1:8787" */
  INB_SETTING_HOSTS,        /* further Host names, separated by commas */
  INB_SETTING_BASE_URL,     /* what senders see, where a proxy stands in front */
  INB_SETTING_ACCOUNT,      /* --user: what root becomes */
  INB_SETTING_LOCAL_SOCKET, /* the desktop's socket; "none" for none */
  INB_N_SETTINGS
} InbSetting;

typedef struct _InbSettings InbSettings;

/* @config: the key file, NULL for the usual one, which may be missing. */
InbSettings *inb_settings_new     (const char   *config,
                                   GError      **error);
void         inb_settings_free    (InbSettings  *self);
/* An option given on the command line; NULL changes nothing. */
gboolean     inb_settings_set     (InbSettings  *self,
                                   InbSetting    setting,
                                   const char   *value,
                                   GError      **error);
/* NULL when it is not set and has no default. */
const char  *inb_settings_get     (InbSettings  *self,
                                   InbSetting    setting);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSettings, inb_settings_free)

G_END_DECLS
