/* SPDX-License-Identifier: MIT
 *
 * Which thumbnails are made, from what, and which are not: nothing that is wanted no more, nothing
 * while something else is awaited, nothing twice, and nothing large beside its display.
 */
#include "app/thumbnails.h"

#include "mask-file.h"
#include "set/scorer.h"
#include "set/stamp-private.h"
#include "support/masks.h"

#define N_EXAMPLES 40

static TestFolder home; /* the cache is in it, and a set of each test */

typedef struct {
  MsSet *set;
  MsEvaluation *evaluation;
  MsDisplayCache *displays;
  MsThumbnails *thumbnails;
  guint n_ready;
} Fixture;

static void
count_ready(MsThumbnails *thumbnails, guint example, Fixture *self)
{
  self->n_ready++;
}

static gboolean
wake(gpointer user)
{
  return G_SOURCE_CONTINUE;
}

/* Until every job is done, those cancelled too: each holds the thumbnails. */
static void
finish_jobs(Fixture *self)
{
  guint source = g_timeout_add(5, wake, NULL);

  while (g_atomic_int_get(&G_OBJECT(self->thumbnails)->ref_count) > 1)
    g_main_context_iteration(NULL, TRUE);
  g_source_remove(source);
}

static void
make_thumbnails(Fixture *self, gboolean cached)
{
  g_autoptr(MsOptions) options = ms_options_new();
  MsOverlayStyle style = {MS_PALETTE_SAFE, MS_KIND_ALL};
  g_autoptr(GError) error = NULL;

  options->set = test_path(&home, "set");
  options->no_cache = !cached;
  self->set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  self->evaluation = ms_evaluation_new(self->set);
  self->displays = ms_display_cache_new(self->evaluation, TRUE, G_GUINT64_CONSTANT(512) << 20);
  self->thumbnails = ms_thumbnails_new(self->evaluation, 1);
  ms_thumbnails_set_displays(self->thumbnails, self->displays, TRUE);
  ms_thumbnails_set_look(self->thumbnails, 0, &style, MS_GROUND_LIGHT);
  g_signal_connect(self->thumbnails, "ready", G_CALLBACK(count_ready), self);
}

static void
drop_thumbnails(Fixture *self)
{
  finish_jobs(self);
  g_object_run_dispose(G_OBJECT(self->thumbnails));
  g_object_run_dispose(G_OBJECT(self->displays));
  g_clear_object(&self->thumbnails);
  g_clear_object(&self->displays);
  g_clear_object(&self->evaluation);
  g_clear_object(&self->set);
  self->n_ready = 0;
}

static void
teardown(gpointer fixture, gconstpointer data)
{
  drop_thumbnails(fixture);
  ms_scorer_settle();
  test_remove_recursively(home.path);
  g_assert_no_errno(g_mkdir(home.path, 0700));
}

static void
write_small_set(void)
{
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *actual = g_strdup_printf("set/actual/%02u.png", i);
    g_autofree char *predicted = g_strdup_printf("set/predicted/%02u.png", i);

    test_write_columns(&home, actual, 64, 48, 30, 255);
    test_write_columns(&home, predicted, 64, 48, 20 + (int)i % 20, 255);
  }
}

static void
want(Fixture *self, guint first, guint n)
{
  g_autofree guint *examples = g_new(guint, n);

  for (guint i = 0; i < n; i++)
    examples[i] = first + i;
  ms_thumbnails_want(self->thumbnails, examples, n);
}

static gboolean
has(Fixture *self, guint example)
{
  return ms_thumbnails_get(self->thumbnails, example) != NULL;
}

/* Its masks were read: then their score is known. */
static gboolean
is_read(Fixture *self, guint example)
{
  return ms_evaluation_get_score(self->evaluation, example, 0).status != MS_RESULT_WAITING;
}

static void
test_wanted(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  write_small_set();
  make_thumbnails(self, FALSE);
  want(self, 10, 5);
  finish_jobs(self);
  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_assert_cmpint(has(self, i), ==, i >= 10 && i < 15);
    g_assert_cmpint(is_read(self, i), ==, i >= 10 && i < 15);
  }
  g_assert_cmpuint(self->n_ready, ==, 5);
  want(self, 12, 5);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 7);
}

/* The list went on before any of them was there. */
static void
test_scrolled_away(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  write_small_set();
  make_thumbnails(self, FALSE);
  want(self, 0, 20);
  want(self, 30, 2);
  finish_jobs(self);
  for (guint i = 0; i < N_EXAMPLES; i++)
    g_assert_cmpint(has(self, i), ==, i >= 30 && i < 32);
  g_assert_cmpuint(self->n_ready, ==, 2);
}

static void
test_waiting(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  write_small_set();
  make_thumbnails(self, FALSE);
  ms_thumbnails_set_waiting(self->thumbnails, TRUE);
  want(self, 0, 3);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 0);
  ms_thumbnails_set_waiting(self->thumbnails, FALSE);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 3);
}

static GBytes *
pixels_of(Fixture *self, guint example)
{
  GdkTexture *texture = ms_thumbnails_get(self->thumbnails, example);
  gsize stride = 4 * (gsize)gdk_texture_get_width(texture);
  gsize size = stride * (gsize)gdk_texture_get_height(texture);
  guint8 *pixels = g_malloc(size);

  gdk_texture_download(texture, pixels, stride);
  return g_bytes_new_take(pixels, size);
}

