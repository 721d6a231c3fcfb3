/* SPDX-License-Identifier: MIT
 *
 * Pictures written row by row: what is read back is what was given, whichever way it was
 * compressed; who gives up leaves nothing behind and harms nothing.
 */
#include "io/png.h"

#include "io/error.h"
#include "io/file.h"
#include "support/files.h"

typedef struct {
  int width;
  int height;
  int next; /* row that is to be asked for */
  int fails_at;
} Picture;

/* Smooth and rough parts, the ends of the range, and no two rows alike. */
static guint32
pixel_at(const Picture *picture, int x, int y)
{
  guint32 rough = (guint32)(x * 2654435761u ^ (guint32)y * 40503u) >> 13;
  guint32 smooth = (guint32)(x + y) & 0xff;

  if (x < picture->width / 2)
    return smooth << 16 | (255 - smooth) << 8 | (guint32)(y & 0xff);
  return (y / 8) % 2 ? 0xffffff : rough & 0xffffff;
}

static gboolean
give_rows(gpointer user, int first_row, int n_rows, guint8 *pixels, gsize stride, GError **error)
{
  Picture *picture = user;

  g_assert_cmpint(first_row, ==, picture->next);
  picture->next += n_rows;
  if (picture->fails_at >= 0 && picture->next > picture->fails_at) {
    g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, "no more rows");
    return FALSE;
  }
  for (int y = 0; y < n_rows; y++)
    for (int x = 0; x < picture->width; x++)
      ((guint32 *)(void *)(pixels + (gsize)y * stride))[x] =
          0x5a000000u | pixel_at(picture, x, first_row + y);
  return TRUE;
}

static gboolean
write_picture(Picture *picture, const char *path, GError **error)
{
  static const char *const text[] = {"Title",
                                     "Gr\xc3\xbc\xc3\x9f"
                                     "e",
                                     NULL};
  g_autoptr(MsFileWriter) file = ms_file_writer_open(path, error);

  return file &&
         ms_png_write_rgb24(file, picture->width, picture->height, text, give_rows, picture,
                            error) &&
         ms_file_writer_commit(file, error);
}

static void
assert_same(const Picture *picture, const MsSamples *read)
{
  g_assert_cmpint(read->width, ==, picture->width);
  g_assert_cmpint(read->height, ==, picture->height);
  g_assert_cmpint(read->color, ==, MS_COLOR_RGB);
  g_assert_cmpint(read->depth, ==, 8);
  for (int y = 0; y < picture->height; y++) {
    const guint8 *row = read->pixels + (gsize)y * read->stride;

    for (int x = 0; x < picture->width; x++) {
      guint32 got = (guint32)row[3 * x] << 16 | (guint32)row[3 * x + 1] << 8 | row[3 * x + 2];

      if (got != pixel_at(picture, x, y))
        g_error("pixel %d, %d: %06x", x, y, got);
    }
  }
}

static void
check_size(int width, int height)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "rows.png");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(MsSamples) read = NULL;
  Picture picture = {width, height, 0, -1};

  write_picture(&picture, path, &error);
  g_assert_no_error(error);
  g_assert_cmpint(picture.next, ==, height);
  bytes = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_assert_no_error(error);
  read = ms_png_decode(bytes, "rows.png", NULL, &error);
  g_assert_no_error(error);
  assert_same(&picture, read);
}

static void
test_sizes(void)
{
  static const int sides[] = {1, 2, 3, 17, 300};

  for (guint i = 0; i < G_N_ELEMENTS(sides); i++)
    for (guint j = 0; j < G_N_ELEMENTS(sides); j++)
      check_size(sides[i], sides[j]);
  check_size(2000, 1100); /* several bands */
  check_size(40000, 30);
  check_size(7, 40000);
}

/* More than is compressed in one piece. */
static void
test_streamed(void)
{
  check_size(5001, 4601);
}

static gboolean
is_empty(const TestFolder *folder)
{
  g_autofree char *path = test_path(folder, "");
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);

  g_assert_nonnull(dir);
  return g_dir_read_name(dir) == NULL;
}

/* The source fails in its first band, or later while the file is written: no file, and no rest. */
static void
test_given_up(void)
{
  static const int fails_at[] = {0, 4000};
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "rows.png");

  for (guint i = 0; i < G_N_ELEMENTS(fails_at); i++) {
    g_autoptr(GError) error = NULL;
    Picture picture = {5001, 4601, 0, fails_at[i]};

    g_assert_false(write_picture(&picture, path, &error));
    g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
    g_assert_true(is_empty(&folder));
  }
}

static void
test_old_file_stays(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "rows.png", "old", 3);
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;
  Picture picture = {10, 10, 0, 5};

  g_assert_false(write_picture(&picture, path, &error));
  g_assert_true(g_file_get_contents(path, &kept, NULL, NULL));
  g_assert_cmpstr(kept, ==, "old");
}

static void
test_full_device(void)
{
  g_autoptr(GError) error = NULL;
  Picture picture = {3000, 2000, 0, -1};

  if (!g_file_test("/dev/full", G_FILE_TEST_EXISTS)) {
    g_test_skip("there is no /dev/full");
    return;
  }
  g_assert_false(write_picture(&picture, "/dev/full", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_cmpstr(error->message, ==,
                  "/dev/full: could not be written: no space left on the device");
}

static void
test_no_folder(void)
{
  g_autoptr(GError) error = NULL;
  Picture picture = {3, 2, 0, -1};

  g_assert_false(write_picture(&picture, "/nowhere/at/all.png", &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_WRITE);
  g_assert_cmpint(picture.next, ==, 0);
}

/* ---- the file ---- */

static void
test_pieces(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "pieces");
  g_autofree char *written = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(MsFileWriter) file = ms_file_writer_open(path, &error);

  g_assert_no_error(error);
  g_assert_true(ms_file_writer_write(file, "one ", 4, &error));
  g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
  g_assert_true(ms_file_writer_write(file, "two", 3, &error));
  g_assert_true(ms_file_writer_commit(file, &error));
  g_assert_true(g_file_get_contents(path, &written, NULL, NULL));
  g_assert_cmpstr(written, ==, "one two");
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/png-bands/sizes", test_sizes);
  g_test_add_func("/png-bands/streamed", test_streamed);
  g_test_add_func("/png-bands/given-up", test_given_up);
  g_test_add_func("/png-bands/old-file-stays", test_old_file_stays);
  g_test_add_func("/png-bands/full-device", test_full_device);
  g_test_add_func("/png-bands/no-folder", test_no_folder);
  g_test_add_func("/png-bands/pieces", test_pieces);
  return g_test_run();
}
