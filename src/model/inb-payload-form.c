/* Form bodies, urlencoded and multipart: names in brackets become dotted paths, repeated names become lists. */
#define G_LOG_DOMAIN "inb-model"

#include "inb-event-private.h"

#include "inb-error.h"

#include <string.h>

#define DATA_MEMBER "data.json" /* Unbounce's own fields, as JSON in a member of the form */

typedef struct {
  char     *path;
  char     *value;
  gboolean  is_list; /* written as name[] */
} Pair;

static void
pair_clear (gpointer data)
{
  Pair *pair = data;

  g_free (pair->path);
  g_free (pair->value);
}

static GArray *
new_pairs (void)
{
  GArray *pairs = g_array_new (FALSE, TRUE, sizeof (Pair));

  g_array_set_clear_func (pairs, pair_clear);

  return pairs;
}

/* Forms of old pages are not UTF-8 but what Windows calls ANSI. */
static char *
to_utf8 (const char  *bytes,
         gsize        length,
         GError     **error)
{
  g_autofree char *converted = NULL;

  if (memchr (bytes, '\0', length) != NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "NUL character in the form");
      return NULL;
    }
  if (g_utf8_validate (bytes, (gssize) length, NULL))
    return g_strndup (bytes, length);

  converted = g_convert (bytes, (gssize) length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

  return converted != NULL ? g_steal_pointer (&converted) : g_utf8_make_valid (bytes, (gssize) length);
}

/* "a[b][c]" → "a.b.c", "a[]" → "a" and a list; an empty pair of brackets further in counts up. */
static char *
path_from_name (const char *name,
                GHashTable *counters,
                gboolean   *is_list)
{
  GString *path = g_string_new (NULL);
  const char *open = strchr (name, '[');

  *is_list = FALSE;
  if (open == NULL || open == name)
    return g_string_free (g_string_assign (path, name), FALSE);

  g_string_append_len (path, name, open - name);
  while (*open == '[')
    {
      const char *close = strchr (open, ']');

      if (close == NULL)
        break;
      if (close == open + 1 && close[1] == '\0')
        *is_list = TRUE;
      else if (close == open + 1)
        {
          guint index = GPOINTER_TO_UINT (g_hash_table_lookup (counters, path->str));

          g_hash_table_insert (counters, g_strdup (path->str), GUINT_TO_POINTER (index + 1));
          g_string_append_printf (path, ".%u", index);
        }
      else
        {
          g_string_append_c (path, '.');
          g_string_append_len (path, open + 1, close - open - 1);
        }
      open = close + 1;
    }
  g_string_append (path, open);

  return g_string_free (path, FALSE);
}

static gboolean
add_pair (GArray      *pairs,
          GHashTable  *counters,
          const char  *name,
          gsize        name_length,
          const char  *value,
          gsize        value_length,
          GError     **error)
{
  g_autofree char *name_text = to_utf8 (name, name_length, error);
  g_autofree char *value_text = name_text != NULL ? to_utf8 (value, value_length, error) : NULL;
  Pair pair;

  if (value_text == NULL)
    return FALSE;
  if (pairs->len == INB_PAYLOAD_MAX_FIELDS || strlen (name_text) > INB_PAYLOAD_MAX_PATH)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_TOO_LARGE, "The form has too many fields, or too long names");
      return FALSE;
    }
  pair.path = path_from_name (name_text, counters, &pair.is_list);
  pair.value = g_steal_pointer (&value_text);
  g_array_append_val (pairs, pair);

  return TRUE;
}

