/* SPDX-License-Identifier: MIT
 *
 * The white sheet that figures are set on: one type scale, margins, texts stacked downwards at
 * whole pixels, the picture pixel for pixel. A sheet is measured first and painted second, by the
 * same stacking function, as a whole or a band of rows at a time. All lengths are multiples of one
 * base size, which follows the sheet's width, so that a figure keeps its looks when it is scaled in
 * a paper.
 */
#pragma once

#include <stdint.h>

#include "render/caption.h"
#include "render/pixel-rows.h"

/* Greys: 0 is black. */
#define MS_SHEET_INK   0.11
#define MS_SHEET_MUTED 0.40

/* Type and spacing, in base sizes. */
#define MS_SHEET_TEXT_SIZE        1.00
#define MS_SHEET_DESCRIPTION_SIZE 0.80
#define MS_SHEET_BLOCK_GAP        1.10
#define MS_SHEET_LINE_GAP         0.30

typedef struct {
  cairo_t *measure; /* what captions are measured on */
  double base;      /* pixels */
  int content;      /* width between the margins, pixels */
  int text_width;   /* as far as texts go in it */
  int margin;
  MsPixelRows picture;
  int picture_width, picture_height; /* on the sheet; 0: there is none */
  int factor;                        /* sheet pixels a picture pixel */
  int picture_x, picture_y;          /* its upper left corner */
  MsCaption title, subtitle, headline, verdict;
} MsSheet;

/* For a picture (NULL: none), lent as long as the sheet is painted, which is enlarged by the
 * largest whole factor by which both its sides stay within `room` pixels. The content is as wide as
 * the picture if that gives it at least min_content pixels, else as `room`. */
void ms_sheet_init(MsSheet *sheet, const MsPixelRows *picture, int room, int min_content);
/* Each may be NULL or empty, and then leaves no gap. */
void ms_sheet_set_texts(MsSheet *sheet, const char *title, const char *subtitle,
                        const char *headline, const char *verdict);
void ms_sheet_clear(MsSheet *sheet);

/* Base sizes in whole pixels. */
int ms_sheet_length(const MsSheet *sheet, double bases);
/* `size` in base sizes. */
MsCaption ms_sheet_caption(const MsSheet *sheet, const char *string, double size,
                           PangoWeight weight);

/* Each puts something `gap` base sizes below y, at the left margin, and returns its lower edge.
 * NULL `cr` only measures. */
int ms_sheet_stack_text(const MsSheet *sheet, const MsCaption *text, cairo_t *cr, int y, double gap,
                        double grey);
int ms_sheet_stack_heading(const MsSheet *sheet, cairo_t *cr, int y, double gap);
/* A rule, the headline and the verdict; nothing where there is neither. */
int ms_sheet_stack_conclusion(const MsSheet *sheet, cairo_t *cr, int y);

/* Puts the picture's upper edge there, centred in the content; its lower edge. */
int ms_sheet_place_picture(MsSheet *sheet, int y);
int ms_sheet_picture_end(const MsSheet *sheet);

/* What figures have in common; their first member. */
typedef struct MsDrawing MsDrawing;
struct MsDrawing {
  MsSheet sheet;
  /* Paints (or, NULL `cr`, measures) all that is on a sheet but the picture, from the top margin
   * on, and returns the lower edge of it. */
  int (*stack)(const MsDrawing *drawing, cairo_t *cr);
  void (*clear)(MsDrawing *drawing);
};

/* The sheet, measured and to be painted. The rows lend from the drawing, and are one thread's at a
 * time. */
MsPixelRows ms_drawing_rows(MsDrawing *drawing);
void ms_drawing_free(MsDrawing *drawing); /* NULL is fine */

/* A path, for cairo_fill() or cairo_stroke(). */
void ms_rounded_box(cairo_t *cr, double x, double y, double width, double height, double radius);

/* 1234567 as "1,234,567", in every locale. Caller frees. */
char *ms_grouped_count(uint64_t count);
