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
  if (ms_comparison_has_classes(rules->comparison))
    return ms_set_class_name(display->frame->set, display->frame->model, id);
  return id == 0 ? g_strdup("background")
                 : ms_set_class_name(display->frame->set, display->frame->model, MS_FOREGROUND_ID);
}

static void
append_value(GString *text, MsDisplay *display, guint32 sample)
{
  g_autofree char *name = class_name(display, sample > display->rules->rules.threshold);
  char number[16];

  g_ascii_formatd(number, sizeof number, "%.3f", (double)sample / display->rules->maximum);
  g_string_append_printf(text, "%s  ·  p %s", name, number);
}

/* ", person 0.87"; the first one without a comma. A score that everything has is not said. */
static void
append_item(GString *text, MsDisplay *display, const MsStackItem *item, gboolean first)
{
  g_autofree char *name = class_name(display, item->class_id);
  g_autofree char *score = NULL;

  g_string_append_printf(text, "%s%s", first ? "" : ", ", name);
  if (item->score == MS_STACK_MAXIMUM || display->rules->maximum == 0)
    return;
  score =
      ms_describe_label_score((double)item->score / MS_STACK_MAXIMUM, display->rules->threshold);
  g_string_append_printf(text, " %s", score);
}

/* Those whose score is above the cut, or those whose is not; their number. */
static guint
append_items(GString *text, MsDisplay *display, const MsStackItem *items, gsize n_items,
             guint32 cut, gboolean above)
{
  guint n = 0;

  for (gsize i = 0; i < n_items; i++)
    if ((items[i].score > cut) == above)
      append_item(text, display, &items[i], n++ == 0);
  return n;
}

static void
append_stack(GString *text, MsDisplay *display, const MsStacks *stacks, guint32 stack, guint32 cut)
{
  g_autoptr(GString) below = g_string_new(NULL);
  const MsStackItem *items = NULL;
  gsize n_items = 0;

  if (stacks && stack < ms_stacks_count(stacks))
    items = ms_stacks_items(stacks, stack, &n_items);
  if (append_items(text, display, items, n_items, cut, TRUE) == 0)
    g_string_append(text, "nothing");
  if (append_items(below, display, items, n_items, cut, FALSE) > 0)
    g_string_append_printf(text, " (%s)", below->str);
}

static void
append_sample(GString *text, MsDisplay *display, guint32 sample, gboolean predicted)
{
  const MsRules *rules = &display->rules->rules;
  const MsResult *result = display->frame->result;

  g_string_append(text, predicted ? "  ·  predicted " : "  ·  actual ");
  if (rules->comparison == MS_COMPARE_STACKS)
    append_stack(text, display, predicted ? result->predicted_stacks : result->actual_stacks,
                 sample, predicted ? rules->threshold : 0);
  else if (rules->comparison == MS_COMPARE_THRESHOLD && predicted)
    append_value(text, display, sample);
  else {
    g_autofree char *name = class_name(display, sample);

    g_string_append(text, name);
  }
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
  if (frame->has_actual && is_inside(&frame->actual, image_x, image_y))
    append_sample(text, display, ms_raster_get(&frame->actual, image_x, image_y), FALSE);
  if (frame->has_predicted && is_inside(&frame->predicted, image_x, image_y))
    append_sample(text, display, ms_raster_get(&frame->predicted, image_x, image_y), TRUE);
  return g_string_free(text, FALSE);
}

char *
ms_readout_describe(MsDisplay *display)
{
  MsFrame *frame = display->frame;
  const char *id = ms_set_get_id(frame->set, frame->example);

  if (!display->confusion)
    return g_strdup_printf("%s: %s", id, display->message);

  g_autofree char *iou =
      ms_describe_ratio(ms_confusion_score(display->confusion, MS_METRIC_IOU), 3);
  g_autofree char *verdict =
      ms_verdict(frame->set, frame->example, frame->model, display->rules, display->confusion);

  return g_strdup_printf("%s: IoU %s. %s", id, iou, verdict);
}
