/* SPDX-License-Identifier: MIT
 *
 * Damaged TIFFs, and files with something else than is asked for: every one ends in an error that
 * names the file and the cause.
 */
#include "broken-files.h"
#include "io/error.h"
#include "io/tiff.h"
#include "support/files.h"
#include "support/random.h"
#include "tiff-file.h"

/* --- damage ----------------------------------------------------------------------------------- */

static GBytes *
make_file(guint16 compression, guint16 photometric)
{
  guint8 samples[32 * 32 * 3];
  TestTiff form = {.width = 32,
                   .height = 32,
                   .channels = photometric == PHOTOMETRIC_YCBCR ? 3 : 1,
                   .photometric = photometric,
                   .compression = compression,
                   .rows = 16};
  TestRandom random = {compression};

  for (gsize i = 0; i < sizeof samples; i++)
    samples[i] = (guint8)(test_random(&random) & 15);
  return test_tiff_file("w", &form, samples, NULL);
}

/* An error that names the file, or the very samples of the whole file. */
static void
assert_error_or_same(GBytes *bytes, const MsSamples *whole)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) read = ms_tiff_decode(bytes, 0, "masks/a.tif", NULL, &error);

  if (read == NULL) {
    g_assert_nonnull(error);
    g_assert_true(g_str_has_prefix(error->message, "masks/a.tif: "));
  } else if (whole != NULL) {
    g_assert_cmpmem(read->pixels, read->stride * (gsize)read->height, whole->pixels,
                    whole->stride * (gsize)whole->height);
  }
}

static const struct {
  guint16 compression, photometric;
} kinds[] = {{COMPRESSION_NONE, PHOTOMETRIC_MINISBLACK},
             {COMPRESSION_PACKBITS, PHOTOMETRIC_MINISBLACK},
             {COMPRESSION_LZW, PHOTOMETRIC_MINISBLACK},
             {COMPRESSION_ADOBE_DEFLATE, PHOTOMETRIC_MINISBLACK},
             {COMPRESSION_JPEG, PHOTOMETRIC_YCBCR}};

static void
test_truncated(void)
{
  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autoptr(GBytes) bytes = make_file(kinds[i].compression, kinds[i].photometric);
    g_autoptr(MsSamples) whole = ms_tiff_decode(bytes, 0, "a.tif", NULL, NULL);

    g_assert_nonnull(whole);
    for (gsize size = 1; size < g_bytes_get_size(bytes); size++) {
      g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, size);

      assert_error_or_same(part, whole);
    }
  }
}

static void
test_flipped_bytes(void)
{
  TestRandom random = {8};

  for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
    g_autoptr(GBytes) bytes = make_file(kinds[i].compression, kinds[i].photometric);
    gsize size = g_bytes_get_size(bytes);

    for (int round = 0; round < 500; round++) {
      guint8 *copy = g_memdup2(g_bytes_get_data(bytes, NULL), size);
      g_autoptr(GBytes) flipped = g_bytes_new_take(copy, size);
      gsize end = round % 2 ? size : MIN(size, 400);

      copy[size - 1 - test_random_below(&random, (guint)end)] ^= 1 << (round / 2 % 8);
      assert_error_or_same(flipped, NULL);
    }
  }
}

/* An end mark 40 bytes into the first scan. libtiff fills up with grey what libjpeg misses and
 * calls that a warning. */
