/* SPDX-License-Identifier: MIT
 *
 * overlay-speed SET: how fast overlays are drawn over photographs at full size, and how fast such
 * pictures become PNGs, with everything that is read already in memory. Prints a line of JSON:
 * seconds of the processor for all examples of the set.
 */
#include <locale.h>
#include <time.h>

#include "io/png.h"
#include "report/overlay-rows.h"

typedef struct {
  double draw;
  double encode;
  double megapixels;
} Sums;

static double
now(void)
{
  struct timespec time;

  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static gboolean
copy_rows(gpointer user, int first_row, int n_rows, guint8 *pixels, gsize stride, GError **error)
{
  MsPixelRows *rows = user;

  return rows->paint(rows->user, first_row, n_rows, pixels, (ptrdiff_t)stride);
}

static void
encode(cairo_surface_t *picture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsFileWriter) nowhere = ms_file_writer_open("/dev/null", &error);
  MsPixelRows rows = ms_pixel_rows_of_surface(picture);

  g_assert_no_error(error);
  ms_png_write_rgb24(nowhere, rows.width, rows.height, NULL, copy_rows, &rows, &error);
  g_assert_no_error(error);
}

/* A surface is painted once before it is timed: its memory is then there, as it is in a writer. */
static void
measure(const MsFrame *frame, Sums *sums)
{
  MsExportOptions options;
  g_autoptr(MsOverlayRows) overlay = NULL;
  const MsPixelRows *rows;
  cairo_surface_t *picture;
  double start;

  ms_export_options_init(&options);
  overlay = ms_overlay_rows_new(frame, &ms_set_get_rules(frame->set, 0)->rules, &options, NULL);
  g_assert_nonnull(overlay);
  rows = ms_overlay_rows_get(overlay);
  picture = ms_pixel_rows_surface(rows);
  start = now();
  rows->paint(rows->user, 0, rows->height, cairo_image_surface_get_data(picture),
              cairo_image_surface_get_stride(picture));
  sums->draw += now() - start;
  cairo_surface_mark_dirty(picture);
  start = now();
  encode(picture);
  sums->encode += now() - start;
  sums->megapixels += (double)rows->width * rows->height / 1e6;
  cairo_surface_destroy(picture);
}

int
main(int argc, char **argv)
{
  g_autoptr(MsOptions) options = ms_options_new();
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSet) set = NULL;
  Sums sums = {0};

  g_assert_cmpint(argc, ==, 2);
  options->set = g_strdup(argv[1]);
  set = ms_set_open(options, NULL, NULL, NULL, &error);
  g_assert_no_error(error);
  for (guint i = 0; i < ms_set_get_n_examples(set); i++) {
    g_autoptr(MsFrame) frame = ms_frame_load(set, i, 0, NULL, &error);

    g_assert_no_error(error);
    measure(frame, &sums);
  }
  g_print("{\"draw\": %.9f, \"encode\": %.9f, \"megapixels\": %.6f}\n", sums.draw, sums.encode,
          sums.megapixels);
  return 0;
}
