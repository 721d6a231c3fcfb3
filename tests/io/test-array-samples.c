/* SPDX-License-Identifier: MIT
 *
 * Arrays written here, in every order of axes and bytes, and the samples that must come of them.
 */
#include "io/array-samples.h"

#include <math.h>

#include "broken-files.h"
#include "npy-file.h"

#define NATIVE (G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>')

/* An array of doubles, put into the type; in this machine's byte order, or the other one. */
typedef struct {
  const char *type; /* "u1", "f4", ... */
  guint n;
  gsize shape[4];
  const double *values; /* in C order */
  gboolean fortran;
  gboolean swapped;
} Array;

static guint64
bits_of(const char *type, double value)
{
  union {
    float value;
    guint32 bits;
  } single = {(float)value};
  union {
    double value;
    guint64 bits;
  } wide = {value};

  if (*type == 'f')
    return type[1] == '4' ? single.bits : wide.bits;
  return value < 0 ? (guint64)(gint64)value : (guint64)value;
}

static void
put(guint8 *to, const Array *array, double value)
{
  guint size = (guint)(array->type[1] - '0');
  guint64 bits = bits_of(array->type, value);
  gboolean big = (G_BYTE_ORDER == G_BIG_ENDIAN) != array->swapped;

  for (guint i = 0; i < size; i++)
    to[i] = (guint8)(bits >> 8 * (big ? size - 1 - i : i));
}

static gsize
place_of(const Array *array, gsize i)
{
  gsize index[4], place = 0;

  test_npy_unravel(i, array->n, array->shape, index);
  for (guint axis = array->n; axis-- > 0;)
    place = place * array->shape[axis] + index[axis];
  return array->fortran ? place : i;
}

static MsNpy *
npy_of(const Array *array)
{
  g_autoptr(GString) header = g_string_new(NULL);
  g_autofree guint8 *data = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize n = 1, size = (gsize)(array->type[1] - '0');

  g_string_printf(header, "{'descr': '%c%s', 'fortran_order': %s, 'shape': (",
                  array->swapped ? '<' + '>' - NATIVE : NATIVE, array->type,
                  array->fortran ? "True" : "False");
  for (guint i = 0; i < array->n; i++) {
    g_string_append_printf(header, "%zu,", array->shape[i]);
    n *= array->shape[i];
  }
  g_string_append(header, "), }\n");
  data = g_malloc(n * size);
  for (gsize i = 0; i < n; i++)
    put(data + place_of(array, i) * size, array, array->values[i]);
  bytes = test_npy_file(1, header->str, data, n * size);
  return test_npy_parse(bytes);
}

static double
sample_at(const MsSamples *samples, gsize i)
{
  const guint8 *at = samples->pixels + i * (gsize)samples->bytes;
  guint16 word;
  guint32 number;
  float value;

  if (samples->bytes == 1)
    return *at;
  if (samples->bytes == 2) {
    memcpy(&word, at, 2);
    return word;
  }
  memcpy(&number, at, 4);
  memcpy(&value, at, 4);
  return samples->type == MS_SAMPLES_FLOATS ? (double)value
         : MS_SAMPLE_IS_NEGATIVE(number)    ? (double)(gint32)number
                                            : number;
}

/* Read in both orders of axes and of bytes; all must be the same. */
static void
assert_samples(Array array, MsSampleType type, int width, int height, int bytes,
               const double *expected, const char *note)
{
  for (int way = 0; way < 4; way++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(MsNpy) npy = NULL;
    g_autoptr(MsSamples) samples = NULL;

    array.fortran = way & 1;
    array.swapped = way >> 1;
    npy = npy_of(&array);
    samples = ms_npy_to_samples(npy, "a.npy", &error);
    g_assert_no_error(error);
    g_assert_cmpint(samples->type, ==, type);
    g_assert_cmpint(samples->width, ==, width);
    g_assert_cmpint(samples->height, ==, height);
    g_assert_cmpint(samples->bytes, ==, bytes);
    g_assert_cmpstr(samples->note, ==, note);
    for (gsize i = 0; i < (gsize)(width * height * samples->channels); i++)
      g_assert_cmpfloat(sample_at(samples, i), ==, expected[i]);
  }
}

