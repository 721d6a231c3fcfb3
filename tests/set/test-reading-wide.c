/* SPDX-License-Identifier: MIT
 *
 * Whole numbers of up to 32 bits, negative ones, floats, objects that are numbered, and ids that
 * become others. That a threshold on a map of floats is exact is proved on random floats.
 */
#include <math.h>

#include "reading-folder.h"
#include "set/reading-instances.h"
#include "support/random.h"

static void
test_binary(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1, 1));
  g_autoptr(MsReading) large = folder_decide_one(&folder, NULL, NUMBERS(0, 70000));
  g_autoptr(MsReading) bools = folder_decide_one(&folder, actual, GREY(1, 0, 1));
  g_autoptr(MsReading) floats = folder_decide_one(&folder, actual, FLOATS(0, 1));
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpstr(actual->description, ==,
                  "whole numbers with values 0 and 1: binary, every value but 0 is positive");
  g_assert_false(actual->guessed);
  g_assert_cmpint(large->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(large, NUMBERS(0, 70000, 70000), 8, 0, 1, 1);
  assert_refused(large, NUMBERS(0, 70000, 3), "holds value 3");
  assert_refused(large, NUMBERS(0, 300), "holds value 300");
  APPLIED(large, GREY(8, 0, 255), 8, 0, 1);
  g_assert_cmpint(bools->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(floats->encoding, ==, MS_ENCODING_BINARY);
  assert_refused(floats, FLOATS(0, 0.5f), "--threshold");
  assert_refused(large, NUMBERS(0, -1), "below 0 (the first in row 0)");
}

static void
test_classes(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1, 2, 100000));
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpuint(actual->largest, ==, 100000);
  g_assert_cmpuint(actual->ignored->len, ==, 0);
  APPLIED(actual, NUMBERS(0, 100000), 32, 0, 100000);
  APPLIED(actual, NUMBERS(0, 1000), 16, 0, 1000);
  APPLIED(actual, NUMBERS(0, 7), 8, 0, 7);
  assert_refused(actual, FLOATS(0.5f, 1), "no class ids");
  folder_empty(&folder, FALSE);
  folder_add(&folder, FLOATS(0.25f, 1));
  folder_refuse(&folder, actual, "fractions from 0.25 to 1, which are no class ids");
}

static void
test_negative(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) classes = folder_decide_one(&folder, NULL, NUMBERS(-1, 0, 1, 2));
  g_autoptr(MsReading) binary = folder_decide_one(&folder, NULL, NUMBERS(-7, 0, 1));
  g_autoptr(MsReading) positive = folder_decide_one(&folder, NULL, NUMBERS(0, 1, 2));
  g_autoptr(MsReading) predicted = folder_decide_one(&folder, classes, NUMBERS(-2, 0, 1));
  g_autoptr(MsReading) mask = folder_decide_one(&folder, binary, NUMBERS(-2, 0, 1));
  IGNORES(classes, 255, MS_ID_NONE);
  assert_told(classes, "ignored: 255, ids below 0; some are below 0");
  APPLIED(classes, NUMBERS(-1, -300, 5), 32, MS_ID_NONE, MS_ID_NONE, 5);
  g_assert_cmpint(binary->encoding, ==, MS_ENCODING_BINARY);
  IGNORES(binary, MS_ID_NONE);
  APPLIED(binary, NUMBERS(-1, 0, 1), 8, MS_READING_IGNORED, 0, 1);
  assert_refused(positive, NUMBERS(-1, 0), "below 0 (the first in row 0)");
  g_assert_cmpuint(predicted->ignored->len, ==, 0);
  assert_told(predicted, "those below 0 are of no class");
  APPLIED(predicted, NUMBERS(-2, 1), 32, MS_ID_NONE, 1);
  assert_told(mask, "those below 0 are not positive");
  APPLIED(mask, NUMBERS(-2, 0, 1), 8, 0, 0, 1);
  folder.options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_vals(folder.options->ignore, (const guint32[]){2, (guint32)-5}, 2);
  g_autoptr(MsReading) asked = folder_decide_one(&folder, NULL, NUMBERS(0, 1, 2));
  IGNORES(asked, 2, MS_ID_NONE);
}

