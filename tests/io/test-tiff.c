/* SPDX-License-Identifier: MIT
 *
 * TIFF: every form that is read, written by libtiff and read back sample by sample.
 */
#include "io/tiff.h"

#include "io/error.h"
#include "support/files.h"
#include "support/random.h"
#include "tiff-file.h"

#define WIDTH  37
#define HEIGHT 21

static const guint16 compressions[] = {COMPRESSION_NONE, COMPRESSION_PACKBITS, COMPRESSION_LZW,
                                       COMPRESSION_ADOBE_DEFLATE, COMPRESSION_ZSTD};

static MsSamples *
decode(GBytes *bytes, guint page)
{
  g_autoptr(GError) error = NULL;
  MsSamples *samples = ms_tiff_decode(bytes, page, "mask.tif", NULL, &error);

  g_assert_no_error(error);
  return samples;
}

/* Random bytes; of fewer than 8 bits a sample, of which each is below 2^bits. */
static guint8 *
random_samples(TestRandom *random, const TestTiff *form)
{
  gsize bytes = form->bits < 8 ? 1 : form->bits / 8;
  gsize n = (gsize)form->width * form->height * form->channels * bytes;
  guint8 *samples = g_malloc(n);

  for (gsize i = 0; i < n; i++)
    samples[i] = (guint8)(test_random(random) & (form->bits < 8 ? (1u << form->bits) - 1 : 255));
  return samples;
}

static void
assert_same(const TestTiff *form, const char *mode, const guint8 *samples, MsColorType color)
{
  g_autoptr(GBytes) bytes = test_tiff_file(mode, form, samples, NULL);
  g_autoptr(MsSamples) read = decode(bytes, 0);

  g_assert_cmpint(read->width, ==, (int)form->width);
  g_assert_cmpint(read->height, ==, (int)form->height);
  g_assert_cmpint(read->type, ==, MS_SAMPLES_SCALED);
  g_assert_cmpint(read->color, ==, color);
  g_assert_cmpint(read->depth, ==, form->bits);
  g_assert_false(read->lossy);
  g_assert_cmpmem(read->pixels, read->stride * (gsize)read->height, samples,
                  (gsize)form->width * form->height * form->channels * (form->bits == 16 ? 2 : 1));
}

/* All layouts of a form: byte orders, BigTIFF, compressions, strips, tiles, planes. */
static void
assert_all_layouts(TestTiff form, MsColorType color)
{
  static const char *const modes[] = {"w", "wb", "w8"};
  static const struct {
    guint32 rows, tile;
  } cuts[] = {{0, 0}, {1, 0}, {5, 0}, {0, 16}, {0, 64}};
  TestRandom random = {form.bits * 8u + form.channels};

  for (gsize m = 0; m < G_N_ELEMENTS(modes); m++)
    for (gsize c = 0; c < G_N_ELEMENTS(compressions); c++)
      for (gsize i = 0; i < G_N_ELEMENTS(cuts); i++)
        for (int planar = 0; planar <= (form.channels > 1); planar++) {
          g_autofree guint8 *samples = random_samples(&random, &form);

          if (!TIFFIsCODECConfigured(compressions[c]))
            continue;
          form.compression = compressions[c];
          form.rows = cuts[i].rows;
          form.tile = cuts[i].tile;
          form.planar = planar;
          assert_same(&form, modes[m], samples, color);
        }
}

static void
test_unsigned(void)
{
  static const guint16 bits[] = {1, 2, 4, 8, 16};

  for (gsize i = 0; i < G_N_ELEMENTS(bits); i++)
    assert_all_layouts((TestTiff){.width = WIDTH,
                                  .height = HEIGHT,
                                  .bits = bits[i],
                                  .channels = 1,
                                  .photometric = PHOTOMETRIC_MINISBLACK},
                       MS_COLOR_GREY);
}

static void
test_several_channels(void)
{
  for (guint16 bits = 8; bits <= 16; bits += 8) {
    TestTiff form = {.width = WIDTH, .height = HEIGHT, .bits = bits};

    form.photometric = PHOTOMETRIC_RGB;
    form.channels = 3;
    assert_all_layouts(form, MS_COLOR_RGB);
    form.channels = 4;
    assert_all_layouts(form, MS_COLOR_RGBA); /* a fourth channel that is not said to be alpha */
    form.alpha = EXTRASAMPLE_UNASSALPHA;
    assert_all_layouts(form, MS_COLOR_RGBA);
    form.photometric = PHOTOMETRIC_MINISBLACK;
    form.channels = 2;
    assert_all_layouts(form, MS_COLOR_GREY_ALPHA);
  }
}

