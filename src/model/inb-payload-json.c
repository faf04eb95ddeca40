/* JSON bodies: fields are made while the scanner reads, without a tree in between. */
#define G_LOG_DOMAIN "inb-model"

#include "inb-event-private.h"

#include "inb-error.h"
#include "inb-json-scanner.h"
#include "inb-json.h"

typedef struct {
  gboolean is_array;
  gsize    path_length;  /* of the container's own path */
  guint    n_values;
  guint    first_field;
  gboolean last_is_scalar;
} Frame;

typedef struct {
  GBytes     *body;      /* Borrowed */
  const char *text;      /* Borrowed: the body's bytes */
  GPtrArray  *events;    /* Owned */
  InbEvent   *event;     /* Borrowed from events: the one that is being read */
  const char *start;     /* of the event's text */
  GString    *path;      /* Owned */
  gsize       budget;
  gboolean    root_is_array;
  Frame       frames[INB_JSON_MAX_DEPTH];
  guint       depth;
} Flattener;

static guint
get_event_depth (const Flattener *self)
{
  return self->root_is_array ? 1 : 0;
}

static gboolean
begin_event (Flattener   *self,
             const char  *start,
             GError     **error)
{
  if (self->events->len == INB_PAYLOAD_MAX_EVENTS)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_TOO_LARGE, "More than %d events in one body", INB_PAYLOAD_MAX_EVENTS);
      return FALSE;
    }

  self->event = inb_event_new ();
  self->start = start;
  g_ptr_array_add (self->events, self->event);
  g_string_truncate (self->path, 0);

  return TRUE;
}

static void
end_event (Flattener  *self,
           const char *end)
{
  g_autoptr (GBytes) raw = g_bytes_new_from_bytes (self->body, (gsize) (self->start - self->text), (gsize) (end - self->start));

  inb_event_set_raw (self->event, raw);
  self->event = NULL;
}

static void
set_path (Flattener  *self,
          const char *member)
{
  g_string_truncate (self->path, self->frames[self->depth - 1].path_length);
  if (self->path->len > 0)
    g_string_append_c (self->path, '.');
  g_string_append (self->path, member);
}

static gboolean
begin_value (Flattener   *self,
             const char  *start,
             gboolean     is_scalar,
             GError     **error)
{
  Frame *frame = self->depth > 0 ? &self->frames[self->depth - 1] : NULL;

  if (self->depth == get_event_depth (self))
    return begin_event (self, start, error);

  frame->last_is_scalar = is_scalar;
  if (frame->is_array)
    {
      char index[16];

      g_snprintf (index, sizeof index, "%u", frame->n_values);
      set_path (self, index);
    }
  frame->n_values++;

  return TRUE;
}

static void
end_value (Flattener  *self,
           const char *end)
{
  if (self->depth == get_event_depth (self))
    end_event (self, end);
}

static gboolean
open_container (Flattener   *self,
                gboolean     is_array,
                const char  *start,
                GError     **error)
{
  if (self->depth == 0 && is_array)
    self->root_is_array = TRUE;
  else if (!begin_value (self, start, FALSE, error))
    return FALSE;

  self->frames[self->depth++] = (Frame) {
    .is_array = is_array,
    .path_length = self->path->len,
    .first_field = self->event != NULL ? inb_event_get_n_fields (self->event) : 0,
  };

  return TRUE;
}

static void
close_container (Flattener  *self,
                 const char *end)
{
  const Frame *frame = &self->frames[--self->depth];

  if (self->event == NULL)
    return;

  if (frame->is_array && frame->n_values == 1)
    inb_event_drop_index (self->event, frame->first_field, frame->path_length, frame->last_is_scalar);
  end_value (self, end);
}

static gboolean
add_scalar (Flattener     *self,
            InbJsonToken   token,
            const char    *start,
            gsize          length,
            GError       **error)
{
  g_autofree char *value = NULL;

  if (self->depth == 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The body is neither an object nor an array");
      return FALSE;
    }
  if (!begin_value (self, token == INB_JSON_STRING ? start - 1 : start, TRUE, error))
    return FALSE;

  /* A bare value among the events has no name: an event without fields stands for it. */
  if (token != INB_JSON_NULL && self->depth > get_event_depth (self))
    {
      value = token == INB_JSON_STRING ? inb_json_scanner_unescape (start, length) : g_strndup (start, length);
      if (!inb_event_add_limited (self->event, self->path->str, value, &self->budget, error))
        return FALSE;
    }
  end_value (self, start + length + (token == INB_JSON_STRING ? 1 : 0));

  return TRUE;
}

static gboolean
flatten_token (InbJsonToken   token,
               const char    *start,
               gsize          length,
               gpointer       user_data,
               GError       **error)
{
  Flattener *self = user_data;
  g_autofree char *name = NULL;

  switch (token)
    {
    case INB_JSON_OBJECT_START:
    case INB_JSON_ARRAY_START:
      return open_container (self, token == INB_JSON_ARRAY_START, start, error);
    case INB_JSON_OBJECT_END:
    case INB_JSON_ARRAY_END:
      close_container (self, start + length);
      return TRUE;
    case INB_JSON_NAME:
      name = inb_json_scanner_unescape (start, length);
      set_path (self, name);
      return TRUE;
    default:
      return add_scalar (self, token, start, length, error);
    }
}

/* The members of an object are events' fields; the elements of an array are events. */
GPtrArray *
inb_payload_parse_json (GBytes    *body,
                        gboolean  *is_array,
                        GError   **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_event_free);
  g_autoptr (GString) path = g_string_new (NULL);
  Flattener self = { .body = body, .events = events, .path = path, .budget = INB_PAYLOAD_MAX_TEXT };
  gsize length;

  self.text = g_bytes_get_data (body, &length);
  if (!inb_json_scanner_run (self.text, length, flatten_token, &self, error))
    return NULL;

  *is_array = self.root_is_array;
  /* The raw bytes of a body that is one event are the whole body, with the white space around it. */
  if (!self.root_is_array)
    inb_event_set_raw (g_ptr_array_index (events, 0), body);

  return g_steal_pointer (&events);
}
