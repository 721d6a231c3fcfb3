/* SPDX-License-Identifier: MIT
 *
 * All edges are at whole device pixels, or at 56 x 42 of them nothing would be sharp. Lengths are
 * given for that size and grow with the tile.
 */
#include "render/label-squares.h"

#include <math.h>

#include "render/tone.h"

#define USUAL_WIDTH  56.0
#define USUAL_HEIGHT 42.0

typedef struct {
  MsColor ground;
  MsColor hollow; /* the inside of a hollow square: further than the ground from its edge */
  MsColor quiet;  /* signs that are of no kind */
} Tones;

static const Tones tones_on[] = {
    [MS_GROUND_LIGHT] = {{0xec, 0xec, 0xee}, {0xff, 0xff, 0xff}, {0x66, 0x66, 0x6b}},
    [MS_GROUND_DARK] = {{0x3a, 0x3a, 0x3d}, {0x1c, 0x1c, 0x1e}, {0xb4, 0xb4, 0xb9}},
};

typedef struct {
  int side, gap, margin; /* for the usual tile */
} Look;

/* The first that has room for all is taken, or the last. */
static const Look tile_looks[] = {{12, 3, 4}, {9, 2, 4}, {7, 2, 4}};
static const Look strip_looks[] = {{7, 2, 3}, {7, 1, 3}};

typedef struct {
  int side, gap;
  int columns, rows;
} Grid;

static double
tile_scale(int width, int height)
{
  return fmin(width / USUAL_WIDTH, height / USUAL_HEIGHT);
}

static int
at_least_one(double length)
{
  return length < 1.5 ? 1 : (int)lround(length);
}

static Grid
make_grid(const Look *look, double scale, int width, int height)
{
  Grid grid = {at_least_one(look->side * scale), at_least_one(look->gap * scale), 0, 0};
  int margin = (int)lround(look->margin * scale);
  int pitch = grid.side + grid.gap;

  grid.columns = (width - 2 * margin + grid.gap) / pitch;
  grid.rows = (height - 2 * margin + grid.gap) / pitch;
  grid.columns = grid.columns < 1 ? 1 : grid.columns;
  grid.rows = grid.rows < 1 ? 1 : grid.rows;
  return grid;
}

static size_t
capacity(const Grid *grid)
{
  return (size_t)grid->columns * (size_t)grid->rows;
}

static Grid
choose_grid(const Look *looks, size_t n_looks, size_t n, double scale, int width, int height)
{
  Grid grid = make_grid(&looks[0], scale, width, height);

  for (size_t i = 1; i < n_looks && capacity(&grid) < n; i++)
    grid = make_grid(&looks[i], scale, width, height);
  return grid;
}

/* The rows that n squares need, of as even a length as can be. */
static void
balance(Grid *grid, size_t n)
{
  grid->rows = (int)((n + (size_t)grid->columns - 1) / (size_t)grid->columns);
  grid->columns = (int)((n + (size_t)grid->rows - 1) / (size_t)grid->rows);
}

static void
fill_box(cairo_t *cr, double x, double y, double width, double height)
{
  cairo_rectangle(cr, x, y, width, height);
  cairo_fill(cr);
}

/* As wide a line as the square asks for, such that it has a middle in it. */
static int
line_in(int side, double share)
{
  int line = at_least_one(side * share);

  return (side - line) % 2 == 0 ? line : line + 1;
}

static void
paint_plus(cairo_t *cr, MsColor color, int x, int y, int side)
{
  int line = line_in(side, 1 / 7.0);
  int inset = at_least_one(side * 0.2);
  int middle = (side - line) / 2;

  ms_color_set_source(ms_color_sign_on(color), cr);
  fill_box(cr, x + inset, y + middle, side - 2 * inset, line);
  fill_box(cr, x + middle, y + inset, line, side - 2 * inset);
}

/* line: the width of the edge. */
static void
paint_edged(cairo_t *cr, MsColor inside, MsColor edge, int line, int x, int y, int side)
{
  ms_color_set_source(edge, cr);
  fill_box(cr, x, y, side, side);
  ms_color_set_source(inside, cr);
  fill_box(cr, x + line, y + line, side - 2 * line, side - 2 * line);
}

