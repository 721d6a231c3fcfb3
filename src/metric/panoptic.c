/* SPDX-License-Identifier: MIT
 *
 * Matching by counts alone: a cell of the joint is what two segments have in common, and with their
 * areas it says their IoU. Areas of predicted segments come from the same cells, sorted by them.
 */
#include "metric/panoptic.h"

#include <stdlib.h>

typedef struct {
  uint32_t id;
  uint64_t area;
  uint64_t on_void;  /* pixels whose actual id is 0 */
  uint64_t on_crowd; /* and those on crowds of its class */
  bool matched;
} Segment;

typedef struct {
  const MsCell *cells;
  size_t n_cells;
  const MsPanopticRules *rules;
  int64_t class_id;
  Segment *predicted; /* ascending by id; without 0 */
  size_t n_predicted;
} Match;

static uint32_t
class_of(const Match *match, uint32_t id)
{
  uint32_t divisor = match->rules->divisor;

  if (divisor == 0)
    return 0;
  return id < divisor ? id : id / divisor;
}

static bool
is_asked_for(const Match *match, uint32_t id)
{
  return match->class_id < 0 || class_of(match, id) == match->class_id;
}

static bool
is_crowd(const Match *match, uint32_t id)
{
  size_t low = 0, high = match->rules->n_crowds;

  while (low < high) {
    size_t middle = low + (high - low) / 2;

    if (match->rules->crowds[middle] == id)
      return true;
    if (match->rules->crowds[middle] < id)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

static int
compare_ids(const void *a, const void *b)
{
  uint32_t left = ((const Segment *)a)->id, right = ((const Segment *)b)->id;

  return (left > right) - (left < right);
}

/* Segments of one id made one. */
static void
unite(Match *match)
{
  size_t n = 0;

  for (size_t i = 0; i < match->n_predicted; i++) {
    const Segment *part = &match->predicted[i];

    if (n > 0 && match->predicted[n - 1].id == part->id) {
      match->predicted[n - 1].area += part->area;
      match->predicted[n - 1].on_void += part->on_void;
      match->predicted[n - 1].on_crowd += part->on_crowd;
    } else {
      match->predicted[n++] = *part;
    }
  }
  match->n_predicted = n;
}

static Segment
part_of(const Match *match, const MsCell *cell)
{
  Segment part = {.id = cell->predicted, .area = cell->count};

  if (cell->actual == 0)
    part.on_void = cell->count;
  else if (is_crowd(match, cell->actual) &&
           class_of(match, cell->actual) == class_of(match, cell->predicted))
    part.on_crowd = cell->count;
  return part;
}

static MsStatus
find_predicted(Match *match)
{
  match->predicted = calloc(match->n_cells + 1, sizeof *match->predicted);
  if (!match->predicted)
    return MS_STATUS_NO_MEMORY;
  for (size_t i = 0; i < match->n_cells; i++)
    if (match->cells[i].predicted != 0)
      match->predicted[match->n_predicted++] = part_of(match, &match->cells[i]);
  qsort(match->predicted, match->n_predicted, sizeof *match->predicted, compare_ids);
  unite(match);
  return MS_STATUS_OK;
}

static Segment *
segment_of(const Match *match, uint32_t id)
{
  const Segment key = {.id = id};

  return bsearch(&key, match->predicted, match->n_predicted, sizeof key, compare_ids);
}

/* What counts of the union of an actual segment with a predicted one. */
static uint64_t
union_of(const Match *match, uint64_t actual_area, const Segment *predicted, uint64_t both)
{
  uint64_t all = actual_area + predicted->area - both;

  return match->rules->zero == MS_ZERO_IS_VOID ? all - predicted->on_void : all;
}

/* The cells of one actual segment. */
static void
match_segment(const Match *match, const MsCell *cells, size_t n_cells, MsPanoptic *panoptic)
{
  uint64_t area = 0;

  for (size_t i = 0; i < n_cells; i++)
    area += cells[i].count;
  for (size_t i = 0; i < n_cells; i++) {
    Segment *predicted = cells[i].predicted != 0 ? segment_of(match, cells[i].predicted) : NULL;
    uint64_t all;

    if (!predicted || class_of(match, predicted->id) != class_of(match, cells[i].actual))
      continue;
    all = union_of(match, area, predicted, cells[i].count);
    if (cells[i].count <= all - cells[i].count)
      continue;
    predicted->matched = true;
    panoptic->tp++;
    panoptic->iou += (double)cells[i].count / (double)all;
    return;
  }
  panoptic->fn++;
}

static void
match_actual(const Match *match, MsPanoptic *panoptic)
{
  size_t start = 0;

  while (start < match->n_cells) {
    uint32_t id = match->cells[start].actual;
    size_t end = start;

    while (end < match->n_cells && match->cells[end].actual == id)
      end++;
    if (id != 0 && is_asked_for(match, id) && !is_crowd(match, id))
      match_segment(match, match->cells + start, end - start, panoptic);
    start = end;
  }
}

/* More than half of it lies where nothing says what is there. */
static bool
is_excused(const Match *match, const Segment *segment)
{
  uint64_t unsaid = segment->on_crowd;

  if (match->rules->zero == MS_ZERO_IS_VOID)
    unsaid += segment->on_void;
  return unsaid > segment->area - unsaid;
}

static void
count_unmatched(const Match *match, MsPanoptic *panoptic)
{
  for (size_t i = 0; i < match->n_predicted; i++) {
    const Segment *segment = &match->predicted[i];

    panoptic->fp +=
        !segment->matched && is_asked_for(match, segment->id) && !is_excused(match, segment);
  }
}

MsStatus
ms_panoptic_count(MsJoint *joint, const MsPanopticRules *rules, int64_t class_id,
                  MsPanoptic *panoptic)
{
  Match match = {.rules = rules, .class_id = class_id};
  MsPanoptic counted = {0};
  MsStatus status = ms_joint_cells(joint, &match.cells, &match.n_cells);

  if (status == MS_STATUS_OK)
    status = find_predicted(&match);
  if (status != MS_STATUS_OK)
    return status;
  match_actual(&match, &counted);
  count_unmatched(&match, &counted);
  free(match.predicted);
  *panoptic = counted;
  return MS_STATUS_OK;
}

static bool
has_nothing(const MsPanoptic *panoptic)
{
  return panoptic->tp == 0 && panoptic->fp == 0 && panoptic->fn == 0;
}

MsValue
ms_score_sq(const MsPanoptic *panoptic)
{
  if (has_nothing(panoptic))
    return (MsValue){.defined = false};
  if (panoptic->tp == 0)
    return (MsValue){.value = 0, .defined = true, .by_rule = true};
  return (MsValue){.value = panoptic->iou / (double)panoptic->tp, .defined = true};
}

MsValue
ms_score_rq(const MsPanoptic *panoptic)
{
  uint64_t twice = 2 * panoptic->tp + panoptic->fp + panoptic->fn;

  if (twice == 0)
    return (MsValue){.defined = false};
  return (MsValue){.value = 2 * (double)panoptic->tp / (double)twice, .defined = true};
}

MsValue
ms_score_pq(const MsPanoptic *panoptic)
{
  MsValue sq = ms_score_sq(panoptic), rq = ms_score_rq(panoptic);

  if (!sq.defined)
    return sq;
  return (MsValue){.value = sq.value * rq.value, .defined = true};
}
