/* SPDX-License-Identifier: MIT
 *
 * Class numbers of a pair of rasters: which samples have one, what it stands for, and what mending
 * its pixels is worth. What metric/planes.c fills its rasters by.
 */
#pragma once

#include "metric/places.h"
#include "metric/planes.h"
#include "metric/stack-sieve.h"

#pragma GCC visibility push(hidden)

struct MsPlaneClasses {
  bool has_sets; /* numbers are of `sets`; else the number of an id is its rank in `ids` */
  uint32_t n_numbers;
  uint32_t *ids; /* by number */
  MsStackTable sets;
};

/* Whether kinds alone tell the class numbers. */
bool ms_plane_classes_by_kinds(const MsKindsSource *source);

/* One class, of this id. Errors: NO_MEMORY. */
MsStatus ms_plane_classes_new_one(const MsKindsSource *source, MsPlaneClasses **classes);

/* Numbers the classes that occur, by id (of stacks, in the order of the stacks, actual ones first),
 * and writes the numbers of their places. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_plane_classes_new(const MsKindsSource *source, MsPlaces *places,
                              MsPlaneClasses **classes);
void ms_plane_classes_free(MsPlaneClasses *classes); /* NULL is fine */

#pragma GCC visibility pop
