/* SPDX-License-Identifier: MIT
 *
 * How a predicted mask would score if it lay another way. Which ways are worth it is told from few
 * of its pixels; those are then counted on all of them, under the set's rules. So a pair that lies
 * right costs little, and no number comes from an estimate.
 */
#include "set/check-codes.h"
#include "set/check-evidence.h"
#include "set/control.h"
#include "set/reading-adjust.h"

/* Larger masks are not tried: a turn of them takes longer than reading several others. */
#define MAX_PIXELS ((gint64)32 * 1024 * 1024)

/* Turns are told apart on so many pixels a side; smaller masks than this are counted whole. */
#define TURN_SIDE 256

/* Above it a pair lies as it should, and no turn is looked at. */
#define TURN_BELOW 0.8
/* By how much a turn's estimate must be better to be counted: half of what a finding takes, so that
 * an estimate may err. */
#define TURN_MARGIN 0.08

/* Moves are looked for within this; a best one at the rim is no peak, so it goes one further. */
#define SHIFT_RANGE 8
/* Of a side's length: a mask of 40 pixels is not moved by 8. */
#define SHIFT_SHARE 8
/* Above it there is nothing to gain by a move. */
#define SHIFT_BELOW 0.995
/* As for turns. Findings ask for more. */
#define SHIFT_MARGIN 0.01
/* Pixels that moves are compared on, in so many strips of rows where outlines lie. */
#define SHIFT_PIXELS  32768
#define SHIFT_STRIPS  4
#define MIN_STRIP     4
#define SHIFT_LARGEST (SHIFT_RANGE + 1)

typedef struct {
  MsCheckPair *pair;
  const MsMasks *masks;
  const MsRules *rules;
  MsControl control;
  gboolean fits; /* both masks have one size */
} Try;

/* --- all pixels ----------------------------------------------------------------------------- */

/* NULL: it cannot be counted. */
static MsConfusion *
confusion_of(const Try *try, const MsRaster *predicted)
{
  MsJoint *joint = NULL;
  MsConfusion *confusion = NULL;
  MsStatus status = ms_joint_new(&joint);

  if (status == MS_STATUS_OK)
    status = ms_confusion_new(try->rules, &confusion);
  if (status == MS_STATUS_OK)
    status = ms_joint_add(joint, &try->masks->actual.raster, predicted, &try->control);
  if (status == MS_STATUS_OK)
    status = ms_confusion_add_joint(confusion, joint, NULL);
  ms_joint_free(joint);
  if (status != MS_STATUS_OK)
    g_clear_pointer(&confusion, ms_confusion_free);
  return confusion;
}

static void
clear_trial(gpointer data)
{
  MsCheckTrial *trial = data;

  g_clear_pointer(&trial->confusion, ms_confusion_free);
}

/* The predicted mask laid another way, as an adjustment lays it. */
static gboolean
lay(const Try *try, const MsCheckTrial *trial, MsRaster *laid)
{
  MsAdjustment adjustment = {
      .turn = trial->turn, .shift_x = trial->shift_x, .shift_y = trial->shift_y};
  const MsReading reading = {.adjustment = &adjustment};

  return ms_raster_turn(&try->masks->predicted.raster, MS_TURN_NONE, laid) == MS_STATUS_OK &&
         ms_reading_lay(&reading, ms_masks_empty_sample(try->rules), laid) == MS_STATUS_OK;
}

static void
add_trial(const Try *try, MsCheckTrial trial)
{
  MsCheckPair *pair = try->pair;
  MsRaster laid = {0};

  if (lay(try, &trial, &laid))
    trial.confusion = confusion_of(try, &laid);
  ms_raster_clear(&laid);
  if (!trial.confusion)
    return;
  if (!pair->trials) {
    pair->trials = g_array_new(FALSE, FALSE, sizeof(MsCheckTrial));
    g_array_set_clear_func(pair->trials, clear_trial);
  }
  g_array_append_val(pair->trials, trial);
}

/* --- turns ---------------------------------------------------------------------------------- */

static gboolean
turn_fits(const Try *try, MsTurn turn)
{
  const MsRaster *actual = &try->masks->actual.raster, *predicted = &try->masks->predicted.raster;

  if (ms_turn_swaps_sides(turn))
    return actual->width == predicted->height && actual->height == predicted->width;
  return try->fits;
}

/* 0 where nothing can be said. */
static double
estimate_turn(const MsCheckCodes *small, MsTurn turn)
{
  MsRaster turned = {0};
  MsOverlap overlap = {0};
  MsWindow all = {0, small->actual.width, 0, small->actual.height};
  double iou = 0;

  if (ms_raster_turn(&small->predicted, turn, &turned) == MS_STATUS_OK &&
      ms_overlap_add(&overlap, &small->actual, &turned, all, 0, 0, small->background) ==
          MS_STATUS_OK)
    ms_overlap_iou(&overlap, &iou);
  ms_raster_clear(&turned);
  return iou;
}

/* Where one is worth it all of them are: a finding compares them with each other. */
static gboolean
some_turn_is_better(const Try *try, const MsCheckCodes *small)
{
  double now = try->fits ? estimate_turn(small, MS_TURN_NONE) : 0;

  for (MsTurn turn = MS_TURN_FLIP_X; turn < MS_N_TURNS; turn++)
    if (turn_fits(try, turn) && estimate_turn(small, turn) >= now + TURN_MARGIN)
      return TRUE;
  return FALSE;
}

