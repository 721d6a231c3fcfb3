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

/* Whether a name (of a file, with its ending) says that it shows another file in another form:
 * "a_color.png" beside "a.png", "x_gtFine_labelTrainIds.png" beside "x_gtFine_labelIds.png".
 * `names` holds the names around it in byte order. */
gboolean ms_stem_is_other_form(const GPtrArray *names, guint index);

/* The length of a stem's head before a suffix of the role, separator left out: 1 of "a_mask" for
 * actual masks; 0: it ends with none. */
gsize ms_stem_head_length(const char *stem, MsRoleKind kind);

/* The model that the end of a name says a mask is of: "unet" of "pred_unet" and "unet_pred", "pred"
 * of "pred" and "pred_mask". Caller frees; NULL: it says nothing of predictions. */
char *ms_stem_model(const char *end);

/* Whether the first `length` bytes of a name may be such a word: a glance, for names by the
 * million. */
gboolean ms_stem_may_be_word(const char *name, gsize length);

/* Whether a word stands for the role all by itself ("mask", "pred", "image"). */
gboolean ms_stem_word_is(const char *word, MsRoleKind kind);

G_END_DECLS
