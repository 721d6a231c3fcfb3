/* SPDX-License-Identifier: MIT
 *
 * The worked example of the documents: TP 416, FN 39, FP 73, so IoU 416 / 528 = 0.788. The pixels
 * are ranked by fields that look like a lesion's; the counts are cut off the ranks.
 */
#include <stdlib.h>

#include "noise.h"
#include "output.h"
#include "photo.h"
#include "sets.h"

enum { SIDE = 48, N_PIXELS = SIDE * SIDE, TP = 416, FN = 39, FP = 73 };

static const Scene scene = {
    .width = SIDE,
    .height = SIDE,
    .seed = 4711,
    .skin = {.melanin = 0.22, .blood = 0.22, .light_x = 0.5, .light_y = 0.45, .vignette = 0.2},
    .lesion = {.x = 24,
               .y = 23.5,
               .radius = 12.2,
               .aspect = 1.08,
               .tilt = 0.3,
               .ragged = 0.35,
               .softness = 4,
               .melanin = 1.1,
               .contrast = 0.5,
               .blood = 0.12,
               .halo = 0.3},
};

typedef struct {
  double value;
  int pixel;
} Rank;

static int
compare_ranks(const void *a, const void *b)
{
  const Rank *first = a, *second = b;

  if (first->value != second->value)
    return first->value < second->value ? -1 : 1;
  return first->pixel - second->pixel;
}

/* Marks the `count` pixels of lowest value among those where `among` holds `where`. */
static void
mark_lowest(Mask *mask, const double *field, const Mask *among, guint8 where, int count)
{
  Rank ranks[N_PIXELS];
  int n_ranks = 0;

  for (int i = 0; i < N_PIXELS; i++) {
    if (among->pixels[i] == where)
      ranks[n_ranks++] = (Rank){field[i], i};
  }
  g_assert(n_ranks >= count);
  qsort(ranks, (size_t)n_ranks, sizeof(Rank), compare_ranks);
  for (int i = 0; i < count; i++)
    mask->pixels[ranks[i].pixel] = 255;
}

/* The model's idea of the border: moved a little, with an unsteadier line. */
static double
predicted_field(const Photo *photo, int pixel)
{
  double x = pixel % SIDE, y = pixel / SIDE;

  return photo->field[pixel] - 0.12 * (x - 24) + 0.08 * (y - 24) +
         1.5 * noise_fractal(scene.seed + 9, x / 11, y / 11, 1);
}

static void
write_mask(const char *folder, const char *role, const Mask *mask)
{
  g_autofree char *path = g_build_filename(folder, role, "mask_pair.png", NULL);

  output_png(path, mask->pixels, SIDE, SIDE, 1);
}

void
worked_example_write(const char *folder)
{
  g_autofree char *image = g_build_filename(folder, "images", "mask_pair.png", NULL);
  g_autofree guint8 *rgb = NULL;
  double field[N_PIXELS];
  Agreement counts;
  Photo photo;
  Mask nothing, actual, predicted;

  photo_render(&photo, &scene);
  rgb = photo_develop(&photo, scene.seed);
  output_png(image, rgb, SIDE, SIDE, 3);
  mask_init(&nothing, SIDE, SIDE);
  mask_init(&actual, SIDE, SIDE);
  mask_init(&predicted, SIDE, SIDE);
  mark_lowest(&actual, photo.field, &nothing, 0, TP + FN);
  for (int i = 0; i < N_PIXELS; i++)
    field[i] = predicted_field(&photo, i);
  mark_lowest(&predicted, field, &actual, 255, TP);
  mark_lowest(&predicted, field, &actual, 0, FP);
  counts = mask_compare(&actual, &predicted);
  g_assert(counts.tp == TP && counts.fn == FN && counts.fp == FP);
  write_mask(folder, "actual", &actual);
  write_mask(folder, "predicted", &predicted);
  mask_clear(&predicted);
  mask_clear(&actual);
  mask_clear(&nothing);
  photo_clear(&photo);
}
