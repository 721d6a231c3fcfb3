/* SPDX-License-Identifier: MIT
 *
 * Sets whose predicted masks were written in another way than the actual ones, and their healthy
 * twins: once adjusted they are the same, pixel by pixel, on every way from a file to a number.
 */
#include "io/npy-file.h"
#include "set/masks.h"
#include "set/option-values.h"
#include "set/raw-count.h"
#include "set/reading-adjust.h"
#include "set/segments.h"
#include "small-set.h"
#include "support/random.h"

enum { N_EXAMPLES = 8, MARGIN = 7, WIDTH = 41, HEIGHT = 29 };

typedef enum { GREY_8, GREY_1, GREY_16, PALETTE_8, FLOATS, MIXED } Form;

typedef struct {
  const char *name;
  Form form;
  guint n_values;
  guint values[8];   /* of predicted masks; the first one is background */
  const char *words; /* options of both twins; NULL: none */
  const char *list;  /* what mends the broken one */
  guint id_shift;    /* ids of the broken one are so much more, round and round */
  guint maximum;     /* of inverted ones */
  gboolean manifest;
  gboolean small; /* predicted masks are half as large as the actual ones */
} Case;

/* --- pictures --------------------------------------------------------------------------------- */

static void
put(MsRaster *raster, int x, int y, guint value)
{
  ((guint16 *)ms_raster_row_writable(raster, y))[x] = (guint16)value;
}

/* Blocks of values, and specks, within a margin of the first one. */
static MsRaster
random_picture(TestRandom *random, const guint *values, guint n_values, int width, int height)
{
  MsRaster raster;
  guint blocks[64];

  for (guint i = 0; i < G_N_ELEMENTS(blocks); i++)
    blocks[i] = values[test_random_below(random, n_values)];
  g_assert_cmpint(ms_raster_init(&raster, width, height, 16), ==, MS_STATUS_OK);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      gboolean inside = MIN(x, y) >= MARGIN && x < width - MARGIN && y < height - MARGIN;
      guint value = test_random_below(random, 9) == 0 ? values[test_random_below(random, n_values)]
                                                      : blocks[y / 4 % 8 * 8 + x / 4 % 8];

      put(&raster, x, y, inside ? value : values[0]);
    }
  return raster;
}

static void
replace(MsRaster *raster, MsStatus status, MsRaster other)
{
  g_assert_cmpint(status, ==, MS_STATUS_OK);
  ms_raster_clear(raster);
  *raster = other;
}

/* What the adjustment undoes, from its end to its beginning. */
static void
break_picture(const Case *test, MsRaster *raster)
{
  g_autoptr(MsAdjustment) mends = ms_adjustment_parse(test->list, NULL);
  MsRaster other;
  MsStatus status =
      ms_raster_shift(raster, -mends->shift_x, -mends->shift_y, test->values[0], &other);

  replace(raster, status, other);
  status = ms_raster_turn(raster, ms_turn_inverse(mends->turn), &other);
  replace(raster, status, other);
  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++) {
      guint value = ms_raster_get(raster, x, y);

      if (mends->inverted)
        value = test->maximum - value;
      if (test->id_shift > 0)
        value = (value + test->id_shift) % 4;
      put(raster, x, y, value);
    }
}

/* --- files ------------------------------------------------------------------------------------ */

