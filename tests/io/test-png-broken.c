/* SPDX-License-Identifier: MIT
 *
 * Bad PNG files: every one ends in an error that names the file and the cause, or in the very
 * samples of the sound file; never in others.
 */
#include "io/error.h"
#include "io/picture.h"
#include "io/png.h"
#include "reference-png.h"

static void
assert_fails(const guint8 *data, gsize size, MsIoError code, const char *cause)
{
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_png_decode(bytes, "masks/a.png", NULL, &error);

  g_assert_null(samples);
  g_assert_error(error, MS_IO_ERROR, (int)code);
  g_assert_true(g_str_has_prefix(error->message, "masks/a.png: "));
  if (strstr(error->message, cause) == NULL)
    g_error("\"%s\" does not say \"%s\"", error->message, cause);
}

static guint32
checksum(const guint8 *data, gsize size)
{
  guint32 crc = 0xffffffffu;

  for (gsize i = 0; i < size; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
  }
  return ~crc;
}

static guint32
get_32(const guint8 *p)
{
  return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static void
put_32(guint8 *p, guint32 value)
{
  for (int i = 0; i < 4; i++)
    p[i] = (guint8)(value >> (24 - 8 * i));
}

/* Makes every checksum right again, so that mutations reach what lies behind them. */
static void
mend_checksums(guint8 *data, gsize size)
{
  for (gsize offset = 8; offset + 12 <= size;) {
    guint32 length = get_32(data + offset);

    if (length > size - offset - 12)
      return;
    put_32(data + offset + 8 + length, checksum(data + offset + 4, 4 + (gsize)length));
    offset += 12 + (gsize)length;
  }
}

static GBytes *
small_png(TestPngForm form, gboolean interlaced)
{
  static const guint8 exif[] = {'M', 'M', 0, '*', 0, 0, 0, 8, 0, 1, 1, 0x12, 0,
                                3,   0,   0, 0,   1, 0, 6, 0, 0, 0, 0, 0,    0};
  TestRandom random = {11};
  g_autoptr(MsSamples) samples = test_samples_random(&random, form, 9, 8);
  g_autoptr(GBytes) exif_bytes = g_bytes_new_static(exif, sizeof exif);

  return test_png_write(samples, interlaced, exif_bytes);
}

static const TestPngForm tried_forms[] = {
    {MS_COLOR_GREY, 8}, {MS_COLOR_PALETTE, 4}, {MS_COLOR_RGBA, 16}};

static void
test_every_truncation(void)
{
  for (gsize i = 0; i < 2 * G_N_ELEMENTS(tried_forms); i++) {
    g_autoptr(GBytes) bytes = small_png(tried_forms[i / 2], i % 2);
    gsize size;
    const guint8 *data = g_bytes_get_data(bytes, &size);

    assert_fails(data, 0, MS_IO_ERROR_EMPTY, "empty (0 bytes)");
    for (gsize length = 1; length < size; length++)
      assert_fails(data, length, MS_IO_ERROR_CORRUPT, "truncated PNG");
  }
}

static void
test_truncation_names_the_row(void)
{
  g_autoptr(MsSamples) samples = ms_samples_new(100, 64, MS_COLOR_GREY, 8, "x", NULL);
  g_autoptr(GBytes) bytes = NULL;

  bytes = ms_png_encode(samples, 0, NULL, NULL); /* stored: a row is 101 bytes of the file */
  assert_fails(g_bytes_get_data(bytes, NULL), 8 + 25 + 8 + 2 + 5 + 101 * 12 + 50,
               MS_IO_ERROR_CORRUPT, "truncated PNG (ends after row 12 of 64)");
}

/* Returns whether the bytes were refused; if not, the samples must be those of `sound`. */
static gboolean
refused_or_same(const guint8 *data, gsize size, const MsSamples *sound)
{
  g_autoptr(GBytes) bytes = g_bytes_new(data, size);
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) samples = ms_png_decode(bytes, "a.png", NULL, &error);

  if (samples == NULL) {
    g_assert_nonnull(error);
    return TRUE;
  }
  g_assert_no_error(error);
  g_assert_true(test_samples_equal(samples, sound));
  return FALSE;
}

