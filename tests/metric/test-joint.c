/* SPDX-License-Identifier: MIT
 *
 * The joint histogram against a naive one, on every code path and in every way to put it together.
 */
#include "metric/joint.h"

#include "cases.h"
#include "metric/paths.h"

#define N_ROUNDS 300

static MsJoint *
new_joint(const MsKernels *kernels, uint32_t table_limit)
{
  MsJoint *joint;

  g_assert_cmpint(ms_joint_new(&joint), ==, MS_STATUS_OK);
  if (kernels)
    ms_joint_use(joint, kernels, table_limit);
  return joint;
}

/* Counts pixel by pixel into a hash table of GLib's. */
static void
naive_add(GHashTable *counts, const MsRaster *actual, const MsRaster *predicted)
{
  for (int y = 0; y < actual->height; y++) {
    for (int x = 0; x < actual->width; x++) {
      gint64 key =
          (gint64)((uint64_t)ms_raster_get(actual, x, y) << 32 | ms_raster_get(predicted, x, y));
      uint64_t *count = g_hash_table_lookup(counts, &key);

      if (count) {
        (*count)++;
      } else {
        count = g_new(uint64_t, 1);
        *count = 1;
        g_hash_table_insert(counts, g_memdup2(&key, sizeof key), count);
      }
    }
  }
}

/* Whether the joint holds `times` the counts of the pair, sorted, and nothing else. */
static bool
joint_is(MsJoint *joint, const MsRaster *actual, const MsRaster *predicted, uint64_t times)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  uint64_t total = 0;
  const MsCell *cells;
  size_t n_cells;

  naive_add(counts, actual, predicted);
  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  if (n_cells != g_hash_table_size(counts))
    return false;
  for (size_t i = 0; i < n_cells; i++) {
    gint64 key = (gint64)((uint64_t)cells[i].actual << 32 | cells[i].predicted);
    const uint64_t *count = g_hash_table_lookup(counts, &key);

    if (!count || cells[i].count != *count * times)
      return false;
    if (i > 0 &&
        (cells[i].actual < cells[i - 1].actual ||
         (cells[i].actual == cells[i - 1].actual && cells[i].predicted <= cells[i - 1].predicted)))
      return false;
    total += cells[i].count;
  }
  return total == ms_joint_total(joint) &&
         total == times * (uint64_t)actual->width * (uint64_t)actual->height;
}

/* The helper above must see what is wrong. */
static void
test_helper(void)
{
  MsRaster one = ascii_raster("12\n34\n", 8), other = ascii_raster("12\n33\n", 8);
  MsJoint *joint = new_joint(NULL, 0);

  g_assert_cmpint(ms_joint_add(joint, &one, &other, NULL), ==, MS_STATUS_OK);
  g_assert_true(joint_is(joint, &one, &other, 1));
  g_assert_false(joint_is(joint, &one, &other, 2));
  g_assert_false(joint_is(joint, &one, &one, 1));
  g_assert_false(joint_is(joint, &other, &one, 1));
  ms_joint_free(joint);
  ms_raster_clear(&one);
  ms_raster_clear(&other);
}

