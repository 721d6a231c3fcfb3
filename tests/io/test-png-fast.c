/* SPDX-License-Identifier: MIT
 *
 * The fast PNG reader beside libpng: whatever the bytes, the same samples or the same error. Sound
 * files must be read by the fast one, else the comparison would say nothing.
 */
#include "io/png-fast.h"
#include "io/png.h"
#include "made-png.h"
#include "reference-png.h"

/* --- comparing -------------------------------------------------------------------------------- */

static const char *
message_of(const GError *error)
{
  return error ? error->message : "(none)";
}

/* Returns whether they were read. */
static gboolean
assert_same(GBytes *bytes, MsScratch *scratch)
{
  g_autoptr(GError) error = NULL, expected_error = NULL;
  g_autoptr(MsSamples) samples = ms_png_decode_using(bytes, "a.png", scratch, NULL, &error);
  g_autoptr(MsSamples) expected = ms_png_decode_reference(bytes, "a.png", NULL, &expected_error);

  g_assert_cmpstr(message_of(error), ==, message_of(expected_error));
  g_assert_true((samples != NULL) == (error == NULL));
  g_assert_true((expected != NULL) == (expected_error == NULL));
  if (error)
    g_assert_true(g_error_matches(error, expected_error->domain, expected_error->code));
  else
    g_assert_true(test_samples_equal(samples, expected));
  return samples != NULL;
}

/* Whether the fast reader takes them. */
static gboolean
is_taken(GBytes *bytes, MsScratch *scratch)
{
  MsPngHeader header;
  MsPngRows rows;
  gsize size;
  guint8 *room;

  if (!ms_png_header_parse(bytes, "a.png", &header, NULL) ||
      !ms_png_header_check_limits(&header, g_bytes_get_size(bytes), "a.png", NULL))
    return FALSE;
  size = MAX(ms_png_rows_size(&header), ms_png_color_rows_size(&header));
  room = ms_scratch_take(scratch, MS_SCRATCH_INFLATED, size);
  return size > 0 && ms_png_rows_open(&rows, &header, bytes, room, scratch, 0);
}

/* --- sound files ------------------------------------------------------------------------------ */

static void
check_made(TestRandom *random, const TestMadePng *made, MsScratch *scratch)
{
  g_autofree guint8 *pixels = NULL;
  g_autoptr(GBytes) bytes = test_make_png(random, made, &pixels);
  g_autoptr(MsSamples) samples = ms_png_decode_using(bytes, "a.png", scratch, NULL, NULL);

  g_assert_true(is_taken(bytes, scratch));
  g_assert_true(assert_same(bytes, scratch));
  g_assert_true(assert_same(bytes, NULL));
  g_assert_cmpmem(samples->pixels, test_samples_size(samples), pixels,
                  (gsize)made->width * (gsize)made->height * test_made_channels(made));
}

static void
test_every_width(void)
{
  static const int depths[] = {1, 2, 4, 8};
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {1};

  for (int width = 1; width <= 70; width++)
    for (int i = 0; i < 4 * 6 * 2; i++) {
      const TestMadePng made = {.width = width,
                                .height = 5,
                                .depth = depths[i % 4],
                                .filter = i / 4 % 6,
                                .noisy = i / 24,
                                .level = 6,
                                .window_bits = 15,
                                .cuts = 1};

      check_made(&random, &made, scratch);
    }
}

static void
test_every_width_of_colors(void)
{
  static const int colors[] = {2, 4, 6};
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {11};

  for (int width = 1; width <= 40; width++)
    for (int i = 0; i < 3 * 6 * 2; i++) {
      const TestMadePng made = {.width = width,
                                .height = 5,
                                .color = colors[i % 3],
                                .depth = 8,
                                .filter = i / 3 % 6,
                                .noisy = i / 18,
                                .level = 6,
                                .window_bits = 15,
                                .cuts = 1};

      check_made(&random, &made, scratch);
    }
}

/* Who asks for a sample a pixel is not given several. */
static void
test_sizes(void)
{
  for (MsColorType color = MS_COLOR_GREY; color <= MS_COLOR_PALETTE; color++) {
    MsPngHeader header = {.width = 7, .height = 3, .depth = 8, .color = color};
    gboolean several = ms_color_channels(color) > 1;

    g_assert_true((ms_png_rows_size(&header) > 0) == !several);
    g_assert_true((ms_png_color_rows_size(&header) > 0) == several);
    header.interlaced = TRUE;
    g_assert_cmpuint(ms_png_rows_size(&header) + ms_png_color_rows_size(&header), ==, 0);
    header = (MsPngHeader){.width = 7, .height = 3, .depth = 16, .color = color};
    g_assert_cmpuint(ms_png_rows_size(&header) + ms_png_color_rows_size(&header), ==, 0);
  }
}