static void
paint_square(cairo_t *cr, MsKind kind, MsPalette palette, const Tones *tones, int x, int y,
             int side)
{
  MsColor color = ms_palette_kind_color(palette, kind);
  MsColor edge = ms_color_against(color, tones->ground, MS_CONTRAST_SIGN);

  if (kind == MS_KIND_FN) {
    paint_edged(cr, tones->hollow, edge, at_least_one(side / 6.0), x, y, side);
    return;
  }
  paint_edged(cr, color, edge, at_least_one(side / 12.0), x, y, side);
  if (kind == MS_KIND_FP)
    paint_plus(cr, color, x, y, side);
}

static void
paint_ellipsis(cairo_t *cr, MsColor color, int x, int y, int side)
{
  int dot = at_least_one(side * 0.25);
  int pitch = dot + (dot > 1 ? dot / 2 : 1);

  x += (side - 2 * pitch - dot) / 2;
  y += (side - dot) / 2;
  ms_color_set_source(color, cr);
  for (int i = 0; i < 3; i++)
    fill_box(cr, x + i * pitch, y, dot, dot);
}

/* Centred in a box that begins at row `top` of the tile. */
static void
paint_squares(cairo_t *cr, Grid grid, const MsKind *kinds, size_t n_kinds, MsPalette palette,
              const Tones *tones, int width, int top, int height)
{
  size_t n = n_kinds < capacity(&grid) ? n_kinds : capacity(&grid);
  int pitch = grid.side + grid.gap;
  int left;

  if (n == 0)
    return;
  balance(&grid, n);
  left = (width - grid.columns * pitch + grid.gap) / 2;
  top += (height - grid.rows * pitch + grid.gap) / 2;
  for (size_t i = 0; i < n; i++) {
    int x = left + (int)(i % (size_t)grid.columns) * pitch;
    int y = top + (int)(i / (size_t)grid.columns) * pitch;

    if (i == n - 1 && n < n_kinds)
      paint_ellipsis(cr, tones->quiet, x, y, grid.side);
    else
      paint_square(cr, kinds[i], palette, tones, x, y, grid.side);
  }
}

static void
paint_ground(cairo_t *cr, MsColor ground, int width, int top, int height)
{
  ms_color_set_source(ground, cr);
  fill_box(cr, 0, top, width, height);
}

void
ms_label_tile_paint(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                    MsGround ground, int width, int height)
{
  const Tones *tones = &tones_on[ground];
  Grid grid = choose_grid(tile_looks, sizeof tile_looks / sizeof tile_looks[0], n_kinds,
                          tile_scale(width, height), width, height);

  paint_ground(cr, tones->ground, width, 0, height);
  paint_squares(cr, grid, kinds, n_kinds, palette, tones, width, 0, height);
}

void
ms_label_tile_paint_none(cairo_t *cr, MsGround ground, int width, int height)
{
  const Tones *tones = &tones_on[ground];
  double radius = 6 * tile_scale(width, height);
  double reach = radius * 1.05;

  paint_ground(cr, tones->ground, width, 0, height);
  ms_color_set_source(tones->quiet, cr);
  cairo_set_line_width(cr, radius / 4);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_translate(cr, width / 2.0, height / 2.0);
  cairo_arc(cr, 0, 0, radius, 0, 2 * acos(-1));
  cairo_stroke(cr);
  cairo_move_to(cr, -reach, reach);
  cairo_line_to(cr, reach, -reach);
  cairo_stroke(cr);
  cairo_identity_matrix(cr);
}

int
ms_label_strip_height(int width, int height)
{
  return at_least_one(14 * tile_scale(width, height));
}

void
ms_label_strip_paint(cairo_t *cr, const MsKind *kinds, size_t n_kinds, MsPalette palette,
                     MsGround ground, int width, int height)
{
  const Tones *tones = &tones_on[ground];
  int strip = ms_label_strip_height(width, height);
  Grid grid = choose_grid(strip_looks, sizeof strip_looks / sizeof strip_looks[0], n_kinds,
                          tile_scale(width, height), width, strip);

  paint_ground(cr, tones->ground, width, height - strip, strip);
  paint_squares(cr, grid, kinds, n_kinds, palette, tones, width, height - strip, strip);
}
