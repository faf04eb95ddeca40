#define G_LOG_DOMAIN "inb-service"

#include "inb-http-head.h"

#include "inb-error.h"

#include <string.h>

#define MAX_LENGTH_DIGITS 18

typedef struct {
  const char *name; /* in lower case */
  const char *value;
} Field;

struct _InbHttpHead {
  guint       refs;

  /* Owned */
  char       *text; /* the head, cut into strings in place; the pointers below point into it */
  char       *host;

  /* Borrowed */
  const char *method;
  const char *path;
  const char *query;

  gint64      length;
  gboolean    chunked;
  gboolean    wants_continue;
  gboolean    upgrade;
  gboolean    keeps_alive;
  guint       minor;
  guint       n_fields;
  Field       fields[];
};

/* What means something only once.  A second one is how two parsers are made to disagree. */
static const char * const single_fields[] = {
  "authorization", "content-encoding", "content-length", "content-type", "expect", "host", "idempotency-key", "origin",
  "sec-websocket-key", "sec-websocket-version", "transfer-encoding", "upgrade", "x-webhook-key", "x-workspace-id",
};

static gboolean
fail (GError     **error,
      const char  *what)
{
  g_set_error (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "Reading the request's head: %s", what);

  return FALSE;
}

/**
 * inb_http_head_find_end:
 * @bytes: what has arrived
 * @from: (inout): where to go on
 *
 * Returns: the length of the head, 0 if more must come, -1 for a line that does not end in CR LF
 */
gssize
inb_http_head_find_end (const guint8 *bytes,
                        gsize         length,
                        gsize        *from)
{
  const guint8 *feed;

  while ((feed = memchr (bytes + *from, '\n', length - *from)) != NULL)
    {
      gsize at = feed - bytes;

      if (at == 0 || bytes[at - 1] != '\r')
        return -1;
      *from = at + 1;
      if (at >= 3 && bytes[at - 2] == '\n')
        return at + 1;
    }
  *from = length;

  return 0;
}

static gboolean
is_token_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_token (const char *text)
{
  const char *p = text;

  while (is_token_char (*p))
    p++;

  return p > text && *p == '\0';
}

/* "name", "name:port", "[v6]:port" → the name in lower case, NULL if it is none. */
static char *
parse_authority (const char *text,
                 gsize       length)
{
  const char *end = text + length;
  const char *p = text;

  if (length > 0 && *p == '[')
    {
      while (p < end && *p != ']')
        p++;
      if (p == end)
        return NULL;
      p++;
    }
  else
    {
      while (p < end && (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL))
        p++;
    }
  if (p == text)
    return NULL;

  if (p < end && *p != ':')
    return NULL;
  for (const char *port = p + 1; port < end; port++)
    if (!g_ascii_isdigit (*port))
      return NULL;

  return g_ascii_strdown (text, p - text);
}

static gboolean
parse_target (InbHttpHead  *self,
              char         *target,
              GError      **error)
{
  char *query;

  for (const char *p = target; *p != '\0'; p++)
    if (*p < 0x21 || *p > 0x7e || *p == '#')
      return fail (error, "the target is no URI");

  if (g_ascii_strncasecmp (target, "http://", 7) == 0)
    {
      const char *authority = target + 7;
      gsize n = strcspn (authority, "/?");

      self->host = parse_authority (authority, n);
      if (self->host == NULL)
        return fail (error, "the target's host is none");
      target = target + 7 + n;
      if (*target != '/')
        return fail (error, "the target has no path");
    }
  if (*target != '/')
    return fail (error, "the target is no path");

  query = strchr (target, '?');
  if (query != NULL)
    *query++ = '\0';
  self->query = query;
  self->path = target;

  return TRUE;
}

