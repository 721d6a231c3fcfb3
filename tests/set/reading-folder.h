/* SPDX-License-Identifier: MIT
 *
 * Folders of masks made in memory: samples of any type, the decision how they are read, and what it
 * makes of a file.
 */
#pragma once

#include <string.h>

#include "io/error.h"
#include "kept-facts.h"
#include "set/reading.h"
#include "set/set.h"

/* What a role holds, and what is known beside. */
typedef struct {
  MsReadingSurvey *survey;
  MsOptions *options;
  MsClassTable *table; /* owned; may be NULL */
  gboolean found_table;
} Folder;

static inline void
folder_clear(Folder *folder)
{
  ms_reading_survey_free(folder->survey);
  ms_options_free(folder->options);
  ms_class_table_free(folder->table);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Folder, folder_clear)

static inline Folder
folder_new(gboolean per_file)
{
  return (Folder){.survey = ms_reading_survey_new(per_file), .options = ms_options_new()};
}

/* Forgets the files. */
static inline void
folder_empty(Folder *folder, gboolean per_file)
{
  ms_reading_survey_free(folder->survey);
  folder->survey = ms_reading_survey_new(per_file);
}

static inline void
folder_add(Folder *folder, MsSamples *samples)
{
  kept_facts_add(folder->survey, samples, NULL);
  ms_samples_free(samples);
}

static inline MsReading *
folder_decide(const Folder *folder, const MsReading *actual)
{
  g_autoptr(GError) error = NULL;
  MsReading *reading = ms_reading_decide(folder->survey, actual, folder->options, folder->table,
                                         folder->found_table, "some/folder", &error);
  g_assert_no_error(error);
  g_assert_nonnull(reading->description);
  return reading;
}

static inline void
folder_refuse(const Folder *folder, const MsReading *actual, const char *words)
{
  g_autoptr(GError) error = NULL;
  g_assert_null(ms_reading_decide(folder->survey, actual, folder->options, folder->table,
                                  folder->found_table, "some/folder", &error));
  g_assert_error(error, MS_SET_ERROR, MS_SET_ERROR_READING);
  if (!strstr(error->message, words) || !strstr(error->message, "some/folder"))
    g_error("\"%s\" does not say \"%s\"", error->message, words);
}

/* The reading of a folder with this file alone. */
static inline MsReading *
folder_decide_one(Folder *folder, const MsReading *actual, MsSamples *samples)
{
  folder_empty(folder, FALSE);
  folder_add(folder, samples);
  return folder_decide(folder, actual);
}

/* --- samples, of one row -------------------------------------------------------------------- */

static inline MsSamples *
row_of_scaled(MsColorType color, int depth, int n, const guint *values)
{
  MsSamples *samples = ms_samples_new(n / ms_color_channels(color), 1, color, depth, "test", NULL);
  for (int i = 0; i < n; i++) {
    if (samples->bytes == 2)
      ((guint16 *)(void *)samples->pixels)[i] = (guint16)values[i];
    else
      samples->pixels[i] = (guint8)values[i];
  }
  return samples;
}

static inline MsSamples *
row_of_numbers(int n, const gint64 *values)
{
  MsSamples *samples = ms_samples_new_numbers(n, 1, "test", NULL);
  for (int i = 0; i < n; i++)
    ((guint32 *)(void *)samples->pixels)[i] = (guint32)values[i];
  g_assert_true(ms_samples_settle(samples, "test", NULL));
  return samples;
}

static inline MsSamples *
row_of_floats(int n, const float *values)
{
  MsSamples *samples = ms_samples_new_floats(n, 1, "test", NULL);
  memcpy(samples->pixels, values, (gsize)n * sizeof *values);
  g_assert_true(ms_samples_settle(samples, "test", NULL));
  return samples;
}

#define COUNT_OF(type, ...) ((int)(sizeof((const type[]){__VA_ARGS__}) / sizeof(type)))
#define SCALED(color, depth, ...)                                                                  \
  row_of_scaled(color, depth, COUNT_OF(guint, __VA_ARGS__), (const guint[]){__VA_ARGS__})
#define GREY(depth, ...) SCALED(MS_COLOR_GREY, depth, __VA_ARGS__)
#define RGB(...)         SCALED(MS_COLOR_RGB, 8, __VA_ARGS__)
#define NUMBERS(...)     row_of_numbers(COUNT_OF(gint64, __VA_ARGS__), (const gint64[]){__VA_ARGS__})
#define FLOATS(...)      row_of_floats(COUNT_OF(float, __VA_ARGS__), (const float[]){__VA_ARGS__})

/* --- what becomes of a file ----------------------------------------------------------------- */

static inline void
assert_applied(const MsReading *reading, MsSamples *samples, int bits, const guint32 *expected)
{
  g_autoptr(GError) error = NULL;
  MsRaster raster = {0};
  ms_reading_apply(reading, samples, "a.png", &raster, &error);
  g_assert_no_error(error);
  g_assert_cmpint(raster.bits, ==, bits);
  g_assert_cmpint(raster.width, ==, samples->width);
  for (int x = 0; x < raster.width; x++)
    g_assert_cmpuint(ms_raster_get(&raster, x, 0), ==, expected[x]);
  ms_raster_clear(&raster);
  ms_samples_free(samples);
}

#define APPLIED(reading, samples, bits, ...)                                                       \
  assert_applied(reading, samples, bits, (const guint32[]){__VA_ARGS__})

static inline void
assert_refused(const MsReading *reading, MsSamples *samples, const char *words)
{
  g_autoptr(GError) error = NULL;
  MsRaster raster = {0};
  g_assert_false(ms_reading_apply(reading, samples, "b/c.png", &raster, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
  if (!strstr(error->message, words) || !strstr(error->message, "b/c.png"))
    g_error("\"%s\" does not say \"%s\"", error->message, words);
  g_assert_null(raster.owned);
  ms_samples_free(samples);
}

static inline void
assert_told(const MsReading *reading, const char *words)
{
  g_assert_true(reading->guessed);
  if (!strstr(reading->description, words))
    g_error("\"%s\" does not say \"%s\"", reading->description, words);
}

static inline void
assert_ignored(const MsReading *reading, guint n, const guint32 *ids)
{
  g_assert_cmpuint(reading->ignored->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint(g_array_index(reading->ignored, guint32, i), ==, ids[i]);
}

#define IGNORES(reading, ...)                                                                      \
  assert_ignored(reading, (guint)COUNT_OF(guint32, __VA_ARGS__), (const guint32[]){__VA_ARGS__})