static void
test_predictors_and_bit_order(void)
{
  TestRandom random = {5};

  for (guint16 bits = 8; bits <= 16; bits += 8) {
    TestTiff form = {.width = WIDTH,
                     .height = HEIGHT,
                     .bits = bits,
                     .channels = 3,
                     .photometric = PHOTOMETRIC_RGB,
                     .compression = COMPRESSION_LZW,
                     .predictor = PREDICTOR_HORIZONTAL,
                     .tile = 16};
    g_autofree guint8 *samples = random_samples(&random, &form);

    assert_same(&form, "wb", samples, MS_COLOR_RGB);
  }
  for (guint16 bits = 1; bits <= 4; bits *= 2) {
    TestTiff form = {.width = WIDTH,
                     .height = HEIGHT,
                     .bits = bits,
                     .channels = 1,
                     .photometric = PHOTOMETRIC_MINISBLACK,
                     .lsb_first = TRUE};
    g_autofree guint8 *samples = random_samples(&random, &form);

    assert_same(&form, "w", samples, MS_COLOR_GREY);
  }
}

/* Samples stay as they are stored, whatever their colour would be. */
static void
test_white_is_zero(void)
{
  static const guint16 fax[] = {COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4};
  TestRandom random = {6};
  TestTiff form = {.width = WIDTH,
                   .height = HEIGHT,
                   .bits = 1,
                   .channels = 1,
                   .photometric = PHOTOMETRIC_MINISWHITE};

  for (gsize i = 0; i < G_N_ELEMENTS(fax); i++) {
    g_autofree guint8 *samples = random_samples(&random, &form);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(MsSamples) read = NULL;

    form.compression = fax[i];
    assert_same(&form, "w", samples, MS_COLOR_GREY);
    bytes = test_tiff_file("w", &form, samples, NULL);
    read = decode(bytes, 0);
    g_assert_nonnull(strstr(read->note, "white is zero"));
  }
}

static void
test_palette(void)
{
  guint16 palette[3][256] = {{0}};

  for (int scale = 1; scale <= 257; scale += 256) { /* 8-bit colours in 16-bit fields, and proper */
    for (guint16 bits = 1; bits <= 8; bits *= 2) {
      TestTiff form = {.width = WIDTH,
                       .height = HEIGHT,
                       .bits = bits,
                       .channels = 1,
                       .photometric = PHOTOMETRIC_PALETTE};
      TestRandom random = {bits};
      g_autofree guint8 *samples = random_samples(&random, &form);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(MsSamples) read = NULL;

      for (int i = 0; i < 256; i++) {
        palette[0][i] = (guint16)(scale * i);
        palette[1][i] = (guint16)(scale * (255 - i));
        palette[2][i] = (guint16)(scale * (i ^ 0x55));
      }
      bytes = test_tiff_file("w", &form, samples, palette);
      read = decode(bytes, 0);
      g_assert_cmpint(read->color, ==, MS_COLOR_PALETTE);
      g_assert_cmpint(read->n_palette, ==, 1 << bits);
      g_assert_cmpmem(read->pixels, WIDTH * HEIGHT, samples, WIDTH * HEIGHT);
      for (int i = 0; i < read->n_palette; i++)
        g_assert_cmpmem(read->palette[i], 4,
                        ((guint8[]){(guint8)i, (guint8)(255 - i), (guint8)(i ^ 0x55), 255}), 4);
    }
  }
}

/* --- wide types ------------------------------------------------------------------------------- */

/* A row of values of one type; floats with their predictor, which libtiff writes in this machine's
 * byte order alone. */
