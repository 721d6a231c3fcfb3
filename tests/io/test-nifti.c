/* SPDX-License-Identifier: MIT
 *
 * Volumes written here, in both versions and byte orders, and a real one beside its counts.
 */
#include "io/nifti.h"

#include <math.h>

#include "broken-files.h"
#include "gzip-file.h"
#include "io/file.h"
#include "io/gzip.h"
#include "io/table.h"
#include "nifti-file.h"
#include "support/data.h"
#include "support/files.h"
#include "support/random.h"

static const struct {
  int code;
  guint size;
  char letter;
} datatypes[] = {
    {2, 1, 'u'},   {4, 2, 'i'},   {8, 4, 'i'},   {16, 4, 'f'},   {64, 8, 'f'},
    {256, 1, 'i'}, {512, 2, 'u'}, {768, 4, 'u'}, {1024, 8, 'i'}, {1280, 8, 'u'},
};

static double
sample_at(const MsSamples *samples, gsize i)
{
  const guint8 *at = samples->pixels + i * (gsize)samples->bytes;
  guint16 word;
  guint32 number;
  float value;

  if (samples->bytes == 1)
    return *at;
  memcpy(&word, at, 2);
  if (samples->bytes == 2)
    return word;
  memcpy(&number, at, 4);
  memcpy(&value, at, 4);
  return samples->type == MS_SAMPLES_FLOATS ? (double)value
         : MS_SAMPLE_IS_NEGATIVE(number)    ? (double)(gint32)number
                                            : number;
}

static MsSamples *
decode(GBytes *bytes, guint axis, gsize index)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_nifti_decode_slice(bytes, axis, index, "a.nii", &error);

  g_assert_no_error(error);
  return samples;
}

static void
assert_fails(const TestNifti *spec, const void *data, gsize size, MsIoError code, const char *part)
{
  g_autoptr(GBytes) bytes = test_nifti(spec, data, size);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_nifti_decode_slice(bytes, 2, 0, "scans/a.nii", &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "scans/a.nii: "));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* --- items ------------------------------------------------------------------------------------ */

enum { NX = 3, NY = 4, NZ = 2 };

/* Values that every type holds; fractions where floats are. */
static void
fill(TestRandom *random, guint type, double *values)
{
  for (guint i = 0; i < NX * NY * NZ; i++) {
    values[i] = test_random_below(random, 120);
    if (datatypes[type].letter == 'i')
      values[i] -= 60;
    if (datatypes[type].letter == 'f')
      values[i] = values[i] / 8 - 3;
  }
}

static GBytes *
write_volume(const TestNifti *spec, guint type, const double *values)
{
  guint size = datatypes[type].size;
  guint8 data[NX * NY * NZ * 8];

  for (guint i = 0; i < NX * NY * NZ; i++)
    test_nifti_put(spec, data + i * size,
                   datatypes[type].letter == 'f' ? test_nifti_real_bits(values[i], size)
                                                 : (guint64)(gint64)values[i],
                   size);
  return test_nifti(spec, data, size * NX * NY * NZ);
}

static void
check_slices(GBytes *bytes, const TestNifti *spec, const double *values)
{
  static const gsize sizes[3] = {NX, NY, NZ}, strides[3] = {1, NX, NX * NY};
  double slope = spec->slope == 0 || isnan(spec->slope) ? 1 : spec->slope;
  double intercept = spec->slope == 0 || isnan(spec->slope) ? 0 : spec->intercept;

  for (guint axis = 0; axis < 3; axis++) {
    guint x_axis = axis == 0, y_axis = axis == 2 ? 1 : 2;

    for (gsize index = 0; index < sizes[axis]; index++) {
      g_autoptr(MsSamples) samples = decode(bytes, axis, index);

      g_assert_cmpint(samples->width, ==, sizes[x_axis]);
      g_assert_cmpint(samples->height, ==, sizes[y_axis]);
      for (gsize y = 0; y < sizes[y_axis]; y++)
        for (gsize x = 0; x < sizes[x_axis]; x++)
          g_assert_cmpfloat(
              sample_at(samples, y * sizes[x_axis] + x), ==,
              values[index * strides[axis] + x * strides[x_axis] + y * strides[y_axis]] * slope +
                  intercept);
    }
  }
}

