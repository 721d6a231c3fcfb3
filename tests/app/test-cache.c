/* SPDX-License-Identifier: MIT
 *
 * What the cache of displays keeps and reads: never more than its bounds, never what is no longer
 * wanted, nothing twice.
 */
#include "app/display-cache-private.h"

#include <unistd.h>

#include "io/png.h"
#include "mask-file.h"
#include "support/masks.h"

#define SIDE       200
#define N_EXAMPLES 4
#define ENOUGH     ((gsize)64 << 20)

static TestFolder folder;

typedef struct {
  MsSet *set;
  MsEvaluation *evaluation;
  MsDisplayCache *cache;
  gsize bytes; /* its bound */
  guint n_ready[N_EXAMPLES];
} Fixture;

static void
count_ready(MsDisplayCache *cache, guint example, guint model, Fixture *self)
{
  self->n_ready[example]++;
  g_assert_cmpuint(self->n_ready[example], ==, 1);
}

static void
link_mask(const char *name, int example)
{
  g_autofree char *first = g_strdup_printf("%s/0.png", name);
  g_autofree char *other = g_strdup_printf("%s/%d.png", name, example);
  g_autofree char *from = test_path(&folder, first);
  g_autofree char *to = test_path(&folder, other);

  g_assert_no_errno(link(from, to));
}

static void
write_set(void)
{
  folder = test_folder_new();
  test_write_columns(&folder, "actual/0.png", SIDE, SIDE, 5, 255);
  test_write_columns(&folder, "predicted/0.png", SIDE, SIDE, 4, 255);
  for (int i = 1; i < N_EXAMPLES; i++) {
    link_mask("actual", i);
    link_mask("predicted", i);
  }
}

static gsize
bytes_of_one(MsSet *set)
{
  g_autoptr(MsDisplay) display = ms_display_load(
      set, 0, 0, &(MsPainting){ms_set_get_rules(set, 0), NULL, MS_LAYERS_ERRORS, {0}}, TRUE, NULL,
      NULL);

  return ms_display_bytes(display);
}

/* Beside the one that is looked at one example fits in the cache, two do not. */
static void
setup(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;

  options->set = g_strdup(folder.path);
  self->set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  self->evaluation = ms_evaluation_new(self->set);
  self->bytes = bytes_of_one(self->set) / 2 * 3;
  self->cache = ms_display_cache_new(self->evaluation, TRUE, self->bytes);
  g_signal_connect(self->cache, "ready", G_CALLBACK(count_ready), self);
}

static void
teardown(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  g_object_run_dispose(G_OBJECT(self->cache));
  g_object_unref(self->cache);
  g_object_unref(self->evaluation);
  g_object_unref(self->set);
}

static gboolean
wake(gpointer user)
{
  return G_SOURCE_CONTINUE;
}

/* Each load under way holds the cache, and its thread may let go of it last, unnoticed. */
static void
finish_loads(Fixture *self)
{
  guint source = g_timeout_add(5, wake, NULL);

  while (g_atomic_int_get(&G_OBJECT(self->cache)->ref_count) > 1)
    g_main_context_iteration(NULL, TRUE);
  g_source_remove(source);
}

static void
want(Fixture *self, guint first, guint n)
{
  guint examples[N_EXAMPLES];

  for (guint i = 0; i < n; i++)
    examples[i] = first + i;
  ms_display_cache_want(self->cache, examples, n, 0);
}

static gboolean
has(Fixture *self, guint example)
{
  return ms_display_cache_get(self->cache, example, 0) != NULL;
}

/* All four are wanted, one fits beside the first: the rest is not even read. Then a third is looked
 * at, and what was used least recently makes room. */
static void
test_bound(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  want(self, 0, N_EXAMPLES);
  finish_loads(self);
  g_assert_true(has(self, 1) && has(self, 0));
  g_assert_cmpuint(self->n_ready[2] + self->n_ready[3], ==, 0);

  g_assert_true(has(self, 0));
  want(self, 2, 1);
  finish_loads(self);
  g_assert_true(has(self, 2));
  g_assert_true(has(self, 0));
  g_assert_false(has(self, 1));
}

/* A bound that shrinks lets go at once of all but what is looked at; one that grows lets the
 * neighbours in. */
static void
test_bound_changes(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  want(self, 0, 2);
  finish_loads(self);
  ms_display_cache_set_bytes(self->cache, 1);
  g_assert_true(has(self, 0));
  g_assert_false(has(self, 1));
  self->n_ready[1] = 0;
  ms_display_cache_set_bytes(self->cache, self->bytes);
  finish_loads(self);
  g_assert_true(has(self, 1));
}

