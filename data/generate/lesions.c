/* SPDX-License-Identifier: MIT
 *
 * The skin-lesion set: photographs, actual masks and the masks of two models. `overfit` has learned
 * its training examples by heart and fails on the others; `steady` is as good on both.
 */
#include "lesions.h"

#include "output.h"
#include "sets.h"

enum { WIDTH = 384, HEIGHT = 288, N_TRAIN = 14 };

typedef struct {
  const char *folder;
  const char *split;
  char name[32];
} Place;

static void
write_mask(const Place *place, const char *role, const char *model, const Mask *mask)
{
  g_autofree char *folder = g_build_filename(place->folder, role, model, NULL);
  g_autofree char *path = g_build_filename(folder, place->split, place->name, NULL);

  output_png(path, mask->pixels, WIDTH, HEIGHT, 1);
}

static void
write_photo(const Place *place, const Photo *photo, uint32_t seed)
{
  g_autofree char *path =
      g_build_filename(place->folder, "images", place->split, place->name, NULL);
  g_autofree guint8 *rgb = photo_develop(photo, seed);

  output_png(path, rgb, WIDTH, HEIGHT, 3);
}

/* What all plans of a model share: overfit's outlines are jagged, steady's smooth. */
static LesionItem
completed(const LesionItem *from, int number)
{
  LesionItem item = *from;

  item.scene.width = WIDTH;
  item.scene.height = HEIGHT;
  item.scene.seed += 7919u * (uint32_t)number;
  item.overfit.wave = from->overfit.wave > 0 ? from->overfit.wave : 9;
  item.overfit.octaves = 3;
  item.steady.wave = 52;
  item.steady.octaves = 1;
  return item;
}

static void
write_example(const Place *place, const LesionItem *item)
{
  double radius = item->scene.lesion.radius;
  double softness = radius > 0 ? 1.2 + 0.055 * radius : 5;
  Photo photo;
  Mask actual, predicted;

  photo_render(&photo, &item->scene);
  write_photo(place, &photo, item->scene.seed);
  mask_init(&actual, WIDTH, HEIGHT);
  mask_init(&predicted, WIDTH, HEIGHT);
  mask_from_field(&actual, photo.field, 0);
  mask_outline(&actual);
  write_mask(place, "actual", NULL, &actual);
  model_hard(&predicted, &actual, &photo, &item->overfit, item->scene.seed + 51);
  write_mask(place, "predicted", "overfit", &predicted);
  model_soft(&predicted, &actual, &photo, &item->steady, softness, item->scene.seed + 53);
  write_mask(place, "predicted", "steady", &predicted);
  mask_clear(&predicted);
  mask_clear(&actual);
  photo_clear(&photo);
}

void
lesions_write(const char *folder)
{
  g_autofree char *classes = g_build_filename(folder, "classes.txt", NULL);

  output_text(classes, "background\nlesion\n");
  for (int i = 0; i < n_lesion_items; i++) {
    Place place = {.folder = folder, .split = i < N_TRAIN ? "train" : "val"};
    LesionItem item = completed(&lesion_items[i], i + 1);

    g_snprintf(place.name, sizeof place.name, "lesion_%02d.png", i + 1);
    write_example(&place, &item);
  }
}
