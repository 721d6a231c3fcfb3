/* SPDX-License-Identifier: MIT
 *
 * Run lengths: worked by hand, against the strings and overlaps that COCO's own code gave, random
 * ones there and back; polygons against a walk along the whole outline.
 */
#include "io/run-length.h"

#include <math.h>
#include <string.h>

#include "io/error.h"
#include "io/png.h"
#include "json-file.h"
#include "run-length-text.h"
#include "support/data.h"
#include "support/random.h"

static void
paint_run(int x, int y, int length, gpointer user)
{
  GByteArray *pixels = user; /* column by column, the height in front */
  guint height;

  memcpy(&height, pixels->data, sizeof height);
  memset(pixels->data + sizeof height + (gsize)x * height + (gsize)y, '#', (gsize)length);
}

/* The mask as text, a word a row. */
static char *
draw(const MsRunLength *mask)
{
  guint height = (guint)mask->height;
  gsize n = (gsize)mask->width * height;
  g_autoptr(GByteArray) pixels = g_byte_array_new();
  GString *text = g_string_new(NULL);

  g_byte_array_append(pixels, (const guint8 *)&height, sizeof height);
  g_byte_array_set_size(pixels, (guint)(sizeof height + n));
  memset(pixels->data + sizeof height, '.', n);
  ms_run_length_visit(mask, paint_run, pixels);
  for (guint y = 0; y < height; y++) {
    for (guint x = 0; x < (guint)mask->width; x++)
      g_string_append_c(text, (char)pixels->data[sizeof height + x * height + y]);
    g_string_append_c(text, y + 1 < height ? ' ' : '\0');
  }
  return g_string_free(text, FALSE);
}

static void
assert_draws(const MsRunLength *mask, const char *expected)
{
  g_autofree char *drawn = draw(mask);

  g_assert_cmpstr(drawn, ==, expected);
}

static void
test_counts(void)
{
  static const guint32 counts[] = {1, 2, 3, 4, 2}, full[] = {0, 12}, zeros[] = {3, 0, 2, 7};
  g_auto(MsRunLength) mask = {0};
  g_auto(MsRunLength) whole = {0};
  g_auto(MsRunLength) gaps = {0};

  g_assert_true(ms_run_length_from_counts(counts, 5, 4, 3, "a", &mask, NULL));
  assert_draws(&mask, "..## #.#. #.#.");
  g_assert_cmpuint(test_run_length_area(&mask), ==, 6);
  g_assert_true(ms_run_length_from_counts(full, 2, 4, 3, "a", &whole, NULL));
  assert_draws(&whole, "#### #### ####");
  g_assert_true(ms_run_length_from_counts(zeros, 4, 4, 3, "a", &gaps, NULL));
  assert_draws(&gaps, "..## ..## .###");
}

