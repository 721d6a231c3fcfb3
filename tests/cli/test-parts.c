/* SPDX-License-Identifier: MIT
 *
 * The pieces of the command that a run of it cannot show well: the progress line, demanded levels,
 * formats, and the interrupt.
 */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/fraction.h"
#include "cli/interrupt.h"
#include "cli/levels.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "set/options.h"

static void
assert_line(guint done, guint total, double per_second, guint n_columns, const char *expected)
{
  g_autofree char *line = ms_progress_format("Scoring", done, total, per_second, n_columns);

  g_assert_cmpstr(line, ==, expected);
}

static void
test_progress(void)
{
  assert_line(0, 250, 0, 80, "Scoring  [........................]    0 / 250");
  assert_line(125, 250, 25, 80, "Scoring  [############............]  125 / 250  25/s  0:05 left");
  assert_line(1, 7201, 1, 80,
              "Scoring  [........................]      1 / 7,201  1.0/s  2:00:00 left");
  assert_line(250, 250, 25, 80, "Scoring  [########################]  250 / 250  25/s");
  assert_line(7, 0, 0, 80, "Scoring  7");
  assert_line(7000, 0, 2000, 80, "Scoring  7,000  2,000/s");
}

/* Whatever the width, the line keeps to it; what matters least goes first. */
static void
test_progress_narrow(void)
{
  assert_line(125, 250, 25, 55, "Scoring  [########........]  125 / 250  25/s  0:05 left");
  assert_line(125, 250, 25, 47, "Scoring  [####....]  125 / 250  25/s  0:05 left");
  assert_line(125, 250, 25, 44, "Scoring  125 / 250  25/s  0:05 left");
  assert_line(125, 250, 25, 34, "Scoring  125 / 250  0:05 left");
  /* What does not fit whole is left out. */
  assert_line(125, 250, 25, 29, "Scoring  125 / 250  0:05 left");
  assert_line(125, 250, 25, 28, "Scoring  125 / 250");
  assert_line(125, 250, 25, 17, "Scoring");
  assert_line(125, 250, 25, 6, "");
  assert_line(7000, 0, 2000, 21, "Scoring  7,000");
  for (guint n_columns = 0; n_columns < 100; n_columns++) {
    g_autofree char *line = ms_progress_format("Scoring", 12345, 1000000, 2345.6, n_columns);

    g_assert_cmpuint(strlen(line), <=, n_columns);
  }
}

static void
test_fractions(void)
{
  const char *refused[] = {"", "x", "0,5", "0.5x", "-0.1", "1.1", "nan", "inf"};
  double value = 7;

  for (guint i = 0; i < G_N_ELEMENTS(refused); i++)
    g_assert_false(ms_fraction_parse(refused[i], &value));
  g_assert_cmpfloat(value, ==, 7);
  g_assert_true(ms_fraction_parse("0.5", &value));
  g_assert_cmpfloat(value, ==, 0.5);
  g_assert_true(ms_fraction_parse("1", &value));
  g_assert_cmpfloat(value, ==, 1);
}

static void
test_levels(void)
{
  const char *texts[] = {"iou.mean=0.8", "exact=1", NULL};
  const char *unknown[] = {"iou=0.8", NULL};
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) levels = ms_levels_parse(texts, &error);
  g_autoptr(GArray) none = ms_levels_parse(NULL, &error);
  MsLevelDemand second;

  g_assert_no_error(error);
  g_assert_cmpuint(levels->len, ==, 2);
  second = g_array_index(levels, MsLevelDemand, 1);
  g_assert_cmpint(second.metric, ==, MS_SET_METRIC_EXACT_RATIO);
  g_assert_cmpfloat(second.value, ==, 1);
  g_assert_cmpuint(none->len, ==, 0);
  g_assert_null(ms_levels_parse(unknown, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
  g_assert_nonnull(strstr(error->message, "exact, hamming"));
}

static void
test_formats(void)
{
  g_autoptr(GError) error = NULL;
  MsFormat format;

  g_assert_true(ms_output_choose_format(NULL, "a/b.JSON", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_JSON);
  g_assert_true(ms_output_choose_format("text", "a/b.json", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_TEXT);
  g_assert_true(ms_output_choose_format(NULL, "x.txt", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_TEXT);
  g_assert_no_error(error);
  g_assert_true(ms_output_choose_format(NULL, "folder.json/x", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_CSV);
  g_assert_true(ms_output_choose_format(NULL, "x.dat", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_CSV);
  g_assert_true(ms_output_choose_format(NULL, "/dev/null", &format, &error));
  g_assert_cmpint(format, ==, MS_FORMAT_CSV);
  g_assert_false(ms_output_choose_format(NULL, "x.HTML", &format, &error));
  g_assert_error(error, MS_OPTIONS_ERROR, MS_OPTIONS_ERROR_USAGE);
}

static void
on_cancelled(GCancellable *cancellable, gpointer loop)
{
  g_main_loop_quit(loop);
}

static gboolean
send_interrupt(gpointer data)
{
  kill(getpid(), SIGINT);
  return G_SOURCE_REMOVE;
}

/* In a process of its own: signals concern the whole of it. */
static void
test_interrupt(void)
{
  g_autoptr(GMainLoop) loop = NULL;
  g_autoptr(GCancellable) cancellable = NULL;

  if (!g_test_subprocess()) {
    g_test_trap_subprocess(NULL, G_TIME_SPAN_MINUTE, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_passed();
    return;
  }
  loop = g_main_loop_new(NULL, FALSE);
  cancellable = ms_interrupt_new();
  g_cancellable_connect(cancellable, G_CALLBACK(on_cancelled), loop, NULL);
  g_idle_add(send_interrupt, NULL);
  g_main_loop_run(loop);
  g_assert_true(g_cancellable_is_cancelled(cancellable));
}

/* As the program does: it is asked to end, cleans up, and dies of the signal. */
static void
die_of(int number)
{
  g_autoptr(GCancellable) cancellable = ms_interrupt_new();

  kill(getpid(), number);
  while (!g_cancellable_is_cancelled(cancellable))
    g_thread_yield();
  ms_interrupt_end();
  _exit(0);
}

static void
test_interrupt_end(void)
{
  const int numbers[] = {SIGINT, SIGTERM};

  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
    pid_t child = fork();
    int status;

    if (child == 0)
      die_of(numbers[i]);
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_true(WIFSIGNALED(status));
    g_assert_cmpint(WTERMSIG(status), ==, numbers[i]);
  }
}

int
main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cli/progress", test_progress);
  g_test_add_func("/cli/progress-narrow", test_progress_narrow);
  g_test_add_func("/cli/fractions", test_fractions);
  g_test_add_func("/cli/levels", test_levels);
  g_test_add_func("/cli/formats", test_formats);
  g_test_add_func("/cli/interrupt", test_interrupt);
  g_test_add_func("/cli/interrupt-end", test_interrupt_end);
  return g_test_run();
}
