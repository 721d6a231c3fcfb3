/* SPDX-License-Identifier: MIT
 *
 * A place in memory is the number of its block, from 1, and the offset in it; one in the file has
 * its top bit set. What lies there begins with its size. Blocks are never moved, so that only the
 * list of them is locked. In the file a stretch is taken under the lock and written without it:
 * whoever asks the heap for something never waits for a disk.
 */
#include "set/results-heap.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES (256 * 1024)
/* What is larger gets a block of its own, so that little is left over at the end of one. */
#define LARGE_BYTES (BLOCK_BYTES / 8)

#define IN_FILE (G_GUINT64_CONSTANT(1) << 63)

typedef guint32 Size; /* in front of what lies at a place */

struct MsResultsHeap {
  gatomicrefcount ref_count;
  guint64 max_bytes;

  GMutex lock;
  GPtrArray *blocks; /* locked: guint8 *, each where it will always be */
  guint open_block;  /* locked: the number of the one that is being filled, from 1; 0: none */
  guint32 n_taken;   /* locked: of its bytes */
  guint64 n_bytes;   /* locked: of all blocks */
  GStringChunk *texts;
  const char *last_text; /* locked: often the next one is the same */
  guint64 n_text_bytes;  /* locked */

  GMutex opening;      /* held while the file is opened */
  int file;            /* locked; -1: none yet, or it failed */
  gboolean file_fails; /* locked */
  guint64 file_bytes;  /* locked: taken */
};

MsResultsHeap *
ms_results_heap_new(guint64 max_bytes)
{
  MsResultsHeap *heap = g_new0(MsResultsHeap, 1);

  g_atomic_ref_count_init(&heap->ref_count);
  heap->max_bytes = max_bytes;
  heap->blocks = g_ptr_array_new_with_free_func(g_free);
  heap->texts = g_string_chunk_new(4096);
  heap->file = -1;
  g_mutex_init(&heap->lock);
  g_mutex_init(&heap->opening);
  return heap;
}

MsResultsHeap *
ms_results_heap_ref(MsResultsHeap *heap)
{
  g_atomic_ref_count_inc(&heap->ref_count);
  return heap;
}

void
ms_results_heap_unref(MsResultsHeap *heap)
{
  if (!heap || !g_atomic_ref_count_dec(&heap->ref_count))
    return;
  if (heap->file >= 0)
    close(heap->file);
  g_ptr_array_unref(heap->blocks);
  g_string_chunk_free(heap->texts);
  g_mutex_clear(&heap->lock);
  g_mutex_clear(&heap->opening);
  g_free(heap);
}

/* --- the file --------------------------------------------------------------------------------- */

/* Where large files are meant to be: /tmp may be memory. */
static const char *
temporary_folder(void)
{
  if (!g_getenv("TMPDIR") && g_access("/var/tmp", W_OK) == 0)
    return "/var/tmp";
  return g_get_tmp_dir();
}

static int
open_file(void)
{
  g_autofree char *path = g_build_filename(temporary_folder(), "maskscope-XXXXXX", NULL);
  int file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);

  if (file >= 0)
    g_unlink(path);
  return file;
}

static gboolean
write_all(int file, gconstpointer data, gsize size, guint64 offset)
{
  const guint8 *bytes = data;

  while (size > 0) {
    gssize n = pwrite(file, bytes, size, (off_t)offset);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    offset += (guint64)n;
    size -= (gsize)n;
  }
  return TRUE;
}

static gboolean
read_all(int file, gpointer data, gsize size, guint64 offset)
{
  guint8 *bytes = data;

  while (size > 0) {
    gssize n = pread(file, bytes, size, (off_t)offset);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    bytes += n;
    offset += (guint64)n;
    size -= (gsize)n;
  }
  return TRUE;
}

static gboolean
wants_file(MsResultsHeap *heap)
{
  gboolean wants;

  g_mutex_lock(&heap->lock);
  wants = heap->file < 0 && !heap->file_fails;
  g_mutex_unlock(&heap->lock);
  return wants;
}

static void
ensure_file(MsResultsHeap *heap)
{
  g_mutex_lock(&heap->opening);
  if (wants_file(heap)) {
    int file = open_file();

    g_mutex_lock(&heap->lock);
    heap->file = file;
    heap->file_fails = file < 0;
    g_mutex_unlock(&heap->lock);
  }
  g_mutex_unlock(&heap->opening);
}

/* -1: the file takes nothing any more. */
static int
take_stretch(MsResultsHeap *heap, gsize size, guint64 *offset)
{
  int file;

  g_mutex_lock(&heap->lock);
  file = heap->file_fails ? -1 : heap->file;
  *offset = heap->file_bytes;
  if (file >= 0)
    heap->file_bytes += size;
  g_mutex_unlock(&heap->lock);
  return file;
}

/* Without the lock. 0: the file takes nothing any more. */
static MsResultsPlace
add_to_file(MsResultsHeap *heap, gconstpointer data, Size size)
{
  guint64 offset;
  int file;

  ensure_file(heap);
  file = take_stretch(heap, sizeof size + size, &offset);
  if (file < 0)
    return 0;
  if (write_all(file, &size, sizeof size, offset) &&
      write_all(file, data, size, offset + sizeof size))
    return IN_FILE | offset;
  g_mutex_lock(&heap->lock);
  heap->file_fails = TRUE;
  g_mutex_unlock(&heap->lock);
  return 0;
}