/* While the first is on its way to the screen its neighbours wait, also when it is there. */
static void
test_drawing(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  ms_display_cache_set_bytes(self->cache, ENOUGH);
  ms_display_cache_set_drawing(self->cache, TRUE);
  want(self, 0, N_EXAMPLES);
  finish_loads(self);
  g_assert_true(has(self, 0));
  g_assert_false(ms_display_cache_is_loading(self->cache));
  g_assert_false(has(self, 1));
  ms_display_cache_set_drawing(self->cache, FALSE);
  want(self, 0, N_EXAMPLES);
  finish_loads(self);
  g_assert_true(has(self, N_EXAMPLES - 1));
}

/* Neighbours do not take the processors from what the user waits for. */
static void
test_first_alone(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  ms_display_cache_set_bytes(self->cache, ENOUGH);
  want(self, 0, N_EXAMPLES);
  while (!has(self, 0)) {
    for (guint i = 1; i < N_EXAMPLES; i++)
      g_assert_cmpuint(self->n_ready[i], ==, 0);
    g_main_context_iteration(NULL, TRUE);
  }
  finish_loads(self);
  g_assert_true(has(self, N_EXAMPLES - 1));
}

/* What was asked for and then no longer wanted is given up, though it was begun first. */
static void
test_unwanted(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  want(self, 0, 1);
  want(self, 1, 1);
  finish_loads(self);
  g_assert_cmpuint(self->n_ready[1], ==, 1);
  g_assert_true(has(self, 1));
  g_assert_cmpuint(self->n_ready[0], ==, 0);
  g_assert_false(has(self, 0));

  /* Wanted again, it comes. */
  want(self, 0, 1);
  finish_loads(self);
  g_assert_true(has(self, 0));
}

/* What comes with the pixels is a score, too. */
static void
test_scores(gpointer fixture, gconstpointer data)
{
  Fixture *self = fixture;

  g_assert_cmpint(ms_evaluation_get_score(self->evaluation, 3, 0).status, ==, MS_RESULT_WAITING);
  want(self, 3, 1);
  finish_loads(self);
  g_assert_cmpuint(ms_evaluation_get_score(self->evaluation, 3, 0).wrong, ==, SIDE);
}

/* --- label sets --- */

#define N_SMALL (MS_DISPLAY_CACHE_MAX + 50)

static MsSet *
open_set(const char *path)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  options->set = g_strdup(path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* They weigh nothing, and yet the cache does not keep all of them. */
static void
test_number(void)
{
  g_auto(TestFolder) tables = test_folder_new();
  g_autoptr(GString) text = g_string_new("example,actual,predicted\n");
  g_autofree char *path = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDisplayCache) cache = NULL;
  guint kept = 0;

  for (guint i = 0; i < N_SMALL; i++)
    g_string_append_printf(text, "%04u,a;b,b;c\n", i);
  path = test_file(&tables, "labels.csv", text->str, text->len);
  set = open_set(path);
  evaluation = ms_evaluation_new(set);
  cache = ms_display_cache_new(evaluation, TRUE, ENOUGH);
  for (guint i = 0; i < N_SMALL; i++) {
    g_autoptr(MsDisplay) display = ms_display_load(
        set, i, 0, &(MsPainting){ms_set_get_rules(set, 0), NULL, MS_LAYERS_ERRORS, {0}}, TRUE, NULL,
        NULL);

    g_assert_null(display->message);
    ms_display_cache_put(cache, display);
  }
  for (guint i = 0; i < N_SMALL; i++)
    kept += ms_display_cache_get(cache, i, 0) != NULL;
  g_assert_cmpuint(kept, ==, MS_DISPLAY_CACHE_MAX);
  g_assert_nonnull(ms_display_cache_get(cache, N_SMALL - 1, 0));
  g_assert_null(ms_display_cache_get(cache, 0, 0));
  g_object_run_dispose(G_OBJECT(cache));
}

static gboolean
is_loaded(MsDisplayCache *cache, guint example)
{
  return ms_display_cache_get(cache, example, 0) != NULL;
}

