/* SPDX-License-Identifier: MIT
 *
 * How a folder of masks is read: one test for each rule, on samples made in memory, with the
 * decision and what it makes of a file.
 */
#include "kept-facts.h"
#include "set/reading.h"

#include <string.h>

#include "io/error.h"
#include "set/set.h"

typedef struct {
  MsReadingSurvey *survey;
  MsOptions *options;
  MsClassTable *table;
  gboolean found_table;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->survey = ms_reading_survey_new(FALSE);
  fixture->options = ms_options_new();
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
  ms_reading_survey_free(fixture->survey);
  ms_options_free(fixture->options);
}

/* A one-row file; `values` holds every sample of every channel. */
static MsSamples *
make_samples(MsColorType color, int depth, int width, const guint *values)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_samples_new(width, 1, color, depth, "test", &error);

  g_assert_no_error(error);
  for (int i = 0; i < width * samples->channels; i++) {
    if (samples->bytes == 2)
      ((guint16 *)(void *)samples->pixels)[i] = values[i];
    else
      samples->pixels[i] = values[i];
  }
  return samples;
}

#define SAMPLES(color, depth, channels, ...)                                                       \
  make_samples(color, depth, G_N_ELEMENTS(((guint[]){__VA_ARGS__})) / (channels),                  \
               (const guint[]){__VA_ARGS__})
#define GREY(depth, ...) SAMPLES(MS_COLOR_GREY, depth, 1, __VA_ARGS__)
#define RGB(...)         SAMPLES(MS_COLOR_RGB, 8, 3, __VA_ARGS__)

static void
add(MsReadingSurvey *survey, MsSamples *samples)
{
  kept_facts_add(survey, samples, NULL);
  ms_samples_free(samples);
}

static MsReading *
decide_full(Fixture *fixture, const MsReading *actual, GError **error)
{
  return ms_reading_decide(fixture->survey, actual, fixture->options, fixture->table,
                           fixture->found_table, "some/folder", error);
}

static MsReading *
decide(Fixture *fixture, const MsReading *actual)
{
  g_autoptr(GError) error = NULL;
  MsReading *reading = decide_full(fixture, actual, &error);

  g_assert_no_error(error);
  g_assert_nonnull(reading->description);
  g_assert_nonnull(reading->ignored);
  return reading;
}

/* The reading of a folder that holds this one file. */
static MsReading *
decide_one(Fixture *fixture, const MsReading *actual, MsSamples *samples)
{
  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, samples);
  return decide(fixture, actual);
}

static void
assert_ignored(const MsReading *reading, guint n, const guint32 *ids)
{
  g_assert_cmpuint(reading->ignored->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint(g_array_index(reading->ignored, guint32, i), ==, ids[i]);
}

static void
assert_applies_to(const MsReading *reading, MsSamples *samples, int bits, const guint *expected)
{
  g_autoptr(GError) error = NULL;
  MsRaster raster = {0};

  ms_reading_apply(reading, samples, "a.png", &raster, &error);
  g_assert_no_error(error);
  g_assert_nonnull(raster.owned);
  g_assert_cmpint(raster.bits, ==, bits);
  g_assert_cmpint(raster.width, ==, samples->width);
  for (int x = 0; x < raster.width; x++)
    g_assert_cmpuint(ms_raster_get(&raster, x, 0), ==, expected[x]);
  ms_raster_clear(&raster);
  ms_samples_free(samples);
}

#define APPLIED(reading, samples, bits, ...)                                                       \
  assert_applies_to(reading, samples, bits, (const guint[]){__VA_ARGS__})

static void
assert_refused(const MsReading *reading, MsSamples *samples, const char *word)
{
  g_autoptr(GError) error = NULL;
  MsRaster raster = {0};

  g_assert_false(ms_reading_apply(reading, samples, "b/c.png", &raster, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
  g_assert_nonnull(strstr(error->message, "b/c.png"));
  g_assert_nonnull(strstr(error->message, word));
  g_assert_null(raster.owned);
  ms_samples_free(samples);
}

static MsReading *
binary_actual(Fixture *fixture)
{
  return decide_one(fixture, NULL, GREY(8, 0, 255));
}

static MsReading *
classes_actual(Fixture *fixture)
{
  return decide_one(fixture, NULL, GREY(8, 0, 1, 2, 11));
}

static void
test_binary(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_one(fixture, NULL, GREY(8, 0, 255, 255));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(reading->positive, ==, -1);
  g_assert_false(reading->guessed);
  assert_ignored(reading, 0, NULL);
  g_assert_cmpstr(reading->description, ==,
                  "8-bit grey with values 0 and 255: binary, every value but 0 is positive");
  APPLIED(reading, GREY(8, 0, 255, 255, 0), 8, 0, 1, 1, 0);
  APPLIED(reading, GREY(16, 0, 65535), 8, 0, 1);
  APPLIED(reading, GREY(1, 0, 1), 8, 0, 1);
  APPLIED(reading, RGB(0, 0, 0, 255, 255, 255), 8, 0, 1);
  APPLIED(reading, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1), 8, 0, 1);
  assert_refused(reading, RGB(0, 0, 0, 7, 8, 7), "colour");
}

static void
test_binary_forms(Fixture *fixture, gconstpointer data)
{
  const struct {
    MsSamples *samples;
  } cases[] = {
      {GREY(8, 0, 1)},
      {GREY(8, 0, 128)},
      {GREY(1, 0, 1)},
      {GREY(4, 0, 15)},
      {GREY(16, 0, 65535)},
      {GREY(8, 0, 0)},
      {GREY(8, 255, 255)},
      {SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1)},
      {RGB(0, 0, 0, 255, 255, 255)},
      {SAMPLES(MS_COLOR_RGBA, 8, 4, 0, 0, 0, 255, 9, 9, 9, 255)},
      {SAMPLES(MS_COLOR_GREY_ALPHA, 8, 2, 0, 255, 9, 10)},
  };

  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsReading) reading = decide_one(fixture, NULL, cases[i].samples);

    g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
    g_assert_false(reading->guessed);
    g_assert_false(reading->alpha);
  }
}

