/* SPDX-License-Identifier: MIT
 *
 * From a frame to what render can draw: the image and the kinds as pyramids, or the image alone.
 */
#pragma once

#include "io/picture.h"
#include "metric/kinds.h"
#include "render/pyramid.h"
#include "report/analysis.h"
#include "report/class-focus.h"
#include "set/pair.h"

G_BEGIN_DECLS

/* The image under a display range, with its smaller levels, GREY where it has no colours; NULL when
 * the frame has no image (or memory is short or the control stopped it). */
MsPyramid *ms_layers_image(const MsFrame *frame, MsDisplayRange range, const MsControl *control);

/* The same under the range in which it should be shown: `stretch` lets pictures that want it have
 * their automatic one, else it is the whole one. */
MsPyramid *ms_layers_shown_image(const MsFrame *frame, gboolean stretch, const MsControl *control);

/* That range. */
MsDisplayRange ms_layers_shown_range(const MsFrame *frame, gboolean stretch);

/* Which wrong pixels are not spoken of now: those that are forgiven (their reach is at most the
 * tolerance), and those whose error is not the chosen one. */
typedef struct {
  MsAnalysis *analysis; /* of the very frame, rules and focus. NULL: nothing is dimmed */
  int tolerance;        /* 0: nothing is forgiven */
  int error;            /* an MsError; -1: all of them */
} MsDimming;

/* The kinds of the pair under rules, with smaller levels, of the classes that are looked at; NULL
 * when the pair cannot be compared. What is dimmed (dim may be NULL) is MS_KIND_DIM, and *dimmed
 * (may be NULL) its counts. */
MsPyramid *ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                           const MsDimming *dim, MsKindCounts *dimmed, const MsControl *control);

/* The edges of the actual and of the predicted mask (render/edges.h), wherever the class of pixels
 * changes; what is ignored or not looked at is of none. NULL when there is neither. */
MsPyramid *ms_layers_edges(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                           const MsControl *control);

/* The same where the threshold alone is another: those of the actual mask are taken from `edges`.
 */
MsPyramid *ms_layers_edges_again(const MsPyramid *edges, const MsFrame *frame, const MsRules *rules,
                                 const MsClassFocus *focus, const MsControl *control);

/* The predicted probability of each pixel, of several classes the highest one, GREY: 255 is 1. NULL
 * where the model has no scores. */
MsPyramid *ms_layers_heat(const MsFrame *frame, const MsRuleset *rules, const MsControl *control);

/* What ms_kinds_paint() paints of a frame; borrows all of it. FALSE when the pair cannot be
 * compared. */
gboolean ms_layers_kinds_source(const MsFrame *frame, const MsRules *rules,
                                const MsClassFocus *focus, MsKindsSource *source);

/* What those kinds count, without painting them. FALSE when the pair cannot be compared, or memory
 * is short. */
gboolean ms_layers_count_kinds(const MsFrame *frame, const MsRules *rules,
                               const MsClassFocus *focus, MsKindCounts *counts);

G_END_DECLS
