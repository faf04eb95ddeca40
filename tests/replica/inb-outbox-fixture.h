/* A replica with five leads, and a model server that it is in step with. */
#pragma once

#include "inb-outbox-kit.h"
#include "inb-sample.h"
#include "inb-time.h"

G_BEGIN_DECLS

#define INB_OUTBOX_FIXTURE_NOW (1780000000 * INB_TIME_SECOND)
#define INB_OUTBOX_FIXTURE_EPOCH "one"
#define INB_OUTBOX_FIXTURE_LEADS 5
#define INB_OUTBOX_FIXTURE_ALL 1000

typedef struct {
  char           *folder;
  InbReplica     *replica;
  InbSample      *sample;
  InbModelServer *server;
  GPtrArray      *lead_ids;
  GPtrArray      *contact_ids;
} InbOutboxFixture;

void           inb_outbox_fixture_open_replica (InbOutboxFixture *fixture);
void           inb_outbox_fixture_reopen (InbOutboxFixture *fixture);
void           inb_outbox_fixture_set_up (InbOutboxFixture *fixture,
                                          gconstpointer     data);
void           inb_outbox_fixture_tear_down (InbOutboxFixture *fixture,
                                             gconstpointer     data);
const char    *inb_outbox_fixture_get_lead_id (InbOutboxFixture *fixture,
                                               guint             number);
InbLeadDetail *inb_outbox_fixture_get_detail (InbOutboxFixture *fixture,
                                              const char       *lead_id);
void           inb_outbox_fixture_assert_shown (InbOutboxFixture *fixture,
                                                const char       *lead_id,
                                                guint             column,
                                                const char       *value);
void           inb_outbox_fixture_assert_counts (InbOutboxFixture *fixture,
                                                 guint             n_waiting,
                                                 guint             n_conflicts,
                                                 guint             n_rejected);
/* All is sent and has come back: the replica is as the server, and nothing is left. */
void           inb_outbox_fixture_assert_done (InbOutboxFixture *fixture);
GArray        *inb_outbox_fixture_get_rowids (InbOutboxFixture *fixture);
/* A contact, its lead and a note, made without a connection; one after the other, each in need of the one before. */
char          *inb_outbox_fixture_create_person (InbOutboxFixture *fixture);

G_END_DECLS