static void
test_binary_mixed_depths(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = NULL;

  add(fixture->survey, GREY(8, 0, 255));
  add(fixture->survey, GREY(1, 0, 1));
  add(fixture->survey, SAMPLES(MS_COLOR_PALETTE, 1, 1, 0, 1));
  add(fixture->survey, GREY(16, 0, 65535));
  reading = decide(fixture, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
}

static void
test_two_values_without_zero(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_one(fixture, NULL, GREY(8, 1, 2));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_true(reading->guessed);
  g_assert_nonnull(strstr(reading->description, "--positive"));
}

static void
test_palette(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading =
      decide_one(fixture, NULL, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 15, 255));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  assert_ignored(reading, 1, (const guint32[]){255});
  APPLIED(reading, SAMPLES(MS_COLOR_PALETTE, 4, 1, 0, 15, 3), 8, 0, 15, 3);
}

static void
test_classes(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_one(fixture, NULL, GREY(8, 0, 1, 2, 255));
  g_autoptr(MsReading) void_binary = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  g_autoptr(MsReading) wide = decide_one(fixture, NULL, GREY(16, 0, 300, 999));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_false(reading->guessed);
  assert_ignored(reading, 1, (const guint32[]){255});
  g_assert_cmpuint(reading->largest, ==, 255);
  g_assert_cmpstr(reading->description, ==,
                  "8-bit grey with values 0, 1, 2 and 255: class ids; ignored: 255");
  APPLIED(reading, GREY(8, 0, 1, 255), 8, 0, 1, 255);
  APPLIED(reading, GREY(16, 0, 300), 16, 0, 300);
  APPLIED(reading, RGB(4, 4, 4, 7, 7, 7), 8, 4, 7);
  assert_refused(reading, RGB(4, 4, 5), "colour");

  g_assert_cmpint(void_binary->encoding, ==, MS_ENCODING_CLASSES);
  assert_ignored(void_binary, 1, (const guint32[]){255});

  g_assert_cmpint(wide->encoding, ==, MS_ENCODING_CLASSES);
  assert_ignored(wide, 0, NULL);
}

static void
test_grey(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_one(fixture, NULL, GREY(8, 0, 3, 200, 255));
  g_autoptr(MsReading) low = decide_one(fixture, NULL, GREY(8, 0, 3, 199, 255));
  g_autoptr(MsReading) no_white = decide_one(fixture, NULL, GREY(8, 0, 3, 250));
  g_autoptr(MsReading) no_black = decide_one(fixture, NULL, GREY(8, 3, 250, 255));
  g_autoptr(MsReading) wide = decide_one(fixture, NULL, GREY(16, 0, 3, 250, 255));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_GREY);
  g_assert_true(reading->guessed);
  assert_ignored(reading, 0, NULL);
  g_assert_nonnull(strstr(reading->description, "above 127"));
  APPLIED(reading, GREY(8, 0, 127, 128, 255), 8, 0, 0, 1, 1);
  APPLIED(reading, GREY(2, 0, 1, 2, 3), 8, 0, 0, 1, 1);
  assert_refused(reading, GREY(16, 0, 1), "16 bits");
  assert_refused(reading, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1), "palette");
  g_assert_cmpint(low->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpint(no_white->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpint(no_black->encoding, ==, MS_ENCODING_CLASSES);
  g_assert_cmpint(wide->encoding, ==, MS_ENCODING_CLASSES);
}

static void
test_jpeg(Fixture *fixture, gconstpointer data)
{
  MsSamples *ringing = RGB(0, 0, 0, 4, 4, 4, 250, 250, 250, 255, 255, 255);
  MsSamples *colored = RGB(0, 0, 0, 255, 0, 0, 255, 128, 0, 255, 255, 255);
  g_autoptr(MsReading) reading = NULL;

  ringing->lossy = TRUE;
  colored->lossy = TRUE;
  reading = decide_one(fixture, NULL, ringing);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_GREY);
  g_assert_nonnull(strstr(reading->description, "luma"));
  APPLIED(reading, colored, 8, 0, 0, 1, 1); /* red has luma 76, orange 151 */
}