static void
test_items(void)
{
  static const double scales[][2] = {{0, 0},      {0, 5},   {1, 0},          {2, -3},
                                     {0.5, 0.25}, {0.5, 0}, {(double)NAN, 1}};
  TestRandom random = {5};
  double values[NX * NY * NZ];

  for (guint type = 0; type < G_N_ELEMENTS(datatypes); type++)
    for (guint way = 0; way < 4; way++)
      for (guint scale = 0; scale < G_N_ELEMENTS(scales); scale++) {
        TestNifti spec = {
            .version = 1 + (int)(way & 1),
            .swapped = way >> 1,
            .datatype = datatypes[type].code,
            .dims = {3, NX, NY, NZ},
            .slope = scales[scale][0],
            .intercept = scales[scale][1],
        };
        g_autoptr(GBytes) bytes = NULL;

        fill(&random, type, values);
        bytes = write_volume(&spec, type, values);
        g_assert_true(ms_nifti_sniff(bytes));
        check_slices(bytes, &spec, values);
      }
}

/* Numbers where all of a slice are whole, floats elsewhere. */
static void
test_types(void)
{
  static const float whole_and_not[] = {0, 1, 2, 0.5f};
  const TestNifti floats = {.version = 1, .datatype = 16, .dims = {3, 2, 1, 2}};
  const TestNifti bytes_spec = {.version = 1, .datatype = 2, .dims = {2, 2, 1}, .slope = 100};
  g_autoptr(GBytes) volume = test_nifti(&floats, whole_and_not, sizeof whole_and_not);
  g_autoptr(GBytes) scaled = test_nifti(&bytes_spec, "\1\3", 2);
  g_autoptr(MsSamples) first = decode(volume, 2, 0);
  g_autoptr(MsSamples) second = decode(volume, 2, 1);
  g_autoptr(MsSamples) third = decode(scaled, 2, 0);

  g_assert_cmpint(first->type, ==, MS_SAMPLES_NUMBERS);
  g_assert_cmpint(first->bytes, ==, 1);
  g_assert_cmpint(second->type, ==, MS_SAMPLES_FLOATS);
  g_assert_cmpint(third->type, ==, MS_SAMPLES_NUMBERS);
  g_assert_cmpint(third->bytes, ==, 2);
}

/* --- headers ---------------------------------------------------------------------------------- */

static MsNiftiHeader
read_header(const TestNifti *spec)
{
  g_autoptr(GBytes) bytes = test_nifti(spec, "", 0);
  g_autoptr(GError) error = NULL;
  MsNiftiHeader header;

  ms_nifti_read_header(bytes, TRUE, "a.nii", &header, &error);
  g_assert_no_error(error);
  return header;
}

static void
test_header(void)
{
  for (guint way = 0; way < 4; way++) {
    TestNifti spec = {
        .version = 1 + (int)(way & 1),
        .swapped = way >> 1,
        .datatype = 4,
        .dims = {3, 512, 400, 17},
        .spacing = {0.5, 0.75, -3},
        .units = 2 + 8,
        .slope = 2,
        .intercept = -1,
        .offset = 1024,
    };
    MsNiftiHeader header = read_header(&spec);

    g_assert_cmpuint(header.size[0], ==, 512);
    g_assert_cmpuint(header.size[1], ==, 400);
    g_assert_cmpuint(header.size[2], ==, 17);
    g_assert_cmpfloat(header.spacing[0], ==, 0.5);
    g_assert_cmpfloat(header.spacing[1], ==, 0.75);
    g_assert_cmpfloat(header.spacing[2], ==, 3);
    g_assert_cmpuint(header.datatype, ==, 4);
    g_assert_cmpuint(header.item_size, ==, 2);
    g_assert_cmpint(header.swapped, ==, spec.swapped);
    g_assert_true(header.scaled);
    g_assert_cmpfloat(header.slope, ==, 2);
    g_assert_cmpfloat(header.intercept, ==, -1);
    g_assert_cmpuint(header.offset, ==, 1024);
  }
}

