/* SPDX-License-Identifier: MIT
 *
 * How long it takes to say what is wrong with a pair: its planes, error regions, anatomy and reach,
 * best of some runs, then all of it at once with its map. Discs are what masks look like, the
 * predicted ones a little off; specks put hundreds of thousands of regions among them; noise is the
 * worst case. The largest pictures run once, and how often they ask whether to go on is counted.
 */
#include <math.h>
#include <string.h>
#include <time.h>

#include <glib.h>

#include "metric/diagnosis.h"
#include "support/random.h"

#define SMALL     2048
#define LARGE     16384
#define N_ROUNDS  7
#define N_DISCS   100
#define N_CLASSES 19
#define MEBIBYTE  1048576.0

static TestRandom generator = {20261121};

typedef struct {
  const char *name;
  int side;
  uint32_t n_classes; /* 1: binary */
  uint32_t speckle;   /* one pixel of so many is of any class; 0: none */
} Work;

static const Work works[] = {
    {"binary discs", SMALL, 1, 0},
    {"binary discs with specks", SMALL, 1, 12},
    {"binary noise", SMALL, 1, 1},
    {"19 classes, discs", SMALL, N_CLASSES, 0},
    {"19 classes, discs with specks", SMALL, N_CLASSES, 12},
    {"19 classes, noise", SMALL, N_CLASSES, 1},
    {"binary discs", LARGE, 1, 0},
    {"binary discs with specks", LARGE, 1, 12},
    {"19 classes, discs", LARGE, N_CLASSES, 0},
};

typedef struct {
  MsRules rules;
  MsRaster actual;
  MsRaster predicted;
} Pair;

static void
fill_disc(MsRaster *raster, int centre_x, int centre_y, int radius, int value)
{
  for (int y = MAX(0, centre_y - radius); y <= MIN(raster->height - 1, centre_y + radius); y++) {
    int half = (int)sqrt((double)radius * radius - (double)(y - centre_y) * (y - centre_y));
    int left = CLAMP(centre_x - half, 0, raster->width);
    int right = CLAMP(centre_x + half + 1, 0, raster->width);

    memset((uint8_t *)ms_raster_row_writable(raster, y) + left, value, (size_t)(right - left));
  }
}

/* The predicted discs are up to 8 pixels off; one of ten is missed, one of ten is spurious. */
static void
fill_discs(const Work *work, Pair *pair)
{
  uint32_t side = (uint32_t)work->side;

  for (int i = 0; i < N_DISCS; i++) {
    int x = (int)test_random_below(&generator, side), y = (int)test_random_below(&generator, side);
    int radius = (int)(side / 100 + test_random_below(&generator, side / 16));
    int off = (int)test_random_below(&generator, 9);
    int id = 1 + (int)test_random_below(&generator, work->n_classes);

    if (i % 10 != 0)
      fill_disc(&pair->actual, x, y, radius, id);
    if (i % 10 != 1)
      fill_disc(&pair->predicted, x + off, y, radius - off / 2, id);
  }
}

static void
fill_specks(const Work *work, MsRaster *raster)
{
  for (int y = 0; y < raster->height; y++) {
    uint8_t *row = ms_raster_row_writable(raster, y);

    for (int x = 0; x < raster->width; x++) {
      if (test_random_below(&generator, work->speckle) == 0)
        row[x] = (uint8_t)test_random_below(&generator, work->n_classes + 1);
    }
  }
}

static Pair
make_pair(const Work *work)
{
  Pair pair;

  ms_rules_init(&pair.rules);
  pair.rules.comparison = work->n_classes > 1 ? MS_COMPARE_CLASSES : MS_COMPARE_BINARY;
  g_assert_cmpint(ms_raster_init(&pair.actual, work->side, work->side, 8), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_raster_init(&pair.predicted, work->side, work->side, 8), ==, MS_STATUS_OK);
  fill_discs(work, &pair);
  if (work->speckle)
    fill_specks(work, &pair.predicted);
  return pair;
}

