/* SPDX-License-Identifier: MIT
 *
 * Shaped for hundreds of megapixels. A pixel's four channels are blended as two pairs in 32-bit
 * words, with the rounding of pixman, by which Cairo draws.
 */
#include "render/flat.h"

#include <math.h>
#include <string.h>

#define OPAQUE 0xff000000u
#define PAIR   0x00ff00ffu
#define HALF   0x00800080u
#define RUN    8 /* pixels that are looked at together */

/* Each byte times a / 255, rounded; exact for all bytes. */
static inline uint32_t
scale_pixel(uint32_t pixel, uint32_t a)
{
  uint32_t even = (pixel & PAIR) * a + HALF;
  uint32_t odd = (pixel >> 8 & PAIR) * a + HALF;

  even = (even + (even >> 8 & PAIR)) >> 8 & PAIR;
  odd = (odd + (odd >> 8 & PAIR)) & ~PAIR;
  return even | odd;
}

/* Cairo takes opacity to 16 bits, of which pixman keeps the upper ones. */
static uint8_t
opacity_byte(double opacity)
{
  double clamped = fmin(fmax(opacity, 0), 1);

  return (uint8_t)((unsigned)(clamped * 65535 + 0.5) >> 8);
}

void
ms_flat_init(MsFlat *flat, const MsOverlayStyle *style, double opacity)
{
  flat->opacity = opacity_byte(opacity);
  for (unsigned kinds = 0; kinds <= MS_KIND_PAINTED; kinds++) {
    uint32_t color = ms_compose_kinds_color(style, kinds);

    flat->over[kinds] = scale_pixel(color, flat->opacity);
    flat->left[kinds] = color ? (uint8_t)(255 - flat->opacity) : 255;
  }
}

/* Eight pixels and what comes over them, byte by byte: a form that compilers turn into vectors of
 * 16-bit words. The arithmetic is that of scale_pixel(). */
typedef struct {
  uint32_t over[RUN];
  uint32_t left[RUN]; /* the same byte four times */
} Run;

static inline void
lay_run(const Run *run, uint32_t *pixels)
{
  const uint8_t *restrict over = (const uint8_t *)run->over;
  const uint8_t *restrict left = (const uint8_t *)run->left;
  uint8_t *restrict bytes = (uint8_t *)pixels;

  for (int i = 0; i < 4 * RUN; i++) {
    uint16_t product = (uint16_t)(bytes[i] * left[i] + 128);

    bytes[i] = (uint8_t)(over[i] + (uint16_t)(product + (product >> 8)) / 256);
  }
}

static inline void
fill_run(const MsFlat *flat, const uint8_t *kinds, int n, Run *run)
{
  for (int i = 0; i < n; i++) {
    run->over[i] = flat->over[kinds[i] & MS_KIND_PAINTED];
    run->left[i] = flat->left[kinds[i] & MS_KIND_PAINTED] * 0x01010101u;
  }
}

/* Most runs are of the same kinds as the one before. */
void
ms_flat_lay_kinds(const MsFlat *flat, const uint8_t *restrict kinds, int n,
                  uint32_t *restrict pixels)
{
  uint64_t known = 0, next;
  Run run;
  int x = 0;

  for (int i = 0; i < n; i++)
    pixels[i] |= OPAQUE;
  fill_run(flat, (const uint8_t *)&known, RUN, &run);
  for (; x + RUN <= n; x += RUN) {
    memcpy(&next, kinds + x, sizeof next);
    if (next == 0)
      continue;
    if (next != known)
      fill_run(flat, kinds + x, RUN, &run);
    known = next;
    lay_run(&run, pixels + x);
  }
  for (; x < n; x++)
    pixels[x] = flat->over[kinds[x] & MS_KIND_PAINTED] +
                scale_pixel(pixels[x], flat->left[kinds[x] & MS_KIND_PAINTED]);
}

void
ms_flat_lay_colors(const MsFlat *flat, const uint32_t *restrict colors, int n,
                   uint32_t *restrict pixels)
{
  uint32_t left = 255u - flat->opacity;

  for (int i = 0; i < n; i++)
    if (colors[i])
      pixels[i] = (scale_pixel(colors[i], flat->opacity) + scale_pixel(pixels[i], left)) | OPAQUE;
}

void
ms_flat_ground(int n, uint32_t *pixels)
{
  for (int i = 0; i < n; i++)
    pixels[i] = MS_COMPOSE_GROUND;
}
