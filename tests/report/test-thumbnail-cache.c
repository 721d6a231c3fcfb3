/* SPDX-License-Identifier: MIT
 *
 * Thumbnails on disk: kept and found again, bounded, private; and keys that change with everything
 * that a picture shows.
 */
#include "report/thumbnail-cache.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "report/thumbnail-key.h"
#include "set/stamp-private.h"
#include "sets.h"

#define WIDTH  60
#define HEIGHT 45

/* Of all tests, each of which leaves it empty; the cache is in it. */
static TestFolder folder;

static void
teardown(gpointer fixture, gconstpointer data)
{
  test_remove_recursively(folder.path);
  g_assert_no_errno(g_mkdir(folder.path, 0700));
}

/* Noise does not compress: every such file is about as large. */
static cairo_surface_t *
noise(guint32 seed)
{
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  guint32 *pixels = (guint32 *)cairo_image_surface_get_data(surface);
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = g_rand_int(random) & 0xffffff;
  cairo_surface_mark_dirty(surface);
  return surface;
}

static gboolean
same_pixels(cairo_surface_t *a, cairo_surface_t *b)
{
  const guint32 *first = (const guint32 *)cairo_image_surface_get_data(a);
  const guint32 *second = (const guint32 *)cairo_image_surface_get_data(b);

  for (int i = 0; i < WIDTH * HEIGHT; i++)
    if ((first[i] ^ second[i]) & 0xffffff)
      return FALSE;
  return TRUE;
}

static void
put(MsThumbnailCache *cache, const char *key, guint32 seed)
{
  cairo_surface_t *surface = noise(seed);

  ms_thumbnail_cache_put(cache, key, surface);
  cairo_surface_destroy(surface);
}

/* Whether the cache has that noise under the key; what it has must be right. */
static gboolean
has(MsThumbnailCache *cache, const char *key, guint32 seed)
{
  cairo_surface_t *found = ms_thumbnail_cache_get(cache, key, WIDTH, HEIGHT);
  cairo_surface_t *expected = noise(seed);
  gboolean any = found != NULL;

  if (found) {
    g_assert_true(same_pixels(found, expected));
    cairo_surface_destroy(found);
  }
  cairo_surface_destroy(expected);
  return any;
}

static char *
file_of(const char *key)
{
  g_autofree char *name = g_strdup_printf("cache/thumbnails/%s.png", key);

  return test_path(&folder, name);
}

static void
test_kept(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autoptr(MsThumbnailCache) other = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);

  g_assert_false(has(cache, "a", 1));
  put(cache, "a", 1);
  put(cache, "b", 2);
  g_assert_true(has(cache, "a", 1));
  g_assert_true(has(other, "b", 2));
  put(other, "a", 3);
  g_assert_true(has(cache, "a", 3));
  g_assert_null(ms_thumbnail_cache_get(cache, "a", WIDTH + 1, HEIGHT));
  g_assert_null(ms_thumbnail_cache_get(cache, "c", WIDTH, HEIGHT));
}

/* Pictures may be of patients. */
static void
test_private(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autofree char *file = file_of("a");
  g_autofree char *parent = g_path_get_dirname(file);
  mode_t mask = umask(0);
  struct stat info;

  put(cache, "a", 1);
  umask(mask);
  g_assert_no_errno(stat(file, &info));
  g_assert_cmpint(info.st_mode & 0777, ==, 0600);
  g_assert_no_errno(stat(parent, &info));
  g_assert_cmpint(info.st_mode & 0777, ==, 0700);
}

/* What is not a picture as it was written is none, and is replaced. */
static void
test_damaged(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autofree char *file = file_of("a");
  g_autofree char *bytes = NULL;
  gsize size;

  put(cache, "a", 1);
  g_assert_true(g_file_get_contents(file, &bytes, &size, NULL));
  for (gsize i = 0; i < size; i += 97) {
    bytes[i] ^= 0x40;
    g_assert_true(g_file_set_contents(file, bytes, (gssize)size, NULL));
    g_assert_false(has(cache, "a", 1));
    bytes[i] ^= 0x40;
    g_assert_true(g_file_set_contents(file, bytes, (gssize)i, NULL));
    g_assert_false(has(cache, "a", 1));
  }
  put(cache, "a", 2);
  g_assert_true(has(cache, "a", 2));
}

