/* SPDX-License-Identifier: MIT
 *
 * Skin and lesion, pixel by pixel, as amounts of pigment; then light, lens and grain.
 */
#include "photo.h"

#include <math.h>

#include "extras.h"
#include "noise.h"

/* How much of red, green and blue each pigment takes. */
static const double melanin_takes[3] = {0.46, 0.68, 0.88};
static const double blood_takes[3] = {0.07, 0.46, 0.38};
static const double veil_takes[3] = {0.85, 0.55, 0.30};
static const double bare_skin[3] = {244, 221, 206};

typedef struct {
  double melanin;
  double blood;
  double veil;
  double gloss; /* light added on top */
} Pigment;

static double
fractal(const Scene *scene, uint32_t layer, double x, double y, double size, int octaves)
{
  return noise_fractal(scene->seed + layer * 1009u, x / size, y / size, octaves);
}

/* 1 on the lines between the cells of a net with meshes of that size, 0 inside the meshes. */
static double
net(uint32_t seed, double x, double y, double size, double thickness)
{
  double f1, f2;
  uint32_t id;

  noise_cells(seed, x / size, y / size, &f1, &f2, &id);
  return 1 - noise_step(0, thickness, f2 - f1);
}

/* 1 in the middle of strewn dots; `share` of the cells hold one. */
static double
dots(uint32_t seed, double x, double y, double size, double share)
{
  double f1, f2;
  uint32_t id = 0;

  noise_cells(seed, x / size, y / size, &f1, &f2, &id);
  if ((id & 1023) >= share * 1024)
    return 0;
  return 1 - noise_step(0.02, 0.20 + 0.28 * ((id >> 12) & 15) / 15.0, f1);
}

static Pigment
skin_at(const Scene *scene, double x, double y)
{
  const Skin *skin = &scene->skin;
  double warp_x = x + 5 * fractal(scene, 1, x, y, 37, 2);
  double warp_y = y + 5 * fractal(scene, 2, x, y, 37, 2);
  double furrow = net(scene->seed + 11, warp_x + 0.4 * warp_y, warp_y * 1.35, 15, 0.2);
  double fine = net(scene->seed + 17, warp_x * 1.2, warp_y - 0.3 * warp_x, 7, 0.35);
  double pore = dots(scene->seed + 23, x, y, 17, 0.45);
  double mottle = fractal(scene, 3, x, y, 46, 3);
  double patch = fractal(scene, 4, x, y, 120, 3);
  double grain = fractal(scene, 5, x, y, 4.5, 2);
  Pigment pigment = {
      .melanin = skin->melanin * (1 + 0.13 * patch + 0.07 * grain) + 0.035 * grain,
      .blood = skin->blood * (1 + 0.38 * mottle - 0.2 * patch),
      .gloss = 5.0 * pore - 2.6 * furrow - 1.4 * fine,
  };

  pigment.melanin += (0.02 + 0.04 * skin->melanin) * (furrow + 0.5 * fine);
  return pigment;
}

/* Below 0 inside the lesion, about pixels. Few octaves: the outline somebody would draw. */
static double
border_at(const Scene *scene, double x, double y, int octaves)
{
  const Lesion *lesion = &scene->lesion;
  double square = lesion->tilt * lesion->tilt;
  double cosine = (1 - square) / (1 + square), sine = 2 * lesion->tilt / (1 + square);
  double dx = x - lesion->x, dy = y - lesion->y;
  double u = (cosine * dx + sine * dy) / lesion->aspect;
  double v = (cosine * dy - sine * dx) * lesion->aspect;
  double stray = fractal(scene, 6, x, y, 0.85 * lesion->radius + 1, octaves);

  return sqrt(u * u + v * v) - lesion->radius * (1 + lesion->ragged * stray);
}

