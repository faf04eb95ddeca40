#define G_LOG_DOMAIN "inb-test"

#include "inb-error.h"
#include "inb-http-body.h"
#include "inb-http-decode.h"
#include "inb-http-head.h"
#include "inb-http-router.h"

#include <locale.h>
#include <string.h>

#define HOST "Host: localhost\r\n"

typedef struct {
  const char *name;
  const char *text;
} Sample;

static InbHttpHead *
parse (const char  *text,
       GError     **error)
{
  gsize from = 0;
  gssize length = inb_http_head_find_end ((const guint8 *) text, strlen (text), &from);

  g_assert_cmpint (length, ==, (gssize) strlen (text));

  return inb_http_head_parse ((const guint8 *) text, (gsize) length, error);
}

static void
test_fields (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHttpHead) head = parse ("POST /a/b%20c?q=1&r HTTP/1.1\r\nHOST:  Leads.Example:8787 \r\n"
                                        "Content-Length: 12\r\nX-Name: \tJos\xc3\xa9 \r\nX-Name: two\r\n"
                                        "Expect: 100-Continue\r\n\r\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (inb_http_head_get_method (head), ==, "POST");
  g_assert_cmpstr (inb_http_head_get_raw_path (head), ==, "/a/b%20c");
  g_assert_cmpstr (inb_http_head_get_query (head), ==, "q=1&r");
  g_assert_cmpstr (inb_http_head_get_host (head), ==, "leads.example");
  g_assert_cmpstr (inb_http_head_get_field (head, "x-NAME"), ==, "Jos\xc3\xa9");
  g_assert_null (inb_http_head_get_field (head, "x-other"));
  g_assert_cmpint (inb_http_head_get_length (head), ==, 12);
  g_assert_true (inb_http_head_wants_continue (head));
  g_assert_false (inb_http_head_is_chunked (head));
  g_assert_false (inb_http_head_is_upgrade (head));
}