static MsSamples *
decode_row(guint16 format, guint16 bits, const void *values, guint32 n, const char *mode)
{
  gboolean predict = format == SAMPLEFORMAT_IEEEFP && g_str_equal(mode, "w");
  TestTiff form = {.width = n,
                   .height = 1,
                   .bits = bits,
                   .channels = 1,
                   .format = format,
                   .photometric = PHOTOMETRIC_MINISBLACK,
                   .compression = COMPRESSION_ADOBE_DEFLATE,
                   .predictor = predict ? PREDICTOR_FLOATINGPOINT : PREDICTOR_NONE};
  g_autoptr(GBytes) bytes = test_tiff_file(mode, &form, values, NULL);

  return decode(bytes, 0);
}

static void
assert_numbers(guint16 format, guint16 bits, const void *values, guint32 n, int expected_bytes,
               const guint32 *expected)
{
  static const char *const modes[] = {"w", "wb"};

  for (gsize m = 0; m < G_N_ELEMENTS(modes); m++) {
    g_autoptr(MsSamples) read = decode_row(format, bits, values, n, modes[m]);

    g_assert_cmpint(read->type, ==, MS_SAMPLES_NUMBERS);
    g_assert_cmpint(read->color, ==, MS_COLOR_GREY);
    g_assert_cmpint(read->bytes, ==, expected_bytes);
    for (guint32 i = 0; i < n; i++) {
      const guint8 *at = read->pixels + i * (gsize)read->bytes;
      guint32 number = read->bytes == 1   ? *at
                       : read->bytes == 2 ? *(const guint16 *)(const void *)at
                                          : *(const guint32 *)(const void *)at;

      g_assert_cmpuint(number, ==, expected[i]);
    }
  }
}

static void
test_numbers(void)
{
  static const guint32 u32[] = {0, 255, 70000, G_MAXUINT32};
  static const guint64 u64[] = {0, 255, 300};
  static const gint8 s8[] = {0, 127, -1, -128};
  static const gint16 s16[] = {0, 1, 255};
  static const gint32 s32[] = {0, -2, 65535};
  static const gint64 s64[] = {0, -2, 65535, G_MAXUINT32};
  static const double f64[] = {0, -1, 16777217, 4294967295.0};
  static const float f32[] = {0, 1, 300};
  static const guint16 f16[] = {0, 0x3c00, 0x5bf8}; /* 0, 1, 255 */

  assert_numbers(SAMPLEFORMAT_UINT, 32, u32, 4, 4, u32);
  assert_numbers(SAMPLEFORMAT_UINT, 32, u32, 2, 1, u32);
  assert_numbers(SAMPLEFORMAT_UINT, 64, u64, 3, 2, (guint32[]){0, 255, 300});
  assert_numbers(SAMPLEFORMAT_INT, 8, s8, 4, 4, (guint32[]){0, 127, G_MAXUINT32, 4294967168u});
  assert_numbers(SAMPLEFORMAT_INT, 8, s8, 2, 1, (guint32[]){0, 127});
  assert_numbers(SAMPLEFORMAT_INT, 16, s16, 3, 1, (guint32[]){0, 1, 255});
  assert_numbers(SAMPLEFORMAT_INT, 32, s32, 3, 4, (guint32[]){0, G_MAXUINT32 - 1, 65535});
  assert_numbers(SAMPLEFORMAT_INT, 64, s64, 4, 4,
                 (guint32[]){0, G_MAXUINT32 - 1, 65535, G_MAXUINT32});
  assert_numbers(SAMPLEFORMAT_IEEEFP, 64, f64, 4, 4,
                 (guint32[]){0, G_MAXUINT32, 16777217, G_MAXUINT32});
  assert_numbers(SAMPLEFORMAT_IEEEFP, 32, f32, 3, 2, (guint32[]){0, 1, 300});
  assert_numbers(SAMPLEFORMAT_IEEEFP, 16, f16, 3, 1, (guint32[]){0, 1, 255});
}

static void
assert_floats(guint16 bits, const void *values, const float *expected)
{
  static const char *const modes[] = {"w", "wb"};

  for (gsize m = 0; m < G_N_ELEMENTS(modes); m++) {
    g_autoptr(MsSamples) read = decode_row(SAMPLEFORMAT_IEEEFP, bits, values, 3, modes[m]);

    g_assert_cmpint(read->type, ==, MS_SAMPLES_FLOATS);
    g_assert_cmpmem(read->pixels, 12, expected, 12);
  }
}

