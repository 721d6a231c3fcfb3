/* SPDX-License-Identifier: MIT
 *
 * Painting kinds, three ways with one outcome: a branch-free loop where the comparison is that of
 * two numbers (binary and threshold, nothing ignored), a table of kinds for 8-bit ids, and
 * run by run for everything else, where the rules are asked and their answers remembered.
 */
#include "metric/kinds.h"

#include <assert.h>
#include <string.h>

#include "metric/kind-counts.h"
#include "metric/paths.h"
#include "metric/stack-sieve.h"

/* Where the kernel meets noise, this many pixels are painted one by one, and twice as many each
 * time it meets noise again at once. */
#define MIN_STRETCH 32
#define MAX_STRETCH 1024

/* TP, FP and FN are bits 0, 1 and 2; a pixel is at most one of them. */
#define DEFINE_PAINT_CUT(name, actual_type, predicted_type)                                        \
  static void name(const void *actual, const void *predicted, uint32_t cut, size_t n,              \
                   uint8_t *kinds)                                                                 \
  {                                                                                                \
    const actual_type *restrict a = actual;                                                        \
    const predicted_type *restrict p = predicted;                                                  \
    uint8_t *restrict k = kinds;                                                                   \
    const predicted_type limit =                                                                   \
        cut < (predicted_type)-1 ? (predicted_type)cut : (predicted_type)-1;                       \
                                                                                                   \
    for (size_t i = 0; i < n; i++) {                                                               \
      uint8_t positive = p[i] > limit ? MS_KIND_TP : MS_KIND_FN;                                   \
      uint8_t negative = p[i] > limit ? MS_KIND_FP : MS_KIND_TN;                                   \
                                                                                                   \
      k[i] = a[i] ? positive : negative;                                                           \
    }                                                                                              \
  }

DEFINE_PAINT_CUT(paint_cut_8_8, uint8_t, uint8_t)
DEFINE_PAINT_CUT(paint_cut_8_16, uint8_t, uint16_t)
DEFINE_PAINT_CUT(paint_cut_8_32, uint8_t, uint32_t)
DEFINE_PAINT_CUT(paint_cut_16_8, uint16_t, uint8_t)
DEFINE_PAINT_CUT(paint_cut_16_16, uint16_t, uint16_t)
DEFINE_PAINT_CUT(paint_cut_16_32, uint16_t, uint32_t)
DEFINE_PAINT_CUT(paint_cut_32_8, uint32_t, uint8_t)
DEFINE_PAINT_CUT(paint_cut_32_16, uint32_t, uint16_t)
DEFINE_PAINT_CUT(paint_cut_32_32, uint32_t, uint32_t)

typedef void (*CutPainter)(const void *actual, const void *predicted, uint32_t cut, size_t n,
                           uint8_t *kinds);

static const CutPainter cut_painters[3][3] = {
    {paint_cut_8_8, paint_cut_8_16, paint_cut_8_32},
    {paint_cut_16_8, paint_cut_16_16, paint_cut_16_32},
    {paint_cut_32_8, paint_cut_32_16, paint_cut_32_32},
};

static_assert(MS_N_ROLES * MS_N_PREDICTED_ROLES * 2 <= MS_N_BYTE_KINDS,
              "a kind for every pair of roles");

/* The role of an id in the eyes of the focus. Under a solo an id that is no class is of the rest.
 */
static MsRole
focused_role(const MsKindsSource *source, uint32_t id, MsRole role)
{
  const MsFocus *focus = &source->focus;
  bool sees, sees_all = focus->solo < 0 && focus->n_hidden == 0;

  if (sees_all || source->rules->comparison != MS_COMPARE_CLASSES || role == MS_ROLE_IGNORED ||
      role == MS_ROLE_UNKNOWN)
    return role;
  sees = ms_focus_sees(focus, id);
  if (focus->solo >= 0)
    return sees && role != MS_ROLE_NO_CLASS ? MS_ROLE_CLASS : MS_ROLE_BACKGROUND;
  return sees || role != MS_ROLE_CLASS ? role : MS_ROLE_HIDDEN;
}

static MsRole
actual_role(const MsKindsSource *source, uint32_t sample)
{
  return focused_role(source, sample, ms_rules_actual_role(source->rules, sample));
}

static MsRole
predicted_role(const MsKindsSource *source, uint32_t sample)
{
  return focused_role(source, sample, ms_rules_predicted_role(source->rules, sample));
}

static void
fill_byte_kinds(MsByteKinds *table, const MsKindsSource *source)
{
  bool ids_matter = source->rules->comparison == MS_COMPARE_CLASSES;

  for (uint32_t id = 0; id < MS_N_BYTES; id++) {
    table->actual[id] = (uint8_t)(actual_role(source, id) * MS_N_PREDICTED_ROLES * 2);
    table->predicted[id] = (uint8_t)(predicted_role(source, id) * 2);
  }
  for (int a = 0; a < MS_N_ROLES; a++) {
    for (int p = 0; p < MS_N_PREDICTED_ROLES; p++) {
      uint8_t *kinds = &table->kinds[(a * MS_N_PREDICTED_ROLES + p) * 2];

      kinds[0] = (uint8_t)ms_kind_of_roles((MsRole)a, (MsRole)p, !ids_matter);
      kinds[1] = (uint8_t)ms_kind_of_roles((MsRole)a, (MsRole)p, true);
    }
  }
}