/* --- probability maps ----------------------------------------------------------------------- */

static void
test_map(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1));
  g_autoptr(MsReading) map = folder_decide_one(&folder, actual, FLOATS(0, 0.125f, 0.75f));
  g_assert_cmpint(map->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_cmpuint(map->maximum, ==, MS_READING_FLOAT_MAXIMUM);
  g_assert_cmpstr(map->description, ==, "floats from 0 to 0.75: a probability map");
  g_assert_false(map->guessed);
  APPLIED(map, FLOATS(0, 0.25f, 0.5f, 1, 1e-9f, 1.000001f, -1e-6f), 16, 0, 1000, 2000, 4000, 1,
          4000, 0);
  APPLIED(map, NUMBERS(0, 1), 16, 0, 4000);
  APPLIED(map, GREY(8, 0, 127, 128, 255), 16, 0, 1993, 2008, 4000);
  APPLIED(map, GREY(1, 0, 1), 16, 0, 4000);
  assert_refused(map, NUMBERS(0, 2), "beyond 0 and 1");
  assert_refused(map, NUMBERS(0, -1), "beyond 0 and 1");
  assert_refused(map, FLOATS(0, 1.5f), "outside 0 to 1 at x 1, y 0");

  folder_empty(&folder, FALSE);
  folder_add(&folder, FLOATS(-8.5f, 7.25f));
  folder_refuse(&folder, actual, "fractions from -8.5 to 7.25");
  folder_empty(&folder, FALSE);
  folder_add(&folder, NUMBERS(0, 1, 2));
  folder_refuse(&folder, actual, "no largest value");
  g_autoptr(MsReading) eight = folder_decide_one(&folder, actual, GREY(8, 0, 9, 255));
  assert_refused(eight, FLOATS(0.5f, 1), "whole numbers; save them alike");
  APPLIED(eight, NUMBERS(0, 1), 8, 0, 255);
}

/* Files of 0 and 1 beside files with fractions are maps too, in either order. */
static void
test_mixed_map(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1));
  folder_empty(&folder, FALSE);
  folder_add(&folder, FLOATS(0, 1));
  folder_add(&folder, FLOATS(0, 0.5f));
  folder_add(&folder, FLOATS(1, 1));
  g_autoptr(MsReading) map = folder_decide(&folder, actual);
  g_assert_cmpint(map->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_cmpuint(map->maximum, ==, MS_READING_FLOAT_MAXIMUM);
  folder.options->has_threshold = TRUE;
  g_autoptr(MsReading) forced = folder_decide_one(&folder, actual, NUMBERS(0, 1));
  g_assert_cmpuint(forced->maximum, ==, MS_READING_FLOAT_MAXIMUM);
  APPLIED(forced, FLOATS(0, 0.5f), 16, 0, 2000);
}

static void
test_soft_actual(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) soft = folder_decide_one(&folder, NULL, FLOATS(0, 0.5f, 0.75f, 1));
  g_assert_cmpint(soft->encoding, ==, MS_ENCODING_GREY);
  assert_told(soft, "soft masks, positive above 0.5");
  APPLIED(soft, FLOATS(0, 0.5f, 0.75f, 1), 8, 0, 0, 1, 1);
  APPLIED(soft, NUMBERS(0, 1), 8, 0, 1);
  APPLIED(soft, GREY(8, 0, 127, 128), 8, 0, 0, 1);
  folder_empty(&folder, FALSE);
  folder_add(&folder, FLOATS(0, 0.5f, 0.75f));
  folder_refuse(&folder, NULL, "fractions from 0 to 0.75");
  folder.options->positive_choice = MS_CHOICE_NONE;
  g_autoptr(MsReading) nonzero = folder_decide(&folder, NULL);
  APPLIED(nonzero, FLOATS(0, 0.1f, 7.5f), 8, 0, 1, 1);
}

