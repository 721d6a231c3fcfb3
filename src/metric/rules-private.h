/* SPDX-License-Identifier: MIT
 *
 * The one place that decides what a pair of samples is. Counting (metric/confusion.c) and painting
 * (metric/kinds.c) both ask here, so that what is seen is what is scored.
 */
#pragma once

#include "metric/kinds.h"
#include "metric/rules.h"

#pragma GCC visibility push(hidden)

/* What a sample means on its side of the pair; of stacks, a whole stack. Label sets have none. */
typedef enum {
  MS_ROLE_BACKGROUND,
  MS_ROLE_CLASS,
  MS_ROLE_HIDDEN,   /* painting only: a class that is not looked at */
  MS_ROLE_NO_CLASS, /* predicted only: counts against the actual class, for none */
  MS_N_PREDICTED_ROLES,
  MS_ROLE_IGNORED = MS_N_PREDICTED_ROLES, /* actual only: the pixel counts nowhere */
  MS_ROLE_UNKNOWN,                        /* actual only: the rules do not know the id */
  MS_N_ROLES
} MsRole;

MsRole ms_rules_actual_role(const MsRules *rules, uint32_t sample);
MsRole ms_rules_predicted_role(const MsRules *rules, uint32_t sample);

/* Whether two samples whose roles are both CLASS mean the same class. */
bool ms_rules_same_class(const MsRules *rules, uint32_t actual, uint32_t predicted);

/* same_class is looked at only when both roles are CLASS. */
MsKind ms_kind_of_roles(MsRole actual, MsRole predicted, bool same_class);

/* Whether a class is looked at. Solo wins over hidden. */
bool ms_focus_sees(const MsFocus *focus, uint32_t id);

/* Of a sorted list. */
bool ms_ids_contain(const uint32_t *ids, size_t n_ids, uint32_t id);

/* CLASSES, STACKS: the id of background, or -1. The others have none. */
int64_t ms_rules_background(const MsRules *rules);

/* LABELS: how many of labels 0 to n_labels - 1 are classes; as ms_rules_is_class() of each. */
size_t ms_rules_count_labels(const MsRules *rules, size_t n_labels);

/* BINARY, THRESHOLD: the predicted sample up to which a pixel is negative. */
uint32_t ms_rules_cut(const MsRules *rules);

/* A copy that owns its arrays, for ms_rules_clear_copy(). Errors: NO_MEMORY. */
MsStatus ms_rules_copy(const MsRules *rules, MsRules *copy);
void ms_rules_clear_copy(MsRules *copy);

#pragma GCC visibility pop