static void
assert_fails(const Array *array, MsIoError code, const char *part)
{
  g_autoptr(MsNpy) npy = npy_of(array);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_npy_to_samples(npy, "masks/a.npy", &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "masks/a.npy: "));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* --- two axes --------------------------------------------------------------------------------- */

static void
test_types(void)
{
  static const double bits[] = {0, 1, 1, 0, 1, 0}, ids[] = {0, 1, 2, 100, 3, 7};
  static const double words[] = {0, 1, 2, 255, 256, 65535}, signs[] = {0, -1, 2, -128, 3, 127};
  static const double wide[] = {0, 1, 70000, 2147483647, 5, 6};

  assert_samples((Array){"b1", 2, {2, 3}, bits}, MS_SAMPLES_SCALED, 3, 2, 1, bits, NULL);
  assert_samples((Array){"u1", 2, {2, 3}, ids}, MS_SAMPLES_SCALED, 3, 2, 1, ids, NULL);
  assert_samples((Array){"u2", 2, {3, 2}, words}, MS_SAMPLES_SCALED, 2, 3, 2, words, NULL);
  assert_samples((Array){"u4", 2, {2, 3}, ids}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, NULL);
  assert_samples((Array){"u4", 2, {2, 3}, words}, MS_SAMPLES_NUMBERS, 3, 2, 2, words, NULL);
  assert_samples((Array){"u8", 2, {2, 3}, ids}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, NULL);
  assert_samples((Array){"i1", 2, {2, 3}, signs}, MS_SAMPLES_NUMBERS, 3, 2, 4, signs, NULL);
  assert_samples((Array){"i2", 2, {2, 3}, ids}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, NULL);
  assert_samples((Array){"i8", 2, {2, 3}, words}, MS_SAMPLES_NUMBERS, 3, 2, 2, words, NULL);
  assert_samples((Array){"f4", 2, {2, 3}, ids}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, NULL);
  assert_samples((Array){"f8", 2, {2, 3}, signs}, MS_SAMPLES_NUMBERS, 3, 2, 4, signs, NULL);
  assert_samples((Array){"u4", 2, {2, 3}, wide}, MS_SAMPLES_NUMBERS, 3, 2, 4, wide, NULL);
}

static void
test_depths(void)
{
  static const double bits[] = {0, 1};
  static const struct {
    const char *type;
    int depth;
  } cases[] = {{"b1", 1}, {"u1", 8}, {"u2", 16}, {"i2", 32}};

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(MsNpy) npy = npy_of(&(Array){cases[i].type, 2, {1, 2}, bits});
    g_autoptr(MsSamples) samples = ms_npy_to_samples(npy, "a.npy", NULL);

    g_assert_cmpint(samples->depth, ==, cases[i].depth);
    g_assert_cmpint(samples->color, ==, MS_COLOR_GREY);
  }
}

/* Ids that were saved as float64 stay exact beyond 2^24, where float32 does not. */
static void
test_floats(void)
{
  static const double shares[] = {0, 0.5, 0.25, 1}, ids[] = {0, 16777217, 16777219, 2147483647};
  static const double large[] = {0, 1e10, 1, 2};

  assert_samples((Array){"f4", 2, {2, 2}, shares}, MS_SAMPLES_FLOATS, 2, 2, 4, shares, NULL);
  assert_samples((Array){"f8", 2, {2, 2}, shares}, MS_SAMPLES_FLOATS, 2, 2, 4, shares, NULL);
  assert_samples((Array){"f8", 2, {2, 2}, ids}, MS_SAMPLES_NUMBERS, 2, 2, 4, ids, NULL);
  assert_samples((Array){"f8", 2, {2, 2}, large}, MS_SAMPLES_FLOATS, 2, 2, 4, large, NULL);
}