static void
test_good (void)
{
  const Sample samples[] = {
    { "no length", "GET / HTTP/1.1\r\n" HOST "\r\n" },
    { "HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n" },
    { "absolute form", "GET http://localhost:1/x?y HTTP/1.1\r\n" HOST "\r\n" },
    { "IPv6 host", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n" },
    { "empty value", "GET / HTTP/1.1\r\n" HOST "X:\r\n\r\n" },
    { "chunked", "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: Chunked\r\n\r\n" },
    { "repeated harmless field", "GET / HTTP/1.1\r\n" HOST "Accept: a\r\nAccept: b\r\n\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbHttpHead) head = parse (samples[i].text, &error);

      g_test_message ("%s", samples[i].name);
      g_assert_no_error (error);
      g_assert_nonnull (head);
    }
}

static void
test_bad (void)
{
  const Sample samples[] = {
    { "no request line", "\r\n\r\n" },
    { "two words", "GET /\r\n" HOST "\r\n" },
    { "four words", "GET / x HTTP/1.1\r\n" HOST "\r\n" },
    { "two spaces", "GET  / HTTP/1.1\r\n" HOST "\r\n" },
    { "HTTP/2", "GET / HTTP/2.0\r\n" HOST "\r\n" },
    { "HTTP/1.10", "GET / HTTP/1.10\r\n" HOST "\r\n" },
    { "lower-case version", "GET / http/1.1\r\n" HOST "\r\n" },
    { "method is no token", "G(T / HTTP/1.1\r\n" HOST "\r\n" },
    { "authority", "CONNECT localhost:80 HTTP/1.1\r\n" HOST "\r\n" },
    { "asterisk", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n" },
    { "fragment", "GET /#a HTTP/1.1\r\n" HOST "\r\n" },
    { "raw UTF-8 in the target", "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n" },
    { "absolute form without host", "GET http:///x HTTP/1.1\r\n" HOST "\r\n" },
    { "absolute form with user", "GET http://a@b/x HTTP/1.1\r\n" HOST "\r\n" },
    { "no host", "GET / HTTP/1.1\r\n\r\n" },
    { "empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n" },
    { "two hosts", "GET / HTTP/1.1\r\n" HOST HOST "\r\n" },
    { "host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n" },
    { "host with a bad port", "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n" },
    { "two lengths", "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" },
    { "two equal lengths", "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\ncontent-length: 1\r\n\r\n" },
    { "list of lengths", "POST / HTTP/1.1\r\n" HOST "Content-Length: 1, 1\r\n\r\n" },
    { "negative length", "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n" },
    { "signed length", "POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\n" },
    { "hexadecimal length", "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\n" },
    { "empty length", "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n" },
    { "length and chunked", "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n" },
    { "gzip, chunked", "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n" },
    { "chunked twice", "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" },
    { "chunked in HTTP/1.0", "POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n" },
    { "other expectation", "POST / HTTP/1.1\r\n" HOST "Expect: wonders\r\n\r\n" },
    { "no colon", "GET / HTTP/1.1\r\n" HOST "X\r\n\r\n" },
    { "space before the colon", "GET / HTTP/1.1\r\n" HOST "X : y\r\n\r\n" },
    { "no name", "GET / HTTP/1.1\r\n" HOST ": y\r\n\r\n" },
    { "folded", "GET / HTTP/1.1\r\n" HOST "X: y\r\n z\r\n\r\n" },
    { "control character", "GET / HTTP/1.1\r\n" HOST "X: a\x01" "b\r\n\r\n" },
    { "carriage return inside", "GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n\r\n" },
    { "Latin-1", "GET / HTTP/1.1\r\n" HOST "X: \xe9\r\n\r\n" },
    { "two tokens", "GET / HTTP/1.1\r\n" HOST "Authorization: a\r\nAuthorization: b\r\n\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InbHttpHead) head = parse (samples[i].text, &error);

      g_test_message ("%s", samples[i].name);
      g_assert_null (head);
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_REQUEST);
    }
}

static void
test_nul (void)
{
  static const char text[] = "GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n\r\n";
  g_autoptr (GError) error = NULL;

  g_assert_null (inb_http_head_parse ((const guint8 *) text, sizeof text - 1, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_BAD_REQUEST);
}

static void
test_too_many_fields (void)
{
  g_autoptr (GString) text = g_string_new ("GET / HTTP/1.1\r\n" HOST);
  g_autoptr (GError) error = NULL;
  g_autoptr (InbHttpHead) head = NULL;

  for (guint i = 1; i < INB_HTTP_MAX_FIELDS; i++)
    g_string_append_printf (text, "X-%u: y\r\n", i);
  g_string_append (text, "\r\n");
  head = parse (text->str, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inb_http_head_get_field (head, "x-99"), ==, "y");

  g_string_insert (text, 16, "Another: z\r\n");
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, INB_ERROR, INB_ERROR_TOO_LARGE);
}

static void
test_find_end (void)
{
  static const char text[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody\r\n\r\n";
  const gsize end = strstr (text, "body") - text;
  gsize from = 0;

  /* Byte by byte, as a slow sender's head comes. */
  for (gsize length = 1; length < end; length++)
    g_assert_cmpint (inb_http_head_find_end ((const guint8 *) text, length, &from), ==, 0);
  g_assert_cmpint (inb_http_head_find_end ((const guint8 *) text, sizeof text - 1, &from), ==, (gssize) end);

  from = 0;
  g_assert_cmpint (inb_http_head_find_end ((const guint8 *) "GET / HTTP/1.1\n\n", 16, &from), ==, -1);
  from = 0;
  g_assert_cmpint (inb_http_head_find_end ((const guint8 *) "\n", 1, &from), ==, -1);
}

/* Whatever the bytes, nothing but a head or an error: run with the sanitizers. */
static void
test_noise (void)
{
  static const char seed[] = "POST /a?b=%41 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nConnection: upgrade\r\n\r\n";
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20000; round++)
    {
      g_autofree guint8 *bytes = g_memdup2 (seed, sizeof seed - 1);
      gsize from = 0;
      gssize length;

      for (guint i = g_rand_int_range (random, 1, 6); i > 0; i--)
        bytes[g_rand_int_range (random, 0, sizeof seed - 1)] = (guint8) g_rand_int_range (random, 0, 256);
      length = inb_http_head_find_end (bytes, sizeof seed - 1, &from);
      g_assert_cmpint (length, <=, (gssize) sizeof seed - 1);
      if (length > 0)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (InbHttpHead) head = inb_http_head_parse (bytes, (gsize) length, &error);

          g_assert_true ((head == NULL) == (error != NULL));
        }
    }
}

static void
test_upgrade (void)
{
  g_autoptr (InbHttpHead) head = parse ("GET /ws HTTP/1.1\r\n" HOST "Connection: keep-alive, Upgrade\r\n"
                                        "Upgrade: WebSocket\r\nSec-WebSocket-Key: k\r\n\r\n", NULL);

  g_assert_true (inb_http_head_is_upgrade (head));
  g_assert_cmpstr (inb_http_head_get_field (head, "sec-websocket-key"), ==, "k");
}

static void
test_keep_alive (void)
{
  g_autoptr (InbHttpHead) head = parse ("GET / HTTP/1.1\r\n" HOST "\r\n", NULL);
  g_autoptr (InbHttpHead) close = parse ("GET / HTTP/1.1\r\n" HOST "Connection: foo, Close\r\n\r\n", NULL);
  g_autoptr (InbHttpHead) old = parse ("GET / HTTP/1.0\r\n\r\n", NULL);

  g_assert_true (inb_http_head_keeps_alive (head));
  g_assert_false (inb_http_head_keeps_alive (close));
  g_assert_false (inb_http_head_keeps_alive (old));
}

/* @split: fed in pieces of that many bytes. */
static char *
read_body (const char  *head_text,
           const char  *text,
           gsize        split,
           GError     **error)
{
  g_autoptr (InbHttpHead) head = parse (head_text, NULL);
  g_autoptr (InbHttpBody) body = inb_http_body_new (head, 100);
  g_autoptr (GBytes) bytes = NULL;
  gsize length = strlen (text);

  for (gsize i = 0, n_taken; i < length; i += split)
    if (!inb_http_body_feed (body, (const guint8 *) text + i, MIN (split, length - i), &n_taken, error))
      return NULL;
  if (!inb_http_body_is_complete (body))
    return g_strdup ("incomplete");
  bytes = inb_http_body_take (body);
  if (g_bytes_get_size (bytes) == 0)
    return g_strdup ("");

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_body (void)
{
#define CHUNKED "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"
#define COUNTED "POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\n"
#define OVERLONG "POST / HTTP/1.1\r\n" HOST "Content-Length: 101\r\n\r\n"
  static const struct {
    const char *head;
    const char *text;
    const char *body; /* NULL: an error */
  } samples[] = {
    { COUNTED, "hello", "hello" },
    { COUNTED, "hello and more", "hello" },
    { COUNTED, "hell", "incomplete" },
    { OVERLONG, "x", NULL },
    { "GET / HTTP/1.1\r\n" HOST "\r\n", "", "" },
    { CHUNKED, "0\r\n\r\n", "" },
    { CHUNKED, "5\r\nhello\r\n0\r\n\r\n", "hello" },
    { CHUNKED, "2\r\nhe\r\n03;a=\"b\"\r\nllo\r\n000\r\nX: y\r\nZ: z\r\n\r\nmore", "hello" },
    { CHUNKED, "A \r\n0123456789\r\n0\r\n\r\n", "0123456789" },
    { CHUNKED, "5\r\nhello\r\n", "incomplete" },
    { CHUNKED, "5\r\nhello\r\n0\r\n", "incomplete" },
    { CHUNKED, "5\r\nhelloX", NULL },
    { CHUNKED, "5\r\nhello\n0\r\n\r\n", NULL },
    { CHUNKED, "5\nhello", NULL },
    { CHUNKED, "x\r\n", NULL },
    { CHUNKED, "-1\r\nab\r\n", NULL },
    { CHUNKED, "0x5\r\nhello\r\n", NULL },
    { CHUNKED, " 5\r\nhello\r\n", NULL },
    { CHUNKED, "\r\n\r\n", NULL },
    { CHUNKED, ";a\r\n", NULL },
    { CHUNKED, "5;a\nhello", NULL },
    { CHUNKED, "0\r\n\n", NULL },
    { CHUNKED, "0\r\nX: y\n", NULL },
    { CHUNKED, "000000005\r\n", NULL },
    { CHUNKED, "ffffffffffffffffff\r\n", NULL },
    { CHUNKED, "65\r\n", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    for (gsize split = 1; split <= 64; split *= 2)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *body = read_body (samples[i].head, samples[i].text, split, &error);

        g_assert_cmpstr (body, ==, samples[i].body);
        g_assert_true ((body == NULL) == (error != NULL));
      }
}

static void
test_body_framing_is_bounded (void)
{
  g_autoptr (InbHttpHead) head = parse (CHUNKED, NULL);
  g_autoptr (InbHttpBody) body = inb_http_body_new (head, 1024);
  g_autoptr (GError) error = NULL;
  gsize n_taken;
  gboolean going_on = inb_http_body_feed (body, (const guint8 *) "0\r\n", 3, &n_taken, &error);

  for (guint i = 0; i < 1024 * 1024 && going_on; i++)
    going_on = inb_http_body_feed (body, (const guint8 *) "X: y\r\n", 6, &n_taken, &error);
  g_assert_false (going_on);
  g_assert_error (error, INB_ERROR, INB_ERROR_TOO_LARGE);
}

static void
test_decode (void)
{
  static const struct {
    const char *text;
    const char *path;
    const char *query;
  } samples[] = {
    { "a%20b+c", "a b+c", "a b c" },
    { "%C3%A9", "\xc3\xa9", "\xc3\xa9" },
    { "", "", "" },
    { "%", NULL, NULL },
    { "%4", NULL, NULL },
    { "%4g", NULL, NULL },
    { "a%00b", NULL, NULL },
    { "%FF", NULL, NULL },
    { "%C3", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *path = inb_http_decode (samples[i].text, strlen (samples[i].text), FALSE);
      g_autofree char *query = inb_http_decode (samples[i].text, strlen (samples[i].text), TRUE);

      g_assert_cmpstr (path, ==, samples[i].path);
      g_assert_cmpstr (query, ==, samples[i].query);
    }
}

static void
on_nothing (InbHttpRequest *request,
            gpointer        user_data)
{
}

static void
check_match (InbHttpRouter *router,
             const char    *method,
             const char    *path,
             const char    *pattern)
{
  g_autoptr (GError) error = NULL;
  InbHttpMatch match;

  g_assert_true (inb_http_router_match (router, method, path, &match, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (match.route == NULL ? NULL : match.route->pattern, ==, pattern);
  inb_http_match_clear (&match);
}

static void
test_router (void)
{
  static const char * const bad_paths[] = { "/a/../b", "/a/%2e%2E/b", "/./a", "/a%00", "/%FF", "/a%0Ab", "/a%7F" };
  InbHttpRouter *router = inb_http_router_new ();
  g_autofree char *allowed = NULL;
  InbHttpMatch match;

  inb_http_router_add (router, "GET", "/", 0, on_nothing, NULL);
  inb_http_router_add (router, "GET", "/leads/{id}", 0, on_nothing, NULL);
  inb_http_router_add (router, "PATCH", "/leads/{id}", 0, on_nothing, NULL);
  inb_http_router_add (router, "GET", "/leads/export.csv", 0, on_nothing, NULL);
  inb_http_router_add (router, "POST", "/leads/{id}/activities", INB_HTTP_ROUTE_CORS, on_nothing, NULL);

  check_match (router, "GET", "/", "/");
  check_match (router, "HEAD", "/", "/");
  check_match (router, "GET", "/leads/1", "/leads/{id}");
  check_match (router, "GET", "/leads/export.csv", "/leads/export.csv");
  check_match (router, "GET", "/leads/export%2ecsv", "/leads/export.csv");
  check_match (router, "PATCH", "/leads/export.csv", "/leads/{id}");
  check_match (router, "POST", "/leads/a%2Fb/activities", "/leads/{id}/activities");
  check_match (router, "GET", "/leads/", NULL);
  check_match (router, "GET", "/leads//activities", NULL);
  check_match (router, "GET", "/leads", NULL);
  check_match (router, "GET", "/leads/1/", NULL);
  check_match (router, "DELETE", "/leads/1", NULL);

  g_assert_true (inb_http_router_match (router, "DELETE", "/leads/1", &match, NULL));
  g_assert_true (match.found);
  allowed = inb_http_router_get_allowed (router, &match);
  g_assert_cmpstr (allowed, ==, "GET, HEAD, PATCH");
  inb_http_match_clear (&match);

  for (gsize i = 0; i < G_N_ELEMENTS (bad_paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (inb_http_router_match (router, "GET", bad_paths[i], &match, &error));
      g_assert_error (error, INB_ERROR, INB_ERROR_BAD_REQUEST);
      inb_http_match_clear (&match);
    }
  inb_http_router_unref (router);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-head/fields", test_fields);
  g_test_add_func ("/http-head/good", test_good);
  g_test_add_func ("/http-head/bad", test_bad);
  g_test_add_func ("/http-head/nul", test_nul);
  g_test_add_func ("/http-head/too-many-fields", test_too_many_fields);
  g_test_add_func ("/http-head/find-end", test_find_end);
  g_test_add_func ("/http-head/noise", test_noise);
  g_test_add_func ("/http-head/upgrade", test_upgrade);
  g_test_add_func ("/http-head/keep-alive", test_keep_alive);
  g_test_add_func ("/http-head/body", test_body);
  g_test_add_func ("/http-head/body-framing-is-bounded", test_body_framing_is_bounded);
  g_test_add_func ("/http-head/decode", test_decode);
  g_test_add_func ("/http-head/router", test_router);

  return g_test_run ();
}