static void
write_png(const TestFolder *folder, const char *name, const MsRaster *raster, Form form)
{
  static const int depths[] = {[GREY_8] = 8, [GREY_1] = 1, [GREY_16] = 16, [PALETTE_8] = 8};
  MsColorType color = form == PALETTE_8 ? MS_COLOR_PALETTE : MS_COLOR_GREY;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples =
      ms_samples_new(raster->width, raster->height, color, depths[form], name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  samples->n_palette = form == PALETTE_8 ? 256 : 0;
  for (int i = 0; i < samples->n_palette; i++)
    samples->palette[i][0] = samples->palette[i][3] = (guint8)i;
  for (int y = 0; y < raster->height; y++) {
    guint8 *row = samples->pixels + (gsize)y * samples->stride;

    for (int x = 0; x < raster->width; x++)
      if (form == GREY_16)
        ((guint16 *)(void *)row)[x] = (guint16)ms_raster_get(raster, x, y);
      else
        row[x] = (guint8)ms_raster_get(raster, x, y);
  }
  bytes = ms_png_encode(samples, 6, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

/* Values are parts of 256: whatever they become is exact. */
static void
write_floats(const TestFolder *folder, const char *name, const MsRaster *raster)
{
  gsize n = (gsize)raster->width * (gsize)raster->height;
  g_autofree float *values = g_new(float, n);
  g_autofree char *header =
      g_strdup_printf("{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), } \n",
                      raster->height, raster->width);
  g_autoptr(GBytes) bytes = NULL;

  for (gsize i = 0; i < n; i++)
    values[i] = (float)ms_raster_get(raster, (int)i % raster->width, (int)i / raster->width) / 256;
  bytes = test_npy_file(1, header, values, n * sizeof *values);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

/* Of mixed ones every other file has one bit. Returns its name. */
static char *
write_predicted(const TestFolder *folder, const Case *test, MsRaster *raster, guint i)
{
  char *name = g_strdup_printf("predictions/unet/e%u.%s", i, test->form == FLOATS ? "npy" : "png");
  gboolean bits = test->form == MIXED && i % 2;

  for (int y = 0; bits && y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      put(raster, x, y, ms_raster_get(raster, x, y) != 0);
  if (test->form == FLOATS)
    write_floats(folder, name, raster);
  else
    write_png(folder, name, raster, bits ? GREY_1 : test->form == MIXED ? GREY_8 : test->form);
  return name;
}

static gboolean
has_classes(const Case *test)
{
  return test->n_values == 4;
}

/* The same numbers on every call, so that twins are. */
static void
write_twin(const TestFolder *folder, const Case *test, gboolean broken)
{
  static const guint binary[] = {0, 255}, classes[] = {0, 1, 2, 3};
  TestRandom random = {7};
  g_autoptr(GString) manifest = g_string_new("example,actual,predicted\n");
  int divisor = test->small ? 2 : 1;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    int width = 2 * (WIDTH + (int)i), height = 2 * HEIGHT;
    g_autofree char *actual_name = g_strdup_printf("actual/e%u.png", i);
    g_autofree char *predicted_name = NULL;
    MsRaster actual = random_picture(&random, has_classes(test) ? classes : binary,
                                     has_classes(test) ? 4 : 2, width, height);
    MsRaster predicted =
        random_picture(&random, test->values, test->n_values, width / divisor, height / divisor);

    if (broken)
      break_picture(test, &predicted);
    write_png(folder, actual_name, &actual, GREY_8);
    predicted_name = write_predicted(folder, test, &predicted, i);
    g_string_append_printf(manifest, "e%u,%s,%s\n", i, actual_name, predicted_name);
    ms_raster_clear(&actual);
    ms_raster_clear(&predicted);
  }
  if (test->manifest)
    test_text(folder, "set.csv", manifest->str);
}

static MsSet *
open_twin(const TestFolder *folder, const Case *test, const char *list)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(test->words ? test->words : "--quiet", " ", -1);
  g_autoptr(GError) error = NULL;
  MsSet *set;

  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  g_assert_no_error(error);
  if (list)
    g_assert_true(ms_options_add_adjust(options, "--adjust", list, NULL));
  options->set =
      test->manifest ? g_build_filename(folder->path, "set.csv", NULL) : g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, N_EXAMPLES);
  return set;
}

/* --- comparing -------------------------------------------------------------------------------- */

static gboolean
same_joints(MsJoint *a, MsJoint *b)
{
  const MsCell *cells, *others;
  gsize n_cells, n_others;

  g_assert_cmpint(ms_joint_cells(a, &cells, &n_cells), ==, MS_STATUS_OK);
  g_assert_cmpint(ms_joint_cells(b, &others, &n_others), ==, MS_STATUS_OK);
  if (n_cells != n_others)
    return FALSE;
  for (gsize i = 0; i < n_cells; i++)
    if (cells[i].actual != others[i].actual || cells[i].predicted != others[i].predicted ||
        cells[i].count != others[i].count)
      return FALSE;
  return TRUE;
}

static gboolean
same_rasters(const MsRaster *a, const MsRaster *b)
{
  if (a->width != b->width || a->height != b->height)
    return FALSE;
  for (int y = 0; y < a->height; y++)
    for (int x = 0; x < a->width; x++)
      if (ms_raster_get(a, x, y) != ms_raster_get(b, x, y))
        return FALSE;
  return TRUE;
}

/* Whether an example has the same result and pixels in both, however it is read. */
static gboolean
same_example(MsSet *healthy, MsSet *other, guint i)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  g_autoptr(MsResult) expected = ms_pair_score(healthy, i, 0, NULL, NULL, NULL);
  g_autoptr(MsResult) plain = ms_pair_score(other, i, 0, NULL, NULL, NULL);
  g_autoptr(MsResult) fast = ms_pair_score(other, i, 0, scratch, NULL, NULL);
  g_autoptr(MsFrame) expected_frame = ms_frame_load(healthy, i, 0, NULL, NULL);
  g_autoptr(MsFrame) frame = ms_frame_load(other, i, 0, NULL, NULL);

  g_assert_cmpint(expected->status, ==, MS_RESULT_OK);
  g_assert_cmpint(plain->status, ==, fast->status);
  g_assert_cmpstr(plain->message, ==, fast->message);
  if (plain->status != MS_RESULT_OK)
    return FALSE;
  g_assert_true(same_joints(plain->joint, fast->joint));
  g_assert_true(same_joints(plain->joint, frame->result->joint));
  g_assert_cmpint(plain->resized, ==, expected->resized);
  return same_joints(plain->joint, expected->joint) &&
         same_rasters(&frame->predicted, &expected_frame->predicted) &&
         same_rasters(&frame->actual, &expected_frame->actual);
}

static guint
count_same(MsSet *healthy, MsSet *other)
{
  guint n = 0;

  for (guint i = 0; i < N_EXAMPLES; i++)
    n += same_example(healthy, other, i);
  return n;
}

static guint
count_raw(MsSet *set)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  guint n = 0;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autoptr(MsExample) example = ms_set_dup_example(set, i);
    MsRawCount count;

    if (!ms_raw_count(&count, set, example, 0, scratch, NULL))
      continue;
    ms_joint_free(count.joint);
    n++;
  }
  return n;
}