static void
test_jpeg_that_breaks_off(void)
{
  g_autoptr(GBytes) bytes = make_file(COMPRESSION_JPEG, PHOTOMETRIC_YCBCR);
  gsize size = g_bytes_get_size(bytes), scan = 0;
  guint8 *copy = g_memdup2(g_bytes_get_data(bytes, NULL), size);
  g_autoptr(GBytes) cut = g_bytes_new_take(copy, size);
  g_autoptr(GError) error = NULL;

  while (memcmp(copy + scan, "\xff\xda", 2) != 0)
    scan++;
  memcpy(copy + scan + 40, "\xff\xd9", 2);
  g_assert_null(ms_tiff_decode(cut, 0, "masks/a.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
  g_assert_true(g_str_has_prefix(error->message, "masks/a.tif: damaged TIFF (from row 0 on: "));
}

static void
test_not_a_tiff(void)
{
  g_autoptr(GBytes) empty = g_bytes_new(NULL, 0);
  g_autoptr(GBytes) png = g_bytes_new_static("\x89PNG\r\n\x1a\n", 8);
  g_autoptr(GBytes) alone = g_bytes_new_static("II*\0", 4);
  g_autoptr(GError) error = NULL;

  test_tiff_fails(empty, 0, MS_IO_ERROR_EMPTY, "masks/a.tif: empty (0 bytes)");
  test_tiff_fails(png, 0, MS_IO_ERROR_FORMAT,
                  "masks/a.tif: not a TIFF file (begins with PNG data)");
  g_assert_null(ms_tiff_decode(alone, 0, "masks/a.tif", NULL, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT);
}

/* --- values ----------------------------------------------------------------------------------- */

static void
test_values_out_of_range(void)
{
  static const guint64 number[] = {0, G_GUINT64_CONSTANT(1) << 40};
  static const double infinite[] = {0.5, 1e300};
  TestTiff form = {.width = 2,
                   .height = 1,
                   .bits = 64,
                   .channels = 1,
                   .format = SAMPLEFORMAT_UINT,
                   .photometric = PHOTOMETRIC_MINISBLACK};
  g_autoptr(GBytes) numbers = test_tiff_file("w", &form, number, NULL);
  g_autoptr(GBytes) floats = NULL;

  form.format = SAMPLEFORMAT_IEEEFP;
  floats = test_tiff_file("w", &form, infinite, NULL);
  test_tiff_fails(numbers, 0, MS_IO_ERROR_UNSUPPORTED,
                  "masks/a.tif: the value at x 1, y 0 is 1099511627776; whole numbers from "
                  "-2147483648 to 4294967295 are read");
  test_tiff_fails(floats, 0, MS_IO_ERROR_UNSUPPORTED,
                  "masks/a.tif: the value at x 1, y 0 is infinite, which is neither an id nor a "
                  "probability");
}

/* --- pages ------------------------------------------------------------------------------------ */

static void
test_later_pages(void)
{
  TestTiff form = {.width = 2, .height = 1, .photometric = PHOTOMETRIC_MINISBLACK};
  TestTiffMemory memory;
  TIFF *tiff = test_tiff_begin(&memory, "w");
  g_autoptr(GBytes) bytes = NULL;

  test_tiff_add(tiff, &form, "ab", NULL);
  form.channels = 2;
  test_tiff_add(tiff, &form, "abcd", NULL);
  bytes = test_tiff_end(tiff, &memory);
  test_tiff_fails(bytes, 1, MS_IO_ERROR_UNSUPPORTED,
                  "masks/a.tif, page 2: a TIFF with 2 grey channels a pixel; grey, palette and RGB "
                  "are read");
  test_tiff_fails(bytes, 2, MS_IO_ERROR_UNSUPPORTED,
                  "masks/a.tif: page 3 is wanted; the TIFF has 2");
}

static void
assert_count_fails(const char *path, MsIoError code, const char *cause)
{
  g_autoptr(GError) error = NULL;
  guint n_pages;

  g_assert_false(ms_tiff_count_pages(path, &n_pages, &error));
  g_assert_error(error, MS_IO_ERROR, (int)code);
  if (strstr(error->message, cause) == NULL)
    g_error("\"%s\" does not say \"%s\"", error->message, cause);
}

static void
test_counting(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *missing = test_path(&folder, "none.tif");
  g_autofree char *empty = test_file(&folder, "empty.tif", "", 0);
  g_autofree char *text = test_file(&folder, "text.tif", "some text", 9);
  g_autofree char *broken = test_file(&folder, "broken.tif", "II*\0\xff\0\0\0", 8);

  assert_count_fails(missing, MS_IO_ERROR_OPEN, "none.tif: does not exist");
  assert_count_fails(folder.path, MS_IO_ERROR_OPEN, "is a folder, not a file");
  assert_count_fails(empty, MS_IO_ERROR_EMPTY, "empty.tif: empty (0 bytes)");
  assert_count_fails(text, MS_IO_ERROR_FORMAT, "text.tif: not a TIFF file");
  assert_count_fails(broken, MS_IO_ERROR_CORRUPT, "broken.tif: damaged TIFF (");
}

/* --- files ------------------------------------------------------------------------------------ */

static gboolean
read_all(const char *path, GBytes *bytes, GError **error)
{
  g_autoptr(MsSamples) samples = NULL;
  guint n_pages;

  if (!ms_tiff_count_pages(path, &n_pages, error))
    return FALSE;
  samples = ms_tiff_decode(bytes, 0, path, NULL, error);
  return samples != NULL;
}

static void
test_files(void)
{
  static const TestBroken list[] = {
      {"40000-in-400-bytes.tif", MS_IO_ERROR_CORRUPT, "promises"},
      {"big-tiff-directory-that-wraps.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"complex.tif", MS_IO_ERROR_UNSUPPORTED, "complex samples"},
      {"deflate-40000-in-400-bytes.tif", MS_IO_ERROR_CORRUPT, "promises"},
      {"deflate-cut-off.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"directory-behind-the-file.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"directory-names-itself.tif", MS_IO_ERROR_CORRUPT, "no way leads"},
      {"directory-of-65535-entries.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"fax-a-million-rows.tif", MS_IO_ERROR_CORRUPT, "promises"},
      {"jpeg-of-another-size.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"jpeg-of-no-bytes.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"lzw-of-nothing.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"many-small-tiles.tif", MS_IO_ERROR_TOO_LARGE, "pixels need"},
      {"packbits-beyond-the-strip.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"sides-over-limit.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"signature-alone.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"sixty-thousand-channels.tif", MS_IO_ERROR_UNSUPPORTED, "60000 grey channels"},
      {"strip-behind-the-file.tif", MS_IO_ERROR_CORRUPT, "from row 0 on"},
      {"strips-overlap.tif", MS_IO_ERROR_CORRUPT, "strips are more"},
      {"table-of-strips-cut-off.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"tiles-of-0.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
      {"tiles-of-65536.tif", MS_IO_ERROR_TOO_LARGE, "pixels need"},
      {"width-0.tif", MS_IO_ERROR_CORRUPT, "damaged TIFF ("},
  };

  test_broken_files("tiff", list, G_N_ELEMENTS(list), read_all);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  test_tiff_forbid_printing();
  g_test_add_func("/tiff/broken/truncated", test_truncated);
  g_test_add_func("/tiff/broken/flipped", test_flipped_bytes);
  g_test_add_func("/tiff/broken/jpeg", test_jpeg_that_breaks_off);
  g_test_add_func("/tiff/broken/not-a-tiff", test_not_a_tiff);
  g_test_add_func("/tiff/broken/values", test_values_out_of_range);
  g_test_add_func("/tiff/broken/later-pages", test_later_pages);
  g_test_add_func("/tiff/broken/counting", test_counting);
  g_test_add_func("/tiff/broken/files", test_files);
  return g_test_run();
}
