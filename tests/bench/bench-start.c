/* SPDX-License-Identifier: MIT
 *
 * From the start of the viewer to what it shows, each time a process of its own on Xvfb: when its
 * code runs, GTK is up, the window is made, its first frame and its first example are painted, and
 * the set is there whole (a large one is first shown in part). In brackets processor time: of the
 * whole process until the first example was painted; of the main thread without a look at its
 * loop, at most: from the change from part to whole to a tenth of a second later, and in all the
 * time since the first example. Medians of RUNS, milliseconds. MASKSCOPE_BENCH_SETS names more
 * sets, separated by colons.
 */
#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "app/application.h"
#include "app/window-private.h"
#include "support/masks.h"
#include "support/x-server.h"

#define RUNS      5
#define N_LARGE   100000
#define MAX_LINKS 10000
#define LOOK_MS   2
#define AFTER_US  (G_USEC_PER_SEC / 2) /* the loop is watched for so long after all is there */
#define CHANGE_US (G_USEC_PER_SEC / 10)
#define MAX_LATER (120 * G_USEC_PER_SEC)

typedef enum {
  MAIN,
  STARTUP,
  WINDOW,
  FRAME,
  EXAMPLE,
  PROCESSOR,
  WHOLE,
  CHANGE,
  HELD,
  N_TIMES
} Time;

static const char *const titles[N_TIMES] = {"code",  "GTK",   "window",   "frame", "example",
                                            "(all)", "whole", "(change)", "(held)"};

/* --- the child --- */

typedef struct {
  gint64 began; /* the process was asked for */
  gint64 times[N_TIMES];
  gint64 last;    /* the main thread's processor time at the last look */
  gboolean part;  /* a part was shown at the last look */
  gint64 changed; /* when the whole took its place */
  MsWindow *window;
  GApplication *application;
} Child;

static void
note(Child *child, Time time)
{
  if (!child->times[time])
    child->times[time] = g_get_monotonic_time() - child->began;
}

/* Of the process, or of this thread. */
static gint64
processor_time(clockid_t clock)
{
  struct timespec time;

  clock_gettime(clock, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
frame_drawn(GdkFrameClock *clock, Child *child)
{
  gdk_display_sync(gdk_display_get_default());
  note(child, FRAME);
  if (child->times[EXAMPLE] || !ms_window_is_up_to_date(child->window))
    return;
  note(child, EXAMPLE);
  child->times[PROCESSOR] = processor_time(CLOCK_PROCESS_CPUTIME_ID);
}

static gboolean
is_whole(MsWindow *window)
{
  return window->set && !window->open_cancellable && !ms_set_is_partial(window->set) &&
         ms_window_is_up_to_date(window);
}

static void
note_busy(Child *child, gint64 now, gint64 busy)
{
  gboolean part = child->window->set && ms_set_is_partial(child->window->set);

  if (child->part && !part)
    child->changed = now;
  child->part = part;
  if (child->changed && now - child->changed < CHANGE_US)
    child->times[CHANGE] = MAX(child->times[CHANGE], busy);
  child->times[HELD] = MAX(child->times[HELD], busy);
}

static gboolean
look(gpointer user)
{
  Child *child = user;
  gint64 now = g_get_monotonic_time(), busy = processor_time(CLOCK_THREAD_CPUTIME_ID);

  if (child->times[EXAMPLE]) {
    note_busy(child, now, busy - child->last);
    if (is_whole(child->window))
      note(child, WHOLE);
  }
  child->last = busy;
  if ((child->times[WHOLE] && now - child->began - child->times[WHOLE] > AFTER_US) ||
      now - child->began > MAX_LATER)
    g_application_quit(child->application);
  return G_SOURCE_CONTINUE;
}

static void
window_realized(GtkWidget *window, Child *child)
{
  g_signal_connect_after(gtk_widget_get_frame_clock(window), "after-paint", G_CALLBACK(frame_drawn),
                         child);
}

static void
window_added(GtkApplication *application, GtkWindow *window, Child *child)
{
  child->window = MS_WINDOW(window);
  g_signal_connect(window, "realize", G_CALLBACK(window_realized), child);
}

static void
started(GApplication *application, Child *child)
{
  note(child, STARTUP);
  g_timeout_add_full(G_PRIORITY_HIGH, LOOK_MS, look, child, NULL);
}

static void
activated(GApplication *application, Child *child)
{
  note(child, WINDOW);
}

static int
run_child(const char *began, const char *set)
{
  Child child = {.began = g_ascii_strtoll(began, NULL, 10)};
  MsOptions *options = ms_options_new();
  g_autoptr(MsApplication) application = NULL;

  note(&child, MAIN);
  options->set = g_strdup(set);
  application = ms_application_new(options);
  child.application = G_APPLICATION(application);
  g_signal_connect_after(application, "startup", G_CALLBACK(started), &child);
  g_signal_connect_after(application, "activate", G_CALLBACK(activated), &child);
  g_signal_connect(application, "window-added", G_CALLBACK(window_added), &child);
  g_application_run(G_APPLICATION(application), 0, NULL);
  for (Time time = 0; time < N_TIMES; time++)
    g_print("%" G_GINT64_FORMAT " ", child.times[time]);
  g_print("\n");
  return 0;
}

/* --- the parent --- */

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

static gboolean
measure(const char *program, const char *set, double milliseconds[N_TIMES])
{
  g_autofree char *began = g_strdup_printf("%" G_GINT64_FORMAT, g_get_monotonic_time());
  const char *arguments[] = {program, "--child", began, set, NULL};
  g_autofree char *output = NULL;
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL,
                    NULL, &error)) {
    g_print("%s\n", error->message);
    return FALSE;
  }
  words = g_strsplit(output, " ", -1);
  for (guint time = 0; time < N_TIMES && words[time]; time++)
    milliseconds[time] = g_ascii_strtod(words[time], NULL) / 1000;
  return g_strv_length(words) > N_TIMES;
}

