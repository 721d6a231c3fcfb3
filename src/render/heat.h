/* SPDX-License-Identifier: MIT
 *
 * Colours of a probability: from a dark blue by red to a light yellow, lighter by even steps all
 * the way, so that order shows to every eye and in a grey print.
 */
#pragma once

#include "render/palette.h"

#define MS_HEAT_STEPS 256

/* 0 (never) to MS_HEAT_STEPS - 1 (sure). */
MsColor ms_heat_color(int step);

/* All of them, opaque, 0xffRRGGBB; any thread. */
const uint32_t *ms_heat_table(void);
