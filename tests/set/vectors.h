/* SPDX-License-Identifier: MIT
 *
 * Mask pairs with values that independent programs computed: their tables, their masks as the
 * program's own readings have them, and comparing value by value.
 */
#pragma once

#include <math.h>
#include <string.h>

#include "io/file.h"
#include "io/png.h"
#include "io/table.h"
#include "metric/score.h"
#include "set/reading.h"
#include "support/data.h"

typedef struct {
  char *folder;
  MsTable *manifest;
  MsTable *expected;
  MsTable *sets;
  GHashTable *rows_of; /* case -> GArray of rows in `expected` */
  guint n_compared;
  guint n_wrong;
} Vectors;

static inline MsTable *
load_table(const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsTable *table;

  g_assert_no_error(error);
  table = ms_table_parse(bytes, name, &error);
  g_assert_no_error(error);
  return table;
}

static inline const char *
cell(const MsTable *table, guint row, const char *column)
{
  int index = ms_table_find_column(table, column);

  g_assert_cmpint(index, >=, 0);
  return ms_table_cell(table, row, index);
}

static inline GHashTable *
index_rows(const MsTable *table, const char *column)
{
  GHashTable *index =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_array_unref);

  for (guint row = 0; row < ms_table_n_rows(table); row++) {
    const char *key = cell(table, row, column);
    GArray *rows = g_hash_table_lookup(index, key);

    if (!rows) {
      rows = g_array_new(FALSE, FALSE, sizeof(guint));
      g_hash_table_insert(index, (gpointer)key, rows);
    }
    g_array_append_val(rows, row);
  }
  return index;
}

/* FALSE, with the test skipped, when there are no vectors. */
static inline gboolean
open_vectors(Vectors *vectors)
{
  const char *data = test_data();

  if (!data) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return FALSE;
  }
  *vectors = (Vectors){.folder = g_build_filename(data, "vectors", NULL)};
  vectors->manifest = load_table(vectors->folder, "manifest.csv");
  vectors->expected = load_table(vectors->folder, "expected.csv");
  vectors->sets = load_table(vectors->folder, "sets.csv");
  vectors->rows_of = index_rows(vectors->expected, "case");
  return TRUE;
}

static inline void
close_vectors(Vectors *vectors, guint minimum)
{
  g_test_message("%u values compared", vectors->n_compared);
  g_assert_cmpuint(vectors->n_wrong, ==, 0);
  g_assert_cmpuint(vectors->n_compared, >=, minimum);
  g_free(vectors->folder);
  ms_table_free(vectors->manifest);
  ms_table_free(vectors->expected);
  ms_table_free(vectors->sets);
  g_hash_table_unref(vectors->rows_of);
}

static inline MsSamples *
load_samples(const Vectors *vectors, guint row, const char *column)
{
  const char *name = cell(vectors->manifest, row, column);
  g_autofree char *path = g_build_filename(vectors->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsSamples *samples;

  g_assert_no_error(error);
  samples = ms_png_decode(bytes, name, NULL, &error);
  g_assert_no_error(error);
  return samples;
}

static inline void
apply(const MsReading *reading, MsSamples *samples, MsRaster *raster)
{
  g_autoptr(GError) error = NULL;

  ms_reading_apply(reading, samples, "vector", raster, &error);
  g_assert_no_error(error);
}

static inline MsReading *
decide(MsSamples *samples, const MsReading *actual, const MsOptions *options)
{
  g_autoptr(MsReadingSurvey) survey = ms_reading_survey_new(FALSE);
  g_autoptr(GError) error = NULL;
  MsReading *reading;

  ms_reading_survey_add(survey, samples, NULL);
  reading = ms_reading_decide(survey, actual, options, NULL, FALSE, "vectors", &error);
  g_assert_no_error(error);
  return reading;
}

/* "a=1;b=2": the value of a key, or -1. */
static inline gint64
parameter(const char *parameters, const char *key)
{
  g_auto(GStrv) parts = g_strsplit(parameters, ";", -1);

  for (guint i = 0; parts[i]; i++)
    if (g_str_has_prefix(parts[i], key) && parts[i][strlen(key)] == '=' &&
        g_ascii_isdigit(parts[i][strlen(key) + 1]))
      return g_ascii_strtoll(parts[i] + strlen(key) + 1, NULL, 10);
  return -1;
}

static inline double
to_double(MsValue value)
{
  return value.defined ? value.value : NAN;
}

static inline gboolean
agrees(double value, double expected)
{
  if (isnan(expected))
    return isnan(value);
  if (isinf(expected))
    return value == expected;
  return fabs(value - expected) <= 1e-9 * MAX(1, fabs(expected));
}

static inline void
compare(Vectors *vectors, guint row, double value)
{
  const char *text = cell(vectors->expected, row, "value");
  double expected = g_str_equal(text, "nan")   ? NAN
                    : g_str_equal(text, "inf") ? INFINITY
                                               : g_ascii_strtod(text, NULL);

  vectors->n_compared++;
  if (agrees(value, expected))
    return;
  if (vectors->n_wrong++ < 10)
    g_test_message("%s, %s (%s): %.17g, expected %s", cell(vectors->expected, row, "case"),
                   cell(vectors->expected, row, "metric"),
                   cell(vectors->expected, row, "parameters"), value, text);
}

static inline gboolean
is_kind(const Vectors *vectors, guint row, const char *kind)
{
  return g_str_equal(cell(vectors->manifest, row, "kind"), kind);
}