static void
test_two_colors(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading =
      decide_one(fixture, NULL, RGB(255, 255, 0, 128, 0, 0, 255, 255, 0));
  const guint8 dark[3] = {128, 0, 0};

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_TWO_COLORS);
  g_assert_true(reading->guessed);
  g_assert_cmpmem(reading->dark, 3, dark, 3);
  g_assert_nonnull(strstr(reading->description, "#800000"));
  APPLIED(reading, RGB(128, 0, 0, 255, 255, 0), 8, 0, 1);
  APPLIED(reading, SAMPLES(MS_COLOR_RGBA, 8, 4, 128, 0, 0, 9, 255, 255, 0, 0), 8, 0, 1);
  assert_refused(reading, RGB(128, 0, 0, 0, 0, 255), "third colour");
}

/* Black lies in a grey file, red in a coloured one: two colours in all. */
static void
test_two_colors_with_grey(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = NULL;

  add(fixture->survey, GREY(8, 0, 0));
  add(fixture->survey, RGB(0, 0, 0, 255, 0, 0));
  reading = decide(fixture, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_TWO_COLORS);
  APPLIED(reading, GREY(8, 0, 0), 8, 0, 0);
  assert_refused(reading, GREY(8, 0, 9), "third colour");
}

static void
assert_no_decision(Fixture *fixture, const MsReading *actual, const char *word)
{
  g_autoptr(GError) error = NULL;

  g_assert_null(decide_full(fixture, actual, &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  g_assert_nonnull(strstr(error->message, "some/folder"));
  g_assert_nonnull(strstr(error->message, word));
}

static void
test_many_colors(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = classes_actual(fixture);

  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, RGB(0, 0, 0, 255, 0, 0));
  add(fixture->survey, RGB(0, 0, 255));
  assert_no_decision(fixture, NULL, "class table");
  assert_no_decision(fixture, actual, "class table");
}

static void
test_alpha(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading =
      decide_one(fixture, NULL, SAMPLES(MS_COLOR_RGBA, 8, 4, 9, 8, 7, 0, 9, 8, 7, 255));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  g_assert_true(reading->alpha);
  g_assert_true(reading->guessed);
  g_assert_nonnull(strstr(reading->description, "alpha"));
  APPLIED(reading, SAMPLES(MS_COLOR_RGBA, 8, 4, 1, 2, 3, 0, 9, 8, 7, 255), 8, 0, 1);
  APPLIED(reading, SAMPLES(MS_COLOR_GREY_ALPHA, 8, 2, 1, 0, 9, 255), 8, 0, 1);
  assert_refused(reading, GREY(8, 0, 1), "alpha");
}

static void
test_probability(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = binary_actual(fixture);
  g_autoptr(MsReading) eight = decide_one(fixture, actual, GREY(8, 0, 3, 200, 255));
  g_autoptr(MsReading) sixteen = decide_one(fixture, actual, GREY(16, 0, 3, 65535));
  g_autoptr(MsReading) faint = decide_one(fixture, actual, GREY(8, 0, 1, 2));

  g_assert_cmpint(eight->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_cmpuint(eight->maximum, ==, 255);
  g_assert_false(eight->guessed);
  APPLIED(eight, GREY(8, 0, 3, 255), 8, 0, 3, 255);
  APPLIED(eight, GREY(1, 0, 1), 8, 0, 255);
  APPLIED(eight, GREY(4, 0, 1, 15), 8, 0, 17, 255);
  assert_refused(eight, GREY(16, 0, 1), "16 bits");
  assert_refused(eight, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1), "palette");
  assert_refused(eight, RGB(1, 2, 3), "colour");

  g_assert_cmpuint(sixteen->maximum, ==, 65535);
  APPLIED(sixteen, GREY(16, 0, 3, 65535), 16, 0, 3, 65535);
  APPLIED(sixteen, GREY(8, 0, 1, 255), 16, 0, 257, 65535);
  APPLIED(sixteen, GREY(1, 0, 1), 16, 0, 65535);

  g_assert_cmpint(faint->encoding, ==, MS_ENCODING_PROBABILITY);
  g_assert_true(faint->guessed);
}

static void
test_predicted_of_binary(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = binary_actual(fixture);
  g_autoptr(MsReading) odd = decide_one(fixture, actual, GREY(8, 0, 254));
  g_autoptr(MsReading) palette =
      decide_one(fixture, actual, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1, 2));
  g_autoptr(MsReading) colors = decide_one(fixture, actual, RGB(0, 0, 0, 0, 255, 0));

  g_assert_cmpint(odd->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(odd, GREY(8, 0, 254), 8, 0, 1);
  g_assert_cmpint(palette->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(palette, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1, 2), 8, 0, 1, 1);
  g_assert_cmpint(colors->encoding, ==, MS_ENCODING_TWO_COLORS);
}

static void
test_predicted_of_grey(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = decide_one(fixture, NULL, GREY(8, 0, 3, 220, 255));
  g_autoptr(MsReading) reading = decide_one(fixture, actual, GREY(8, 0, 3, 220, 255));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_PROBABILITY);
}

