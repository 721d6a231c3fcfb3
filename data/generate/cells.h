/* SPDX-License-Identifier: MIT
 *
 * Stained cells under a microscope: where they lie, how they look, and how a model that is too
 * eager sees them. Coordinates and lengths are pixels. Of the cells that overlap, the one whose
 * border is deepest owns a pixel; a line of background stays between two cells.
 */
#pragma once

#include <stdint.h>

#include "mask.h"

typedef struct {
  uint32_t seed;
  int n_cells;   /* at most; fewer where there is no room */
  double radius; /* of a middling cell */
  double spread; /* how far radii stray from it, as a share */
  double room;   /* between centres, in sums of radii: 1 touching */
  double stain;  /* how dark, 1 middling */
  int n_debris;
  /* The model's: shares of the cells, except reach. */
  double reach;  /* pixels that a mask reaches too far at even odds */
  double missed; /* hardly seen */
  double halved; /* seen on one side only */
  double joined; /* to their nearest neighbour */
  double hollow; /* seen without their nucleus */
} CellsItem;

extern const CellsItem cells_items[];
extern const int n_cells_items;

typedef struct {
  double x, y;
  double radius;
  double aspect;       /* long axis / geometric mean */
  double cosine, sine; /* of the long axis */
  double stain;
} Cell;

/* A speck that is no cell. */
typedef struct {
  double x, y, radius;
} Debris;

enum { CELLS_MAX = 64, DEBRIS_MAX = 16 };

typedef struct {
  int width, height;
  const CellsItem *item;
  Cell cells[CELLS_MAX];
  int n_cells;
  Debris debris[DEBRIS_MAX];
  int n_debris;
  double *field; /* below 0 inside a cell, about pixels */
  int *owner;    /* index of the nearest cell */
} Culture;

void culture_init(Culture *culture, int width, int height, const CellsItem *item);
void culture_clear(Culture *culture);
/* Of one cell, whatever lies over it: below 0 inside, about pixels. Octaves: 2 as drawn, 1 without
 * the detail. */
double culture_border_at(const Culture *culture, int index, int octaves, double x, double y);

/* Of its nucleus, likewise. */
double culture_nucleus_at(const Culture *culture, int index, double x, double y);

void culture_mask(const Culture *culture, Mask *mask);

/* Of the debris nearest to a place: below 0 inside, about pixels; 1000 where there is none. index
 * (may be NULL) takes which. */
double culture_debris_at(const Culture *culture, double x, double y, int *index);

/* A photograph through the microscope, a byte a pixel: shades of stain. The caller's. */
enum { CELLS_N_SHADES = 36 };
guint8 *culture_photograph(const Culture *culture);
void culture_colors(guint8 (*colors)[3]); /* of the shades */

/* Probabilities, 0 to 255. */
void culture_predict(const Culture *culture, Mask *predicted);