static void
test_every_byte_changed(void)
{
  for (gsize i = 0; i < 2 * G_N_ELEMENTS(tried_forms); i++) {
    g_autoptr(GBytes) bytes = small_png(tried_forms[i / 2], i % 2);
    g_autoptr(MsSamples) sound = ms_png_decode(bytes, "a.png", NULL, NULL);
    gsize size, n_refused = 0;
    g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, &size), g_bytes_get_size(bytes));

    g_assert_nonnull(sound);
    for (gsize at = 0; at < size; at++) {
      for (guint change = 1; change < 256; change += 2) {
        data[at] ^= change;
        n_refused += refused_or_same(data, size, sound);
        data[at] ^= change;
      }
    }
    g_assert_cmpuint(n_refused, ==, size * 128); /* checksums cover everything there is */
  }
}

/* Offset of the first chunk of that type (of its length field). */
static gsize
find_chunk(GBytes *bytes, const char *type)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  for (gsize offset = 8; offset + 12 <= size; offset += 12 + (gsize)get_32(data + offset))
    if (memcmp(data + offset + 4, type, 4) == 0)
      return offset;
  g_assert_not_reached();
}

static void
test_wrong_checksum(void)
{
  static const char *const types[] = {"IHDR", "PLTE", "tRNS", "eXIf", "IDAT", "IEND"};
  g_autoptr(GBytes) bytes = small_png((TestPngForm){MS_COLOR_PALETTE, 8}, FALSE);
  gsize size;
  g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, &size), g_bytes_get_size(bytes));

  for (gsize i = 0; i < G_N_ELEMENTS(types); i++) {
    gsize offset = find_chunk(bytes, types[i]);
    guint8 *crc = data + offset + 8 + get_32(data + offset);
    g_autofree char *cause = g_strdup_printf("the checksum of chunk %s is wrong", types[i]);

    crc[3] ^= 1;
    assert_fails(data, size, MS_IO_ERROR_CORRUPT, cause);
    crc[3] ^= 1;
  }
}

/* The checksum of the zlib stream itself, under a right chunk checksum. */
static void
test_wrong_zlib_checksum(void)
{
  g_autoptr(GBytes) bytes = small_png((TestPngForm){MS_COLOR_GREY, 8}, FALSE);
  gsize size;
  g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, &size), g_bytes_get_size(bytes));
  gsize offset = find_chunk(bytes, "IDAT");

  data[offset + 8 + get_32(data + offset) - 1] ^= 1;
  mend_checksums(data, size);
  assert_fails(data, size, MS_IO_ERROR_CORRUPT, "incorrect data check");
}

/* The header says fewer or more rows than the stream holds. */
static void
test_wrong_height(void)
{
  g_autoptr(GBytes) bytes = small_png((TestPngForm){MS_COLOR_GREY, 8}, FALSE);
  gsize size;
  g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, &size), g_bytes_get_size(bytes));

  put_32(data + 20, 7);
  mend_checksums(data, size);
  assert_fails(data, size, MS_IO_ERROR_CORRUPT, "Too much image data");
  put_32(data + 20, 9);
  mend_checksums(data, size);
  assert_fails(data, size, MS_IO_ERROR_CORRUPT, "damaged PNG");
}

static void
assert_header_fails(guint32 width, guint32 height, guint8 depth, guint8 color, MsIoError code,
                    const char *cause)
{
  guint8 data[200] = "\x89PNG\r\n\x1a\n";

  put_32(data + 8, 13);
  memcpy(data + 12, "IHDR", 4);
  put_32(data + 16, width);
  put_32(data + 20, height);
  data[24] = depth;
  data[25] = color;
  mend_checksums(data, 33);
  assert_fails(data, sizeof data, code, cause);
}

static void
test_huge_and_impossible_headers(void)
{
  assert_header_fails(40000, 40000, 8, 0, MS_IO_ERROR_CORRUPT,
                      "promises 40000 x 40000 pixels, more than the file's 200 bytes can hold");
  assert_header_fails(40000, 40000, 16, 6, MS_IO_ERROR_CORRUPT, "40000 x 40000");
  assert_header_fails(2000000, 1, 8, 0, MS_IO_ERROR_TOO_LARGE, "2000000 x 1 pixels");
  assert_header_fails(1, 0x7fffffff, 8, 0, MS_IO_ERROR_TOO_LARGE, "1 x 2147483647 pixels");
  assert_header_fails(0, 5, 8, 0, MS_IO_ERROR_CORRUPT, "impossible header");
  assert_header_fails(5, 0x80000000u, 8, 0, MS_IO_ERROR_CORRUPT, "impossible header");
  assert_header_fails(5, 5, 3, 0, MS_IO_ERROR_CORRUPT, "impossible header");
  assert_header_fails(5, 5, 16, 3, MS_IO_ERROR_CORRUPT, "impossible header");
  assert_header_fails(5, 5, 8, 5, MS_IO_ERROR_CORRUPT, "impossible header");
}

