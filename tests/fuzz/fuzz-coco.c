/* SPDX-License-Identifier: MIT
 *
 * COCO's files: opened, and every image read.
 */
#include "memory-file.h"

#include "io/coco.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Polygons over wider images may take seconds, though never more: tests/io/test-coco.c. */
#define MAX_WIDTH 5000

static void
read_image(const MsCoco *coco, const MsCocoImage *image)
{
  int width = image->width > 0 ? MIN(image->width, MAX_WIDTH) : 4;
  int height = image->height > 0 ? image->height : 3;
  g_autofree char *file_name = NULL;
  g_autoptr(GArray) objects = ms_coco_read_objects(coco, image->id, width, height, NULL, NULL);
  g_autoptr(GArray) segments = ms_coco_read_segments(coco, image->id, &file_name, NULL, NULL);

  if (objects)
    g_assert_cmpuint(objects->len, ==, ms_coco_n_objects(coco, image->id));
  g_assert_true((segments != NULL) == (file_name != NULL));
}

static void
read_file(const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsCoco) coco = ms_coco_open(path, NULL, NULL, NULL, &error);
  const MsCocoImage *images;
  guint n_images;
  MsCocoKind kind;

  ms_coco_sniff_file(path, &kind);
  g_assert_true((coco != NULL) == (error == NULL));
  if (!coco)
    return;
  images = ms_coco_images(coco, &n_images);
  for (guint i = 0; i < n_images; i++)
    read_image(coco, &images[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  MemoryFile file = memory_file_new(data, size);

  read_file(file.path);
  memory_file_clear(&file);
  return 0;
}
