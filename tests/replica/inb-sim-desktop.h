/* A desktop in a simulation: a real replica, beside it what the server has told it so far, and what its user has to see by that. */
#pragma once

#include "inb-outbox-kit.h"
#include "inb-sqlite.h"

G_BEGIN_DECLS

typedef struct {
  /* Owned */
  InbReplica     *replica;
  InbSqlite      *db;         /* its file once more, for reading */
  char           *folder;
  char           *user_id;
  GHashTable     *known;      /* row key → InbRow, as the server has told it */
  GHashTable     *shown;      /* the same with what waits on top, as of the last check */
  GHashTable     *made;       /* ids of mutations that are in the outbox or were → what was sent of it (JSON), "" before */
  GHashTable     *open;       /* ids of those that are in it, as a set */
  GHashTable     *discarded;  /* ids of those that the user gave up or settled, as a set */
  GHashTable     *undos;      /* mutation id → what it wrote when it was shown first */
  GHashTable     *epochs;     /* mutation id → in which it was answered */
  GPtrArray      *groups;     /* of edits, in order */
  GPtrArray      *late_answers; /* (element-type GPtrArray) */
  GPtrArray      *late_pages; /* (element-type InbChanges) */

  guint           n_bearing;  /* mutations by which the rows differ from what was told, as of the last check */
} InbSimDesktop;

InbSimDesktop *inb_sim_desktop_new       (const char        *user_id);
void           inb_sim_desktop_free      (InbSimDesktop     *self);
/* Closed and opened again; @is_lost: without its replica.db. */
void           inb_sim_desktop_reopen    (InbSimDesktop     *self,
                                          gboolean           is_lost);
void           inb_sim_desktop_reset     (InbSimDesktop     *self,
                                          const char        *epoch);
/* Whether the replica took the page; what is wrong with its place in the feed may be refused. */
gboolean       inb_sim_desktop_apply     (InbSimDesktop     *self,
                                          const InbChanges  *page);
void           inb_sim_desktop_snapshot  (InbSimDesktop     *self,
                                          const InbSnapshotPage *page);
/* A timeline that was fetched by itself. (element-type InbRow) */
void           inb_sim_desktop_store     (InbSimDesktop     *self,
                                          GPtrArray         *rows);
/* What is to be sent: always the same of the same mutation, and of none that was answered. */
GPtrArray     *inb_sim_desktop_peek      (InbSimDesktop     *self,
                                          guint              max);
void           inb_sim_desktop_answer    (InbSimDesktop     *self,
                                          GPtrArray         *results);
void           inb_sim_desktop_resolve   (InbSimDesktop     *self,
                                          const InbOutboxEntry *entry,
                                          GArray            *mine);
/* As it is shown, or NULL. */
const InbRow  *inb_sim_desktop_find      (InbSimDesktop     *self,
                                          InbKind            kind,
                                          const char        *id);
/* The tables are what the server has told with what waits on top. (element-type utf8) (transfer full): ids of mutations that have
 * left the outbox since the last check. */
GPtrArray     *inb_sim_desktop_check     (InbSimDesktop     *self,
                                          const char        *where);
/* What it was told is all that the server has, with nothing on top; after a check. */
void           inb_sim_desktop_assert_equal (InbSimDesktop  *self,
                                          InbModelServer    *server,
                                          const char        *where);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbSimDesktop, inb_sim_desktop_free)

G_END_DECLS
