/* SPDX-License-Identifier: MIT
 *
 * Exported pictures and thumbnails of label sets, made from small tables: what was counted is what
 * is drawn and said, kinds switched off are left out, what cannot be compared is refused.
 */
#include "io/error.h"
#include "io/file.h"
#include "io/png.h"
#include "report/export.h"
#include "report/sets.h"
#include "report/thumbnail.h"
#include "set/option-values.h"

#define WIDTH  56
#define HEIGHT 42

#define TP_COLOR 0x009e73u
#define FP_COLOR 0xd55e00u
#define FN_COLOR 0x0072b2u

/* Five labels; "half" is in no model's table, "blank" has none on either side. */
static const char songs[] = "example,actual,predicted,split\n"
                            "song_01,Happy;Fast;Melodic,Happy;Fast;Slow,train\n"
                            "exact,Sad;Slow,Sad;Slow,val\n"
                            "blank,;,;,val\n"
                            "half,Sad,NA,val\n";

static void
write_text(const TestFolder *folder, const char *name, const char *text)
{
  g_free(test_file(folder, name, text, strlen(text)));
}

static MsSet *
open_songs(const TestFolder *folder)
{
  write_text(folder, "classes.txt", "Happy\nSad\nFast\nSlow\nMelodic\n");
  write_text(folder, "labels.csv", songs);
  return test_open_set(folder);
}

/* The same labels as scores: Fast is just above the usual threshold, Slow further. */
static MsSet *
open_scores(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autofree char *predicted = NULL;
  MsSet *set;

  write_text(folder, "actual.csv", "example,Happy,Sad,Fast,Slow\nsong_01,1,0,1,0\n");
  write_text(folder, "scores.csv", "example,Happy,Sad,Fast,Slow\nsong_01,0.91,0.08,0.55,0.75\n");
  predicted = test_path(folder, "scores.csv");
  options->actual = test_path(folder, "actual.csv");
  ms_options_add_predicted(options, "net", predicted);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* Colours that the chips do not have, each row another. */
static void
write_image(const TestFolder *folder, const char *name, int width, int height)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) image = ms_samples_new(width, height, MS_COLOR_RGB, 8, "image", &error);
  g_autoptr(GBytes) png = NULL;

  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      guint8 *pixel = image->pixels + y * (gssize)image->stride + 3 * x;
      pixel[0] = 250;
      pixel[1] = (guint8)(y % 250);
      pixel[2] = 251;
    }
  }
  png = ms_png_encode(image, 6, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
}

static MsSet *
open_with_images(const TestFolder *folder)
{
  write_text(folder, "classes.txt", "Happy\nSad\nFast\nSlow\nMelodic\n");
  write_text(folder, "labels.csv",
             "example,image,actual,predicted\n"
             "one,one.png,Happy;Fast;Melodic,Happy;Fast;Slow\n"
             "half,one.png,Sad,NA\n"
             "broken,broken.png,Sad,Sad\n"
             "long,long.png,Sad,Sad\n");
  write_image(folder, "one.png", 700, 300);
  write_image(folder, "long.png", 40000, 1);
  write_text(folder, "broken.png", "no picture");
  return test_open_set(folder);
}

static MsFrame *
load(MsSet *set, const char *id)
{
  g_autoptr(GError) error = NULL;
  MsFrame *frame = ms_frame_load(set, test_find_example(set, id), 0, NULL, &error);

  g_assert_no_error(error);
  return frame;
}

static cairo_surface_t *
export_surface(const MsFrame *frame, unsigned shown, gboolean annotate)
{
  g_autoptr(GError) error = NULL;
  MsExportOptions options;
  cairo_surface_t *surface;

  ms_export_options_init(&options);
  options.style.shown = shown;
  options.annotate = annotate;
  surface = ms_export_surface(frame, ms_set_get_rules(frame->set, 0), &options, &error);
  g_assert_no_error(error);
  return surface;
}

/* 0xRRGGBB */
static guint32
pixel_at(cairo_surface_t *surface, int x, int y)
{
  const guint8 *row = cairo_image_surface_get_data(surface) +
                      (gsize)y * (gsize)cairo_image_surface_get_stride(surface);
  guint32 pixel;

  memcpy(&pixel, row + 4 * (gsize)x, sizeof pixel);
  return pixel & 0xffffff;
}