static void
test_predicted_of_classes(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = classes_actual(fixture);
  g_autoptr(MsReading) reading = decide_one(fixture, actual, GREY(8, 0, 255));
  g_autoptr(MsReading) stray = decide_one(fixture, actual, GREY(8, 0, 1, 77));

  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  assert_ignored(reading, 0, NULL);
  APPLIED(reading, GREY(8, 0, 255), 8, 0, 255);
  g_assert_nonnull(strstr(reading->description, "--positive nonzero"));
  g_assert_true(stray->guessed);
}

static void
assert_told(const MsReading *reading, const char *words)
{
  g_assert_true(reading->guessed);
  g_assert_nonnull(strstr(reading->description, words));
}

/* Class ids that are probably none are said to be so, with what to do. */
static void
test_suspicious_ids(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) one_class = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  g_autoptr(MsReading) map =
      decide_one(fixture, one_class, GREY(8, 0, 9, 40, 77, 98, 122, 170, 199, 230, 254));
  g_autoptr(MsReading) white = decide_one(fixture, one_class, GREY(8, 0, 255));
  g_autoptr(MsReading) fine = decide_one(fixture, one_class, GREY(8, 0, 1));
  g_autoptr(MsReading) mixture = NULL;
  g_autoptr(MsReading) lost = NULL;

  g_assert_false(one_class->guessed);
  g_assert_false(fine->guessed);
  assert_told(map, "--threshold 0.5");
  assert_told(white, "--positive nonzero");

  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, GREY(8, 0, 1));
  add(fixture->survey, GREY(8, 0, 255));
  mixture = decide(fixture, NULL);
  g_assert_cmpint(mixture->encoding, ==, MS_ENCODING_CLASSES);
  assert_told(mixture, "1 of 2 files, hold nothing but 0 and 255");

  fixture->options->positive_choice = MS_CHOICE_GIVEN;
  fixture->options->positive = 7;
  lost = decide_one(fixture, NULL, GREY(8, 0, 255));
  assert_told(lost, "7, which --positive names");
}

/* A manifest's rows: each is binary by itself. */
static void
test_rows(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = NULL;
  g_autoptr(MsReading) predicted = NULL;
  g_autoptr(MsReading) maps = NULL;

  ms_reading_survey_free(fixture->survey);
  fixture->survey = ms_reading_survey_new(TRUE);
  add(fixture->survey, GREY(8, 0, 255));
  add(fixture->survey, GREY(8, 0, 1));
  add(fixture->survey, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 15));
  add(fixture->survey, RGB(9, 0, 0, 0, 99, 0));
  add(fixture->survey, SAMPLES(MS_COLOR_RGBA, 8, 4, 9, 8, 7, 0, 9, 8, 7, 255));
  reading = decide(fixture, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  g_assert_true(reading->per_file);
  APPLIED(reading, GREY(8, 0, 128), 8, 0, 1);
  APPLIED(reading, GREY(16, 0, 65535), 8, 0, 1);
  APPLIED(reading, GREY(4, 0, 1), 8, 0, 1);
  APPLIED(reading, GREY(8, 0, 127, 201, 255), 8, 0, 0, 1, 1);
  APPLIED(reading, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 3), 8, 0, 1);
  APPLIED(reading, RGB(9, 0, 0, 0, 99, 0), 8, 0, 1);
  APPLIED(reading, RGB(255, 255, 0, 70, 0, 80), 8, 1, 0);
  APPLIED(reading, SAMPLES(MS_COLOR_RGBA, 8, 4, 9, 8, 7, 0, 9, 8, 7, 255), 8, 0, 1);
  assert_refused(reading, GREY(8, 0, 1, 2), "3 values");
  assert_refused(reading, RGB(7, 0, 0, 7, 0, 0), "one colour");

  predicted = decide(fixture, reading);
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(predicted, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 3, 4), 8, 0, 1, 1);
  assert_refused(predicted, GREY(8, 0, 127, 201, 255), "--threshold");
  add(fixture->survey, GREY(16, 0, 5, 300));
  maps = decide(fixture, reading);
  g_assert_cmpint(maps->encoding, ==, MS_ENCODING_PROBABILITY);
  APPLIED(maps, GREY(8, 0, 1), 16, 0, 65535);
  APPLIED(maps, GREY(8, 0, 7, 255), 16, 0, 7 * 257, 65535);
  APPLIED(maps, RGB(9, 0, 0, 0, 99, 0), 16, 0, 65535);
}

