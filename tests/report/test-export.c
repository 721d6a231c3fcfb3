/* SPDX-License-Identifier: MIT
 *
 * Exported pictures: the colours are where the masks say, the annotated figure holds the very
 * pixels of the plain one, names are safe and never shared.
 */
#include "report/export.h"

#include "io/error.h"
#include "io/file.h"
#include "io/png.h"
#include "report/sets.h"
#include "report/thumbnail.h"

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

static MsFrame *
load(MsSet *set, const char *id, guint model)
{
  g_autoptr(GError) error = NULL;
  MsFrame *frame = ms_frame_load(set, test_find_example(set, id), model, NULL, &error);

  g_assert_no_error(error);
  return frame;
}

static cairo_surface_t *
export_surface(const MsFrame *frame, const MsExportOptions *options)
{
  g_autoptr(GError) error = NULL;
  cairo_surface_t *surface =
      ms_export_surface(frame, ms_set_get_rules(frame->set, frame->model), options, &error);

  g_assert_no_error(error);
  return surface;
}

/* One pixel of every kind of a binary pair, over an image of grey 100. */
static void
write_kinds_set(const TestFolder *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) image = ms_samples_new(4, 2, MS_COLOR_RGB, 8, "image", &error);
  g_autoptr(GBytes) png = NULL;

  memset(image->pixels, 100, image->stride * 2);
  png = ms_png_encode(image, 6, NULL, &error);
  g_free(test_file(folder, "images/kinds.png", g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
  test_write_mask(folder, "actual/kinds.png", "#.#.\n....");
  test_write_mask(folder, "predictions/kinds.png", "##..\n....");
}

static void
test_colors(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  MsExportOptions options;
  cairo_surface_t *surface;

  write_kinds_set(&folder);
  set = test_open_set(&folder);
  frame = load(set, "kinds", 0);
  ms_export_options_init(&options);
  options.annotate = FALSE;
  options.auto_range = FALSE;
  options.opacity = 1;
  surface = export_surface(frame, &options);
  g_assert_cmpint(cairo_image_surface_get_width(surface), ==, 4);
  g_assert_cmphex(pixel_at(surface, 0, 0), ==, 0x009e73);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0xd55e00);
  g_assert_cmphex(pixel_at(surface, 2, 0), ==, 0x0072b2);
  g_assert_cmphex(pixel_at(surface, 3, 0), ==, 0x646464);
  cairo_surface_destroy(surface);

  options.style.shown = MS_KIND_FP;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 0, 0), ==, 0x646464);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0xd55e00);
  cairo_surface_destroy(surface);

  options.opacity = 0;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0x646464);
  cairo_surface_destroy(surface);
}

static gboolean
holds_at(cairo_surface_t *figure, cairo_surface_t *plain, int left, int top, int factor)
{
  for (int y = 0; y < factor * cairo_image_surface_get_height(plain); y++)
    for (int x = 0; x < factor * cairo_image_surface_get_width(plain); x++)
      if (pixel_at(figure, left + x, top + y) != pixel_at(plain, x / factor, y / factor))
        return FALSE;
  return TRUE;
}

/* The factor at which the plain picture stands, centred, in the figure; 0 when it does not. */
static int
find_factor(cairo_surface_t *figure, cairo_surface_t *plain)
{
  int width = cairo_image_surface_get_width(plain);
  int height = cairo_image_surface_get_height(plain);

  for (int factor = 1; factor * width <= cairo_image_surface_get_width(figure); factor++) {
    int left = (cairo_image_surface_get_width(figure) - factor * width) / 2;
    for (int top = 0; top + factor * height <= cairo_image_surface_get_height(figure); top++)
      if (holds_at(figure, plain, left, top, factor))
        return factor;
  }
  return 0;
}