/* A palette that is only suggested, a colour that is see-through: libpng's to judge. */
static void
test_odd_colors(void)
{
  static const char *const odd[] = {"PLTE", "tRNS"};
  static const guint8 noise[6] = {1, 2, 3, 4, 5, 6};
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {12};

  for (gsize i = 0; i < G_N_ELEMENTS(odd); i++) {
    TestMadePng made = {
        .width = 9, .height = 4, .color = 2, .depth = 8, .level = 6, .window_bits = 15, .cuts = 1};
    g_autoptr(GBytes) sound = test_make_png(&random, &made, NULL);
    const guint8 *data = g_bytes_get_data(sound, NULL);
    GByteArray *with = g_byte_array_new();
    g_autoptr(GBytes) bytes = NULL;

    g_byte_array_append(with, data, MS_PNG_HEADER_BYTES);
    test_put_chunk(with, odd[i], noise, sizeof noise);
    g_byte_array_append(with, data + MS_PNG_HEADER_BYTES,
                        (guint)(g_bytes_get_size(sound) - MS_PNG_HEADER_BYTES));
    bytes = g_byte_array_free_to_bytes(with);
    g_assert_true(is_taken(sound, scratch));
    g_assert_false(is_taken(bytes, scratch));
    g_assert_true(assert_same(bytes, scratch));
  }
}

static void
test_every_kind(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {2};

  for (int i = 0; i < 2000; i++) {
    TestMadePng made = test_any_made_png(&random);

    check_made(&random, &made, scratch);
  }
}

static void
test_large(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {3};

  for (int filter = 0; filter < 6; filter++) {
    const TestMadePng made = {.width = 4097,
                              .height = 1031,
                              .color = filter % 2 ? 2 : 0,
                              .depth = filter % 2 ? 8 : 1,
                              .filter = filter,
                              .level = 1,
                              .window_bits = 15,
                              .cuts = 3};

    check_made(&random, &made, scratch);
  }
}

/* What only libpng reads. */
static void
test_other_forms(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {4};

  for (gsize i = 0; i < 2 * G_N_ELEMENTS(test_png_forms); i++) {
    TestPngForm form = test_png_forms[i / 2];
    g_autoptr(MsSamples) samples = test_samples_random(&random, form, 37, 19);
    g_autoptr(GBytes) bytes = test_png_write(samples, i % 2, NULL);

    g_assert_true(assert_same(bytes, scratch));
    g_assert_true(is_taken(bytes, scratch) == (i % 2 == 0 && form.depth <= 8));
  }
}

/* A zlib header that promises a smaller window than the image has bytes: is it kept to? */
static void
test_understated_window(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {5};
  TestMadePng made = {.width = 300,
                      .height = 60,
                      .depth = 8,
                      .filter = 2,
                      .level = 9,
                      .window_bits = 15,
                      .cuts = 1};
  g_autoptr(GBytes) sound = test_make_png(&random, &made, NULL);
  g_autofree guint8 *data = g_memdup2(g_bytes_get_data(sound, NULL), g_bytes_get_size(sound));
  guint8 *stream = data + 8 + 25 + 8;
  g_autoptr(GBytes) bytes = NULL;

  g_assert_cmpuint(stream[0], ==, 0x78);
  stream[0] = 0x18; /* 512 bytes */
  stream[1] = (guint8)((stream[1] & 0xe0) + (31 - (0x1800 + (stream[1] & 0xe0)) % 31) % 31);
  test_mend_checksums(data, g_bytes_get_size(sound));
  bytes = g_bytes_new(data, g_bytes_get_size(sound));
  g_assert_true(is_taken(sound, scratch));
  g_assert_false(is_taken(bytes, scratch));
  g_assert_true(assert_same(bytes, scratch));
}

/* The one known difference: 258 pixels by a length symbol that deflate leaves undefined, under a
 * checksum that is right. zlib refuses the symbol. */
static void
test_undefined_symbol(void)
{
  static const guint8 ihdr[13] = {0, 0, 1, 2, 0, 0, 0, 1, 8};
  static const guint8 stream[] = {0x78, 0x9c, 0x63, 0x18, 0x03, 0x00, 0x01, 0x03, 0x00, 0x01};
  GByteArray *made = g_byte_array_new();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) samples = NULL, expected = NULL;

  g_byte_array_append(made, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  test_put_chunk(made, "IHDR", ihdr, sizeof ihdr);
  test_put_chunk(made, "IDAT", stream, sizeof stream);
  test_put_chunk(made, "IEND", NULL, 0);
  bytes = g_byte_array_free_to_bytes(made);
  samples = ms_png_decode(bytes, "a.png", NULL, NULL);
  expected = ms_png_decode_reference(bytes, "a.png", NULL, NULL);
  g_assert_null(expected);
  for (int x = 0; samples && x < 258; x++)
    g_assert_cmpuint(samples->pixels[x], ==, 0);
}

