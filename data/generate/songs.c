/* SPDX-License-Identifier: MIT
 *
 * A label set: twelve invented songs. The first is the documents' example: two labels right, one
 * too many, one missed.
 */
#include <glib.h>

#include "output.h"
#include "sets.h"

static const char classes[] = "Happy\nSad\nFast\nSlow\nMelodic\n";

static const char labels[] = "example,actual,predicted\n"
                             "song_01,Happy;Fast;Melodic,Happy;Fast;Slow\n"
                             "song_02,Sad;Slow,Sad;Slow\n"
                             "song_03,Happy;Fast,Happy;Fast;Melodic\n"
                             "song_04,Sad;Slow;Melodic,Slow;Melodic\n"
                             "song_05,Fast,Fast\n"
                             "song_06,Happy;Melodic,Sad;Melodic\n"
                             "song_07,;,;\n"
                             "song_08,Happy;Slow;Melodic,Happy;Slow;Melodic\n"
                             "song_09,Sad;Fast,Happy;Fast\n"
                             "song_10,Melodic,;\n"
                             "song_11,;,Slow\n"
                             "song_12,Sad;Slow;Melodic,Happy;Fast\n";

void
songs_write(const char *folder)
{
  g_autofree char *classes_path = g_build_filename(folder, "classes.txt", NULL);
  g_autofree char *labels_path = g_build_filename(folder, "labels.csv", NULL);

  output_text(classes_path, classes);
  output_text(labels_path, labels);
}
