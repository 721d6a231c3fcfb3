/* SPDX-License-Identifier: MIT
 *
 * Colours and words of the error kinds: a palette safe for colour-blind eyes, and the classic
 * primaries.
 */
#pragma once

#include <stdint.h>

#include "metric/kinds.h"

typedef struct {
  uint8_t red, green, blue;
} MsColor;

typedef enum {
  MS_PALETTE_SAFE,    /* TP #009E73, FP #D55E00, FN #0072B2, confused #CC79A7, ignored grey */
  MS_PALETTE_CLASSIC, /* green, red, blue */
} MsPalette;

/* A wrong pixel that is not spoken of now. Stands in maps of kinds in place of its kind. */
#define MS_KIND_DIM     (1u << 5)
#define MS_KIND_PAINTED (MS_KIND_ALL | MS_KIND_DIM)

/* Of such a pixel: light and without a hue, so that it is none of the kinds'. */
#define MS_PALETTE_DIM ((MsColor){0xec, 0xe9, 0xe2})

/* The colour of exactly one kind; TN has none and answers black. */
MsColor ms_palette_kind_color(MsPalette palette, MsKind kind);

/* "TP", "FP", "FN", "Confused", "Ignored", "TN". */
const char *ms_kind_label(MsKind kind);

/* The kind in words: "actual and predicted", "predicted, not actual", "actual, not predicted",
 * "one class taken for another", "left out of every count". */
const char *ms_kind_description(MsKind kind);