/* A folder in the place of a picture, a picture of another size, a link. */
static void
test_foreign(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autofree char *inner = file_of("folder");
  g_autofree char *link = file_of("link");

  put(cache, "a", 1);
  g_assert_no_errno(g_mkdir(inner, 0700));
  put(cache, "folder", 1);
  g_assert_false(has(cache, "folder", 1));

  test_write_mask(&folder, "cache/thumbnails/other.png", "##\n##");
  g_assert_false(has(cache, "other", 1));
  put(cache, "other", 1);
  g_assert_true(has(cache, "other", 1));

  g_assert_no_errno(symlink("a.png", link));
  put(cache, "link", 2);
  g_assert_true(has(cache, "link", 2));
  g_assert_true(has(cache, "a", 1));
}

static void
test_cleared(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autofree char *cache_folder = test_path(&folder, "cache");

  put(cache, "a", 1);
  test_remove_recursively(cache_folder);
  g_assert_false(has(cache, "a", 1));
  put(cache, "a", 1); /* makes the folder again */
  put(cache, "b", 2);
  g_assert_true(has(cache, "b", 2));
}

/* Where no folder can be made there is no cache, and nothing else is wrong. */
static void
test_no_folder(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autofree char *file = test_file(&folder, "cache", "a file", 6);

  put(cache, "a", 1);
  g_assert_false(has(cache, "a", 1));
  g_assert_true(g_file_test(file, G_FILE_TEST_IS_REGULAR));
}

/* --- the bound --- */

/* All bytes in the folder. */
static guint64
folder_bytes(void)
{
  g_autofree char *path = test_path(&folder, "cache/thumbnails");
  GDir *dir = g_dir_open(path, 0, NULL);
  const char *name;
  guint64 bytes = 0;

  while ((name = g_dir_read_name(dir))) {
    g_autofree char *file = g_build_filename(path, name, NULL);
    struct stat info;

    g_assert_no_errno(stat(file, &info));
    bytes += (guint64)info.st_size;
  }
  g_dir_close(dir);
  return bytes;
}

/* The file was used in that second. */
static void
set_used(const char *key, time_t second)
{
  g_autofree char *file = file_of(key);
  struct timespec times[2] = {{.tv_sec = second}, {.tv_sec = second}};

  g_assert_no_errno(utimensat(AT_FDCWD, file, times, 0));
}

static void
test_bound(gpointer fixture, gconstpointer data)
{
  const guint64 bound = 200000; /* 24 pictures */
  g_autoptr(MsThumbnailCache) cache = ms_thumbnail_cache_new(bound);
  guint kept = 0;

  for (guint i = 0; i < 100; i++) {
    g_autofree char *key = g_strdup_printf("k%u", i);

    put(cache, key, i);
    set_used(key, 1000 + i);
    g_assert_cmpuint(folder_bytes(), <=, bound);
    if (i >= 50)
      g_assert_true(has(cache, "k40", 40)); /* used again and again */
  }
  for (guint i = 0; i < 100; i++) {
    g_autofree char *key = g_strdup_printf("k%u", i);

    kept += has(cache, key, i);
  }
  g_assert_cmpuint(kept, >=, 15);
  g_assert_true(has(cache, "k99", 99));
  g_assert_true(has(cache, "k40", 40));
  g_assert_false(has(cache, "k41", 41));
}

/* What others left there counts, and goes as well. */
static void
test_bound_of_old(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsThumbnailCache) first = ms_thumbnail_cache_new(MS_THUMBNAIL_CACHE_BYTES);
  g_autoptr(MsThumbnailCache) second = ms_thumbnail_cache_new(50000);

  for (guint i = 0; i < 20; i++) {
    g_autofree char *key = g_strdup_printf("k%u", i);

    put(first, key, i);
    set_used(key, 1000 + i);
  }
  g_assert_cmpuint(folder_bytes(), >, 100000);
  put(second, "new", 7);
  g_assert_cmpuint(folder_bytes(), <=, 50000);
  g_assert_true(has(second, "new", 7));
  g_assert_true(has(second, "k19", 19));
  g_assert_false(has(second, "k0", 0));
}

/* --- keys --- */

static gint64
far_future(void)
{
  return G_MAXINT64 / 2;
}

static char *
key_of(MsSet *set, guint example, guint model, const MsRuleset *rules, MsThumbnailLook look)
{
  return ms_thumbnail_key(set, example, model, rules, &look);
}

static const MsThumbnailLook plain = {{MS_PALETTE_SAFE, MS_KIND_ALL}, MS_GROUND_LIGHT, 60, 45};

/* Adds the key, which must not be there yet. */
static void
add_another(GHashTable *keys, char *key)
{
  g_assert_nonnull(key);
  g_assert_true(g_hash_table_add(keys, key));
}