/* In microseconds: what else the machine does counts less. */
static gint64
processor_time(void)
{
  struct timespec time;

  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

typedef struct {
  int n_asked;
  gint64 last;
  gint64 longest; /* microseconds between two questions */
} Asked;

static bool
ask(void *user, double fraction)
{
  Asked *asked = user;
  gint64 now = processor_time();

  asked->longest = MAX(asked->longest, now - asked->last);
  asked->last = now;
  asked->n_asked++;
  return true;
}

typedef struct {
  gint64 planes;
  gint64 regions;
  gint64 anatomy;
  gint64 reach;
  gint64 all;
} Times;

static void
keep_best(gint64 *best, gint64 *start)
{
  gint64 now = processor_time();

  *best = MIN(*best, now - *start);
  *start = now;
}

static void
run_parts(const MsKindsSource *source, Times *best)
{
  gint64 start = processor_time();
  MsPlanes planes;
  MsRegions *regions;
  MsAnatomy anatomy;
  MsReach reach;
  MsRaster map;

  g_assert_cmpint(ms_planes_init(&planes, source, NULL), ==, MS_STATUS_OK);
  keep_best(&best->planes, &start);
  g_assert_cmpint(ms_regions_new(&planes, NULL, &regions), ==, MS_STATUS_OK);
  keep_best(&best->regions, &start);
  g_assert_cmpint(ms_raster_init(&map, planes.width, planes.height, 8), ==, MS_STATUS_OK);
  start = processor_time();
  g_assert_cmpint(ms_anatomy_find(&planes, &map, NULL, &anatomy), ==, MS_STATUS_OK);
  keep_best(&best->anatomy, &start);
  g_assert_cmpint(ms_reach_find(&planes, &map, NULL, &reach), ==, MS_STATUS_OK);
  keep_best(&best->reach, &start);
  ms_raster_clear(&map);
  ms_regions_free(regions);
  ms_planes_clear(&planes);
}

/* How many regions there are, and what the diagnosis holds. */
static size_t
run_all(const MsKindsSource *source, Times *best, Asked *asked, size_t *n_bytes)
{
  MsControl control = {.go_on = ask, .user = asked};
  MsDiagnosis diagnosis = {0};
  gint64 start = processor_time();
  size_t n_regions;

  *asked = (Asked){.last = start};
  g_assert_cmpint(ms_diagnosis_init(&diagnosis, source, true, &control), ==, MS_STATUS_OK);
  ask(asked, 1);
  keep_best(&best->all, &start);
  ms_regions_get(diagnosis.regions, &n_regions);
  *n_bytes = ms_diagnosis_bytes(&diagnosis);
  ms_diagnosis_clear(&diagnosis);
  return n_regions;
}

static void
report(const Work *work)
{
  int n_rounds = work->side == SMALL ? N_ROUNDS : 1;
  Times best = {G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64};
  size_t n_regions = 0, n_bytes = 0;
  Pair pair = make_pair(work);
  MsKindsSource source = {.rules = &pair.rules,
                          .actual = &pair.actual,
                          .predicted = &pair.predicted,
                          .focus = MS_FOCUS_ALL};
  Asked asked;

  for (int i = 0; i < n_rounds; i++) {
    run_parts(&source, &best);
    n_regions = run_all(&source, &best, &asked, &n_bytes);
  }
  g_print("%5d  %-30s %7.1f %8.1f %8.1f %7.1f %7.1f %9zu %7.1f %6d %8.1f\n", work->side, work->name,
          (double)best.planes / 1000, (double)best.regions / 1000, (double)best.anatomy / 1000,
          (double)best.reach / 1000, (double)best.all / 1000, n_regions, (double)n_bytes / MEBIBYTE,
          asked.n_asked, (double)asked.longest / 1000);
  ms_raster_clear(&pair.actual);
  ms_raster_clear(&pair.predicted);
}

int
main(void)
{
  g_print("Milliseconds of processor time; what the diagnosis holds in MiB; questions "
          "whether to go on, and the longest time without one.\n\n");
  g_print("%5s  %-30s %7s %8s %8s %7s %7s %9s %7s %6s %8s\n", "side", "", "planes", "regions",
          "anatomy", "reach", "all", "regions", "MiB", "asked", "longest");
  for (size_t i = 0; i < G_N_ELEMENTS(works); i++)
    report(&works[i]);
  return 0;
}