static void
assert_figure_holds_plain(const char *id, const TestFolder *folder, int factor)
{
  g_autoptr(MsSet) set = test_open_set(folder);
  g_autoptr(MsFrame) frame = load(set, id, 0);
  MsExportOptions options;
  cairo_surface_t *plain, *figure;

  ms_export_options_init(&options);
  figure = export_surface(frame, &options);
  options.annotate = FALSE;
  plain = export_surface(frame, &options);
  g_assert_cmpint(cairo_image_surface_get_height(figure), >, cairo_image_surface_get_height(plain));
  if (factor > 0)
    g_assert_cmpint(find_factor(figure, plain), ==, factor);
  else
    g_assert_cmpint(find_factor(figure, plain), >, 1);
  cairo_surface_destroy(plain);
  cairo_surface_destroy(figure);
}

static void
test_figure(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  write_kinds_set(&folder);
  assert_figure_holds_plain("kinds", &folder, 0);
  /* From 225 pixels on the picture keeps its size. */
  test_write_run(&folder, "actual/wide.png", 301, 230, 1000, 20000);
  test_write_run(&folder, "predictions/wide.png", 301, 230, 5000, 20000);
  assert_figure_holds_plain("wide", &folder, 1);
}

static void
test_not_comparable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  g_autoptr(GError) error = NULL;
  MsExportOptions options;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  frame = load(set, "val/bad", 0);
  ms_export_options_init(&options);
  g_assert_null(ms_export_surface(frame, ms_set_get_rules(set, 0), &options, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(strstr(error->message, "bad.png"));
}

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

static void
test_file_text(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.png");
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;
  MsExportOptions options;

  write_kinds_set(&folder);
  set = test_open_set(&folder);
  frame = load(set, "kinds", 0);
  ms_export_options_init(&options);
  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_assert_no_error(error);
  g_assert_true(has_text(png, "tEXtSoftware"));
  g_assert_true(has_text(png, "Maskscope "));
  g_assert_true(has_text(png, "tEXtTitle"));
  g_assert_true(has_text(png, "kinds"));
  g_assert_true(has_text(png, "predictions; both masks empty score 1"));
  g_assert_true(has_text(png, "IoU 0.333 = 1 / (1 + 1 + 1). Not exact: 2 of 8 pixels differ"));
}

/* ---- size ---- */

/* As in a file: the plain overlay's pixels are in it from the picture's upper left corner on. */
static void
assert_file_holds(const char *path, const MsFrame *frame, int x, int y, guint32 rgb)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_autoptr(MsSamples) samples = ms_png_decode(png, path, NULL, &error);
  const guint8 *pixel;

  g_assert_no_error(error);
  g_assert_cmpint(samples->width, ==, frame->actual.width);
  g_assert_cmpint(samples->height, ==, frame->actual.height);
  pixel = samples->pixels + (gsize)y * samples->stride + 3 * (gsize)x;
  g_assert_cmphex((guint32)pixel[0] << 16 | (guint32)pixel[1] << 8 | pixel[2], ==, rgb);
}

static void
check_beyond_cairo(const TestFolder *folder, const char *id, int width, int height)
{
  g_autofree char *actual = g_strdup_printf("actual/%s.png", id);
  g_autofree char *predicted = g_strdup_printf("predictions/%s.png", id);
  g_autofree char *path = test_path(folder, "out.png");
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  g_autoptr(GError) error = NULL;
  MsExportOptions options;

  test_write_run(folder, actual, width, height, 0, 5);
  test_write_run(folder, predicted, width, height, width * height - 5, 5);
  set = test_open_set(folder);
  frame = load(set, id, 0);
  ms_export_options_init(&options);
  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  options.annotate = FALSE;
  options.opacity = 1;
  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  assert_file_holds(path, frame, 0, 0, 0x0072b2);
  assert_file_holds(path, frame, width / 2, height / 2, 0xa8a8a8);
  assert_file_holds(path, frame, width - 1, height - 1, 0xd55e00);
  g_assert_null(ms_export_surface(frame, ms_set_get_rules(set, 0), &options, &error));
  g_assert_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE);
}

static void
test_beyond_cairo(void)
{
  g_auto(TestFolder) folder = test_folder_new();

  check_beyond_cairo(&folder, "wide", 40000, 6);
  check_beyond_cairo(&folder, "high", 6, 40000);
}

