/* SPDX-License-Identifier: MIT
 *
 * Painting kinds, three ways with one outcome: a branch-free loop where the comparison is that of
 * two numbers (binary and threshold, nothing ignored), a table of kinds for 8-bit ids, and
 * run by run with the rules asked at each for everything else.
 */
#include "metric/kinds.h"

#include <assert.h>
#include <string.h>

#include "metric/paths.h"
#include "metric/rules-private.h"

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

static_assert(MS_N_ROLES * MS_N_ROLES * 2 <= MS_N_BYTE_KINDS, "a kind for every pair of roles");

static void
fill_byte_kinds(MsByteKinds *table, const MsRules *rules)
{
  bool ids_matter = rules->comparison == MS_COMPARE_CLASSES;

  for (uint32_t id = 0; id < MS_N_BYTES; id++) {
    table->actual[id] = (uint8_t)(ms_rules_actual_role(rules, id) * MS_N_ROLES * 2);
    table->predicted[id] = (uint8_t)(ms_rules_predicted_role(rules, id) * 2);
  }
  for (int a = 0; a < MS_N_ROLES; a++) {
    for (int p = 0; p < MS_N_ROLES; p++) {
      uint8_t *kinds = &table->kinds[(a * MS_N_ROLES + p) * 2];

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

static void
paint_runs(const MsRules *rules, MsRunFinder find_run, const MsRaster *actual,
           const MsRaster *predicted, int y, uint8_t *kinds)
{
  const uint8_t *a = ms_raster_row(actual, y), *p = ms_raster_row(predicted, y);
  size_t n = (size_t)actual->width;

  for (size_t x = 0; x < n;) {
    size_t run =
        find_run(a + x * ((size_t)actual->bits / 8), p + x * ((size_t)predicted->bits / 8), n - x);
    uint32_t actual_id = ms_raster_get(actual, (int)x, y);
    uint32_t predicted_id = ms_raster_get(predicted, (int)x, y);
    MsKind kind = ms_kind_of_roles(ms_rules_actual_role(rules, actual_id),
                                   ms_rules_predicted_role(rules, predicted_id),
                                   ms_rules_same_class(rules, actual_id, predicted_id));

    memset(kinds + x, kind, run);
    x += run;
  }
}

MsStatus
ms_kinds_paint_with(const MsKernels *kernels, const MsRules *rules, const MsRaster *actual,
                    const MsRaster *predicted, int first_row, int n_rows, uint8_t *kinds,
                    ptrdiff_t stride)
{
  bool by_cut = rules->comparison != MS_COMPARE_CLASSES && rules->n_ignored == 0;
  bool by_bytes = !by_cut && actual->bits == 8 && predicted->bits == 8;
  MsRunFinder find_run = ms_run_finder(actual->bits, predicted->bits);
  CutPainter paint_cut = cut_painters[actual->bits / 16][predicted->bits / 16];
  size_t width = (size_t)actual->width;
  MsByteKinds table;

  if (actual->width != predicted->width || actual->height != predicted->height)
    return MS_STATUS_SIZE_MISMATCH;
  if (first_row < 0 || n_rows < 0 || n_rows > actual->height - first_row ||
      rules->comparison == MS_COMPARE_LABELS)
    return MS_STATUS_INVALID;

  if (by_bytes)
    fill_byte_kinds(&table, rules);
  for (int y = first_row; y < first_row + n_rows; y++, kinds += stride) {
    const void *a = ms_raster_row(actual, y), *p = ms_raster_row(predicted, y);

    if (by_cut)
      paint_cut(a, p, ms_rules_cut(rules), width, kinds);
    else if (by_bytes)
      paint_bytes(kernels, &table, a, p, width, kinds);
    else
      paint_runs(rules, find_run, actual, predicted, y, kinds);
  }
  return MS_STATUS_OK;
}

MsStatus
ms_kinds_paint(const MsRules *rules, const MsRaster *actual, const MsRaster *predicted,
               int first_row, int n_rows, uint8_t *kinds, ptrdiff_t stride)
{
  return ms_kinds_paint_with(ms_kernels_best(), rules, actual, predicted, first_row, n_rows, kinds,
                             stride);
}