/* Samples are counted as they come where no pixel changes its place. */
static void
assert_raw(MsSet *healthy, MsSet *mended)
{
  gboolean moves = ms_reading_moves(ms_set_get_predicted_reading(mended, 0));

  g_assert_cmpuint(count_raw(mended), ==, moves ? 0 : count_raw(healthy));
}

static void
test_twins(gconstpointer data)
{
  const Case *test = data;
  g_auto(TestFolder) healthy_folder = test_folder_new();
  g_auto(TestFolder) broken_folder = test_folder_new();
  g_autoptr(MsSet) healthy = NULL, broken = NULL, mended = NULL;
  const MsReading *reading;

  write_twin(&healthy_folder, test, FALSE);
  write_twin(&broken_folder, test, TRUE);
  healthy = open_twin(&healthy_folder, test, NULL);
  broken = open_twin(&broken_folder, test, NULL);
  mended = open_twin(&broken_folder, test, test->list);
  reading = ms_set_get_predicted_reading(mended, 0);
  g_assert_cmpint(reading->encoding, ==, ms_set_get_predicted_reading(healthy, 0)->encoding);
  g_assert_nonnull(strstr(reading->description, "; adjusted: "));
  g_assert_cmpuint(count_same(healthy, broken), ==, 0);
  g_assert_cmpuint(count_same(healthy, mended), ==, N_EXAMPLES);
  assert_raw(healthy, mended);
}

#define BINARY                                                                                     \
  2,                                                                                               \
  {                                                                                                \
    0, 255                                                                                         \
  }
#define MAP                                                                                        \
  7,                                                                                               \
  {                                                                                                \
    0, 1, 90, 127, 128, 200, 255                                                                   \
  }
#define CLASSES                                                                                    \
  4,                                                                                               \
  {                                                                                                \
    0, 1, 2, 3                                                                                     \
  }