static void
test_bad_counts(void)
{
  static const struct {
    guint32 counts[4];
    gsize n;
    int width, height;
    int code;
    const char *message;
  } cases[] = {
      {{0}, 0, 4, 3, MS_IO_ERROR_PARSE, "a: the runs hold 0 pixels, the mask of 4 x 3 has 12"},
      {{3, 8}, 2, 4, 3, MS_IO_ERROR_PARSE, "a: the runs hold 11 pixels, the mask of 4 x 3 has 12"},
      {{3, 10},
       2,
       4,
       3,
       MS_IO_ERROR_PARSE,
       "a: the runs hold at least 13 pixels, the mask of 4 x 3 has 12"},
      {{G_MAXUINT32, 13},
       2,
       4,
       3,
       MS_IO_ERROR_PARSE,
       "a: the runs hold at least 4294967295 pixels, the mask of 4 x 3 has 12"},
      {{0},
       1,
       0,
       3,
       MS_IO_ERROR_PARSE,
       "a: a mask of 0 x 3 pixels; sides of 1 to 1000000 and up to 2147483647 pixels are read"},
      {{12},
       1,
       4,
       -3,
       MS_IO_ERROR_PARSE,
       "a: a mask of 4 x -3 pixels; sides of 1 to 1000000 and up to 2147483647 pixels are read"},
      {{12},
       1,
       46341,
       46341,
       MS_IO_ERROR_TOO_LARGE,
       "a: a mask of 46341 x 46341 pixels; sides of 1 to 1000000 and up to 2147483647 pixels are "
       "read"},
      {{12},
       1,
       1000001,
       1,
       MS_IO_ERROR_TOO_LARGE,
       "a: a mask of 1000001 x 1 pixels; sides of 1 to 1000000 and up to 2147483647 pixels are "
       "read"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    MsRunLength mask = {1, 1, 1, NULL};
    g_autoptr(GError) error = NULL;

    g_assert_false(ms_run_length_from_counts(cases[i].counts, cases[i].n, cases[i].width,
                                             cases[i].height, "a", &mask, &error));
    g_assert_error(error, MS_IO_ERROR, cases[i].code);
    g_assert_cmpstr(error->message, ==, cases[i].message);
    g_assert_cmpint(mask.width, ==, 0);
    g_assert_null(mask.runs);
  }
}

static void
test_bad_strings(void)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
      {"", "a: the runs hold 0 pixels, the mask of 37 x 24 has 888"},
      {"hk", "a: compressed run lengths, character 3: the text ends within a number"},
      {"hk0 ", "a: compressed run lengths, character 4: is none of those that encode runs"},
      {"hk0p", "a: compressed run lengths, character 4: is none of those that encode runs"},
      {"hk0\xc3\xa9", "a: compressed run lengths, character 4: is none of those that encode runs"},
      {"ooooooo0", "a: compressed run lengths, character 8: a number is too large"},
      {"oooooo?", "a: compressed run lengths, character 1: a run is negative or too long"},
      {"O", "a: compressed run lengths, character 1: a run is negative or too long"},
      {"111O", NULL},
      {"111N", "a: compressed run lengths, character 4: a run is negative or too long"},
      {"hk01", "a: the runs hold at least 889 pixels, the mask of 37 x 24 has 888"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    MsRunLength mask;
    g_autoptr(GError) error = NULL;

    g_assert_false(ms_run_length_from_string(cases[i].text, strlen(cases[i].text), 37, 24, "a",
                                             &mask, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    if (cases[i].message)
      g_assert_cmpstr(error->message, ==, cases[i].message);
    g_assert_null(mask.runs);
  }
}

/* Runs that fill the size, of lengths of every magnitude. */
static GArray *
random_runs(TestRandom *random, guint n_pixels)
{
  GArray *runs = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint left = n_pixels;

  while (left > 0) {
    guint32 run = test_random_below(random, 2u << test_random_below(random, 30));

    run = MIN(run, left);
    g_array_append_val(runs, run);
    left -= run;
  }
  return runs;
}

static void
test_round_trips(void)
{
  TestRandom random = {7};

  for (guint round = 0; round < 400; round++) {
    int width = 1 + (int)test_random_below(&random, round % 2 ? 40 : 1000000);
    int height = 1 + (int)test_random_below(&random, round % 2 ? 40 : 2147);
    g_autoptr(GArray) runs = random_runs(&random, (guint)width * (guint)height);
    const guint32 *counts = (const guint32 *)(gpointer)runs->data;
    g_auto(MsRunLength) mask = {0};
    g_auto(MsRunLength) back = {0};
    g_autofree char *text = NULL;

    g_assert_true(ms_run_length_from_counts(counts, runs->len, width, height, "a", &mask, NULL));
    text = test_run_length_string(&mask);
    g_assert_true(ms_run_length_from_string(text, strlen(text), width, height, "a", &back, NULL));
    g_assert_cmpmem(back.runs, back.n_runs * sizeof *counts, counts, runs->len * sizeof *counts);
  }
}

static void
test_starts(void)
{
  static const struct {
    const char *text;
    const char *drawn;
  } cases[] = {
      {"", "... ..."},        {" \n", "... ..."},          {"-1", "... ..."},
      {"nan", "... ..."},     {"NaN", "... ..."},          {"1 6", "### ###"},
      {"1 1", "#.. ..."},     {"6 1", "... ..#"},          {" 2 2  6 1 ", ".#. #.#"},
      {"2 1 3 1", ".#. #.."}, {"1 1\t3 1 5 1", "### ..."},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(MsRunLength) mask = {0};
    g_autoptr(GError) error = NULL;

    ms_run_length_from_starts(cases[i].text, 3, 2, "a", &mask, &error);
    g_assert_no_error(error);
    assert_draws(&mask, cases[i].drawn);
  }
}

static void
test_bad_starts(void)
{
  static const struct {
    const char *text;
    const char *message; /* behind "a: run lengths, number " */
  } cases[] = {
      {"1", "2: the last start is without a length"},
      {"1 2 3", "4: the last start is without a length"},
      {"0 1", "1: is not from 1 to the 6 pixels of the mask"},
      {"7 1", "1: is not from 1 to the 6 pixels of the mask"},
      {"1 0", "2: is not from 1 to the 6 pixels of the mask"},
      {"99999999999999999999 1", "1: is not from 1 to the 6 pixels of the mask"},
      {"4 4", "2: the run of 4 from 4 on reaches out of the mask's 6 pixels"},
      {"1 3 3 1", "3: the start 3 lies before the end of the last run"},
      {"4 1 1 1", "3: the start 1 lies before the end of the last run"},
      {"1 -1", "2: is no whole number"},
      {"1.0 2", "1: is no whole number"},
      {"1,2", "1: is no whole number"},
      {"one 2", "1: is no whole number"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    MsRunLength mask;
    g_autoptr(GError) error = NULL;
    g_autofree char *expected = g_strconcat("a: run lengths, number ", cases[i].message, NULL);

    g_assert_false(ms_run_length_from_starts(cases[i].text, 3, 2, "a", &mask, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    g_assert_cmpstr(error->message, ==, expected);
    g_assert_null(mask.runs);
  }
}

static void
test_polygons(void)
{
  static const struct {
    double points[10];
    gsize n_points;
    const char *drawn; /* 5 x 4 */
  } cases[] = {
      {{1, 1, 3, 1, 3, 3, 1, 3}, 4, "..... .##.. .##.. ....."},
      {{1, 3, 3, 3, 3, 1, 1, 1}, 4, "..... .##.. .##.. ....."},
      {{-9, -9, 90, -9, 90, 90, -9, 90}, 4, "##### ##### ##### #####"},
      {{0, 0, 5, 0, 5, 4, 0, 4}, 4, "##### ##### ##### #####"},
      {{-9, 1, -3, 2, -9, 3}, 3, "..... ..... ..... ....."},
      {{2, 2, 2, 2, 2, 2}, 3, "..... ..... ..... ....."},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(MsRunLength) mask = {0};

    g_assert_true(
        ms_run_length_from_polygon(cases[i].points, cases[i].n_points, 5, 4, "a", &mask, NULL));
    assert_draws(&mask, cases[i].drawn);
  }
}

/* The walk itself, as the rule is published: all points of the outline in fifths of a pixel, in
 * order, and from them those where the column changes at its middle. */
static void
walk_edge(GArray *path, const int from[2], const int to[2])
{
  int d[2] = {to[0] - from[0], to[1] - from[1]};
  int major = ABS(d[0]) >= ABS(d[1]) ? 0 : 1, n = ABS(d[major]);
  const int *start = d[major] < 0 ? to : from;
  double slope = n > 0 ? (double)(d[major] < 0 ? -d[!major] : d[!major]) / n : 0;

  for (int i = 0; i <= n; i++) {
    int t = d[major] < 0 ? n - i : i, point[2];

    point[major] = start[major] + t;
    point[!major] = (int)(start[!major] + slope * t + 0.5);
    g_array_append_val(path, point);
  }
}

static void
toggle_crossing(const int before[2], const int after[2], guint8 *pixels, int width, int height)
{
  double x = (MIN(before[0], after[0]) + 0.5) / 5 - 0.5;
  double y = (MIN(before[1], after[1]) + 0.5) / 5 - 0.5;

  if (before[0] == after[0] || floor(x) != x || x < 0 || x > width - 1)
    return;
  y = ceil(CLAMP(y, 0, height));
  for (int i = (int)x * height + (int)y; i < width * height; i++)
    pixels[i] ^= 1;
}

static void
walk_polygon(const double *points, gsize n_points, guint8 *pixels, int width, int height)
{
  g_autoptr(GArray) path = g_array_new(FALSE, FALSE, 2 * sizeof(int));

  for (gsize i = 0; i < n_points; i++) {
    const double *next = points + 2 * ((i + 1) % n_points);
    int from[2] = {(int)(5 * points[2 * i] + 0.5), (int)(5 * points[2 * i + 1] + 0.5)};
    int to[2] = {(int)(5 * next[0] + 0.5), (int)(5 * next[1] + 0.5)};

    walk_edge(path, from, to);
  }
  for (guint i = 1; i < path->len; i++)
    toggle_crossing((const int *)(gpointer)path->data + 2 * (i - 1),
                    (const int *)(gpointer)path->data + 2 * i, pixels, width, height);
}

static void
check_random_polygon(TestRandom *random, double spread, gboolean on_grid)
{
  int width = 1 + (int)test_random_below(random, 30),
      height = 1 + (int)test_random_below(random, 30);
  gsize n_points = 3 + test_random_below(random, 12);
  double points[30];
  guint8 expected[900] = {0};
  g_auto(MsRunLength) mask = {0};
  gsize at = 0;

  for (gsize i = 0; i < 2 * n_points; i++) {
    points[i] = (test_random(random) / 0x1p32 * (2 * spread + 1) - spread) * MAX(width, height);
    if (on_grid)
      points[i] = rint(points[i] * 2) / 2;
  }
  walk_polygon(points, n_points, expected, width, height);
  g_assert_true(ms_run_length_from_polygon(points, n_points, width, height, "a", &mask, NULL));
  for (guint i = 0; i < mask.n_runs; i++)
    for (guint32 j = 0; j < mask.runs[i]; j++)
      g_assert_cmpuint(expected[at++], ==, i % 2);
}

static void
test_random_polygons(void)
{
  TestRandom random = {11};

  for (guint round = 0; round < 6000; round++)
    check_random_polygon(&random, round % 3 == 0 ? 0 : round % 3 == 1 ? 0.5 : 5, round % 2);
}

static void
test_bad_polygons(void)
{
  const double good[] = {0, 0, 2, 0, 2, 2}, nan[] = {0, 0, 2, NAN, 2, 2};
  const double infinite[] = {0, 0, 2, 0, -INFINITY, 2}, far[] = {0, 0, 2, 0, 2, 5e8};
  static const double far_but_fine[] = {-4e8, -4e8, 4e8, -4e8, 4e8, 4e8, -4e8, 4e8};
  const double *const bad[] = {nan, infinite, far};
  g_autofree double *zigzag = g_new0(double, 2 * 40);
  g_autoptr(GError) error = NULL;
  g_auto(MsRunLength) whole = {0};
  MsRunLength mask;

  g_assert_false(ms_run_length_from_polygon(good, 2, 4, 4, "a", &mask, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_clear_error(&error);
    g_assert_false(ms_run_length_from_polygon(bad[i], 3, 4, 4, "a", &mask, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_PARSE);
    g_assert_null(mask.runs);
  }
  for (guint i = 0; i < 40; i++)
    zigzag[2 * i] = i % 2 ? 1e6 : 0;
  g_clear_error(&error);
  g_assert_cmpuint(ms_run_length_count_crossings(zigzag, 40, 1000000), ==, 40000000);
  g_assert_false(ms_run_length_from_polygon(zigzag, 40, 1000000, 1, "a", &mask, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_true(ms_run_length_from_polygon(far_but_fine, 4, 4, 4, "a", &whole, NULL));
  g_assert_cmpuint(test_run_length_area(&whole), ==, 16);
}

/* ---- against values made with COCO's own code ---- */

typedef struct {
  char *name;  /* of the case */
  char *which; /* "gt" or "pred" */
  gint64 size[2];
  char *string;
  GArray *counts; /* NULL: not given */
  gint64 area;
} Vector;

static void
free_vector(gpointer data)
{
  Vector *vector = data;

  g_free(vector->name);
  g_free(vector->which);
  g_free(vector->string);
  g_clear_pointer(&vector->counts, g_array_unref);
  g_free(vector);
}

static Vector *
read_vector(MsJsonReader *reader)
{
  Vector *vector = g_new0(Vector, 1);

  vector->area = -1;
  while (test_json_expect_or_end(reader, MS_JSON_KEY)) {
    g_autofree char *key = g_strdup(ms_json_text(reader));

    if (strcmp(key, "case") == 0)
      vector->name = test_json_take_string(reader);
    else if (strcmp(key, "which") == 0)
      vector->which = test_json_take_string(reader);
    else if (strcmp(key, "counts") == 0)
      vector->string = test_json_take_string(reader);
    else if (strcmp(key, "area") == 0)
      vector->area = test_json_take_integer(reader);
    else if (strcmp(key, "size") == 0 || strcmp(key, "uncompressed") == 0) {
      g_autoptr(GArray) numbers = test_json_take_integers(reader);

      if (numbers && *key == 'u')
        vector->counts = g_steal_pointer(&numbers);
      else if (numbers)
        memcpy(vector->size, numbers->data, sizeof vector->size);
    } else {
      g_assert_true(ms_json_skip(reader, NULL));
    }
  }
  return vector;
}

static GPtrArray *
read_vectors(MsJsonReader *reader)
{
  GPtrArray *vectors = g_ptr_array_new_with_free_func(free_vector);

  while (test_json_expect_or_end(reader, MS_JSON_OBJECT))
    g_ptr_array_add(vectors, read_vector(reader));
  return vectors;
}

static MsRunLength
decode_vector(const Vector *vector)
{
  g_autoptr(GError) error = NULL;
  MsRunLength mask;

  ms_run_length_from_string(vector->string, strlen(vector->string), (int)vector->size[1],
                            (int)vector->size[0], "vector", &mask, &error);
  g_assert_no_error(error);
  return mask;
}

/* The runs of a picture whose samples are not 0, the plain way. */
static MsRunLength
encode_picture(const char *path)
{
  g_autofree char *data = NULL;
  gsize size;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) samples = NULL;
  g_autoptr(GArray) counts = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint32 run = 0;
  gboolean inside = FALSE;
  MsRunLength mask;

  g_assert_true(g_file_get_contents(path, &data, &size, NULL));
  bytes = g_bytes_new_take(g_steal_pointer(&data), size);
  samples = ms_png_decode(bytes, path, NULL, &error);
  g_assert_no_error(error);
  for (int x = 0; x < samples->width; x++) {
    for (int y = 0; y < samples->height; y++, run++) {
      const guint8 *row = samples->pixels + (gsize)y * samples->stride;
      const guint8 *pixel = row + (gsize)x * (gsize)(samples->channels * samples->bytes);
      int n_colors = samples->channels - (samples->channels % 2 == 0); /* alpha does not count */
      gboolean positive = FALSE;

      for (int i = 0; i < n_colors * samples->bytes; i++)
        positive |= pixel[i] != 0;
      if (positive != inside) {
        g_array_append_val(counts, run);
        run = 0;
        inside = positive;
      }
    }
  }
  g_array_append_val(counts, run);
  g_assert_true(ms_run_length_from_counts((const guint32 *)(gpointer)counts->data, counts->len,
                                          samples->width, samples->height, path, &mask, NULL));
  return mask;
}

static void
check_vector(const Vector *vector)
{
  g_autofree char *file = g_strdup_printf("%s_%s.png", vector->name, vector->which);
  g_autofree char *path = g_build_filename(test_data(), "vectors", "binary", file, NULL);
  g_auto(MsRunLength) decoded = decode_vector(vector);
  g_auto(MsRunLength) encoded = encode_picture(path);
  g_autofree char *string = test_run_length_string(&encoded);

  g_assert_cmpstr(string, ==, vector->string);
  g_assert_cmpmem(decoded.runs, decoded.n_runs * sizeof(guint32), encoded.runs,
                  encoded.n_runs * sizeof(guint32));
  g_assert_cmpint((gint64)test_run_length_area(&decoded), ==, vector->area);
  for (guint i = 0; vector->counts && i < vector->counts->len; i++)
    g_assert_cmpint(decoded.runs[i], ==, g_array_index(vector->counts, gint64, i));
  if (vector->counts)
    g_assert_cmpuint(decoded.n_runs, ==, vector->counts->len);
}

static void
test_vectors(void)
{
  g_autofree char *path = NULL;
  g_autoptr(MsJsonReader) reader = NULL;
  g_autoptr(GPtrArray) vectors = NULL;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  path = g_build_filename(test_data(), "vectors", "rle", "rle.json", NULL);
  reader = test_json_load(path);
  test_json_expect(reader, MS_JSON_ARRAY);
  vectors = read_vectors(reader);
  g_assert_cmpuint(vectors->len, ==, 108);
  for (guint i = 0; i < vectors->len; i++)
    check_vector(g_ptr_array_index(vectors, i));
}

/* Pixels of both masks. */
static guint64
common_area(const MsRunLength *a, const MsRunLength *b)
{
  guint64 common = 0, left_a = a->runs[0], left_b = b->runs[0];

  for (guint i = 0, j = 0; i < a->n_runs && j < b->n_runs;) {
    guint64 n = MIN(left_a, left_b);

    if (i % 2 == 1 && j % 2 == 1)
      common += n;
    left_a -= n;
    left_b -= n;
    if (left_a == 0 && ++i < a->n_runs)
      left_a = a->runs[i];
    if (left_b == 0 && ++j < b->n_runs)
      left_b = b->runs[j];
  }
  return common;
}

static double
overlap(const Vector *detection, const Vector *actual, gboolean is_crowd)
{
  g_auto(MsRunLength) a = decode_vector(detection);
  g_auto(MsRunLength) b = decode_vector(actual);
  guint64 common = common_area(&a, &b), area = test_run_length_area(&a);

  if (!is_crowd)
    area += test_run_length_area(&b) - common;
  return common == 0 ? 0 : (double)common / (double)area;
}

static void
test_overlaps(void)
{
  g_autofree char *path = NULL, *expected_path = NULL;
  g_autoptr(MsJsonReader) reader = NULL;
  g_autoptr(GPtrArray) detections = NULL;
  g_autoptr(GPtrArray) actual = NULL;
  g_autofree char *table = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_checked = 0;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  path = g_build_filename(test_data(), "vectors", "rle", "coco_list_0.json", NULL);
  expected_path = g_build_filename(test_data(), "vectors", "expected.csv", NULL);
  reader = test_json_load(path);
  test_json_expect(reader, MS_JSON_OBJECT);
  while (test_json_expect_or_end(reader, MS_JSON_KEY)) {
    char first = ms_json_text(reader)[0];

    if (first == 'c') {
      g_free(test_json_take_string(reader));
      continue;
    }
    test_json_expect(reader, MS_JSON_ARRAY);
    *(first == 'd' ? &detections : &actual) = read_vectors(reader);
  }
  g_assert_true(g_file_get_contents(expected_path, &table, NULL, NULL));
  lines = g_strsplit(table, "\n", -1);
  for (GStrv line = lines; *line; line++) {
    g_auto(GStrv) cells = g_strsplit(*line, ",", -1);
    g_auto(GStrv) parts = NULL;
    const Vector *d, *a;

    if (g_strv_length(cells) < 5 || strcmp(cells[0], "coco_list_0") != 0 ||
        strcmp(cells[1], "rle_iou") != 0)
      continue;
    parts = g_strsplit_set(cells[2], "=;", -1); /* dt=0;gt=1;iscrowd=1 */
    d = g_ptr_array_index(detections, (guint)g_ascii_strtoull(parts[1], NULL, 10));
    a = g_ptr_array_index(actual, (guint)g_ascii_strtoull(parts[3], NULL, 10));
    g_assert_cmpfloat_with_epsilon(overlap(d, a, *parts[5] == '1'), g_ascii_strtod(cells[3], NULL),
                                   1e-12);
    n_checked++;
  }
  g_assert_cmpuint(n_checked, ==, detections->len * actual->len);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/run-length/counts", test_counts);
  g_test_add_func("/run-length/bad-counts", test_bad_counts);
  g_test_add_func("/run-length/bad-strings", test_bad_strings);
  g_test_add_func("/run-length/round-trips", test_round_trips);
  g_test_add_func("/run-length/starts", test_starts);
  g_test_add_func("/run-length/bad-starts", test_bad_starts);
  g_test_add_func("/run-length/polygons", test_polygons);
  g_test_add_func("/run-length/random-polygons", test_random_polygons);
  g_test_add_func("/run-length/bad-polygons", test_bad_polygons);
  g_test_add_func("/run-length/vectors", test_vectors);
  g_test_add_func("/run-length/overlaps", test_overlaps);
  return g_test_run();
}
