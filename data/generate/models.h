/* SPDX-License-Identifier: MIT
 *
 * The two invented models. Each starts from the actual mask and strays from it along a plan: how
 * strongly is searched so that the IoU comes out as the plan says, to within a pixel's worth.
 */
#pragma once

#include "photo.h"

typedef struct {
  double iou;    /* what to aim for; 1: the actual mask itself */
  double grow;   /* above 0: predicted reaches too far all around, below 0: too little */
  double lean_x; /* too far towards this side, too little on the opposite one */
  double lean_y;
  double dark;    /* takes only the dark tones for the lesion */
  double wobble;  /* an unsteady outline */
  double wave;    /* the length of its longest waves, pixels */
  int octaves;    /* and how many shorter ones ride on them, plus one */
  gboolean hair;  /* takes hair near the lesion for lesion */
  double blob[3]; /* takes a round thing elsewhere for lesion: centre and radius, shares of the
                     picture's width */
} Plan;

/* A hard mask, 0 or 255. */
void model_hard(Mask *predicted, const Mask *actual, const Photo *photo, const Plan *plan,
                uint32_t seed);

/* Probabilities of 0 to 255 with an edge `softness` pixels wide; positive above 127. */
void model_soft(Mask *predicted, const Mask *actual, const Photo *photo, const Plan *plan,
                double softness, uint32_t seed);
