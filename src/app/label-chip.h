/* SPDX-License-Identifier: MIT
 *
 * One label of an example as a small sign: what became of it in colour, mark and words, its name,
 * and its score where the model gives one. What is predicted has a tinted ground, what is not is
 * hollow, as in exported pictures.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/label-data.h"

G_BEGIN_DECLS

/* What became of a label; ACTUAL and PREDICTED where the other side is missing, so that nothing can
 * be right or wrong. */
typedef enum {
  MS_LABEL_RIGHT,
  MS_LABEL_MISSED,
  MS_LABEL_EXTRA,
  MS_LABEL_ACTUAL_ONLY,
  MS_LABEL_PREDICTED_ONLY,
  MS_LABEL_ABSENT,
  MS_LABEL_IGNORED,
  MS_N_LABEL_ROLES
} MsLabelRole;

/* "Missed". Static. */
const char *ms_label_role_heading(MsLabelRole role);
/* "missed", as it follows a name. Static. */
const char *ms_label_role_word(MsLabelRole role);

#define MS_TYPE_LABEL_CHIP (ms_label_chip_get_type())
G_DECLARE_FINAL_TYPE(MsLabelChip, ms_label_chip, MS, LABEL_CHIP, GtkWidget)

GtkWidget *ms_label_chip_new(MsLabelRole role);

/* threshold: what decided on its score, where it has one. */
void ms_label_chip_show(MsLabelChip *self, const MsLabelData *labels, const MsLabelMark *mark,
                        double threshold);

/* The label that it shows. */
guint ms_label_chip_get_label(MsLabelChip *self);
/* Whether its name is cut for want of room. */
gboolean ms_label_chip_is_cut(MsLabelChip *self);

G_END_DECLS
