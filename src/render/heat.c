/* SPDX-License-Identifier: MIT
 *
 * Worked out in Oklab (Ottosson 2020), where equal steps look equal: lightness grows evenly, hue
 * turns from blue by red to yellow, and chroma is what sRGB has room for there.
 */
#include "render/heat.h"

#include <glib.h>
#include <math.h>

#define DARKEST     0.24
#define LIGHTEST    0.97
#define FIRST_HUE   (-1.45) /* blue, radians */
#define LAST_HUE    1.87    /* yellow */
#define CHROMA      0.165
#define CHROMA_STEP 0.002 /* down, until the colour is one of sRGB */

typedef struct {
  double red, green, blue;
} Linear;

static Linear
from_oklab(double lightness, double a, double b)
{
  double l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

  return (Linear){
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  };
}

static bool
is_in_gamut(Linear color)
{
  return fmin(fmin(color.red, color.green), color.blue) >= 0 &&
         fmax(fmax(color.red, color.green), color.blue) <= 1;
}

static uint8_t
encode(double linear)
{
  double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055;

  return (uint8_t)(fmin(fmax(value, 0), 1) * 255 + 0.5);
}

MsColor
ms_heat_color(int step)
{
  double t = (double)step / (MS_HEAT_STEPS - 1);
  double lightness = DARKEST + (LIGHTEST - DARKEST) * t;
  double hue = FIRST_HUE + (LAST_HUE - FIRST_HUE) * t, chroma = CHROMA;
  Linear color = from_oklab(lightness, chroma * cos(hue), chroma * sin(hue));

  while (chroma > 0 && !is_in_gamut(color)) {
    chroma = fmax(0, chroma - CHROMA_STEP);
    color = from_oklab(lightness, chroma * cos(hue), chroma * sin(hue));
  }
  return (MsColor){encode(color.red), encode(color.green), encode(color.blue)};
}

const uint32_t *
ms_heat_table(void)
{
  static uint32_t table[MS_HEAT_STEPS];
  static gsize is_made;

  if (g_once_init_enter(&is_made)) {
    for (int i = 0; i < MS_HEAT_STEPS; i++) {
      MsColor color = ms_heat_color(i);

      table[i] = 0xff000000u | (uint32_t)color.red << 16 | (uint32_t)color.green << 8 |
                 (uint32_t)color.blue;
    }
    g_once_init_leave(&is_made, 1);
  }
  return table;
}
