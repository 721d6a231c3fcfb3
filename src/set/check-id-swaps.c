/* SPDX-License-Identifier: MIT
 *
 * Predicted ids that stand for other actual ones, as the pixels tell: a predicted id is moved where
 * it lies on another actual id's pixels, each of the two fits the other best, and neither fits its
 * own. A model that is merely poor has classes that fit nothing, or fit their own a little.
 */
#include "set/check-private.h"
#include "set/describe.h"

/* The IoU that two ids must have over the whole sample to stand for each other, and how many times
 * what either has with its own id. */
#define FITS       0.4
#define TIMES_OWN  3.0
#define MAX_LISTED 8

typedef struct {
  guint32 from; /* the predicted id */
  guint32 to;   /* the actual id that it stands for */
} Move;

typedef struct {
  const MsIdUses *uses;
  GPtrArray *findings;
  GArray *moves; /* Move, ascending by `from` */
} Swaps;

static const MsIdUse *
use_at(const MsIdUses *uses, guint index)
{
  return &g_array_index(uses->uses, MsIdUse, index);
}

/* --- which stands for which ----------------------------------------------------------------- */

/* The id on the other side that an id fits best. */
typedef struct {
  guint32 id;
  double iou; /* 0: none has a pixel in common */
} Fit;

typedef struct {
  Fit *of_actual; /* by place in uses */
  Fit *of_predicted;
} Fits;

static guint
place_of(const MsIdUses *uses, guint32 id)
{
  return (guint)(ms_id_uses_find(uses, id) - use_at(uses, 0));
}

static void
fit(Fit *best, guint32 id, double iou)
{
  if (iou > best->iou)
    *best = (Fit){id, iou};
}

static Fits
find_fits(const MsIdUses *uses)
{
  Fits fits = {g_new0(Fit, uses->uses->len), g_new0(Fit, uses->uses->len)};

  for (guint i = 0; i < uses->cells->len; i++) {
    const MsCell *cell = &g_array_index(uses->cells, MsCell, i);
    double iou = ms_id_uses_iou(uses, cell->actual, cell->predicted);

    fit(&fits.of_actual[place_of(uses, cell->actual)], cell->predicted, iou);
    fit(&fits.of_predicted[place_of(uses, cell->predicted)], cell->actual, iou);
  }
  return fits;
}

static gboolean
is_moved(const MsIdUses *uses, const Fits *fits, guint32 predicted, guint32 *to)
{
  const Fit *best = &fits->of_predicted[place_of(uses, predicted)];

  *to = best->id;
  return best->iou >= FITS && best->id != predicted &&
         fits->of_actual[place_of(uses, best->id)].id == predicted &&
         best->iou >= TIMES_OWN * ms_id_uses_iou(uses, predicted, predicted) &&
         best->iou >= TIMES_OWN * ms_id_uses_iou(uses, best->id, best->id);
}

static void
find_moves(Swaps *self)
{
  Fits fits = find_fits(self->uses);

  for (guint i = 0; i < self->uses->uses->len; i++) {
    Move move = {.from = use_at(self->uses, i)->id};

    if (use_at(self->uses, i)->n_predicted > 0 && is_moved(self->uses, &fits, move.from, &move.to))
      g_array_append_val(self->moves, move);
  }
  g_free(fits.of_actual);
  g_free(fits.of_predicted);
}

/* What an id is moved to; itself: it is not. */
static guint32
target(const Swaps *self, guint32 id)
{
  for (guint i = 0; i < self->moves->len; i++)
    if (g_array_index(self->moves, Move, i).from == id)
      return g_array_index(self->moves, Move, i).to;
  return id;
}

/* Whether following the moves from an id comes back to it. */
static gboolean
is_in_cycle(const Swaps *self, guint32 id)
{
  guint32 at = target(self, id);

  for (guint i = 0; i < self->moves->len && at != id; i++)
    at = target(self, at);
  return at == id;
}

static MsIdMap *
map_moves(const Swaps *self, gboolean cycles)
{
  MsIdMap *map = ms_id_map_new();

  for (guint i = 0; i < self->moves->len; i++) {
    const Move *move = &g_array_index(self->moves, Move, i);

    if (is_in_cycle(self, move->from) == cycles)
      ms_check_map(map, move->from, move->to);
  }
  return map;
}

/* --- classes that have changed places ------------------------------------------------------- */

static GArray *
moved_ids(const Swaps *self, gboolean cycles)
{
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(guint32));

  for (guint i = 0; i < self->moves->len; i++) {
    const Move *move = &g_array_index(self->moves, Move, i);

    if (is_in_cycle(self, move->from) == cycles)
      g_array_append_val(ids, move->from);
  }
  return ids;
}

