/* SPDX-License-Identifier: MIT
 *
 * Pixels are counted in a few strips of rows, where outlines lie. Of a model, IoU is averaged over
 * pairs move by move: what is best there is a plateau as wide as edges are imprecise, and its
 * centre is where the masks lie.
 */
#include "set/check-moves.h"

#include <math.h>

/* Moves are looked for within this; a best one at the rim is no peak, so it goes one further. */
#define RANGE   8
#define LARGEST (RANGE + 1)
/* Of a side's length: a mask of 40 pixels is not moved by 8. */
#define SIDE_SHARE 8
/* Pixels that moves are compared on, in so many strips. */
#define N_PIXELS  32768
#define N_STRIPS  4
#define MIN_STRIP 4

/* Pairs that a common move is told from. */
#define LEAN_PAIRS 8
/* Of the pairs, so many must fit better that way than the other, */
#define LEAN_SHARE 0.8
/* and by their mean so many standard errors, and more of few pairs: of pairs that are each moved
 * another way, one set in a few hundred comes as far by chance. */
#define LEAN_ERRORS     4.5
#define LEAN_ERRORS_FEW 20.0 /* divided by how many they are */
/* Of each class, a move takes away as much of what is too much as of what is missing. One that
 * mends but one of them is a growth: a sky that reaches too far down, a class that eats into
 * another. */
#define LEAN_BALANCE 0.6

/* --- a pair --------------------------------------------------------------------------------- */

