/* SPDX-License-Identifier: MIT
 *
 * The two models: a field that is negative where the model says lesion, made of the distance to the
 * actual border plus what the plan adds, then cut (hard) or turned into probabilities (soft).
 */
#include "models.h"

#include <math.h>
#include <string.h>

#include "noise.h"

typedef struct {
  double x, y;
  double radius; /* of a disc of the same area */
} Disc;

static Disc
disc_of(const Mask *mask)
{
  double sum_x = 0, sum_y = 0;
  int area = mask_area(mask);

  for (int i = 0; i < mask->width * mask->height; i++) {
    if (mask->pixels[i]) {
      sum_x += i % mask->width;
      sum_y += i / mask->width;
    }
  }
  return area == 0 ? (Disc){0, 0, 1} : (Disc){sum_x / area, sum_y / area, sqrt(area / 3.14159265)};
}

/* What the plan adds to the distance at full strength, about one unit. Positive: not lesion. */
static double *
straying(const Mask *actual, const Photo *photo, const Plan *plan, uint32_t seed)
{
  Disc disc = disc_of(actual);
  double *added = g_new(double, (gsize)actual->width * actual->height);

  for (int i = 0; i < actual->width * actual->height; i++) {
    double x = i % actual->width, y = i / actual->width;
    double lean = ((x - disc.x) * plan->lean_x + (y - disc.y) * plan->lean_y) / disc.radius;
    double wobble = noise_fractal(seed, x / plan->wave, y / plan->wave, plan->octaves);

    added[i] = -plan->grow - noise_clamp(lean, -1.6, 1.6) + plan->wobble * wobble -
               plan->dark * (photo->tone[i] - 0.35);
  }
  return added;
}

/* Distance (pixels) from a plan's blob, ragged; 1000 when it has none. A radius below 0 is never
 * reached: the blob stays a suspicion. */
static double
blob_at(const Mask *mask, const Plan *plan, uint32_t seed, int x, int y)
{
  double radius = plan->blob[2] * mask->width;
  double dx = x - plan->blob[0] * mask->width, dy = y - plan->blob[1] * mask->width;

  if (plan->blob[2] == 0)
    return 1000;
  return sqrt(dx * dx + dy * dy) -
         radius * (1 + 0.5 * noise_fractal(seed + 3, x / 9.0, y / 9.0, 2));
}

static double *
field_of(const double *distance, const double *added, double strength, const Mask *mask,
         const Photo *photo, const Plan *plan, uint32_t seed)
{
  double *field = g_new(double, (gsize)mask->width * mask->height);

  for (int i = 0; i < mask->width * mask->height; i++) {
    double here = distance[i] + strength * added[i];

    if (plan->hair && photo->hair.pixels[i] && distance[i] < 26)
      here = MIN(here, -1);
    field[i] = MIN(here, blob_at(mask, plan, seed, i % mask->width, i / mask->width));
  }
  return field;
}

/* The strength at which the cut field has the plan's IoU, by halving: more straying, less IoU. */
static double *
search_field(const Mask *actual, const Photo *photo, const Plan *plan, uint32_t seed)
{
  g_autofree double *distance = mask_distance(actual);
  g_autofree double *added = straying(actual, photo, plan, seed);
  double low = 0, high = actual->width;
  Mask cut;

  mask_init(&cut, actual->width, actual->height);
  for (int i = 0; i < 14; i++) {
    double middle = (low + high) / 2;
    g_autofree double *field = field_of(distance, added, middle, actual, photo, plan, seed);

    mask_from_field(&cut, field, 0);
    if (agreement_iou(mask_compare(actual, &cut)) > plan->iou)
      low = middle;
    else
      high = middle;
  }
  mask_clear(&cut);
  return field_of(distance, added, low, actual, photo, plan, seed);
}

void
model_hard(Mask *predicted, const Mask *actual, const Photo *photo, const Plan *plan, uint32_t seed)
{
  g_autofree double *field = NULL;

  if (plan->iou >= 1) {
    memcpy(predicted->pixels, actual->pixels, (gsize)actual->width * actual->height);
    return;
  }
  field = search_field(actual, photo, plan, seed);
  mask_from_field(predicted, field, 0);
}

void
model_soft(Mask *predicted, const Mask *actual, const Photo *photo, const Plan *plan,
           double softness, uint32_t seed)
{
  g_autofree double *field = search_field(actual, photo, plan, seed);

  for (int i = 0; i < actual->width * actual->height; i++) {
    double slope = noise_clamp(field[i] / softness, -30, 30);

    predicted->pixels[i] = (guint8)(255 / (1 + noise_exp(slope)) + 0.5);
  }
}
