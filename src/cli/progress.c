/* SPDX-License-Identifier: MIT
 *
 * Drawn at most ten times a second, so that a fast run is not slowed by its own bar.
 */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_WIDTH     24
#define DRAW_INTERVAL (G_USEC_PER_SEC / 10)

void
ms_progress_init(MsProgress *progress, gboolean quiet)
{
  gboolean terminal = isatty(STDERR_FILENO) && g_strcmp0(g_getenv("TERM"), "dumb") != 0;

  *progress = (MsProgress){.active = terminal && !quiet};
}

void
ms_progress_clear(MsProgress *progress)
{
  ms_progress_erase(progress);
  g_clear_pointer(&progress->what, g_free);
}

void
ms_progress_erase(MsProgress *progress)
{
  if (!progress->visible)
    return;
  fputs("\r\033[K", stderr);
  fflush(stderr);
  progress->visible = FALSE;
}

static void
append_time_left(GString *line, double seconds)
{
  guint64 left = (guint64)(seconds + 0.5);

  if (left >= 3600)
    g_string_append_printf(line, "  %u:%02u:%02u left", (guint)(left / 3600),
                           (guint)(left / 60 % 60), (guint)(left % 60));
  else
    g_string_append_printf(line, "  %u:%02u left", (guint)(left / 60), (guint)(left % 60));
}

static void
append_rate(GString *line, double rate)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd(number, sizeof number, rate < 10 ? "%.1f" : "%.0f", rate);
  g_string_append_printf(line, "  %s/s", number);
}

char *
ms_progress_format(const char *what, guint done, guint total, double seconds)
{
  GString *line = g_string_new(what);

  if (total > 0) {
    guint filled = (guint)((guint64)BAR_WIDTH * MIN(done, total) / total);

    g_string_append(line, "  [");
    for (guint i = 0; i < BAR_WIDTH; i++)
      g_string_append_c(line, i < filled ? '#' : '.');
    g_string_append_printf(line, "]  %u / %u", done, total);
  } else if (done > 0) {
    g_string_append_printf(line, "  %u", done);
  }
  if (done > 0 && seconds > 0) {
    append_rate(line, done / seconds);
    if (total > done)
      append_time_left(line, (total - done) * seconds / done);
  }
  return g_string_free(line, FALSE);
}

void
ms_progress_update(const char *what, guint done, guint total, gpointer user)
{
  MsProgress *progress = user;
  gint64 now = g_get_monotonic_time();
  g_autofree char *line = NULL;

  if (!progress->active)
    return;
  if (g_strcmp0(what, progress->what) != 0) {
    g_free(progress->what);
    progress->what = g_strdup(what);
    progress->started = now;
  }
  if (now - progress->drawn < DRAW_INTERVAL)
    return;
  line = ms_progress_format(what, done, total, (double)(now - progress->started) / G_USEC_PER_SEC);
  fprintf(stderr, "\r\033[K%s", line);
  fflush(stderr);
  progress->drawn = now;
  progress->visible = TRUE;
}