static void
print_row(const char *program, const char *name, const char *set)
{
  double runs[N_TIMES][RUNS];

  for (guint run = 0; run < RUNS; run++) {
    double milliseconds[N_TIMES];

    if (!measure(program, set, milliseconds))
      return;
    for (Time time = 0; time < N_TIMES; time++)
      runs[time][run] = milliseconds[time];
  }
  g_print("%-22s", name);
  for (Time time = 0; time < N_TIMES; time++) {
    qsort(runs[time], RUNS, sizeof(double), compare_doubles);
    g_print(" %8.0f", runs[time][RUNS / 2]);
  }
  g_print("\n");
}

/* Links to few files: it is the names that are many. A file system has a limit of links to one. */
static void
write_role(const TestFolder *folder, const char *role, const char *art)
{
  g_autofree char *original = NULL;

  for (guint i = 0; i < N_LARGE; i++) {
    g_autofree char *name = g_strdup_printf("%s/example_%06u.png", role, i);
    g_autofree char *path = test_path(folder, name);

    if (i % MAX_LINKS == 0) {
      test_write_mask(folder, name, art);
      g_free(original);
      original = g_steal_pointer(&path);
    } else if (link(original, path) != 0) {
      g_error("%s: %s", path, g_strerror(errno));
    }
  }
}

static void
write_large(const TestFolder *folder)
{
  write_role(folder, "actual", "####....\n####....\n####....");
  write_role(folder, "predicted", "###+....\n###.....\n###.....");
}

static void
set_environment(const char *display, const char *cache)
{
  g_setenv("MASKSCOPE_CACHE", cache, TRUE);
  g_setenv("DISPLAY", display, TRUE);
  g_unsetenv("WAYLAND_DISPLAY");
  g_setenv("GDK_BACKEND", "x11", TRUE);
  g_setenv("GTK_A11Y", "none", TRUE);
  g_setenv("GSK_RENDERER", "cairo", FALSE); /* no screen, no GL but a slow one */
  g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

static void
print_table(const char *program, const TestFolder *large)
{
  g_autofree char *lesions = g_build_filename(MASKSCOPE_SOURCE_DIR, "data", "lesions", NULL);
  const char *named = g_getenv("MASKSCOPE_BENCH_SETS");
  g_auto(GStrv) sets = g_strsplit(named ? named : "", ":", -1);

  g_print("%-22s", "ms after the start");
  for (Time time = 0; time < N_TIMES; time++)
    g_print(" %8s", titles[time]);
  g_print("\n");
  print_row(program, "sample set", lesions);
  print_row(program, "100,000 examples", large->path);
  for (guint i = 0; sets[i]; i++)
    print_row(program, sets[i], sets[i]);
}

int
main(int argc, char **argv)
{
  g_auto(TestFolder) large = {0}, cache = {0};
  g_autoptr(GError) error = NULL;
  g_autofree char *display = NULL;

  if (argc == 4 && g_str_equal(argv[1], "--child"))
    return run_child(argv[2], argv[3]);
  display = test_x_server_start("1920x1080x24", &error);
  if (!display) {
    g_print("skipped: Xvfb cannot be started: %s\n", error->message);
    return 0;
  }
  large = test_folder_new();
  cache = test_folder_new();
  set_environment(display, cache.path);
  write_large(&large);
  print_table(argv[0], &large);
  test_x_server_stop();
  return 0;
}
