/* SPDX-License-Identifier: MIT
 *
 * One frame with label sets: the image as it is, the labels by what became of them.
 */
#include "report/export-private.h"

#include "report/layers.h"

static MsFigureLabel *
figure_labels(const MsFrame *frame, const MsRuleset *rules, size_t *n_labels)
{
  const MsLabelData *data = ms_set_get_labels(frame->set);
  guint row = ms_example_get_row(ms_set_get_example(frame->set, frame->example));
  g_autoptr(GArray) marks = ms_label_data_marks(data, row, frame->model, rules);
  MsFigureLabel *labels = g_new(MsFigureLabel, marks->len);

  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);

    labels[i] = (MsFigureLabel){
        .name = ms_label_data_name(data, mark->label),
        .kind = mark->kind,
        .has_score = mark->has_score,
        .score = mark->score,
    };
  }
  *n_labels = marks->len;
  return labels;
}

cairo_surface_t *
ms_export_draw_labels(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                      MsLabelFigure *figure)
{
  cairo_surface_t *image = ms_layers_picture(frame, options->auto_range);
  g_autofree MsFigureLabel *labels = NULL;
  cairo_surface_t *surface;

  if (frame->image && !image)
    return NULL;
  labels = figure_labels(frame, rules, &figure->n_labels);
  figure->labels = labels;
  figure->threshold = rules->threshold;
  figure->image_note = frame->image ? NULL : frame->image_message;
  figure->plain = !options->annotate;
  surface = ms_label_figure_new(image, figure, &options->style);
  g_clear_pointer(&image, cairo_surface_destroy);
  return surface;
}