/* An image that is stretched over larger masks, past what one surface of it can hold. */
static void
test_stretched_beyond_cairo(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.png");
  g_autoptr(MsSamples) image = ms_samples_new(4, 1, MS_COLOR_GREY, 8, "image", NULL);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  g_autoptr(GError) error = NULL;
  MsExportOptions options;

  memcpy(image->pixels, "\x14\x28\x3c\xfa", 4);
  png = ms_png_encode(image, 6, NULL, &error);
  g_free(test_file(&folder, "images/wide.png", g_bytes_get_data(png, NULL), g_bytes_get_size(png)));
  test_write_run(&folder, "actual/wide.png", 40000, 2, 0, 5);
  test_write_run(&folder, "predictions/wide.png", 40000, 2, 0, 5);
  set = test_open_set(&folder);
  frame = load(set, "wide", 0);
  ms_export_options_init(&options);
  options.annotate = FALSE;
  options.auto_range = FALSE;
  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  assert_file_holds(path, frame, 9, 0, 0x141414);
  assert_file_holds(path, frame, 10001, 0, 0x282828);
  assert_file_holds(path, frame, 20001, 1, 0x3c3c3c);
  assert_file_holds(path, frame, 39999, 1, 0xfafafa);
}

static bool
stop_in_the_middle(void *user, double fraction)
{
  double *last = user;

  g_assert_cmpfloat(fraction, >=, 0);
  g_assert_cmpfloat(fraction, <=, 1);
  *last = fraction;
  return fraction < 0.4;
}

static void
test_stopped(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_file(&folder, "out.png", "old", 3);
  g_autofree char *kept = NULL;
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  g_autoptr(GError) error = NULL;
  double last = 0;
  MsControl control = {stop_in_the_middle, &last};
  MsExportOptions options;

  test_write_run(&folder, "actual/long.png", 1000, 9000, 0, 5);
  test_write_run(&folder, "predictions/long.png", 1000, 9000, 0, 5);
  set = test_open_set(&folder);
  frame = load(set, "long", 0);
  ms_export_options_init(&options);
  g_assert_false(
      ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, &control, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat(last, <, 0.8);
  g_assert_true(g_file_get_contents(path, &kept, NULL, NULL));
  g_assert_cmpstr(kept, ==, "old");
}

/* ---- classes ---- */

/* cat 200 10 20, dog 10 20 200; one pixel of cat taken for dog. */
static MsSet *
open_classes(const TestFolder *folder)
{
  static const char table[] =
      "id,name,r,g,b\n0,background,0,0,0\n1,cat,200,10,20\n2,dog,10,20,200\n";

  g_free(test_file(folder, "classes.csv", table, strlen(table)));
  test_write_mask(folder, "actual/one.png", "1122\n1100");
  test_write_mask(folder, "predictions/one.png", "1222\n1100");
  return test_open_set(folder);
}

static void
test_paint(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder);
  g_autoptr(MsFrame) frame = load(set, "one", 0);
  MsExportOptions options;
  cairo_surface_t *surface;

  ms_export_options_init(&options);
  options.annotate = FALSE;
  options.opacity = 1;
  options.paint = MS_PAINT_ACTUAL;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0xc80a14);
  g_assert_cmphex(pixel_at(surface, 2, 0), ==, 0x0a14c8);
  g_assert_cmphex(pixel_at(surface, 2, 1), ==, 0xa8a8a8);
  cairo_surface_destroy(surface);
  options.paint = MS_PAINT_PREDICTED;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0x0a14c8);
  cairo_surface_destroy(surface);
}

static guint
count_color(cairo_surface_t *surface, guint32 rgb)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width(surface); x++)
      n += pixel_at(surface, x, y) == rgb;
  return n;
}

/* The legend has the classes of the picture, in their colours. */
static void
test_class_figure(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = open_classes(&folder);
  g_autoptr(MsFrame) frame = load(set, "one", 0);
  g_autoptr(MsClassFocus) dog = ms_class_focus_toggle_solo(NULL, 2);
  MsExportOptions options;
  cairo_surface_t *surface;

  ms_export_options_init(&options);
  options.opacity = 0; /* only the legend has colours */
  options.paint = MS_PAINT_ACTUAL;
  surface = export_surface(frame, &options);
  g_assert_cmpuint(count_color(surface, 0xc80a14), >, 30);
  g_assert_cmpuint(count_color(surface, 0x0a14c8), >, 30);
  g_assert_cmpuint(count_color(surface, 0x009e73), ==, 0);
  cairo_surface_destroy(surface);
  options.focus = dog;
  surface = export_surface(frame, &options);
  g_assert_cmpuint(count_color(surface, 0xc80a14), ==, 0);
  g_assert_cmpuint(count_color(surface, 0x0a14c8), >, 30);
  cairo_surface_destroy(surface);
}

