/* SPDX-License-Identifier: MIT
 *
 * Looks for one image, by its name; where none is named, for a folder of a usual name.
 */
#include "set/annotation-images.h"

#include "set/listing.h"

#define MAX_DEPTH 2 /* folders below the set's */

static gboolean
holds_file(const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename(folder, name, NULL);

  return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* The folder, in SET or one below it, in which an image of that name is. Caller frees. */
static char *
find_image_folder(const char *folder, const char *name, guint depth)
{
  g_auto(GStrv) inner = NULL;

  if (holds_file(folder, name))
    return g_strdup(folder);
  inner = depth > 0 ? ms_listing_folders(folder, NULL) : NULL;
  for (guint i = 0; inner && inner[i]; i++) {
    g_autofree char *below = g_build_filename(folder, inner[i], NULL);
    char *found = find_image_folder(below, name, depth - 1);

    if (found)
      return found;
  }
  return NULL;
}

static char *
run_image_folder(const char *folder)
{
  static const char *const names[] = {"images", "train_images", "test_images", "train",
                                      "test",   "stage1_train", "imgs",        "val"};

  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autofree char *inner = g_build_filename(folder, names[i], NULL);

    if (g_file_test(inner, G_FILE_TEST_IS_DIR))
      return g_steal_pointer(&inner);
  }
  return NULL;
}

char *
ms_annotation_image_folder(const char *folder, const char *name)
{
  return name ? find_image_folder(folder, name, MAX_DEPTH) : run_image_folder(folder);
}
