#define G_LOG_DOMAIN "inb-replica"

#include "inb-outbox-salvage.h"

#include "inb-page-vfs.h"

#include <string.h>

/* See "Database File Format" of SQLite. */
#define PAGE_SIZE 4096
#define USABLE_SIZE (PAGE_SIZE - INB_PAGE_VFS_RESERVED)
#define MAX_LOCAL (USABLE_SIZE - 35)
#define MIN_LOCAL ((USABLE_SIZE - 12) * 32 / 255 - 23)
#define OVERFLOW_SIZE (USABLE_SIZE - 4)
#define LEAF_OF_TABLE 13
#define LEAF_HEADER_SIZE 8
#define LOG_HEADER_SIZE 32
#define FRAME_HEADER_SIZE 24
#define FRAME_SIZE (FRAME_HEADER_SIZE + PAGE_SIZE)
#define N_COLUMNS 10
/* A mutation is far smaller. */
#define MAX_PAYLOAD (16 * 1024 * 1024)

typedef struct {
  /* Owned */
  char       *file;
  char       *log;
  GHashTable *latest;   /* page number → its last image in the log (borrowed) */
  GPtrArray  *scraps;
  GHashTable *ids;      /* of the scraps (borrowed), as a set */

  gsize       file_size;
  gsize       log_size;
} Salvage;

typedef struct {
  const guint8 *cursor;
  const guint8 *end;
} Bytes;

static void
scrap_free (InbOutboxScrap *scrap)
{
  g_free (scrap->id);
  g_free (scrap->group);
  g_free (scrap->label);
  g_free (scrap->actor);
  g_free (scrap->mutation);
  g_free (scrap->takes_back);
  g_free (scrap);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InbOutboxScrap, scrap_free)

gint64
inb_outbox_scrap_sum (const InbOutboxScrap *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *texts[] = { self->id, self->group, self->label, self->actor, self->mutation, self->takes_back };
  gint64 sum = GINT64_TO_LE (self->number);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) &sum, sizeof sum);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "";

      g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text) + 1);
    }
  g_checksum_get_digest (checksum, digest, &length);
  memcpy (&sum, digest, sizeof sum);

  return GINT64_FROM_LE (sum);
}

static guint32
read_big_endian (const guint8 *bytes,
                 guint         n_bytes)
{
  guint32 value = 0;

  for (guint i = 0; i < n_bytes; i++)
    value = value << 8 | bytes[i];

  return value;
}

static gboolean
read_varint (Bytes   *bytes,
             guint64 *value)
{
  *value = 0;
  for (guint i = 0; i < 9 && bytes->cursor < bytes->end; i++)
    {
      guint8 byte = *bytes->cursor++;

      if (i == 8)
        {
          *value = *value << 8 | byte;
          return TRUE;
        }
      *value = *value << 7 | (byte & 0x7f);
      if ((byte & 0x80) == 0)
        return TRUE;
    }

  return FALSE;
}

static const guint8 *
find_page (Salvage *self,
           guint32  number,
           gboolean in_log)
{
  gsize offset = (gsize) (number - 1) * PAGE_SIZE;

  if (in_log)
    {
      const guint8 *page = g_hash_table_lookup (self->latest, GUINT_TO_POINTER (number));

      if (page != NULL)
        return page;
    }
  if (number == 0 || offset + PAGE_SIZE > self->file_size)
    return NULL;

  return (const guint8 *) self->file + offset;
}

/* The cell's whole record, from the pages that it overflows to. */
static GByteArray *
read_payload (Salvage       *self,
              Bytes         *cell,
              guint64        size,
              gboolean       in_log)
{
  gsize local = size;
  g_autoptr (GByteArray) payload = NULL;
  guint32 next;

  if (size > MAX_LOCAL)
    {
      local = MIN_LOCAL + (size - MIN_LOCAL) % OVERFLOW_SIZE;
      if (local > MAX_LOCAL)
        local = MIN_LOCAL;
    }
  if ((gsize) (cell->end - cell->cursor) < local + (local < size ? 4 : 0))
    return NULL;

  payload = g_byte_array_sized_new ((guint) size);
  g_byte_array_append (payload, cell->cursor, (guint) local);
  next = local < size ? read_big_endian (cell->cursor + local, 4) : 0;
  while (payload->len < size)
    {
      const guint8 *page = find_page (self, next, in_log);

      if (page == NULL)
        return NULL;
      next = read_big_endian (page, 4);
      g_byte_array_append (payload, page + 4, (guint) MIN (OVERFLOW_SIZE, size - payload->len));
    }

  return g_steal_pointer (&payload);
}

static gsize
get_value_size (guint64 type)
{
  static const guint8 sizes[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0 };

  return type < G_N_ELEMENTS (sizes) ? sizes[type] : (gsize) (type - 12) / 2;
}

static gint64
read_integer (const guint8 *bytes,
              guint64       type)
{
  gsize size = get_value_size (type);
  guint64 value = size > 0 && (bytes[0] & 0x80) != 0 ? G_MAXUINT64 : 0;

  if (type == 9)
    return 1;
  for (gsize i = 0; i < size; i++)
    value = value << 8 | bytes[i];

  return (gint64) value;
}

static gboolean
is_text (guint64 type)
{
  return type >= 13 && type % 2 == 1;
}

static gboolean
is_integer (guint64 type)
{
  return (type >= 1 && type <= 6) || type == 8 || type == 9;
}