static void
test_by_hand(void)
{
  MsRaster actual = ascii_raster("..##\n..##\n....\n", 8);
  MsRaster predicted = ascii_raster("...#\n..#2\n....\n", 8);
  static const MsCell want[] = {{0, 0, 8}, {1, 0, 1}, {1, 1, 2}, {1, 2, 1}};
  MsJoint *joint = new_joint(NULL, 0);
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpuint(n_cells, ==, 0);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpuint(n_cells, ==, G_N_ELEMENTS(want));
  for (size_t i = 0; i < n_cells; i++) {
    g_assert_cmpuint(cells[i].actual, ==, want[i].actual);
    g_assert_cmpuint(cells[i].predicted, ==, want[i].predicted);
    g_assert_cmpuint(cells[i].count, ==, want[i].count);
  }
  ms_joint_free(joint);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

static void
test_random_paths(void)
{
  static const uint32_t limits[] = {UINT32_MAX, 50000, 1};
  TestRandom random = {11};

  for (int round = 0; round < N_ROUNDS; round++) {
    bool bytes = round % 2 == 0;
    CasePair pair = case_pair(&random, bytes ? 8 : 0, bytes ? 8 : 0);
    const MsKernels *kernels;

    for (size_t i = 0; (kernels = ms_kernels_nth(i)); i++) {
      MsJoint *joint = new_joint(kernels, limits[round % 3]);

      g_assert_cmpint(ms_joint_add(joint, &pair.actual, &pair.predicted, NULL), ==, MS_STATUS_OK);
      g_assert_true(joint_is(joint, &pair.actual, &pair.predicted, 1));
      g_assert_cmpint(ms_joint_add(joint, &pair.actual, &pair.predicted, NULL), ==, MS_STATUS_OK);
      g_assert_true(joint_is(joint, &pair.actual, &pair.predicted, 2));
      ms_joint_free(joint);
    }
    case_pair_clear(&pair);
  }
}

/* Packed rows, with noise behind the width, against the same samples in bytes. */
static void
test_bits(void)
{
  static const int widths[] = {1, 7, 8, 9, 37, 64, 65, 512, 1001};
  TestRandom random = {5};

  for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
    size_t row_bytes = ((size_t)widths[i] + 7) / 8;
    uint8_t packed[2][5 * 126];
    MsRaster sides[2];
    const MsKernels *kernels;

    for (int side = 0; side < 2; side++) {
      g_assert_cmpint(ms_raster_init(&sides[side], widths[i], 5, 8), ==, MS_STATUS_OK);
      for (size_t at = 0; at < 5 * row_bytes; at++)
        packed[side][at] = (uint8_t)(test_random(&random) & (at % 3 ? 0xff : 0));
      for (int y = 0; y < 5; y++)
        for (int x = 0; x < widths[i]; x++)
          ((uint8_t *)ms_raster_row_writable(&sides[side], y))[x] =
              packed[side][(size_t)y * row_bytes + (size_t)x / 8] >> (7 - x % 8) & 1;
    }
    for (size_t k = 0; (kernels = ms_kernels_nth(k)); k++) {
      MsJoint *joint = new_joint(kernels, UINT32_MAX);

      g_assert_cmpint(ms_joint_add_bits(joint, packed[0], packed[1], widths[i], 5), ==,
                      MS_STATUS_OK);
      g_assert_true(joint_is(joint, &sides[0], &sides[1], 1));
      g_assert_cmpint(ms_joint_add_bits(joint, packed[0], packed[1], widths[i], 5), ==,
                      MS_STATUS_OK);
      g_assert_true(joint_is(joint, &sides[0], &sides[1], 2));
      ms_joint_free(joint);
    }
    ms_raster_clear(&sides[0]);
    ms_raster_clear(&sides[1]);
  }
}

/* Large enough for several slices, rows of counters for 16 bits, and growth of the hash. */
static void
test_large_paths(void)
{
  static const int depths[][2] = {{8, 8}, {8, 16}, {16, 16}, {16, 8}, {32, 32}, {32, 16}};
  static const uint32_t palettes[][2] = {{2, 2}, {2, 256}, {3, 65536}, {20, 65536}};
  TestRandom random = {12};
  const MsKernels *kernels;

  for (size_t i = 0; i < G_N_ELEMENTS(depths) * G_N_ELEMENTS(palettes) * 2; i++) {
    const int *bits = depths[i % G_N_ELEMENTS(depths)];
    const uint32_t *values = palettes[i / G_N_ELEMENTS(depths) % G_N_ELEMENTS(palettes)];
    uint32_t runs = i % 2 ? 1 : 60;
    MsRaster actual = case_raster(&random, 401, 90, bits[0], values[0], runs);
    MsRaster predicted = case_raster(&random, 401, 90, bits[1], values[1], runs);

    for (size_t k = 0; (kernels = ms_kernels_nth(k)); k++) {
      MsJoint *joint = new_joint(kernels, UINT32_MAX);

      g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
      g_assert_true(joint_is(joint, &actual, &predicted, 1));
      ms_joint_free(joint);
    }
    case_clear(&actual);
    case_clear(&predicted);
  }
}

/* Values that come late: a second one, then a third, on either side, at any place. */
static void
test_late_values(void)
{
  enum { WIDTH = 40000, HEIGHT = 2 };
  TestRandom random = {13};
  const MsKernels *kernels;

  for (int round = 0; round < 12; round++) {
    MsRaster rasters[2];

    for (int side = 0; side < 2; side++) {
      g_assert_cmpint(ms_raster_init(&rasters[side], WIDTH, HEIGHT, 8), ==, MS_STATUS_OK);
      /* All but the first pixel of a value: as much as a byte-wide lane of a counter ever gets. */
      if (round % 2) {
        memset(ms_raster_row_writable(&rasters[side], 0), 200, WIDTH);
        ascii_set(&rasters[side], 0, 0, 0);
      }
      for (int i = 0; i < round % 4; i++)
        ascii_set(&rasters[side], (int)test_random_below(&random, WIDTH),
                  (int)test_random_below(&random, HEIGHT), 255 - (uint32_t)i);
    }
    for (size_t k = 0; (kernels = ms_kernels_nth(k)); k++) {
      MsJoint *joint = new_joint(kernels, UINT32_MAX);

      g_assert_cmpint(ms_joint_add(joint, &rasters[0], &rasters[1], NULL), ==, MS_STATUS_OK);
      g_assert_true(joint_is(joint, &rasters[0], &rasters[1], 1));
      ms_joint_free(joint);
    }
    ms_raster_clear(&rasters[0]);
    ms_raster_clear(&rasters[1]);
  }
}

