/* SPDX-License-Identifier: MIT
 *
 * Sets of drawn scenes for tests of checks: shapes without symmetry, a class each, and predictions
 * of a model whose edges wander by as much as asked. The same on every machine.
 */
#pragma once

#include "set/small-set.h"
#include "support/random.h"

#define SCENE_WIDTH  96
#define SCENE_HEIGHT 72

typedef struct {
  int width, height;
  guint8 *pixels;
} Scene;

static inline Scene
scene_new(int width, int height)
{
  return (Scene){width, height, g_malloc0((gsize)width * height)};
}

static inline void
scene_clear(Scene *scene)
{
  g_clear_pointer(&scene->pixels, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scene, scene_clear)

static inline guint8
scene_get(const Scene *scene, int x, int y)
{
  if (x < 0 || y < 0 || x >= scene->width || y >= scene->height)
    return 0;
  return scene->pixels[y * scene->width + x];
}

/* A wedge: a rectangle of which a corner is cut off, so that no turn leaves it as it is. */
static inline void
scene_draw(Scene *scene, int left, int top, int width, int height, guint8 id)
{
  for (int y = MAX(top, 0); y < MIN(top + height, scene->height); y++)
    for (int x = MAX(left, 0); x < MIN(left + width, scene->width); x++)
      if ((x - left) * height + (y - top) * width * 2 < 2 * width * height)
        scene->pixels[y * scene->width + x] = id;
}

/* Some shapes of each of the ids 1 to n_classes. */
static inline Scene
scene_random(TestRandom *random, guint n_classes)
{
  Scene scene = scene_new(SCENE_WIDTH, SCENE_HEIGHT);

  for (guint i = 0; i < MAX(n_classes, 2) * 2; i++)
    scene_draw(&scene, (int)test_random_below(random, SCENE_WIDTH - 20) - 4,
               (int)test_random_below(random, SCENE_HEIGHT - 16) - 4,
               14 + (int)test_random_below(random, 22), 10 + (int)test_random_below(random, 20),
               (guint8)(1 + i % n_classes));
  return scene;
}

/* What a model makes of it: pixels are fetched from up to `error` pixels away, block by block. */
static inline Scene
scene_predict(const Scene *actual, TestRandom *random, int error)
{
  Scene scene = scene_new(actual->width, actual->height);
  int block = 6, n_across = actual->width / block + 1;
  g_autofree int *off_x = g_new(int, (gsize)n_across *(actual->height / block + 1));
  g_autofree int *off_y = g_new(int, (gsize)n_across *(actual->height / block + 1));

  for (int i = 0; i < n_across * (actual->height / block + 1); i++) {
    off_x[i] = (int)test_random_below(random, 2 * (guint)error + 1) - error;
    off_y[i] = (int)test_random_below(random, 2 * (guint)error + 1) - error;
  }
  for (int y = 0; y < actual->height; y++)
    for (int x = 0; x < actual->width; x++) {
      int i = y / block * n_across + x / block;

      scene.pixels[y * scene.width + x] = scene_get(actual, x + off_x[i], y + off_y[i]);
    }
  return scene;
}

/* The id at (x, y) becomes map(id). */
static inline void
scene_map(Scene *scene, guint8 (*map)(guint8 id))
{
  for (int i = 0; i < scene->width * scene->height; i++)
    scene->pixels[i] = map(scene->pixels[i]);
}

static inline void
scene_write_as(const Scene *scene, const TestFolder *folder, const char *name, MsColorType color,
               const guint8 (*palette)[4], int n_palette)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsSamples) mask = ms_samples_new(scene->width, scene->height, color, 8, name, &error);
  g_autoptr(GBytes) bytes = NULL;

  g_assert_no_error(error);
  memcpy(mask->pixels, scene->pixels, (gsize)scene->width * scene->height);
  mask->n_palette = n_palette;
  if (n_palette > 0)
    memcpy(mask->palette, palette, (gsize)n_palette * 4);
  bytes = ms_png_encode(mask, 1, NULL, &error);
  g_assert_no_error(error);
  g_free(test_file(folder, name, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

static inline void
scene_write(const Scene *scene, const TestFolder *folder, const char *format, guint number)
{
  g_autofree char *file = g_strdup_printf("e%02u.png", number);
  g_autofree char *name = g_build_filename(format, file, NULL);

  scene_write_as(scene, folder, name, MS_COLOR_GREY, NULL, 0);
}
