/* SPDX-License-Identifier: MIT
 *
 * Class numbers of a pair of rasters: which samples have one, what it stands for, and what mending
 * its pixels is worth. What metric/planes.c fills its rasters by.
 */
#pragma once

#include "metric/planes.h"
#include "metric/stack-sieve.h"

#pragma GCC visibility push(hidden)

/* Samples as they lie in the rasters have places, at which is noted whether they occur, and then
 * their number: the sample itself, or where it stands among those that there are. */
typedef struct {
  uint32_t *samples; /* ascending, each once; NULL: places are samples */
  size_t n_places;
  uint8_t *occurs[2]; /* by place: in a pixel that is not ignored; actual, predicted */
  uint32_t *numbers[2];
} MsPlaces;

struct MsPlaneClasses {
  bool has_sets; /* numbers are of `sets`; else the number of an id is its rank in `ids` */
  uint32_t n_numbers;
  uint32_t *ids; /* by number */
  MsStackTable sets;
};

/* samples: taken over, also on error; NULL: the places of samples below n_places. Errors:
 * NO_MEMORY, TOO_LARGE. */
MsStatus ms_places_init(MsPlaces *places, uint32_t *samples, size_t n_places);
void ms_places_clear(MsPlaces *places); /* safe on zeroed ones */

/* Of a sample that has one. */
size_t ms_places_find(const MsPlaces *places, uint32_t sample);

/* Whether kinds alone tell the class numbers. */
bool ms_plane_classes_by_kinds(const MsKindsSource *source);

/* One class, of this id. Errors: NO_MEMORY. */
MsStatus ms_plane_classes_new_one(const MsKindsSource *source, MsPlaneClasses **classes);

/* Numbers the classes that occur, by id (of stacks, in the order of the stacks, actual ones first),
 * and writes the numbers of their places. Errors: NO_MEMORY, TOO_LARGE. */
MsStatus ms_plane_classes_new(const MsKindsSource *source, MsPlaces *places,
                              MsPlaneClasses **classes);
void ms_plane_classes_free(MsPlaneClasses *classes); /* NULL is fine */
size_t ms_plane_classes_bytes(const MsPlaneClasses *classes);

#pragma GCC visibility pop
