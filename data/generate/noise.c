/* SPDX-License-Identifier: MIT
 *
 * Seeded noise: see the header for what it may be made of.
 */
#include "noise.h"

#include <math.h>

uint32_t
noise_hash(uint32_t seed, int x, int y)
{
  uint32_t h = seed * 0x9e3779b1u + (uint32_t)x * 0x85ebca77u + (uint32_t)y * 0xc2b2ae3du;

  h = (h ^ (h >> 15)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12)) * 0x297a2d39u;
  return h ^ (h >> 15);
}

double
noise_fraction(uint32_t seed, int x, int y)
{
  return noise_hash(seed, x, y) * (1.0 / 4294967296.0);
}

static int
cell_of(double value)
{
  int whole = (int)value;

  return value < whole ? whole - 1 : whole;
}

static double
corner(uint32_t seed, int x, int y, double dx, double dy)
{
  static const double directions[8][2] = {{1, 0},
                                          {-1, 0},
                                          {0, 1},
                                          {0, -1},
                                          {0.7071, 0.7071},
                                          {-0.7071, 0.7071},
                                          {0.7071, -0.7071},
                                          {-0.7071, -0.7071}};
  const double *direction = directions[noise_hash(seed, x, y) & 7];

  return direction[0] * dx + direction[1] * dy;
}

static double
fade(double t)
{
  return t * t * t * (t * (t * 6 - 15) + 10);
}

double
noise_gradient(uint32_t seed, double x, double y)
{
  int ix = cell_of(x), iy = cell_of(y);
  double dx = x - ix, dy = y - iy;
  double u = fade(dx), v = fade(dy);
  double top = corner(seed, ix, iy, dx, dy);
  double bottom = corner(seed, ix, iy + 1, dx, dy - 1);

  top += u * (corner(seed, ix + 1, iy, dx - 1, dy) - top);
  bottom += u * (corner(seed, ix + 1, iy + 1, dx - 1, dy - 1) - bottom);
  return 1.6 * (top + v * (bottom - top));
}

double
noise_fractal(uint32_t seed, double x, double y, int octaves)
{
  double sum = 0, weight = 1, total = 0;

  for (int i = 0; i < octaves; i++) {
    sum += weight * noise_gradient(seed + (uint32_t)i * 101u, x, y);
    total += weight;
    weight *= 0.5;
    x = x * 2 + 17.3;
    y = y * 2 + 5.9;
  }
  return 1.3 * sum / total;
}

void
noise_cells(uint32_t seed, double x, double y, double *f1, double *f2, uint32_t *id)
{
  int ix = cell_of(x), iy = cell_of(y);

  *f1 = *f2 = 1e9;
  for (int j = iy - 1; j <= iy + 1; j++) {
    for (int i = ix - 1; i <= ix + 1; i++) {
      double dx = i + 0.1 + 0.8 * noise_fraction(seed, i, j) - x;
      double dy = j + 0.1 + 0.8 * noise_fraction(seed + 1, i, j) - y;
      double squared = dx * dx + dy * dy;

      if (squared < *f1) {
        *f2 = *f1;
        *f1 = squared;
        *id = noise_hash(seed + 2, i, j);
      } else if (squared < *f2) {
        *f2 = squared;
      }
    }
  }
  *f1 = sqrt(*f1);
  *f2 = sqrt(*f2);
}

double
noise_step(double low, double high, double value)
{
  double t = noise_clamp((value - low) / (high - low), 0, 1);

  return t * t * (3 - 2 * t);
}

double
noise_exp(double x)
{
  double power = 1 + x / 4096;

  for (int i = 0; i < 12; i++)
    power *= power;
  return power;
}

double
noise_clamp(double value, double low, double high)
{
  return value < low ? low : value > high ? high : value;
}
