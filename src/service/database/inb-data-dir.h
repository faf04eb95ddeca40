/* The data directory and its two locks. Whoever uses the cluster (serve, a command) holds `lock` shared. Starting and
 * stopping happen only under `lock.transition`, held exclusively and briefly; who then gets `lock` exclusively is the last
 * one out. Both vanish with their process, also after kill -9.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _InbDataDir InbDataDir;

InbDataDir *inb_data_dir_open             (const char  *path,
                                           GError     **error);
void        inb_data_dir_free             (InbDataDir  *self);
const char *inb_data_dir_get_path         (InbDataDir  *self);
char       *inb_data_dir_get_file         (InbDataDir  *self,
                                           const char  *name);
/* Readable by its owner only, replaced in one step, on the disk when it returns. */
gboolean    inb_data_dir_write            (InbDataDir  *self,
                                           const char  *name,
                                           const char  *text,
                                           GError     **error);
gboolean    inb_data_dir_begin_transition (InbDataDir  *self,
                                           GError     **error);
void        inb_data_dir_end_transition   (InbDataDir  *self);
gboolean    inb_data_dir_join             (InbDataDir  *self,
                                           GError     **error);
gboolean    inb_data_dir_leave            (InbDataDir  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbDataDir, inb_data_dir_free)

G_END_DECLS