static MsPacked *
dup_from_file(int file, guint64 offset)
{
  g_autofree guint8 *bytes = NULL;
  Size size;

  if (!read_all(file, &size, sizeof size, offset))
    return NULL;
  bytes = g_try_malloc(MAX(size, 1));
  if (!bytes || !read_all(file, bytes, size, offset + sizeof size))
    return NULL;
  return ms_packed_new_from_bytes(bytes, size);
}

/* --- memory ----------------------------------------------------------------------------------- */

/* With the lock held. */
static guint8 *
add_block(MsResultsHeap *heap, gsize size)
{
  guint8 *block = g_malloc(size);

  g_ptr_array_add(heap->blocks, block);
  heap->n_bytes += size;
  return block;
}

/* With the lock held: where `size` bytes may be put. */
static guint8 *
take_memory(MsResultsHeap *heap, gsize size, MsResultsPlace *place)
{
  guint32 offset;

  if (size > LARGE_BYTES) {
    guint8 *block = add_block(heap, size);

    *place = (guint64)heap->blocks->len << 32;
    return block;
  }
  if (heap->open_block == 0 || size > BLOCK_BYTES - heap->n_taken) {
    add_block(heap, BLOCK_BYTES);
    heap->open_block = heap->blocks->len;
    heap->n_taken = 0;
  }
  offset = heap->n_taken;
  heap->n_taken += (guint32)size;
  *place = (guint64)heap->open_block << 32 | offset;
  return (guint8 *)g_ptr_array_index(heap->blocks, heap->open_block - 1) + offset;
}

/* With the lock held. */
static gboolean
has_room(const MsResultsHeap *heap, gsize size)
{
  gboolean fits = heap->open_block > 0 && size <= BLOCK_BYTES - heap->n_taken;

  if (fits && size <= LARGE_BYTES)
    return TRUE;
  return heap->n_bytes + MAX(size, BLOCK_BYTES) <= heap->max_bytes;
}

/* 0: it would be more than the bound; where that is not to be looked at, never. */
static MsResultsPlace
add_to_memory(MsResultsHeap *heap, gconstpointer data, Size size, gboolean bounded)
{
  MsResultsPlace place = 0;
  guint8 *memory;

  g_mutex_lock(&heap->lock);
  if (!bounded || has_room(heap, sizeof size + size)) {
    memory = take_memory(heap, sizeof size + size, &place);
    memcpy(memory, &size, sizeof size);
    memcpy(memory + sizeof size, data, size);
  }
  g_mutex_unlock(&heap->lock);
  return place;
}

/* --- for any thread --------------------------------------------------------------------------- */

MsResultsPlace
ms_results_heap_add(MsResultsHeap *heap, const MsPacked *packed)
{
  MsResultsPlace place;
  gconstpointer data;
  gsize size;

  if (!packed)
    return 0;
  data = ms_packed_bytes(packed, &size);
  g_return_val_if_fail(size < G_MAXUINT32 - sizeof(Size), 0);
  place = add_to_memory(heap, data, (Size)size, TRUE);
  if (place == 0)
    place = add_to_file(heap, data, (Size)size);
  if (place == 0)
    place = add_to_memory(heap, data, (Size)size, FALSE);
  return place;
}

gboolean
ms_results_heap_has_room(MsResultsHeap *heap, gsize size)
{
  gboolean has;

  g_mutex_lock(&heap->lock);
  has = has_room(heap, sizeof(Size) + size);
  g_mutex_unlock(&heap->lock);
  return has;
}

MsPacked *
ms_results_heap_dup(MsResultsHeap *heap, MsResultsPlace place)
{
  const guint8 *block;
  int file;
  Size size;

  if (place == 0)
    return NULL;
  g_mutex_lock(&heap->lock);
  file = heap->file;
  block = place & IN_FILE ? NULL : g_ptr_array_index(heap->blocks, (place >> 32) - 1);
  g_mutex_unlock(&heap->lock);
  if (!block)
    return dup_from_file(file, place & ~IN_FILE);
  block += (guint32)place;
  memcpy(&size, block, sizeof size);
  return ms_packed_new_from_bytes(block + sizeof size, size);
}

const char *
ms_results_heap_add_text(MsResultsHeap *heap, const char *text)
{
  if (!text)
    return NULL;
  g_mutex_lock(&heap->lock);
  if (g_strcmp0(text, heap->last_text) != 0) {
    heap->last_text = g_string_chunk_insert(heap->texts, text);
    heap->n_text_bytes += strlen(text) + 1;
  }
  text = heap->last_text;
  g_mutex_unlock(&heap->lock);
  return text;
}

guint64
ms_results_heap_bytes(MsResultsHeap *heap)
{
  guint64 n_bytes;

  g_mutex_lock(&heap->lock);
  n_bytes = heap->n_bytes + heap->n_text_bytes;
  g_mutex_unlock(&heap->lock);
  return n_bytes;
}

guint64
ms_results_heap_file_bytes(MsResultsHeap *heap)
{
  guint64 n_bytes;

  g_mutex_lock(&heap->lock);
  n_bytes = heap->file_bytes;
  g_mutex_unlock(&heap->lock);
  return n_bytes;
}
