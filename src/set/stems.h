/* SPDX-License-Identifier: MIT
 *
 * What a stem may be called without the suffixes that tools add: "lesion_03_mask" is lesion_03's
 * mask. The table of suffixes is here and nowhere else.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

#define MS_STEM_MAX_FORMS 4

/* Lengths of the stem's heads that may be the id, longest first; the first is the whole stem.
 * Returns their number. A role whose stems are exact has the whole stem alone. */
guint ms_stem_forms(const char *stem, MsRoleKind kind, gboolean exact,
                    gsize lengths[MS_STEM_MAX_FORMS]);

/* The length of a mask's stem without those suffixes that can only mean a mask, for naming an
 * example that has no image: "a_mask" is called a, "frame_0000" keeps its number. */
gsize ms_stem_name_length(const char *stem, MsRoleKind kind);

G_END_DECLS
