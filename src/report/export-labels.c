/* SPDX-License-Identifier: MIT
 *
 * One frame with label sets: the image as it is, the labels by what became of them.
 */
#include "report/export-private.h"

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

void
ms_export_picture_set_labels(MsExportPicture *picture, const MsFrame *frame, const MsRuleset *rules,
                             const MsExportOptions *options, const MsExportWords *words)
{
  if (frame->image)
    picture->overlay = ms_overlay_rows_new_image(frame, options->auto_range);
  picture->labels = figure_labels(frame, rules);
  picture->figure = (MsLabelFigure){
      .title = words->title,
      .subtitle = words->subtitle,
      .headline = words->headline,
      .verdict = words->verdict,
      .image_note = frame->image ? NULL : frame->image_message,
      .labels = (const MsFigureLabel *)(void *)picture->labels->data,
      .n_labels = picture->labels->len,
      .plain = !options->annotate,
  };
  picture->drawing =
      ms_label_figure_new(picture->overlay ? ms_overlay_rows_get(picture->overlay) : NULL,
                          &picture->figure, &options->style);
}
