/* SPDX-License-Identifier: MIT
 *
 * maskscope-generate-samples FOLDER: writes cells, lesions, worked-example and songs below
 * FOLDER, the same on every machine.
 */
#include <glib.h>
#include <stdio.h>

#include "sets.h"

int
main(int argc, char **argv)
{
  g_autofree char *cells = NULL, *lesions = NULL, *worked = NULL, *songs = NULL;

  if (argc != 2) {
    fprintf(stderr, "usage: maskscope-generate-samples FOLDER\n");
    return 2;
  }
  cells = g_build_filename(argv[1], "cells", NULL);
  lesions = g_build_filename(argv[1], "lesions", NULL);
  worked = g_build_filename(argv[1], "worked-example", NULL);
  songs = g_build_filename(argv[1], "songs", NULL);
  cells_write(cells);
  lesions_write(lesions);
  worked_example_write(worked);
  songs_write(songs);
  return 0;
}
