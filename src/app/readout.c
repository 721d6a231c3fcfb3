/* SPDX-License-Identifier: MIT */
#include "app/readout.h"

#include "set/describe.h"
#include "set/verdict.h"

static char *
class_name(MsDisplay *display, guint32 id)
{
  const MsRules *rules = &display->rules->rules;

  if (ms_rules_is_ignored(rules, id))
    return g_strdup("ignored");
  if (rules->comparison == MS_COMPARE_CLASSES)
    return ms_set_class_name(display->frame->set, display->frame->model, id);
  return id == 0 ? g_strdup("background")
                 : ms_set_class_name(display->frame->set, display->frame->model, MS_FOREGROUND_ID);
}

static void
append_predicted(GString *text, MsDisplay *display, guint32 sample)
{
  const MsRules *rules = &display->rules->rules;

  if (rules->comparison != MS_COMPARE_THRESHOLD) {
    g_autofree char *name = class_name(display, sample);

    g_string_append_printf(text, "  ·  predicted %s", name);
    return;
  }

  g_autofree char *name = class_name(display, sample > rules->threshold);
  char number[16];

  g_ascii_formatd(number, sizeof number, "%.3f", (double)sample / display->rules->maximum);
  g_string_append_printf(text, "  ·  predicted %s  ·  p %s", name, number);
}

static gboolean
is_inside(const MsRaster *raster, int x, int y)
{
  return x >= 0 && y >= 0 && x < raster->width && y < raster->height;
}

char *
ms_readout_at(MsDisplay *display, int image_x, int image_y)
{
  MsFrame *frame = display->frame;
  GString *text = g_string_new(NULL);

  g_string_printf(text, "x %d  y %d", image_x, image_y);
  if (frame->has_actual && is_inside(&frame->actual, image_x, image_y)) {
    g_autofree char *name = class_name(display, ms_raster_get(&frame->actual, image_x, image_y));

    g_string_append_printf(text, "  ·  actual %s", name);
  }
  if (frame->has_predicted && is_inside(&frame->predicted, image_x, image_y))
    append_predicted(text, display, ms_raster_get(&frame->predicted, image_x, image_y));
  return g_string_free(text, FALSE);
}

char *
ms_readout_describe(MsDisplay *display)
{
  MsFrame *frame = display->frame;
  const char *id = ms_example_get_id(ms_set_get_example(frame->set, frame->example));

  if (!display->confusion)
    return g_strdup_printf("%s: %s", id, display->message);

  g_autofree char *iou =
      ms_describe_ratio(ms_confusion_score(display->confusion, MS_METRIC_IOU), 3);
  g_autofree char *verdict =
      ms_verdict(frame->set, frame->example, frame->model, display->rules, display->confusion);

  return g_strdup_printf("%s: IoU %s. %s", id, iou, verdict);
}
