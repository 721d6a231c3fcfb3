/* SPDX-License-Identifier: MIT
 *
 * Hard masks: outlines, distances and agreement. Distances are chamfer distances in fifths of a
 * pixel, so that they are whole numbers until the last step.
 */
#include "mask.h"

void
mask_init(Mask *mask, int width, int height)
{
  mask->width = width;
  mask->height = height;
  mask->pixels = g_new0(guint8, (gsize)width * height);
}

void
mask_clear(Mask *mask)
{
  g_clear_pointer(&mask->pixels, g_free);
}

int
mask_area(const Mask *mask)
{
  int area = 0;

  for (int i = 0; i < mask->width * mask->height; i++)
    area += mask->pixels[i] != 0;
  return area;
}

void
mask_from_field(Mask *mask, const double *field, double level)
{
  for (int i = 0; i < mask->width * mask->height; i++)
    mask->pixels[i] = field[i] < level ? 255 : 0;
}

/* Gives the connected pixels that hold `from` the value `to`, from a start pixel; returns how many.
 * Diagonal steps count only when `diagonal`. */
static int
flood(Mask *mask, int start, guint8 from, guint8 to, gboolean diagonal)
{
  g_autofree int *stack = g_new(int, (gsize)mask->width * mask->height);
  int depth = 0, filled = 0;

  stack[depth++] = start;
  mask->pixels[start] = to;
  while (depth > 0) {
    int at = stack[--depth];
    int x = at % mask->width, y = at / mask->width;

    filled++;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int next = at + dy * mask->width + dx;

        if ((!diagonal && dx != 0 && dy != 0) || x + dx < 0 || x + dx >= mask->width ||
            y + dy < 0 || y + dy >= mask->height || mask->pixels[next] != from)
          continue;
        mask->pixels[next] = to;
        stack[depth++] = next;
      }
    }
  }
  return filled;
}

static void
keep_value(Mask *mask, guint8 value)
{
  for (int i = 0; i < mask->width * mask->height; i++)
    mask->pixels[i] = mask->pixels[i] == value ? 255 : 0;
}

static void
keep_largest(Mask *mask)
{
  int best = -1, best_area = 0;

  for (int i = 0; i < mask->width * mask->height; i++) {
    int area = mask->pixels[i] == 255 ? flood(mask, i, 255, 1, TRUE) : 0;

    if (area > best_area) {
      best = i;
      best_area = area;
    }
  }
  if (best >= 0)
    flood(mask, best, 1, 2, TRUE);
  keep_value(mask, 2);
}

void
mask_outline(Mask *mask)
{
  keep_largest(mask);
  for (int y = 0; y < mask->height; y++) {
    for (int x = 0; x < mask->width; x++) {
      gboolean frame = x == 0 || y == 0 || x == mask->width - 1 || y == mask->height - 1;

      if (frame && mask->pixels[y * mask->width + x] == 0)
        flood(mask, y * mask->width + x, 0, 1, FALSE);
    }
  }
  for (int i = 0; i < mask->width * mask->height; i++)
    mask->pixels[i] = mask->pixels[i] == 1 ? 0 : 255;
}

static void
relax(int *distance, const Mask *mask, int x, int y, int dx, int dy, int cost)
{
  int from_x = x + dx, from_y = y + dy;

  if (from_x < 0 || from_x >= mask->width || from_y < 0 || from_y >= mask->height)
    return;
  distance[y * mask->width + x] =
      MIN(distance[y * mask->width + x], distance[from_y * mask->width + from_x] + cost);
}

/* One sweep of the 5-7-11 chamfer; sign 1: down and right, -1: up and left. */
static void
sweep(int *distance, const Mask *mask, int sign)
{
  static const int steps[8][3] = {{-1, 0, 5},   {0, -1, 5},  {-1, -1, 7},  {1, -1, 7},
                                  {-1, -2, 11}, {1, -2, 11}, {-2, -1, 11}, {2, -1, 11}};

  for (int j = 0; j < mask->height; j++) {
    for (int i = 0; i < mask->width; i++) {
      int x = sign > 0 ? i : mask->width - 1 - i;
      int y = sign > 0 ? j : mask->height - 1 - j;

      for (guint k = 0; k < G_N_ELEMENTS(steps); k++)
        relax(distance, mask, x, y, sign * steps[k][0], sign * steps[k][1], steps[k][2]);
    }
  }
}

/* Fifths of a pixel to the nearest pixel that is (not) positive. */
static int *
distance_to(const Mask *mask, gboolean positive)
{
  int *distance = g_new(int, (gsize)mask->width * mask->height);

  for (int i = 0; i < mask->width * mask->height; i++)
    distance[i] = (mask->pixels[i] != 0) == positive ? 0 : 10000;
  sweep(distance, mask, 1);
  sweep(distance, mask, -1);
  return distance;
}

double *
mask_distance(const Mask *mask)
{
  g_autofree int *outside = distance_to(mask, TRUE);
  g_autofree int *inside = distance_to(mask, FALSE);
  double *distance = g_new(double, (gsize)mask->width * mask->height);

  for (int i = 0; i < mask->width * mask->height; i++)
    distance[i] = outside[i] > 0 ? outside[i] / 5.0 - 0.5 : 0.5 - inside[i] / 5.0;
  return distance;
}

Agreement
mask_compare(const Mask *actual, const Mask *predicted)
{
  Agreement counts = {0};

  for (int i = 0; i < actual->width * actual->height; i++) {
    counts.tp += actual->pixels[i] && predicted->pixels[i];
    counts.fp += !actual->pixels[i] && predicted->pixels[i];
    counts.fn += actual->pixels[i] && !predicted->pixels[i];
  }
  return counts;
}

double
agreement_iou(Agreement counts)
{
  int all = counts.tp + counts.fp + counts.fn;

  return all == 0 ? 1 : (double)counts.tp / all;
}
