/* SPDX-License-Identifier: MIT
 *
 * A diagnosis with what it was made of, so that who holds one knows what it is of.
 */
#include "report/analysis.h"

#include "io/error.h"
#include "report/layers.h"

static gboolean
set_error_for(MsStatus status, const MsFrame *frame, GError **error)
{
  const char *id = ms_set_get_id(frame->set, frame->example);

  if (status == MS_STATUS_CANCELLED)
    g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The analysis was stopped");
  else if (status == MS_STATUS_NO_MEMORY || status == MS_STATUS_TOO_LARGE)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: what is wrong in %d x %d pixels cannot be looked for: %s", id,
                frame->actual.width, frame->actual.height, ms_status_string(status));
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", id, ms_status_string(status));
  return FALSE;
}

static gboolean
set_incomparable(const MsFrame *frame, GError **error)
{
  const char *id = ms_set_get_id(frame->set, frame->example);

  if (ms_set_get_labels(frame->set))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING,
                "%s: label sets have no pixels to look at", id);
  else
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_READING, "%s: %s", id,
                frame->result->message ? frame->result->message : "its masks were not read");
  return FALSE;
}

static gboolean
has_solo(const MsAnalysis *self)
{
  return ms_comparison_has_classes(self->rules->rules.comparison) &&
         ms_class_focus_get_solo(self->focus) >= 0;
}

static gboolean
count(MsAnalysis *self, GError **error)
{
  const MsFrame *frame = self->frame;
  MsClassCounts alone;
  g_autoptr(MsConfusion) confusion = ms_result_confusion(frame->result, frame->set, frame->example,
                                                         frame->model, self->rules, error);

  if (!confusion)
    return FALSE;
  self->counts = ms_confusion_counts(confusion);
  self->has_tn = ms_confusion_has_tn(confusion);
  self->n_counted = ms_confusion_counted(confusion);
  if (has_solo(self) && ms_class_focus_find_counts(self->focus, confusion, &alone)) {
    self->counts = alone.counts;
    self->has_tn = TRUE;
  }
  return TRUE;
}

typedef struct {
  gint *percent;
  GCancellable *cancellable;
} Watch;

static bool
go_on(void *user, double fraction)
{
  Watch *watch = user;

  if (watch->percent)
    g_atomic_int_set(watch->percent, (gint)(100 * fraction));
  return !g_cancellable_is_cancelled(watch->cancellable);
}

static gboolean
diagnose(MsAnalysis *self, gint *percent, GCancellable *cancellable, GError **error)
{
  Watch watch = {percent, cancellable};
  MsControl control = {.go_on = go_on, .user = &watch};
  MsKindsSource source;
  MsStatus status;

  if (ms_set_get_labels(self->frame->set) ||
      !ms_layers_kinds_source(self->frame, &self->rules->rules, self->focus, &source))
    return set_incomparable(self->frame, error);
  status = ms_diagnosis_init(&self->diagnosis, &source, true, &control);
  return status == MS_STATUS_OK || set_error_for(status, self->frame, error);
}

MsAnalysis *
ms_analysis_new(MsFrame *frame, MsRuleset *rules, MsClassFocus *focus, gint *percent,
                GCancellable *cancellable, GError **error)
{
  g_autoptr(MsAnalysis) self = g_atomic_rc_box_new0(MsAnalysis);

  self->frame = ms_frame_ref(frame);
  self->rules = ms_ruleset_ref(rules);
  self->focus = ms_class_focus_ref(focus);
  if (!diagnose(self, percent, cancellable, error) || !count(self, error))
    return NULL;
  return g_steal_pointer(&self);
}

MsAnalysis *
ms_analysis_ref(MsAnalysis *analysis)
{
  return analysis ? g_atomic_rc_box_acquire(analysis) : NULL;
}

static void
analysis_clear(gpointer analysis)
{
  MsAnalysis *self = analysis;

  ms_diagnosis_clear(&self->diagnosis);
  ms_frame_unref(self->frame);
  ms_ruleset_unref(self->rules);
  ms_class_focus_unref(self->focus);
}

void
ms_analysis_unref(MsAnalysis *analysis)
{
  if (analysis)
    g_atomic_rc_box_release_full(analysis, analysis_clear);
}

gboolean
ms_analysis_is_of(const MsAnalysis *analysis, const MsFrame *frame, const MsRuleset *rules,
                  const MsClassFocus *focus)
{
  return analysis->frame == frame && analysis->rules == rules && analysis->focus == focus;
}

static MsValue
iou_of(const MsAnalysis *self, const MsCounts *counts)
{
  MsEmptyRule empty = self->rules->rules.empty;
  MsClassCounts alone = {.counts = *counts};

  if (has_solo(self) && self->n_counted > 0)
    return ms_class_focus_score(&alone, MS_METRIC_IOU, empty);
  return ms_score_counted_iou(counts, self->n_counted, empty);
}

MsValue
ms_analysis_iou(const MsAnalysis *analysis)
{
  return iou_of(analysis, &analysis->counts);
}

MsValue
ms_analysis_mended_iou(const MsAnalysis *analysis, const MsMend *mend)
{
  MsCounts mended = ms_mend_apply(&analysis->counts, mend, analysis->has_tn);

  return iou_of(analysis, &mended);
}

void
ms_analysis_get_findings(const MsAnalysis *analysis, MsFindings *findings)
{
  const MsResult *result = analysis->frame->result;

  ms_findings_init(findings, &analysis->diagnosis, result->width, result->height, &analysis->counts,
                   analysis->n_counted, analysis->has_tn);
}

gsize
ms_analysis_bytes(const MsAnalysis *analysis)
{
  return sizeof *analysis + ms_diagnosis_bytes(&analysis->diagnosis);
}
