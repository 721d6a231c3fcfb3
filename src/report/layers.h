/* SPDX-License-Identifier: MIT
 *
 * From a frame to what render can draw: the image and the kinds as pyramids, or the image alone.
 */
#pragma once

#include "io/picture.h"
#include "metric/kinds.h"
#include "render/pyramid.h"
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

/* The kinds of the pair under rules, with smaller levels, of the classes that are looked at; NULL
 * when the pair cannot be compared. */
MsPyramid *ms_layers_kinds(const MsFrame *frame, const MsRules *rules, const MsClassFocus *focus,
                           const MsControl *control);

/* What ms_kinds_paint() paints of a frame; borrows all of it. FALSE when the pair cannot be
 * compared. */
gboolean ms_layers_kinds_source(const MsFrame *frame, const MsRules *rules,
                                const MsClassFocus *focus, MsKindsSource *source);

/* What those kinds count, without painting them. FALSE when the pair cannot be compared, or memory
 * is short. */
gboolean ms_layers_count_kinds(const MsFrame *frame, const MsRules *rules,
                               const MsClassFocus *focus, MsKindCounts *counts);

G_END_DECLS
