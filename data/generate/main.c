/* SPDX-License-Identifier: MIT
 *
 * maskscope-generate-samples FOLDER: writes lesions, worked-example and songs below FOLDER, the
 * same on every machine.
 */
#include <glib.h>
#include <stdio.h>

#include "sets.h"

int
main(int argc, char **argv)
{
  g_autofree char *lesions = NULL, *worked = NULL, *songs = NULL;

  if (argc != 2) {
    fprintf(stderr, "usage: maskscope-generate-samples FOLDER\n");
    return 2;
  }
  lesions = g_build_filename(argv[1], "lesions", NULL);
  worked = g_build_filename(argv[1], "worked-example", NULL);
  songs = g_build_filename(argv[1], "songs", NULL);
  lesions_write(lesions);
  worked_example_write(worked);
  songs_write(songs);
  return 0;
}
