/* Appointments in the sender's own words: a small reader of words, numbers and marks that takes a date, a clock time and
 * a zone wherever they stand, and refuses the whole text for anything that it does not understand.
 */
#define G_LOG_DOMAIN "inb-model"

#include "inb-time.h"

#include "inb-time-private.h"

#include <string.h>

#define MAX_LENGTH 128

typedef struct {
  const char *cursor;
  int         year, month, day;   /* 0 = not read; the year -1 */
  int         hour, minute, second;
  gint64      fraction;           /* microseconds */
  gboolean    has_clock;
  gboolean    has_meridiem;
  gboolean    has_offset;
  int         offset;             /* seconds east of UTC */
} Reader;

static guint
count_digits (const char *text)
{
  return (guint) strspn (text, "0123456789");
}

static int
read_number (const char *text,
             guint       n_digits)
{
  int value = 0;

  for (guint i = 0; i < n_digits; i++)
    value = value * 10 + (text[i] - '0');

  return value;
}

static void
skip_spaces (Reader *self)
{
  while (*self->cursor == ' ')
    self->cursor++;
}

/* "am", "PM", "a.m." here, and no letter behind it. */
static gboolean
read_meridiem (Reader *self)
{
  const char *c = self->cursor;
  char half;

  while (*c == ' ')
    c++;
  half = g_ascii_tolower (*c);
  if (half != 'a' && half != 'p')
    return FALSE;
  c++;
  if (*c == '.')
    c++;
  if (g_ascii_tolower (*c) != 'm' || g_ascii_isalpha (c[1]))
    return FALSE;
  c++;
  if (*c == '.')
    c++;
  if (self->hour < 1 || self->hour > 12)
    return FALSE;

  self->hour = self->hour % 12 + (half == 'p' ? 12 : 0);
  self->has_meridiem = TRUE;
  self->cursor = c;

  return TRUE;
}

/* The cursor is at the hour, of which there are @n_digits. */
static gboolean
read_clock (Reader *self,
            guint   n_digits)
{
  guint n;

  if (self->has_clock || n_digits > 2)
    return FALSE;

  self->has_clock = TRUE;
  self->hour = read_number (self->cursor, n_digits);
  self->cursor += n_digits;
  if (*self->cursor == ':')
    {
      self->cursor++;
      if (count_digits (self->cursor) != 2)
        return FALSE;
      self->minute = read_number (self->cursor, 2);
      self->cursor += 2;
      if (*self->cursor == ':')
        {
          self->cursor++;
          if (count_digits (self->cursor) != 2)
            return FALSE;
          self->second = read_number (self->cursor, 2);
          self->cursor += 2;
          n = *self->cursor == '.' ? count_digits (self->cursor + 1) : 0;
          if (n > 0)
            {
              gint64 unit = G_USEC_PER_SEC / 10;

              for (guint i = 0; i < n; i++, unit /= 10)
                self->fraction += (self->cursor[1 + i] - '0') * unit;
              self->cursor += 1 + n;
            }
        }
    }
  read_meridiem (self);

  return self->hour <= 23 && self->minute <= 59 && self->second <= 59;
}

static gboolean
set_date (Reader *self,
          int     year,
          int     month,
          int     day)
{
  if (self->year >= 0 || self->month != 0 || self->day != 0 || !inb_time_date_exists (year, month, day))
    return FALSE;

  self->year = year;
  self->month = month;
  self->day = day;

  return TRUE;
}

/* Day and month of 10/20/2025: only where one of them cannot be a month, or both are the same. */
static gboolean
set_slashed_date (Reader *self,
                  int     first,
                  int     second,
                  int     year)
{
  if (first > 12)
    return set_date (self, year, second, first);
  if (second > 12 || first == second)
    return set_date (self, year, first, second);

  return FALSE;
}

/* Three numbers with the same mark between them. */
static gboolean
read_numeric_date (Reader *self,
                   guint   n_first)
{
  const char *c = self->cursor;
  char mark = c[n_first];
  int first = read_number (c, n_first);
  int second, third;
  guint n_second, n_third;

  c += n_first + 1;
  n_second = count_digits (c);
  if (n_second < 1 || n_second > 2 || c[n_second] != mark)
    return FALSE;
  second = read_number (c, n_second);
  c += n_second + 1;
  n_third = count_digits (c);
  if (n_third < 1 || n_third > 4)
    return FALSE;
  third = read_number (c, n_third);
  self->cursor = c + n_third;

  if (n_first == 4 && n_third <= 2)
    return set_date (self, first, second, third);
  if (n_first > 2)
    return FALSE;
  if (mark == '.' && (n_third == 4 || n_third == 2))
    return set_date (self, n_third == 2 ? 2000 + third : third, second, first);
  if (n_third == 4)
    return set_slashed_date (self, first, second, third);

  return FALSE;
}

