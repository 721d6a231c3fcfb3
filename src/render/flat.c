/* SPDX-License-Identifier: MIT
 *
 * Shaped for hundreds of megapixels. A pixel's four channels are blended as two pairs in 32-bit
 * words, with the rounding of pixman, by which Cairo draws.
 */
#include "render/flat.h"

#include <math.h>

#define OPAQUE 0xff000000u
#define PAIR   0x00ff00ffu
#define HALF   0x00800080u

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
  for (unsigned kinds = 0; kinds <= MS_KIND_ALL; kinds++) {
    uint32_t color = ms_compose_kinds_color(style, kinds);

    flat->over[kinds] = scale_pixel(color, flat->opacity);
    flat->left[kinds] = color ? (uint8_t)(255 - flat->opacity) : 255;
  }
}

void
ms_flat_lay_kinds(const MsFlat *flat, const uint8_t *restrict kinds, int n,
                  uint32_t *restrict pixels)
{
  for (int i = 0; i < n; i++) {
    unsigned kind = kinds[i] & MS_KIND_ALL;

    pixels[i] = (flat->over[kind] + scale_pixel(pixels[i], flat->left[kind])) | OPAQUE;
  }
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