/* Another time the same pictures are there, and no mask is read for them. */
static void
test_stored(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;
  g_autoptr(GBytes) first = NULL, second = NULL;

  write_small_set();
  make_thumbnails(self, TRUE);
  want(self, 0, 5);
  finish_jobs(self);
  g_assert_true(is_read(self, 3));
  first = pixels_of(self, 3);
  drop_thumbnails(self);

  make_thumbnails(self, TRUE);
  want(self, 0, 6);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 6);
  for (guint i = 0; i < 5; i++)
    g_assert_false(is_read(self, i));
  g_assert_true(is_read(self, 5));
  second = pixels_of(self, 3);
  g_assert_true(g_bytes_equal(first, second));
}

/* A mask that changed is read anew, and only that. */
static void
test_stored_of_old(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;
  g_autoptr(GBytes) first = NULL, second = NULL;

  write_small_set();
  make_thumbnails(self, TRUE);
  want(self, 0, 5);
  finish_jobs(self);
  first = pixels_of(self, 3);
  drop_thumbnails(self);

  test_write_columns(&home, "set/predicted/03.png", 64, 48, 1, 255);
  make_thumbnails(self, TRUE);
  want(self, 0, 5);
  finish_jobs(self);
  g_assert_true(is_read(self, 3));
  g_assert_false(is_read(self, 4));
  second = pixels_of(self, 3);
  g_assert_false(g_bytes_equal(first, second));
}

static void
test_not_stored(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;
  g_autofree char *cache = test_path(&home, "cache");

  write_small_set();
  make_thumbnails(self, FALSE);
  want(self, 0, 5);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 5);
  g_assert_false(g_file_test(cache, G_FILE_TEST_EXISTS));
}

static void
await_display(Fixture *self, guint example)
{
  guint source = g_timeout_add(5, wake, NULL);

  ms_display_cache_want(self->displays, &example, 1, 0);
  while (!ms_display_cache_get(self->displays, example, 0))
    g_main_context_iteration(NULL, TRUE);
  g_source_remove(source);
}

/* What the canvas shows is drawn small from what it has: the files may be gone. */
static void
test_from_display(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;
  g_autofree char *set = test_path(&home, "set");
  g_autoptr(GBytes) read = NULL, drawn = NULL;
  MsOverlayStyle style = {MS_PALETTE_SAFE, MS_KIND_ALL};
  MsOverlayStyle other = {MS_PALETTE_CLASSIC, MS_KIND_ALL};

  write_small_set();
  make_thumbnails(self, FALSE);
  want(self, 7, 1);
  finish_jobs(self);
  read = pixels_of(self, 7);
  await_display(self, 7);
  test_remove_recursively(set);
  ms_thumbnails_set_look(self->thumbnails, 0, &other, MS_GROUND_LIGHT);
  ms_thumbnails_set_look(self->thumbnails, 0, &style, MS_GROUND_LIGHT);
  finish_jobs(self);
  g_assert_cmpuint(self->n_ready, ==, 2);
  drawn = pixels_of(self, 7);
  g_assert_true(g_bytes_equal(read, drawn));
}

/* Too large to be read for the list alone; when it is looked at, its picture comes. */
static void
test_large(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  test_write_columns(&home, "set/actual/a.png", 8300, 8300, 4000, 255);
  test_write_columns(&home, "set/predicted/a.png", 8300, 8300, 4100, 255);
  test_write_columns(&home, "set/actual/b.png", 64, 64, 8, 255);
  test_write_columns(&home, "set/predicted/b.png", 64, 64, 9, 255);
  make_thumbnails(self, TRUE);
  want(self, 0, 2);
  finish_jobs(self);
  g_assert_false(is_read(self, 0));
  g_assert_false(has(self, 0));
  g_assert_true(has(self, 1));
  await_display(self, 0);
  finish_jobs(self);
  g_assert_true(has(self, 0));
  drop_thumbnails(self);

  /* From now on it is in the cache folder. */
  make_thumbnails(self, TRUE);
  want(self, 0, 2);
  finish_jobs(self);
  g_assert_true(has(self, 0));
  g_assert_false(is_read(self, 0));
}

static gint64
far_future(void)
{
  return G_MAXINT64 / 2;
}

static void
add(const char *path, void (*function)(gpointer, gconstpointer))
{
  g_test_add_vtable(path, sizeof(Fixture), NULL, NULL, function, teardown);
}

int
main(int argc, char **argv)
{
  g_autofree char *cache = NULL;
  int status;

  g_test_init(&argc, &argv, NULL);
  home = test_folder_new();
  cache = test_path(&home, "cache");
  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  ms_stamp_use_clock(far_future);
  add("/app/thumbnails/wanted", test_wanted);
  add("/app/thumbnails/scrolled-away", test_scrolled_away);
  add("/app/thumbnails/waiting", test_waiting);
  add("/app/thumbnails/stored", test_stored);
  add("/app/thumbnails/stored-of-old", test_stored_of_old);
  add("/app/thumbnails/not-stored", test_not_stored);
  add("/app/thumbnails/from-display", test_from_display);
  add("/app/thumbnails/large", test_large);
  status = g_test_run();
  test_folder_clear(&home);
  return status;
}