/* A number on its own is the day or the year of a date with the month in words. */
static gboolean
read_lone_number (Reader *self,
                  guint   n_digits)
{
  int value = read_number (self->cursor, n_digits);

  self->cursor += n_digits;
  if (n_digits == 4 && self->year < 0)
    {
      self->year = value;
      return TRUE;
    }
  if (n_digits > 2 || self->day != 0 || value < 1 || value > 31)
    return FALSE;

  self->day = value;
  if (*self->cursor == '.')
    self->cursor++;
  else if (g_ascii_isalpha (self->cursor[0]) && g_ascii_isalpha (self->cursor[1]) && !g_ascii_isalpha (self->cursor[2]))
    {
      static const char * const ordinals[] = { "st", "nd", "rd", "th", NULL };
      g_autofree char *ending = g_ascii_strdown (self->cursor, 2);

      if (!g_strv_contains (ordinals, ending))
        return FALSE;
      self->cursor += 2;
    }

  return TRUE;
}

/* "10 am", "10 Uhr". */
static gboolean
is_hour (const char *behind)
{
  while (*behind == ' ')
    behind++;
  if (g_ascii_strncasecmp (behind, "uhr", 3) == 0)
    return TRUE;

  return (g_ascii_tolower (behind[0]) == 'a' || g_ascii_tolower (behind[0]) == 'p')
         && (g_ascii_tolower (behind[1]) == 'm' || (behind[1] == '.' && g_ascii_tolower (behind[2]) == 'm'));
}

static gboolean
read_digits (Reader *self)
{
  guint n_digits = count_digits (self->cursor);
  const char *behind = self->cursor + n_digits;

  if (n_digits > 4)
    return FALSE;
  if (*behind == ':' || is_hour (behind))
    return read_clock (self, n_digits);
  if (strchr ("-/.", *behind) != NULL && g_ascii_isdigit (behind[*behind != '\0']))
    return read_numeric_date (self, n_digits);

  return read_lone_number (self, n_digits);
}

/* Full names and the usual short ones, English and German, lower case. */
static int
find_month (const char *word)
{
  static const struct { const char *name; int month; } months[] = {
    { "jan", 1 }, { "january", 1 }, { "januar", 1 }, { "jänner", 1 }, { "feb", 2 }, { "february", 2 }, { "februar", 2 },
    { "mar", 3 }, { "march", 3 }, { "märz", 3 }, { "mär", 3 }, { "apr", 4 }, { "april", 4 }, { "may", 5 }, { "mai", 5 },
    { "jun", 6 }, { "june", 6 }, { "juni", 6 }, { "jul", 7 }, { "july", 7 }, { "juli", 7 }, { "aug", 8 }, { "august", 8 },
    { "sep", 9 }, { "sept", 9 }, { "september", 9 }, { "oct", 10 }, { "october", 10 }, { "okt", 10 }, { "oktober", 10 },
    { "nov", 11 }, { "november", 11 }, { "dec", 12 }, { "december", 12 }, { "dez", 12 }, { "dezember", 12 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      if (strcmp (months[i].name, word) == 0)
        return months[i].month;
    }

  return 0;
}

static gboolean
is_filler (const char *word)
{
  static const char * const fillers[] = {
    "at", "on", "of", "the", "um", "am", "uhr", "t",
    "mon", "monday", "tue", "tues", "tuesday", "wed", "wednesday", "thu", "thur", "thurs", "thursday", "fri", "friday",
    "sat", "saturday", "sun", "sunday",
    "mo", "montag", "di", "dienstag", "mi", "mittwoch", "do", "donnerstag", "fr", "freitag", "sa", "samstag", "so", "sonntag", NULL
  };

  return g_strv_contains (fillers, word);
}

static gboolean
set_offset (Reader *self,
            int     seconds)
{
  if (self->has_offset)
    return FALSE;
  self->has_offset = TRUE;
  self->offset = seconds;

  return TRUE;
}

/* "+02:00" or "-0500", with a clock time before it. */
static gboolean
read_offset (Reader *self)
{
  gsize length = 1 + strspn (self->cursor + 1, "0123456789:");
  g_autofree char *text = g_strndup (self->cursor, length);
  int seconds;

  /* Behind GMT or UTC the offset says how far from it. */
  if (self->has_offset && self->offset == 0)
    self->has_offset = FALSE;
  if (!self->has_clock || !inb_time_read_offset (text, &seconds))
    return FALSE;
  self->cursor += length;

  return set_offset (self, seconds);
}

static gboolean
read_word (Reader *self)
{
  const char *start = self->cursor;
  g_autofree char *text = NULL;
  g_autofree char *word = NULL;
  int month;

  while (g_unichar_isalpha (g_utf8_get_char (self->cursor)))
    self->cursor = g_utf8_next_char (self->cursor);
  if (self->cursor == start)
    return FALSE;

  text = g_strndup (start, (gsize) (self->cursor - start));
  word = g_utf8_strdown (text, -1);
  if (strcmp (word, "utc") == 0 || strcmp (word, "gmt") == 0 || strcmp (word, "z") == 0)
    return set_offset (self, 0);

  month = find_month (word);
  if (month == 0 && !is_filler (word))
    return FALSE;
  if (month != 0 && self->month != 0)
    return FALSE;
  if (month != 0)
    self->month = month;
  if (*self->cursor == '.')
    self->cursor++;

  return TRUE;
}

/* The second one of 20-Oct-2025. */
static gboolean
is_hyphen_before_year (const Reader *self)
{
  return *self->cursor == '-' && !self->has_clock && self->day != 0 && self->month != 0 && self->year < 0
         && count_digits (self->cursor + 1) == 4;
}

static gboolean
read_all (Reader *self)
{
  while (TRUE)
    {
      skip_spaces (self);
      if (*self->cursor == '\0')
        return TRUE;
      /* JavaScript names the zone in brackets behind its offset. */
      if (*self->cursor == '(' && self->has_offset)
        return TRUE;

      if (*self->cursor == ',' || is_hyphen_before_year (self))
        self->cursor++;
      else if (g_ascii_isdigit (*self->cursor))
        {
          if (!read_digits (self))
            return FALSE;
        }
      else if (*self->cursor == '+' || (*self->cursor == '-' && g_ascii_isdigit (self->cursor[1])))
        {
          if (!read_offset (self))
            return FALSE;
        }
      else if (*self->cursor == '-' && (self->cursor[1] == ' ' || g_ascii_isalpha (self->cursor[1])))
        self->cursor++;
      else if (!read_word (self))
        return FALSE;
    }
}

/* Only digits: a day without marks, or epoch seconds or milliseconds. */
static gboolean
parse_digits (const char *text,
              GTimeZone  *timezone,
              gint64     *microseconds)
{
  gsize n_digits = strlen (text);

  if (n_digits == 8)
    {
      g_autofree char *date = g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);

      return inb_date_is_valid (date) && inb_time_parse_loose (date, timezone, microseconds);
    }
  if (n_digits != 10 && n_digits != 13)
    return FALSE;

  *microseconds = g_ascii_strtoll (text, NULL, 10) * (n_digits == 10 ? G_USEC_PER_SEC : 1000);

  return TRUE;
}

