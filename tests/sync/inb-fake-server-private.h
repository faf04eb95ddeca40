/* What the stand-in is made of: inb-fake-server.c, which runs it, and inb-fake-answers.c, which says what is asked for. */
#pragma once

#include "inb-fake-server.h"
#include "inb-model-server.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct {
  InbRow *row;
  gint64  seq;
} InbFakeItem;

struct _InbFakeServer {
  /* Owned */
  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  SoupServer   *server;
  char         *url;
  char         *socket_path;

  GMutex        mutex;       /* guards what follows */
  GCond         cond;
  GMutex        frozen;      /* held while frozen */
  GPtrArray    *items;       /* InbFakeItem, by seq */
  GPtrArray    *connections; /* touched on the thread only */
  GHashTable   *requests;    /* path → count */
  char         *epoch;
  gint64        head;
  guint         page_size;
  InbFakeFault  fault;
  gboolean      is_ready;

  InbModelServer *model;     /* what mutations are done on */
  GPtrArray    *done;        /* ids of mutations */
  char         *poison;      /* entity id, or NULL */
  guint         poison_status;
  guint         n_pushes;    /* under way */
  guint         most_pushes;
  guint         n_faulty;    /* requests that are still to be answered as push says */
  InbFakePush   push;
};

void     inb_fake_server_append_item (GString           *json,
                                      const InbFakeItem *item);
gboolean inb_fake_server_refuse      (InbFakeServer     *self,
                                      SoupServerMessage *message);
void     inb_fake_server_answer      (InbFakeServer     *self,
                                      SoupServerMessage *message,
                                      const char        *path,
                                      GHashTable        *query);
void     inb_fake_server_respond     (SoupServerMessage *message,
                                      guint              status,
                                      GString           *json);
void     inb_fake_server_answer_push (InbFakeServer     *self,
                                      SoupServerMessage *message);

G_END_DECLS
