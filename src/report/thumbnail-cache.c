/* SPDX-License-Identifier: MIT
 *
 * A hit sets the file's time stamp, which is when it was used last. What the folder holds is not
 * known between looks, as others write into it, too: it is looked through before the first picture
 * is written and whenever an eighth of the bound was, and then trimmed so that another eighth fits.
 */
#include "report/thumbnail-cache.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "io/file.h"
#include "io/png.h"
#include "set/cache-folder.h"

/* More than any picture of a list needs. */
#define MAX_FILE_BYTES (1u << 20)

struct MsThumbnailCache {
  guint64 max_bytes;

  GMutex lock;    /* over these two */
  gboolean asked; /* for the folder */
  char *folder;   /* NULL: not asked for, or it cannot be made */

  GMutex room;     /* over these two; held while the folder is looked through */
  guint64 written; /* since then */
  gboolean looked_through;
};

MsThumbnailCache *
ms_thumbnail_cache_new(guint64 max_bytes)
{
  MsThumbnailCache *cache = g_atomic_rc_box_new0(MsThumbnailCache);

  g_mutex_init(&cache->lock);
  g_mutex_init(&cache->room);
  cache->max_bytes = max_bytes;
  return cache;
}

MsThumbnailCache *
ms_thumbnail_cache_ref(MsThumbnailCache *cache)
{
  return g_atomic_rc_box_acquire(cache);
}

static void
cache_clear(gpointer data)
{
  MsThumbnailCache *cache = data;

  g_mutex_clear(&cache->lock);
  g_mutex_clear(&cache->room);
  g_free(cache->folder);
}

void
ms_thumbnail_cache_unref(MsThumbnailCache *cache)
{
  g_atomic_rc_box_release_full(cache, cache_clear);
}

/* The folder, once made, does not change. NULL: there is none. */
static const char *
get_folder(MsThumbnailCache *cache)
{
  const char *folder;

  g_mutex_lock(&cache->lock);
  if (!cache->asked)
    cache->folder = ms_cache_folder_make(MS_CACHE_THUMBNAILS, NULL);
  cache->asked = TRUE;
  folder = cache->folder;
  g_mutex_unlock(&cache->lock);
  return folder;
}

static void
make_again(void)
{
  g_free(ms_cache_folder_make(MS_CACHE_THUMBNAILS, NULL));
}

/* Caller frees. */
static char *
file_of(const char *folder, const char *key)
{
  return g_strdup_printf("%s/%s.png", folder, key);
}

/* --- reading --- */

static gboolean
is_of_size(GBytes *bytes, int width, int height)
{
  int file_width, file_height, depth;
  MsColorType color;

  return ms_png_read_header(bytes, "", &file_width, &file_height, &depth, &color, NULL) &&
         file_width == width && file_height == height && depth == 8 && color == MS_COLOR_RGB;
}

static cairo_surface_t *
surface_of(const MsSamples *samples)
{
  cairo_surface_t *surface =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, samples->width, samples->height);

  if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
    cairo_surface_destroy(surface);
    return NULL;
  }
  for (int y = 0; y < samples->height; y++) {
    const guint8 *from = samples->pixels + (gsize)y * samples->stride;
    guint32 *to = (guint32 *)(cairo_image_surface_get_data(surface) +
                              (gsize)y * cairo_image_surface_get_stride(surface));

    for (int x = 0; x < samples->width; x++, from += 3)
      to[x] = (guint32)from[0] << 16 | (guint32)from[1] << 8 | from[2];
  }
  cairo_surface_mark_dirty(surface);
  return surface;
}

cairo_surface_t *
ms_thumbnail_cache_get(MsThumbnailCache *cache, const char *key, int width, int height)
{
  const char *folder = get_folder(cache);
  g_autofree char *path = folder ? file_of(folder, key) : NULL;
  g_autoptr(GBytes) bytes = path ? ms_file_read(path, MAX_FILE_BYTES, NULL, NULL) : NULL;
  g_autoptr(MsSamples) samples = NULL;

  if (!bytes || !is_of_size(bytes, width, height))
    return NULL;
  samples = ms_png_decode(bytes, "", NULL, NULL);
  if (!samples)
    return NULL;
  utimensat(AT_FDCWD, path, NULL, 0);
  return surface_of(samples);
}