/* A time that the clock shows twice is the later of the two, one that it jumps over is moved past the jump. */
static gint64
to_utc (gint64     local,
        GTimeZone *timezone)
{
  gint64 adjusted = local;
  int interval = g_time_zone_adjust_time (timezone, G_TIME_TYPE_STANDARD, &adjusted);

  return adjusted - g_time_zone_get_offset (timezone, interval);
}

/* White space of any kind becomes single spaces; %NULL when the text is too long or no UTF-8. */
static char *
tidy (const char *text)
{
  g_autoptr (GString) tidied = NULL;

  if (strlen (text) > MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    return NULL;

  tidied = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_isspace (character))
        g_string_append_unichar (tidied, character);
      else if (tidied->len > 0 && tidied->str[tidied->len - 1] != ' ')
        g_string_append_c (tidied, ' ');
    }
  if (tidied->len > 0 && tidied->str[tidied->len - 1] == ' ')
    g_string_truncate (tidied, tidied->len - 1);

  return g_string_free (g_steal_pointer (&tidied), FALSE);
}

/**
 * inb_time_parse_loose:
 * @text: (nullable): a sender's own words
 * @timezone: read in this zone when the text names none
 * @microseconds: (out): since 1970 UTC
 *
 * Returns: whether the text names one instant beyond doubt; 03/04/2025 does not
 */
gboolean
inb_time_parse_loose (const char *text,
                      GTimeZone  *timezone,
                      gint64     *microseconds)
{
  g_autofree char *tidied = NULL;
  Reader reader = { .year = -1 };
  gint64 local;

  g_return_val_if_fail (timezone != NULL && microseconds != NULL, FALSE);

  tidied = text != NULL ? tidy (text) : NULL;
  if (tidied == NULL || *tidied == '\0')
    return FALSE;
  if (inb_time_parse (tidied, microseconds))
    return TRUE;
  if (strspn (tidied, "0123456789") == strlen (tidied))
    return parse_digits (tidied, timezone, microseconds);

  reader.cursor = tidied;
  if (!read_all (&reader) || !inb_time_date_exists (reader.year, reader.month, reader.day))
    return FALSE;
  if (reader.has_offset && !reader.has_clock)
    return FALSE;

  local = inb_time_days_from_date (reader.year, reader.month, reader.day) * 86400
          + reader.hour * 3600 + reader.minute * 60 + reader.second;
  *microseconds = (reader.has_offset ? local - reader.offset : to_utc (local, timezone)) * G_USEC_PER_SEC + reader.fraction;

  return TRUE;
}