/* The tones of a lesion beside its main one: zones of brown and of dark brown. */
static double
tone_at(const Scene *scene, double x, double y, double depth)
{
  double size = 0.6 * scene->lesion.radius + 4;
  double brown = noise_step(-0.25, 0.30, fractal(scene, 7, x, y, size, 3));
  double dark = noise_step(0.02, 0.42, fractal(scene, 8, x, y, 0.8 * size, 3));

  return 0.9 * (brown - 0.5) + 1.1 * dark * (0.3 + 0.7 * depth) - 0.3;
}

/* Structures that dermatologists look for, as factors and additions to the lesion's pigment. */
static void
add_structures(const Scene *scene, double x, double y, double depth, double edge, Pigment *lesion)
{
  const Lesion *what = &scene->lesion;
  double warp_x = x + 4 * fractal(scene, 9, x, y, 18, 3);
  double warp_y = y + 4 * fractal(scene, 10, x, y, 18, 3);
  double where = noise_step(-0.35, 0.35, fractal(scene, 12, x, y, 0.7 * what->radius + 5, 2));
  double lines = net(scene->seed + 31, warp_x, warp_y, 6.6, 0.75) - 0.55;
  double clods = dots(scene->seed + 37, x, y, 9.5, 0.55);
  double pale = dots(scene->seed + 41, x, y, 15, 0.4);
  double blue = fractal(scene, 13, x, y, 0.75 * what->radius + 5, 3);
  double veil = noise_step(0.35 - what->veil, 0.95 - what->veil, blue);
  double scar = noise_step(0.08, 0.40, fractal(scene, 14, x, y, 0.6 * what->radius + 5, 3));

  lesion->melanin *= 1 + what->network * lines * (0.35 + 0.65 * where) * (1 - 0.5 * depth);
  lesion->melanin += what->globules * clods * (1.1 - 0.8 * where) * edge;
  lesion->melanin *= 1 - 0.55 * what->milia * pale * edge;
  lesion->melanin *= 1 - what->scar * scar * depth;
  lesion->veil = what->veil * veil * noise_step(0, 0.5, depth);
  lesion->gloss = 16 * what->milia * pale * edge + 10 * lesion->veil;
}

static Pigment
lesion_at(const Scene *scene, double x, double y, double border, double *tone)
{
  const Lesion *what = &scene->lesion;
  double fading = what->softness * (1 + 0.7 * fractal(scene, 15, x, y, what->radius + 8, 2));
  double width = noise_clamp(fading, 1.2, 60);
  double edge = noise_step(-0.5, 0.5, -border / width);
  double depth = noise_clamp(-border / (0.55 * what->radius + 1), 0, 1);
  double texture =
      1 + 0.22 * fractal(scene, 16, x, y, 9, 3) + 0.16 * fractal(scene, 19, x, y, 30, 2);
  Pigment lesion = {0};

  *tone = tone_at(scene, x, y, depth);
  lesion.melanin = what->melanin * edge * texture * (0.78 + 0.3 * depth + what->contrast * *tone);
  lesion.melanin = MAX(lesion.melanin, 0);
  lesion.blood = what->blood * edge * (1 + 0.8 * fractal(scene, 18, x, y, 17, 3));
  add_structures(scene, x, y, depth, edge, &lesion);
  return lesion;
}

/* The rim: paler skin, flushed a little farther out. */
static void
add_halo(const Lesion *what, double border, Pigment *skin)
{
  double reach = 0.30 * what->radius + 4;
  double near = noise_step(reach, 0, border) * noise_step(-8, 4, border);
  double far = noise_step(2.2 * reach, reach, border) * noise_step(0, reach, border);

  skin->melanin *= 1 - 0.45 * what->halo * near;
  skin->blood *= 1 + 0.6 * what->halo * far;
}

