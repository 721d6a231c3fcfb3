/* SPDX-License-Identifier: MIT
 *
 * Hair, bubbles, ruler and frame, as coverage of each pixel from its distance to a shape.
 */
#include "extras.h"

#include <math.h>

#include "noise.h"

typedef struct {
  double x, y;
} Point;

static Point
direction_of(double half_tangent)
{
  double square = half_tangent * half_tangent;

  return (Point){(1 - square) / (1 + square), 2 * half_tangent / (1 + square)};
}

static void
blend(Photo *photo, int x, int y, const double color[3], double alpha)
{
  double *pixel = photo->rgb + 3 * ((gsize)y * photo->width + x);

  for (int c = 0; c < 3; c++)
    pixel[c] += alpha * (color[c] - pixel[c]);
}

static double
distance_to_segment(Point p, Point a, Point b)
{
  double dx = b.x - a.x, dy = b.y - a.y;
  double along = ((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy + 1e-9);
  double t = noise_clamp(along, 0, 1);
  double ex = a.x + t * dx - p.x, ey = a.y + t * dy - p.y;

  return sqrt(ex * ex + ey * ey);
}

/* Raises coverage to that of a straight stroke with soft edges. */
static void
cover_segment(double *coverage, const Photo *photo, Point a, Point b, double half_width)
{
  int reach = (int)half_width + 2;
  int left = MAX(0, (int)MIN(a.x, b.x) - reach);
  int right = MIN(photo->width - 1, (int)MAX(a.x, b.x) + reach);
  int top = MAX(0, (int)MIN(a.y, b.y) - reach);
  int bottom = MIN(photo->height - 1, (int)MAX(a.y, b.y) + reach);

  for (int y = top; y <= bottom; y++) {
    for (int x = left; x <= right; x++) {
      double away = distance_to_segment((Point){x + 0.5, y + 0.5}, a, b);
      double covered = noise_clamp(half_width + 0.5 - away, 0, 1);
      double *here = coverage + (gsize)y * photo->width + x;

      *here = MAX(*here, covered);
    }
  }
}

/* A hair is a bent stroke from root to tip, thinner towards the tip. */
static void
cover_hair(double *coverage, const Photo *photo, const Scene *scene, int index)
{
  enum { N_STEPS = 28 };
  uint32_t seed = scene->seed + 700u;
  double turn = scene->extras.hair_direction + 0.5 * (noise_fraction(seed, index, 0) - 0.5);
  double length = (0.6 + 0.7 * noise_fraction(seed, index, 1)) * photo->width;
  double bend = (noise_fraction(seed, index, 2) - 0.5) * 0.4 * length;
  double width = scene->extras.hair_width * (0.6 + 0.7 * noise_fraction(seed, index, 3));
  Point along = direction_of(noise_hash(seed, index, 4) & 1 ? turn : turn + 0.12);
  Point middle = {noise_fraction(seed, index, 5) * photo->width,
                  noise_fraction(seed, index, 6) * photo->height};
  Point last = {0};

  for (int i = 0; i <= N_STEPS; i++) {
    double t = 2.0 * i / N_STEPS - 1;
    double sway =
        bend * (t * t - 0.4) + 0.022 * length * noise_gradient(seed, 1.5 * t, index + 0.5);
    Point at = {middle.x + along.x * t * length / 2 - along.y * sway,
                middle.y + along.y * t * length / 2 + along.x * sway};

    if (i > 0)
      cover_segment(coverage, photo, last, at, width * (1 - 0.55 * noise_step(0.2, 1, t)) / 2);
    last = at;
  }
}

static void
paint_hairs(Photo *photo, const Scene *scene)
{
  static const double color[3] = {52, 36, 31};
  static const double shadow[3] = {80, 45, 38};
  gsize n_pixels = (gsize)photo->width * photo->height;
  g_autofree double *coverage = g_new0(double, n_pixels);

  for (int i = 0; i < scene->extras.hairs; i++)
    cover_hair(coverage, photo, scene, i);
  for (int y = 0; y < photo->height; y++) {
    for (int x = 0; x < photo->width; x++) {
      gsize at = (gsize)y * photo->width + x;
      double cast = x >= 2 && y >= 2 ? coverage[at - 2 * photo->width - 2] : 0;

      blend(photo, x, y, shadow, 0.13 * cast);
      blend(photo, x, y, color, 0.86 * coverage[at]);
      photo->hair.pixels[at] = coverage[at] > 0.5 ? 255 : 0;
    }
  }
}

/* A thin dark rim, brighter skin inside, a glint towards the light and a faint one across. */
static void
paint_bubble(Photo *photo, Point centre, double radius)
{
  static const double rim[3] = {120, 92, 84};
  static const double bright[3] = {255, 250, 246};
  int reach = (int)radius + 3;

  for (int y = MAX(0, (int)centre.y - reach); y < MIN(photo->height, (int)centre.y + reach); y++) {
    for (int x = MAX(0, (int)centre.x - reach); x < MIN(photo->width, (int)centre.x + reach); x++) {
      double dx = (x + 0.5 - centre.x) / radius, dy = (y + 0.5 - centre.y) / radius;
      double away = sqrt(dx * dx + dy * dy);
      double edge = noise_clamp(1.6 - fabs(away - 1) * radius, 0, 1);
      double inside = noise_clamp((1 - away) * radius, 0, 1);
      double lit = noise_step(-0.2, 1.2, -dx - dy);
      double glint =
          noise_step(0.42, 0.1, sqrt((dx + 0.42) * (dx + 0.42) + (dy + 0.45) * (dy + 0.45)));

      blend(photo, x, y, bright, inside * (0.05 + 0.16 * noise_step(0.5, 1, away)));
      blend(photo, x, y, rim, 0.45 * edge * (1 - lit));
      blend(photo, x, y, bright, 0.55 * edge * lit);
      blend(photo, x, y, bright, 0.8 * inside * glint * noise_clamp(radius / 7, 0.3, 1));
    }
  }
}

static void
paint_bubbles(Photo *photo, const Scene *scene)
{
  uint32_t seed = scene->seed + 800u;

  for (int i = 0; i < scene->extras.bubbles; i++) {
    double size = noise_fraction(seed, i, 0);
    Point centre = {noise_fraction(seed, i, 1) * photo->width,
                    noise_fraction(seed, i, 2) * photo->height};

    paint_bubble(photo, centre, 2.2 + 11 * size * size * size);
  }
}

/* Tick k of the ruler: every fifth is longer, every tenth longest. */
static void
cover_tick(double *coverage, const Photo *photo, Ruler ruler, int k)
{
  double at = 7.5 + 9.6 * k;
  double length = k % 10 == 0 ? 21 : k % 5 == 0 ? 16 : 10;
  Point near = {at, photo->height - 3.0}, far = {at + 0.3, photo->height - 3.0 - length};

  if (ruler == RULER_LEFT) {
    near = (Point){3, at};
    far = (Point){3 + length, at + 0.3};
  }
  cover_segment(coverage, photo, near, far, 0.55);
}

static void
paint_ruler(Photo *photo, const Scene *scene)
{
  static const double ink[3] = {38, 34, 40};
  g_autofree double *coverage = g_new0(double, (gsize)photo->width * photo->height);

  for (int k = 0; 7.5 + 9.6 * k < MAX(photo->width, photo->height); k++)
    cover_tick(coverage, photo, scene->extras.ruler, k);
  for (int y = 0; y < photo->height; y++) {
    for (int x = 0; x < photo->width; x++)
      blend(photo, x, y, ink, 0.8 * coverage[(gsize)y * photo->width + x]);
  }
}

void
extras_paint(Photo *photo, const Scene *scene)
{
  paint_hairs(photo, scene);
  paint_bubbles(photo, scene);
  if (scene->extras.ruler != RULER_NONE)
    paint_ruler(photo, scene);
}

void
extras_frame(Photo *photo, const Scene *scene)
{
  static const double dark[3] = {17, 13, 13};
  double half_width = photo->width / 2.0, half_height = photo->height / 2.0;
  double radius = scene->extras.frame * sqrt(half_width * half_width + half_height * half_height);

  for (int y = 0; radius > 0 && y < photo->height; y++) {
    for (int x = 0; x < photo->width; x++) {
      double dx = x + 0.5 - half_width, dy = y + 0.5 - half_height;
      double away = sqrt(dx * dx + dy * dy);

      blend(photo, x, y, dark, 0.45 * noise_step(radius - 26, radius, away));
      blend(photo, x, y, dark, noise_step(radius - 3, radius + 3, away));
    }
  }
}