/* What looks like one class to a file is not taken for a binary set. */
static void
test_rows_of_ids(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = NULL;

  ms_reading_survey_free(fixture->survey);
  fixture->survey = ms_reading_survey_new(TRUE);
  add(fixture->survey, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 15));
  add(fixture->survey, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 3));
  reading = decide(fixture, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_CLASSES);
  assert_refused(reading, GREY(8, 0, 255), "--ignore 255");
  APPLIED(reading, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 255), 8, 0, 255);
  APPLIED(reading, GREY(8, 0, 3, 255), 8, 0, 3, 255);
}

static void
test_positive(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = NULL;
  g_autoptr(MsReading) predicted = NULL;
  g_autoptr(MsReading) nonzero = NULL;
  guint32 void_label = 255;

  fixture->options->positive_choice = MS_CHOICE_GIVEN;
  fixture->options->positive = 2;
  actual = decide_one(fixture, NULL, GREY(8, 0, 1, 2, 255));
  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(actual->positive, ==, 2);
  assert_ignored(actual, 0, NULL);
  APPLIED(actual, GREY(8, 0, 1, 2, 255), 8, 0, 0, 1, 0);

  fixture->options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_val(fixture->options->ignore, void_label);
  predicted = decide_one(fixture, actual, GREY(8, 0, 1, 2, 255));
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_BINARY);
  assert_ignored(predicted, 0, NULL);
  APPLIED(predicted, GREY(8, 0, 1, 2, 255), 8, 0, 0, 1, 0);

  fixture->options->positive_choice = MS_CHOICE_NONE;
  nonzero = decide_one(fixture, NULL, GREY(8, 0, 1, 2, 255));
  assert_ignored(nonzero, 1, (const guint32[]){255});
  APPLIED(nonzero, GREY(8, 0, 1, 2, 255), 8, 0, 1, 1, MS_READING_IGNORED);
  APPLIED(nonzero, GREY(16, 0, 1, 255, 256), 8, 0, 1, MS_READING_IGNORED, 1);
}

static void
test_threshold(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = binary_actual(fixture);
  g_autoptr(MsReading) predicted = NULL;
  g_autoptr(MsReading) with_void = NULL;
  g_autoptr(MsReading) grey = NULL;

  fixture->options->has_threshold = TRUE;
  predicted = decide_one(fixture, actual, GREY(8, 0, 255));
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_PROBABILITY);
  with_void = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  g_assert_cmpint(with_void->encoding, ==, MS_ENCODING_BINARY);
  g_assert_true(with_void->guessed);
  APPLIED(with_void, GREY(8, 0, 1, 255), 8, 0, 1, MS_READING_IGNORED);
  grey = decide_one(fixture, NULL, GREY(8, 0, 3, 220, 255));
  g_assert_cmpint(grey->encoding, ==, MS_ENCODING_GREY);

  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, GREY(8, 0, 1, 2, 3));
  assert_no_decision(fixture, NULL, "--positive");
  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 1));
  assert_no_decision(fixture, actual, "--threshold");
}

/* What --ignore names does not count among the values. */
static void
test_threshold_with_ignored(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) trimap = NULL;
  guint32 between = 128;

  fixture->options->has_threshold = TRUE;
  add(fixture->survey, GREY(8, 0, 128, 255));
  assert_no_decision(fixture, NULL, "--ignore");
  fixture->options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_val(fixture->options->ignore, between);
  trimap = decide(fixture, NULL);
  g_assert_cmpint(trimap->encoding, ==, MS_ENCODING_BINARY);
  APPLIED(trimap, GREY(8, 0, 128, 255), 8, 0, MS_READING_IGNORED, 1);
}

