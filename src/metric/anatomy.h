/* SPDX-License-Identifier: MIT
 *
 * The anatomy of the error: each wrong pixel is of exactly one of five kinds, after what went wrong
 * there. Boundary, extent and segment errors are told apart after Bernhard et al., "What's Outside
 * the Intersection? Fine-Grained Error Analysis for Semantic Segmentation Beyond IoU", WACV 2024.
 *
 * An object is an 8-connected component of one class number (metric/planes.h). The first that fits:
 *   confused  one class taken for another;
 *   missed    of an actual object without any pixel where both sides have its class;
 *   spurious  of a predicted object, likewise;
 *   boundary  within width d of the border of the object it belongs to: an FN to the actual one, an
 *             FP to the predicted one. The chessboard distance to the nearest pixel that is not of
 *             the object is at most d; outside the image nothing is. So the inner band of boundary
 *             IoU (metric/boundary.h);
 *   extent    the rest; also background taken for an id that is no class, which is of no object.
 */
#pragma once

#include "metric/planes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  MS_ERROR_BOUNDARY,
  MS_ERROR_EXTENT,
  MS_ERROR_MISSED,
  MS_ERROR_SPURIOUS,
  MS_ERROR_CONFUSED,
  MS_N_ERRORS
} MsError;

typedef struct {
  const char *id;         /* "boundary": in columns and settings */
  const char *label;      /* "Boundary" */
  const char *definition; /* a sentence */
  const char *source;
} MsErrorInfo;

const MsErrorInfo *ms_error_info(MsError error);
/* false, with *error untouched: there is none of that id. */
bool ms_error_from_id(const char *id, MsError *error);

typedef struct {
  MsMend errors[MS_N_ERRORS]; /* their pixels sum to the wrong pixels */
} MsAnatomy;

/* All wrong pixels. */
uint64_t ms_anatomy_wrong(const MsAnatomy *anatomy);

/* d = max(1, rint(0.02 x diagonal)), halves to even. */
int ms_boundary_width(int width, int height);

/* map (may be NULL): of the planes' size, 8 bits, zeroed; the low three bits of a wrong pixel
 * become 1 + its MsError (metric/diagnosis.h). Several threads may be used. Errors: NO_MEMORY,
 * TOO_LARGE, CANCELLED. */
MsStatus ms_anatomy_find(const MsPlanes *planes, MsRaster *map, const MsControl *control,
                         MsAnatomy *anatomy);

#ifdef __cplusplus
}
#endif
