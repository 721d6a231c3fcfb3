/* SPDX-License-Identifier: MIT
 *
 * Colours for classes that have none: steps of the golden angle around the hues of OKLCH, which
 * never come back to a hue, on three levels of lightness, so that classes that follow each other
 * differ in both. A colour outside sRGB is brought in by less chroma.
 */
#include <math.h>

#include "set/classes.h"

#define GOLDEN_ANGLE 137.50776405003785 /* degrees */
#define CHROMA       0.17

static double
from_linear(double value)
{
  return value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055;
}

/* OKLab to linear sRGB, by the published matrices. FALSE: outside 0 to 1. */
static gboolean
to_linear_rgb(double lightness, double a, double b, double rgb[3])
{
  double l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  gboolean inside = TRUE;

  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;
  for (int i = 0; i < 3; i++)
    inside &= rgb[i] >= 0 && rgb[i] <= 1;
  return inside;
}

static void
default_color(guint32 id, guint8 out[3])
{
  static const double levels[] = {0.72, 0.56, 0.86};
  double hue = fmod(id * GOLDEN_ANGLE, 360) * G_PI / 180;
  double chroma = CHROMA;
  double rgb[3];

  while (!to_linear_rgb(levels[id % 3], chroma * cos(hue), chroma * sin(hue), rgb))
    chroma *= 0.96; /* grey of that lightness lies inside */
  for (int i = 0; i < 3; i++)
    out[i] = (guint8)(from_linear(rgb[i]) * 255 + 0.5);
}

gboolean
ms_class_color(const MsClassTable *table, guint32 id, guint8 *red, guint8 *green, guint8 *blue)
{
  const MsClass *class = table ? ms_class_table_find_any(table, id) : NULL;
  guint8 color[3];

  if (table ? table->background == (gint64)id : id == 0)
    return FALSE;
  default_color(id, color);
  *red = class && class->has_color ? class->red : color[0];
  *green = class && class->has_color ? class->green : color[1];
  *blue = class && class->has_color ? class->blue : color[2];
  return TRUE;
}
