/* SPDX-License-Identifier: MIT
 *
 * Predicted masks that lie another way than the actual ones: turned, or moved by some pixels. Of
 * one pair that can be chance; it is said where most pairs agree on the same way, and it explains
 * much of what is wrong with them.
 */
#include "set/check-evidence.h"
#include "set/check-moves.h"
#include "set/describe.h"

/* Pairs from which on agreement among them says more than how well each fits. */
#define ENOUGH_PAIRS 3

/* What a pair's IoU must gain by a turn to speak for it, and what pairs must gain in the mean. A
 * model that finds things in wrong places gains half of that by chance now and then. */
#define TURN_GAIN 0.2
/* Where there are so many pairs, less of each is enough: by chance they do not agree on one of
 * seven turns. What lies in the middle gains little. */
#define MANY_PAIRS     8
#define TURN_GAIN_MANY 0.03
#define TURN_MEAN_MANY 0.1
/* Of the pairs, so many must speak for one turn. */
#define TURN_SHARE 0.75
/* What their mean must come to; of few pairs more: one object is easily hit by chance. */
#define TURN_AFTER     0.4
#define TURN_AFTER_FEW 0.75
/* Turns as good as this are as good as each other: objects may look the same both ways. */
#define TURN_TIE 0.02

/* What a move must take away of 1 - IoU in a pair to speak for it, and what it must add: edges that
 * are merely ragged lie best where they are, or here and there in turn. */
#define SHIFT_ERROR 0.3
#define SHIFT_GAIN  0.01
#define SHIFT_SHARE 0.6
#define SHIFT_AFTER 0.95 /* of few pairs */
/* Of the pairs, so many must speak for the move that they have in common. */
#define LEAN_SHARE 0.8
/* What that move may cost: where edges are imprecise all around, a small move changes nothing but
 * the last digits. */
#define LEAN_LOSS 0.001
/* Below this it may be how masks were scaled. */
#define SHIFT_CLEAR 0.05

/* What speaks for one way to lie. */
typedef struct {
  MsTurn turn;
  int shift_x, shift_y;
  GArray *examples; /* guint: those that speak for it; for a move in common, by more than it adds */
  guint n_tried;
  guint n_scored; /* of these, as they are */
  double before;  /* sums over them */
  double after;
} Way;

typedef struct {
  const MsCheckEvidence *evidence;
  guint model;
  guint n_pairs;   /* that could speak */
  guint n_close;   /* of these, that are looked at closely: for a move in common */
  GPtrArray *ways; /* Way */
  Way *common;     /* the move that they have in common; NULL: none */
} Places;

static void
way_free(gpointer data)
{
  Way *way = data;

  g_array_unref(way->examples);
  g_free(way);
}

static Way *
way_new(MsTurn turn, int shift_x, int shift_y)
{
  Way *way = g_new0(Way, 1);

  way->turn = turn;
  way->shift_x = shift_x;
  way->shift_y = shift_y;
  way->examples = g_array_new(FALSE, FALSE, sizeof(guint));
  return way;
}

static Way *
way_of(Places *places, const MsCheckTrial *trial)
{
  Way *way;

  for (guint i = 0; i < places->ways->len; i++) {
    way = places->ways->pdata[i];
    if (way->turn == trial->turn && way->shift_x == trial->shift_x &&
        way->shift_y == trial->shift_y)
      return way;
  }
  way = way_new(trial->turn, trial->shift_x, trial->shift_y);
  g_ptr_array_add(places->ways, way);
  return way;
}

/* --- pairs ---------------------------------------------------------------------------------- */

/* Whether there is something on both sides: nothing lies the same every way. */
static gboolean
can_speak(const MsCheckPair *pair)
{
  MsCounts counts;

  if (pair->status != MS_RESULT_OK)
    return pair->trials != NULL;
  counts = ms_confusion_counts(pair->confusion);
  return counts.tp + counts.fn > 0 && counts.tp + counts.fp > 0;
}

static double
best_turn(const MsCheckPair *pair)
{
  double best = 0;

  for (guint i = 0; i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);

    if (trial->turn != MS_TURN_NONE)
      best = MAX(best, ms_check_iou(trial->confusion));
  }
  return best;
}

/* Of an IoU before and after. */
static gboolean
speaks_for(const Places *places, const MsCheckTrial *trial, double before, double after,
           double best)
{
  double gain = places->n_pairs >= MANY_PAIRS ? TURN_GAIN_MANY : TURN_GAIN;

  if (trial->turn != MS_TURN_NONE)
    return after >= before + gain && after >= best - TURN_TIE;
  return after >= before + SHIFT_GAIN && 1 - after <= (1 - SHIFT_ERROR) * (1 - before);
}

