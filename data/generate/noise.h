/* SPDX-License-Identifier: MIT
 *
 * Seeded noise that is the same on every machine: integers, and doubles under + - * / and square
 * root alone, which IEEE 754 rounds one way only. The build forbids fused multiply-add for it.
 * Nothing here may call another function of libm.
 */
#pragma once

#include <stdint.h>

/* A well-mixed number for a place on the integer grid. */
uint32_t noise_hash(uint32_t seed, int x, int y);

/* The same as a fraction, 0 <= f < 1. */
double noise_fraction(uint32_t seed, int x, int y);

/* Gradient noise, about -1 to 1, features about one unit wide. */
double noise_gradient(uint32_t seed, double x, double y);

/* Octaves of it, each half as wide and half as strong; about -1 to 1. */
double noise_fractal(uint32_t seed, double x, double y, int octaves);

/* Distances to the nearest and second nearest of points strewn one a unit cell; *id names the
 * nearest point. Small f2 - f1: the border between two cells. */
void noise_cells(uint32_t seed, double x, double y, double *f1, double *f2, uint32_t *id);

/* 0 below low, 1 above high, smooth between. */
double noise_step(double low, double high, double value);

/* e to the power x, for -40 <= x <= 40, good to a percent. */
double noise_exp(double x);

double noise_clamp(double value, double low, double high);