/* The threshold of a set, as far from the steps as it may be. */
static double
random_threshold(TestRandom *random)
{
  switch (test_random_below(random, 4)) {
  case 0:
    return test_random_below(random, 4001) / 4000.0;
  case 1:
    return (double)(float)(test_random_below(random, 4001) / 4000.0);
  case 2:
    return test_random_below(random, 1001) / 1000.0;
  default:
    return test_random_below(random, 1u << 30) / (double)(1u << 30);
  }
}

/* Near the threshold, near a step, or anywhere from 0 to 1. */
static float
random_probability(TestRandom *random, double threshold)
{
  float around = (float)threshold;
  if (test_random_below(random, 3) == 0)
    around = (float)(test_random_below(random, 4001) / 4000.0);
  if (test_random_below(random, 4) == 0)
    return test_random_below(random, 1u << 24) / (float)(1u << 24);
  for (guint i = test_random_below(random, 3); i > 0; i--)
    around = nextafterf(around, test_random_below(random, 2) ? 2 : -1);
  return CLAMP(around, 0, 1);
}

static void
assert_exact(const MsReading *reading, double set_threshold, TestRandom *random)
{
  enum { N = 256 };
  float values[N];
  g_autoptr(GError) error = NULL;
  MsRaster raster = {0};
  for (int i = 0; i < N; i++)
    values[i] = random_probability(random, set_threshold);
  values[0] = 0.5f * FLT_MIN; /* some fraction, so that these are floats */
  MsSamples *samples = row_of_floats(N, values);
  g_assert_true(ms_reading_apply(reading, samples, "a", &raster, &error));
  g_assert_no_error(error);
  guint32 at_set = ms_threshold_sample(set_threshold, MS_READING_FLOAT_MAXIMUM);
  for (int i = 0; i < N; i++) {
    guint32 step = ms_raster_get(&raster, i, 0);
    guint32 k = test_random_below(random, 2) ? test_random_below(random, 4001)
                                             : (guint32)(values[i] * 4000.0 + 0.5);
    g_assert_cmpuint(step, <=, 4000);
    g_assert_cmpint(step > at_set, ==, values[i] > (float)set_threshold);
    /* On the steps of the scale it is exact too, but within the set's own step, which is cut. */
    if (k != at_set || k / 4000.0 == set_threshold)
      g_assert_cmpint(step > ms_threshold_sample(k / 4000.0, 4000), ==,
                      values[i] > (float)(k / 4000.0));
  }
  ms_raster_clear(&raster);
  ms_samples_free(samples);
}

static void
test_exact_threshold(void)
{
  TestRandom random = {20240611};
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1));
  for (int i = 0; i < 2000; i++) {
    folder.options->threshold = random_threshold(&random);
    g_autoptr(MsReading) map = folder_decide_one(&folder, actual, FLOATS(0, 0.5f, 1));
    assert_exact(map, folder.options->threshold, &random);
  }
}

/* Samples of 8 and 16 bits in a folder of floats: v / maximum > t, in whole numbers. */
static void
test_exact_scaled(void)
{
  TestRandom random = {4};
  g_auto(Folder) folder = folder_new(FALSE);
  g_autoptr(MsReading) actual = folder_decide_one(&folder, NULL, NUMBERS(0, 1));
  for (int i = 0; i < 500; i++) {
    double threshold = folder.options->threshold = random_threshold(&random);
    g_autoptr(MsReading) map = folder_decide_one(&folder, actual, FLOATS(0, 0.5f, 1));
    guint32 at_set = ms_threshold_sample(threshold, MS_READING_FLOAT_MAXIMUM);
    guint32 full = i % 2 ? 255 : 65535;
    guint values[64];
    MsRaster raster = {0};
    for (int x = 0; x < 64; x++)
      values[x] = x < 8 ? MIN(ms_threshold_sample(threshold, full) + (guint)x / 4, full)
                        : test_random_below(&random, full + 1);
    MsSamples *samples = row_of_scaled(MS_COLOR_GREY, i % 2 ? 8 : 16, 64, values);
    g_assert_true(ms_reading_apply(map, samples, "a", &raster, NULL));
    for (int x = 0; x < 64; x++)
      g_assert_cmpint(ms_raster_get(&raster, x, 0) > at_set, ==,
                      values[x] > ms_threshold_sample(threshold, full));
    ms_raster_clear(&raster);
    ms_samples_free(samples);
  }
}

