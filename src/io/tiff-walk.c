/* SPDX-License-Identifier: MIT
 *
 * Offsets and counts are the file's: each is held against the file's size before it is used.
 */
#include "io/tiff-walk.h"

#include <errno.h>
#include <unistd.h>

#include "io/tiff-file.h"
#include "io/tiff.h"

/* Pages and reduced copies of them together. */
#define MAX_DIRECTORIES   (1u << 20)
#define MAX_ENTRIES       65535u
#define OLD_REDUCED_IMAGE 2 /* of TIFFTAG_OSUBFILETYPE */

typedef struct {
  const guint8 *data; /* NULL: read from fd */
  int fd;
  guint64 size;
  GByteArray *buffer; /* what was read last */
  gboolean big_endian;
  gboolean big; /* BigTIFF */
} Source;

static gboolean
read_at(const Source *source, guint64 offset, guint8 *to, gsize n)
{
  while (n > 0) {
    gssize got = pread(source->fd, to, n, (off_t)offset);

    if (got == 0 || (got < 0 && errno != EINTR))
      return FALSE;
    got = MAX(got, 0);
    to += got;
    offset += (guint64)got;
    n -= (gsize)got;
  }
  return TRUE;
}

/* n bytes of the file, lent until the next call; NULL: it has none there. */
static const guint8 *
look(Source *source, guint64 offset, gsize n)
{
  if (offset > source->size || n > source->size - offset)
    return NULL;
  if (source->data)
    return source->data + offset;
  g_byte_array_set_size(source->buffer, (guint)n);
  return read_at(source, offset, source->buffer->data, n) ? source->buffer->data : NULL;
}

static guint64
number(const Source *source, const guint8 *at, guint n)
{
  guint64 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | at[source->big_endian ? i : n - 1 - i];
  return value;
}

/* FALSE: too short. */
static gboolean
read_header(Source *source, guint64 *first)
{
  const guint8 *header = look(source, 0, 8);

  if (!header)
    return FALSE;
  source->big_endian = header[0] == 'M';
  source->big = number(source, header + 2, 2) == 43;
  *first = number(source, header + 4, 4);
  if (!source->big)
    return TRUE;
  header = look(source, 8, 8);
  if (header)
    *first = number(source, header, 8);
  return header != NULL;
}

/* Whether an entry says that its directory is a reduced copy or a transparency mask. */
static gboolean
is_of_copy(const Source *source, const guint8 *entry)
{
  guint64 tag = number(source, entry, 2), type = number(source, entry + 2, 2);
  guint n = type == TIFF_LONG ? 4 : type == TIFF_SHORT ? 2 : 1;
  guint64 value = number(source, entry + (source->big ? 12 : 8), n);

  if (tag == TIFFTAG_SUBFILETYPE)
    return (value & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
  return tag == TIFFTAG_OSUBFILETYPE && value == OLD_REDUCED_IMAGE;
}

typedef struct {
  gboolean is_page;
  guint64 next; /* 0: it is the last */
  guint64 n_bytes;
} Directory;

static gboolean
read_directory(Source *source, guint64 offset, Directory *directory)
{
  guint count_bytes = source->big ? 8 : 2, entry_bytes = source->big ? 20 : 12;
  guint next_bytes = source->big ? 8 : 4;
  const guint8 *at = look(source, offset, count_bytes);
  guint64 n = at ? number(source, at, count_bytes) : G_MAXUINT64;

  if (n > MAX_ENTRIES)
    return FALSE;
  *directory = (Directory){.is_page = TRUE, .n_bytes = count_bytes + n * entry_bytes + next_bytes};
  at = look(source, offset + count_bytes, n * entry_bytes + next_bytes);
  for (guint64 i = 0; at && i < n; i++, at += entry_bytes)
    directory->is_page &= !is_of_copy(source, at);
  if (at)
    directory->next = number(source, at, next_bytes);
  return at != NULL;
}

static void
stop(MsTiffWalk *walk, const char *name, MsIoError code, const char *cause)
{
  const MsTiffFile file = {.name = name, .page = walk->offsets->len};

  ms_tiff_file_fail(&file, code, &walk->broken, "%s", cause);
}

/* TRUE: the chain may go on behind this directory. */
static gboolean
take_directory(MsTiffWalk *walk, Source *source, guint64 offset, Directory *directory,
               const char *name)
{
  if (!read_directory(source, offset, directory)) {
    stop(walk, name, MS_IO_ERROR_CORRUPT, "damaged TIFF (its directory is cut short)");
    return FALSE;
  }
  if (directory->is_page && walk->offsets->len == MS_TIFF_MAX_PAGES) {
    g_set_error(&walk->broken, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: more than %u pages are not read", name, MS_TIFF_MAX_PAGES);
    return FALSE;
  }
  if (directory->is_page)
    g_array_append_val(walk->offsets, offset);
  return TRUE;
}

static void
walk_source(MsTiffWalk *walk, Source *source, const char *name)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  Directory directory = {0};
  guint64 offset, n_bytes = 0;

  *walk = (MsTiffWalk){.offsets = g_array_new(FALSE, FALSE, sizeof(guint64))};
  if (!read_header(source, &offset) || offset == 0)
    stop(walk, name, MS_IO_ERROR_CORRUPT, "damaged TIFF (it has no directory)");
  for (; !walk->broken && offset != 0; offset = directory.next) {
    if (!g_hash_table_add(seen, g_memdup2(&offset, sizeof offset)))
      stop(walk, name, MS_IO_ERROR_CORRUPT, "damaged TIFF (no way leads to its directory)");
    else if (g_hash_table_size(seen) > MAX_DIRECTORIES)
      stop(walk, name, MS_IO_ERROR_TOO_LARGE, "more than 1048576 directories are not read");
    else if (!take_directory(walk, source, offset, &directory, name))
      break;
    else if ((n_bytes += directory.n_bytes) > source->size)
      stop(walk, name, MS_IO_ERROR_CORRUPT, "damaged TIFF (its directories overlap)");
  }
}

void
ms_tiff_walk_bytes(MsTiffWalk *walk, GBytes *bytes, const char *name)
{
  gsize size;
  Source source = {.data = g_bytes_get_data(bytes, &size)};

  source.size = size;
  walk_source(walk, &source, name);
}

void
ms_tiff_walk_file(MsTiffWalk *walk, int fd, guint64 size, const char *name)
{
  g_autoptr(GByteArray) buffer = g_byte_array_new();
  Source source = {.fd = fd, .size = size, .buffer = buffer};

  walk_source(walk, &source, name);
}

void
ms_tiff_walk_clear(MsTiffWalk *walk)
{
  g_clear_pointer(&walk->offsets, g_array_unref);
  g_clear_error(&walk->broken);
}