static void
test_short_axes(void)
{
  static const double ids[] = {0, 1, 2, 3, 4, 5};

  assert_samples((Array){"u1", 3, {1, 2, 3}, ids}, MS_SAMPLES_SCALED, 3, 2, 1, ids, NULL);
  assert_samples((Array){"u1", 3, {2, 3, 1}, ids}, MS_SAMPLES_SCALED, 3, 2, 1, ids, NULL);
  assert_samples((Array){"i4", 3, {2, 1, 3}, ids}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, NULL);
  assert_samples((Array){"u1", 4, {1, 2, 1, 3}, ids}, MS_SAMPLES_SCALED, 3, 2, 1, ids, NULL);
  assert_samples((Array){"u1", 2, {1, 6}, ids}, MS_SAMPLES_SCALED, 6, 1, 1, ids, NULL);
  assert_samples((Array){"u1", 2, {6, 1}, ids}, MS_SAMPLES_SCALED, 1, 6, 1, ids, NULL);
  assert_samples((Array){"u1", 4, {1, 1, 1, 1}, ids}, MS_SAMPLES_SCALED, 1, 1, 1, ids, NULL);
}

/* --- three axes ------------------------------------------------------------------------------- */

static void
assert_colors(const Array *array, MsColorType color, int depth)
{
  g_autoptr(MsNpy) npy = npy_of(array);
  g_autoptr(MsSamples) samples = ms_npy_to_samples(npy, "a.npy", NULL);

  g_assert_cmpint(samples->color, ==, color);
  g_assert_cmpint(samples->depth, ==, depth);
}

static void
test_colors(void)
{
  static const double values[16] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 255};
  const Array rgb = {"u1", 3, {2, 2, 3}, values}, rgba = {"u2", 3, {2, 2, 4}, values};
  const Array batch = {"u1", 4, {1, 2, 2, 3}, values};

  assert_samples(rgb, MS_SAMPLES_SCALED, 2, 2, 1, values, NULL);
  assert_samples(rgba, MS_SAMPLES_SCALED, 2, 2, 2, values, NULL);
  assert_samples(batch, MS_SAMPLES_SCALED, 2, 2, 1, values, NULL);
  assert_colors(&rgb, MS_COLOR_RGB, 8);
  assert_colors(&rgba, MS_COLOR_RGBA, 16);
}

/* The first axis, the last, and where both are of one length. */
static void
test_one_hot(void)
{
  static const char note[] = "2 channels: the one that is set is the id";
  static const double first[] = {1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 0};
  static const double last[] = {1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0};
  static const double alike[] = {1, 0, 1, 0, 0, 1, 0, 1};
  static const double ids[] = {0, 1, 0, 1, 0, 0};
  static const char *const types[] = {"b1", "u1", "i4", "u8", "f4", "f8"};

  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    assert_samples((Array){types[i], 3, {2, 2, 3}, first}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, note);
    assert_samples((Array){types[i], 3, {2, 3, 2}, first}, MS_SAMPLES_NUMBERS, 2, 3, 1, ids, note);
    assert_samples((Array){types[i], 3, {3, 2, 2}, last}, MS_SAMPLES_NUMBERS, 2, 3, 1, ids, note);
    assert_samples((Array){types[i], 3, {2, 2, 2}, alike}, MS_SAMPLES_NUMBERS, 2, 2, 1, ids, note);
  }
}

/* Where colours could be, but for their values. */
static void
test_one_hot_of_three(void)
{
  static const double values[] = {1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0,
                                  0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0};
  static const double ids[] = {0, 2, 1, 0, 2, 2, 1, 0};

  assert_samples((Array){"u1", 3, {4, 2, 3}, values}, MS_SAMPLES_NUMBERS, 2, 4, 1, ids,
                 "3 channels: the one that is set is the id");
}