/* A pair split at a row, counted apart, in either order, merged, compacted in between. */
static void
test_split_and_merge(void)
{
  TestRandom random = {14};

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, 0, 0);
    int height = pair.actual.height, split = (int)test_random_below(&random, (uint32_t)height + 1);
    MsJoint *top = new_joint(NULL, 0), *bottom = new_joint(NULL, 0);

    g_assert_cmpint(ms_joint_add_rows(top, &pair.actual, &pair.predicted, 0, split), ==,
                    MS_STATUS_OK);
    g_assert_cmpint(ms_joint_add_rows(bottom, &pair.actual, &pair.predicted, split, height - split),
                    ==, MS_STATUS_OK);
    if (round % 2)
      g_assert_cmpint(ms_joint_compact(bottom), ==, MS_STATUS_OK);
    g_assert_cmpint(ms_joint_merge(bottom, top), ==, MS_STATUS_OK);
    g_assert_true(joint_is(bottom, &pair.actual, &pair.predicted, 1));
    g_assert_cmpint(ms_joint_merge(bottom, bottom), ==, MS_STATUS_OK);
    g_assert_true(joint_is(bottom, &pair.actual, &pair.predicted, 2));
    ms_joint_free(top);
    ms_joint_free(bottom);
    case_pair_clear(&pair);
  }
}

/* Pair after pair in one joint, some of them given up half-way. */
static void
test_drain(void)
{
  TestRandom random = {15};
  MsJoint *joint = new_joint(NULL, 0);

  for (int round = 0; round < N_ROUNDS; round++) {
    CasePair pair = case_pair(&random, round % 3 ? 8 : 0, round % 3 ? 8 : 0);
    MsJoint *drained;
    MsCell *cells;
    size_t n_cells;

    g_assert_cmpint(ms_joint_add_rows(joint, &pair.actual, &pair.predicted, 0, pair.actual.height),
                    ==, MS_STATUS_OK);
    if (round % 5 == 0) {
      ms_joint_empty(joint);
      g_assert_cmpuint(ms_joint_total(joint), ==, 0);
      g_assert_cmpint(ms_joint_add(joint, &pair.actual, &pair.predicted, NULL), ==, MS_STATUS_OK);
    }
    g_assert_cmpint(ms_joint_drain(joint, &cells, &n_cells), ==, MS_STATUS_OK);
    g_assert_cmpuint(ms_joint_total(joint), ==, 0);
    g_assert_cmpint(ms_joint_new_of_cells(cells, n_cells, &drained), ==, MS_STATUS_OK);
    g_assert_true(joint_is(drained, &pair.actual, &pair.predicted, 1));
    ms_joint_free(drained);
    free(cells);
    g_assert_cmpint(ms_joint_drain(joint, &cells, &n_cells), ==, MS_STATUS_OK);
    g_assert_true(cells == NULL && n_cells == 0);
    case_pair_clear(&pair);
  }
  ms_joint_free(joint);
}

/* Any number of cells, in order or not, alike or not. */
static void
test_sort(void)
{
  TestRandom random = {16};

  for (size_t n = 0; n < 200; n++) {
    g_autofree MsCell *cells = g_new(MsCell, n + 1);
    uint32_t n_values = 1 + test_random_below(&random, 20);
    bool in_order = test_random_below(&random, 2);
    uint64_t total = 0, total_after = 0;
    size_t n_cells = n;

    for (size_t i = 0; i < n; i++) {
      cells[i] = (MsCell){in_order ? (uint32_t)i / 7 : test_random_below(&random, n_values) << 20,
                          in_order ? (uint32_t)i % 7 : test_random_below(&random, n_values),
                          1 + test_random_below(&random, 9)};
      total += cells[i].count;
    }
    g_assert_cmpint(ms_cells_sort(cells, &n_cells), ==, MS_STATUS_OK);
    for (size_t i = 0; i < n_cells; i++) {
      total_after += cells[i].count;
      g_assert_true(
          i == 0 || cells[i - 1].actual < cells[i].actual ||
          (cells[i - 1].actual == cells[i].actual && cells[i - 1].predicted < cells[i].predicted));
    }
    g_assert_cmpuint(total_after, ==, total);
    g_assert_true(!in_order || n_cells == n);
  }
}

