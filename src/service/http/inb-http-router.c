#define G_LOG_DOMAIN "inb-service"

#include "inb-http-router.h"

#include "inb-error.h"
#include "inb-http-decode.h"

#include <string.h>

struct _InbHttpRouter {
  guint           refs;
  GPtrArray      *routes; /* of InbHttpRoute */
  InbHttpWatcher  watcher;
};

static void
route_free (gpointer data)
{
  InbHttpRoute *route = data;

  g_free (route->method);
  g_free (route->pattern);
  g_strfreev (route->segments);
  g_free (route);
}

InbHttpRouter *
inb_http_router_new (void)
{
  InbHttpRouter *self = g_new0 (InbHttpRouter, 1);

  self->refs = 1;
  self->routes = g_ptr_array_new_with_free_func (route_free);

  return self;
}

InbHttpRouter *
inb_http_router_ref (InbHttpRouter *self)
{
  self->refs++;

  return self;
}

void
inb_http_router_unref (InbHttpRouter *self)
{
  if (--self->refs > 0)
    return;

  g_ptr_array_unref (self->routes);
  g_free (self);
}

static gboolean
is_name (const char *segment)
{
  return *segment == '{';
}

/* Literals before names, from the left: then the first route that fits is the right one. */
static int
compare_routes (gconstpointer a,
                gconstpointer b)
{
  const InbHttpRoute *left = *(InbHttpRoute * const *) a;
  const InbHttpRoute *right = *(InbHttpRoute * const *) b;

  for (guint i = 0; i < left->n_segments && i < right->n_segments; i++)
    {
      int order = (int) is_name (left->segments[i]) - (int) is_name (right->segments[i]);

      if (order != 0)
        return order;
    }

  return (int) left->n_segments - (int) right->n_segments;
}

/**
 * inb_http_router_add:
 * @pattern: "/webhooks/{id}/{key}"
 */
void
inb_http_router_add (InbHttpRouter     *self,
                     const char        *method,
                     const char        *pattern,
                     InbHttpRouteFlags  flags,
                     InbHttpHandler     handler,
                     gpointer           user_data)
{
  InbHttpRoute *route;

  g_return_if_fail (*pattern == '/' && handler != NULL);

  route = g_new0 (InbHttpRoute, 1);
  route->method = g_strdup (method);
  route->pattern = g_strdup (pattern);
  route->segments = g_strsplit (pattern + 1, "/", -1);
  route->n_segments = g_strv_length (route->segments);
  route->flags = flags;
  route->handler = handler;
  route->user_data = user_data;
  route->watcher = &self->watcher;
  g_ptr_array_add (self->routes, route);
  g_ptr_array_sort (self->routes, compare_routes);
}

static gboolean
split_path (const char    *raw_path,
            InbHttpMatch  *match,
            GError       **error)
{
  /* "/" has no segment at all, as the pattern "/" has none. */
  for (const char *start = raw_path; *start == '/' && strcmp (raw_path, "/") != 0;)
    {
      gsize length = strcspn (start + 1, "/");
      g_autofree char *segment = inb_http_decode (start + 1, length, FALSE);

      if (segment == NULL || strcmp (segment, ".") == 0 || strcmp (segment, "..") == 0)
        {
          g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "Reading the path: it is not plain UTF-8");
          return FALSE;
        }
      for (const char *p = segment; *p != '\0'; p++)
        if ((guchar) *p < 0x20 || *p == 0x7f)
          {
            g_set_error_literal (error, INB_ERROR, INB_ERROR_BAD_REQUEST, "Reading the path: a control character");
            return FALSE;
          }
      if (match->n_segments == INB_HTTP_MAX_SEGMENTS)
        {
          g_set_error_literal (error, INB_ERROR, INB_ERROR_NOT_FOUND, "There is nothing at this path");
          return FALSE;
        }
      match->segments[match->n_segments++] = g_steal_pointer (&segment);
      start += 1 + length;
    }

  return TRUE;
}

static gboolean
route_fits (const InbHttpRoute *route,
            const InbHttpMatch *match)
{
  if (route->n_segments != match->n_segments)
    return FALSE;

  for (guint i = 0; i < match->n_segments; i++)
    {
      if (is_name (route->segments[i]) ? *match->segments[i] == '\0'
                                       : strcmp (route->segments[i], match->segments[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
takes_method (const InbHttpRoute *route,
              const char         *method)
{
  return strcmp (route->method, method) == 0 ||
         (strcmp (method, "HEAD") == 0 && strcmp (route->method, "GET") == 0);
}

/**
 * inb_http_router_match:
 * @raw_path: percent-encoded, beginning with '/'
 * @match: (out caller-allocates): what was found; to be cleared with inb_http_match_clear(), also on failure
 *
 * Returns: whether the path could be read, not whether it has a route
 */
gboolean
inb_http_router_match (InbHttpRouter  *self,
                       const char     *method,
                       const char     *raw_path,
                       InbHttpMatch   *match,
                       GError        **error)
{
  memset (match, 0, sizeof *match);
  match->router = inb_http_router_ref (self);
  if (!split_path (raw_path, match, error))
    return FALSE;

  for (guint i = 0; i < self->routes->len; i++)
    {
      const InbHttpRoute *route = self->routes->pdata[i];

      if (!route_fits (route, match))
        continue;
      match->found = TRUE;
      match->path_flags |= route->flags;
      if (match->route == NULL && takes_method (route, method))
        match->route = route;
    }

  return TRUE;
}

void
inb_http_match_clear (InbHttpMatch *match)
{
  for (guint i = 0; i < match->n_segments; i++)
    g_free (match->segments[i]);
  g_clear_pointer (&match->router, inb_http_router_unref);
  memset (match, 0, sizeof *match);
}

/**
 * inb_http_router_get_allowed:
 *
 * Returns: (transfer full): the methods of the path, as the Allow field lists them
 */
char *
inb_http_router_get_allowed (InbHttpRouter      *self,
                             const InbHttpMatch *match)
{
  GString *allowed = g_string_new (NULL);

  for (guint i = 0; i < self->routes->len; i++)
    {
      const InbHttpRoute *route = self->routes->pdata[i];

      if (!route_fits (route, match) || strstr (allowed->str, route->method) != NULL)
        continue;
      g_string_append_printf (allowed, "%s%s", allowed->len > 0 ? ", " : "", route->method);
      if (strcmp (route->method, "GET") == 0)
        g_string_append (allowed, ", HEAD");
    }
  if ((match->path_flags & INB_HTTP_ROUTE_CORS) != 0)
    g_string_append (allowed, ", OPTIONS");

  return g_string_free (allowed, FALSE);
}

void
inb_http_router_set_observer (InbHttpRouter   *self,
                              InbHttpObserver  observer,
                              gpointer         user_data)
{
  self->watcher.func = observer;
  self->watcher.user_data = user_data;
}