static void
add_pair(Places *places, const MsCheckPair *pair)
{
  gboolean is_scored = pair->status == MS_RESULT_OK;
  double before = is_scored ? ms_check_iou(pair->confusion) : 0, best;

  if (!can_speak(pair) || !pair->trials)
    return;
  best = best_turn(pair);
  for (guint i = 0; i < pair->trials->len; i++) {
    const MsCheckTrial *trial = &g_array_index(pair->trials, MsCheckTrial, i);
    double after = ms_check_iou(trial->confusion);
    Way *way = way_of(places, trial);

    way->n_tried++;
    way->n_scored += is_scored;
    way->before += before;
    way->after += after;
    if (speaks_for(places, trial, before, after, best))
      g_array_append_val(way->examples, pair->example);
  }
}

/* --- ways ----------------------------------------------------------------------------------- */

static gboolean
is_turn(const Way *way)
{
  return way->turn != MS_TURN_NONE;
}

static double
mean_after(const Way *way)
{
  return way->after / way->n_tried;
}

static double
mean_gain(const Way *way)
{
  return (way->after - way->before) / way->n_tried;
}

/* The turn, or the move, that most pairs follow; NULL: none. */
static const Way *
find_best(const Places *places, gboolean turns)
{
  const Way *best = NULL;

  for (guint i = 0; i < places->ways->len; i++) {
    const Way *way = places->ways->pdata[i];
    guint n = way->examples->len;

    if (is_turn(way) != turns || n == 0)
      continue;
    if (!best || n > best->examples->len ||
        (n == best->examples->len && mean_after(way) > mean_after(best)))
      best = way;
  }
  return best;
}

/* Another turn that does as well; NULL: none. */
static const Way *
find_rival(const Places *places, const Way *best)
{
  for (guint i = 0; i < places->ways->len; i++) {
    const Way *way = places->ways->pdata[i];

    if (way != best && is_turn(way) && way->n_tried == best->n_tried &&
        mean_after(way) >= mean_after(best) - TURN_TIE)
      return way;
  }
  return NULL;
}

static gboolean
is_found(const Places *places, const Way *way)
{
  gboolean few = places->n_pairs < ENOUGH_PAIRS;
  guint n = way->examples->len;
  double share = is_turn(way) ? TURN_SHARE : SHIFT_SHARE;
  double needed = is_turn(way) ? few ? TURN_AFTER_FEW : TURN_AFTER : few ? SHIFT_AFTER : 0;

  if (is_turn(way) && mean_gain(way) < TURN_MEAN_MANY)
    return FALSE;
  return n >= (few ? places->n_pairs : ENOUGH_PAIRS) && n >= share * places->n_pairs &&
         mean_after(way) >= needed;
}

static MsSureness
sureness_of(const Places *places, const Way *way, const Way *rival)
{
  gboolean clear = mean_gain(way) >= (is_turn(way) ? TURN_GAIN : SHIFT_CLEAR);

  return !rival && clear && places->n_pairs >= ENOUGH_PAIRS ? MS_SURENESS_LIKELY
                                                            : MS_SURENESS_POSSIBLE;
}

/* --- a move that pairs have in common -------------------------------------------------------- */

static const MsConfusion *
moved(const MsCheckPair *pair, int dx, int dy)
{
  const MsCheckTrial *trial = ms_check_find_trial(pair, MS_TURN_NONE, dx, dy);

  return trial ? trial->confusion : NULL;
}

/* Of the pairs that were counted both ways. FALSE: they speak against it. */
static gboolean
sum_common(const Places *places, Way *way)
{
  const MsRules *rules = &ms_set_get_rules(places->evidence->set, places->model)->rules;
  g_autoptr(MsConfusion) there = NULL, back = NULL;

  if (ms_confusion_new(rules, &there) != MS_STATUS_OK ||
      ms_confusion_new(rules, &back) != MS_STATUS_OK)
    return FALSE;
  for (guint i = 0; i < places->evidence->n_examples; i++) {
    const MsCheckPair *pair = &places->evidence->examples[i].pairs[places->model];
    const MsConfusion *pair_there = moved(pair, way->shift_x, way->shift_y);
    const MsConfusion *pair_back = moved(pair, -way->shift_x, -way->shift_y);

    if (!pair->confusion || !pair_there || !pair_back)
      continue;
    if (ms_confusion_merge(there, pair_there) != MS_STATUS_OK ||
        ms_confusion_merge(back, pair_back) != MS_STATUS_OK)
      return FALSE;
    way->n_tried++;
    way->before += ms_check_iou(pair->confusion);
    way->after += ms_check_iou(pair_there);
  }
  way->n_scored = way->n_tried;
  return way->n_tried >= ENOUGH_PAIRS && way->after >= way->before - LEAN_LOSS * way->n_tried &&
         ms_check_lean_is_even(there, back);
}

/* Which is then places->common, if it explains them. */
static void
find_common(Places *places)
{
  const MsCheckLean *lean = &places->evidence->leans[places->model];
  Way *way;

  if ((lean->dx == 0 && lean->dy == 0) || lean->examples->len < LEAN_SHARE * places->n_close)
    return;
  way = way_new(MS_TURN_NONE, lean->dx, lean->dy);
  g_array_append_vals(way->examples, lean->examples->data, lean->examples->len);
  if (sum_common(places, way))
    places->common = way;
  else
    way_free(way);
}

