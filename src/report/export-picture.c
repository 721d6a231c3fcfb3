/* SPDX-License-Identifier: MIT
 *
 * One frame's picture: the overlay, and the sheet that it is set on.
 */
#include "report/export-private.h"

#include "io/error.h"
#include "report/layers.h"

static void
figure_class_clear(gpointer class)
{
  g_free((char *)((MsFigureClass *)class)->name);
}

static GArray *
list_classes(const MsFrame *frame, const GArray *painted_classes)
{
  GArray *classes = g_array_new(TRUE, FALSE, sizeof(MsFigureClass));

  g_array_set_clear_func(classes, figure_class_clear);
  for (guint i = 0; i < painted_classes->len; i++) {
    const MsPaintedClass *painted = &g_array_index(painted_classes, MsPaintedClass, i);
    MsFigureClass class = {.name = ms_painted_class_name(painted, frame->set, frame->model),
                           .color = painted->color,
                           .pixels = painted->pixels};

    g_array_append_val(classes, class);
  }
  return classes;
}

static gboolean
set_legend(MsExportPicture *picture, const MsFrame *frame, const MsRules *rules,
           const MsExportOptions *options)
{
  const GArray *painted = ms_overlay_rows_classes(picture->overlay);

  if (!painted)
    return ms_layers_count_kinds(frame, rules, options->focus, &picture->text.kinds);
  picture->classes = list_classes(frame, painted);
  picture->text.classes = (const MsFigureClass *)(void *)picture->classes->data;
  picture->text.n_classes = (int)picture->classes->len;
  return TRUE;
}

static gboolean
set_masks(MsExportPicture *picture, const MsFrame *frame, const MsRules *rules,
          const MsExportOptions *options, const MsExportWords *words, const MsControl *control)
{
  picture->overlay = ms_overlay_rows_new(frame, rules, options, control);
  if (!picture->overlay || !options->annotate)
    return picture->overlay != NULL;
  picture->text = (MsFigureText){
      .title = words->title,
      .subtitle = words->subtitle,
      .headline = words->headline,
      .verdict = words->verdict,
      .has_confused = ms_comparison_has_classes(rules->comparison) &&
                      ms_class_focus_get_solo(options->focus) < 0,
  };
  if (!set_legend(picture, frame, rules, options))
    return FALSE;
  picture->drawing =
      ms_figure_new(ms_overlay_rows_get(picture->overlay), &picture->text, &options->style);
  return TRUE;
}

gboolean
ms_export_picture_init(MsExportPicture *picture, const MsFrame *frame, const MsRuleset *rules,
                       const MsExportOptions *options, const MsExportWords *words,
                       const MsControl *control, GError **error)
{
  *picture = (MsExportPicture){NULL};
  if (ms_set_get_labels(frame->set)) {
    ms_export_picture_set_labels(picture, frame, rules, options, words);
    return TRUE;
  }
  if (set_masks(picture, frame, &rules->rules, options, words, control))
    return TRUE;
  if (!ms_control_go_on(control, 0))
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The export was stopped");
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: there is not enough memory for its picture", words->title);
  return FALSE;
}

MsPixelRows
ms_export_picture_rows(MsExportPicture *picture)
{
  return picture->drawing ? ms_drawing_rows(picture->drawing)
                          : *ms_overlay_rows_get(picture->overlay);
}

void
ms_export_picture_clear(MsExportPicture *picture)
{
  ms_drawing_free(picture->drawing);
  ms_overlay_rows_free(picture->overlay);
  g_clear_pointer(&picture->labels, g_array_unref);
  g_clear_pointer(&picture->classes, g_array_unref);
}
