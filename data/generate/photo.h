/* SPDX-License-Identifier: MIT
 *
 * A made-up dermoscopy photograph. Colour follows from what absorbs light (melanin, blood, the
 * blue of deep pigment) by Beer and Lambert's law, so that one skin gives one family of colours.
 * Coordinates and lengths are pixels; amounts of pigment are optical densities of about 0 to 3.
 */
#pragma once

#include <stdint.h>

#include "mask.h"

typedef struct {
  double melanin; /* 0.05 very light to 1.7 dark */
  double blood;   /* 0.1 pale to 0.6 flushed */
  double light_x; /* where the light is brightest, as a share of the size */
  double light_y;
  double vignette; /* how much of the light is lost in the farthest corner */
} Skin;

typedef struct {
  double x, y;     /* centre */
  double radius;   /* 0: no lesion */
  double aspect;   /* long axis / geometric mean, 1: round */
  double tilt;     /* tangent of half the long axis's angle, -1 to 1 */
  double ragged;   /* how far the border strays, as a share of the radius */
  double softness; /* pixels over which the border fades */
  double melanin;  /* in its main tone, on top of the skin's */
  double contrast; /* of the darker tones in it */
  double network;  /* strength of the pigment network */
  double globules; /* strength of dark dots */
  double milia;    /* strength of pale dots */
  double veil;     /* blue-white veil */
  double scar;     /* pale, regressed parts */
  double blood;    /* redness of the lesion */
  double halo;     /* pale or reddish rim around it */
} Lesion;

typedef enum { RULER_NONE, RULER_BOTTOM, RULER_LEFT } Ruler;

typedef struct {
  int hairs;
  double hair_width;     /* pixels */
  double hair_direction; /* main direction, tangent of half its angle */
  int bubbles;           /* in the gel under the glass */
  Ruler ruler;
  double frame; /* radius of the round field of view as a share of half the diagonal; 0: none */
} Extras;

typedef struct {
  int width, height;
  uint32_t seed;
  Skin skin;
  Lesion lesion;
  Extras extras;
} Scene;

typedef struct {
  int width, height;
  double *rgb;   /* 3 doubles a pixel, 0 to 255 */
  double *tone;  /* how dark the lesion is here beside its own mean: about -1 to 1 */
  double *field; /* its border as one would draw it: below 0 inside, about pixels */
  Mask hair;     /* where hair lies */
} Photo;

void photo_render(Photo *photo, const Scene *scene);
void photo_clear(Photo *photo);

/* Softens as a lens does, adds a little grain, rounds: 3 bytes a pixel. The caller's. */
guint8 *photo_develop(const Photo *photo, uint32_t seed);
