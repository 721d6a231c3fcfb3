/* SPDX-License-Identifier: MIT
 *
 * Questions about rules: which ids are ignored, which are classes, what a sample means on either
 * side. Id lists are sorted by contract and searched by halving.
 */
#include "metric/rules.h"

#include <stdlib.h>
#include <string.h>

#include "metric/rules-private.h"
#include "metric/size.h"

bool
ms_comparison_has_classes(MsComparison comparison)
{
  return comparison == MS_COMPARE_CLASSES || comparison == MS_COMPARE_STACKS ||
         comparison == MS_COMPARE_LABELS;
}

void
ms_rules_init(MsRules *rules)
{
  *rules = (MsRules){.comparison = MS_COMPARE_BINARY, .background = 0, .empty = MS_EMPTY_ONE};
}

/* How many of the ids are smaller than id. */
static size_t
n_below(const uint32_t *ids, size_t n_ids, size_t id)
{
  size_t low = 0, high = n_ids;

  while (low < high) {
    size_t middle = low + (high - low) / 2;

    if (ids[middle] < id)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool
ms_ids_contain(const uint32_t *ids, size_t n_ids, uint32_t id)
{
  size_t place = n_below(ids, n_ids, id);

  return place < n_ids && ids[place] == id;
}

bool
ms_rules_is_ignored(const MsRules *rules, uint32_t actual_id)
{
  bool drops_unlisted = rules->comparison == MS_COMPARE_LABELS ||
                        (ms_comparison_has_classes(rules->comparison) && rules->ignore_unlisted);

  if (ms_ids_contain(rules->ignored, rules->n_ignored, actual_id))
    return true;
  return drops_unlisted && !ms_rules_is_class(rules, actual_id);
}

bool
ms_rules_is_class(const MsRules *rules, uint32_t id)
{
  if (ms_ids_contain(rules->ignored, rules->n_ignored, id))
    return false;
  return !rules->classes || ms_ids_contain(rules->classes, rules->n_classes, id);
}

size_t
ms_rules_count_labels(const MsRules *rules, size_t n_labels)
{
  size_t n_listed = rules->classes ? n_below(rules->classes, rules->n_classes, n_labels) : n_labels;
  size_t n_ignored = 0;

  for (size_t i = 0; i < rules->n_ignored && rules->ignored[i] < n_labels; i++) {
    bool again = i > 0 && rules->ignored[i] == rules->ignored[i - 1];

    n_ignored += !again && (!rules->classes ||
                            ms_ids_contain(rules->classes, rules->n_classes, rules->ignored[i]));
  }
  return n_listed - n_ignored;
}

uint32_t
ms_threshold_sample(double threshold, uint32_t maximum)
{
  double scaled = threshold * maximum;
  uint32_t sample;

  if (!(scaled > 0))
    return 0;
  if (scaled >= maximum)
    return maximum;

  /* The product is rounded, the comparison it stands for is a division: settle it by that. */
  sample = (uint32_t)scaled;
  while (sample > 0 && (double)sample / maximum > threshold)
    sample--;
  while (sample < maximum && (double)(sample + 1) / maximum <= threshold)
    sample++;
  return sample;
}

int64_t
ms_rules_background(const MsRules *rules)
{
  bool has_one = rules->comparison == MS_COMPARE_CLASSES || rules->comparison == MS_COMPARE_STACKS;

  return has_one ? rules->background : -1;
}

uint32_t
ms_rules_cut(const MsRules *rules)
{
  return rules->comparison == MS_COMPARE_THRESHOLD ? rules->threshold : 0;
}

MsRole
ms_rules_actual_role(const MsRules *rules, uint32_t sample)
{
  if (ms_rules_is_ignored(rules, sample))
    return MS_ROLE_IGNORED;
  if (rules->comparison != MS_COMPARE_CLASSES)
    return sample ? MS_ROLE_CLASS : MS_ROLE_BACKGROUND;
  if (!ms_rules_is_class(rules, sample))
    return MS_ROLE_UNKNOWN;
  return sample == rules->background ? MS_ROLE_BACKGROUND : MS_ROLE_CLASS;
}

MsRole
ms_rules_predicted_role(const MsRules *rules, uint32_t sample)
{
  if (rules->comparison != MS_COMPARE_CLASSES)
    return sample > ms_rules_cut(rules) ? MS_ROLE_CLASS : MS_ROLE_BACKGROUND;
  if (!ms_rules_is_class(rules, sample))
    return MS_ROLE_NO_CLASS;
  return sample == rules->background ? MS_ROLE_BACKGROUND : MS_ROLE_CLASS;
}

bool
ms_rules_same_class(const MsRules *rules, uint32_t actual, uint32_t predicted)
{
  return rules->comparison != MS_COMPARE_CLASSES || actual == predicted;
}

bool
ms_focus_sees(const MsFocus *focus, uint32_t id)
{
  if (focus->solo >= 0)
    return id == focus->solo;
  return !ms_ids_contain(focus->hidden, focus->n_hidden, id);
}

MsKind
ms_kind_of_roles(MsRole actual, MsRole predicted, bool same_class)
{
  if (actual == MS_ROLE_IGNORED || actual == MS_ROLE_UNKNOWN)
    return MS_KIND_IGNORED;
  if (actual == MS_ROLE_HIDDEN || predicted == MS_ROLE_HIDDEN)
    return MS_KIND_TN;
  if (predicted == MS_ROLE_NO_CLASS)
    return MS_KIND_FN;
  if (actual == MS_ROLE_BACKGROUND)
    return predicted == MS_ROLE_BACKGROUND ? MS_KIND_TN : MS_KIND_FP;
  if (predicted == MS_ROLE_BACKGROUND)
    return MS_KIND_FN;
  return same_class ? MS_KIND_TP : MS_KIND_CONFUSED;
}

/* NULL for no ids, so that an empty list of classes must keep a pointer: one spare element. */
static MsStatus
copy_ids(const uint32_t *ids, size_t n_ids, const uint32_t **copy)
{
  size_t size;
  uint32_t *made;

  *copy = NULL;
  if (!ids)
    return MS_STATUS_OK;
  if (!ms_size_add(n_ids, 1, &size) || !ms_size_mul(size, sizeof *ids, &size))
    return MS_STATUS_TOO_LARGE;
  made = malloc(size);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  memcpy(made, ids, n_ids * sizeof *ids);
  *copy = made;
  return MS_STATUS_OK;
}

MsStatus
ms_rules_copy(const MsRules *rules, MsRules *copy)
{
  MsRules made = *rules;
  MsStatus status = copy_ids(rules->ignored, rules->n_ignored, &made.ignored);

  if (status != MS_STATUS_OK)
    return status;
  status = copy_ids(rules->classes, rules->n_classes, &made.classes);
  if (status != MS_STATUS_OK) {
    free((void *)made.ignored);
    return status;
  }
  *copy = made;
  return MS_STATUS_OK;
}

void
ms_rules_clear_copy(MsRules *copy)
{
  free((void *)copy->ignored);
  free((void *)copy->classes);
  memset(copy, 0, sizeof *copy);
}
