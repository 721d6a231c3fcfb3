/* SPDX-License-Identifier: MIT */
#include "window-watch.h"

#include <X11/Xlib.h>
#include <gdk/x11/gdkx.h>
#include <time.h>

#include "app/viewer-test.h"

#define PATIENCE_S 10

/* --- frames --- */

static Display *
xdisplay(void)
{
  return gdk_x11_display_get_xdisplay(gdk_display_get_default());
}

static BenchFrame *
last_frame(BenchWatch *self)
{
  return &g_array_index(self->frames, BenchFrame, self->frames->len - 1);
}

static gint64
processor_time(void)
{
  struct timespec time;

  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* An emission hook comes before the events of this frame are handled. */
static gboolean
flushed(GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer user)
{
  ((BenchWatch *)user)->flushed = g_get_monotonic_time();
  ((BenchWatch *)user)->processor = processor_time();
  return TRUE;
}

/* Frames that no event waits for have no flush. */
static void
begun(GdkFrameClock *clock, BenchWatch *self)
{
  BenchFrame frame = {.times = {self->flushed ? self->flushed : g_get_monotonic_time()}};

  if (!self->flushed)
    self->processor = processor_time();
  g_array_append_val(self->frames, frame);
  self->flushed = 0;
}

static void
write_time(BenchWatch *self, BenchTime time)
{
  if (self->frames->len > 0)
    last_frame(self)->times[time] = g_get_monotonic_time();
}

static void
updated(GdkFrameClock *clock, BenchWatch *self)
{
  write_time(self, BENCH_UPDATED);
}

static void
laid_out(GdkFrameClock *clock, BenchWatch *self)
{
  write_time(self, BENCH_LAID_OUT);
}

/* A frame has only the steps that somebody asked for. */
static void
fill_gaps(BenchFrame *frame)
{
  for (int i = BENCH_UPDATED; i < BENCH_N_TIMES; i++)
    if (frame->times[i] == 0)
      frame->times[i] = frame->times[i - 1];
}

static void
painted(GdkFrameClock *clock, BenchWatch *self)
{
  write_time(self, BENCH_PAINTED);
  if (self->frames->len > 0)
    last_frame(self)->processor = processor_time() - self->processor;
}

static void
shown(GdkFrameClock *clock, BenchWatch *self)
{
  MsDisplay *display = self->window->shown;
  BenchFrame *frame;

  XSync(xdisplay(), False);
  if (self->frames->len == 0)
    return;
  frame = last_frame(self);
  frame->times[BENCH_SHOWN] = g_get_monotonic_time();
  frame->example = display ? display->frame->example : G_MAXUINT;
  fill_gaps(frame);
  g_atomic_int_inc(&self->n_frames);
}

static void
watch_frames(BenchWatch *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(self->window));

  self->hook = g_signal_add_emission_hook(g_signal_lookup("flush-events", GDK_TYPE_FRAME_CLOCK), 0,
                                          flushed, self, NULL);
  g_signal_connect(clock, "before-paint", G_CALLBACK(begun), self);
  g_signal_connect_after(clock, "update", G_CALLBACK(updated), self);
  g_signal_connect_after(clock, "layout", G_CALLBACK(laid_out), self);
  g_signal_connect_after(clock, "paint", G_CALLBACK(painted), self);
  g_signal_connect_after(clock, "after-paint", G_CALLBACK(shown), self);
}

/* --- the window --- */

BenchWatch *
bench_watch_new(const char *set, int width, int height, gboolean scored)
{
  BenchWatch *self = g_new0(BenchWatch, 1);

  self->window = viewer_test_open(NULL);
  gtk_window_set_default_size(GTK_WINDOW(self->window), width, height);
  ms_window_open_path(self->window, set);
  while (!self->window->set || !ms_window_is_up_to_date(self->window) ||
         (scored && !viewer_test_is_scored(self->window)))
    g_main_context_iteration(NULL, TRUE);
  test_display_settle(GTK_WIDGET(self->window));
  self->frames = g_array_new(FALSE, FALSE, sizeof(BenchFrame));
  watch_frames(self);
  return self;
}

