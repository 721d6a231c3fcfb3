/* SPDX-License-Identifier: MIT
 *
 * What each example of the lesion set shows and what the two models make of it.
 */
#pragma once

#include "models.h"
#include "photo.h"

typedef struct {
  Scene scene; /* without its size; the seed is mixed with the number */
  Plan overfit;
  Plan steady;
} LesionItem;

extern const LesionItem lesion_items[];
extern const int n_lesion_items;
