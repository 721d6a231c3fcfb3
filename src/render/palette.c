/* SPDX-License-Identifier: MIT
 *
 * The two palettes as tables, one row a kind. The safe one takes its hues from the set of Okabe and
 * Ito, which stays apart under every common form of colour blindness.
 */
#include "render/palette.h"

#include <stddef.h>

typedef struct {
  MsKind kind;
  const char *label;
  const char *description;
  MsColor safe;
  MsColor classic;
} KindLook;

static const KindLook kind_looks[] = {
    {MS_KIND_TP, "TP", "actual and predicted", {0x00, 0x9e, 0x73}, {0x00, 0xff, 0x00}},
    {MS_KIND_FP, "FP", "predicted, not actual", {0xd5, 0x5e, 0x00}, {0xff, 0x00, 0x00}},
    {MS_KIND_FN, "FN", "actual, not predicted", {0x00, 0x72, 0xb2}, {0x00, 0x00, 0xff}},
    {MS_KIND_CONFUSED,
     "Confused",
     "one class taken for another",
     {0xcc, 0x79, 0xa7},
     {0xff, 0x00, 0xff}},
    {MS_KIND_IGNORED, "Ignored", "left out of every count", {0x70, 0x70, 0x70}, {0x70, 0x70, 0x70}},
    {MS_KIND_TN, "TN", "neither actual nor predicted", {0, 0, 0}, {0, 0, 0}},
};

#define N_LOOKS (sizeof kind_looks / sizeof kind_looks[0])

/* TN, the last row, answers for whatever is not exactly one kind. */
static const KindLook *
kind_look(MsKind kind)
{
  size_t i = 0;

  while (i < N_LOOKS - 1 && kind_looks[i].kind != kind)
    i++;
  return &kind_looks[i];
}

MsColor
ms_palette_kind_color(MsPalette palette, MsKind kind)
{
  const KindLook *look = kind_look(kind);

  return palette == MS_PALETTE_CLASSIC ? look->classic : look->safe;
}

const char *
ms_kind_label(MsKind kind)
{
  return kind_look(kind)->label;
}

const char *
ms_kind_description(MsKind kind)
{
  return kind_look(kind)->description;
}
