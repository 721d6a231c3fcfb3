/* SPDX-License-Identifier: MIT
 *
 * One frame: layers, overlay, figure, PNG. The PNG's text chunks repeat what stands under the
 * picture, so that a plain overlay still says what it is and by which rules it was made.
 */
#include "report/export-private.h"

#include "io/error.h"
#include "io/file.h"
#include "io/png.h"
#include "render/figure.h"
#include "report/layers.h"
#include "report/notes.h"
#include "set/describe.h"
#include "set/verdict.h"

#define HEADLINE_DIGITS 3
#define MAX_SIDE        32767 /* Cairo's limit */
#define PNG_LEVEL       6

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

/* ---- the words ---- */

typedef struct {
  const char *title; /* lent by the frame's set */
  char *subtitle;
  char *description; /* the subtitle in ASCII where its parts are, as PNG text wants it */
  char *headline;
  char *verdict;
} Words;

static void
words_clear(Words *words)
{
  g_free(words->subtitle);
  g_free(words->description);
  g_free(words->headline);
  g_free(words->verdict);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)

/* "unet · val · both masks empty score 1" */
static char *
make_subtitle(const MsFrame *frame, const MsRuleset *rules, const char *separator)
{
  const char *model = ms_set_get_model_name(frame->set, frame->model);
  const char *split = ms_example_get_split(ms_set_get_example(frame->set, frame->example));
  g_autofree char *notes =
      ms_notes_rules(frame->set, rules, frame->model, frame->result->resized, separator);

  return split ? g_strjoin(separator, model, split, notes, NULL)
               : g_strjoin(separator, model, notes, NULL);
}

/* "IoU 0.788 = 416 / (416 + 73 + 39)"; a value that a rule set has no quotient to show. */
static char *
make_headline(const MsConfusion *confusion, MsEmptyRule empty)
{
  MsValue iou = ms_confusion_score(confusion, MS_METRIC_IOU);
  g_autofree char *ratio = ms_describe_ratio(iou, HEADLINE_DIGITS);
  g_autofree char *formula = ms_describe_iou_formula(confusion, empty);

  return g_strdup_printf(iou.defined && !iou.by_rule ? "IoU %s = %s" : "IoU %s (%s)", ratio,
                         formula);
}

static void
words_init(Words *words, const MsFrame *frame, const MsRuleset *rules, const MsConfusion *confusion)
{
  *words = (Words){
      .title = ms_example_get_id(ms_set_get_example(frame->set, frame->example)),
      .subtitle = make_subtitle(frame, rules, " · "),
      .description = make_subtitle(frame, rules, "; "),
      .headline = make_headline(confusion, rules->rules.empty),
      .verdict = ms_verdict(frame->set, frame->example, frame->model, rules, confusion),
  };
}

/* ---- the picture ---- */

static MsConfusion *
count_frame(const MsFrame *frame, const MsRuleset *rules, GError **error)
{
  if (frame->result->status == MS_RESULT_OK)
    return ms_result_confusion(frame->result, frame->set, frame->example, frame->model, rules,
                               error);
  g_set_error_literal(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED, frame->result->message);
  return NULL;
}

static gboolean
check_size(const MsFrame *frame, GError **error)
{
  int width, height;

  ms_frame_get_size(frame, &width, &height);
  if (MAX(width, height) <= MAX_SIDE)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "%d x %d pixels are too many for one picture (at most %d a side)", width, height,
              MAX_SIDE);
  return FALSE;
}

static cairo_surface_t *
draw_overlay(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options)
{
  MsPyramid *image = ms_layers_shown_image(frame, options->auto_range, NULL);
  MsPyramid *kinds = ms_layers_kinds(frame, &rules->rules, NULL);
  cairo_surface_t *surface = NULL;

  if (kinds && (image || !frame->image))
    surface = ms_compose_flat(image, kinds, &options->style, options->opacity);
  ms_pyramid_free(kinds);
  ms_pyramid_free(image);
  return surface;
}

