/* SPDX-License-Identifier: MIT
 *
 * A picture that is made a band of rows at a time, so that it may be larger than memory and than
 * Cairo's surfaces (32,767 a side). Bands do not show: each row is the same however it is asked
 * for.
 */
#pragma once

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  int width, height;
  /* Fills rows first_row <= y < first_row + n_rows with opaque pixels in Cairo's RGB24 layout;
   * stride in bytes. Rows may be asked for in any order, and again. False without memory. */
  bool (*paint)(void *user, int first_row, int n_rows, uint8_t *pixels, ptrdiff_t stride);
  void *user;
} MsPixelRows;

/* All of them as one surface, RGB24. NULL when a side exceeds 32,767 or memory is short. */
cairo_surface_t *ms_pixel_rows_surface(const MsPixelRows *rows);

/* The rows of an RGB24 surface, which is lent. */
MsPixelRows ms_pixel_rows_of_surface(cairo_surface_t *surface);