static const Case cases[] = {
    {"binary-flipped", GREY_8, BINARY, NULL, "flip-x", 0, 255},
    {"binary-turned", GREY_8, BINARY, NULL, "turn-90", 0, 255},
    {"binary-moved", GREY_8, BINARY, NULL, "shift:5:-3", 0, 255},
    {"binary-inverted", GREY_8, BINARY, NULL, "invert", 0, 255},
    {"binary-all", GREY_8, BINARY, NULL, "invert,anti-transpose,shift:-7:7", 0, 255},
    {"binary-positive", GREY_8, BINARY, "--positive 255", "invert,flip-y", 0, 255},
    {"bits-inverted", GREY_1, 2, {0, 1}, NULL, "invert", 0, 1},
    {"bits-moved", GREY_1, 2, {0, 1}, NULL, "turn-270,shift:0:4", 0, 1},
    {"map-inverted", GREY_8, MAP, NULL, "invert", 0, 255},
    {"map-threshold", GREY_8, MAP, "--threshold 0.5", "invert,shift:2:2", 0, 255},
    {"map-turned", GREY_8, MAP, NULL, "invert,transpose", 0, 255},
    {"map-of-16-bits",
     GREY_16,
     6,
     {0, 1, 900, 32767, 32768, 65535},
     NULL,
     "invert,turn-180",
     0,
     65535},
    {"map-of-floats", FLOATS, 6, {0, 1, 77, 128, 255, 256}, NULL, "invert,flip-x", 0, 256},
    {"map-of-floats-threshold",
     FLOATS,
     6,
     {0, 1, 77, 128, 255, 256},
     "--threshold 0.30078125",
     "invert,shift:1:0",
     0,
     256},
    {"classes-mapped", GREY_8, CLASSES, NULL, "1=0,2=1,3=2,0=3", 1},
    {"classes-mapped-before", GREY_8, CLASSES, "--map-predicted 3=1", "2=0,3=1,0=2,1=3,turn-90", 2},
    {"classes-turned", GREY_8, CLASSES, NULL, "turn-270,shift:-6:2"},
    {"classes-of-a-palette", PALETTE_8, CLASSES, NULL, "1=0,2=1,3=2,0=3,flip-y", 1},
    {"resized", GREY_8, BINARY, "--size-mismatch nearest", "turn-90,shift:1:1", 0, 255, FALSE,
     TRUE},
    {"manifest-binary", MIXED, BINARY, NULL, "flip-x,shift:3:0", 0, 255, TRUE},
    {"manifest-map", GREY_8, MAP, NULL, "invert,turn-90", 0, 255, TRUE},
    {"manifest-classes", GREY_8, CLASSES, NULL, "1=0,2=1,3=2,0=3,transpose", 1, 0, TRUE},
};

/* --- what is left empty ----------------------------------------------------------------------- */

static MsResult *
score_moved(const TestFolder *folder, const char *words)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  MsResult *result;

  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  options->set = g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  result = ms_pair_score(set, 0, 0, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpint(result->status, ==, MS_RESULT_OK);
  return result;
}

static guint64
count_pairs(MsResult *result, guint32 actual, guint32 predicted)
{
  const MsCell *cells;
  gsize n_cells;
  guint64 n = 0;

  g_assert_cmpint(ms_joint_cells(result->joint, &cells, &n_cells), ==, MS_STATUS_OK);
  for (gsize i = 0; i < n_cells; i++)
    if (cells[i].actual == actual && cells[i].predicted == predicted)
      n += cells[i].count;
  return n;
}

/* Four pixels in a row; predicted ones are moved to the right by one. */
static void
test_empty(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsResult) usual = NULL, other = NULL, large = NULL, none = NULL;

  TEST_MASK(&folder, "actual/a.png", 1, 1, 2, 3);
  TEST_MASK(&folder, "predictions/unet/a.png", 1, 2, 3, 3);
  usual = score_moved(&folder, "--adjust shift:1:0");
  other = score_moved(&folder, "--adjust shift:1:0 --background 3");
  large = score_moved(&folder, "--adjust shift:1:0 --background 70000");
  none = score_moved(&folder, "--adjust shift:1:0 --background none");
  g_assert_cmpuint(count_pairs(usual, 1, 0), ==, 1);
  g_assert_cmpuint(count_pairs(other, 1, 3), ==, 1);
  g_assert_cmpuint(count_pairs(large, 1, 70000), ==, 1);
  g_assert_cmpuint(count_pairs(none, 1, MS_ID_NONE), ==, 1);
  g_assert_cmpuint(count_pairs(none, 1, 1), ==, 1);
  g_assert_cmpuint(count_pairs(none, 2, 2), ==, 1);
  g_assert_cmpuint(count_pairs(none, 3, 3), ==, 1);
  /* of class 1 a pixel is found and one missed, and of no class one is too many */
  g_assert_cmpuint(ms_confusion_counts(none->confusion).tp, ==, 3);
  g_assert_cmpuint(ms_confusion_counts(none->confusion).fn, ==, 1);
  g_assert_cmpuint(ms_confusion_counts(none->confusion).fp, ==, 0);
}

/* --- instances -------------------------------------------------------------------------------- */

static void
load_segments(MsSet *set, MsSegments *segments)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_segments_why_none(set, 0));
  g_assert_true(
      ms_segments_load(segments, set, 0, 0, ms_set_get_rules(set, 0), NULL, NULL, &error));
  g_assert_no_error(error);
}