static MsClass table_classes[] = {{.id = 0, .name = (char *)"background"},
                                  {.id = 1, .name = (char *)"one"},
                                  {.id = 2, .name = (char *)"two"}};
static guint32 table_ids[] = {0, 1, 2};

static MsClassTable
make_table(guint n_classes)
{
  return (MsClassTable){
      .classes = table_classes,
      .ids = table_ids,
      .n_classes = n_classes,
      .background = 0,
      .ignored = -1,
      .source = (char *)"classes.txt",
  };
}

static void
test_asked_table(Fixture *fixture, gconstpointer data)
{
  MsClassTable table = make_table(3);
  g_autoptr(MsReading) few = NULL;
  g_autoptr(MsReading) outside = NULL;
  g_autoptr(MsReading) names = NULL;

  fixture->table = &table;
  few = decide_one(fixture, NULL, GREY(8, 0, 1));
  g_assert_cmpint(few->encoding, ==, MS_ENCODING_CLASSES);
  assert_ignored(few, 1, (const guint32[]){255});
  outside = decide_one(fixture, NULL, GREY(8, 0, 9));
  g_assert_cmpint(outside->encoding, ==, MS_ENCODING_CLASSES);

  table = make_table(2);
  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  add(fixture->survey, GREY(8, 0, 255));
  assert_no_decision(fixture, NULL, "--positive nonzero");
  fixture->options->positive_choice = MS_CHOICE_NONE;
  names = decide(fixture, NULL);
  g_assert_cmpint(names->encoding, ==, MS_ENCODING_BINARY);
}

static void
test_found_table(Fixture *fixture, gconstpointer data)
{
  MsClassTable table = make_table(3);
  g_autoptr(MsReading) inside = NULL;
  g_autoptr(MsReading) outside = NULL;
  g_autoptr(MsReading) two = NULL;

  fixture->table = &table;
  fixture->found_table = TRUE;
  inside = decide_one(fixture, NULL, GREY(8, 0, 2));
  g_assert_cmpint(inside->encoding, ==, MS_ENCODING_CLASSES);
  outside = decide_one(fixture, NULL, GREY(8, 0, 255));
  g_assert_cmpint(outside->encoding, ==, MS_ENCODING_BINARY);
  table = make_table(2);
  two = decide_one(fixture, NULL, GREY(8, 0, 1));
  g_assert_cmpint(two->encoding, ==, MS_ENCODING_BINARY);
}

static void
test_table_has_255(Fixture *fixture, gconstpointer data)
{
  MsClass classes[] = {{.id = 0}, {.id = 1}, {.id = 255}};
  guint32 ids[] = {0, 1, 255};
  MsClassTable table = make_table(3);
  g_autoptr(MsReading) reading = NULL;

  table.classes = classes;
  table.ids = ids;
  fixture->table = &table;
  reading = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  assert_ignored(reading, 0, NULL);
}

static void
test_ignore(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) none = NULL;
  g_autoptr(MsReading) given = NULL;
  guint32 ids[] = {3, 7};

  fixture->options->ignore_choice = MS_CHOICE_NONE;
  none = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  assert_ignored(none, 0, NULL);
  fixture->options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_vals(fixture->options->ignore, ids, 2);
  given = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  assert_ignored(given, 2, ids);
}

static void
test_nothing_readable(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = decide(fixture, NULL);
  g_autoptr(MsReading) predicted = decide(fixture, actual);

  g_assert_cmpint(actual->encoding, ==, MS_ENCODING_BINARY);
  g_assert_cmpint(predicted->encoding, ==, MS_ENCODING_BINARY);
  g_assert_true(actual->guessed);
}

static void
test_copy(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = classes_actual(fixture);
  g_autoptr(MsReading) copy = ms_reading_copy(reading);

  g_assert_cmpstr(copy->description, ==, reading->description);
  g_assert_false(copy->description == reading->description);
  g_assert_false(copy->ignored == reading->ignored);
  assert_ignored(copy, 1, (const guint32[]){255});
  ms_reading_free(NULL);
}

/* --- files after the first ones ------------------------------------------------------------- */

/* The reading of a folder of as many files as are looked at, all alike. */
static MsReading *
decide_many(Fixture *fixture, const MsReading *actual, guint positive)
{
  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  for (int i = 0; i < MS_READING_N_FILES; i++)
    add(fixture->survey, GREY(8, 0, positive));
  return decide(fixture, actual);
}