static void
paint_pixel(Photo *photo, const Scene *scene, int x, int y)
{
  gsize at = (gsize)y * photo->width + x;
  double center_x = x + 0.5, center_y = y + 0.5;
  Pigment all = skin_at(scene, center_x, center_y);

  if (scene->lesion.radius > 0) {
    double border = border_at(scene, center_x, center_y, 5);
    Pigment lesion = lesion_at(scene, center_x, center_y, border, &photo->tone[at]);

    add_halo(&scene->lesion, border, &all);
    all.melanin += lesion.melanin;
    all.blood += lesion.blood;
    all.veil += lesion.veil;
    all.gloss += lesion.gloss;
    photo->field[at] = border_at(scene, center_x, center_y, 3) - 0.12 * scene->lesion.softness;
  }
  for (int c = 0; c < 3; c++) {
    double density =
        all.melanin * melanin_takes[c] + all.blood * blood_takes[c] + all.veil * veil_takes[c];
    double light = bare_skin[c] * noise_exp(-density);

    photo->rgb[3 * at + c] = light + all.gloss * (0.35 + 0.65 * light / 255);
  }
}

/* Brightest at one point, falling off towards the corners. */
static void
light_up(Photo *photo, const Skin *skin)
{
  double span = (double)photo->width * photo->width + (double)photo->height * photo->height;

  for (int y = 0; y < photo->height; y++) {
    for (int x = 0; x < photo->width; x++) {
      double dx = x - skin->light_x * photo->width, dy = y - skin->light_y * photo->height;
      double lost = skin->vignette * (dx * dx + dy * dy) / span * 2.2;
      double *pixel = photo->rgb + 3 * ((gsize)y * photo->width + x);

      pixel[0] *= 1.02 - 0.9 * lost;
      pixel[1] *= 1.02 - lost;
      pixel[2] *= 1.02 - 1.05 * lost;
    }
  }
}

void
photo_render(Photo *photo, const Scene *scene)
{
  gsize n_pixels = (gsize)scene->width * scene->height;

  photo->width = scene->width;
  photo->height = scene->height;
  photo->rgb = g_new(double, 3 * n_pixels);
  photo->tone = g_new0(double, n_pixels);
  photo->field = g_new(double, n_pixels);
  mask_init(&photo->hair, scene->width, scene->height);
  for (gsize i = 0; i < n_pixels; i++)
    photo->field[i] = 1000;
  for (int y = 0; y < scene->height; y++) {
    for (int x = 0; x < scene->width; x++)
      paint_pixel(photo, scene, x, y);
  }
  extras_paint(photo, scene);
  light_up(photo, &scene->skin);
  extras_frame(photo, scene);
}

void
photo_clear(Photo *photo)
{
  g_clear_pointer(&photo->rgb, g_free);
  g_clear_pointer(&photo->tone, g_free);
  g_clear_pointer(&photo->field, g_free);
  mask_clear(&photo->hair);
}

/* The mean of a pixel and its neighbours, weighted 1 : 4 : 1 both ways. */
static double
softened(const Photo *photo, int x, int y, int channel)
{
  double sum = 0;

  for (int dy = -1; dy <= 1; dy++) {
    for (int dx = -1; dx <= 1; dx++) {
      int near_x = CLAMP(x + dx, 0, photo->width - 1), near_y = CLAMP(y + dy, 0, photo->height - 1);
      double weight = (dx == 0 ? 4 : 1) * (dy == 0 ? 4 : 1);

      sum += weight * photo->rgb[3 * ((gsize)near_y * photo->width + near_x) + channel];
    }
  }
  return sum / 36;
}

/* Grain is rare and of one step only: it must be seen, not fill the file. */
static int
grain_at(uint32_t seed, int x, int y)
{
  uint32_t hash = noise_hash(seed, x, y) & 7;

  return hash == 0 ? -3 : hash == 1 ? 3 : 0;
}

guint8 *
photo_develop(const Photo *photo, uint32_t seed)
{
  guint8 *bytes = g_new(guint8, 3 * (gsize)photo->width * photo->height);

  for (int y = 0; y < photo->height; y++) {
    for (int x = 0; x < photo->width; x++) {
      int grain = grain_at(seed, x, y);

      for (int c = 0; c < 3; c++) {
        double value = noise_clamp(softened(photo, x, y, c), 3, 249);

        bytes[3 * ((gsize)y * photo->width + x) + c] = (guint8)(value + 0.5 + grain);
      }
    }
  }
  return bytes;
}
