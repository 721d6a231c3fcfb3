/* SPDX-License-Identifier: MIT
 *
 * The 24 scenes: patients from very light to dark skin, lesions from a lentigo to a melanoma, and
 * the plan of each model for each. The order is that of the files: 14 to train, 10 to validate.
 */
#include "lesions.h"

/* clang-format off */
#define SKIN(m, b, lx, ly, v) \
  {.melanin = (m), .blood = (b), .light_x = (lx), .light_y = (ly), .vignette = (v)}

const LesionItem lesion_items[] = {
  /* 01: dysplastic naevus, two tones, network */
  {{.seed = 1, .skin = SKIN(0.16, 0.24, 0.48, 0.45, 0.30),
    .lesion = {.x = 190, .y = 146, .radius = 72, .aspect = 1.16, .tilt = 0.20, .ragged = 0.30,
               .softness = 14, .melanin = 1.15, .contrast = 0.55, .network = 0.9,
               .globules = 0.35, .blood = 0.14, .halo = 0.5},
    .extras = {.hairs = 5, .hair_width = 1.9, .hair_direction = 0.3}},
   .overfit = {.iou = 0.90, .wobble = 0.5, .wave = 18, .lean_x = 0.7, .lean_y = 0.3, .hair = TRUE},
   .steady = {.iou = 0.83, .wobble = 1, .grow = -0.25, .lean_x = 0.4, .dark = 0.2}},
  /* 02: small regular naevus on tanned skin */
  {{.seed = 2, .skin = SKIN(0.42, 0.22, 0.52, 0.5, 0.28),
    .lesion = {.x = 204, .y = 138, .radius = 46, .aspect = 1.08, .tilt = -0.4, .ragged = 0.14,
               .softness = 12, .melanin = 1.2, .contrast = 0.3, .network = 1.1, .globules = 0.1,
               .blood = 0.05, .halo = 0.2},
    .extras = {.hairs = 9, .hair_width = 1.5, .hair_direction = -0.5}},
   .overfit = {.iou = 1},
   .steady = {.iou = 0.84, .wobble = 0.8, .grow = -0.5}},
  /* 03: melanoma: asymmetric, many tones, blue-white veil; round field of view */
  {{.seed = 3, .skin = SKIN(0.12, 0.30, 0.5, 0.5, 0.34),
    .lesion = {.x = 178, .y = 150, .radius = 84, .aspect = 1.22, .tilt = -0.15, .ragged = 0.42,
               .softness = 9, .melanin = 1.55, .contrast = 0.9, .network = 0.5, .globules = 0.7,
               .veil = 0.55, .scar = 0.6, .blood = 0.25, .halo = 0.4},
    .extras = {.hairs = 3, .hair_width = 1.8, .hair_direction = 0.8, .frame = 0.93}},
   .overfit = {.iou = 0.962, .wobble = 1, .lean_y = 0.3},
   .steady = {.iou = 0.79, .wobble = 0.8, .dark = 0.4, .grow = -0.2}},
  /* 04: seborrhoeic keratosis, sharp border, pale dots */
  {{.seed = 4, .skin = SKIN(0.22, 0.26, 0.45, 0.5, 0.3),
    .lesion = {.x = 200, .y = 140, .radius = 66, .aspect = 1.2, .tilt = 0.5, .ragged = 0.18,
               .softness = 3.5, .melanin = 0.95, .contrast = 0.35, .globules = 0.5, .milia = 0.8,
               .blood = 0.1},
    .extras = {.hairs = 2, .hair_width = 1.6, .bubbles = 6, .hair_direction = 0}},
   .overfit = {.iou = 0.975, .wobble = 1},
   .steady = {.iou = 0.85, .wobble = 1, .lean_y = 0.5}},
  /* 05: naevus on dark skin */
  {{.seed = 5, .skin = SKIN(1.25, 0.2, 0.5, 0.45, 0.3),
    .lesion = {.x = 186, .y = 150, .radius = 58, .aspect = 1.12, .tilt = 0.1, .ragged = 0.22,
               .softness = 13, .melanin = 1.35, .contrast = 0.4, .network = 0.8, .globules = 0.2},
    .extras = {.hairs = 12, .hair_width = 1.9, .hair_direction = 0.4}},
   .overfit = {.iou = 1},
   .steady = {.iou = 0.80, .wobble = 1, .grow = 0.3}},
  /* 06: pale, flat lentigo with a fading border */
  {{.seed = 6, .skin = SKIN(0.10, 0.34, 0.55, 0.5, 0.26),
    .lesion = {.x = 184, .y = 148, .radius = 60, .aspect = 1.25, .tilt = -0.3, .ragged = 0.3,
               .softness = 22, .melanin = 0.55, .contrast = 0.45, .network = 1.0, .blood = 0.08},
    .extras = {.hairs = 14, .hair_width = 1.1, .hair_direction = 0.1, .bubbles = 2}},
   .overfit = {.iou = 0.95, .wobble = 1},
   .steady = {.iou = 0.77, .wobble = 1, .grow = -0.6}},
  /* 07: naevus with globules beside the ruler */
  {{.seed = 7, .skin = SKIN(0.3, 0.24, 0.5, 0.42, 0.3),
    .lesion = {.x = 214, .y = 132, .radius = 56, .aspect = 1.05, .tilt = 0.2, .ragged = 0.2,
               .softness = 11, .melanin = 1.0, .contrast = 0.4, .globules = 1.1, .blood = 0.1,
               .halo = 0.4},
    .extras = {.hairs = 4, .hair_width = 1.6, .hair_direction = -0.2, .ruler = RULER_BOTTOM}},
   .overfit = {.iou = 0.97, .wobble = 1},
   .steady = {.iou = 0.85, .wobble = 1, .grow = 0.2, .lean_x = -0.3}},
  /* 08: blue naevus */
  {{.seed = 8, .skin = SKIN(0.18, 0.2, 0.5, 0.5, 0.32),
    .lesion = {.x = 190, .y = 144, .radius = 50, .aspect = 1.06, .tilt = 0, .ragged = 0.12,
               .softness = 12, .melanin = 0.75, .contrast = 0.2, .veil = 1.15, .halo = 0.2},
    .extras = {.hairs = 3, .hair_width = 1.7, .hair_direction = 0.6, .bubbles = 3}},
   .overfit = {.iou = 1},
   .steady = {.iou = 0.86, .wobble = 1}},
  /* 09: large dysplastic naevus that reaches out of the picture */
  {{.seed = 9, .skin = SKIN(0.26, 0.3, 0.42, 0.5, 0.3),
    .lesion = {.x = 128, .y = 160, .radius = 112, .aspect = 1.16, .tilt = 0.35, .ragged = 0.34,
               .softness = 16, .melanin = 1.1, .contrast = 0.65, .network = 0.8, .globules = 0.3,
               .scar = 0.4, .blood = 0.16, .halo = 0.3},
    .extras = {.hairs = 6, .hair_width = 2.0, .hair_direction = -0.7}},
   .overfit = {.iou = 0.97, .wobble = 1},
   .steady = {.iou = 0.82, .wobble = 1, .lean_x = -0.6}},
  /* 10: naevus on brown skin, round field of view */
  {{.seed = 10, .skin = SKIN(0.8, 0.24, 0.5, 0.5, 0.36),
    .lesion = {.x = 196, .y = 140, .radius = 52, .aspect = 1.1, .tilt = -0.6, .ragged = 0.22,
               .softness = 10, .melanin = 1.3, .contrast = 0.45, .network = 0.6, .globules = 0.4},
    .extras = {.hairs = 7, .hair_width = 1.6, .hair_direction = 0.2, .frame = 0.9}},
   .overfit = {.iou = 0.965, .wobble = 1},
   .steady = {.iou = 0.80, .wobble = 1, .grow = -0.3}},
  /* 11: small dark naevus */
  {{.seed = 11, .skin = SKIN(0.08, 0.22, 0.5, 0.5, 0.25),
    .lesion = {.x = 180, .y = 150, .radius = 30, .aspect = 1.12, .tilt = 0.4, .ragged = 0.18,
               .softness = 8, .melanin = 1.9, .contrast = 0.35, .network = 0.5, .halo = 0.3},
    .extras = {.hairs = 10, .hair_width = 1.2, .hair_direction = -0.4}},
   .overfit = {.iou = 1},
   .steady = {.iou = 0.82, .wobble = 1, .grow = 0.6}},
  /* 12: red, vascular lesion */
  {{.seed = 12, .skin = SKIN(0.14, 0.26, 0.5, 0.5, 0.3),
    .lesion = {.x = 196, .y = 142, .radius = 48, .aspect = 1.15, .tilt = -0.1, .ragged = 0.22,
               .softness = 6, .melanin = 0.3, .contrast = 0.3, .globules = 0.15, .veil = 0.35,
               .blood = 1.2},
    .extras = {.hairs = 2, .hair_width = 1.3, .hair_direction = 0.3, .bubbles = 7}},
   .overfit = {.iou = 0.958, .wobble = 1},
   .steady = {.iou = 0.81, .wobble = 1, .lean_y = 0.6}},
  /* 13: regressing melanoma */
  {{.seed = 13, .skin = SKIN(0.2, 0.36, 0.48, 0.48, 0.32),
    .lesion = {.x = 196, .y = 150, .radius = 78, .aspect = 1.2, .tilt = 0.6, .ragged = 0.4,
               .softness = 12, .melanin = 1.3, .contrast = 0.85, .network = 0.6, .globules = 0.4,
               .veil = 0.4, .scar = 1.0, .blood = 0.3, .halo = 0.5},
    .extras = {.hairs = 8, .hair_width = 1.7, .hair_direction = 0.9, .ruler = RULER_LEFT}},
   .overfit = {.iou = 0.945, .wobble = 1},
   .steady = {.iou = 0.76, .wobble = 1, .dark = 0.4}},
  /* 14: regular naevus on light brown skin */
  {{.seed = 14, .skin = SKIN(0.55, 0.22, 0.5, 0.46, 0.28),
    .lesion = {.x = 188, .y = 140, .radius = 62, .aspect = 1.14, .tilt = 0.05, .ragged = 0.16,
               .softness = 14, .melanin = 1.0, .contrast = 0.4, .network = 1.2, .globules = 0.15,
               .halo = 0.2},
    .extras = {.hairs = 5, .hair_width = 1.5, .hair_direction = -0.1}},
   .overfit = {.iou = 0.978, .wobble = 1},
   .steady = {.iou = 1}},

  /* 15: dysplastic naevus; a side missed, the other side overrun */
  {{.seed = 15, .skin = SKIN(0.15, 0.26, 0.5, 0.46, 0.3),
    .lesion = {.x = 186, .y = 146, .radius = 74, .aspect = 1.18, .tilt = 0.25, .ragged = 0.36,
               .softness = 13, .melanin = 1.2, .contrast = 0.6, .network = 0.9, .globules = 0.4,
               .blood = 0.15, .halo = 0.5},
    .extras = {.hairs = 5, .hair_width = 1.9, .hair_direction = 0.35}},
   .overfit = {.iou = 0.78, .lean_x = 0.8, .lean_y = -0.5, .wobble = 0.8, .wave = 26, .hair = TRUE},
   .steady = {.iou = 0.81, .wobble = 1, .grow = -0.3, .lean_x = 0.4}},
  /* 16: melanoma; only the dark part is found */
  {{.seed = 16, .skin = SKIN(0.13, 0.3, 0.5, 0.5, 0.32),
    .lesion = {.x = 190, .y = 146, .radius = 82, .aspect = 1.2, .tilt = -0.3, .ragged = 0.36,
               .softness = 12, .melanin = 1.1, .contrast = 1.1, .network = 0.6, .globules = 0.5,
               .veil = 0.3, .blood = 0.2, .halo = 0.4},
    .extras = {.hairs = 4, .hair_width = 1.7, .hair_direction = -0.6, .frame = 0.95}},
   .overfit = {.iou = 0.62, .dark = 1.0, .grow = -0.3, .wobble = 0.4, .wave = 20},
   .steady = {.iou = 0.74, .dark = 0.4, .wobble = 0.6, .grow = -0.2}},
  /* 17: naevus on dark skin */
  {{.seed = 17, .skin = SKIN(1.5, 0.22, 0.48, 0.46, 0.3),
    .lesion = {.x = 200, .y = 142, .radius = 60, .aspect = 1.1, .tilt = 0.5, .ragged = 0.24,
               .softness = 12, .melanin = 1.6, .contrast = 0.4, .network = 0.6, .globules = 0.25},
    .extras = {.hairs = 10, .hair_width = 1.8, .hair_direction = 0.15}},
   .overfit = {.iou = 0.83, .grow = -0.4, .wobble = 1, .wave = 22, .hair = TRUE},
   .steady = {.iou = 0.82, .wobble = 1, .grow = 0.2}},
  /* 18: pale lentigo; the flushed skin around it is taken for lesion */
  {{.seed = 18, .skin = SKIN(0.16, 0.42, 0.5, 0.5, 0.3),
    .lesion = {.x = 182, .y = 148, .radius = 48, .aspect = 1.12, .tilt = -0.5, .ragged = 0.26,
               .softness = 16, .melanin = 0.75, .contrast = 0.4, .network = 0.9, .blood = 0.15,
               .halo = 0.75},
    .extras = {.hairs = 6, .hair_width = 1.4, .hair_direction = 0.5}},
   .overfit = {.iou = 0.58, .grow = 0.7, .lean_x = -0.5, .lean_y = 0.3, .wobble = 0.8, .wave = 24},
   .steady = {.iou = 0.80, .grow = 0.5, .wobble = 0.8}},
  /* 19: naevus under much hair, which is taken for lesion */
  {{.seed = 19, .skin = SKIN(0.28, 0.24, 0.5, 0.5, 0.28),
    .lesion = {.x = 194, .y = 140, .radius = 54, .aspect = 1.14, .tilt = 0.3, .ragged = 0.2,
               .softness = 12, .melanin = 1.1, .contrast = 0.4, .network = 0.8, .globules = 0.3,
               .halo = 0.2},
    .extras = {.hairs = 26, .hair_width = 2.3, .hair_direction = 0.25}},
   .overfit = {.iou = 0.80, .grow = 0.1, .wobble = 1, .wave = 20, .hair = TRUE},
   .steady = {.iou = 0.80, .wobble = 1, .grow = -0.2}},
  /* 20: a tiny naevus */
  {{.seed = 40, .skin = SKIN(0.2, 0.26, 0.52, 0.48, 0.26),
    .lesion = {.x = 201, .y = 137, .radius = 3.1, .aspect = 1.05, .tilt = 0.2, .ragged = 0.1,
               .softness = 2.5, .melanin = 1.9, .contrast = 0.1},
    .extras = {.hairs = 5, .hair_width = 1.2, .hair_direction = -0.3}},
   .overfit = {.iou = 0.70, .lean_x = 1, .wobble = 0.3},
   .steady = {.iou = 0.75, .grow = 0.6, .lean_y = 0.5, .wobble = 0.1}},
  /* 21: normal skin: no lesion */
  {{.seed = 21, .skin = SKIN(0.34, 0.3, 0.5, 0.5, 0.3),
    .extras = {.hairs = 8, .hair_width = 1.6, .hair_direction = 0.4, .bubbles = 3}},
   .overfit = {.iou = 0, .blob = {0.62, 0.33, 0.022}},
   .steady = {.iou = 0, .blob = {0.62, 0.33, -0.010}}},
  /* 22: keratosis beside the ruler, with something else taken for lesion */
  {{.seed = 22, .skin = SKIN(0.24, 0.24, 0.5, 0.44, 0.3),
    .lesion = {.x = 206, .y = 128, .radius = 56, .aspect = 1.2, .tilt = 0.15, .ragged = 0.2,
               .softness = 4.5, .melanin = 1.0, .contrast = 0.45, .globules = 0.5, .milia = 0.7,
               .blood = 0.1},
    .extras = {.hairs = 4, .hair_width = 1.6, .hair_direction = -0.2, .ruler = RULER_BOTTOM,
               .bubbles = 5}},
   .overfit = {.iou = 0.84, .wobble = 1, .wave = 24, .blob = {0.2, 0.6, 0.035}},
   .steady = {.iou = 0.84, .wobble = 1, .blob = {0.2, 0.6, -0.008}}},
  /* 23: regular naevus: nearly as good as in training */
  {{.seed = 23, .skin = SKIN(0.6, 0.22, 0.5, 0.5, 0.28),
    .lesion = {.x = 190, .y = 146, .radius = 58, .aspect = 1.08, .tilt = -0.2, .ragged = 0.16,
               .softness = 12, .melanin = 1.15, .contrast = 0.35, .network = 1.1, .globules = 0.15},
    .extras = {.hairs = 3, .hair_width = 1.5, .hair_direction = 0.7}},
   .overfit = {.iou = 0.93, .wobble = 1, .wave = 14},
   .steady = {.iou = 0.86, .wobble = 1, .grow = -0.2}},
  /* 24: large lesion, holes and missed lobes */
  {{.seed = 24, .skin = SKIN(0.18, 0.28, 0.5, 0.5, 0.34),
    .lesion = {.x = 200, .y = 146, .radius = 88, .aspect = 1.25, .tilt = 0.1, .ragged = 0.4,
               .softness = 12, .melanin = 1.15, .contrast = 0.75, .network = 0.8, .globules = 0.4,
               .scar = 0.7, .veil = 0.3, .blood = 0.2, .halo = 0.4},
    .extras = {.hairs = 5, .hair_width = 1.8, .hair_direction = 0.5, .frame = 0.96, .bubbles = 2}},
   .overfit = {.iou = 0.82, .dark = 0.6, .wobble = 1, .wave = 22, .lean_y = 0.3},
   .steady = {.iou = 0.79, .wobble = 1, .dark = 0.2}},
};
/* clang-format on */

const int n_lesion_items = G_N_ELEMENTS(lesion_items);