/* What is decoded ahead is painted as what is looked at, so that nothing is painted twice. */
static void
test_painting(void)
{
  g_auto(TestFolder) classes = test_folder_new();
  g_autoptr(MsClassFocus) focus = ms_class_focus_toggle_solo(NULL, 1);
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsEvaluation) evaluation = NULL;
  g_autoptr(MsDisplayCache) cache = NULL;
  guint source = g_timeout_add(5, wake, NULL);
  const MsDisplay *display;

  test_write_class_set(&classes);
  set = open_set(classes.path);
  evaluation = ms_evaluation_new(set);
  cache = ms_display_cache_new(evaluation, TRUE, ENOUGH);
  ms_display_cache_set_painting(cache, focus, MS_LAYERS(MS_LAYER_ACTUAL));
  ms_display_cache_want(cache, (const guint[]){0, 1}, 2, 0);
  while (!is_loaded(cache, 0) || !is_loaded(cache, 1))
    g_main_context_iteration(NULL, TRUE);
  for (guint i = 0; i < 2; i++) {
    display = ms_display_cache_get(cache, i, 0);
    g_assert_true(display->focus == focus);
    g_assert_cmpuint(display->made, ==, MS_LAYERS(MS_LAYER_ACTUAL));
    g_assert_nonnull(ms_display_layer(display, MS_LAYER_ACTUAL));
    g_assert_nonnull(ms_display_classes(display, MS_LAYER_ACTUAL));
    g_assert_null(ms_display_layer(display, MS_LAYER_ERRORS));
  }
  g_source_remove(source);
  g_object_run_dispose(G_OBJECT(cache));
}

static void
write_values(const TestFolder *values)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_samples_new(SIDE, SIDE, MS_COLOR_GREY, 8, "values", &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  for (gsize y = 0; y < SIDE; y++)
    for (gsize x = 0; x < SIDE; x++)
      samples->pixels[y * samples->stride + x] = (guint8)(x * 255 / SIDE);
  bytes = ms_png_encode(samples, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(
      test_file(values, "predicted/0.png", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
  test_write_columns(values, "actual/0.png", SIDE, SIDE, 5, 255);
}

static void
assert_same_layer(const MsDisplay *a, const MsDisplay *b, MsLayer layer)
{
  const MsLevel *x = &ms_display_layer(a, layer)->levels[0];
  const MsLevel *y = &ms_display_layer(b, layer)->levels[0];

  g_assert_cmpmem(x->pixels, (gsize)(x->stride * x->height), y->pixels,
                  (gsize)(y->stride * y->height));
}

/* Another threshold: what it does not change stays, the rest is as when loaded under it. */
static void
test_threshold(void)
{
  g_auto(TestFolder) values = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsRuleset) other = NULL;
  g_autoptr(MsDisplay) base = NULL, again = NULL, fresh = NULL;
  MsPainting painting = {.layers = MS_LAYERS(MS_N_LAYERS) - 1, .dim = {.error = -1}};

  write_values(&values);
  set = open_set(values.path);
  painting.rules = ms_set_get_rules(set, 0);
  g_assert_cmpint(painting.rules->rules.comparison, ==, MS_COMPARE_THRESHOLD);
  base = ms_display_load(set, 0, 0, &painting, TRUE, NULL, NULL);
  painting.rules = other = ms_ruleset_with_threshold(base->rules, 0.8);
  again = ms_display_repaint(base, &painting, NULL, NULL);
  fresh = ms_display_load(set, 0, 0, &painting, TRUE, NULL, NULL);
  for (MsLayer layer = 0; layer < MS_N_LAYERS; layer++) {
    gboolean kept = layer == MS_LAYER_HEAT || layer == MS_LAYER_ACTUAL;

    g_assert_cmpint(again->layers[layer] == base->layers[layer], ==, kept);
    assert_same_layer(again, fresh, layer);
  }
}

static void
add(const char *path, void (*function)(gpointer, gconstpointer))
{
  g_test_add_vtable(path, sizeof(Fixture), NULL, setup, function, teardown);
}

int
main(int argc, char **argv)
{
  int status;

  g_test_init(&argc, &argv, NULL);
  write_set();
  add("/app/cache/bound", test_bound);
  add("/app/cache/bound-changes", test_bound_changes);
  add("/app/cache/first-alone", test_first_alone);
  add("/app/cache/drawing", test_drawing);
  add("/app/cache/unwanted", test_unwanted);
  add("/app/cache/scores", test_scores);
  g_test_add_func("/app/cache/number", test_number);
  g_test_add_func("/app/cache/painting", test_painting);
  g_test_add_func("/app/cache/threshold", test_threshold);
  status = g_test_run();
  test_folder_clear(&folder);
  return status;
}