static void
test_late_values(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = decide_many(fixture, NULL, 1);
  g_autoptr(MsReading) white = decide_many(fixture, NULL, 255);
  g_autoptr(MsReading) predicted = decide_many(fixture, white, 255);
  MsSamples *lossy = GREY(8, 0, 3, 250);

  APPLIED(actual, GREY(8, 0, 0), 8, 0, 0);
  APPLIED(actual, GREY(8, 1, 1), 8, 1, 1);
  APPLIED(actual, GREY(8, 0, 1, 0), 8, 0, 1, 0);
  APPLIED(actual, GREY(16, 0, 65535), 8, 0, 1);
  assert_refused(actual, GREY(8, 0, 1, 2), "holds value 2, but");
  assert_refused(actual, GREY(8, 0, 2),
                 "values 0 and 1 and are read as binary; --positive nonzero");
  assert_refused(actual, GREY(8, 0, 1, 255), "--ignore 255 that it counts nowhere");
  assert_refused(actual, GREY(8, 0, 2, 9), "--ignore 2,9 that they count nowhere");
  assert_refused(actual, GREY(8, 0, 255), "holds value 255");
  assert_refused(actual, GREY(16, 0, 300), "holds value 300");
  assert_refused(actual, GREY(16, 0, 1, 65535), "holds values 1 and 65535");
  assert_refused(actual, SAMPLES(MS_COLOR_PALETTE, 8, 1, 0, 3, 4), "holds values 3 and 4");
  assert_refused(white, GREY(8, 0, 1), "holds value 1");
  assert_refused(predicted, GREY(8, 60, 255), "holds value 60");
  assert_refused(predicted, GREY(8, 0, 60, 255), "--threshold 0.5");
  lossy->lossy = TRUE;
  assert_refused(white, lossy, "save masks as PNG");
}

/* What the options say is not doubted. */
static void
test_late_values_told(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) nonzero = NULL;
  g_autoptr(MsReading) ignoring = NULL;
  guint32 void_label = 255;

  fixture->options->positive_choice = MS_CHOICE_NONE;
  nonzero = decide_many(fixture, NULL, 1);
  APPLIED(nonzero, GREY(8, 0, 1, 2, 255), 8, 0, 1, 1, 1);
  fixture->options->positive_choice = MS_CHOICE_AUTO;
  fixture->options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_val(fixture->options->ignore, void_label);
  ignoring = decide_many(fixture, NULL, 1);
  APPLIED(ignoring, GREY(8, 0, 1, 255), 8, 0, 1, MS_READING_IGNORED);
  assert_refused(ignoring, GREY(8, 0, 1, 2, 255), "holds value 2, but");
}

static void
test_late_values_of_empty(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_many(fixture, NULL, 0);
  g_autoptr(MsReading) blind = NULL;

  APPLIED(reading, GREY(8, 0, 0), 8, 0, 0);
  APPLIED(reading, GREY(8, 0, 255), 8, 0, 1);
  APPLIED(reading, GREY(8, 7, 7), 8, 1, 1);
  APPLIED(reading, GREY(16, 0, 300), 8, 0, 1);
  assert_refused(reading, GREY(8, 0, 1, 2, 3), "values 1, 2 and 3, but");
  assert_refused(reading, GREY(8, 0, 1, 2, 3), "nothing but value 0 and");
  assert_refused(reading, GREY(8, 1, 2), "--classes");
  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  blind = decide(fixture, NULL);
  APPLIED(blind, GREY(8, 0, 255), 8, 0, 1);
  assert_refused(blind, GREY(8, 0, 1, 255), "values 1 and 255, but");
}

/* Grey masks may hold anything between, but black ones hold no ids. */
static void
test_late_values_of_grey(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) reading = decide_one(fixture, NULL, GREY(8, 0, 3, 200, 255));
  MsSamples *lossy = GREY(8, 0, 1, 2);

  APPLIED(reading, GREY(8, 0, 9, 140), 8, 0, 0, 1);
  APPLIED(reading, GREY(8, 0, 0), 8, 0, 0);
  APPLIED(reading, GREY(1, 0, 1), 8, 0, 1);
  assert_refused(reading, GREY(8, 0, 1), "none is above 127");
  lossy->lossy = TRUE;
  APPLIED(reading, lossy, 8, 0, 0, 0);
}

/* A mask that lies in alpha, among others that do not. */
static void
test_late_alpha(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) binary = decide_many(fixture, NULL, 255);
  g_autoptr(MsReading) classes = classes_actual(fixture);

  assert_refused(binary, SAMPLES(MS_COLOR_RGBA, 8, 4, 0, 0, 0, 0, 0, 0, 0, 255), "alpha");
  assert_refused(classes, SAMPLES(MS_COLOR_GREY_ALPHA, 8, 2, 0, 0, 0, 255), "alpha");
  APPLIED(binary, SAMPLES(MS_COLOR_RGBA, 8, 4, 0, 0, 0, 255, 0, 0, 0, 255), 8, 0, 0);
  APPLIED(binary, SAMPLES(MS_COLOR_GREY_ALPHA, 8, 2, 0, 9, 255, 255), 8, 0, 1);
}

