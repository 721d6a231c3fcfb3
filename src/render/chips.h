/* SPDX-License-Identifier: MIT
 *
 * Labels of one kind as chips, set in lines like words: a sign in the kind's colour, the name, its
 * score. What was predicted has a tinted ground, what was not is hollow. Letters are nearly black
 * on nearly white in every palette.
 */
#pragma once

#include <stdbool.h>

#include "render/palette.h"
#include "render/sheet.h"

typedef struct {
  MsCaption name;
  MsCaption score; /* empty: there is none */
  int x, y, width; /* from the flow's corner */
} MsChip;

typedef struct {
  MsKind kind;
  MsPalette palette;
  int width, max_lines; /* room there is */
  GArray *chips;        /* MsChip */
  MsCaption more;       /* "and 12 more"; may be empty */
  int more_x, more_y;
  int x, y; /* where the next chip goes */
  int height;
} MsChips;

/* A kind that has a sign: TP, FN or FP. */
void ms_chips_init(MsChips *chips, MsKind kind, MsPalette palette, int width, int max_lines);
void ms_chips_clear(MsChips *chips);

/* Adds a chip, on a new line where this one is full; a name too long for a line is shortened.
 * score: its text, or NULL. False when no line is left: nothing was added, nothing can be. */
bool ms_chips_add(MsChips *chips, const MsSheet *sheet, const char *name, const char *score);

/* Ends the flow with "and 12 more", or with nothing when n is 0. */
void ms_chips_end(MsChips *chips, const MsSheet *sheet, uint64_t n_more);

/* Of a single line. */
int ms_chips_line_height(const MsSheet *sheet);

void ms_chips_paint(const MsChips *chips, const MsSheet *sheet, cairo_t *cr, double x, double y);
