/* SPDX-License-Identifier: MIT
 *
 * Shared by the halves of one frame's export: masks, label sets.
 */
#pragma once

#include "render/label-figure.h"
#include "report/export.h"

G_BEGIN_DECLS

/* The picture of a frame with label sets. figure: its texts filled in, the rest follows from the
 * frame. NULL when it is too large or memory is short. */
cairo_surface_t *ms_export_draw_labels(const MsFrame *frame, const MsRuleset *rules,
                                       const MsExportOptions *options, MsLabelFigure *figure);

G_END_DECLS