static void
paint_bytes(const MsKernels *kernels, const MsByteKinds *table, const uint8_t *actual,
            const uint8_t *predicted, size_t n, uint8_t *kinds)
{
  size_t stretch = MIN_STRETCH;

  for (size_t i = 0; i < n;) {
    size_t done = kernels->paint(actual + i, predicted + i, n - i, table, kinds + i), end;

    i += done;
    stretch = done > MIN_STRETCH ? MIN_STRETCH : stretch;
    end = stretch < n - i ? i + stretch : n;
    for (; i < end; i++)
      kinds[i] = ms_byte_kind(table, actual[i], predicted[i]);
    stretch = stretch < MAX_STRETCH ? 2 * stretch : MAX_STRETCH;
  }
}

/* What is asked of pairs of samples; of stacks, what the rules leave of them. */
#define KNOWN_BITS 10

typedef struct {
  uint32_t actual;
  uint32_t predicted;
  bool is_known;
  uint8_t kind;
} KnownKind;

typedef struct {
  const MsKindsSource *source;
  MsStackSieve actual_sieve; /* zeroed, unless of stacks */
  MsStackSieve predicted_sieve;
  KnownKind known[1 << KNOWN_BITS]; /* pairs met before, each in the one place to look for it */
} Asker;

static void
asker_clear(Asker *asker)
{
  ms_stack_sieve_clear(&asker->actual_sieve);
  ms_stack_sieve_clear(&asker->predicted_sieve);
}

/* On error, there is nothing to clear. */
static MsStatus
asker_init(Asker *asker, const MsKindsSource *source)
{
  MsStatus status = MS_STATUS_OK;

  memset(asker, 0, sizeof *asker);
  asker->source = source;
  if (source->rules->comparison != MS_COMPARE_STACKS)
    return MS_STATUS_OK;
  status = ms_stack_sieve_actual(&asker->actual_sieve, source->rules, source->actual_stacks);
  if (status == MS_STATUS_OK)
    status =
        ms_stack_sieve_predicted(&asker->predicted_sieve, source->rules, source->predicted_stacks);
  if (status != MS_STATUS_OK)
    asker_clear(asker);
  return status;
}

static MsKind
ask_rules(const Asker *asker, uint32_t actual, uint32_t predicted)
{
  const MsKindsSource *source = asker->source;

  if (source->rules->comparison == MS_COMPARE_STACKS)
    return ms_stack_kind(&asker->actual_sieve, actual, &asker->predicted_sieve, predicted,
                         &source->focus, ms_rules_background(source->rules));
  return ms_kind_of_roles(actual_role(source, actual), predicted_role(source, predicted),
                          ms_rules_same_class(source->rules, actual, predicted));
}

/* Stacks must be there. */
static inline MsKind
ask(Asker *asker, uint32_t actual, uint32_t predicted)
{
  KnownKind *place;

  if (asker->actual_sieve.by_stack) {
    actual = asker->actual_sieve.by_stack[actual];
    predicted = asker->predicted_sieve.by_stack[predicted];
  }
  place = &asker->known[((actual * 0x9E3779B1u ^ predicted) * 0x85EBCA6Bu) >> (32 - KNOWN_BITS)];
  if (!place->is_known || place->actual != actual || place->predicted != predicted)
    *place = (KnownKind){.actual = actual,
                         .predicted = predicted,
                         .is_known = true,
                         .kind = (uint8_t)ask_rules(asker, actual, predicted)};
  return (MsKind)place->kind;
}

static void
paint_runs(Asker *asker, MsRunFinder find_run, int y, uint8_t *kinds)
{
  const MsRaster *actual = asker->source->actual, *predicted = asker->source->predicted;
  const uint8_t *a = ms_raster_row(actual, y), *p = ms_raster_row(predicted, y);
  size_t n = (size_t)actual->width;

  for (size_t x = 0; x < n;) {
    size_t run =
        find_run(a + x * ((size_t)actual->bits / 8), p + x * ((size_t)predicted->bits / 8), n - x);
    MsKind kind = ask(asker, ms_raster_get(actual, (int)x, y), ms_raster_get(predicted, (int)x, y));

    memset(kinds + x, kind, run);
    x += run;
  }
}

static MsStatus
paint_all_runs(const MsKindsSource *source, int first_row, int n_rows, uint8_t *kinds,
               ptrdiff_t stride)
{
  MsRunFinder find_run = ms_run_finder(source->actual->bits, source->predicted->bits);
  Asker asker;
  MsStatus status = asker_init(&asker, source);

  if (status != MS_STATUS_OK)
    return status;
  for (int y = first_row; y < first_row + n_rows; y++, kinds += stride)
    paint_runs(&asker, find_run, y, kinds);
  asker_clear(&asker);
  return MS_STATUS_OK;
}