static void
test_units(void)
{
  TestNifti spec = {
      .version = 1, .datatype = 2, .dims = {3, 2, 2, 2}, .spacing = {0.5, 0, (double)INFINITY}};
  static const double mm[] = {0.5, 500, 0.5, 0.0005};

  for (spec.units = 0; spec.units < 4; spec.units++) {
    MsNiftiHeader header = read_header(&spec);

    g_assert_cmpfloat(header.spacing[0], ==, mm[spec.units]);
    g_assert_cmpfloat(header.spacing[1], ==, 0);
    g_assert_cmpfloat(header.spacing[2], ==, 0);
  }
}

static void
assert_axes(const gint64 *dims, guint n, gsize x, gsize y, gsize z, double last_spacing)
{
  TestNifti spec = {.version = 2, .datatype = 2, .spacing = {1, 2, 3}};
  MsNiftiHeader header;

  memcpy(spec.dims, dims, n * sizeof *dims);
  header = read_header(&spec);
  g_assert_cmpuint(header.size[0], ==, x);
  g_assert_cmpuint(header.size[1], ==, y);
  g_assert_cmpuint(header.size[2], ==, z);
  g_assert_cmpfloat(header.spacing[2], ==, last_spacing);
}

static void
test_axes(void)
{
  assert_axes((const gint64[]){1, 5}, 2, 5, 1, 1, 0);
  assert_axes((const gint64[]){2, 5, 6}, 3, 5, 6, 1, 0);
  assert_axes((const gint64[]){3, 5, 6, 7}, 4, 5, 6, 7, 3);
  assert_axes((const gint64[]){3, 5, 1, 7}, 4, 5, 1, 7, 3);
  assert_axes((const gint64[]){7, 5, 6, 7, 1, 1, 1, 1}, 8, 5, 6, 7, 3);
  /* What lies behind the number of axes means nothing. */
  assert_axes((const gint64[]){2, 5, 6, 100, 100, -1}, 6, 5, 6, 1, 0);
  /* A row of pictures: its third axis is of length 1, time is the fourth. */
  assert_axes((const gint64[]){4, 5, 6, 1, 9}, 5, 5, 6, 9, 0);
}

/* Between header and data. */
static void
test_extension(void)
{
  const TestNifti spec = {.version = 1, .datatype = 2, .dims = {2, 2, 2}, .offset = 400};
  g_autoptr(GBytes) bytes = test_nifti(&spec, "\1\2\3\4", 4);
  g_autoptr(MsSamples) samples = decode(bytes, 2, 0);

  g_assert_cmpmem(samples->pixels, 4, "\1\2\3\4", 4);
}