static void
test_scores(void)
{
  static const char note[] = "2 channels: the highest is the id";
  static const double inf = (double)INFINITY;
  static const double first[] = {0.5, 0.25, 0.75, 2, -1, 0.5, 0.5, 0.5, 0.25, 3, -0.5, 0.5};
  static const double ids[] = {0, 1, 0, 1, 1, 0};
  const double endless[] = {-inf, inf, -inf, 0.5, -3, -inf, 2, inf};

  assert_samples((Array){"f4", 3, {2, 2, 3}, first}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, note);
  assert_samples((Array){"f8", 4, {1, 2, 2, 3}, first}, MS_SAMPLES_NUMBERS, 3, 2, 1, ids, note);
  assert_samples((Array){"f8", 3, {2, 2, 2}, endless}, MS_SAMPLES_NUMBERS, 2, 2, 1,
                 (const double[]){1, 0, 1, 1}, note);
}

/* Ids that need two bytes. */
static void
test_many_channels(void)
{
  enum { SIDE = 300 };
  g_autofree double *values = g_new0(double, SIDE *SIDE *SIDE);
  g_autoptr(MsNpy) npy = NULL;
  g_autoptr(MsSamples) samples = NULL;

  for (gsize i = 0; i < SIDE * SIDE; i++)
    values[i % SIDE * SIDE * SIDE + i] = 1;
  npy = npy_of(&(Array){"b1", 3, {SIDE, SIDE, SIDE}, values});
  samples = ms_npy_to_samples(npy, "a.npy", NULL);
  g_assert_cmpint(samples->bytes, ==, 2);
  for (gsize i = 0; i < SIDE * SIDE; i++)
    g_assert_cmpfloat(sample_at(samples, i), ==, (double)(i % SIDE));
}

/* --- errors ----------------------------------------------------------------------------------- */