/* --- the bound --- */

typedef struct {
  char *path;
  guint64 bytes;
  gint64 time; /* ns */
} File;

static void
file_clear(gpointer data)
{
  g_free(((File *)data)->path);
}

static int
compare_times(gconstpointer a, gconstpointer b)
{
  const File *first = a, *second = b;

  return first->time < second->time ? -1 : first->time > second->time;
}

static GArray *
list_files(const char *folder, guint64 *bytes)
{
  GArray *files = g_array_new(FALSE, FALSE, sizeof(File));
  GDir *dir = g_dir_open(folder, 0, NULL);
  const char *name;

  g_array_set_clear_func(files, file_clear);
  *bytes = 0;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    struct stat info;

    if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode))
      continue;

    File file = {
        .path = g_steal_pointer(&path),
        .bytes = (guint64)info.st_size,
        .time = (gint64)info.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + info.st_mtim.tv_nsec,
    };

    *bytes += file.bytes;
    g_array_append_val(files, file);
  }
  g_clear_pointer(&dir, g_dir_close);
  return files;
}

/* What a killed program left half written goes as everything else does. */
static void
trim(const char *folder, guint64 max_bytes)
{
  guint64 bytes;
  g_autoptr(GArray) files = list_files(folder, &bytes);

  g_array_sort(files, compare_times);
  for (guint i = 0; i < files->len && bytes > max_bytes; i++) {
    const File *file = &g_array_index(files, File, i);

    if (g_unlink(file->path) == 0)
      bytes -= file->bytes;
  }
}

/* Room for so many bytes more. */
static void
make_room(MsThumbnailCache *cache, const char *folder, guint64 bytes)
{
  guint64 step = cache->max_bytes / 8;

  g_mutex_lock(&cache->room);
  if (!cache->looked_through || cache->written + bytes > step) {
    trim(folder, cache->max_bytes - MAX(step, MIN(bytes, cache->max_bytes)));
    cache->looked_through = TRUE;
    cache->written = 0;
  }
  cache->written += bytes;
  g_mutex_unlock(&cache->room);
}

/* --- writing --- */

static GBytes *
encode(cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width(surface);
  int height = cairo_image_surface_get_height(surface);
  g_autoptr(MsSamples) samples = ms_samples_new(width, height, MS_COLOR_RGB, 8, "", NULL);

  if (!samples)
    return NULL;
  cairo_surface_flush(surface);
  for (int y = 0; y < height; y++) {
    const guint32 *from = (const guint32 *)(cairo_image_surface_get_data(surface) +
                                            (gsize)y * cairo_image_surface_get_stride(surface));
    guint8 *to = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < width; x++, to += 3) {
      to[0] = (guint8)(from[x] >> 16);
      to[1] = (guint8)(from[x] >> 8);
      to[2] = (guint8)from[x];
    }
  }
  return ms_png_encode(samples, 6, NULL, NULL);
}

void
ms_thumbnail_cache_put(MsThumbnailCache *cache, const char *key, cairo_surface_t *surface)
{
  const char *folder = get_folder(cache);
  g_autofree char *path = folder ? file_of(folder, key) : NULL;
  g_autoptr(GBytes) png = NULL;
  gsize size;
  const char *data;

  if (!path)
    return;
  png = encode(surface);
  if (!png || g_bytes_get_size(png) > MIN(MAX_FILE_BYTES, cache->max_bytes))
    return;
  data = g_bytes_get_data(png, &size);
  make_room(cache, folder, size);
  if (!g_file_set_contents_full(path, data, (gssize)size, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                NULL))
    make_again(); /* it may have been cleared away */
}