/* --- damaged files ---------------------------------------------------------------------------- */

static void
test_truncated(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {6};

  for (int i = 0; i < 40; i++) {
    TestMadePng made = test_any_made_png(&random);
    g_autoptr(GBytes) bytes = test_make_png(&random, &made, NULL);
    gsize size = g_bytes_get_size(bytes);

    for (int cut = 0; cut < 60; cut++) {
      g_autoptr(GBytes) part =
          g_bytes_new_from_bytes(bytes, 0, test_random_below(&random, (guint32)size));

      g_assert_true(!assert_same(part, scratch) || made.trailing);
    }
  }
}

/* Changes a few bytes. */
static void
damage(TestRandom *random, guint8 *data, gsize size)
{
  guint n = 1 + test_random_below(random, 3);

  for (guint i = 0; i < n; i++) {
    gsize at = 8 + test_random_below(random, (guint32)size - 8);

    data[at] = test_random_below(random, 2)
                   ? (guint8)test_random(random)
                   : (guint8)(data[at] ^ 1 << test_random_below(random, 8));
  }
}

/* With checksums that show it, and with such as do not. */
static void
test_flipped(gconstpointer mended)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {7};
  guint n_read = 0, n_refused = 0;

  for (int i = 0; i < 20000; i++) {
    TestMadePng made = test_any_made_png(&random);
    g_autoptr(GBytes) bytes = test_make_png(&random, &made, NULL);
    gsize size = g_bytes_get_size(bytes);
    g_autofree guint8 *data = g_memdup2(g_bytes_get_data(bytes, NULL), size);
    g_autoptr(GBytes) changed = NULL;

    damage(&random, data, size);
    if (mended)
      test_mend_checksums(data, size);
    changed = g_bytes_new(data, size);
    if (assert_same(changed, scratch))
      n_read++;
    else
      n_refused++;
  }
  g_test_message("%u read, %u refused", n_read, n_refused);
  g_assert_cmpuint(n_refused, >, 1000);
  g_assert_cmpuint(n_read, >, 10);
}

/* Chunks swapped, doubled, dropped, moved. */
static void
test_shuffled_chunks(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  TestRandom random = {8};

  for (int i = 0; i < 6000; i++) {
    TestMadePng made = test_any_made_png(&random);
    g_autoptr(GBytes) bytes = test_make_png(&random, &made, NULL);
    gsize size = g_bytes_get_size(bytes), offset = 8 + 25;
    const guint8 *data = g_bytes_get_data(bytes, NULL);
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    GByteArray *made_anew = g_byte_array_new();
    g_autoptr(GBytes) shuffled = NULL;

    for (; offset + 12 <= size; offset += 12 + (gsize)ms_png_number(data + offset)) {
      g_array_append_val(starts, offset);
      if (memcmp(data + offset + 4, "IEND", 4) == 0)
        break;
    }
    g_byte_array_append(made_anew, data, 8 + 25);
    for (guint chunk = 0; chunk < starts->len; chunk++) {
      guint which = test_random_below(&random, 4) ? chunk : test_random_below(&random, starts->len);
      gsize start = g_array_index(starts, gsize, which);

      g_byte_array_append(made_anew, data + start, 12 + ms_png_number(data + start));
    }
    shuffled = g_byte_array_free_to_bytes(made_anew);
    assert_same(shuffled, scratch);
  }
}

/* The crashers of the reader, and every file of the sets at hand. */
static void
compare_folder(const char *path, MsScratch *scratch, guint *n_taken)
{
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *child = g_build_filename(path, name, NULL);
    g_autofree char *data = NULL;
    gsize size;

    if (g_file_test(child, G_FILE_TEST_IS_DIR)) {
      compare_folder(child, scratch, n_taken);
    } else if (g_str_has_suffix(name, ".png") && g_file_get_contents(child, &data, &size, NULL)) {
      g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);

      assert_same(bytes, scratch);
      *n_taken += is_taken(bytes, scratch);
    }
  }
}

static void
test_crashers(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  g_autofree char *folder = g_test_build_filename(G_TEST_DIST, "crashers", "png", NULL);
  guint n_taken = 0;

  g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
  compare_folder(folder, scratch, &n_taken);
  g_assert_cmpuint(n_taken, ==, 0);
}