/* A class alone: its kinds, its formula, and the figure says so. */
static void
test_focus(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *path = test_path(&folder, "out.png");
  g_autoptr(MsSet) set = open_classes(&folder);
  g_autoptr(MsFrame) frame = load(set, "one", 0);
  g_autoptr(MsClassFocus) dog = ms_class_focus_toggle_solo(NULL, 2);
  g_autoptr(MsClassFocus) no_dog = ms_class_focus_toggle_hidden(NULL, 2);
  g_autoptr(GBytes) png = NULL;
  g_autoptr(GError) error = NULL;
  MsExportOptions options;
  cairo_surface_t *surface;

  ms_export_options_init(&options);
  options.focus = dog;
  ms_export_frame(frame, ms_set_get_rules(set, 0), &options, path, NULL, &error);
  g_assert_no_error(error);
  png = ms_file_read(path, MS_FILE_MAX_BYTES, NULL, &error);
  g_assert_true(has_text(png, "predictions; Only: dog; "));
  g_assert_true(has_text(png, "dog: IoU 0.667 = 2 / (2 + 1 + 0). dog: 1 of 8 pixels differ"));

  options.annotate = FALSE;
  options.opacity = 1;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0xd55e00);
  g_assert_cmphex(pixel_at(surface, 2, 0), ==, 0x009e73);
  g_assert_cmphex(pixel_at(surface, 0, 0), ==, 0xa8a8a8);
  cairo_surface_destroy(surface);
  options.focus = no_dog;
  surface = export_surface(frame, &options);
  g_assert_cmphex(pixel_at(surface, 1, 0), ==, 0xa8a8a8);
  g_assert_cmphex(pixel_at(surface, 2, 0), ==, 0xa8a8a8);
  cairo_surface_destroy(surface);
}

/* ---- names ---- */

static void
write_manifest(const TestFolder *folder, const char *const *ids, const char *const *models)
{
  g_autoptr(GString) text = g_string_new("example,actual");

  test_write_mask(folder, "mask.png", "##..");
  for (guint m = 0; models[m]; m++)
    g_string_append_printf(text, ",predicted:%s", models[m]);
  for (guint i = 0; ids[i]; i++) {
    g_string_append_printf(text, "\n\"%s\",mask.png", ids[i]);
    for (guint m = 0; models[m]; m++)
      g_string_append(text, ",mask.png");
  }
  g_string_append_c(text, '\n');
  g_free(test_file(folder, "set.csv", text->str, text->len));
}

static MsSet *
open_manifest(const TestFolder *folder)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  MsSet *set;

  options->manifest = test_path(folder, "set.csv");
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  return set;
}

/* Every path below the folder, none twice. */
static void
assert_paths_apart(MsSet *set)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    for (guint m = 0; m < ms_set_get_n_models(set); m++) {
      char *path = ms_export_path(set, i, m, "/out");
      g_autofree char *canonical = g_canonicalize_filename(path, "/");
      g_auto(GStrv) parts = g_strsplit(path, "/", -1);

      g_assert_true(g_str_has_prefix(path, "/out/"));
      g_assert_cmpstr(canonical, ==, path);
      for (guint p = 0; parts[p]; p++)
        g_assert_cmpuint(strlen(parts[p]), <=, 255);
      if (!g_hash_table_add(seen, path))
        g_error("two pairs share %s", path);
    }
  }
}

