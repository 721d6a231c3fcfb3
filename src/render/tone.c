/* SPDX-License-Identifier: MIT */
#include "render/tone.h"

#include <math.h>

#define SHADE_STEP 0.02

const MsColor ms_white = {255, 255, 255};
const MsColor ms_black = {0, 0, 0};

static uint8_t
mix_sample(uint8_t a, uint8_t b, double share)
{
  return (uint8_t)lround(a + (b - a) * share);
}

MsColor
ms_color_mix(MsColor a, MsColor b, double share)
{
  return (MsColor){
      .red = mix_sample(a.red, b.red, share),
      .green = mix_sample(a.green, b.green, share),
      .blue = mix_sample(a.blue, b.blue, share),
  };
}

static double
linear(uint8_t sample)
{
  double value = sample / 255.0;

  return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double
luminance(MsColor color)
{
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

double
ms_color_contrast(MsColor a, MsColor b)
{
  double first = luminance(a) + 0.05, second = luminance(b) + 0.05;

  return fmax(first, second) / fmin(first, second);
}

MsColor
ms_color_against(MsColor color, MsColor ground, double contrast)
{
  MsColor end = ms_color_contrast(ms_white, ground) > ms_color_contrast(ms_black, ground)
                    ? ms_white
                    : ms_black;
  MsColor shade = color;

  for (double share = 0; share < 1 && ms_color_contrast(shade, ground) < contrast;
       share += SHADE_STEP)
    shade = ms_color_mix(color, end, share);
  return shade;
}

MsColor
ms_color_sign_on(MsColor ground)
{
  return ms_color_contrast(ms_white, ground) >= MS_CONTRAST_SIGN ? ms_white : ms_black;
}

void
ms_color_set_source(MsColor color, cairo_t *cr)
{
  cairo_set_source_rgb(cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
}
