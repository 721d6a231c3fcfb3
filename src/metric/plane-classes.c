/* SPDX-License-Identifier: MIT
 *
 * Rules are asked once for each sample that occurs, never for a pixel.
 */
#include "metric/plane-classes.h"

#include <stdlib.h>
#include <string.h>

#include "metric/confusion.h"

bool
ms_plane_classes_by_kinds(const MsKindsSource *source)
{
  return !ms_comparison_has_classes(source->rules->comparison) || source->focus.solo >= 0;
}

static MsStatus
classes_new(size_t n_numbers, MsPlaneClasses **classes)
{
  MsPlaneClasses *made;

  if (n_numbers > UINT32_MAX)
    return MS_STATUS_TOO_LARGE;
  made = calloc(1, sizeof *made);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->ids = calloc(n_numbers, sizeof *made->ids);
  if (!made->ids) {
    free(made);
    return MS_STATUS_NO_MEMORY;
  }
  made->n_numbers = (uint32_t)n_numbers;
  made->ids[0] = MS_NO_CLASS;
  *classes = made;
  return MS_STATUS_OK;
}

void
ms_plane_classes_free(MsPlaneClasses *classes)
{
  if (!classes)
    return;
  ms_stack_table_clear(&classes->sets);
  free(classes->ids);
  free(classes);
}

MsStatus
ms_plane_classes_new_one(const MsKindsSource *source, MsPlaneClasses **classes)
{
  bool has_classes = ms_comparison_has_classes(source->rules->comparison);
  MsStatus status = classes_new(2, classes);

  if (status != MS_STATUS_OK)
    return status;
  (*classes)->ids[1] = has_classes ? (uint32_t)source->focus.solo : MS_FOREGROUND_ID;
  return MS_STATUS_OK;
}

static bool
has_number(const MsRules *rules, const MsPlaces *places, size_t place)
{
  uint32_t id = ms_places_sample(places, place);

  return (places->occurs[0][place] || places->occurs[1][place]) && id != rules->background &&
         ms_rules_is_class(rules, id);
}

static MsStatus
number_ids(const MsRules *rules, MsPlaces *places, MsPlaneClasses **classes)
{
  size_t n_numbers = 1;
  MsStatus status;

  for (size_t place = 0; place < places->n_places; place++)
    n_numbers += has_number(rules, places, place);
  status = classes_new(n_numbers, classes);
  if (status != MS_STATUS_OK)
    return status;
  n_numbers = 1;
  for (size_t place = 0; place < places->n_places; place++) {
    if (!has_number(rules, places, place))
      continue;
    (*classes)->ids[n_numbers] = ms_places_sample(places, place);
    places->numbers[0][place] = places->numbers[1][place] = (uint32_t)n_numbers++;
  }
  return MS_STATUS_OK;
}

/* Of the classes that the sieve left of a stack, those but background; the number of their set. */
static MsStatus
number_set(const MsRules *rules, const MsStackSieve *sieve, uint32_t sieved, MsStackTable *sets,
           uint32_t *number)
{
  size_t n_items, n_left = 0;
  const MsStackItem *items;
  MsStackItem *draft;
  MsStatus status;

  *number = 0;
  if (sieved >= sieve->left.stacks.n_stacks)
    return MS_STATUS_OK;
  items = ms_stacks_items(&sieve->left.stacks, sieved, &n_items);
  status = ms_stack_table_draft(sets, n_items, &draft);
  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < n_items; i++) {
    if (items[i].class_id != rules->background)
      draft[n_left++] = items[i];
  }
  return n_left > 0 ? ms_stack_table_commit(sets, n_left, number) : MS_STATUS_OK;
}

static MsStatus
number_sets(const MsRules *rules, const MsStackSieve *sieve, const uint8_t *occurs, size_t n_stacks,
            MsStackTable *sets, uint32_t *numbers)
{
  MsStatus status = MS_STATUS_OK;

  for (size_t stack = 1; stack < n_stacks && status == MS_STATUS_OK; stack++) {
    if (occurs[stack])
      status = number_set(rules, sieve, sieve->by_stack[stack], sets, &numbers[stack]);
  }
  return status;
}

/* The class that is painted: that with the highest score, of like ones the first. */
static uint32_t
painted_id(const MsRules *rules, const MsStacks *stacks, size_t stack)
{
  size_t n_items;
  const MsStackItem *items = ms_stacks_items(stacks, (uint32_t)stack, &n_items), *best = NULL;

  for (size_t i = 0; i < n_items; i++) {
    if (items[i].class_id != rules->background && ms_rules_is_class(rules, items[i].class_id) &&
        (!best || items[i].score > best->score))
      best = &items[i];
  }
  return best ? best->class_id : MS_NO_CLASS;
}