static gboolean
parse_request_line (InbHttpHead  *self,
                    char         *line,
                    GError      **error)
{
  char *target = strchr (line, ' ');
  char *version = target == NULL ? NULL : strchr (target + 1, ' ');

  if (version == NULL)
    return fail (error, "no request line");
  *target++ = '\0';
  *version++ = '\0';
  if (!is_token (line) || strlen (line) > 16)
    return fail (error, "no method");
  if (strcmp (version, "HTTP/1.1") != 0 && strcmp (version, "HTTP/1.0") != 0)
    return fail (error, "neither HTTP/1.1 nor HTTP/1.0");

  self->method = line;
  self->minor = (guint) (version[7] - '0');

  return parse_target (self, target, error);
}

static gboolean
parse_field (InbHttpHead  *self,
             char         *line,
             char         *end,
             GError      **error)
{
  Field *field = &self->fields[self->n_fields];
  char *colon = memchr (line, ':', end - line);
  char *value;

  if (colon == NULL)
    return fail (error, "a field without a colon");
  *colon = '\0';
  for (char *p = line; p < colon; p++)
    {
      if (!is_token_char (*p))
        return fail (error, "a field's name is no token");
      *p = g_ascii_tolower (*p);
    }
  if (colon == line)
    return fail (error, "a field without a name");

  value = colon + 1;
  while (*value == ' ' || *value == '\t')
    value++;
  while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  *end = '\0';
  for (const char *p = value; p < end; p++)
    if (((guchar) *p < 0x20 && *p != '\t') || *p == 0x7f)
      return fail (error, "a control character in a field");
  if (!g_utf8_validate (value, end - value, NULL))
    return fail (error, "a field is not UTF-8");

  field->name = line;
  field->value = value;
  self->n_fields++;

  return TRUE;
}

static gboolean
parse_lines (InbHttpHead  *self,
             gsize         length,
             guint         n_lines,
             GError      **error)
{
  char *line = self->text;
  char *last = self->text + length - 2; /* the empty line */

  for (guint i = 0; line < last; i++)
    {
      char *end = memchr (line, '\r', last - line);

      if (end[1] != '\n' || memchr (line, '\0', end - line) != NULL)
        return fail (error, "a control character");
      *end = '\0';
      if (i == 0 && !parse_request_line (self, line, error))
        return FALSE;
      if (i > 0 && !parse_field (self, line, end, error))
        return FALSE;
      line = end + 2;
    }

  return n_lines > 1 || fail (error, "no request line");
}

static gboolean
check_single_fields (InbHttpHead  *self,
                     GError      **error)
{
  for (guint i = 0; i < self->n_fields; i++)
    for (guint j = i + 1; j < self->n_fields; j++)
      {
        if (strcmp (self->fields[i].name, self->fields[j].name) != 0)
          continue;
        for (gsize k = 0; k < G_N_ELEMENTS (single_fields); k++)
          if (strcmp (self->fields[i].name, single_fields[k]) == 0)
            {
              g_set_error (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "Reading the request's head: two fields %s",
                           single_fields[k]);
              return FALSE;
            }
      }

  return TRUE;
}

static gboolean
check_framing (InbHttpHead  *self,
               GError      **error)
{
  const char *length = inb_http_head_get_field (self, "content-length");
  const char *transfer = inb_http_head_get_field (self, "transfer-encoding");
  const char *expect = inb_http_head_get_field (self, "expect");

  self->length = -1;
  if (transfer != NULL && length != NULL)
    return fail (error, "both a length and a transfer encoding");
  if (transfer != NULL && (g_ascii_strcasecmp (transfer, "chunked") != 0 || self->minor == 0))
    return fail (error, "a transfer encoding other than chunked");
  self->chunked = transfer != NULL;
  if (length != NULL)
    {
      if (*length == '\0' || strspn (length, "0123456789") != strlen (length))
        return fail (error, "the length is no number");
      self->length = strlen (length) > MAX_LENGTH_DIGITS ? G_MAXINT64 : g_ascii_strtoll (length, NULL, 10);
    }
  if (expect != NULL && g_ascii_strcasecmp (expect, "100-continue") != 0)
    return fail (error, "an expectation other than 100-continue");
  self->wants_continue = expect != NULL && self->minor > 0 && (self->length > 0 || self->chunked);

  return TRUE;
}

