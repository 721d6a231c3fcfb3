/* SPDX-License-Identifier: MIT
 *
 * Frames while a large image is dragged and zoomed. What a frame costs ends when the X server has
 * drawn it; a window is smooth as long as that is less than the screen's 16.7 ms.
 */
#include "app/viewer-test.h"
#include "render/scene.h"
#include "window-parts.h"

#define SIDE       16384
#define N_FRAMES   240
#define EVENT_US   2000
#define RADIUS     250 /* of the circle that the drag goes round */
#define N_CLICKS   16  /* of the wheel in, then out again */
#define N_PAINTED  15
#define FRAME_MS   (1000.0 / 60)
#define PATIENCE_S 8
#define CLICK_US   12000

typedef struct {
  BenchWatch *watch;
  int x, y;     /* of the middle of the canvas, on the screen */
  int end;      /* number of the frame with which it is over */
  gint64 until; /* or when, where frames are slow */
} Scene;

static gboolean
is_over(const Scene *scene)
{
  return g_atomic_int_get(&scene->watch->n_frames) >= scene->end ||
         g_get_monotonic_time() > scene->until;
}

static void
drag(BenchScreen *screen, gpointer user)
{
  Scene *scene = user;

  bench_screen_move(screen, scene->x + RADIUS, scene->y);
  bench_screen_button(screen, 1, TRUE);
  for (int i = 0; !is_over(scene); i++) {
    bench_screen_move(screen, scene->x + (int)(RADIUS * cos(i * 0.02)),
                      scene->y + (int)(RADIUS * sin(i * 0.02)));
    g_usleep(EVENT_US);
  }
  bench_screen_button(screen, 1, FALSE);
}

static void
wheel(BenchScreen *screen, gpointer user)
{
  Scene *scene = user;

  bench_screen_move(screen, scene->x + RADIUS, scene->y);
  for (int i = 0; !is_over(scene) || i % (2 * N_CLICKS) != 0; i++) {
    guint button = i % (2 * N_CLICKS) < N_CLICKS ? 4 : 5;

    bench_screen_button(screen, button, TRUE);
    bench_screen_button(screen, button, FALSE);
    g_usleep(CLICK_US);
  }
}

static void
type(BenchScreen *screen, gpointer user)
{
  Scene *scene = user;

  for (int i = 0; !is_over(scene) || i % (2 * N_CLICKS) != 0; i++) {
    const char *key = i % (2 * N_CLICKS) < N_CLICKS ? "KP_Add" : "KP_Subtract";

    bench_screen_press(screen, key);
    bench_screen_release(screen, key);
    g_usleep(CLICK_US);
  }
}

/* --- numbers --- */

static GArray *
spans(const GArray *frames, BenchTime from, BenchTime to)
{
  GArray *result = g_array_new(FALSE, FALSE, sizeof(double));

  for (guint i = 0; i < frames->len; i++) {
    const BenchFrame *frame = &g_array_index(frames, BenchFrame, i);
    double span = (double)(frame->times[to] - frame->times[from]) / 1000;

    if (frame->times[BENCH_SHOWN] != 0)
      g_array_append_val(result, span);
  }
  return result;
}

static double
median(const GArray *frames, BenchTime from, BenchTime to)
{
  g_autoptr(GArray) milliseconds = spans(frames, from, to);

  return bench_percentile(milliseconds, 0.5);
}

/* What the main thread works for a frame, whatever else the machine does. */
static double
median_processor(const GArray *frames)
{
  g_autoptr(GArray) milliseconds = g_array_new(FALSE, FALSE, sizeof(double));

  for (guint i = 0; i < frames->len; i++) {
    double span = (double)g_array_index(frames, BenchFrame, i).processor / 1000;

    g_array_append_val(milliseconds, span);
  }
  return bench_percentile(milliseconds, 0.5);
}

static double
frames_per_second(const GArray *frames)
{
  const BenchFrame *first = &g_array_index(frames, BenchFrame, 0);
  const BenchFrame *last = &g_array_index(frames, BenchFrame, frames->len - 1);

  return (frames->len - 1) * 1e6 / (double)(last->times[BENCH_BEGUN] - first->times[BENCH_BEGUN]);
}

static double
share_late(const GArray *milliseconds)
{
  guint late = 0;

  for (guint i = 0; i < milliseconds->len; i++)
    late += g_array_index(milliseconds, double, i) > FRAME_MS;
  return 100.0 * late / MAX(1, milliseconds->len);
}