/* Of each set by the first stack that it came from. */
static void
name_sets(const MsKindsSource *source, const MsPlaces *places, MsPlaneClasses *classes)
{
  const MsStacks *stacks[2] = {source->actual_stacks, source->predicted_stacks};

  for (uint32_t number = 1; number < classes->n_numbers; number++)
    classes->ids[number] = MS_NO_CLASS;
  for (int side = 0; side < 2; side++) {
    for (size_t stack = 1; stack < ms_stacks_count(stacks[side]); stack++) {
      uint32_t number = places->numbers[side][stack];

      if (number && classes->ids[number] == MS_NO_CLASS)
        classes->ids[number] = painted_id(source->rules, stacks[side], stack);
    }
  }
}

/* The table that the classes take over is left cleared. */
static MsStatus
adopt_sets(const MsKindsSource *source, const MsPlaces *places, MsStackTable *sets,
           MsPlaneClasses **classes)
{
  MsStatus status = classes_new(sets->stacks.n_stacks, classes);

  if (status != MS_STATUS_OK)
    return status;
  (*classes)->has_sets = true;
  (*classes)->sets = *sets;
  *sets = (MsStackTable){0};
  name_sets(source, places, *classes);
  return MS_STATUS_OK;
}

static MsStatus
number_stacks(const MsKindsSource *source, MsPlaces *places, MsPlaneClasses **classes)
{
  const MsRules *rules = source->rules;
  MsStackSieve sieves[2] = {{.by_stack = NULL}};
  MsStackTable sets = {0};
  MsStatus status = ms_stack_table_init(&sets);

  if (status == MS_STATUS_OK)
    status = ms_stack_sieve_actual(&sieves[0], rules, source->actual_stacks);
  if (status == MS_STATUS_OK)
    status = ms_stack_sieve_predicted(&sieves[1], rules, source->predicted_stacks);
  if (status == MS_STATUS_OK)
    status = number_sets(rules, &sieves[0], places->occurs[0],
                         ms_stacks_count(source->actual_stacks), &sets, places->numbers[0]);
  if (status == MS_STATUS_OK)
    status = number_sets(rules, &sieves[1], places->occurs[1],
                         ms_stacks_count(source->predicted_stacks), &sets, places->numbers[1]);
  if (status == MS_STATUS_OK)
    status = adopt_sets(source, places, &sets, classes);
  ms_stack_sieve_clear(&sieves[0]);
  ms_stack_sieve_clear(&sieves[1]);
  ms_stack_table_clear(&sets);
  return status;
}

MsStatus
ms_plane_classes_new(const MsKindsSource *source, MsPlaces *places, MsPlaneClasses **classes)
{
  if (source->rules->comparison == MS_COMPARE_STACKS)
    return number_stacks(source, places, classes);
  return number_ids(source->rules, places, classes);
}

uint32_t
ms_planes_id(const MsPlanes *planes, uint32_t number)
{
  return planes->classes->ids[number];
}

uint32_t
ms_planes_number(const MsPlanes *planes, uint32_t id)
{
  const MsPlaneClasses *classes = planes->classes;

  for (uint32_t number = 1; number < classes->n_numbers; number++) {
    size_t n_items = 1;

    if (classes->has_sets)
      ms_stacks_items(&classes->sets.stacks, number, &n_items);
    if (classes->ids[number] == id && n_items == 1)
      return number;
  }
  return 0;
}

/* How many classes of a pixel the one side has and the other lacks. */
static void
count_differences(const MsPlaneClasses *classes, uint32_t actual, uint32_t predicted,
                  uint64_t *n_extra, uint64_t *n_missing)
{
  MsStackPair pair;
  MsStackStep step;

  *n_extra = predicted != 0;
  *n_missing = actual != 0;
  if (!classes->has_sets)
    return;
  *n_extra = *n_missing = 0;
  pair.actual = ms_stacks_items(&classes->sets.stacks, actual, &pair.n_actual);
  pair.predicted = ms_stacks_items(&classes->sets.stacks, predicted, &pair.n_predicted);
  while (ms_stack_pair_next(&pair, &step)) {
    *n_extra += !step.actual;
    *n_missing += !step.predicted;
  }
}

void
ms_planes_mend(const MsPlanes *planes, MsKind kind, uint32_t actual, uint32_t predicted, uint64_t n,
               MsMend *mend)
{
  uint64_t n_extra, n_missing;

  if (!(kind & MS_KIND_WRONG))
    return;
  count_differences(planes->classes, actual, predicted, &n_extra, &n_missing);
  ms_mend_add(mend, &(MsMend){.pixels = n, .fp = n * n_extra, .fn = n * n_missing});
}

void
ms_mend_add(MsMend *sum, const MsMend *more)
{
  sum->pixels += more->pixels;
  sum->fp += more->fp;
  sum->fn += more->fn;
}

MsCounts
ms_mend_apply(const MsCounts *counts, const MsMend *mend, bool has_tn)
{
  uint64_t fp = mend->fp < counts->fp ? mend->fp : counts->fp;
  uint64_t fn = mend->fn < counts->fn ? mend->fn : counts->fn;
  MsCounts mended = *counts;

  mended.tp += fn;
  mended.fp -= fp;
  mended.fn -= fn;
  mended.tn += has_tn ? fp : 0;
  return mended;
}