/* --- in words ------------------------------------------------------------------------------- */

/* What was done to masks that this turn mends. */
static const char *
turn_name(MsTurn turn)
{
  static const char *const names[MS_N_TURNS] = {
      [MS_TURN_FLIP_X] = "flipped left to right",
      [MS_TURN_FLIP_Y] = "flipped top to bottom",
      [MS_TURN_180] = "turned by 180 degrees",
      [MS_TURN_TRANSPOSE] = "transposed: x and y have changed places",
      [MS_TURN_90] = "turned by 90 degrees clockwise",
      [MS_TURN_270] = "turned by 90 degrees counterclockwise",
      [MS_TURN_ANTI_TRANSPOSE] = "transposed across the other diagonal",
  };

  return names[ms_turn_inverse(turn)];
}

static char *
describe_title(const Way *way)
{
  if (is_turn(way))
    return g_strdup_printf("Predictions are %s", turn_name(way->turn));
  return g_strdup_printf("Predictions are moved by (%d, %d) pixels", -way->shift_x, -way->shift_y);
}

/* Pairs that could speak for it. */
static guint
n_looked_of(const Places *places, const Way *way)
{
  return way == places->common ? places->n_close : places->n_pairs;
}

static char *
describe_detail(const Places *places, const Way *way, const Way *rival)
{
  g_autofree char *n = ms_describe_count(way->examples->len);
  g_autofree char *all = ms_describe_count(n_looked_of(places, way));
  GString *text = g_string_new(NULL);

  g_string_append_printf(text, "%s, %s of %s predicted %s better%s%s",
                         is_turn(way) ? "Turned back" : "Moved back", n, all,
                         n_looked_of(places, way) == 1 ? "mask fits" : "masks fit",
                         way == places->common ? " than moved on by as much" : "",
                         way->n_scored < way->n_tried ? "; as they are, sizes differ" : "");
  if (rival)
    g_string_append_printf(
        text, ". That they are %s explains as much: what is in them looks the same both ways",
        turn_name(rival->turn));
  return g_string_free(text, FALSE);
}

static void
add_finding(const Places *places, const Way *way, GPtrArray *findings)
{
  const Way *rival = is_turn(way) ? find_rival(places, way) : NULL;
  MsCheckFinding *finding = ms_check_add(
      findings, is_turn(way) ? MS_CHECK_TURNED : MS_CHECK_SHIFTED, sureness_of(places, way, rival),
      places->model, describe_title(way), describe_detail(places, way, rival));
  MsAdjustment *adjustment = ms_adjustment_new(NULL);
  g_autofree char *what = NULL;

  finding->n_looked = n_looked_of(places, way);
  finding->n_scored = way->n_tried;
  finding->n_unscored = way->n_tried - way->n_scored;
  finding->before = (MsValue){way->before / MAX(way->n_scored, 1), .defined = way->n_scored > 0};
  finding->after = (MsValue){mean_after(way), .defined = TRUE};
  for (guint i = 0; i < way->examples->len; i++)
    ms_check_finding_add_example(finding, g_array_index(way->examples, guint, i));
  adjustment->turn = way->turn;
  adjustment->shift_x = way->shift_x;
  adjustment->shift_y = way->shift_y;
  what = ms_adjustment_describe(adjustment);
  ms_check_finding_adjust(places->evidence, finding, adjustment,
                          g_strdup_printf("Compare them %s", what));
}

/* --- a model -------------------------------------------------------------------------------- */

static void
count_pairs(Places *places)
{
  for (guint i = 0; i < places->evidence->n_examples; i++) {
    const MsCheckPair *pair = &places->evidence->examples[i].pairs[places->model];

    if (!can_speak(pair))
      continue;
    places->n_pairs++;
    places->n_close += pair->close;
  }
}

static void
check_model(const MsCheckEvidence *evidence, guint model, GPtrArray *findings)
{
  g_autoptr(GPtrArray) ways = g_ptr_array_new_with_free_func(way_free);
  Places places = {.evidence = evidence, .model = model, .ways = ways};
  const Way *turn, *shift;

  count_pairs(&places);
  for (guint i = 0; i < evidence->n_examples; i++)
    add_pair(&places, &evidence->examples[i].pairs[model]);
  turn = find_best(&places, TRUE);
  shift = find_best(&places, FALSE);
  find_common(&places);
  if (turn && is_found(&places, turn))
    add_finding(&places, turn, findings);
  else if (places.common)
    add_finding(&places, places.common, findings);
  else if (shift && is_found(&places, shift))
    add_finding(&places, shift, findings);
  g_clear_pointer(&places.common, way_free);
}

void
ms_check_places(const MsCheckEvidence *evidence, GPtrArray *findings)
{
  for (guint model = 0; model < evidence->n_models; model++)
    check_model(evidence, model, findings);
}