/* More pixels of one pair than a float or a 24-bit counter can tell apart. */
static void
test_large_counts(void)
{
  enum { SIDE = 4100 };
  MsRaster actual, predicted;
  MsJoint *joint = new_joint(NULL, 0);
  const MsCell *cells;
  size_t n_cells;

  g_assert_cmpint(ms_raster_init(&actual, SIDE, SIDE, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&predicted, SIDE, SIDE, 8), ==, MS_STATUS_OK);
  for (int y = 0; y < SIDE; y++)
    memset(ms_raster_row_writable(&actual, y), 1, SIDE);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);
  ascii_set(&predicted, 5, 0, 7);
  ascii_set(&predicted, 6, 0, 9);
  g_assert_cmpint(ms_joint_add(joint, &actual, &predicted, NULL), ==, MS_STATUS_OK);

  g_assert_cmpint(ms_joint_cells(joint, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpuint(n_cells, ==, 3);
  g_assert_cmpuint(cells[0].count, ==, UINT64_C(2) * SIDE * SIDE - 2);
  g_assert_cmpuint(cells[0].count, >, 1 << 25);
  g_assert_cmpuint(cells[1].count, ==, 1);
  g_assert_cmpuint(cells[2].predicted, ==, 9);
  ms_joint_free(joint);
  ms_raster_clear(&actual);
  ms_raster_clear(&predicted);
}

typedef struct {
  int n_calls;
  int stop_at;
  double last;
} Watcher;

static bool
watch(void *user, double fraction)
{
  Watcher *watcher = user;

  g_assert_cmpfloat(fraction, >=, watcher->last);
  g_assert_cmpfloat(fraction, <=, 1);
  watcher->last = fraction;
  return ++watcher->n_calls != watcher->stop_at;
}

static void
test_control(void)
{
  Watcher patient = {0}, hasty = {.stop_at = 1}, later = {.stop_at = 3};
  MsControl control = {watch, &patient}, none = {0};
  MsRaster mask;
  MsJoint *joint = new_joint(NULL, 0);

  g_assert_cmpint(ms_raster_init(&mask, 2048, 2048, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_add(joint, &mask, &mask, &control), ==, MS_STATUS_OK);
  g_assert_cmpint(patient.n_calls, >=, 3);
  g_assert_cmpint(ms_joint_add(joint, &mask, &mask, &none), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_joint_total(joint), ==, 2 * 2048 * 2048);
  control.user = &hasty;
  g_assert_cmpint(ms_joint_add(joint, &mask, &mask, &control), ==, MS_STATUS_CANCELLED);
  control.user = &later;
  g_assert_cmpint(ms_joint_add(joint, &mask, &mask, &control), ==, MS_STATUS_CANCELLED);
  g_assert_cmpint(later.n_calls, ==, 3);
  ms_joint_free(joint);
  ms_raster_clear(&mask);
}

static void
test_refused(void)
{
  MsRaster mask = ascii_raster("12\n34\n", 8), wider = ascii_raster("123\n345\n", 8);
  MsRaster taller = ascii_raster("12\n34\n56\n", 8);
  MsJoint *joint = new_joint(NULL, 0);

  g_assert_cmpint(ms_joint_add(joint, &mask, &wider, NULL), ==, MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpint(ms_joint_add(joint, &taller, &mask, NULL), ==, MS_STATUS_SIZE_MISMATCH);
  g_assert_cmpint(ms_joint_add_rows(joint, &mask, &mask, -1, 1), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_joint_add_rows(joint, &mask, &mask, 1, 2), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_joint_add_rows(joint, &mask, &mask, 1, -1), ==, MS_STATUS_INVALID);
  g_assert_cmpint(ms_joint_add_rows(joint, &mask, &mask, 2, 0), ==, MS_STATUS_OK);
  g_assert_cmpuint(ms_joint_total(joint), ==, 0);
  ms_joint_free(joint);
  ms_joint_free(NULL);
  ms_raster_clear(&mask);
  ms_raster_clear(&wider);
  ms_raster_clear(&taller);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/metric/joint/helper", test_helper);
  g_test_add_func("/metric/joint/by-hand", test_by_hand);
  g_test_add_func("/metric/joint/random-paths", test_random_paths);
  g_test_add_func("/metric/joint/bits", test_bits);
  g_test_add_func("/metric/joint/large-paths", test_large_paths);
  g_test_add_func("/metric/joint/late-values", test_late_values);
  g_test_add_func("/metric/joint/split-and-merge", test_split_and_merge);
  g_test_add_func("/metric/joint/drain", test_drain);
  g_test_add_func("/metric/joint/sort", test_sort);
  g_test_add_func("/metric/joint/large-counts", test_large_counts);
  g_test_add_func("/metric/joint/control", test_control);
  g_test_add_func("/metric/joint/refused", test_refused);
  return g_test_run();
}