/* "IoU of 60 is 0.012 as it is and 0.871 then" */
static char *
describe_classes(const Swaps *self)
{
  GString *text = g_string_new(NULL);
  guint n = 0;

  for (guint i = 0; i < self->moves->len && n < 4; i++) {
    const Move *move = &g_array_index(self->moves, Move, i);
    MsValue own = {ms_id_uses_iou(self->uses, move->to, move->to), .defined = TRUE};
    MsValue other = {ms_id_uses_iou(self->uses, move->to, move->from), .defined = TRUE};
    g_autoptr(GArray) id = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autofree char *name = NULL, *before = ms_describe_ratio(own, 3);
    g_autofree char *after = ms_describe_ratio(other, 3);

    if (!is_in_cycle(self, move->from))
      continue;
    g_array_append_val(id, move->to);
    name = ms_check_name_ids(self->uses->evidence, id);
    g_string_append_printf(text, "%s%s has an IoU of %s with its own id and %s with the other",
                           n++ ? ", " : "", name, before, after);
  }
  return g_string_free(text, FALSE);
}

static void
check_cycles(const Swaps *self)
{
  g_autoptr(GArray) ids = moved_ids(self, TRUE);
  g_autoptr(MsIdMap) map = map_moves(self, TRUE);
  g_auto(MsCheckEffect) effect = {0};
  g_autofree char *names = NULL, *classes = NULL;

  if (ids->len < 2)
    return;
  ms_check_effect_init_map(&effect, self->uses->evidence, self->uses->model, map);
  if (!ms_check_effect_helps(&effect, 0))
    return;
  names = ms_check_name_ids(self->uses->evidence, ids);
  classes = describe_classes(self);
  ms_check_add_map(self->uses, self->findings, MS_CHECK_SWAPPED_CLASSES,
                   ms_check_sureness(effect.n_changed), &effect, map,
                   g_strdup_printf("Classes %s have changed places", names),
                   g_strdup_printf("Over all pixels of the sample, %s", classes),
                   g_strdup("Exchange the predicted ids"));
}

/* --- ids that the other side does not have -------------------------------------------------- */

/* The ids of classes of a side. */
static GArray *
ids_of_side(const MsIdUses *uses, gboolean actual)
{
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(guint32));

  for (guint i = 0; i < uses->uses->len; i++) {
    const MsIdUse *use = use_at(uses, i);

    if ((actual ? use->n_actual : use->n_predicted) > 0 && use->id != 0 &&
        !ms_id_uses_is_background(uses, use->id) && !ms_rules_is_ignored(uses->rules, use->id))
      g_array_append_val(ids, use->id);
  }
  return ids;
}

/* Whether predicted ids are classes that could well be there. */
static gboolean
are_classes(const MsIdUses *uses, const GArray *predicted)
{
  const MsClassTable *table = ms_set_get_classes(uses->evidence->set);

  for (guint i = 0; table && i < predicted->len; i++)
    if (!ms_class_table_find(table, g_array_index(predicted, guint32, i)))
      return FALSE;
  return table != NULL;
}

static gboolean
have_common(const GArray *actual, const GArray *predicted)
{
  for (guint i = 0; i < actual->len; i++)
    for (guint j = 0; j < predicted->len; j++)
      if (g_array_index(actual, guint32, i) == g_array_index(predicted, guint32, j))
        return TRUE;
  return FALSE;
}

static char *
list_ids(const GArray *ids)
{
  GString *text = g_string_new(NULL);

  for (guint i = 0; i < ids->len && i < MAX_LISTED; i++)
    g_string_append_printf(text, "%s%d", i ? ", " : "",
                           (int)(gint32)g_array_index(ids, guint32, i));
  if (ids->len > MAX_LISTED)
    g_string_append_printf(text, " and %u more", ids->len - MAX_LISTED);
  return g_string_free(text, FALSE);
}

/* Without a remedy: nothing tells which id means which. */
static void
add_disjoint(const Swaps *self, char *title, char *detail)
{
  const MsIdUses *uses = self->uses;
  MsCheckFinding *finding =
      ms_check_add(self->findings, MS_CHECK_DISJOINT_IDS, ms_check_sureness(uses->n_pairs),
                   uses->model, title, detail);

  finding->n_looked = uses->evidence->n_examples;
  finding->before = ms_check_mean_iou(uses->evidence, uses->model, NULL, NULL, &finding->n_scored);
  finding->remedy = g_strdup("Say which predicted id means which class: --adjust "
                             "MODEL:FROM=TO,..., or write masks with the ids of the actual ones");
  for (guint i = 0; i < uses->evidence->n_examples; i++) {
    const MsCheckPair *pair = &uses->evidence->examples[i].pairs[uses->model];

    if (pair->status == MS_RESULT_OK && !ms_confusion_exact(pair->confusion))
      ms_check_finding_add_example(finding, pair->example);
  }
}