static gboolean
check_host (InbHttpHead  *self,
            GError      **error)
{
  const char *host = inb_http_head_get_field (self, "host");
  g_autofree char *name = NULL;

  if (host == NULL)
    return self->minor == 0 || fail (error, "no host");

  name = parse_authority (host, strlen (host));
  if (name == NULL)
    return fail (error, "the host is no name");
  if (self->host == NULL)
    self->host = g_steal_pointer (&name);

  return TRUE;
}

static gboolean
has_list_item (const char *list,
               const char *item)
{
  gsize length = strlen (item);

  for (const char *p = list; p != NULL && *p != '\0';)
    {
      p += strspn (p, " \t,");
      if (g_ascii_strncasecmp (p, item, length) == 0 && strchr (" \t,", p[length]) != NULL)
        return TRUE;
      p += strcspn (p, ",");
    }

  return FALSE;
}

/**
 * inb_http_head_parse:
 * @bytes: a whole head
 * @length: as inb_http_head_find_end() returned it
 *
 * Returns: (transfer full) (nullable): the head, or %NULL with %INB_ERROR_BAD_REQUEST or, for one with too many
 *   fields, %INB_ERROR_TOO_LARGE
 */
InbHttpHead *
inb_http_head_parse (const guint8  *bytes,
                     gsize          length,
                     GError       **error)
{
  g_autoptr (InbHttpHead) self = NULL;
  guint n_lines = 0;

  g_return_val_if_fail (length >= 4, NULL);

  for (const guint8 *p = bytes; (p = memchr (p, '\n', bytes + length - p)) != NULL; p++)
    n_lines++;
  if (n_lines > INB_HTTP_MAX_FIELDS + 2)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_TOO_LARGE, "Reading the request's head: too many fields");
      return NULL;
    }

  self = g_malloc0 (sizeof (InbHttpHead) + n_lines * sizeof (Field));
  self->refs = 1;
  self->text = g_memdup2 (bytes, length);
  if (!parse_lines (self, length, n_lines, error) ||
      !check_single_fields (self, error) ||
      !check_framing (self, error) ||
      !check_host (self, error))
    return NULL;
  self->keeps_alive = self->minor > 0 && !has_list_item (inb_http_head_get_field (self, "connection"), "close");
  self->upgrade = self->minor > 0 && has_list_item (inb_http_head_get_field (self, "connection"), "upgrade") &&
                  has_list_item (inb_http_head_get_field (self, "upgrade"), "websocket");

  return g_steal_pointer (&self);
}

InbHttpHead *
inb_http_head_ref (InbHttpHead *self)
{
  self->refs++;

  return self;
}

void
inb_http_head_unref (InbHttpHead *self)
{
  if (--self->refs > 0)
    return;

  g_free (self->text);
  g_free (self->host);
  g_free (self);
}

const char *
inb_http_head_get_method (const InbHttpHead *self)
{
  return self->method;
}

const char *
inb_http_head_get_raw_path (const InbHttpHead *self)
{
  return self->path;
}

const char *
inb_http_head_get_query (const InbHttpHead *self)
{
  return self->query;
}

const char *
inb_http_head_get_host (const InbHttpHead *self)
{
  return self->host;
}

const char *
inb_http_head_get_field (const InbHttpHead *self,
                         const char        *name)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (g_ascii_strcasecmp (self->fields[i].name, name) == 0)
      return self->fields[i].value;

  return NULL;
}

gint64
inb_http_head_get_length (const InbHttpHead *self)
{
  return self->length;
}

gboolean
inb_http_head_is_chunked (const InbHttpHead *self)
{
  return self->chunked;
}

gboolean
inb_http_head_wants_continue (const InbHttpHead *self)
{
  return self->wants_continue;
}

gboolean
inb_http_head_is_upgrade (const InbHttpHead *self)
{
  return self->upgrade;
}

gboolean
inb_http_head_keeps_alive (const InbHttpHead *self)
{
  return self->keeps_alive;
}

gboolean
inb_http_head_takes_chunks (const InbHttpHead *self)
{
  return self->minor > 0;
}
