/* SPDX-License-Identifier: MIT
 *
 * One frame with label sets: the image as it is, the labels by what became of them.
 */
#include "report/export-private.h"

#include "report/layers.h"
#include "set/describe.h"

static void
label_clear(gpointer data)
{
  g_free((char *)((MsFigureLabel *)data)->score);
}

static GArray *
figure_labels(const MsFrame *frame, const MsRuleset *rules)
{
  const MsLabelData *data = ms_set_get_labels(frame->set);
  guint row = ms_set_get_row(frame->set, frame->example);
  g_autoptr(GArray) marks = ms_label_data_marks(data, row, frame->model, rules);
  GArray *labels = g_array_sized_new(FALSE, FALSE, sizeof(MsFigureLabel), marks->len);

  g_array_set_clear_func(labels, label_clear);
  for (guint i = 0; i < marks->len; i++) {
    const MsLabelMark *mark = &g_array_index(marks, MsLabelMark, i);
    MsFigureLabel label = {.name = ms_label_data_name(data, mark->label), .kind = mark->kind};

    if (mark->has_score)
      label.score = ms_describe_label_score(mark->score, rules->threshold);
    g_array_append_val(labels, label);
  }
  return labels;
}

cairo_surface_t *
ms_export_draw_labels(const MsFrame *frame, const MsRuleset *rules, const MsExportOptions *options,
                      MsLabelFigure *figure)
{
  cairo_surface_t *image = ms_layers_picture(frame, options->auto_range);
  g_autoptr(GArray) labels = NULL;
  cairo_surface_t *surface;

  if (frame->image && !image)
    return NULL;
  labels = figure_labels(frame, rules);
  figure->labels = (const MsFigureLabel *)(void *)labels->data;
  figure->n_labels = labels->len;
  figure->image_note = frame->image ? NULL : frame->image_message;
  figure->plain = !options->annotate;
  surface = ms_label_figure_new(image, figure, &options->style);
  g_clear_pointer(&image, cairo_surface_destroy);
  return surface;
}
