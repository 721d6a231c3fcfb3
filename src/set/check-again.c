/* SPDX-License-Identifier: MIT
 *
 * Pairs are read in an order that mixes all of the set, so that those for which there is no time
 * are missing everywhere.
 */
#include "set/check-again.h"

#include "set/check-moves.h"
#include "set/check-others.h"
#include "set/check-places.h"
#include "set/spread.h"

/* Pairs that are read even when the time is over, unless they take several times as long. */
#define MIN_PAIRS     16
#define TIMES_AT_MOST 3

/* Of a model: the ways to lie that its pairs are tried in once more. */
typedef struct {
  MsCheckTrial ways[MS_CHECK_N_WAYS];
  guint n_ways;
} Asked;

typedef struct {
  MsCheckEvidence *evidence;
  GPtrArray *pairs; /* MsCheckPair, lent */
  Asked *asked;     /* of each model */
  gboolean *others; /* of each model: whether it may have predicted other examples */
  const MsCheckClock *clock;
  GAsyncQueue *scratches; /* of threads that are between two pairs */
  GCancellable *cancellable;
} Again;

static gboolean
is_over(const Again *self, guint place)
{
  return g_cancellable_is_cancelled(self->cancellable) ||
         ms_check_clock_is_over(self->clock, place < MIN_PAIRS ? TIMES_AT_MOST : 1);
}

static gboolean
is_asked(const Again *self, const MsCheckPair *pair)
{
  return self->asked[pair->model].n_ways > 0 &&
         (pair->status == MS_RESULT_OK || pair->status == MS_RESULT_SKIPPED) &&
         pair->predicted.is_read;
}

static gboolean
has_way(const MsCheckPair *pair, const MsCheckTrial *way)
{
  return ms_check_find_trial(pair, way->turn, way->shift_x, way->shift_y) != NULL;
}

static gboolean
lacks_a_way(const Again *self, const MsCheckPair *pair)
{
  const Asked *asked = &self->asked[pair->model];

  for (guint i = 0; i < asked->n_ways; i++)
    if (!has_way(pair, &asked->ways[i]))
      return TRUE;
  return FALSE;
}

static gboolean
may_be_other(const Again *self, const MsCheckPair *pair)
{
  return pair->stamps && self->others[pair->model];
}

static void
try_ways(const Again *self, MsCheckPair *pair, const MsMasks *masks)
{
  const MsRuleset *rules = ms_set_get_rules(self->evidence->set, pair->model);
  const Asked *asked = &self->asked[pair->model];
  gboolean tried = TRUE;

  for (guint i = 0; i < asked->n_ways; i++)
    if (!has_way(pair, &asked->ways[i]))
      tried = ms_check_try_again(pair, masks, rules, &asked->ways[i], self->cancellable) && tried;
  pair->again = tried;
}

/* Neither masks of two sizes nor what is in them matters: they are just to be there. */
static void
ignore(gpointer user, gboolean is_actual, const MsSamples *samples, const GError *reason)
{
}

static const MsMasksWatch any_size = {.seen = ignore};
static const MsMasksWatch actual_alone = {.seen = ignore, .without_predicted = TRUE};

static void
try_others(const Again *self, MsCheckPair *pair, const MsMasks *masks, MsScratch *scratch)
{
  MsSet *set = self->evidence->set;
  MsRuleset *rules = ms_set_get_rules(set, pair->model);
  guint others[MS_CHECK_N_OTHERS];
  guint n_others = ms_check_choose_others(self->evidence, pair, others);

  for (guint i = 0; i < n_others; i++) {
    g_autoptr(MsExample) example = ms_set_dup_example(set, others[i]);
    g_auto(MsMasks) other = {0};

    if (ms_masks_load_watched(&other, set, example, pair->model, &actual_alone, scratch,
                              self->cancellable, NULL) &&
        other.has_actual)
      ms_check_try_other(pair, masks, &other.actual.raster, others[i], rules, self->cancellable);
  }
}

static void
read_pair(const Again *self, MsCheckPair *pair, MsScratch *scratch)
{
  MsSet *set = self->evidence->set;
  g_autoptr(MsExample) example = ms_set_dup_example(set, pair->example);
  g_auto(MsMasks) masks = {0};

  if (!ms_masks_load_watched(&masks, set, example, pair->model, &any_size, scratch,
                             self->cancellable, NULL))
    return;
  if (is_asked(self, pair))
    try_ways(self, pair, &masks);
  if (masks.has_predicted && may_be_other(self, pair))
    try_others(self, pair, &masks, scratch);
}

static void
read_part(guint place, gpointer user)
{
  Again *self = user;
  MsCheckPair *pair = self->pairs->pdata[place];
  MsScratch *scratch;

  ms_check_clock_wait(self->clock, self->cancellable);
  if (is_over(self, place))
    return;
  if (!lacks_a_way(self, pair) && !may_be_other(self, pair)) {
    pair->again = TRUE;
    return;
  }
  scratch = g_async_queue_try_pop(self->scratches);
  if (!scratch)
    scratch = ms_scratch_new();
  read_pair(self, pair, scratch);
  g_async_queue_push(self->scratches, scratch);
}

static void
add_pairs(Again *self, guint model)
{
  ms_check_lean_init(&self->evidence->leans[model], self->evidence, model);
  self->asked[model].n_ways = ms_check_ask_ways(self->evidence, model, self->asked[model].ways);
  self->others[model] = ms_check_may_be_others(self->evidence, model);
  for (guint i = 0; i < self->evidence->n_examples; i++) {
    MsCheckPair *pair = &self->evidence->examples[i].pairs[model];

    if (is_asked(self, pair) || may_be_other(self, pair))
      g_ptr_array_add(self->pairs, pair);
  }
}

static gint
compare_mixed(gconstpointer a, gconstpointer b)
{
  guint64 one = ms_hash_scramble((*(MsCheckPair *const *)a)->example + 1);
  guint64 other = ms_hash_scramble((*(MsCheckPair *const *)b)->example + 1);

  return (one > other) - (one < other);
}

void
ms_check_look_again(MsCheckEvidence *evidence, guint jobs, const MsCheckClock *clock,
                    GCancellable *cancellable)
{
  g_autoptr(GPtrArray) pairs = g_ptr_array_new();
  g_autofree Asked *asked = g_new0(Asked, MAX(evidence->n_models, 1));
  g_autofree gboolean *others = g_new0(gboolean, MAX(evidence->n_models, 1));
  g_autoptr(GAsyncQueue) scratches = g_async_queue_new_full((GDestroyNotify)ms_scratch_free);
  Again self = {.evidence = evidence,
                .pairs = pairs,
                .asked = asked,
                .others = others,
                .clock = clock,
                .scratches = scratches,
                .cancellable = cancellable};

  evidence->leans = g_new0(MsCheckLean, MAX(evidence->n_models, 1));
  for (guint model = 0; model < evidence->n_models; model++)
    add_pairs(&self, model);
  g_ptr_array_sort(pairs, compare_mixed);
  ms_spread(pairs->len, jobs, read_part, &self);
}
