/* SPDX-License-Identifier: MIT
 *
 * What each pixel is painted as. The counts of a map of kinds equal ms_confusion_kinds() of the
 * same pair and rules: what is seen is what is scored.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "metric/raster.h"
#include "metric/rules.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Flags, so that a reduced pixel can hold all kinds that lie in it. A right background pixel is 0.
 */
typedef enum {
  MS_KIND_TN = 0,
  MS_KIND_TP = 1 << 0,
  MS_KIND_FP = 1 << 1,
  MS_KIND_FN = 1 << 2,
  MS_KIND_CONFUSED = 1 << 3,
  MS_KIND_IGNORED = 1 << 4,
} MsKind;

#define MS_KIND_WRONG (MS_KIND_FP | MS_KIND_FN | MS_KIND_CONFUSED)
#define MS_KIND_ALL   (MS_KIND_TP | MS_KIND_WRONG | MS_KIND_IGNORED)

/* Writes one MsKind a pixel for rows first_row <= y < first_row + n_rows: pixel (x, y) of the image
 * goes to kinds[(y - first_row) * stride + x]. An actual id that the rules do not know is painted
 * as ignored. Errors: SIZE_MISMATCH, INVALID (rows outside, or the rules compare label sets). */
MsStatus ms_kinds_paint(const MsRules *rules, const MsRaster *actual, const MsRaster *predicted,
                        int first_row, int n_rows, uint8_t *kinds, ptrdiff_t stride);

#ifdef __cplusplus
}
#endif
