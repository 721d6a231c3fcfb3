/* SPDX-License-Identifier: MIT
 *
 * One frame as a surface or as a PNG. The PNG's text chunks repeat what stands under the picture,
 * so that a plain overlay still says what it is and by which rules it was made.
 */
#include "report/export-private.h"

#include "io/error.h"
#include "io/png.h"

#define MAX_SURFACE_SIDE 32767 /* Cairo's limit */

void
ms_export_options_init(MsExportOptions *options)
{
  *options = (MsExportOptions){
      .style = {.palette = MS_PALETTE_SAFE, .shown = MS_KIND_ALL},
      .opacity = 0.5,
      .annotate = TRUE,
      .auto_range = TRUE,
  };
}

static MsConfusion *
count_frame(const MsFrame *frame, const MsRuleset *rules, GError **error)
{
  if (frame->result->status == MS_RESULT_OK)
    return ms_result_confusion(frame->result, frame->set, frame->example, frame->model, rules,
                               error);
  g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, frame->result->message);
  return NULL;
}

static void
fail_to_draw(const char *title, const MsPixelRows *rows, GError **error)
{
  if (MAX(rows->width, rows->height) > MAX_SURFACE_SIDE)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: %d x %d pixels are too many to be copied (at most %d a side); export them to "
                "a file",
                title, rows->width, rows->height, MAX_SURFACE_SIDE);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: there is not enough memory for its picture of %d x %d pixels", title,
                rows->width, rows->height);
}

cairo_surface_t *
ms_export_surface(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                  GError **error)
{
  g_autoptr(MsConfusion) confusion = count_frame(frame, rules, error);
  g_auto(MsExportWords) words = {0};
  g_auto(MsExportPicture) picture = {NULL};
  cairo_surface_t *surface;
  MsPixelRows rows;

  if (!confusion)
    return NULL;
  ms_export_words_init(&words, frame, rules, options, confusion);
  if (!ms_export_picture_init(&picture, frame, rules, options, &words, NULL, error))
    return NULL;
  rows = ms_export_picture_rows(&picture);
  surface = ms_pixel_rows_surface(&rows);
  if (!surface)
    fail_to_draw(words.title, &rows, error);
  return surface;
}

/* ---- the file ---- */

typedef struct {
  const char *title;
  MsPixelRows rows;
  const MsControl *control;
} Source;

static gboolean
fill_rows(gpointer user, int first_row, int n_rows, guint8 *pixels, gsize stride, GError **error)
{
  const Source *source = user;

  if (!ms_control_go_on(source->control, (double)first_row / source->rows.height)) {
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The export was stopped");
    return FALSE;
  }
  if (source->rows.paint(source->rows.user, first_row, n_rows, pixels, (ptrdiff_t)stride))
    return TRUE;
  fail_to_draw(source->title, &source->rows, error);
  return FALSE;
}

static gboolean
write_picture(Source *source, const MsExportWords *words, const char *path, GError **error)
{
  g_autofree char *scores = g_strdup_printf("%s. %s", words->headline, words->verdict);
  const char *text[] = {
      "Software",    "Maskscope " MS_VERSION, "Title",   words->title,
      "Description", words->description,      "Comment", scores,
      NULL,
  };
  g_autoptr(MsFileWriter) file = ms_file_writer_open(path, error);

  return file &&
         ms_png_write_rgb24(file, source->rows.width, source->rows.height, text, fill_rows, source,
                            error) &&
         ms_file_writer_commit(file, error);
}

gboolean
ms_export_frame(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                const char *path, const MsControl *control, GError **error)
{
  g_autoptr(MsConfusion) confusion = count_frame(frame, rules, error);
  g_auto(MsExportWords) words = {0};
  g_auto(MsExportPicture) picture = {NULL};
  Source source;

  if (!confusion)
    return FALSE;
  ms_export_words_init(&words, frame, rules, options, confusion);
  if (!ms_export_picture_init(&picture, frame, rules, options, &words, control, error))
    return FALSE;
  source = (Source){words.title, ms_export_picture_rows(&picture), control};
  return write_picture(&source, &words, path, error);
}