/* How far masks of this size are moved; 0: they are too small. */
static int
range_of(const MsRaster *raster)
{
  return MIN(LARGEST, MIN(raster->width, raster->height) / SIDE_SHARE);
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
  int n_rows = CLAMP(N_PIXELS / N_STRIPS / actual->width, MIN_STRIP, last - first);
  int n = (last - first) / n_rows;
  g_autofree guint *steps = g_new0(guint, n);
  guint n_strips = 0;

  for (int y = first; y < first + n * n_rows; y++)
    steps[(y - first) / n_rows] += count_steps(actual, y);
  for (; n_strips < N_STRIPS; n_strips++) {
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

static MsOverlap
count_move(const MsCheckCodes *codes, const MsWindow *strips, guint n_strips, int dx, int dy)
{
  MsOverlap overlap = {0};

  for (guint i = 0; i < n_strips; i++)
    ms_overlap_add(&overlap, &codes->actual, &codes->predicted, strips[i], dx, dy,
                   codes->background);
  return overlap;
}

static gsize
n_fits(int range)
{
  return (gsize)(2 * range + 1) * (gsize)(2 * range + 1);
}

static gsize
place_of(const MsCheckMoves *moves, int dx, int dy)
{
  return (gsize)(dy + moves->range) * (gsize)(2 * moves->range + 1) + (gsize)(dx + moves->range);
}

MsCheckMoves *
ms_check_moves_new(const MsCheckCodes *codes)
{
  int range = range_of(&codes->actual);
  MsWindow strips[N_STRIPS];
  guint n_strips = range > 1 ? choose_strips(&codes->actual, range, strips) : 0;
  MsCheckMoves *moves;

  if (n_strips == 0)
    return NULL;
  moves = g_malloc0(sizeof *moves + n_fits(range) * sizeof *moves->fits);
  moves->range = range;
  for (int dy = -range; dy <= range; dy++)
    for (int dx = -range; dx <= range; dx++) {
      MsOverlap overlap = count_move(codes, strips, n_strips, dx, dy);

      moves->actual = (guint32)overlap.actual;
      moves->fits[place_of(moves, dx, dy)] =
          (MsCheckFit){(guint32)overlap.right, (guint32)overlap.predicted};
    }
  return moves;
}

double
ms_check_moves_iou(const MsCheckMoves *moves, int dx, int dy)
{
  MsCheckFit fit = moves->fits[place_of(moves, dx, dy)];
  double all = (double)moves->actual + fit.predicted - fit.right;

  return all > 0 ? fit.right / all : 0;
}

/* --- where pairs lie together ---------------------------------------------------------------- */

static gint
compare_ranges(gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* What three quarters of the pairs were moved by; 0: there are too few. */
static int
common_range(const MsCheckEvidence *evidence, guint model)
{
  g_autoptr(GArray) ranges = g_array_new(FALSE, FALSE, sizeof(int));

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckMoves *moves = evidence->examples[i].pairs[model].moves;

    if (moves)
      g_array_append_val(ranges, moves->range);
  }
  if (ranges->len < LEAN_PAIRS)
    return 0;
  g_array_sort(ranges, compare_ranges);
  return g_array_index(ranges, int, ranges->len / 4);
}

/* Of a pair, or NULL where it has none that go so far. */
static const MsCheckMoves *
moves_of(const MsCheckEvidence *evidence, guint example, guint model, int range)
{
  const MsCheckMoves *moves = evidence->examples[example].pairs[model].moves;

  return moves && moves->range >= range ? moves : NULL;
}

/* IoU summed over pairs, move by move; the caller's. */
static double *
sum_moves(const MsCheckEvidence *evidence, guint model, int range)
{
  double *sums = g_new0(double, n_fits(range));

  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckMoves *moves = moves_of(evidence, i, model, range);
    double *sum = sums;

    for (int dy = -range; moves && dy <= range; dy++)
      for (int dx = -range; dx <= range; dx++)
        *sum++ += ms_check_moves_iou(moves, dx, dy);
  }
  return sums;
}

/* Where what lies above a level has its centre. FALSE: it reaches the rim, and may go on there. */
static gboolean
find_centre(const double *sums, int range, double level, int *centre_x, int *centre_y)
{
  double weight = 0, sum_x = 0, sum_y = 0;

  for (int dy = -range; dy <= range; dy++)
    for (int dx = -range; dx <= range; dx++) {
      double above = *sums++ - level;

      if (above <= 0)
        continue;
      if (ABS(dx) == range || ABS(dy) == range)
        return FALSE;
      weight += above;
      sum_x += above * dx;
      sum_y += above * dy;
    }
  if (weight <= 0)
    return FALSE;
  *centre_x = (int)round(sum_x / weight);
  *centre_y = (int)round(sum_y / weight);
  return TRUE;
}

/* From as far down as it goes: a summit alone may lie anywhere on a plateau. */
static gboolean
find_plateau(const double *sums, int range, int *centre_x, int *centre_y)
{
  static const double depths[] = {0.5, 0.35, 0.25, 0.15, 0.1, 0.05};
  double least = sums[0], most = sums[0];

  for (gsize i = 1; i < n_fits(range); i++) {
    least = MIN(least, sums[i]);
    most = MAX(most, sums[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(depths); i++)
    if (find_centre(sums, range, most - depths[i] * (most - least), centre_x, centre_y))
      return TRUE;
  return FALSE;
}

/* What pairs gain by a move against the move back. */
typedef struct {
  guint n;
  double sum, squares; /* of IoU */
} Gain;

static double
gain_of(Gain *gain, const MsCheckMoves *moves, int dx, int dy)
{
  double iou = ms_check_moves_iou(moves, dx, dy) - ms_check_moves_iou(moves, -dx, -dy);

  gain->n++;
  gain->sum += iou;
  gain->squares += iou * iou;
  return iou;
}

static gboolean
is_clear(const Gain *gain, guint n_better)
{
  double mean = gain->sum / gain->n;
  double variance = MAX(gain->squares / gain->n - mean * mean, 0) / (gain->n - 1);

  return gain->n >= LEAN_PAIRS && n_better >= LEAN_SHARE * gain->n &&
         mean >= (LEAN_ERRORS + LEAN_ERRORS_FEW / gain->n) * sqrt(variance);
}

void
ms_check_lean_init(MsCheckLean *lean, const MsCheckEvidence *evidence, guint model)
{
  int range = common_range(evidence, model), dx, dy;
  g_autofree double *sums = range > 0 ? sum_moves(evidence, model, range) : NULL;
  Gain gain = {0};

  *lean = (MsCheckLean){.examples = g_array_new(FALSE, FALSE, sizeof(guint))};
  if (!sums || !find_plateau(sums, range, &dx, &dy) || (dx == 0 && dy == 0))
    return;
  for (guint i = 0; i < evidence->n_examples; i++) {
    const MsCheckMoves *moves = moves_of(evidence, i, model, range);

    if (moves && gain_of(&gain, moves, dx, dy) > 0)
      g_array_append_val(lean->examples, evidence->examples[i].example);
  }
  if (!is_clear(&gain, lean->examples->len))
    return;
  lean->dx = dx;
  lean->dy = dy;
}

static const MsClassCounts *
find_class(const MsConfusion *confusion, guint32 id)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(confusion, &n_classes);

  for (size_t i = 0; i < n_classes; i++)
    if (classes[i].id == id)
      return &classes[i];
  return NULL;
}

gboolean
ms_check_lean_is_even(const MsConfusion *there, const MsConfusion *back)
{
  size_t n_classes;
  const MsClassCounts *classes = ms_confusion_classes(there, &n_classes);
  double least = 0, most = 0;

  for (size_t i = 0; i < n_classes; i++) {
    const MsClassCounts *other = find_class(back, classes[i].id);
    double too_much, missing;

    if (!other || ms_confusion_is_background(there, classes[i].id))
      continue;
    too_much = (double)other->counts.fp - (double)classes[i].counts.fp;
    missing = (double)other->counts.fn - (double)classes[i].counts.fn;
    least += MIN(too_much, missing);
    most += MAX(too_much, missing);
  }
  return least > LEAN_BALANCE * most;
}