static void
test_instances(void)
{
  g_auto(TestFolder) healthy_folder = test_folder_new(), broken_folder = test_folder_new();
  const Case plain = {.words = "--instances plain"};
  g_autoptr(MsSet) healthy = NULL, mended = NULL, inverted = NULL;
  MsSegments expected = {0}, segments = {0};

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *actual = g_strdup_printf("actual/e%u.png", i);
    g_autofree char *predicted = g_strdup_printf("predictions/unet/e%u.png", i);

    TEST_MASK(&healthy_folder, actual, 0, 7, 7, 9, 9, 9, 0, 0);
    TEST_MASK(&broken_folder, actual, 0, 7, 7, 9, 9, 9, 0, 0);
    TEST_MASK(&healthy_folder, predicted, 0, 4, 4, 5, 5, 0, 0, 0);
    TEST_MASK(&broken_folder, predicted, 0, 0, 5, 5, 4, 4, 0, 0);
  }
  healthy = open_twin(&healthy_folder, &plain, NULL);
  mended = open_twin(&broken_folder, &plain, "flip-x,shift:-1:0");
  inverted = open_twin(&broken_folder, &plain, "invert");
  load_segments(healthy, &expected);
  load_segments(mended, &segments);
  g_assert_true(same_joints(expected.joint, segments.joint));
  g_assert_nonnull(strstr(ms_segments_why_none(inverted, 0), "inverted"));
  ms_segments_clear(&expected);
  ms_segments_clear(&segments);
}

/* --- what is refused -------------------------------------------------------------------------- */

static void
assert_refused(const TestFolder *folder, const char *words, const char *message)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_auto(GStrv) arguments = g_strsplit(words, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;

  g_assert_true(ms_options_parse(options, &arguments, NULL, &error));
  options->set = g_strdup(folder->path);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_null(set);
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  if (!strstr(error->message, message))
    g_error("\"%s\" does not say \"%s\"", error->message, message);
}

static void
test_refused(void)
{
  g_auto(TestFolder) binary = test_folder_new(), classes = test_folder_new();
  g_auto(TestFolder) labels = test_folder_new();

  TEST_MASK(&binary, "actual/a.png", 0, 255, 255, 0);
  TEST_MASK(&binary, "predictions/unet/a.png", 0, 255, 9, 0);
  TEST_MASK(&binary, "predictions/other/a.png", 0, 255, 255, 0);
  TEST_MASK(&classes, "actual/a.png", 0, 1, 2, 3);
  TEST_MASK(&classes, "predictions/unet/a.png", 0, 1, 2, 3);
  test_text(&labels, "actual.csv", "example,labels\na,x;y\n");
  test_text(&labels, "pred_unet.csv", "example,labels\na,x\n");
  assert_refused(&binary, "--adjust unte:flip-x", "no model of that name; it has other, unet");
  assert_refused(&binary, "--adjust unte:flip-x --model unet", "no model of that name");
  assert_refused(&binary, "--adjust unet:1=0 --threshold 0.5",
                 "cannot be mapped by --adjust: they are read as probabilities");
  assert_refused(&classes, "--adjust unet:invert", "there is no opposite of a class");
  assert_refused(&labels, "--adjust flip-x", "--adjust with turns and moves is about masks");
  assert_refused(&labels, "--adjust unet:1=2", "label 1 (y) cannot become 2");
}

/* The sizes that are compared are those after the turn. */
static void
test_sizes(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  const Case plain = {.words = "--quiet"};
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsResult) result = NULL;

  for (guint i = 0; i < N_EXAMPLES; i++) {
    g_autofree char *actual = g_strdup_printf("actual/e%u.png", i);
    g_autofree char *predicted = g_strdup_printf("predictions/unet/e%u.png", i);

    TEST_MASK(&folder, actual, 0, 255, 255, 0);
    TEST_MASK(&folder, predicted, 0, 255, 255, 0);
  }
  set = open_twin(&folder, &plain, "turn-90");
  result = ms_pair_score(set, 0, 0, NULL, NULL, NULL);
  g_assert_cmpint(result->status, ==, MS_RESULT_SKIPPED);
  g_assert_nonnull(
      strstr(result->message, "actual is 4 x 1, predicted is 1 x 4 once it is turned ("));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = g_strdup_printf("/adjust/twins/%s", cases[i].name);

    g_test_add_data_func(path, &cases[i], test_twins);
  }
  g_test_add_func("/adjust/empty", test_empty);
  g_test_add_func("/adjust/instances", test_instances);
  g_test_add_func("/adjust/refused", test_refused);
  g_test_add_func("/adjust/sizes", test_sizes);
  return g_test_run();
}
