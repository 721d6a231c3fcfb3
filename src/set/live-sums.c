/* SPDX-License-Identifier: MIT
 *
 * A part for each split and one for what is in none. Totals under the set's rules are kept of the
 * parts and of the whole; sums for every threshold of the parts alone, which are added up when they
 * are asked for. Where parts are too many for such sums, one holds those of all.
 */
#include "set/live-sums.h"

#include "metric/labels.h"

/* Of all parts' sums for every threshold. */
#define MAX_SUMS_BYTES (G_GUINT64_CONSTANT(64) << 20)
#define BYTES_A_STEP   50

typedef struct {
  MsTotals *totals;      /* made with the first example */
  MsThresholdSums *sums; /* likewise; NULL: there are none of this model */
  guint skipped;
  guint resized;
} Part;

struct MsLiveSums {
  MsSet *set;
  MsRuleset *rules; /* the set's */
  guint model;
  guint n_steps; /* of the threshold; 0: there is none, or no sums for it */
  guint n_splits;
  gboolean sums_in_one; /* sums of all parts are those of the first */

  GMutex lock;
  guint32 *part_of;    /* locked: by example; NULL: all are in the first one */
  MsLabelSet added;    /* locked: examples */
  gboolean is_ready;   /* locked: these two are made, with the first example */
  gboolean has_failed; /* locked: memory ran out */
  Part whole;          /* locked: without sums */
  Part *parts;         /* locked: that of no split, then the splits */
};

/* Of the comparisons whose examples are cut at every step as they come in. */
static gboolean
is_summed(const MsRuleset *rules)
{
  return rules->rules.comparison == MS_COMPARE_THRESHOLD ||
         rules->rules.comparison == MS_COMPARE_LABELS;
}

guint
ms_live_sums_n_steps(const MsRuleset *rules)
{
  if (!ms_ruleset_has_threshold(rules))
    return 0;
  switch (rules->rules.comparison) {
  case MS_COMPARE_THRESHOLD:
    return rules->maximum <= G_MAXUINT16 ? rules->maximum + 1 : 0;
  case MS_COMPARE_LABELS:
  case MS_COMPARE_STACKS:
    return MS_LABEL_STEPS;
  default:
    return 0;
  }
}

MsLiveSums *
ms_live_sums_new(MsSet *set, guint model)
{
  MsLiveSums *sums = g_new0(MsLiveSums, 1);

  sums->set = g_object_ref(set);
  sums->rules = ms_ruleset_ref(ms_set_get_rules(set, model));
  sums->model = model;
  sums->n_steps = is_summed(sums->rules) ? ms_live_sums_n_steps(sums->rules) : 0;
  sums->n_splits = g_strv_length((GStrv)ms_set_get_splits(set));
  sums->sums_in_one = (guint64)sums->n_steps * (sums->n_splits + 1) * BYTES_A_STEP > MAX_SUMS_BYTES;
  sums->parts = g_new0(Part, (gsize)sums->n_splits + 1);
  g_mutex_init(&sums->lock);
  return sums;
}

static void
part_clear(Part *part)
{
  ms_totals_free(part->totals);
  ms_threshold_sums_free(part->sums);
}

void
ms_live_sums_free(MsLiveSums *sums)
{
  if (!sums)
    return;
  part_clear(&sums->whole);
  for (guint i = 0; i <= sums->n_splits; i++)
    part_clear(&sums->parts[i]);
  g_free(sums->parts);
  g_free(sums->part_of);
  ms_label_set_clear(&sums->added);
  ms_ruleset_unref(sums->rules);
  g_object_unref(sums->set);
  g_mutex_clear(&sums->lock);
  g_free(sums);
}

