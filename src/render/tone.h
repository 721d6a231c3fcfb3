/* SPDX-License-Identifier: MIT
 *
 * Arithmetic on colours: shades, and the contrast by which a sign or a letter can be read (WCAG
 * 2.1: 4.5 for text, 3 for signs and edges).
 */
#pragma once

#include <cairo.h>

#include "render/palette.h"

#define MS_CONTRAST_SIGN 3.0

extern const MsColor ms_white;
extern const MsColor ms_black;

/* share 0: a, 1: b. */
MsColor ms_color_mix(MsColor a, MsColor b, double share);

/* From 1 (the same luminance) to 21 (black on white). */
double ms_color_contrast(MsColor a, MsColor b);

/* The colour, darkened on a light ground or lightened on a dark one, as little as its contrast with
 * the ground asks for. A contrast up to 4.5 can be had on every ground. */
MsColor ms_color_against(MsColor color, MsColor ground, double contrast);

/* White, or black where white cannot be seen as a sign. */
MsColor ms_color_sign_on(MsColor ground);

void ms_color_set_source(MsColor color, cairo_t *cr);