static guint
count_color(cairo_surface_t *surface, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width(surface); x++)
      n += pixel_at(surface, x, y) == color;
  return n;
}

/* Draws a frame and takes it down to one number. */
static guint
exported_pixels(const MsFrame *frame, unsigned shown, guint32 color)
{
  cairo_surface_t *surface = export_surface(frame, shown, TRUE);
  guint n = count_color(surface, color);

  cairo_surface_destroy(surface);
  return n;
}

static int
exported_height(const MsFrame *frame, gboolean annotate)
{
  cairo_surface_t *surface = export_surface(frame, MS_KIND_ALL, annotate);
  int height = cairo_image_surface_get_height(surface);

  cairo_surface_destroy(surface);
  return height;
}

/* ---- figures ---- */

static void
test_rows(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) song = load(set, "song_01");
  g_autoptr(MsFrame) exact = load(set, "exact");
  g_autoptr(MsFrame) blank = load(set, "blank");

  g_assert_cmpuint(exported_pixels(song, MS_KIND_ALL, TP_COLOR), >, 500);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_ALL, FP_COLOR), >, 250);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_ALL, FN_COLOR), >, 250);
  g_assert_cmpuint(exported_pixels(exact, MS_KIND_ALL, TP_COLOR), >, 500);
  g_assert_cmpuint(exported_pixels(exact, MS_KIND_ALL, FP_COLOR), ==, 0);
  g_assert_cmpuint(exported_pixels(exact, MS_KIND_ALL, FN_COLOR), ==, 0);
  g_assert_cmpuint(exported_pixels(blank, MS_KIND_ALL, TP_COLOR), ==, 0);
  g_assert_cmpint(exported_height(song, TRUE), >, exported_height(song, FALSE) + 150);
}

static void
test_kinds_switched_off(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) song = load(set, "song_01");

  g_assert_cmpuint(exported_pixels(song, MS_KIND_TP, TP_COLOR), >, 500);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_TP, FP_COLOR), ==, 0);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_TP, FN_COLOR), ==, 0);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_FN, FN_COLOR), >, 250);
  g_assert_cmpuint(exported_pixels(song, MS_KIND_FN, TP_COLOR), ==, 0);
}

static void
test_not_comparable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) frame = load(set, "half");
  g_autoptr(GError) error = NULL;
  MsExportOptions options;

  ms_export_options_init(&options);
  g_assert_null(ms_export_surface(frame, ms_set_get_rules(set, 0), &options, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED);
  g_assert_cmpstr(error->message, ==, frame->result->message);
}

/* ---- the words ---- */

static gboolean
has_text(GBytes *png, const char *chunk)
{
  gsize size;
  const char *data = g_bytes_get_data(png, &size);

  for (gsize i = 0; i + strlen(chunk) + 1 <= size; i++)
    if (memcmp(data + i, chunk, strlen(chunk)) == 0)
      return TRUE;
  return FALSE;
}

static GBytes *
export_file(const TestFolder *folder, const MsFrame *frame, const MsRuleset *rules)
{
  g_autofree char *path = test_path(folder, "out.png");
  g_autoptr(GError) error = NULL;
  MsExportOptions options;
  GBytes *png;

  ms_export_options_init(&options);
  ms_export_frame(frame, rules, &options, path, NULL, &error);
  g_assert_no_error(error);
  png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_assert_no_error(error);
  return png;
}

static void
test_file_text(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) song = load(set, "song_01");
  g_autoptr(MsFrame) blank = load(set, "blank");
  g_autoptr(GBytes) png = export_file(&folder, song, ms_set_get_rules(set, 0));
  g_autoptr(GBytes) empty = export_file(&folder, blank, ms_set_get_rules(set, 0));

  g_assert_true(has_text(png, "tEXtTitle"));
  g_assert_true(has_text(png, "song_01"));
  g_assert_true(has_text(png, "predicted; train; both label sets empty score 1"));
  g_assert_true(
      has_text(png, "IoU 0.500 = 2 / (2 + 1 + 1). Not exact: missed Melodic, extra Slow"));
  g_assert_true(has_text(empty, "IoU 1.000 (both label sets empty: 1 by rule). Exact match"));
}