void
bench_watch_free(BenchWatch *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(self->window));

  g_signal_remove_emission_hook(g_signal_lookup("flush-events", GDK_TYPE_FRAME_CLOCK), self->hook);
  g_signal_handlers_disconnect_by_data(clock, self);
  g_array_unref(self->frames);
  viewer_test_close(self->window);
  g_free(self);
}

void
bench_watch_find(BenchWatch *self, double image_x, double image_y, int *x, int *y)
{
  GtkWidget *canvas = GTK_WIDGET(self->window->canvas);
  GtkNative *native = GTK_NATIVE(self->window);
  Window window = gdk_x11_surface_get_xid(gtk_native_get_surface(native)), child;
  double view_x, view_y, window_x, window_y, shadow_x, shadow_y;

  ms_view_from_image(ms_canvas_get_view(self->window->canvas), image_x, image_y, &view_x, &view_y);
  gtk_native_get_surface_transform(native, &shadow_x, &shadow_y);
  if (!gtk_widget_translate_coordinates(canvas, GTK_WIDGET(native), view_x, view_y, &window_x,
                                        &window_y))
    g_error("the canvas is not in the window");
  XTranslateCoordinates(xdisplay(), window, DefaultRootWindow(xdisplay()),
                        (int)(shadow_x + window_x), (int)(shadow_y + window_y), x, y, &child);
}

/* --- observing --- */

typedef struct {
  void (*observe)(BenchScreen *screen, gpointer user);
  gpointer user;
  gboolean done;
} Observation;

static gboolean
finish(gpointer user)
{
  ((Observation *)user)->done = TRUE;
  return G_SOURCE_REMOVE;
}

static gpointer
observe_thread(gpointer user)
{
  Observation *observation = user;
  BenchScreen *screen = bench_screen_open();

  observation->observe(screen, observation->user);
  bench_screen_close(screen);
  g_idle_add(finish, observation);
  return NULL;
}

void
bench_watch_observe(void (*observe)(BenchScreen *screen, gpointer user), gpointer user)
{
  Observation observation = {observe, user, FALSE};
  GThread *thread = g_thread_new("observer", observe_thread, &observation);

  while (!observation.done)
    g_main_context_iteration(NULL, TRUE);
  g_thread_join(thread);
}

typedef struct {
  gboolean (*question)(gpointer user);
  gpointer user;
  GAsyncQueue *answers;
} Inquiry;

static gboolean
answer(gpointer user)
{
  Inquiry *inquiry = user;

  g_async_queue_push(inquiry->answers, GINT_TO_POINTER(inquiry->question(inquiry->user) ? 1 : 2));
  return G_SOURCE_REMOVE;
}

gboolean
bench_watch_until(gboolean (*question)(gpointer user), gpointer user)
{
  gint64 end = g_get_monotonic_time() + PATIENCE_S * G_USEC_PER_SEC;
  g_autoptr(GAsyncQueue) answers = g_async_queue_new();
  Inquiry inquiry = {question, user, answers};
  gboolean is = FALSE;

  while (!is && g_get_monotonic_time() < end) {
    g_idle_add_full(G_PRIORITY_LOW, answer, &inquiry, NULL);
    is = GPOINTER_TO_INT(g_async_queue_pop(answers)) == 1;
    if (!is)
      g_usleep(2000);
  }
  return is;
}

/* --- numbers --- */

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return (first > second) - (first < second);
}

double
bench_percentile(GArray *milliseconds, double share)
{
  if (milliseconds->len == 0)
    return 0;
  g_array_sort(milliseconds, compare_doubles);
  return g_array_index(milliseconds, double, (guint)(share * (milliseconds->len - 1) + 0.5));
}
