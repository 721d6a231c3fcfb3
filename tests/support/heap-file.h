/* SPDX-License-Identifier: MIT
 *
 * An evaluation whose histograms lie in the temporary file, and the loss of what is in it.
 */
#pragma once

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "set/evaluation-private.h"

/* Before anything was scored. */
static inline void
test_keep_in_file(MsEvaluation *evaluation)
{
  g_autoptr(MsResultsHeap) heap = ms_results_heap_new(0);

  for (guint i = 0; i < evaluation->n_models; i++) {
    ms_results_unref(evaluation->models[i].results);
    evaluation->models[i].results = ms_results_new_in(evaluation->n_examples, heap);
  }
  ms_counter_unref(evaluation->counter);
  evaluation->counter = ms_counter_new(evaluation->set, heap);
  ms_results_heap_unref(evaluation->heap);
  evaluation->heap = g_steal_pointer(&heap);
}

/* Cuts the file to nothing. FALSE: it is not to be found here. */
static inline gboolean
test_lose_file(void)
{
  for (int fd = 3; fd < 256; fd++) {
    g_autofree char *link = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autofree char *path = g_file_read_link(link, NULL);

    if (path && strstr(path, "/maskscope-") && g_str_has_suffix(path, " (deleted)") &&
        ftruncate(fd, 0) == 0)
      return TRUE;
  }
  return FALSE;
}
