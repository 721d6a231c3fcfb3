/* SPDX-License-Identifier: MIT
 *
 * The set of cells: photographs, actual masks and the probability maps of one model.
 */
#include "cells.h"

#include "output.h"
#include "sets.h"

enum { WIDTH = 480, HEIGHT = 360, N_TRAIN = 10 };

static char *
file_path(const char *folder, const char *role, int number)
{
  g_autofree char *name = g_strdup_printf("field_%02d.png", number);

  return g_build_filename(folder, role, number <= N_TRAIN ? "train" : "val", name, NULL);
}

static void
write_example(const char *folder, int number, const CellsItem *item)
{
  g_autofree char *image = file_path(folder, "images", number);
  g_autofree char *actual = file_path(folder, "actual", number);
  g_autofree char *predicted = file_path(folder, "predicted/eager", number);
  g_autofree guint8 *shades = NULL;
  guint8 colors[CELLS_N_SHADES][3];
  Culture culture;
  Mask mask;

  culture_init(&culture, WIDTH, HEIGHT, item);
  mask_init(&mask, WIDTH, HEIGHT);
  shades = culture_photograph(&culture);
  culture_colors(colors);
  output_palette_png(image, shades, WIDTH, HEIGHT, colors, CELLS_N_SHADES);
  culture_mask(&culture, &mask);
  output_png(actual, mask.pixels, WIDTH, HEIGHT, 1);
  culture_predict(&culture, &mask);
  output_png(predicted, mask.pixels, WIDTH, HEIGHT, 1);
  mask_clear(&mask);
  culture_clear(&culture);
}

void
cells_write(const char *folder)
{
  g_autofree char *classes = g_build_filename(folder, "classes.txt", NULL);

  output_text(classes, "background\ncell\n");
  for (int i = 0; i < n_cells_items; i++)
    write_example(folder, i + 1, &cells_items[i]);
}