/* What the JSON member holds stands beside the form's own fields, so that both are found under their plain names. */
static gboolean
add_data_member (InbEvent    *event,
                 const char  *json,
                 gsize       *budget,
                 GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GPtrArray) events = NULL;
  InbEvent *inner;
  gboolean is_array;

  events = *json == '{' ? inb_payload_parse_json (bytes, &is_array, &parse_error) : NULL;
  if (events == NULL)
    return inb_event_add_limited (event, DATA_MEMBER, json, budget, error);

  inner = g_ptr_array_index (events, 0);
  for (guint i = 0; i < inb_event_get_n_fields (inner); i++)
    {
      const char *path = inb_event_get_path (inner, i);
      const char *value = inb_event_get_value (inner, i);
      const char *known = inb_event_find (event, path);
      g_autofree char *own_path = known != NULL ? g_strconcat (DATA_MEMBER ".", path, NULL) : NULL;

      if (g_strcmp0 (known, value) != 0
          && !inb_event_add_limited (event, own_path != NULL ? own_path : path, value, budget, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_fields (InbEvent    *event,
            GArray      *pairs,
            GError     **error)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);
  const char *data = NULL;
  gsize budget = INB_PAYLOAD_MAX_TEXT;

  for (guint i = 0; i < pairs->len; i++)
    {
      const char *path = g_array_index (pairs, Pair, i).path;

      g_hash_table_insert (counts, (gpointer) path,
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, path)) + 1));
    }

  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);
      gboolean repeats = GPOINTER_TO_UINT (g_hash_table_lookup (counts, pair->path)) > 1;
      guint index = GPOINTER_TO_UINT (g_hash_table_lookup (indices, pair->path));
      guint first_field = inb_event_get_n_fields (event);
      g_autofree char *path = NULL;

      if (!repeats && strcmp (pair->path, DATA_MEMBER) == 0)
        {
          data = pair->value;
          continue;
        }
      path = repeats || pair->is_list ? g_strdup_printf ("%s.%u", pair->path, index) : g_strdup (pair->path);
      g_hash_table_insert (indices, pair->path, GUINT_TO_POINTER (index + 1));
      if (!inb_event_add_limited (event, path, pair->value, &budget, error))
        return FALSE;
      if (pair->is_list && !repeats)
        inb_event_drop_index (event, first_field, strlen (pair->path), TRUE);
    }

  return data == NULL || add_data_member (event, data, &budget, error);
}

static GPtrArray *
make_events (GArray  *pairs,
             GBytes  *body,
             GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) inb_event_free);
  InbEvent *event = inb_event_new ();

  g_ptr_array_add (events, event);
  inb_event_set_raw (event, body);
  if (!add_fields (event, pairs, error))
    return NULL;

  return g_steal_pointer (&events);
}

/* In place; a percent sign that starts no escape stays. Returns: the new length */
static gsize
unescape_form (char  *text,
               gsize  length)
{
  gsize out = 0;

  for (gsize i = 0; i < length; i++)
    {
      int high = text[i] == '%' && i + 2 < length ? g_ascii_xdigit_value (text[i + 1]) : -1;
      int low = high >= 0 ? g_ascii_xdigit_value (text[i + 2]) : -1;

      if (low >= 0)
        {
          text[out++] = (char) (high * 16 + low);
          i += 2;
        }
      else
        {
          text[out++] = text[i] == '+' ? ' ' : text[i];
        }
    }

  return out;
}

GPtrArray *
inb_payload_parse_form (GBytes  *body,
                        GError **error)
{
  g_autoptr (GArray) pairs = new_pairs ();
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *copy = g_memdup2 (data, length);
  char *end = copy + length;

  for (char *start = copy; start < end;)
    {
      char *stop = memchr (start, '&', (gsize) (end - start));
      char *equals, *value;

      stop = stop != NULL ? stop : end;
      equals = memchr (start, '=', (gsize) (stop - start));
      value = equals != NULL ? equals + 1 : stop;
      if (equals != start && stop != start)
        {
          gsize name_length = unescape_form (start, (gsize) ((equals != NULL ? equals : stop) - start));
          gsize value_length = unescape_form (value, (gsize) (stop - value));

          if (!add_pair (pairs, counters, start, name_length, value, value_length, error))
            return NULL;
        }
      start = stop + 1;
    }

  return make_events (pairs, body, error);
}