static void
test_errors(void)
{
  static const double zeros[36], nan_2[] = {0.5, (double)NAN, 1, 0};
  static const double two[] = {1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0};
  static const double none[] = {1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0};
  static const double volume[] = {0, 1, 2, 3, 4, 5, 6, 7};
  static const double beyond[] = {0, 4294967296.0, 1, 2}, below[] = {0, 1, -2147483649.0, 2};
  static const struct {
    Array array;
    MsIoError code;
    const char *part;
  } cases[] = {
      {{"u1", 1, {4}, zeros}, MS_IO_ERROR_UNSUPPORTED, "an array of the shape (4); a mask is"},
      {{"u1", 0, {0}, zeros}, MS_IO_ERROR_UNSUPPORTED, "an array of the shape ()"},
      {{"u1", 4, {2, 3, 3, 2}, zeros}, MS_IO_ERROR_UNSUPPORTED, "the shape (2, 3, 3, 2)"},
      {{"u1", 2, {0, 5}, zeros}, MS_IO_ERROR_EMPTY, "without items: its shape is (0, 5)"},
      {{"f4", 3, {2, 2, 0}, zeros}, MS_IO_ERROR_EMPTY, "without items"},
      {{"b1", 3, {2, 2, 3}, two},
       MS_IO_ERROR_UNSUPPORTED,
       "of its 2 channels, more than one is set at x 0, y 1"},
      {{"u1", 3, {2, 2, 3}, none}, MS_IO_ERROR_UNSUPPORTED, "2 channels, none is set at x 1, y 0"},
      {{"f8", 3, {2, 2, 3}, zeros}, MS_IO_ERROR_UNSUPPORTED, "none is set at x 0, y 0"},
      {{"i4", 3, {2, 2, 2}, volume}, MS_IO_ERROR_UNSUPPORTED, "(2, 2, 2) with whole numbers"},
      {{"u1", 3, {2, 2, 2}, volume}, MS_IO_ERROR_UNSUPPORTED, "NIfTI"},
      {{"f4", 3, {2, 2, 2}, volume}, MS_IO_ERROR_UNSUPPORTED, "looks like a volume"},
      {{"f4", 2, {2, 2}, nan_2}, MS_IO_ERROR_UNSUPPORTED, "at x 1, y 0 is not a number"},
      {{"f4", 3, {2, 2, 1}, nan_2}, MS_IO_ERROR_UNSUPPORTED, "at x 1, y 0 is not a number"},
      {{"u8", 2, {2, 2}, beyond}, MS_IO_ERROR_UNSUPPORTED, "at x 1, y 0 is 4294967296"},
      {{"i8", 2, {2, 2}, below}, MS_IO_ERROR_UNSUPPORTED, "at x 0, y 1 is -2147483649"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_fails(&cases[i].array, cases[i].code, cases[i].part);
}

static void
test_score_of_nothing(void)
{
  static const double values[] = {0.5, 0.5, 0.5, 0.5, 0.5, (double)NAN, 0.5, 0.5};

  assert_fails(&(Array){"f4", 3, {2, 2, 2}, values}, MS_IO_ERROR_UNSUPPORTED,
               "of its 2 channels, one is not a number at x 1, y 0");
}

static void
test_long_side(void)
{
  g_autofree double *zeros = g_new0(double, 1000001);

  assert_fails(&(Array){"b1", 2, {1000001, 1}, zeros}, MS_IO_ERROR_TOO_LARGE, "up to 1000000");
}

static gboolean
read_broken(const char *path, GBytes *bytes, GError **error)
{
  g_autoptr(MsNpy) npy = ms_npy_parse(bytes, "a", error);
  g_autoptr(MsSamples) samples = npy ? ms_npy_to_samples(npy, "a", error) : NULL;

  return samples != NULL;
}

static void
test_broken(void)
{
  static const TestBroken list[] = {
      {"four-axes.npy", MS_IO_ERROR_UNSUPPORTED, "(2, 2, 2, 2)"},
      {"no-channel-set.npy", MS_IO_ERROR_UNSUPPORTED, "none is set"},
      {"no-score-is-a-number.npy", MS_IO_ERROR_UNSUPPORTED, "not a number"},
      {"not-a-number.npy", MS_IO_ERROR_UNSUPPORTED, "not a number"},
      {"number-alone.npy", MS_IO_ERROR_UNSUPPORTED, "the shape ()"},
      {"row-alone.npy", MS_IO_ERROR_UNSUPPORTED, "the shape (4)"},
      {"rows-of-nothing.npy", MS_IO_ERROR_EMPTY, "without items"},
      {"shape-beyond-memory.npy", MS_IO_ERROR_TOO_LARGE, "more items than memory can hold"},
      {"two-channels-set.npy", MS_IO_ERROR_UNSUPPORTED, "more than one is set"},
      {"volume.npy", MS_IO_ERROR_UNSUPPORTED, "looks like a volume"},
      {"whole-number-beyond-32-bits.npy", MS_IO_ERROR_UNSUPPORTED, "whole numbers from"},
  };

  test_broken_files("npy", list, G_N_ELEMENTS(list), read_broken);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/array-samples/types", test_types);
  g_test_add_func("/array-samples/depths", test_depths);
  g_test_add_func("/array-samples/floats", test_floats);
  g_test_add_func("/array-samples/short-axes", test_short_axes);
  g_test_add_func("/array-samples/colors", test_colors);
  g_test_add_func("/array-samples/one-hot", test_one_hot);
  g_test_add_func("/array-samples/one-hot-of-three", test_one_hot_of_three);
  g_test_add_func("/array-samples/scores", test_scores);
  g_test_add_func("/array-samples/many-channels", test_many_channels);
  g_test_add_func("/array-samples/errors", test_errors);
  g_test_add_func("/array-samples/score-of-nothing", test_score_of_nothing);
  g_test_add_func("/array-samples/long-side", test_long_side);
  g_test_add_func("/array-samples/broken", test_broken);
  return g_test_run();
}