/* --- instances and other ids ---------------------------------------------------------------- */

static MsRoleNames
names_of(const char *folder, const GPtrArray *files, const GPtrArray *parents)
{
  return (MsRoleNames){folder, files, parents};
}

static void
test_instance_names(void)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new();
  g_autoptr(GPtrArray) none = g_ptr_array_new();
  g_autoptr(GPtrArray) parents = g_ptr_array_new();
  g_autoptr(MsOptions) options = ms_options_new();
  MsRoleNames names = names_of("x/gtFine", files, none);
  g_ptr_array_add(files, (char *)"a_000019_gtFine_instanceIds.png");
  g_ptr_array_add(files, (char *)"B_INSTANCEIDS.png");
  g_ptr_array_add(parents, (char *)"Instances16");

  MsIdHints hints = ms_instances_hints(options, &names, NULL);
  g_assert_cmpuint(ms_id_map_divisor(hints.ids), ==, 1000);
  g_assert_true(hints.guessed && !hints.plain);
  ms_id_map_free(hints.ids);
  options->instances_choice = MS_CHOICE_NONE;
  g_assert_null(ms_instances_hints(options, &names, NULL).ids);
  options->instances_choice = MS_CHOICE_GIVEN;
  g_assert_true(ms_instances_hints(options, &names, NULL).plain);
  options->instances_divisor = 256;
  hints = ms_instances_hints(options, &names, "unet");
  g_assert_cmpuint(ms_id_map_divisor(hints.ids), ==, 256);
  g_assert_false(hints.guessed);
  ms_id_map_free(hints.ids);
  options->instances_choice = MS_CHOICE_AUTO;
  g_ptr_array_add(files, (char *)"a_labelIds.png");
  g_assert_null(ms_instances_hints(options, &names, NULL).ids);
  options->ids_actual = ms_id_map_new();
  hints = ms_instances_hints(options, &names, NULL);
  g_assert_nonnull(hints.ids);
  g_assert_cmpuint(ms_id_map_divisor(hints.ids), ==, 0);
  ms_id_map_free(hints.ids);
  g_assert_null(ms_instances_hints(options, &names, "unet").ids);
  options->ids_predicted = ms_id_map_new();
  options->has_threshold = TRUE; /* what is cut is no id */
  g_assert_null(ms_instances_hints(options, &names, "unet").ids);

  g_assert_false(ms_instances_are_named(&names));
  names = names_of("set/instances_rf", files, none);
  g_assert_true(ms_instances_are_named(&names));
  names = names_of("set/manifest.csv", files, parents);
  g_assert_true(ms_instances_are_named(&names));
  g_ptr_array_add(parents, (char *)"masks");
  g_assert_false(ms_instances_are_named(&names));
}

static void
test_plain(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  const MsIdHints hints = {.plain = TRUE, .guessed = TRUE};
  folder_add(&folder, GREY(16, 0, 1, 2, 300));
  ms_reading_survey_set_hints(folder.survey, &hints);
  g_autoptr(MsReading) actual = folder_decide(&folder, NULL);
  g_autoptr(MsReading) predicted = folder_decide(&folder, actual);
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_BINARY);
  assert_told(actual, "numbered objects of one class, every value but 0 is positive");
  assert_told(actual, "--instances none");
  APPLIED(actual, GREY(16, 0, 1, 2, 300), 8, 0, 1, 1, 1);
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_BINARY);
}