/* A parameter of a header, "name" of `form-data; name="a b"`.  Returns: (transfer full) (nullable) */
static char *
get_parameter (const char *header,
               const char *name)
{
  gsize name_length = strlen (name);

  for (const char *c = strchr (header, ';'); c != NULL; c = strchr (c, ';'))
    {
      GString *value;

      c++;
      while (*c == ' ' || *c == '\t')
        c++;
      if (g_ascii_strncasecmp (c, name, name_length) != 0 || c[name_length] != '=')
        continue;

      c += name_length + 1;
      if (*c != '"')
        return g_strndup (c, strcspn (c, "; \t\r\n"));

      value = g_string_new (NULL);
      for (c++; *c != '\0' && *c != '"'; c++)
        {
          if (*c == '\\' && c[1] != '\0')
            c++;
          g_string_append_c (value, *c);
        }
      return g_string_free (value, FALSE);
    }

  return NULL;
}

static char *
find_disposition (const char *headers,
                  gsize       length)
{
  g_autofree char *text = g_strndup (headers, length);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], "content-disposition:", strlen ("content-disposition:")) == 0)
        return g_strdup (lines[i] + strlen ("content-disposition:"));
    }

  return NULL;
}

/* One part, headers and content. Of a file only its name is kept. */
static gboolean
add_part (GArray      *pairs,
          GHashTable  *counters,
          const char  *part,
          gsize        length,
          GError     **error)
{
  const char *content = memmem (part, length, "\r\n\r\n", 4);
  g_autofree char *disposition = content != NULL ? find_disposition (part, (gsize) (content - part)) : NULL;
  g_autofree char *name = disposition != NULL ? get_parameter (disposition, "name") : NULL;
  g_autofree char *file = disposition != NULL ? get_parameter (disposition, "filename") : NULL;

  if (name == NULL)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "A part of the form has no name");
      return FALSE;
    }
  if (file != NULL)
    return add_pair (pairs, counters, name, strlen (name), file, strlen (file), error);

  content += 4;

  return add_pair (pairs, counters, name, strlen (name), content, length - (gsize) (content - part), error);
}

/* The delimiter line, "--" and the boundary; from the body's first line when the header does not tell. */
static char *
find_delimiter (const char *content_type,
                const char *data,
                gsize       length)
{
  g_autofree char *boundary = content_type != NULL ? get_parameter (content_type, "boundary") : NULL;
  const char *line_end;

  if (boundary != NULL && *boundary != '\0')
    return g_strconcat ("--", boundary, NULL);
  line_end = length > 2 && memcmp (data, "--", 2) == 0 ? memmem (data, MIN (length, 200), "\r\n", 2) : NULL;

  return line_end != NULL ? g_strndup (data, (gsize) (line_end - data)) : NULL;
}

GPtrArray *
inb_payload_parse_multipart (const char  *content_type,
                             GBytes      *body,
                             GError     **error)
{
  g_autoptr (GArray) pairs = new_pairs ();
  g_autoptr (GHashTable) counters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  const char *end = data + length;
  g_autofree char *delimiter = find_delimiter (content_type, data, length);
  g_autofree char *inner = g_strconcat ("\r\n", delimiter, NULL);
  const char *part = delimiter != NULL ? memmem (data, length, delimiter, strlen (delimiter)) : NULL;

  if (part != NULL)
    part += strlen (delimiter);
  while (part != NULL && end - part >= 2 && memcmp (part, "\r\n", 2) == 0)
    {
      const char *stop = memmem (part, (gsize) (end - part), inner, strlen (inner));

      /* An empty part's end shares its line break with the delimiter before it. */
      if (stop == NULL)
        part = NULL;
      else if (!add_part (pairs, counters, part, (gsize) (stop - part), error))
        return NULL;
      else
        part = stop + strlen (inner);
    }
  if (part == NULL || end - part < 2 || memcmp (part, "--", 2) != 0)
    {
      g_set_error_literal (error, INB_ERROR, INB_ERROR_INVALID_BODY, "The multipart form has no end");
      return NULL;
    }

  return make_events (pairs, body, error);
}