static void
try_turns(const Try *try)
{
  g_auto(MsCheckCodes) small = {0};

  if (!ms_check_codes_init_small(&small, try->masks, try->rules, TURN_SIDE) ||
      !some_turn_is_better(try, &small))
    return;
  for (MsTurn turn = MS_TURN_FLIP_X; turn < MS_N_TURNS; turn++)
    if (turn_fits(try, turn))
      add_trial(try, (MsCheckTrial){.turn = turn});
}

/* --- moves ---------------------------------------------------------------------------------- */

/* How far masks of this size are moved; 0: they are too small. */
static int
shift_range(const MsRaster *raster)
{
  return MIN(SHIFT_LARGEST, MIN(raster->width, raster->height) / SHIFT_SHARE);
}

/* Pixels of a row that differ from those above. */
static guint
count_steps(const MsRaster *codes, int y)
{
  const guint8 *above = ms_raster_row(codes, y - 1), *row = ms_raster_row(codes, y);
  guint n = 0;

  for (int x = 0; x < codes->width; x++)
    n += above[x] != row[x];
  return n;
}

/* Strips of rows that hold most of what a move up or down changes: elsewhere only moves to the
 * sides would show. Returns how many. */
static guint
choose_strips(const MsRaster *actual, int range, MsWindow *strips)
{
  int first = range, last = actual->height - range;
  int n_rows = CLAMP(SHIFT_PIXELS / SHIFT_STRIPS / actual->width, MIN_STRIP, last - first);
  int n = (last - first) / n_rows;
  g_autofree guint *steps = g_new0(guint, n);
  guint n_strips = 0;

  for (int y = first; y < first + n * n_rows; y++)
    steps[(y - first) / n_rows] += count_steps(actual, y);
  for (; n_strips < SHIFT_STRIPS; n_strips++) {
    int best = 0;

    for (int i = 1; i < n; i++)
      if (steps[i] > steps[best])
        best = i;
    if (steps[best] == 0)
      break;
    steps[best] = 0;
    strips[n_strips] = (MsWindow){range, actual->width - range, first + best * n_rows,
                                  first + (best + 1) * n_rows};
  }
  return n_strips;
}

/* 0 where nothing can be said. */
static double
estimate_shift(const MsCheckCodes *codes, const MsWindow *strips, guint n_strips, int dx, int dy)
{
  MsOverlap overlap = {0};
  double iou = 0;

  for (guint i = 0; i < n_strips; i++)
    if (ms_overlap_add(&overlap, &codes->actual, &codes->predicted, strips[i], dx, dy,
                       codes->background) != MS_STATUS_OK)
      return 0;
  ms_overlap_iou(&overlap, &iou);
  return iou;
}

/* FALSE: none is better, or the best one lies at the rim. */
static gboolean
find_shift(const MsCheckCodes *codes, int *best_x, int *best_y)
{
  int range = shift_range(&codes->actual);
  MsWindow strips[SHIFT_STRIPS];
  guint n_strips = range > 1 ? choose_strips(&codes->actual, range, strips) : 0;
  double now, best;

  if (n_strips == 0)
    return FALSE;
  now = best = estimate_shift(codes, strips, n_strips, 0, 0);
  *best_x = *best_y = 0;
  for (int dy = -range; dy <= range; dy++) {
    for (int dx = -range; dx <= range; dx++) {
      double iou = estimate_shift(codes, strips, n_strips, dx, dy);

      if (iou > best) {
        best = iou;
        *best_x = dx;
        *best_y = dy;
      }
    }
  }
  return best >= now + SHIFT_MARGIN && ABS(*best_x) < range && ABS(*best_y) < range;
}

static void
try_shift(const Try *try)
{
  g_auto(MsCheckCodes) codes = {0};
  int dx, dy;

  if (ms_check_codes_init(&codes, try->masks, try->rules) && find_shift(&codes, &dx, &dy))
    add_trial(try, (MsCheckTrial){.shift_x = dx, .shift_y = dy});
}

/* --- a pair --------------------------------------------------------------------------------- */

/* Not defined: there is nothing on one side, which lies the same every way. */
static MsValue
iou_now(const MsCheckPair *pair)
{
  MsValue iou = {0};
  MsCounts counts;

  if (!pair->confusion)
    return iou;
  counts = ms_confusion_counts(pair->confusion);
  if (counts.tp + counts.fn > 0 && counts.tp + counts.fp > 0)
    iou = ms_confusion_score(pair->confusion, MS_METRIC_IOU);
  return iou;
}

static gboolean
is_tried(const MsMasks *masks)
{
  const MsRaster *actual = &masks->actual.raster, *predicted = &masks->predicted.raster;

  return masks->has_actual && masks->has_predicted &&
         (gint64)actual->width * actual->height <= MAX_PIXELS &&
         (gint64)predicted->width * predicted->height <= MAX_PIXELS;
}

gboolean
ms_check_try(MsCheckPair *pair, const MsMasks *masks, const MsRuleset *rules,
             GCancellable *cancellable)
{
  const MsRaster *actual = &masks->actual.raster, *predicted = &masks->predicted.raster;
  Try try = {.pair = pair,
             .masks = masks,
             .rules = &rules->rules,
             .control = ms_control_for(cancellable),
             .fits = actual->width == predicted->width && actual->height == predicted->height};
  MsValue iou = iou_now(pair);

  if (!is_tried(masks) || (try.fits && !iou.defined))
    return !g_cancellable_is_cancelled(cancellable);
  if (!try.fits || iou.value < TURN_BELOW)
    try_turns(&try);
  if (try.fits && iou.value < SHIFT_BELOW && !g_cancellable_is_cancelled(cancellable))
    try_shift(&try);
  return !g_cancellable_is_cancelled(cancellable);
}