static void
test_divisor(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  MsIdHints hints = {.ids = ms_id_map_new(), .guessed = TRUE};
  ms_id_map_set_divisor(hints.ids, 1000);
  ms_reading_survey_set_hints(folder.survey, &hints);
  folder_add(&folder, GREY(16, 0, 7, 26000, 26001, 33003));
  g_autoptr(MsReading) reading = folder_decide(&folder, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  assert_told(reading, "mapped ids with values 0, 7, 26 and 33: class ids; of instances: the class "
                       "is id / 1000; ignored: 255; told by their names; --instances none");
  APPLIED(reading, GREY(16, 7, 26000, 26999, 999, 1000), 16, 7, 26, 26, 999, 1);
  APPLIED(reading, GREY(8, 7, 26), 8, 7, 26);
  g_autoptr(MsReading) copy = ms_reading_copy(reading);
  APPLIED(copy, GREY(16, 33001), 8, 33);
}

/* What an id becomes is what the rules look at. */
static void
test_mapped(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  MsIdHints hints = {.ids = ms_id_map_new()};
  g_assert_true(ms_id_map_parse(hints.ids, "2-5=1,9=ignore", NULL));
  ms_reading_survey_set_hints(folder.survey, &hints);
  folder_add(&folder, SCALED(MS_COLOR_PALETTE, 8, 0, 1, 3, 5, 9));
  g_autoptr(MsReading) reading = folder_decide(&folder, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  IGNORES(reading, MS_ID_NONE);
  g_assert_false(reading->guessed);
  g_assert_nonnull(strstr(reading->description, "2 ranges are mapped to other ids"));
  g_assert_nonnull(strstr(reading->description, "ignored: what becomes \"ignore\""));
  APPLIED(reading, SCALED(MS_COLOR_PALETTE, 8, 0, 1, 3, 9), 8, 0, 1, 1, MS_READING_IGNORED);

  hints = (MsIdHints){.ids = ms_id_map_new()};
  g_assert_true(ms_id_map_parse(hints.ids, "2=1000,1=2,9=ignore", NULL));
  folder_empty(&folder, FALSE);
  ms_reading_survey_set_hints(folder.survey, &hints);
  folder_add(&folder, GREY(8, 0, 1, 2, 9));
  g_autoptr(MsReading) classes = folder_decide(&folder, NULL);
  IGNORES(classes, MS_ID_NONE);
  g_assert_cmpuint(classes->largest, ==, 1000);
  APPLIED(classes, GREY(8, 0, 1, 2), 16, 0, 2, 1000);
  APPLIED(classes, GREY(8, 0, 9), 32, 0, MS_ID_NONE);
}

/* --- a manifest's rows ---------------------------------------------------------------------- */

static void
test_rows(void)
{
  g_auto(Folder) folder = folder_new(TRUE);
  folder_add(&folder, GREY(8, 0, 255));
  folder_add(&folder, NUMBERS(0, 1));
  folder_add(&folder, NUMBERS(1, 1));
  g_autoptr(MsReading) actual = folder_decide(&folder, NULL);
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(actual, NUMBERS(0, 70000), 8, 0, 1);
  assert_refused(actual, NUMBERS(0, 70000, 80000), "3 values");
  APPLIED(actual, FLOATS(0, 0.25f, 1), 8, 0, 0, 1);
  assert_refused(actual, FLOATS(0, 0.25f), "no ids");
  assert_refused(actual, NUMBERS(0, 1, 2), "3 values");
  g_autoptr(MsReading) masks = folder_decide(&folder, actual);
  assert_refused(masks, FLOATS(0, 0.25f), "--threshold");

  folder_add(&folder, FLOATS(0, 0.25f));
  g_autoptr(MsReading) maps = folder_decide(&folder, actual);
  g_assert_cmpint(maps->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_cmpuint(maps->maximum, ==, MS_READING_FLOAT_MAXIMUM);
  APPLIED(maps, FLOATS(0, 0.25f), 16, 0, 1000);
  APPLIED(maps, NUMBERS(0, 1), 16, 0, 4000);
  APPLIED(maps, GREY(8, 0, 51, 255), 16, 0, 800, 4000);
  APPLIED(maps, GREY(8, 0, 1), 16, 0, 4000);
  assert_refused(maps, NUMBERS(0, 3, 5), "beyond 0 and 1");
}

/* One row that cannot be read stops no others. */
static void
test_bad_rows(void)
{
  g_auto(Folder) folder = folder_new(TRUE);
  folder_add(&folder, GREY(8, 0, 255));
  folder_add(&folder, FLOATS(-3.5f, 1));
  g_autoptr(MsReading) binary = folder_decide(&folder, NULL);
  g_assert_cmpint(binary->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(binary, GREY(8, 0, 255), 8, 0, 1);
  assert_refused(binary, FLOATS(-3.5f, 1), "no ids");
  g_autoptr(MsReading) maps = folder_decide(&folder, binary);
  g_assert_cmpint(maps->encoding, ==, MS_ENCODING_PROBABILITY);
  APPLIED(maps, GREY(8, 0, 255), 16, 0, 4000);
  assert_refused(maps, FLOATS(-3.5f, 1), "outside 0 to 1");
  folder_add(&folder, GREY(8, 0, 1, 2));
  g_autoptr(MsReading) classes = folder_decide(&folder, NULL);
  g_assert_cmpint(classes->encoding, ==, MS_ENCODING_CLASSES);
  g_autoptr(MsReading) predicted = folder_decide(&folder, classes);
  assert_refused(predicted, FLOATS(-3.5f, 1), "no class ids");

  folder_empty(&folder, TRUE);
  folder_add(&folder, NUMBERS(0, 70000));
  folder_add(&folder, NUMBERS(0, 80000));
  g_autoptr(MsReading) ids = folder_decide(&folder, NULL);
  g_assert_cmpint(ids->encoding, ==, MS_ENCODING_CLASSES);
}

/* Records of an annotation file on the other side. */
static void
test_annotated(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  MsReading actual = {.encoding = MS_ENCODING_STACKS,
                      .ignored = g_array_new(FALSE, FALSE, sizeof(guint32)),
                      .values = g_array_new(FALSE, FALSE, sizeof(guint32))};
  const MsIdHints hints = {.classes = TRUE};
  g_autoptr(MsReading) predicted = folder_decide_one(&folder, &actual, GREY(8, 0, 1));
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_CLASSES);
  folder_empty(&folder, FALSE);
  ms_reading_survey_set_hints(folder.survey, &hints);
  folder_add(&folder, GREY(8, 0, 1));
  g_autoptr(MsReading) ids = folder_decide(&folder, NULL);
  g_assert_cmpint(ids->encoding, ==, MS_ENCODING_CLASSES);
  g_array_unref(actual.ignored);
  g_array_unref(actual.values);
}

/* A decoder's note reaches the user. */
static void
test_note(void)
{
  g_auto(Folder) folder = folder_new(FALSE);
  MsSamples *samples = NUMBERS(0, 1, 2);
  samples->note = g_strdup("3 channels: the highest is the id");
  g_autoptr(MsReading) reading = folder_decide_one(&folder, NULL, samples);
  assert_told(reading, "; 3 channels: the highest is the id");
}

int
main(int argc, char *argv[])
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/reading-wide/binary", test_binary);
  g_test_add_func("/reading-wide/classes", test_classes);
  g_test_add_func("/reading-wide/negative", test_negative);
  g_test_add_func("/reading-wide/map", test_map);
  g_test_add_func("/reading-wide/mixed-map", test_mixed_map);
  g_test_add_func("/reading-wide/soft-actual", test_soft_actual);
  g_test_add_func("/reading-wide/exact-threshold", test_exact_threshold);
  g_test_add_func("/reading-wide/exact-scaled", test_exact_scaled);
  g_test_add_func("/reading-wide/instance-names", test_instance_names);
  g_test_add_func("/reading-wide/plain", test_plain);
  g_test_add_func("/reading-wide/divisor", test_divisor);
  g_test_add_func("/reading-wide/mapped", test_mapped);
  g_test_add_func("/reading-wide/rows", test_rows);
  g_test_add_func("/reading-wide/bad-rows", test_bad_rows);
  g_test_add_func("/reading-wide/annotated", test_annotated);
  g_test_add_func("/reading-wide/note", test_note);
  return g_test_run();
}