static void
check_disjoint(const Swaps *self, const GArray *actual, const GArray *predicted)
{
  g_autoptr(MsIdMap) map = map_moves(self, FALSE);
  g_auto(MsCheckEffect) effect = {0};
  g_autofree char *actual_ids = list_ids(actual), *predicted_ids = list_ids(predicted);
  char *title = NULL;

  ms_check_effect_init_map(&effect, self->uses->evidence, self->uses->model, map);
  if (!ms_check_effect_helps(&effect, MS_CHECK_GAIN)) {
    if (!are_classes(self->uses, predicted))
      add_disjoint(
          self, g_strdup("Predicted and actual masks have no id in common"),
          g_strdup_printf("Actual ids are %s, predicted ones %s", actual_ids, predicted_ids));
    return;
  }
  title = g_strdup("Predicted and actual masks have no id in common");
  ms_check_add_map(
      self->uses, self->findings, MS_CHECK_DISJOINT_IDS, ms_check_sureness(effect.n_changed),
      &effect, map, title,
      g_strdup_printf("Actual ids are %s, predicted ones %s; each of these lies on the pixels of "
                      "one of those",
                      actual_ids, predicted_ids),
      g_strdup("Read each predicted id as the actual one on whose pixels it lies"));
}

static guint
count_predicted_ids(const MsIdUses *uses)
{
  guint n = 0;

  for (guint i = 0; i < uses->uses->len; i++)
    n += use_at(uses, i)->n_predicted > 0;
  return n;
}

/* Whether an ignored label is what a binary mask holds beside 0, and void in no actual mask. */
static gboolean
is_foreground(const MsIdUses *uses, guint32 id)
{
  return ms_id_uses_find(uses, id)->n_ignored == 0 && count_predicted_ids(uses) == 2 &&
         ms_id_uses_find(uses, 0) && ms_id_uses_find(uses, 0)->n_predicted > 0;
}

static gboolean
meets(const MsIdUses *uses, const MsCheckPair *pair, const Move *move)
{
  const MsCell *cells = NULL;
  size_t n_cells = 0;

  if (pair->status != MS_RESULT_OK || !pair->joint ||
      ms_joint_cells(pair->joint, &cells, &n_cells) != MS_STATUS_OK)
    return FALSE;
  for (size_t i = 0; i < n_cells; i++)
    if (cells[i].actual == move->to && cells[i].predicted == move->from)
      return !ms_rules_is_ignored(uses->rules, move->to);
  return FALSE;
}

/* Among many classes one or two examples have two that lie on each other by a mistake of the model;
 * without a table nothing else says that one of them is none. */
static gboolean
is_by_chance(const MsIdUses *uses, const Move *move)
{
  guint n = 0;

  if (ms_set_get_classes(uses->evidence->set) || count_predicted_ids(uses) <= 2)
    return FALSE;
  for (guint i = 0; i < uses->evidence->n_examples; i++)
    n += meets(uses, &uses->evidence->examples[i].pairs[uses->model], move);
  return n < MS_CHECK_ENOUGH_PAIRS;
}

/* Whether an id stands for one that is never predicted, and is no class itself. */
static gboolean
is_renamed(const MsIdUses *uses, const Move *move)
{
  g_autoptr(GArray) id = g_array_new(FALSE, FALSE, sizeof(guint32));

  g_array_append_val(id, move->from);
  return ms_id_uses_find(uses, move->from)->n_actual == 0 &&
         ms_id_uses_find(uses, move->to)->n_predicted == 0 &&
         (!ms_rules_is_ignored(uses->rules, move->from) || is_foreground(uses, move->from)) &&
         !are_classes(uses, id) && !is_by_chance(uses, move);
}

/* Some ids alone. */
static void
check_renamed(const Swaps *self)
{
  g_autoptr(MsIdMap) map = ms_id_map_new();
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_auto(MsCheckEffect) effect = {0};
  g_autofree char *names = NULL;

  for (guint i = 0; i < self->moves->len; i++) {
    const Move *move = &g_array_index(self->moves, Move, i);

    if (!is_renamed(self->uses, move))
      continue;
    ms_check_map(map, move->from, move->to);
    g_array_append_val(ids, move->from);
  }
  if (ids->len == 0)
    return;
  ms_check_effect_init_map(&effect, self->uses->evidence, self->uses->model, map);
  if (!ms_check_effect_helps(&effect, 0))
    return;
  names = list_ids(ids);
  ms_check_add_map(
      self->uses, self->findings, MS_CHECK_DISJOINT_IDS, ms_check_sureness(effect.n_changed),
      &effect, map,
      g_strdup_printf("Predicted %s %s %s for what has another id in actual masks",
                      ids->len == 1 ? "id" : "ids", names, ids->len == 1 ? "stands" : "stand"),
      g_strdup_printf("No actual mask holds %s, and the ids of the actual pixels there are never "
                      "predicted",
                      ids->len == 1 ? "it" : "them"),
      g_strdup("Read each of these ids as the actual one on whose pixels it lies"));
}

void
ms_check_id_swaps(const MsIdUses *uses, GPtrArray *findings)
{
  g_autoptr(GArray) moves = g_array_new(FALSE, FALSE, sizeof(Move));
  g_autoptr(GArray) actual = ids_of_side(uses, TRUE), predicted = ids_of_side(uses, FALSE);
  Swaps swaps = {uses, findings, moves};

  find_moves(&swaps);
  if (actual->len > 0 && predicted->len > 0 && !have_common(actual, predicted)) {
    check_disjoint(&swaps, actual, predicted);
    return;
  }
  check_cycles(&swaps);
  check_renamed(&swaps);
}
