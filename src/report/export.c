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
#include "report/class-layer.h"
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

/* What the picture shows where that is not all errors: "predicted mask", "Only: road". */
static void
add_subject(GPtrArray *parts, const MsFrame *frame, const MsExportOptions *options)
{
  static const char *const paints[] = {
      [MS_PAINT_ACTUAL] = "actual mask", [MS_PAINT_PREDICTED] = "predicted mask"};
  char *focus = ms_class_focus_describe(options->focus, frame->set, frame->model);

  if (ms_set_get_labels(frame->set)) {
    g_free(focus);
    return;
  }
  if (options->paint != MS_PAINT_ERRORS)
    g_ptr_array_add(parts, g_strdup(paints[options->paint]));
  if (focus)
    g_ptr_array_add(parts, focus);
}

/* "unet · val · Only: road · both masks empty score 1" */
static char *
make_subtitle(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
              const char *separator)
{
  const char *split = ms_set_get_split(frame->set, frame->example);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);

  g_ptr_array_add(parts, g_strdup(ms_set_get_model_name(frame->set, frame->model)));
  if (split)
    g_ptr_array_add(parts, g_strdup(split));
  add_subject(parts, frame, options);
  g_ptr_array_add(
      parts, ms_notes_rules(frame->set, rules, frame->model, frame->result->resized, separator));
  g_ptr_array_add(parts, NULL);
  return g_strjoinv(separator, (char **)parts->pdata);
}

/* "IoU 0.788 = 416 / (416 + 73 + 39)"; a value that a rule set has no quotient to show. */
static char *
join_headline(MsValue iou, const char *formula)
{
  g_autofree char *ratio = ms_describe_ratio(iou, HEADLINE_DIGITS);

  return g_strdup_printf(iou.defined && !iou.by_rule ? "IoU %s = %s" : "IoU %s (%s)", ratio,
                         formula);
}

/* Of a class that is looked at alone: "road: IoU 0.788 = 416 / (416 + 73 + 39)". */
static char *
make_headline(const MsFrame *frame, const MsConfusion *confusion, const MsClassFocus *focus,
              MsEmptyRule empty)
{
  MsClassCounts alone;

  if (ms_class_focus_find_counts(focus, confusion, &alone)) {
    g_autofree char *name = ms_set_class_name(frame->set, frame->model, alone.id);
    g_autofree char *formula = ms_describe_class_formula(&alone, MS_METRIC_IOU, empty);
    g_autofree char *headline =
        join_headline(ms_class_focus_score(&alone, MS_METRIC_IOU, empty), formula);

    return g_strdup_printf("%s: %s", name, headline);
  }

  g_autofree char *formula = ms_describe_iou_formula(confusion, empty);

  return join_headline(ms_confusion_score(confusion, MS_METRIC_IOU), formula);
}

static char *
make_verdict(const MsFrame *frame, const MsRuleset *rules, const MsConfusion *confusion,
             const MsClassFocus *focus)
{
  MsClassCounts alone;

  if (ms_class_focus_find_counts(focus, confusion, &alone))
    return ms_verdict_class(frame->set, frame->model, &alone);
  return ms_verdict(frame->set, frame->example, frame->model, rules, confusion);
}