static void
paint_all_bytes(const MsKernels *kernels, const MsKindsSource *source, int first_row, int n_rows,
                uint8_t *kinds, ptrdiff_t stride)
{
  MsByteKinds table;

  fill_byte_kinds(&table, source);
  for (int y = first_row; y < first_row + n_rows; y++, kinds += stride)
    paint_bytes(kernels, &table, ms_raster_row(source->actual, y),
                ms_raster_row(source->predicted, y), (size_t)source->actual->width, kinds);
}

static void
paint_all_cut(const MsKindsSource *source, int first_row, int n_rows, uint8_t *kinds,
              ptrdiff_t stride)
{
  const MsRaster *actual = source->actual, *predicted = source->predicted;
  CutPainter paint_cut = cut_painters[actual->bits / 16][predicted->bits / 16];

  for (int y = first_row; y < first_row + n_rows; y++, kinds += stride)
    paint_cut(ms_raster_row(actual, y), ms_raster_row(predicted, y), ms_rules_cut(source->rules),
              (size_t)actual->width, kinds);
}

static bool
has_stacks(const MsRaster *raster, const MsStacks *stacks, int first_row, int n_rows)
{
  uint32_t largest = 0;

  for (int y = first_row; y < first_row + n_rows; y++) {
    for (int x = 0; x < raster->width; x++) {
      uint32_t stack = ms_raster_get(raster, x, y);

      largest = stack > largest ? stack : largest;
    }
  }
  return largest < ms_stacks_count(stacks);
}

/* Whether the source is whole, but for the rasters. */
static bool
is_whole(const MsKindsSource *source)
{
  if (source->rules->comparison == MS_COMPARE_STACKS)
    return source->actual_stacks && source->predicted_stacks;
  return source->rules->comparison != MS_COMPARE_LABELS;
}

static MsStatus
check(const MsKindsSource *source, int first_row, int n_rows)
{
  const MsRaster *actual = source->actual, *predicted = source->predicted;

  if (actual->width != predicted->width || actual->height != predicted->height)
    return MS_STATUS_SIZE_MISMATCH;
  if (first_row < 0 || n_rows < 0 || n_rows > actual->height - first_row || !is_whole(source))
    return MS_STATUS_INVALID;
  if (source->rules->comparison == MS_COMPARE_STACKS &&
      (!has_stacks(actual, source->actual_stacks, first_row, n_rows) ||
       !has_stacks(predicted, source->predicted_stacks, first_row, n_rows)))
    return MS_STATUS_INVALID;
  return MS_STATUS_OK;
}

MsStatus
ms_kinds_paint_with(const MsKernels *kernels, const MsKindsSource *source, int first_row,
                    int n_rows, uint8_t *kinds, ptrdiff_t stride)
{
  const MsRules *rules = source->rules;
  bool by_cut = !ms_comparison_has_classes(rules->comparison) && rules->n_ignored == 0;
  bool by_bytes = !by_cut && rules->comparison != MS_COMPARE_STACKS && source->actual->bits == 8 &&
                  source->predicted->bits == 8;
  MsStatus status = check(source, first_row, n_rows);

  if (status != MS_STATUS_OK)
    return status;
  if (!by_cut && !by_bytes)
    return paint_all_runs(source, first_row, n_rows, kinds, stride);
  if (by_cut)
    paint_all_cut(source, first_row, n_rows, kinds, stride);
  else
    paint_all_bytes(kernels, source, first_row, n_rows, kinds, stride);
  return MS_STATUS_OK;
}

MsStatus
ms_kinds_paint(const MsKindsSource *source, int first_row, int n_rows, uint8_t *kinds,
               ptrdiff_t stride)
{
  return ms_kinds_paint_with(ms_kernels_best(), source, first_row, n_rows, kinds, stride);
}

static bool
cell_is_there(const MsKindsSource *source, const MsCell *cell)
{
  return source->rules->comparison != MS_COMPARE_STACKS ||
         (cell->actual < ms_stacks_count(source->actual_stacks) &&
          cell->predicted < ms_stacks_count(source->predicted_stacks));
}

MsStatus
ms_kinds_count(const MsKindsSource *source, MsJoint *joint, MsKindCounts *counts)
{
  MsKindCounts sum = {0};
  const MsCell *cells;
  size_t n_cells;
  Asker asker;
  MsStatus status;

  if (!is_whole(source))
    return MS_STATUS_INVALID;
  status = ms_joint_cells(joint, &cells, &n_cells);
  if (status == MS_STATUS_OK)
    status = asker_init(&asker, source);
  if (status != MS_STATUS_OK)
    return status;
  for (size_t i = 0; i < n_cells && status == MS_STATUS_OK; i++) {
    if (cell_is_there(source, &cells[i]))
      ms_kind_counts_add(&sum, ask(&asker, cells[i].actual, cells[i].predicted), cells[i].count);
    else
      status = MS_STATUS_INVALID;
  }
  asker_clear(&asker);
  if (status == MS_STATUS_OK)
    *counts = sum;
  return status;
}