/* One past the last column that has the colour; 0: none has. */
static int
right_edge(cairo_surface_t *surface, guint32 color)
{
  int right = 0;

  for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
    for (int x = right; x < cairo_image_surface_get_width(surface); x++)
      if (pixel_at(surface, x, y) == color)
        right = x + 1;
  return right;
}

static void
test_threshold(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_scores(&folder);
  g_autoptr(MsFrame) frame = load(set, "song_01");
  g_autoptr(MsRuleset) higher = ms_ruleset_with_threshold(ms_set_get_rules(set, 0), 0.6);
  g_autoptr(GBytes) usual_png = export_file(&folder, frame, ms_set_get_rules(set, 0));
  g_autoptr(GBytes) higher_png = export_file(&folder, frame, higher);
  MsExportOptions options;
  cairo_surface_t *surface;

  g_assert_true(has_text(usual_png, "net; threshold 0.5; both label sets"));
  g_assert_true(has_text(usual_png, "IoU 0.667 = 2 / (2 + 1 + 0). Not exact: extra Slow"));
  g_assert_true(has_text(higher_png, "net; threshold 0.6; both label sets"));
  g_assert_true(
      has_text(higher_png, "IoU 0.333 = 1 / (1 + 1 + 1). Not exact: missed Fast, extra Slow"));
  g_assert_cmpuint(exported_pixels(frame, MS_KIND_ALL, FN_COLOR), ==, 0);
  ms_export_options_init(&options);
  surface = ms_export_surface(frame, higher, &options, NULL);
  g_assert_cmpuint(count_color(surface, FN_COLOR), >, 250);
  /* Slow is the longer word, and 0.55 needs no more digits than 0.75 does. */
  g_assert_cmpint(right_edge(surface, FN_COLOR), <, right_edge(surface, FP_COLOR));
  cairo_surface_destroy(surface);
}

/* ---- images ---- */

static gboolean
is_image(guint32 pixel)
{
  return (pixel & 0xff00ff) == 0xfa00fb;
}

/* The first pixel of the image from above and left; -1: there is none. */
static void
find_image(cairo_surface_t *surface, int *left, int *top)
{
  for (*top = 0; *top < cairo_image_surface_get_height(surface); ++*top)
    for (*left = 0; *left < cairo_image_surface_get_width(surface); ++*left)
      if (is_image(pixel_at(surface, *left, *top)))
        return;
  *left = *top = -1;
}

static void
test_image_is_whole(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_with_images(&folder);
  g_autoptr(MsFrame) frame = load(set, "one");

  for (int annotate = FALSE; annotate <= TRUE; annotate++) {
    cairo_surface_t *surface = export_surface(frame, MS_KIND_ALL, annotate);
    int left, top;

    find_image(surface, &left, &top);
    g_assert_cmpint(left, >, 0);
    for (int y = 0; y < 300; y++)
      for (int x = 0; x < 700; x++)
        g_assert_cmphex(pixel_at(surface, left + x, top + y), ==,
                        0xfa00fbu | (guint)(y % 250) << 8);
    g_assert_false(is_image(pixel_at(surface, left + 700, top)));
    g_assert_cmpuint(count_color(surface, TP_COLOR), >, 200);
    cairo_surface_destroy(surface);
  }
}

/* The labels are still there, and why the image is not is said. */
static void
test_broken_image(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_with_images(&folder);
  g_autoptr(MsFrame) broken = load(set, "broken");
  int with_note = exported_height(broken, TRUE);

  g_assert_null(broken->image);
  g_assert_nonnull(broken->image_message);
  g_assert_cmpuint(exported_pixels(broken, MS_KIND_ALL, TP_COLOR), >, 200);
  g_clear_pointer(&broken->image_message, g_free);
  g_assert_cmpint(exported_height(broken, TRUE), <, with_note);
}