static void
test_real_files(void)
{
  g_autoptr(MsScratch) scratch = ms_scratch_new();
  const char *folder = g_getenv("MASKSCOPE_TEST_DATA");
  guint n_taken = 0;

  if (!folder) {
    g_test_skip("MASKSCOPE_TEST_DATA is not set");
    return;
  }
  compare_folder(folder, scratch, &n_taken);
  g_assert_cmpuint(n_taken, >, 0);
}

/* --- filters ---------------------------------------------------------------------------------- */

/* Every set of loops, apart from the file's row and over it. */
static void
check_rows(const MsUnfilter *unfilter, TestRandom *random, gsize n, int pixel)
{
  g_autofree guint8 *room = g_malloc(MS_UNFILTER_SLACK + 1 + n), *row = g_malloc(n),
                    *above = g_malloc(n);
  g_autofree guint8 *out = g_malloc(n);
  guint8 *filtered = room + MS_UNFILTER_SLACK;
  guint limit = test_random_below(random, 2) ? 256 : 3;

  for (int filter = 0; filter < MS_N_FILTERS; filter++)
    for (int has_above = 0; has_above < 2; has_above++) {
      for (gsize i = 0; i < n; i++) {
        gboolean runs = i > 0 && test_random_below(random, 8) > 0;

        row[i] = runs ? row[i - 1] : (guint8)test_random_below(random, limit);
        above[i] = runs ? above[i - 1] : (guint8)test_random_below(random, limit);
      }
      test_filter_row(filter, row, has_above ? above : NULL, filtered, n, (gsize)pixel);
      ms_unfilter_pixels(unfilter, (MsFilter)filter, pixel, filtered + 1, has_above ? above : NULL,
                         out, n);
      g_assert_cmpmem(out, n, row, n);
      ms_unfilter_pixels(unfilter, (MsFilter)filter, pixel, filtered + 1, has_above ? above : NULL,
                         room, n);
      g_assert_cmpmem(room, n, row, n);
    }
}

static void
test_filters(void)
{
  TestRandom random = {9};
  const MsUnfilter *unfilter;

  for (gsize i = 0; (unfilter = ms_unfilter_nth(i)); i++) {
    g_test_message("%s", unfilter->name);
    for (int pixel = 1; pixel <= 4; pixel++)
      for (gsize n = 1; n <= 200; n++)
        for (int round = 0; round < 20 / pixel; round++)
          check_rows(unfilter, &random, n * (gsize)pixel, pixel);
  }
}

static void
test_spreading(void)
{
  TestRandom random = {10};
  const MsUnfilter *unfilter;

  for (gsize i = 0; (unfilter = ms_unfilter_nth(i)); i++)
    for (int depth = 1; depth <= 4; depth *= 2)
      for (gsize n = 1; n <= 300; n++) {
        g_autofree guint8 *out = g_malloc(n), *packed = g_malloc0((n * (gsize)depth + 7) / 8);

        for (gsize byte = 0; byte < (n * (gsize)depth + 7) / 8; byte++)
          packed[byte] = (guint8)test_random(&random);
        ms_spread_row(unfilter, depth, packed, out, n);
        for (gsize x = 0; x < n; x++) {
          gsize bit = x * (gsize)depth;

          g_assert_cmpuint(out[x], ==,
                           (packed[bit / 8] >> (8 - (gsize)depth - bit % 8)) & ((1u << depth) - 1));
        }
      }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/png-fast/filters", test_filters);
  g_test_add_func("/png-fast/spreading", test_spreading);
  g_test_add_func("/png-fast/every-width", test_every_width);
  g_test_add_func("/png-fast/every-width-of-colors", test_every_width_of_colors);
  g_test_add_func("/png-fast/every-kind", test_every_kind);
  g_test_add_func("/png-fast/sizes", test_sizes);
  g_test_add_func("/png-fast/odd-colors", test_odd_colors);
  g_test_add_func("/png-fast/large", test_large);
  g_test_add_func("/png-fast/other-forms", test_other_forms);
  g_test_add_func("/png-fast/understated-window", test_understated_window);
  g_test_add_func("/png-fast/undefined-symbol", test_undefined_symbol);
  g_test_add_func("/png-fast/truncated", test_truncated);
  g_test_add_data_func("/png-fast/flipped", GINT_TO_POINTER(FALSE), test_flipped);
  g_test_add_data_func("/png-fast/flipped-and-mended", GINT_TO_POINTER(TRUE), test_flipped);
  g_test_add_func("/png-fast/shuffled-chunks", test_shuffled_chunks);
  g_test_add_func("/png-fast/crashers", test_crashers);
  g_test_add_func("/png-fast/real-files", test_real_files);
  return g_test_run();
}