/* Enough bytes to hold the promise, but more samples than are read. */
static void
test_too_many_samples(void)
{
  gsize size = 4 << 20;
  g_autofree guint8 *data = g_malloc0(size);

  memcpy(data, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0", 29);
  mend_checksums(data, 33);
  assert_fails(data, size, MS_IO_ERROR_TOO_LARGE, "30000 x 30000 pixels need 2700000000 bytes");
}

static void
test_not_a_png(void)
{
  assert_fails((const guint8 *)"\xff\xd8\xff\xe0junk", 8, MS_IO_ERROR_FORMAT,
               "not a PNG file (begins with JPEG data)");
  assert_fails((const guint8 *)"version https://git-lfs", 23, MS_IO_ERROR_FORMAT, "Git LFS");
  assert_fails((const guint8 *)"abc", 3, MS_IO_ERROR_FORMAT, "begins with the bytes 61 62 63");
  assert_fails((const guint8 *)"\x89PNG\n\x1a\n\0", 8, MS_IO_ERROR_FORMAT, "as if it were text");
  assert_fails((const guint8 *)"\0\0\0\0\0\0\0\0\0", 9, MS_IO_ERROR_FORMAT, "zero bytes");
}

/* Thousands of seeded mutations, half of them under right checksums: any end is fine but a crash, a
 * leak or an error that is not set. */
static void
test_mutations(void)
{
  TestRandom random = {4242};

  for (int round = 0; round < 6000; round++) {
    TestPngForm form = test_png_forms[test_random_below(&random, G_N_ELEMENTS(test_png_forms))];
    g_autoptr(GBytes) sound = small_png(form, round & 1);
    gsize size = g_bytes_get_size(sound);
    guint8 *data = g_memdup2(g_bytes_get_data(sound, NULL), size);
    guint n_changes = 1 + test_random_below(&random, 6);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(MsSamples) samples = NULL;
    g_autoptr(MsPicture) picture = NULL;

    for (guint i = 0; i < n_changes; i++)
      data[test_random_below(&random, (guint)size)] = (guint8)test_random(&random);
    if (round & 2)
      mend_checksums(data, size);
    bytes = g_bytes_new_take(data, size);
    samples = ms_png_decode(bytes, "a.png", NULL, &error);
    g_assert_true((samples == NULL) == (error != NULL));
    if (ms_png_sniff(bytes)) {
      picture = ms_picture_decode(bytes, "a.png", NULL, NULL);
      g_assert_true((samples == NULL) == (picture == NULL));
    }
  }
}

/* Every file in tests/crashers once did harm somewhere, or could. */
static void
test_crashers(void)
{
  g_autofree char *folder = g_test_build_filename(G_TEST_DIST, "crashers", "png", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull(dir);
  while ((name = g_dir_read_name(dir)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(GError) error = NULL;
    char *data;
    gsize size;

    if (!g_str_has_suffix(name, ".png"))
      continue;
    g_assert_true(g_file_get_contents(path, &data, &size, NULL));
    bytes = g_bytes_new_take(data, size);
    g_assert_null(ms_png_decode(bytes, name, NULL, &error));
    g_assert_nonnull(error);
    g_assert_true(g_str_has_prefix(error->message, name));
    g_test_message("%s", error->message);
    n++;
  }
  g_assert_cmpuint(n, >=, 10);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/png-broken/truncation", test_every_truncation);
  g_test_add_func("/png-broken/truncation-names-row", test_truncation_names_the_row);
  g_test_add_func("/png-broken/every-byte", test_every_byte_changed);
  g_test_add_func("/png-broken/checksum", test_wrong_checksum);
  g_test_add_func("/png-broken/zlib-checksum", test_wrong_zlib_checksum);
  g_test_add_func("/png-broken/height", test_wrong_height);
  g_test_add_func("/png-broken/headers", test_huge_and_impossible_headers);
  g_test_add_func("/png-broken/too-many-samples", test_too_many_samples);
  g_test_add_func("/png-broken/not-a-png", test_not_a_png);
  g_test_add_func("/png-broken/mutations", test_mutations);
  g_test_add_func("/png-broken/crashers", test_crashers);
  return g_test_run();
}