/* A file may be wider than a surface. */
static void
test_large_image(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.png");
  g_autoptr(MsSet) set = open_with_images(&folder);
  g_autoptr(MsFrame) frame = load(set, "long");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = NULL;
  MsExportOptions options;
  int width, height, depth;
  MsColorType color;

  ms_export_options_init(&options);
  g_assert_null(ms_export_surface(frame, ms_set_get_rules(set, 0), &options, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
  g_assert_nonnull(strstr(error->message, "pixels are too many to be copied"));
  g_clear_error(&error);

  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  ms_png_read_header(png, path, &width, &height, &depth, &color, &error);
  g_assert_no_error(error);
  g_assert_cmpint(width, >, 40000);
  g_assert_cmpint(height, >, 100);
}

/* ---- sets ---- */

static void
test_set(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autofree char *out = test_path(&folder, "out");
  g_autofree char *one = g_build_filename(out, "song_01.png", NULL);
  g_autoptr(GError) error = NULL;
  g_auto(MsExportOutcome) outcome = {0};
  MsExportOptions options;

  ms_export_options_init(&options);
  g_assert_true(ms_export_set(set, &options, out, 2, NULL, NULL, NULL, &outcome, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(outcome.written, ==, 3);
  g_assert_cmpuint(outcome.unscored, ==, 1);
  g_assert_cmpuint(outcome.failed, ==, 0);
  g_assert_cmpuint(outcome.problems->len, ==, 1);
  g_assert_true(g_str_has_prefix(g_ptr_array_index(outcome.problems, 0), "half: "));
  g_assert_cmpuint(test_count_entries(out), ==, 3);
  g_assert_true(g_file_test(one, G_FILE_TEST_IS_REGULAR));
}

/* ---- thumbnails ---- */

static cairo_surface_t *
thumbnail_on(MsGround ground, const MsFrame *frame, unsigned shown)
{
  MsThumbnailLook look = {{MS_PALETTE_SAFE, shown}, ground, WIDTH, HEIGHT};
  cairo_surface_t *surface = ms_thumbnail_new(frame, ms_set_get_rules(frame->set, 0), &look);

  if (surface) {
    g_assert_cmpint(cairo_image_surface_get_width(surface), ==, WIDTH);
    g_assert_cmpint(cairo_image_surface_get_height(surface), ==, HEIGHT);
    g_assert_cmpint(cairo_image_surface_get_format(surface), ==, CAIRO_FORMAT_RGB24);
  }
  return surface;
}

static cairo_surface_t *
thumbnail(const MsFrame *frame, unsigned shown)
{
  return thumbnail_on(MS_GROUND_LIGHT, frame, shown);
}

static guint
thumbnail_pixels(const MsFrame *frame, unsigned shown, guint32 color)
{
  cairo_surface_t *surface = thumbnail(frame, shown);
  guint n = count_color(surface, color);

  cairo_surface_destroy(surface);
  return n;
}

static void
test_thumbnail(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) song = load(set, "song_01");
  guint right = thumbnail_pixels(song, MS_KIND_TP, TP_COLOR);

  g_assert_cmpuint(right, >, 2 * 80);
  g_assert_cmpuint(thumbnail_pixels(song, MS_KIND_ALL, TP_COLOR), ==, right);
  g_assert_cmpuint(thumbnail_pixels(song, MS_KIND_ALL, FP_COLOR), >, 40);
  g_assert_cmpuint(thumbnail_pixels(song, MS_KIND_ALL, FN_COLOR), >, 20);
  g_assert_cmpuint(thumbnail_pixels(song, MS_KIND_TP, FP_COLOR), ==, 0);
  g_assert_cmpuint(thumbnail_pixels(song, MS_KIND_TP, FN_COLOR), ==, 0);
}

/* Squares in the order right, missed, extra, whatever the labels' own. */
static void
test_thumbnail_order(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) song = load(set, "song_01");
  cairo_surface_t *surface = thumbnail(song, MS_KIND_ALL);
  int last_right = -1, first_missed = -1, first_extra = -1;

  for (int i = 0; i < WIDTH * HEIGHT; i++) {
    guint32 pixel = pixel_at(surface, i % WIDTH, i / WIDTH);

    if (pixel == TP_COLOR)
      last_right = i;
    else if (pixel == FN_COLOR && first_missed < 0)
      first_missed = i;
    else if (pixel == FP_COLOR && first_extra < 0)
      first_extra = i;
  }
  cairo_surface_destroy(surface);
  g_assert_cmpint(last_right, >=, 0);
  g_assert_cmpint(last_right, <, first_missed);
  g_assert_cmpint(first_missed % WIDTH, <, first_extra % WIDTH);
}

static void
test_thumbnail_blank(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsFrame) blank = load(set, "blank");
  g_autoptr(MsFrame) half = load(set, "half");
  cairo_surface_t *surface = thumbnail(blank, MS_KIND_ALL);

  /* The sign of the empty set. */
  g_assert_nonnull(surface);
  g_assert_cmphex(pixel_at(surface, WIDTH / 2, HEIGHT / 2), !=, pixel_at(surface, 0, 0));
  cairo_surface_destroy(surface);
  g_assert_null(thumbnail(half, MS_KIND_ALL));
}

static void
test_thumbnail_with_image(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_with_images(&folder);
  g_autoptr(MsFrame) one = load(set, "one");
  g_autoptr(MsFrame) half = load(set, "half");
  cairo_surface_t *scored = thumbnail(one, MS_KIND_ALL);
  cairo_surface_t *unscored = thumbnail(half, MS_KIND_ALL);

  g_assert_true(is_image(pixel_at(scored, 0, 0)));
  g_assert_true(is_image(pixel_at(scored, WIDTH - 1, HEIGHT / 2)));
  g_assert_false(is_image(pixel_at(scored, 0, HEIGHT - 1)));
  g_assert_cmpuint(count_color(scored, TP_COLOR), >, 40);
  /* The middle of the image, whose green is its row, is in the middle above the strip. */
  g_assert_cmpint(ABS((int)(pixel_at(scored, 3, HEIGHT / 3) >> 8 & 0xff) - 150), <, 12);
  /* Nothing is known of its labels: the image fills it all. */
  g_assert_true(is_image(pixel_at(unscored, 0, HEIGHT - 1)));
  g_assert_true(is_image(pixel_at(unscored, WIDTH - 1, 0)));
  cairo_surface_destroy(scored);
  cairo_surface_destroy(unscored);
}

/* Tile, empty tile and strip are as dark as the list; images are what they are. */
static void
test_thumbnail_dark(void)
{
  g_auto(TestFolder) folder = test_folder_new(), pictures = test_folder_new();
  g_autoptr(MsSet) set = open_songs(&folder);
  g_autoptr(MsSet) with_images = open_with_images(&pictures);
  g_autoptr(MsFrame) song = load(set, "song_01");
  g_autoptr(MsFrame) blank = load(set, "blank");
  g_autoptr(MsFrame) one = load(with_images, "one");
  cairo_surface_t *tile = thumbnail_on(MS_GROUND_DARK, song, MS_KIND_ALL);
  cairo_surface_t *empty = thumbnail_on(MS_GROUND_DARK, blank, MS_KIND_ALL);
  cairo_surface_t *strip = thumbnail_on(MS_GROUND_DARK, one, MS_KIND_ALL);
  guint32 ground = pixel_at(tile, 0, 0);

  for (int shift = 0; shift < 24; shift += 8)
    g_assert_cmphex(ground >> shift & 0xff, <, 0x48);
  g_assert_cmpuint(count_color(tile, TP_COLOR), >, 2 * 80);
  g_assert_cmphex(pixel_at(empty, 0, 0), ==, ground);
  g_assert_cmphex(pixel_at(strip, 0, HEIGHT - 1), ==, ground);
  g_assert_true(is_image(pixel_at(strip, 0, 0)));
  cairo_surface_destroy(tile);
  cairo_surface_destroy(empty);
  cairo_surface_destroy(strip);
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/export-labels/rows", test_rows);
  g_test_add_func("/report/export-labels/kinds-switched-off", test_kinds_switched_off);
  g_test_add_func("/report/export-labels/not-comparable", test_not_comparable);
  g_test_add_func("/report/export-labels/file-text", test_file_text);
  g_test_add_func("/report/export-labels/threshold", test_threshold);
  g_test_add_func("/report/export-labels/image-is-whole", test_image_is_whole);
  g_test_add_func("/report/export-labels/broken-image", test_broken_image);
  g_test_add_func("/report/export-labels/large-image", test_large_image);
  g_test_add_func("/report/export-labels/set", test_set);
  g_test_add_func("/report/export-labels/thumbnail", test_thumbnail);
  g_test_add_func("/report/export-labels/thumbnail-order", test_thumbnail_order);
  g_test_add_func("/report/export-labels/thumbnail-blank", test_thumbnail_blank);
  g_test_add_func("/report/export-labels/thumbnail-with-image", test_thumbnail_with_image);
  g_test_add_func("/report/export-labels/thumbnail-dark", test_thumbnail_dark);
  return g_test_run();
}