static void
test_paths(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autofree char *long_a = g_strnfill(300, 'a');
  g_autofree char *long_b = g_strconcat(long_a, "b", NULL);
  const char *ids[] = {"x",    "x@b", "a:b", "a%3Ab", "../../etc/x", "/abs", "a//b", "a/b",
                       "a\\b", ".",   "..",  "%",     "a~b",         long_a, long_b, NULL};
  const char *models[] = {"b", "a@b", "b@b", NULL};

  write_manifest(&folder, ids, models);
  set = open_manifest(&folder);
  g_assert_cmpuint(ms_set_get_n_examples(set), ==, G_N_ELEMENTS(ids) - 1);
  g_assert_cmpuint(ms_set_get_n_models(set), ==, 3);
  assert_paths_apart(set);
}

static void
test_path_form(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autofree char *path = NULL;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  path = ms_export_path(set, test_find_example(set, "train/a,b"), 1, "out");
  g_assert_cmpstr(path, ==, "out/train/a,b@wild.png");
}

static void
test_path_one_model(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autofree char *path = NULL;

  write_kinds_set(&folder);
  set = test_open_set(&folder);
  path = ms_export_path(set, 0, 0, "out");
  g_assert_cmpstr(path, ==, "out/kinds.png");
}

/* ---- sets ---- */

static void
count_call(const char *what, guint done, guint total, gpointer user)
{
  guint *n_calls = user;

  g_assert_cmpuint(done, ==, ++*n_calls);
  g_assert_cmpuint(total, ==, 8);
}

static void
test_set(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = test_path(&folder, "made/out");
  g_autofree char *one = g_build_filename(out, "val", "size@steady.png", NULL);
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(MsExportOutcome) outcome = {0};
  MsExportOptions options;
  guint n_calls = 0;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  ms_export_options_init(&options);
  g_assert_true(ms_export_set(set, &options, out, 3, count_call, &n_calls, NULL, &outcome, &error));
  g_assert_no_error(error);
  g_assert_cmpuint(n_calls, ==, 8);
  g_assert_cmpuint(outcome.written, ==, 5);
  g_assert_cmpuint(outcome.unscored, ==, 3);
  g_assert_cmpuint(outcome.failed, ==, 0);
  g_assert_cmpuint(outcome.problems->len, ==, 3);
  g_assert_true(g_str_has_prefix(g_ptr_array_index(outcome.problems, 0), "val/bad (steady): "));
  g_assert_true(g_str_has_prefix(g_ptr_array_index(outcome.problems, 1), "val/bad (wild): "));
  g_assert_true(g_file_test(one, G_FILE_TEST_IS_REGULAR));
}

static void
test_set_cancelled(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = test_path(&folder, "out");
  g_autoptr(GCancellable) cancellable = g_cancellable_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(MsExportOutcome) outcome = {0};
  MsExportOptions options;

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  ms_export_options_init(&options);
  g_cancellable_cancel(cancellable);
  g_assert_false(ms_export_set(set, &options, out, 2, NULL, NULL, cancellable, &outcome, &error));
  g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint(outcome.written, ==, 0);
}