/* Takes the overlay. */
static cairo_surface_t *
draw_figure(cairo_surface_t *overlay, const Words *words, const MsConfusion *confusion,
            gboolean has_confused, const MsOverlayStyle *style)
{
  MsFigureText text = {
      .title = words->title,
      .subtitle = words->subtitle,
      .headline = words->headline,
      .verdict = words->verdict,
      .kinds = ms_confusion_kinds(confusion),
      .has_confused = has_confused,
  };
  cairo_surface_t *figure = ms_figure_new(overlay, &text, style);

  cairo_surface_destroy(overlay);
  return figure;
}

static cairo_surface_t *
draw_masks(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
           const MsConfusion *confusion, const Words *words)
{
  cairo_surface_t *overlay = draw_overlay(frame, rules, options);

  if (!overlay || !options->annotate)
    return overlay;
  return draw_figure(overlay, words, confusion, rules->rules.comparison == MS_COMPARE_CLASSES,
                     &options->style);
}

static cairo_surface_t *
draw_labels(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
            const Words *words)
{
  MsLabelFigure figure = {
      .title = words->title,
      .subtitle = words->subtitle,
      .headline = words->headline,
      .verdict = words->verdict,
  };

  return ms_export_draw_labels(frame, rules, options, &figure);
}

static void
fail_for_size(const MsFrame *frame, const char *title, GError **error)
{
  int width, height;

  ms_frame_get_size(frame, &width, &height);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "%s: the picture of %d x %d pixels with its %s is too large, or there is not "
              "enough memory; try --plain",
              title, width, height, ms_set_get_labels(frame->set) ? "labels" : "legend");
}

static cairo_surface_t *
draw(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
     const MsConfusion *confusion, const Words *words, GError **error)
{
  cairo_surface_t *surface;

  if (!check_size(frame, error))
    return NULL;
  surface = ms_set_get_labels(frame->set) ? draw_labels(frame, rules, options, words)
                                          : draw_masks(frame, rules, options, confusion, words);
  if (surface && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
    return surface;
  g_clear_pointer(&surface, cairo_surface_destroy);
  fail_for_size(frame, words->title, error);
  return NULL;
}

cairo_surface_t *
ms_export_surface(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                  GError **error)
{
  g_autoptr(MsConfusion) confusion = count_frame(frame, rules, error);
  g_auto(Words) words = {0};

  if (!confusion)
    return NULL;
  words_init(&words, frame, rules, confusion);
  return draw(frame, rules, options, confusion, &words, error);
}

/* ---- the file ---- */

static GBytes *
encode(cairo_surface_t *surface, const Words *words, GError **error)
{
  g_autofree char *scores = g_strdup_printf("%s. %s", words->headline, words->verdict);
  const char *text[] = {
      "Software",    "Maskscope " MS_VERSION, "Title",   words->title,
      "Description", words->description,      "Comment", scores,
      NULL,
  };

  cairo_surface_flush(surface);
  return ms_png_encode_rgb24(
      cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
      cairo_image_surface_get_height(surface), (gsize)cairo_image_surface_get_stride(surface),
      PNG_LEVEL, text, error);
}

gboolean
ms_export_frame(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                const char *path, GError **error)
{
  g_autoptr(MsConfusion) confusion = count_frame(frame, rules, error);
  g_auto(Words) words = {0};
  g_autoptr(GBytes) png = NULL;
  cairo_surface_t *surface;

  if (!confusion)
    return FALSE;
  words_init(&words, frame, rules, confusion);
  surface = draw(frame, rules, options, confusion, &words, error);
  if (!surface)
    return FALSE;
  png = encode(surface, &words, error);
  cairo_surface_destroy(surface);
  return png && ms_file_write(path, g_bytes_get_data(png, NULL), g_bytes_get_size(png), error);
}
