/* SPDX-License-Identifier: MIT
 *
 * What is wrong with one pair of masks, all told: its error regions, the anatomy of its error, and
 * how far its wrong pixels lie from the actual edge.
 */
#pragma once

#include "metric/anatomy.h"
#include "metric/reach.h"
#include "metric/regions.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A byte a pixel: 0 of a pixel that is right (or not looked at), else anatomy and reach. */
#define MS_MAP_ERROR(byte) ((MsError)(((byte)&7) - 1))
#define MS_MAP_REACH(byte) ((byte) >> 3)

typedef struct {
  MsRegions *regions;
  MsAnatomy anatomy;
  MsReach reach;
  MsRaster map; /* zeroed when it was not asked for */
} MsDiagnosis;

/* Start from a zeroed struct. Errors: those of ms_planes_init() and of the parts; zeroed then. */
MsStatus ms_diagnosis_init(MsDiagnosis *diagnosis, const MsKindsSource *source, bool with_map,
                           const MsControl *control);
void ms_diagnosis_clear(MsDiagnosis *diagnosis); /* a zeroed one is fine */
size_t ms_diagnosis_bytes(const MsDiagnosis *diagnosis);

#ifdef __cplusplus
}
#endif
