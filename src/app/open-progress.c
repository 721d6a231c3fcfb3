/* SPDX-License-Identifier: MIT */
#include "app/open-progress.h"

#include "set/describe.h"
#include "set/text.h"

void
ms_open_progress_init(MsOpenProgress *progress)
{
  g_mutex_init(&progress->lock);
}

void
ms_open_progress_clear(MsOpenProgress *progress)
{
  g_mutex_clear(&progress->lock);
  g_free(progress->what);
}

void
ms_open_progress_tell(const char *what, guint done, guint total, gpointer user)
{
  MsOpenProgress *progress = user;

  g_mutex_lock(&progress->lock);
  ms_text_set(&progress->what, what);
  progress->done = done;
  progress->total = total;
  g_mutex_unlock(&progress->lock);
}

char *
ms_open_progress_describe(MsOpenProgress *progress, const char *otherwise)
{
  g_autofree char *what = NULL;
  guint done, total;

  g_mutex_lock(&progress->lock);
  what = g_strdup(progress->what ? progress->what : otherwise);
  done = progress->done;
  total = progress->total;
  g_mutex_unlock(&progress->lock);
  if (done == 0 && total == 0)
    return g_steal_pointer(&what);

  g_autofree char *of = ms_describe_count(total);
  g_autofree char *count = ms_describe_count(done);

  return total > 0 ? g_strdup_printf("%s: %s of %s", what, count, of)
                   : g_strdup_printf("%s: %s so far", what, count);
}
