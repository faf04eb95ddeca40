/* What the service counts for /metrics. One object, made by `serve` and handed to whoever counts; every function may be
 * called from any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* X (ENUM, kind, name, help). A counter only grows, a gauge is what is now, a time is a histogram of seconds. */
#define INB_COUNTER_TABLE(X)                                                                                       \
  X (EVENTS_STORED, COUNTER, "inbound_webhook_events_stored_total", "Webhook events answered 200, repeats included") \
  X (EVENTS_REFUSED, COUNTER, "inbound_webhook_events_refused_total", "Webhook events that the writer answered otherwise") \
  X (BATCHES, COUNTER, "inbound_writer_batches_total", "Transactions of the writer")                               \
  X (BATCH_EVENTS, COUNTER, "inbound_writer_batch_events_total", "Events in those transactions")                   \
  X (BATCH_RETRIES, COUNTER, "inbound_writer_batch_retries_total", "Batches that failed and were tried again")  \
  X (BATCH_TIME, TIME, "inbound_writer_batch_seconds", "Duration of a batch, commit included")                     \
  X (JOB_TURNS, COUNTER, "inbound_writer_job_turns_total", "Transactions of the writer for edits and other jobs")    \
  X (JOB_TIME, TIME, "inbound_writer_job_turn_seconds", "Duration of such a transaction, commit included")           \
  X (QUEUE_TIME, TIME, "inbound_writer_queue_seconds", "Time from a webhook's first byte to its batch")                  \
  X (QUEUE_LENGTH, GAUGE, "inbound_writer_queue_length", "Events and jobs that wait for the writer")               \
  X (QUEUE_REFUSED, COUNTER, "inbound_writer_queue_refused_total", "Events refused because the queue was full")    \
  X (REQUEST_TIME, TIME, "inbound_http_request_seconds", "Time from a request's first byte to its answer")         \
  X (CONNECTIONS, GAUGE, "inbound_http_connections", "Open connections")                                           \
  X (READ_TIME, TIME, "inbound_read_seconds", "Duration of a read of the database, its queue included")            \
  X (WS_CLIENTS, GAUGE, "inbound_websocket_clients", "Desktops connected")                                         \
  X (WS_EVENTS, COUNTER, "inbound_websocket_events_total", "Events handed to the hub")                             \
  X (WS_BYTES, COUNTER, "inbound_websocket_event_bytes_total", "Their size, before it is multiplied by clients")   \
  X (FEED_READS, COUNTER, "inbound_feed_reads_total", "Reads of the feed for changes made by other processes")

#define INB_COUNTER_ENUM(ENUM, kind, name, help) INB_COUNTER_##ENUM,
typedef enum { INB_COUNTER_TABLE (INB_COUNTER_ENUM) INB_N_COUNTERS } InbCounter;
#undef INB_COUNTER_ENUM

typedef struct _InbCounters InbCounters;

InbCounters *inb_counters_new           (void);
InbCounters *inb_counters_ref           (InbCounters *self);
void         inb_counters_unref         (InbCounters *self);
/* For a COUNTER or a GAUGE; @n may be negative for a gauge. */
void         inb_counters_add           (InbCounters *self,
                                         InbCounter   counter,
                                         gint64       n);
void         inb_counters_set           (InbCounters *self,
                                         InbCounter   gauge,
                                         gint64       value);
gint64       inb_counters_get           (InbCounters *self,
                                         InbCounter   counter);
void         inb_counters_observe       (InbCounters *self,
                                         InbCounter   time,
                                         gint64       microseconds);
/* @route is the route's pattern, "/webhooks/{id}", or "other": never a client's own text, which would grow without end. */
void         inb_counters_count_request (InbCounters *self,
                                         const char  *route,
                                         guint        status);
/* Prometheus text format 0.0.4. */
void         inb_counters_append_text   (InbCounters *self,
                                         GString     *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbCounters, inb_counters_unref)

G_END_DECLS
