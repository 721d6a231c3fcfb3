/* SPDX-License-Identifier: MIT
 *
 * The joint histogram of two windows onto the rasters; all else follows from it, as it does for a
 * whole example.
 */
#include "report/area.h"

#include "report/layers.h"
#include "set/control.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsJoint, ms_joint_free)

static MsStatus
wrap(MsRaster *part, const MsRaster *whole, const MsArea *area)
{
  const guint8 *first = ms_raster_row(whole, area->y);

  return ms_raster_wrap(part, area->width, area->height, whole->bits, whole->stride,
                        first + (gsize)area->x * (gsize)whole->bits / 8);
}

static MsStatus
count_pixels(const MsFrame *frame, const MsArea *area, const MsControl *control, MsJoint **joint)
{
  MsRaster actual, predicted;
  MsStatus status = wrap(&actual, &frame->actual, area);

  if (status == MS_STATUS_OK)
    status = wrap(&predicted, &frame->predicted, area);
  if (status == MS_STATUS_OK)
    status = ms_joint_new(joint);
  return status == MS_STATUS_OK ? ms_joint_add(*joint, &actual, &predicted, control) : status;
}

static MsStatus
score(const MsKindsSource *source, MsJoint *joint, MsConfusion **confusion)
{
  MsStatus status = ms_confusion_new(source->rules, confusion);

  if (status != MS_STATUS_OK)
    return status;
  if (source->rules->comparison == MS_COMPARE_STACKS)
    return ms_confusion_add_stacks(*confusion, joint, source->actual_stacks,
                                   source->predicted_stacks, NULL);
  return ms_confusion_add_joint(*confusion, joint, NULL);
}

static void
fill(MsAreaCounts *counts, const MsConfusion *confusion, const MsRules *rules,
     const MsClassFocus *focus)
{
  MsClassCounts alone;

  counts->counted = ms_confusion_counted(confusion);
  counts->wrong = ms_confusion_wrong(confusion);
  counts->iou = ms_confusion_score(confusion, MS_METRIC_IOU);
  if (!ms_class_focus_find_counts(focus, confusion, &alone))
    return;
  counts->wrong = alone.counts.fp + alone.counts.fn;
  counts->iou = ms_class_focus_score(&alone, MS_METRIC_IOU, rules->empty);
}

gboolean
ms_area_count(const MsFrame *frame, const MsRuleset *rules, const MsClassFocus *focus,
              const MsArea *area, GCancellable *cancellable, MsAreaCounts *counts, GError **error)
{
  MsControl control = ms_control_for(cancellable);
  g_autoptr(MsConfusion) confusion = NULL;
  g_autoptr(MsJoint) joint = NULL;
  MsKindsSource source;
  MsStatus status;

  *counts = (MsAreaCounts){.area = *area};
  if (!ms_layers_kinds_source(frame, &rules->rules, focus, &source)) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: there is nothing to compare",
                ms_set_get_id(frame->set, frame->example));
    return FALSE;
  }
  status = count_pixels(frame, area, &control, &joint);
  if (g_cancellable_set_error_if_cancelled(cancellable, error))
    return FALSE;
  if (status == MS_STATUS_OK)
    status = score(&source, joint, &confusion);
  if (status == MS_STATUS_OK)
    status = ms_kinds_count(&source, joint, &counts->kinds);
  if (status != MS_STATUS_OK) {
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s",
                ms_set_get_id(frame->set, frame->example), ms_status_string(status));
    return FALSE;
  }
  fill(counts, confusion, &rules->rules, focus);
  return TRUE;
}
