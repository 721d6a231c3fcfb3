/* SPDX-License-Identifier: MIT
 *
 * What is wrong with one example that is looked at: its diagnosis under rules and focus, with the
 * counts that it speaks of. Immutable and counted; made on worker threads.
 */
#pragma once

#include "metric/diagnosis.h"
#include "report/class-focus.h"
#include "set/findings.h"
#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  MsFrame *frame;
  MsRuleset *rules;
  MsClassFocus *focus;   /* NULL: every class */
  MsDiagnosis diagnosis; /* with its map */
  MsCounts counts;       /* the headline ones, or of the class that is looked at alone */
  gboolean has_tn;
  guint64 n_counted; /* pixels that are not ignored; 0: there are no scores */
} MsAnalysis;

/* Synchronous; *percent (may be NULL), 0 to 100, says to any thread how far it has come. Errors:
 * G_IO_ERROR_CANCELLED, MS_IO_ERROR_TOO_LARGE (memory), MS_SET_ERROR_READING (a pair that cannot be
 * compared, or label sets). */
MsAnalysis *ms_analysis_new(MsFrame *frame, MsRuleset *rules, MsClassFocus *focus, gint *percent,
                            GCancellable *cancellable, GError **error);
MsAnalysis *ms_analysis_ref(MsAnalysis *analysis); /* NULL is fine */
void ms_analysis_unref(MsAnalysis *analysis);      /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsAnalysis, ms_analysis_unref)

/* Whether it is of this frame under these. */
gboolean ms_analysis_is_of(const MsAnalysis *analysis, const MsFrame *frame, const MsRuleset *rules,
                           const MsClassFocus *focus);

/* The IoU as it is, and as it would be if these pixels were right. */
MsValue ms_analysis_iou(const MsAnalysis *analysis);
MsValue ms_analysis_mended_iou(const MsAnalysis *analysis, const MsMend *mend);

/* What is kept of one of every class: all of it of the frame's own masks. */
void ms_analysis_get_findings(const MsAnalysis *analysis, MsFindings *findings);

gsize ms_analysis_bytes(const MsAnalysis *analysis);

G_END_DECLS