static void
test_floats(void)
{
  static const float expected[] = {-0.5f, 0.25f, 70};

  assert_floats(16, (guint16[]){0xb800, 0x3400, 0x5460}, expected);
  assert_floats(32, expected, expected);
  assert_floats(64, (double[]){-0.5, 0.25, 70}, expected);
}

/* --- pages ------------------------------------------------------------------------------------ */

static GBytes *
make_pages(guint n_pages)
{
  TestTiffMemory memory;
  TIFF *tiff = test_tiff_begin(&memory, "w");

  for (guint i = 0; i < n_pages; i++) {
    TestTiff form = {.width = 2 + i, .height = 1, .photometric = PHOTOMETRIC_MINISBLACK};
    TestTiff half = {.width = 1,
                     .height = 1,
                     .photometric = PHOTOMETRIC_MINISBLACK,
                     .subfile = FILETYPE_REDUCEDIMAGE};
    g_autofree guint8 *samples = g_malloc(form.width);

    memset(samples, (int)i + 1, form.width);
    test_tiff_add(tiff, &half, "x", NULL);
    test_tiff_add(tiff, &form, samples, NULL);
    half.subfile = FILETYPE_MASK;
    half.photometric = PHOTOMETRIC_MASK;
    half.bits = 1;
    test_tiff_add(tiff, &half, "\1", NULL);
  }
  return test_tiff_end(tiff, &memory);
}

static void
test_pages(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(GBytes) bytes = make_pages(3);
  g_autofree char *path =
      test_file(&folder, "stack.tif", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
  g_autoptr(GError) error = NULL;
  guint n_pages = 0;

  g_assert_true(ms_tiff_count_pages(path, &n_pages, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(n_pages, ==, 3);
  for (guint i = 0; i < n_pages; i++) {
    g_autoptr(MsSamples) read = decode(bytes, i);

    g_assert_cmpint(read->width, ==, 2 + (int)i);
    g_assert_cmpint(read->pixels[0], ==, (int)i + 1);
  }
  g_assert_null(ms_tiff_decode(bytes, 3, "stack.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
  g_assert_cmpstr(error->message, ==, "stack.tif: page 4 is wanted; the TIFF has 3");
}

/* JPEG inside a TIFF: YCbCr comes as RGB, close to what was written. */
static void
test_jpeg(void)
{
  guint8 samples[32 * 32 * 3];
  TestTiff form = {.width = 32,
                   .height = 32,
                   .channels = 3,
                   .photometric = PHOTOMETRIC_YCBCR,
                   .compression = COMPRESSION_JPEG,
                   .rows = 16};

  for (int i = 0; i < 32 * 32; i++)
    memcpy(samples + 3 * i, ((guint8[]){(guint8)(i / 32 * 4), 200, 30}), 3);
  for (form.tile = 0; form.tile <= 16; form.tile += 16) {
    g_autoptr(GBytes) bytes = test_tiff_file("w", &form, samples, NULL);
    g_autoptr(MsSamples) read = decode(bytes, 0);

    g_assert_true(read->lossy);
    g_assert_cmpint(read->color, ==, MS_COLOR_RGB);
    for (gsize i = 0; i < sizeof samples; i++)
      g_assert_cmpint(ABS(read->pixels[i] - samples[i]), <=, 12);
  }
}

static void
test_cancelled(void)
{
  TestTiff form = {.width = 3, .height = 1, .photometric = PHOTOMETRIC_MINISBLACK};
  g_autoptr(GBytes) bytes = test_tiff_file("w", &form, "abc", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel(cancellable);
  g_assert_null(ms_tiff_decode(bytes, 0, "a.tif", cancellable, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  test_tiff_forbid_printing();
  g_test_add_func("/tiff/unsigned", test_unsigned);
  g_test_add_func("/tiff/several-channels", test_several_channels);
  g_test_add_func("/tiff/predictors", test_predictors_and_bit_order);
  g_test_add_func("/tiff/white-is-zero", test_white_is_zero);
  g_test_add_func("/tiff/palette", test_palette);
  g_test_add_func("/tiff/numbers", test_numbers);
  g_test_add_func("/tiff/floats", test_floats);
  g_test_add_func("/tiff/pages", test_pages);
  g_test_add_func("/tiff/jpeg", test_jpeg);
  g_test_add_func("/tiff/cancelled", test_cancelled);
  return g_test_run();
}