/* Whether the record has the form of an entry. */
static gboolean
check_types (const guint64 *types)
{
  for (guint i = 1; i < N_COLUMNS; i++)
    {
      gboolean is_number = i == 5 || i == 9;

      if (is_number ? !is_integer (types[i]) : !is_text (types[i]) && !(i == 8 && types[i] == 0))
        return FALSE;
    }

  return types[0] == 0;
}

static InbOutboxScrap *
read_record (GByteArray *payload,
             gint64      number)
{
  Bytes head = { payload->data, payload->data + payload->len };
  g_autoptr (InbOutboxScrap) scrap = NULL;
  guint64 types[N_COLUMNS];
  char *texts[N_COLUMNS] = { NULL, };
  const guint8 *value;
  guint64 head_size;
  gint64 sum = 0;

  if (!read_varint (&head, &head_size) || head_size > payload->len)
    return NULL;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      if (!read_varint (&head, &types[i]))
        return NULL;
    }
  if (head.cursor != payload->data + head_size || !check_types (types))
    return NULL;

  value = head.cursor;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gsize size = get_value_size (types[i]);

      if ((gsize) (head.end - value) < size)
        break;
      if (is_text (types[i]))
        texts[i] = g_strndup ((const char *) value, size);
      else if (i == N_COLUMNS - 1)
        sum = read_integer (value, types[i]);
      value += size;
    }

  scrap = g_new0 (InbOutboxScrap, 1);
  scrap->number = number;
  scrap->id = texts[1];
  scrap->group = texts[2];
  scrap->label = texts[3];
  scrap->actor = texts[4];
  scrap->mutation = texts[7];
  scrap->takes_back = texts[8];
  g_free (texts[6]);

  return inb_outbox_scrap_sum (scrap) == sum ? g_steal_pointer (&scrap) : NULL;
}

static InbOutboxScrap *
read_cell (Salvage       *self,
           const guint8  *page,
           gsize          offset,
           gboolean       in_log)
{
  Bytes cell = { page + offset, page + USABLE_SIZE };
  g_autoptr (GByteArray) payload = NULL;
  guint64 size, number;

  if (offset < LEAF_HEADER_SIZE || offset >= USABLE_SIZE || !read_varint (&cell, &size) || !read_varint (&cell, &number) ||
      size > MAX_PAYLOAD)
    return NULL;
  payload = read_payload (self, &cell, size, in_log);

  return payload != NULL ? read_record (payload, (gint64) number) : NULL;
}

static void
read_page (Salvage      *self,
           const guint8 *page)
{
  guint n_cells = read_big_endian (page + 3, 2);

  if (page[0] != LEAF_OF_TABLE)
    return;

  for (guint i = 0; i < n_cells && LEAF_HEADER_SIZE + 2 * i + 2 <= USABLE_SIZE; i++)
    {
      gsize offset = read_big_endian (page + LEAF_HEADER_SIZE + 2 * i, 2);
      g_autoptr (InbOutboxScrap) scrap = read_cell (self, page, offset, TRUE);

      if (scrap == NULL)
        scrap = read_cell (self, page, offset, FALSE);
      if (scrap == NULL || !g_hash_table_add (self->ids, scrap->id))
        continue;
      g_ptr_array_add (self->scraps, g_steal_pointer (&scrap));
    }
}

static void
index_log (Salvage *self)
{
  for (gsize offset = LOG_HEADER_SIZE; offset + FRAME_SIZE <= self->log_size; offset += FRAME_SIZE)
    {
      const guint8 *frame = (const guint8 *) self->log + offset;

      g_hash_table_insert (self->latest, GUINT_TO_POINTER (read_big_endian (frame, 4)), (gpointer) (frame + FRAME_HEADER_SIZE));
    }
}

static int
compare_scraps (gconstpointer a,
                gconstpointer b)
{
  const InbOutboxScrap *one = *(const InbOutboxScrap *const *) a;
  const InbOutboxScrap *other = *(const InbOutboxScrap *const *) b;

  return one->number < other->number ? -1 : one->number > other->number;
}

/**
 * inb_outbox_salvage_read:
 * @path: of the database; its log is beside it
 *
 * Also finds entries that were deleted since, where the log still has them: they are sent once more, which changes nothing.
 */
GPtrArray *
inb_outbox_salvage_read (const char *path)
{
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  Salvage self = { NULL, };

  self.scraps = g_ptr_array_new_with_free_func ((GDestroyNotify) scrap_free);
  self.ids = g_hash_table_new (g_str_hash, g_str_equal);
  self.latest = g_hash_table_new (NULL, NULL);
  if (!g_file_get_contents (path, &self.file, &self.file_size, NULL))
    self.file_size = 0;
  if (!g_file_get_contents (log_path, &self.log, &self.log_size, NULL))
    self.log_size = 0;

  index_log (&self);
  for (gsize offset = 0; offset + PAGE_SIZE <= self.file_size; offset += PAGE_SIZE)
    read_page (&self, (const guint8 *) self.file + offset);
  for (gsize offset = LOG_HEADER_SIZE; offset + FRAME_SIZE <= self.log_size; offset += FRAME_SIZE)
    read_page (&self, (const guint8 *) self.log + offset + FRAME_HEADER_SIZE);
  g_ptr_array_sort (self.scraps, compare_scraps);

  g_hash_table_unref (self.latest);
  g_hash_table_unref (self.ids);
  g_free (self.file);
  g_free (self.log);

  return self.scraps;
}