static void
test_key_of_look(gpointer fixture, gconstpointer data)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(MsSet) set = NULL;
  MsThumbnailLook look = plain;
  MsRuleset *rules;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  rules = ms_set_get_rules(set, 0);
  add_another(keys, key_of(set, 0, 0, rules, plain));
  g_assert_false(g_hash_table_add(keys, key_of(set, 0, 0, rules, plain)));
  look.style.palette = MS_PALETTE_CLASSIC;
  add_another(keys, key_of(set, 0, 0, rules, look));
  look = plain;
  look.style.shown = MS_KIND_FP;
  add_another(keys, key_of(set, 0, 0, rules, look));
  look = plain;
  look.width = 120;
  add_another(keys, key_of(set, 0, 0, rules, look));
  look = plain;
  look.ground = MS_GROUND_DARK;
  add_another(keys, key_of(set, 0, 0, rules, look));
  add_another(keys, key_of(set, 1, 0, rules, plain));
}

static void
test_key_of_threshold(gpointer fixture, gconstpointer data)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(MsRuleset) moved = NULL;
  g_autoptr(MsSet) set = NULL;

  test_write_mask(&folder, "actual/a.png", ".#\n##");
  test_write_mask(&folder, "predicted/a.png", ".+\n#1");
  set = test_open_set(&folder);
  moved = ms_ruleset_with_threshold(ms_set_get_rules(set, 0), 0.75);
  add_another(keys, key_of(set, 0, 0, ms_set_get_rules(set, 0), plain));
  add_another(keys, key_of(set, 0, 0, moved, plain));
}

/* Each of the three files. */
static void
test_key_of_files(gpointer fixture, gconstpointer data)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  const char *const files[] = {"actual/a.png", "predicted/a.png", "images/a.png"};

  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    test_write_mask(&folder, files[i], ".#\n##");

  g_autoptr(MsSet) set = test_open_set(&folder);

  add_another(keys, key_of(set, 0, 0, ms_set_get_rules(set, 0), plain));
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    test_write_mask(&folder, files[i], "####\n....");
    add_another(keys, key_of(set, 0, 0, ms_set_get_rules(set, 0), plain));
  }
}

/* The same files, read in another way. */
static void
test_key_of_reading(gpointer fixture, gconstpointer data)
{
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  const char *const positives[] = {NULL, "1", "2"};

  test_write_mask(&folder, "actual/a.png", ".12\n122");
  test_write_mask(&folder, "predicted/a.png", ".12\n112");
  for (guint i = 0; i < G_N_ELEMENTS(positives); i++) {
    g_autoptr(MsOptions) options = ms_options_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *argument = g_strdup_printf("--positive=%s", positives[i]);
    g_auto(GStrv) arguments = g_strdupv((GStrv)(const char *[]){argument, NULL});
    g_autoptr(MsSet) set = NULL;

    if (positives[i])
      ms_options_parse(options, &arguments, NULL, &error);
    g_assert_no_error(error);
    options->set = g_strdup(folder.path);
    set = ms_set_open(options, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    add_another(keys, key_of(set, 0, 0, ms_set_get_rules(set, 0), plain));
  }
}

/* A file that was written just now may change again without looking so. */
static void
test_key_of_young(gpointer fixture, gconstpointer data)
{
  g_autoptr(MsSet) set = NULL;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  ms_stamp_use_clock(NULL);
  g_assert_null(key_of(set, 0, 0, ms_set_get_rules(set, 0), plain));
  ms_stamp_use_clock(far_future);
}

static void
add(const char *path, void (*function)(gpointer, gconstpointer))
{
  g_test_add_vtable(path, 0, NULL, NULL, function, teardown);
}

int
main(int argc, char **argv)
{
  g_autofree char *cache = NULL;
  int status;

  g_test_init(&argc, &argv, NULL);
  folder = test_folder_new();
  cache = test_path(&folder, "cache");
  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  ms_stamp_use_clock(far_future);
  add("/report/thumbnail-cache/kept", test_kept);
  add("/report/thumbnail-cache/private", test_private);
  add("/report/thumbnail-cache/damaged", test_damaged);
  add("/report/thumbnail-cache/foreign", test_foreign);
  add("/report/thumbnail-cache/cleared", test_cleared);
  add("/report/thumbnail-cache/no-folder", test_no_folder);
  add("/report/thumbnail-cache/bound", test_bound);
  add("/report/thumbnail-cache/bound-of-old", test_bound_of_old);
  add("/report/thumbnail-key/look", test_key_of_look);
  add("/report/thumbnail-key/threshold", test_key_of_threshold);
  add("/report/thumbnail-key/files", test_key_of_files);
  add("/report/thumbnail-key/reading", test_key_of_reading);
  add("/report/thumbnail-key/young", test_key_of_young);
  status = g_test_run();
  test_folder_clear(&folder);
  return status;
}