void
ms_live_scratch_clear(MsLiveScratch *scratch)
{
  ms_threshold_cuts_clear(&scratch->cuts);
  g_clear_pointer(&scratch->cells, g_array_unref);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* With the lock held. */
static MsStatus
make_ready(MsLiveSums *sums)
{
  const char *const *splits = ms_set_get_splits(sums->set);

  if (sums->is_ready)
    return MS_STATUS_OK;
  sums->is_ready = TRUE;
  if (sums->n_splits > 0)
    sums->part_of = g_new0(guint32, ms_set_get_n_examples(sums->set));
  for (guint i = 0; i < sums->n_splits; i++) {
    guint n;
    const guint *examples = ms_set_get_split_examples(sums->set, splits[i], &n);

    for (guint k = 0; k < n; k++)
      sums->part_of[examples[k]] = i + 1;
  }
  return ms_label_set_init(&sums->added, ms_set_get_n_examples(sums->set));
}

static MsStatus
add_totals(const MsLiveSums *sums, Part *part, const MsResult *result)
{
  MsStatus status = MS_STATUS_OK;

  if (result->status != MS_RESULT_OK) {
    part->skipped++;
    return status;
  }
  part->resized += result->resized;
  if (!part->totals)
    status = ms_totals_new(&sums->rules->rules, &part->totals);
  return status == MS_STATUS_OK ? ms_totals_add(part->totals, result->confusion) : status;
}

static MsStatus
add_cuts(const MsLiveSums *sums, Part *part, const MsThresholdCuts *cuts)
{
  MsStatus status = MS_STATUS_OK;

  if (!part->sums)
    status = ms_threshold_sums_new(sums->n_steps, sums->rules->rules.empty, &part->sums);
  if (status == MS_STATUS_OK)
    ms_threshold_sums_add(part->sums, cuts);
  return status;
}

/* With the lock held: whether it is the first of its example. */
static gboolean
claim(MsLiveSums *sums, guint example)
{
  sums->has_failed |= make_ready(sums) != MS_STATUS_OK;
  if (sums->has_failed)
    return TRUE;
  if (ms_label_set_has(&sums->added, example))
    return FALSE;
  ms_label_set_add(&sums->added, example);
  return TRUE;
}

/* With the lock held. cuts NULL: there are none. */
static MsStatus
add_locked(MsLiveSums *sums, guint example, const MsResult *result, const MsThresholdCuts *cuts)
{
  Part *part = &sums->parts[sums->part_of ? sums->part_of[example] : 0];
  MsStatus status = add_totals(sums, part, result);

  if (status == MS_STATUS_OK)
    status = add_totals(sums, &sums->whole, result);
  if (status == MS_STATUS_OK && cuts)
    status = add_cuts(sums, sums->sums_in_one ? &sums->parts[0] : part, cuts);
  return status;
}

static MsStatus
make_cuts(const MsLiveSums *sums, guint example, const MsPacked *packed, MsLiveScratch *scratch)
{
  const MsLabelData *labels = ms_set_get_labels(sums->set);
  MsStatus status;

  if (labels)
    return ms_label_data_cut(labels, ms_set_get_row(sums->set, example), sums->model,
                             &sums->rules->rules, &scratch->cuts);
  if (!packed)
    return MS_STATUS_NO_MEMORY;
  if (!scratch->cells)
    scratch->cells = g_array_new(FALSE, FALSE, sizeof(MsCell));
  status = ms_packed_cells(packed, scratch->cells);
  if (status != MS_STATUS_OK)
    return status;
  return ms_threshold_cuts_of_cells(&scratch->cuts, &sums->rules->rules,
                                    (const MsCell *)(gpointer)scratch->cells->data,
                                    scratch->cells->len);
}

gboolean
ms_live_sums_add(MsLiveSums *sums, guint example, const MsResult *result, const MsPacked *packed,
                 MsLiveScratch *scratch)
{
  gboolean has_cuts = sums->n_steps > 0 && result->status == MS_RESULT_OK;
  MsStatus status = MS_STATUS_OK;
  gboolean is_first;

  if (has_cuts)
    status = make_cuts(sums, example, packed, scratch);
  g_mutex_lock(&sums->lock);
  is_first = claim(sums, example);
  if (is_first && status == MS_STATUS_OK && !sums->has_failed)
    status = add_locked(sums, example, result, has_cuts ? &scratch->cuts : NULL);
  sums->has_failed |= status != MS_STATUS_OK;
  g_mutex_unlock(&sums->lock);
  return is_first;
}

/* --- taking off --------------------------------------------------------------------------------
 */

static MsStatus
take_off_totals(Part *part, const MsResult *result)
{
  if (result->status != MS_RESULT_OK) {
    part->skipped--;
    return MS_STATUS_OK;
  }
  part->resized -= result->resized;
  return part->totals ? ms_totals_remove(part->totals, result->confusion) : MS_STATUS_INVALID;
}

/* With the lock held. */
static MsStatus
take_off_locked(MsLiveSums *sums, guint example, const MsResult *result,
                const MsThresholdCuts *cuts)
{
  Part *part = &sums->parts[sums->part_of ? sums->part_of[example] : 0];
  MsStatus status = take_off_totals(part, result);
  Part *cut = sums->sums_in_one ? &sums->parts[0] : part;

  if (status == MS_STATUS_OK)
    status = take_off_totals(&sums->whole, result);
  if (status == MS_STATUS_OK && cuts && cut->sums)
    ms_threshold_sums_remove(cut->sums, cuts);
  return status;
}

/* One way or the other, of an example that is claimed. */
static void
change(MsLiveSums *sums, guint example, const MsResult *result, const MsPacked *packed,
       MsLiveScratch *scratch, gboolean adds)
{
  gboolean has_cuts = sums->n_steps > 0 && result->status == MS_RESULT_OK;
  const MsThresholdCuts *cuts = has_cuts ? &scratch->cuts : NULL;
  MsStatus status = has_cuts ? make_cuts(sums, example, packed, scratch) : MS_STATUS_OK;

  if (result->status == MS_RESULT_OK && !result->confusion)
    status = MS_STATUS_NO_MEMORY;
  g_mutex_lock(&sums->lock);
  if (status == MS_STATUS_OK && !sums->has_failed)
    status = adds ? add_locked(sums, example, result, cuts)
                  : take_off_locked(sums, example, result, cuts);
  sums->has_failed |= status != MS_STATUS_OK;
  g_mutex_unlock(&sums->lock);
}

void
ms_live_sums_replace(MsLiveSums *sums, guint example, const MsResult *before,
                     const MsPacked *packed_before, const MsResult *result, const MsPacked *packed,
                     MsLiveScratch *scratch)
{
  change(sums, example, before, packed_before, scratch, FALSE);
  change(sums, example, result, packed, scratch, TRUE);
}

/* --- asking ----------------------------------------------------------------------------------- */

/* NULL: no such split. */
static const Part *
find_part(MsLiveSums *sums, const char *split)
{
  const char *const *splits = ms_set_get_splits(sums->set);

  if (!split)
    return &sums->whole;
  for (guint i = 0; i < sums->n_splits; i++)
    if (g_str_equal(splits[i], split))
      return &sums->parts[i + 1];
  return NULL;
}

/* Whether the sums for every threshold know this one. */
static gboolean
find_step(const MsLiveSums *sums, double threshold, guint *step)
{
  if (sums->n_steps == 0)
    return FALSE;
  if (sums->rules->rules.comparison == MS_COMPARE_LABELS)
    return ms_label_data_find_step(threshold, step);
  *step = ms_threshold_sample(threshold, sums->rules->maximum);
  return TRUE;
}

/* With the lock held. FALSE: sums of this part alone are not kept. */
static gboolean
sum_points(MsLiveSums *sums, const Part *part, guint step, MsThresholdPoint *point)
{
  gboolean whole = part == &sums->whole;

  *point = (MsThresholdPoint){0};
  if (!whole && sums->sums_in_one)
    return FALSE;
  for (guint i = 0; i <= sums->n_splits; i++)
    if (sums->parts[i].sums && (whole || part == &sums->parts[i]))
      ms_threshold_sums_add_point(sums->parts[i].sums, step, point);
  return TRUE;
}

static gboolean
value_of_step(MsLiveSums *sums, const Part *part, guint step, MsSetMetric metric, MsValue *value)
{
  const MsRules *rules = &sums->rules->rules;
  MsThresholdPoint point;

  if (metric == MS_SET_METRIC_MIOU && ms_comparison_has_classes(rules->comparison))
    return FALSE;
  if (!sum_points(sums, part, step, &point))
    return FALSE;
  *value = ms_threshold_point_value(&point, rules->empty, metric);
  return TRUE;
}

/* With the lock held. */
static gboolean
has_points(const MsLiveSums *sums, const Part *part, guint n_steps)
{
  return part && n_steps == sums->n_steps && !sums->has_failed &&
         (part == &sums->whole || !sums->sums_in_one);
}

gboolean
ms_live_sums_has_points(MsLiveSums *sums, const char *split, guint n_steps)
{
  const Part *part = find_part(sums, split);
  gboolean has;

  g_mutex_lock(&sums->lock);
  has = has_points(sums, part, n_steps);
  g_mutex_unlock(&sums->lock);
  return has;
}

gboolean
ms_live_sums_add_points(MsLiveSums *sums, const char *split, guint n_steps,
                        MsThresholdPoint *points)
{
  const Part *part = find_part(sums, split);
  gboolean has;

  g_mutex_lock(&sums->lock);
  has = has_points(sums, part, n_steps);
  for (guint i = 0; i <= sums->n_splits && has; i++)
    if (sums->parts[i].sums && (part == &sums->whole || part == &sums->parts[i]))
      ms_threshold_sums_add_points(sums->parts[i].sums, points);
  g_mutex_unlock(&sums->lock);
  return has;
}

static gboolean
is_of_set(const MsLiveSums *sums, double threshold)
{
  return !ms_ruleset_has_threshold(sums->rules) || sums->rules->threshold == threshold;
}

gboolean
ms_live_sums_get_value(MsLiveSums *sums, const char *split, MsSetMetric metric, double threshold,
                       MsValue *value)
{
  const Part *part = find_part(sums, split);
  gboolean known = FALSE;
  guint step;

  if (!part)
    return FALSE;
  g_mutex_lock(&sums->lock);
  if (sums->has_failed) {
    known = FALSE;
  } else if (is_of_set(sums, threshold)) {
    *value = part->totals ? ms_totals_value(part->totals, metric) : (MsValue){.defined = FALSE};
    known = TRUE;
  } else if (find_step(sums, threshold, &step)) {
    known = value_of_step(sums, part, step, metric, value);
  }
  g_mutex_unlock(&sums->lock);
  return known;
}

/* With the lock held. */
static gboolean
fill_from_totals(const Part *part, MsConfusion *pooled, MsStanding *standing)
{
  if (!part->totals)
    return TRUE;
  if (ms_confusion_merge(pooled, ms_totals_pooled(part->totals)) != MS_STATUS_OK)
    return FALSE;
  standing->n_exact = ms_totals_exact(part->totals);
  standing->n_in_mean = ms_totals_in_mean(part->totals);
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    standing->values[metric] = ms_totals_value(part->totals, (MsSetMetric)metric);
  return TRUE;
}

/* With the lock held. */
static gboolean
fill_from_point(MsLiveSums *sums, const Part *part, guint step, MsConfusion *pooled,
                MsStanding *standing)
{
  MsEmptyRule empty = sums->rules->rules.empty;
  guint64 ignored = part->totals ? ms_confusion_kinds(ms_totals_pooled(part->totals)).ignored : 0;
  MsThresholdPoint point;
  MsKindCounts kinds;

  if (!sum_points(sums, part, step, &point))
    return FALSE;
  kinds = (MsKindCounts){.tp = point.counts.tp,
                         .fp = point.counts.fp,
                         .fn = point.counts.fn,
                         .tn = point.counts.tn,
                         .ignored = ignored};
  if (ms_confusion_set_kinds(pooled, &kinds) != MS_STATUS_OK)
    return FALSE;
  standing->n_exact = point.n_exact;
  standing->n_in_mean = point.n_in_mean;
  for (guint metric = 0; metric < MS_N_SET_METRICS; metric++)
    standing->values[metric] = ms_threshold_point_value(&point, empty, (MsSetMetric)metric);
  return TRUE;
}

static MsTally
tally_of(const MsLiveSums *sums, const Part *part, const char *split)
{
  MsTally tally = {.skipped = part->skipped, .resized = part->resized};

  ms_set_get_split_examples(sums->set, split, &tally.examples);
  tally.scored = part->totals ? (guint)ms_totals_scored(part->totals) : 0;
  tally.waiting = tally.examples - tally.scored - tally.skipped;
  return tally;
}

gboolean
ms_live_sums_fill(MsLiveSums *sums, const MsRuleset *rules, guint number, MsStanding *standing)
{
  const Part *part = number == 0 ? &sums->whole : &sums->parts[number];
  g_autoptr(MsConfusion) pooled = NULL;
  gboolean filled = FALSE;
  guint step;

  if (ms_confusion_new(&rules->rules, &pooled) != MS_STATUS_OK)
    return FALSE;
  g_mutex_lock(&sums->lock);
  if (!sums->has_failed && is_of_set(sums, rules->threshold))
    filled = fill_from_totals(part, pooled, standing);
  else if (!sums->has_failed && find_step(sums, rules->threshold, &step))
    filled = fill_from_point(sums, part, step, pooled, standing);
  if (filled)
    standing->tally = tally_of(sums, part, standing->split);
  g_mutex_unlock(&sums->lock);
  if (!filled)
    return FALSE;
  standing->n_units = standing->tally.scored;
  ms_confusion_free(standing->pooled);
  standing->pooled = g_steal_pointer(&pooled);
  return TRUE;
}