/* 255 beside 1 is void where every predicted mask is a binary one. */
static void
test_void_beside_binary(Fixture *fixture, gconstpointer data)
{
  const MsIdHints hints = {.binary_beside = TRUE};
  g_autoptr(MsReading) reading = NULL;
  g_autoptr(MsReading) predicted = NULL;
  g_autoptr(MsReading) told = NULL;
  g_autoptr(MsReading) mixture = NULL;

  ms_reading_survey_set_hints(fixture->survey, &hints);
  add(fixture->survey, GREY(8, 0, 1));
  add(fixture->survey, GREY(8, 0, 1, 255));
  reading = decide(fixture, NULL);
  g_assert_cmpint(reading->encoding, ==, MS_ENCODING_BINARY);
  assert_told(reading, "255 is taken for the void label");
  APPLIED(reading, GREY(8, 0, 1, 255), 8, 0, 1, MS_READING_IGNORED);
  assert_refused(reading, GREY(8, 0, 1, 2, 255), "holds value 2, but");
  told = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  g_assert_cmpint(told->encoding, ==, MS_ENCODING_CLASSES);
  predicted = decide_one(fixture, told, GREY(8, 0, 255));
  assert_told(predicted, "--positive nonzero --ignore 255");

  g_clear_pointer(&fixture->survey, ms_reading_survey_free);
  fixture->survey = ms_reading_survey_new(FALSE);
  ms_reading_survey_set_hints(fixture->survey, &hints);
  add(fixture->survey, GREY(8, 0, 1));
  add(fixture->survey, GREY(8, 0, 255));
  mixture = decide(fixture, NULL);
  g_assert_cmpint(mixture->encoding, ==, MS_ENCODING_CLASSES);
}

/* The remedy that is named leads to the same as what is read without it. */
static void
test_void_remedy(Fixture *fixture, gconstpointer data)
{
  g_autoptr(MsReading) actual = NULL;
  g_autoptr(MsReading) predicted = NULL;
  guint32 void_label = 255;

  fixture->options->positive_choice = MS_CHOICE_NONE;
  fixture->options->ignore_choice = MS_CHOICE_GIVEN;
  g_array_append_val(fixture->options->ignore, void_label);
  actual = decide_one(fixture, NULL, GREY(8, 0, 1, 255));
  predicted = decide_one(fixture, actual, GREY(8, 0, 255));
  APPLIED(actual, GREY(8, 0, 1, 255), 8, 0, 1, MS_READING_IGNORED);
  APPLIED(predicted, GREY(8, 0, 255), 8, 0, 1);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add("/reading/" name, Fixture, NULL, set_up, function, tear_down)
  ADD("binary", test_binary);
  ADD("binary-forms", test_binary_forms);
  ADD("binary-mixed-depths", test_binary_mixed_depths);
  ADD("two-values-without-zero", test_two_values_without_zero);
  ADD("palette", test_palette);
  ADD("classes", test_classes);
  ADD("grey", test_grey);
  ADD("jpeg", test_jpeg);
  ADD("two-colors", test_two_colors);
  ADD("two-colors-with-grey", test_two_colors_with_grey);
  ADD("many-colors", test_many_colors);
  ADD("alpha", test_alpha);
  ADD("probability", test_probability);
  ADD("predicted-of-binary", test_predicted_of_binary);
  ADD("predicted-of-grey", test_predicted_of_grey);
  ADD("predicted-of-classes", test_predicted_of_classes);
  ADD("suspicious-ids", test_suspicious_ids);
  ADD("rows", test_rows);
  ADD("rows-of-ids", test_rows_of_ids);
  ADD("threshold-with-ignored", test_threshold_with_ignored);
  ADD("positive", test_positive);
  ADD("threshold", test_threshold);
  ADD("asked-table", test_asked_table);
  ADD("found-table", test_found_table);
  ADD("table-has-255", test_table_has_255);
  ADD("ignore", test_ignore);
  ADD("nothing-readable", test_nothing_readable);
  ADD("late-values", test_late_values);
  ADD("late-values-told", test_late_values_told);
  ADD("late-values-of-empty", test_late_values_of_empty);
  ADD("late-values-of-grey", test_late_values_of_grey);
  ADD("late-alpha", test_late_alpha);
  ADD("void-beside-binary", test_void_beside_binary);
  ADD("void-remedy", test_void_remedy);
  ADD("copy", test_copy);
  return g_test_run();
}
