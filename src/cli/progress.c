/* SPDX-License-Identifier: MIT
 *
 * Drawn at most ten times a second, so that a fast run is not slowed by its own bar. Numbers keep
 * their places while they grow.
 */
#include "cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "set/describe.h"

#define MAX_BAR_WIDTH 24
#define MIN_BAR_WIDTH 6
#define BAR_FRAME     4 /* two blanks and the brackets */
#define DRAW_INTERVAL (G_USEC_PER_SEC / 10)
#define N_COLUMNS     80 /* of a terminal that does not tell */

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

/* "  1,250 / 10,000", as wide at the beginning as at the end. */
static char *
format_counts(guint done, guint total)
{
  g_autofree char *count = ms_describe_count(done);
  g_autofree char *all = ms_describe_count(total);

  if (total > 0)
    return g_strdup_printf("  %*s / %s", (int)strlen(all), count, all);
  return done > 0 ? g_strdup_printf("  %s", count) : g_strdup("");
}

static char *
format_rate(double per_second)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *count = NULL;

  if (per_second <= 0)
    return g_strdup("");
  if (per_second < 10)
    return g_strdup_printf("  %s/s", g_ascii_formatd(number, sizeof number, "%.1f", per_second));
  count = ms_describe_count((guint64)(per_second + 0.5));
  return g_strdup_printf("  %s/s", count);
}

static char *
format_left(guint n_left, double per_second)
{
  guint64 left;

  if (per_second <= 0 || n_left == 0)
    return g_strdup("");
  left = (guint64)(n_left / per_second + 0.5);
  if (left >= 3600)
    return g_strdup_printf("  %u:%02u:%02u left", (guint)(left / 3600), (guint)(left / 60 % 60),
                           (guint)(left % 60));
  return g_strdup_printf("  %u:%02u left", (guint)(left / 60), (guint)(left % 60));
}

static void
append_bar(GString *line, guint done, guint total, gsize width)
{
  gsize filled = (gsize)((guint64)width * MIN(done, total) / total);

  g_string_append(line, "  [");
  for (gsize i = 0; i < width; i++)
    g_string_append_c(line, i < filled ? '#' : '.');
  g_string_append_c(line, ']');
}

/* A field that is cut would be another number: it stands there whole or not at all. */
static gsize
fit(const char *field, gsize *n_columns)
{
  gsize width = strlen(field);

  if (width > *n_columns)
    return 0;
  *n_columns -= width;
  return width;
}

char *
ms_progress_format(const char *what, guint done, guint total, double per_second, guint n_columns)
{
  g_autofree char *counts = format_counts(done, total);
  g_autofree char *rate = format_rate(per_second);
  g_autofree char *left = format_left(total > done ? total - done : 0, per_second);
  gsize n_free = n_columns;
  /* What matters most is asked first. */
  gsize n_what = fit(what, &n_free);
  gsize n_counts = fit(counts, &n_free);
  gsize n_left = n_counts > 0 || !*counts ? fit(left, &n_free) : 0;
  gsize n_rate = n_left > 0 || !*left ? fit(rate, &n_free) : 0;
  GString *line = g_string_new_len(what, (gssize)n_what);

  if (total > 0 && n_counts > 0 && n_rate == strlen(rate) && n_free >= BAR_FRAME + MIN_BAR_WIDTH)
    append_bar(line, done, total, MIN(n_free - BAR_FRAME, MAX_BAR_WIDTH));
  g_string_append_len(line, counts, (gssize)n_counts);
  g_string_append_len(line, rate, (gssize)n_rate);
  g_string_append_len(line, left, (gssize)n_left);
  return g_string_free(line, FALSE);
}

/* One is left free: a terminal whose last column is written to may begin a new line. */
static guint
terminal_columns(void)
{
  struct winsize size;

  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return N_COLUMNS - 1;
  return size.ws_col - 1u;
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
    ms_rate_begin(&progress->rate, done, now);
  }
  ms_rate_update(&progress->rate, done, now);
  if (now - progress->drawn < DRAW_INTERVAL)
    return;
  line = ms_progress_format(what, done, total, ms_rate_get(&progress->rate), terminal_columns());
  fprintf(stderr, "\r\033[K%s", line);
  fflush(stderr);
  progress->drawn = now;
  progress->visible = TRUE;
}