/* One picture's name is taken by a folder: that one fails, the rest are written. */
static void
test_set_unwritable(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autofree char *out = test_path(&folder, "out");
  g_autofree char *taken = test_path(&folder, "out/train/empty@wild.png/x");
  g_autoptr(MsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(MsExportOutcome) outcome = {0};
  MsExportOptions options;

  test_write_tiny_set(&folder);
  g_assert_cmpint(g_mkdir_with_parents(taken, 0777), ==, 0);
  set = test_open_set(&folder);
  ms_export_options_init(&options);
  ms_export_set(set, &options, out, 1, NULL, NULL, NULL, &outcome, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(outcome.written, ==, 4);
  g_assert_cmpuint(outcome.failed, ==, 1);
}

/* ---- thumbnails ---- */

static gboolean
has_color(cairo_surface_t *surface, gboolean (*is_it)(guint32 pixel))
{
  for (int y = 0; y < cairo_image_surface_get_height(surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width(surface); x++)
      if (is_it(pixel_at(surface, x, y)))
        return TRUE;
  return FALSE;
}

/* Of the FP colour #d55e00, however much of the image shines through. */
static gboolean
is_reddish(guint32 pixel)
{
  return (pixel >> 16 & 0xff) > (pixel & 0xff) + 60;
}

static void
test_thumbnail(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  MsThumbnailLook look = {{MS_PALETTE_SAFE, MS_KIND_ALL}, MS_GROUND_LIGHT, 96, 72};
  cairo_surface_t *thumbnail;

  /* A single wrong pixel of 800 x 600 stays visible in 96 x 72. */
  test_write_run(&folder, "actual/one.png", 800, 600, 0, 1000);
  test_write_run(&folder, "predictions/one.png", 800, 600, 0, 1001);
  set = test_open_set(&folder);
  frame = load(set, "one", 0);
  thumbnail = ms_thumbnail_new(frame, ms_set_get_rules(set, 0), &look);
  g_assert_nonnull(thumbnail);
  g_assert_cmpint(cairo_image_surface_get_width(thumbnail), ==, 96);
  g_assert_cmpint(cairo_image_surface_get_height(thumbnail), ==, 72);
  g_assert_cmpint(cairo_image_surface_get_format(thumbnail), ==, CAIRO_FORMAT_RGB24);
  g_assert_true(has_color(thumbnail, is_reddish));
  cairo_surface_destroy(thumbnail);

  look.style.shown = MS_KIND_TP;
  thumbnail = ms_thumbnail_new(frame, ms_set_get_rules(set, 0), &look);
  g_assert_false(has_color(thumbnail, is_reddish));
  cairo_surface_destroy(thumbnail);
}

/* Filled, not fitted: no bare edge on a picture of another shape. */
static void
test_thumbnail_fills(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  MsThumbnailLook look = {{MS_PALETTE_SAFE, MS_KIND_ALL}, MS_GROUND_LIGHT, 64, 64};
  cairo_surface_t *thumbnail;

  test_write_run(&folder, "actual/wide.png", 300, 30, 0, 1);
  test_write_run(&folder, "predictions/wide.png", 300, 30, 0, 300 * 30);
  set = test_open_set(&folder);
  frame = load(set, "wide", 0);
  thumbnail = ms_thumbnail_new(frame, ms_set_get_rules(set, 0), &look);
  g_assert_true(is_reddish(pixel_at(thumbnail, 0, 0)));
  g_assert_true(is_reddish(pixel_at(thumbnail, 63, 63)));
  cairo_surface_destroy(thumbnail);
}

static void
test_thumbnail_nothing(void)
{
  g_auto(TestFolder) folder = test_folder_new();
  g_autoptr(MsSet) set = NULL;
  g_autoptr(MsFrame) frame = NULL;
  MsThumbnailLook look = {{MS_PALETTE_SAFE, MS_KIND_ALL}, MS_GROUND_LIGHT, 64, 64};

  test_write_tiny_set(&folder);
  set = test_open_set(&folder);
  frame = load(set, "val/bad", 0);
  g_assert_null(ms_thumbnail_new(frame, ms_set_get_rules(set, 0), &look));
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/export/colors", test_colors);
  g_test_add_func("/report/export/figure", test_figure);
  g_test_add_func("/report/export/not-comparable", test_not_comparable);
  g_test_add_func("/report/export/file-text", test_file_text);
  g_test_add_func("/report/export/beyond-cairo", test_beyond_cairo);
  g_test_add_func("/report/export/stretched-beyond-cairo", test_stretched_beyond_cairo);
  g_test_add_func("/report/export/stopped", test_stopped);
  g_test_add_func("/report/export/paint", test_paint);
  g_test_add_func("/report/export/class-figure", test_class_figure);
  g_test_add_func("/report/export/focus", test_focus);
  g_test_add_func("/report/export/paths", test_paths);
  g_test_add_func("/report/export/path-form", test_path_form);
  g_test_add_func("/report/export/path-one-model", test_path_one_model);
  g_test_add_func("/report/export/set", test_set);
  g_test_add_func("/report/export/set-cancelled", test_set_cancelled);
  g_test_add_func("/report/export/set-unwritable", test_set_unwritable);
  g_test_add_func("/report/thumbnail/errors-stay", test_thumbnail);
  g_test_add_func("/report/thumbnail/fills", test_thumbnail_fills);
  g_test_add_func("/report/thumbnail/nothing", test_thumbnail_nothing);
  return g_test_run();
}