static void
test_errors(void)
{
  static const struct {
    TestNifti spec;
    MsIoError code;
    const char *part;
  } cases[] = {
      {{1, 0, 2, {0, 2, 2}}, MS_IO_ERROR_CORRUPT, "0 axes"},
      {{1, 0, 2, {8, 2, 2}}, MS_IO_ERROR_CORRUPT, "8 axes"},
      {{2, 1, 2, {-1, 2, 2}}, MS_IO_ERROR_CORRUPT, "-1 axes"},
      {{1, 0, 2, {3, 2, -2, 2}}, MS_IO_ERROR_CORRUPT, "axis 1 has -2 items"},
      {{2, 0, 2, {3, 2, 2, 1000001}}, MS_IO_ERROR_TOO_LARGE, "axis 2 has 1000001 items"},
      {{1, 0, 2, {4, 2, 2, 2, 3}}, MS_IO_ERROR_UNSUPPORTED, "its axes are 2 x 2 x 2 x 3"},
      {{1, 0, 2, {5, 2, 2, 1, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "2 x 2 x 1 x 2 x 2"},
      {{1, 0, 1, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "a volume of single bits (datatype 1)"},
      {{1, 0, 32, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "a volume of complex numbers"},
      {{1, 0, 128, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "a volume of RGB colours"},
      {{2, 0, 2304, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "a volume of RGBA colours"},
      {{1, 0, 1536, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "floats of 128 bits"},
      {{1, 0, 0, {2, 2, 2}}, MS_IO_ERROR_UNSUPPORTED, "an unknown type (datatype 0)"},
      {{1, 0, 2, {2, 2, 2}, .offset = 347}, MS_IO_ERROR_CORRUPT, "cannot begin where it says"},
      {{1, 0, 2, {2, 2, 2}, .offset = 352.5}, MS_IO_ERROR_CORRUPT, "cannot begin"},
      {{1, 0, 2, {2, 2, 2}, .offset = -1}, MS_IO_ERROR_CORRUPT, "cannot begin"},
      {{2, 0, 2, {2, 2, 2}, .offset = 9e18}, MS_IO_ERROR_CORRUPT, "cannot begin"},
      {{1, 0, 2, {2, 2, 2}, .offset = 1e6}, MS_IO_ERROR_CORRUPT, "cut short: 368 of 1000004"},
      {{1, 0, 2, {2, 17, 1}}, MS_IO_ERROR_CORRUPT, "cut short: 368 of 369 bytes"},
      {{2, 0, 64, {3, 1000000, 1000000, 1000000}}, MS_IO_ERROR_TOO_LARGE, "2147483648 bytes"},
      {{1, 0, 64, {3, 30000, 30000, 2}}, MS_IO_ERROR_TOO_LARGE, "a volume of 30000 x 30000 x 2"},
      {{1, 0, 2, {2, 2, 2}, .slope = 2, .intercept = (double)NAN},
       MS_IO_ERROR_CORRUPT,
       "intercept"},
      {{1, 0, 2, {2, 2, 2}, .magic = "ni1"}, MS_IO_ERROR_UNSUPPORTED, ".hdr and .img"},
      {{1, 0, 2, {2, 2, 2}, .magic = "\0\0\0"}, MS_IO_ERROR_UNSUPPORTED, "ANALYZE"},
      {{1, 0, 2, {2, 2, 2}, .magic = "n+2"}, MS_IO_ERROR_UNSUPPORTED, "a broken one"},
  };
  static const guint8 zeros[16];

  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_fails(&cases[i].spec, zeros, sizeof zeros, cases[i].code, cases[i].part);
}

/* Not one byte may be missing, and what is left is still known as NIfTI. */
static void
test_cut_off(void)
{
  const TestNifti spec = {.version = 2, .datatype = 2, .dims = {2, 2, 2}};
  g_autoptr(GBytes) whole = test_nifti(&spec, "\1\2\3\4", 4);

  for (gsize size = 0; size < g_bytes_get_size(whole); size++) {
    g_autoptr(GBytes) part = g_bytes_new_from_bytes(whole, 0, size);
    g_autoptr(GError) error = NULL;
    int code = size == 0 ? MS_IO_ERROR_EMPTY : size < 4 ? MS_IO_ERROR_FORMAT : MS_IO_ERROR_CORRUPT;

    g_assert_null(ms_nifti_decode_slice(part, 2, 0, "a.nii", &error));
    g_assert_true(g_error_matches(error, MS_IO_ERROR, code));
    g_assert_cmpint(ms_nifti_sniff(part), ==, size >= 4);
  }
}

static void
test_no_such_slice(void)
{
  const TestNifti spec = {.version = 1, .datatype = 2, .dims = {3, 1, 2, 2}};
  g_autoptr(GBytes) bytes = test_nifti(&spec, "\1\2\3\4", 4);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_nifti_decode_slice(bytes, 0, 1, "a.nii", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
  g_assert_nonnull(strstr(error->message, "no slice 1 across axis 0, which has 1"));
}

/* --- files ------------------------------------------------------------------------------------ */

static char *
write_bytes(const TestFolder *folder, const char *name, GBytes *bytes)
{
  return test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void
assert_header_of_file(const char *path, MsIoError code, const char *part)
{
  g_autoptr(GError) error = NULL;
  MsNiftiHeader header;

  if (!part) {
    ms_nifti_read_header_of_file(path, &header, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(header.size[1], ==, 400);
    return;
  }
  g_assert_false(ms_nifti_read_header_of_file(path, &header, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

/* Of each, the beginning will do. */
static void
test_header_of_file(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  const TestNifti spec = {.version = 2, .datatype = 2, .dims = {3, 500, 400, 10}};
  g_autofree guint8 *data = g_malloc0(500 * 400 * 10);
  g_autoptr(GBytes) whole = test_nifti(&spec, data, 500 * 400 * 10);
  g_autoptr(GBytes) head = g_bytes_new_from_bytes(whole, 0, 540);
  g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, 539);
  g_autoptr(GBytes) squeezed = test_gzip(g_bytes_get_data(whole, NULL), g_bytes_get_size(whole));
  g_autoptr(GBytes) squeezed_head = g_bytes_new_from_bytes(squeezed, 0, 300);
  g_autoptr(GBytes) squeezed_cut = test_gzip(g_bytes_get_data(whole, NULL), 539);
  char *paths[] = {
      write_bytes(&folder, "a.nii", whole),
      write_bytes(&folder, "b.nii", head),
      write_bytes(&folder, "c.nii.gz", squeezed),
      write_bytes(&folder, "d.nii.gz", squeezed_head),
      write_bytes(&folder, "e.nii", cut),
      write_bytes(&folder, "f.nii.gz", squeezed_cut),
      test_file(&folder, "g.nii", "", 0),
      test_file(&folder, "h.nii", "PK\3\4 and more", 13),
      test_path(&folder, "missing.nii"),
  };

  for (guint i = 0; i < 4; i++)
    assert_header_of_file(paths[i], 0, NULL);
  assert_header_of_file(paths[4], MS_IO_ERROR_CORRUPT, "e.nii: cut short: 539 bytes");
  assert_header_of_file(paths[5], MS_IO_ERROR_CORRUPT, "f.nii.gz: cut short: 539 bytes");
  assert_header_of_file(paths[6], MS_IO_ERROR_EMPTY, "g.nii: empty");
  assert_header_of_file(paths[7], MS_IO_ERROR_FORMAT, "begins with a ZIP archive");
  assert_header_of_file(paths[8], MS_IO_ERROR_OPEN, "missing.nii: does not exist");
  assert_header_of_file(folder.path, MS_IO_ERROR_OPEN, "is a folder");
  for (guint i = 0; i < G_N_ELEMENTS(paths); i++)
    g_free(paths[i]);
}

/* --- where in space --------------------------------------------------------------------------- */

static MsNiftiHeader
header_of(const TestNifti *spec)
{
  g_autofree guint8 *data = g_malloc0(5 * 6 * 7);
  g_autoptr(GBytes) bytes = test_nifti(spec, data, 5 * 6 * 7);
  g_autoptr(GError) error = NULL;
  MsNiftiHeader header;

  ms_nifti_read_header(bytes, FALSE, "a.nii", &header, &error);
  g_assert_no_error(error);
  return header;
}

#define FORM(...)                                                                                  \
  {                                                                                                \
    .datatype = 2, .dims = {3, 5, 6, 7}, .spacing = {1, 2, 3}, __VA_ARGS__                         \
  }

/* A quaternion of a quarter turn about z, by both ways to say it, in both versions and orders. */
static void
test_form(void)
{
  static const double expected[3][4] = {{0, -2, 0, 10}, {1, 0, 0, 20}, {0, 0, -3, 30}};
  const double half = sqrt(0.5);
  TestNifti specs[] = {
      FORM(.rows = {0, -2, 0, 10, 1, 0, 0, 20, 0, 0, -3, 30}),
      FORM(.quaternion = {0, 0, half, 10, 20, 30}, .handed = -1),
      FORM(.rows = {0, -2, 0, 10, 1, 0, 0, 20, 0, 0, -3, 30}, .quaternion = {1, 0, 0, 1, 1, 1}),
  };
  TestNifti metres = FORM(.rows = {0, -2, 0, 10, 1, 0, 0, 20, 0, 0, -3, 30}, .units = 1);
  TestNifti none = FORM(.units = 2), broken = FORM(.rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, NAN});
  TestNifti later = FORM(.rows = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});
  const gint64 dims[] = {4, 5, 6, 1, 7};

  for (guint i = 0; i < 4 * G_N_ELEMENTS(specs); i++) {
    TestNifti *spec = &specs[i / 4];
    MsNiftiHeader header;

    spec->version = 1 + (i & 1);
    spec->swapped = (i & 2) != 0;
    header = header_of(spec);
    g_assert_true(header.has_form);
    for (guint j = 0; j < 12; j++)
      g_assert_cmpfloat_with_epsilon(header.form[j / 4][j % 4], expected[j / 4][j % 4], 1e-5);
  }
  g_assert_cmpfloat(header_of(&metres).form[2][3], ==, 30000);
  g_assert_false(header_of(&none).has_form);
  g_assert_false(header_of(&broken).has_form);
  memcpy(later.dims, dims, sizeof dims);
  g_assert_false(header_of(&later).has_form);
}

static void
test_grids(void)
{
  static const struct {
    TestNifti spec;
    const char *difference;
  } others[] = {
      {FORM(.rows = {1.0005, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30.0005}), NULL},
      {FORM(.quaternion = {0, 0, 0, 10, 20, 30}), NULL},
      {FORM(.units = 2), NULL},
      {FORM(.rows = {-1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30}), "axes run"},
      {FORM(.rows = {0, 2, 0, 10, 1, 0, 0, 20, 0, 0, 3, 30}), "axes run"},
      {FORM(.rows = {1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3.01, 30}), "spaced differently"},
      {FORM(.rows = {0.8, -1.2, 0, 10, 0.6, 1.6, 0, 20, 0, 0, 3, 30}), "turned"},
      {FORM(.rows = {1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30.01}), "different places"},
  };
  const TestNifti spec = FORM(.rows = {1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30});
  MsNiftiHeader header = header_of(&spec);
  const char *difference;

  for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
    MsNiftiHeader other = header_of(&others[i].spec);
    gboolean same = ms_nifti_same_grid(&header, &other, &difference);

    g_assert_true(same == !others[i].difference && same == !difference);
    g_assert_true(same || strstr(difference, others[i].difference));
    g_assert_true(ms_nifti_same_grid(&other, &header, NULL) == same);
    other.size[1]++;
    g_assert_true(ms_nifti_same_grid(&header, &other, NULL));
  }
}

/* --- compressed ------------------------------------------------------------------------------- */

static void
assert_inflation_fails(const void *data, gsize size, MsIoError code, const char *part)
{
  g_autoptr(GBytes) packed = test_gzip(data, size);
  g_autoptr(GError) error = NULL;

  g_assert_null(ms_nifti_inflate(packed, "a.nii.gz", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "a.nii.gz: "));
  if (!strstr(error->message, part))
    g_error("\"%s\" does not say \"%s\"", error->message, part);
}

static void
test_inflate(void)
{
  const TestNifti spec = {.version = 1, .datatype = 2, .dims = {3, 5, 6, 7}};
  const TestNifti beyond = {.version = 1, .datatype = 8, .dims = {2, 30000, 30000}};
  const TestNifti empty = {.version = 1, .datatype = 2, .dims = {2, 30000, 30000}};
  const guint8 data[5 * 6 * 7 + 90] = {1, 2, 3};
  g_autoptr(GBytes) bytes = test_nifti(&spec, data, 5 * 6 * 7);
  g_autoptr(GBytes) longer = test_nifti(&spec, data, sizeof data);
  g_autoptr(GBytes) large = test_nifti(&beyond, data, sizeof data);
  g_autoptr(GBytes) promise = test_nifti(&empty, data, sizeof data);
  gsize size = g_bytes_get_size(bytes);
  const void *at = g_bytes_get_data(bytes, NULL);
  g_autoptr(GBytes) packed = test_gzip(at, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) inflated = ms_nifti_inflate(packed, "a.nii.gz", NULL, &error);

  g_assert_no_error(error);
  g_assert_true(g_bytes_equal(inflated, bytes));
  assert_inflation_fails(at, size - 1, MS_IO_ERROR_CORRUPT, "cut short: 561 of 562 bytes");
  assert_inflation_fails(at, 200, MS_IO_ERROR_CORRUPT, "200 bytes of a header");
  assert_inflation_fails(g_bytes_get_data(longer, NULL), size + 90, MS_IO_ERROR_CORRUPT,
                         "90 inflated bytes behind the 562");
  assert_inflation_fails(g_bytes_get_data(large, NULL), size, MS_IO_ERROR_TOO_LARGE,
                         "30000 x 30000 x 1");
  assert_inflation_fails(g_bytes_get_data(promise, NULL), size, MS_IO_ERROR_CORRUPT,
                         "cannot hold the 900000352");
  assert_inflation_fails("%PDF-1.7", 8, MS_IO_ERROR_UNSUPPORTED, "begin with a PDF document");
}

static gboolean
read_broken(const char *path, GBytes *bytes, GError **error)
{
  g_autoptr(MsSamples) samples = ms_nifti_decode_slice(bytes, 2, 0, "a", error);

  return samples != NULL;
}

static void
test_broken(void)
{
  static const TestBroken list[] = {
      {"analyze.nii", MS_IO_ERROR_UNSUPPORTED, "ANALYZE"},
      {"axis-negative.nii", MS_IO_ERROR_CORRUPT, "axis 1 has -2 items"},
      {"axis-of-nothing.nii", MS_IO_ERROR_CORRUPT, "axis 1 has 0 items"},
      {"colours.nii", MS_IO_ERROR_UNSUPPORTED, "RGB colours"},
      {"complex.nii", MS_IO_ERROR_UNSUPPORTED, "complex numbers"},
      {"data-cut-off.nii", MS_IO_ERROR_CORRUPT, "cut short: 363 of 364"},
      {"data-in-another-file.nii", MS_IO_ERROR_UNSUPPORTED, ".hdr and .img"},
      {"eight-axes.nii", MS_IO_ERROR_CORRUPT, "8 axes"},
      {"four-axes.nii", MS_IO_ERROR_UNSUPPORTED, "2 x 2 x 2 x 2"},
      {"header-cut-off.nii", MS_IO_ERROR_CORRUPT, "200 bytes of a header of 348"},
      {"intercept-no-number.nii", MS_IO_ERROR_CORRUPT, "intercept"},
      {"no-axes.nii", MS_IO_ERROR_CORRUPT, "0 axes"},
      {"no-data.nii", MS_IO_ERROR_CORRUPT, "cut short"},
      {"not-a-number.nii", MS_IO_ERROR_UNSUPPORTED, "not a number"},
      {"number-beyond-32-bits.nii", MS_IO_ERROR_UNSUPPORTED, "whole numbers from"},
      {"offset-behind-the-file.nii", MS_IO_ERROR_CORRUPT, "cut short"},
      {"offset-in-header.nii", MS_IO_ERROR_CORRUPT, "cannot begin"},
      {"offset-negative.nii", MS_IO_ERROR_CORRUPT, "cannot begin"},
      {"offset-no-number.nii", MS_IO_ERROR_CORRUPT, "cannot begin"},
      {"offset-that-wraps.nii", MS_IO_ERROR_CORRUPT, "cannot begin"},
      {"sizes-beyond-memory.nii", MS_IO_ERROR_TOO_LARGE, "32767 x 32767 x 32767"},
      {"sizes-that-wrap.nii", MS_IO_ERROR_TOO_LARGE, "axis 0 has"},
  };

  test_broken_files("nifti", list, G_N_ELEMENTS(list), read_broken);
}

/* --- a real volume ---------------------------------------------------------------------------- */

#define N_IDS    256
#define N_SLICES 17

/* Pixels by (actual, predicted), of each slice and, last, of all. */
typedef guint64 Joints[N_SLICES + 1][N_IDS][N_IDS];

static GBytes *
load_volume(const char *name)
{
  g_autofree char *path =
      g_build_filename(test_data(), "data", "spine_nifti", "semantic", name, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) file = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsNiftiHeader header;
  GBytes *bytes;

  g_assert_no_error(error);
  bytes = ms_nifti_inflate(file, name, NULL, &error);
  g_assert_no_error(error);
  ms_nifti_read_header_of_file(path, &header, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(header.size[0], ==, 512);
  g_assert_cmpuint(header.size[2], ==, N_SLICES);
  g_assert_cmpfloat_with_epsilon(header.spacing[0], 0.586, 0.001);
  g_assert_cmpfloat_with_epsilon(header.spacing[2], 3.3, 0.001);
  return bytes;
}

static void
count_slices(GBytes *actual, GBytes *predicted, Joints joints)
{
  for (gsize slice = 0; slice < N_SLICES; slice++) {
    g_autoptr(MsSamples) a = decode(actual, 2, slice);
    g_autoptr(MsSamples) p = decode(predicted, 2, slice);

    g_assert_cmpint(a->bytes, ==, 1);
    g_assert_cmpint(p->bytes, ==, 1);
    for (gsize i = 0; i < 512 * 512; i++) {
      joints[slice][a->pixels[i]][p->pixels[i]]++;
      joints[N_SLICES][a->pixels[i]][p->pixels[i]]++;
    }
  }
}

static void
assert_counts(guint64 joint[N_IDS][N_IDS], MsTable *table, guint row)
{
  guint class = (guint)g_ascii_strtoull(ms_table_cell(table, row, 1), NULL, 10);
  guint64 counts[4] = {joint[class][class]}; /* tp, fp, fn, tn */

  for (guint i = 0; i < N_IDS; i++)
    for (guint j = 0; j < N_IDS; j++) {
      counts[1] += i != class && j == class ? joint[i][j] : 0;
      counts[2] += i == class && j != class ? joint[i][j] : 0;
      counts[3] += i != class && j != class ? joint[i][j] : 0;
    }
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint(counts[i], ==, g_ascii_strtoull(ms_table_cell(table, row, 2 + i), NULL, 10));
}

static MsTable *
load_expected(void)
{
  g_autofree char *path =
      g_build_filename(test_data(), "data", "expected", "spine_nifti", "expected.csv", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  MsTable *table;

  g_assert_no_error(error);
  table = ms_table_parse(bytes, "expected.csv", &error);
  g_assert_no_error(error);
  return table;
}

static void
test_real_volume(void)
{
  static Joints joints;
  guint n_compared = 0;

  if (!test_data()) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  g_autoptr(GBytes) actual = load_volume("ref.nii.gz");
  g_autoptr(GBytes) predicted = load_volume("pred.nii.gz");
  g_autoptr(MsTable) table = load_expected();
  count_slices(actual, predicted, joints);
  for (guint row = 0; row < ms_table_n_rows(table); row++) {
    const char *example = ms_table_cell(table, row, 0);
    gboolean slice = g_str_has_prefix(example, "axis2 slice ");

    if (g_str_equal(ms_table_cell(table, row, 1), "ALL"))
      continue;
    assert_counts(joints[slice ? g_ascii_strtoull(example + 12, NULL, 10) : N_SLICES], table, row);
    n_compared++;
  }
  g_assert_cmpuint(n_compared, ==, 14 * (N_SLICES + 1));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/nifti/items", test_items);
  g_test_add_func("/nifti/types", test_types);
  g_test_add_func("/nifti/header", test_header);
  g_test_add_func("/nifti/units", test_units);
  g_test_add_func("/nifti/axes", test_axes);
  g_test_add_func("/nifti/extension", test_extension);
  g_test_add_func("/nifti/errors", test_errors);
  g_test_add_func("/nifti/cut-off", test_cut_off);
  g_test_add_func("/nifti/no-such-slice", test_no_such_slice);
  g_test_add_func("/nifti/header-of-file", test_header_of_file);
  g_test_add_func("/nifti/form", test_form);
  g_test_add_func("/nifti/grids", test_grids);
  g_test_add_func("/nifti/inflate", test_inflate);
  g_test_add_func("/nifti/broken", test_broken);
  g_test_add_func("/nifti/real-volume", test_real_volume);
  return g_test_run();
}