static void
words_init(Words *words, const MsFrame *frame, const MsRuleset *rules,
           const MsExportOptions *options, const MsConfusion *confusion)
{
  *words = (Words){
      .title = ms_set_get_id(frame->set, frame->example),
      .subtitle = make_subtitle(frame, rules, options, " · "),
      .description = make_subtitle(frame, rules, options, "; "),
      .headline = make_headline(frame, confusion, options->focus, rules->rules.empty),
      .verdict = make_verdict(frame, rules, confusion, options->focus),
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

/* What lies over the image: kinds, or the classes of one side. */
typedef struct {
  MsPyramid *kinds;
  MsClassLayer *classes;
} Overlay;

static void
overlay_clear(Overlay *overlay)
{
  ms_pyramid_free(overlay->kinds);
  ms_class_layer_free(overlay->classes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Overlay, overlay_clear)

static const MsPyramid *
make_overlay(Overlay *overlay, const MsFrame *frame, const MsRuleset *rules,
             const MsExportOptions *options)
{
  if (options->paint == MS_PAINT_ERRORS)
    return overlay->kinds = ms_layers_kinds(frame, &rules->rules, options->focus, NULL);
  overlay->classes = ms_class_layer_new(frame, options->paint, &rules->rules, options->focus, NULL);
  return overlay->classes ? overlay->classes->colors : NULL;
}

static cairo_surface_t *
draw_picture(const MsFrame *frame, const MsPyramid *overlay, const MsExportOptions *options)
{
  MsPyramid *image = ms_layers_shown_image(frame, options->auto_range, NULL);
  cairo_surface_t *surface = NULL;

  if (image || !frame->image)
    surface = ms_compose_flat(image, overlay, &options->style, options->opacity);
  ms_pyramid_free(image);
  return surface;
}

static void
figure_class_clear(gpointer class)
{
  g_free((char *)((MsFigureClass *)class)->name);
}

static GArray *
list_classes(const MsFrame *frame, const MsClassLayer *layer)
{
  GArray *classes = g_array_new(TRUE, FALSE, sizeof(MsFigureClass));

  g_array_set_clear_func(classes, figure_class_clear);
  for (guint i = 0; i < layer->classes->len; i++) {
    const MsPaintedClass *painted = &g_array_index(layer->classes, MsPaintedClass, i);
    MsFigureClass class = {.name = ms_painted_class_name(painted, frame->set, frame->model),
                           .color = painted->color,
                           .pixels = painted->pixels};

    g_array_append_val(classes, class);
  }
  return classes;
}

static cairo_surface_t *
draw_figure(const MsFrame *frame, const MsRuleset *rules, cairo_surface_t *picture,
            const Words *words, const MsClassLayer *layer, const MsExportOptions *options)
{
  MsFigureText text = {
      .title = words->title,
      .subtitle = words->subtitle,
      .headline = words->headline,
      .verdict = words->verdict,
      .has_confused = ms_comparison_has_classes(rules->rules.comparison) &&
                      ms_class_focus_get_solo(options->focus) < 0,
  };
  g_autoptr(GArray) classes = layer ? list_classes(frame, layer) : NULL;

  if (classes) {
    text.classes = (const MsFigureClass *)(void *)classes->data;
    text.n_classes = (int)classes->len;
  } else if (!ms_layers_count_kinds(frame, &rules->rules, options->focus, &text.kinds))
    return NULL;
  return ms_figure_new(picture, &text, &options->style);
}

static cairo_surface_t *
draw_masks(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
           const Words *words)
{
  g_auto(Overlay) overlay = {NULL};
  const MsPyramid *layer = make_overlay(&overlay, frame, rules, options);
  cairo_surface_t *picture = layer ? draw_picture(frame, layer, options) : NULL;
  cairo_surface_t *figure;

  if (!picture || !options->annotate)
    return picture;
  figure = draw_figure(frame, rules, picture, words, overlay.classes, options);
  cairo_surface_destroy(picture);
  return figure;
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
     const Words *words, GError **error)
{
  cairo_surface_t *surface;

  if (!check_size(frame, error))
    return NULL;
  surface = ms_set_get_labels(frame->set) ? draw_labels(frame, rules, options, words)
                                          : draw_masks(frame, rules, options, words);
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
  words_init(&words, frame, rules, options, confusion);
  return draw(frame, rules, options, &words, error);
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
  words_init(&words, frame, rules, options, confusion);
  surface = draw(frame, rules, options, &words, error);
  if (!surface)
    return FALSE;
  png = encode(surface, &words, error);
  cairo_surface_destroy(surface);
  return png && ms_file_write(path, g_bytes_get_data(png, NULL), g_bytes_get_size(png), error);
}