/* What painting the whole view costs by itself, as it stands. */
static double
paint_alone(MsWindow *window, gboolean with_overlay)
{
  const MsView *view = ms_canvas_get_view(window->canvas);
  MsScene scene = {.image = window->shown->image,
                   .overlay =
                       with_overlay ? ms_display_layer(window->shown, MS_LAYER_ERRORS) : NULL,
                   .style = window->style,
                   .opacity = 0.5};
  g_autoptr(GArray) milliseconds = g_array_new(FALSE, FALSE, sizeof(double));
  cairo_rectangle_int_t device;
  cairo_surface_t *surface;

  g_assert_true(ms_compose_visible(view, &device));
  surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, device.width, device.height);
  for (int i = 0; i < N_PAINTED; i++) {
    gint64 start = g_get_monotonic_time();
    double span;

    ms_scene_paint(&scene, view, &device, cairo_image_surface_get_data(surface),
                   cairo_image_surface_get_stride(surface));
    span = (double)(g_get_monotonic_time() - start) / 1000;
    g_array_append_val(milliseconds, span);
  }
  cairo_surface_destroy(surface);
  return bench_percentile(milliseconds, 0.5);
}

static void
print_row(const char *name, double zoom, BenchWatch *watch)
{
  GArray *frames = watch->frames;
  g_autoptr(GArray) costs = spans(frames, BENCH_BEGUN, BENCH_SHOWN);
  double late = share_late(costs);

  g_print(
      "%-22s %6.3f %5u %6.1f | %6.1f %6.1f %6.1f %5.1f%% | %6.1f | %6.1f %6.1f %6.1f %6.1f | %6.1f "
      "%6.1f\n",
      name, zoom, frames->len, frames_per_second(frames), bench_percentile(costs, 0.5),
      bench_percentile(costs, 0.95), bench_percentile(costs, 1), late, median_processor(frames),
      median(frames, BENCH_BEGUN, BENCH_UPDATED), median(frames, BENCH_UPDATED, BENCH_LAID_OUT),
      median(frames, BENCH_LAID_OUT, BENCH_PAINTED), median(frames, BENCH_PAINTED, BENCH_SHOWN),
      paint_alone(watch->window, FALSE), paint_alone(watch->window, TRUE));
}

static void
play(BenchWatch *watch, const char *name, double zoom,
     void (*observe)(BenchScreen *screen, gpointer user))
{
  GtkWidget *canvas = GTK_WIDGET(watch->window->canvas);
  const MsView *view = ms_canvas_get_view(watch->window->canvas);
  Scene scene = {.watch = watch};

  if (zoom > 0)
    ms_canvas_zoom_to(watch->window->canvas, zoom, FALSE);
  else
    ms_canvas_fit(watch->window->canvas);
  test_display_settle(canvas);
  zoom = view->zoom;
  bench_watch_find(watch, view->centre_x, view->centre_y, &scene.x, &scene.y);
  g_array_set_size(watch->frames, 0);
  scene.end = g_atomic_int_get(&watch->n_frames) + N_FRAMES;
  scene.until = g_get_monotonic_time() + PATIENCE_S * G_USEC_PER_SEC;
  bench_watch_observe(observe, &scene);
  print_row(name, zoom, watch);
}

static int
wanted_side(void)
{
  const char *side = g_getenv("MASKSCOPE_BENCH_SIDE");

  return side ? (int)g_ascii_strtoll(side, NULL, 10) : SIDE;
}

void
bench_frames(const TestFolder *folder)
{
  int side = wanted_side();
  g_autofree char *path = test_path(folder, "large");
  gint64 start;
  BenchWatch *watch;

  if (!g_file_test(path, G_FILE_TEST_IS_DIR))
    bench_write_set(folder, "large", 1, 1, side);
  start = g_get_monotonic_time();
  watch = bench_watch_new(path, 1920, 1080, FALSE);
  g_print("\nframes: %d x %d in a window of 1920 x 1080, %s; first picture after %.1f s\n", side,
          side, G_OBJECT_TYPE_NAME(gtk_native_get_renderer(GTK_NATIVE(watch->window))),
          (double)(g_get_monotonic_time() - start) / 1e6);
  g_print("%-22s %6s %5s %6s | %6s %6s %6s %6s | %6s | %6s %6s %6s %6s | %6s %6s\n", "ms", "zoom",
          "frames", "per s", "p50", "p95", "max", ">16.7", "cpu", "update", "layout", "paint",
          "server", "image", "overlay");
  play(watch, "drag", 0.12, drag);
  play(watch, "drag", 0.7, drag);
  play(watch, "drag", 1, drag);
  play(watch, "drag", 3, drag);
  play(watch, "wheel", 0, wheel);
  play(watch, "wheel", 0.5, wheel);
  play(watch, "keys", 0, type);
  gtk_widget_activate_action(GTK_WIDGET(watch->window), "win.toggle-panels", NULL);
  test_display_settle(GTK_WIDGET(watch->window));
  play(watch, "drag, without panels", 0.7, drag);
  play(watch, "drag, without panels", 1, drag);
  play(watch, "wheel, without panels", 0.5, wheel);
  gtk_widget_activate_action(GTK_WIDGET(watch->window), "win.toggle-panels", NULL);
  bench_watch_free(watch);
}
