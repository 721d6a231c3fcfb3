/* SPDX-License-Identifier: MIT */
#include "display-test.h"

#include <X11/Xlib.h>
#include <X11/extensions/XTest.h>
#include <gdk/x11/gdkx.h>

#include "support/files.h"
#include "support/x-server.h"

/* What may be made again is made here, not in the user's own cache. */
static TestFolder cache;

static gboolean
start(void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *display = test_x_server_start("1400x1000x24", &error);

  if (!display) {
    g_print("1..0 # SKIP Xvfb cannot be started: %s\n", error->message);
    return FALSE;
  }
  cache = test_folder_new();
  g_setenv("MASKSCOPE_CACHE", cache.path, TRUE);
  g_setenv("DISPLAY", display, TRUE);
  g_unsetenv("WAYLAND_DISPLAY");
  g_setenv("GDK_BACKEND", "x11", TRUE);
  g_setenv("GSK_RENDERER", "cairo", TRUE);
  g_setenv("GTK_A11Y", "test", TRUE);
  g_setenv("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv("GTK_THEME", "Default", TRUE);
  /* No bus of the desktop's, and none started for the test. */
  g_setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  /* Nothing here is drawn with GL, whose drivers leak. The switch was renamed. */
  if (gtk_get_minor_version() < 16)
    g_setenv("GDK_DEBUG", "gl-disable", TRUE);
  else
    g_setenv("GDK_DISABLE", "gl", TRUE);
  gtk_init();
  g_object_set(gtk_settings_get_default(), "gtk-enable-animations", FALSE, NULL);
  return TRUE;
}

int
test_display_main(int argc, char **argv, void (*add_tests)(void))
{
  int status;

  g_test_init(&argc, &argv, NULL);
  if (!start())
    return 0;
  add_tests();
  status = g_test_run();
  test_x_server_stop();
  test_folder_clear(&cache);
  return status;
}

static Display *
xdisplay(void)
{
  return gdk_x11_display_get_xdisplay(gdk_display_get_default());
}

void
test_display_focus(GtkWindow *window)
{
  GdkSurface *surface;

  gtk_window_present(window);
  test_until(gtk_widget_get_mapped(GTK_WIDGET(window)) &&
             gtk_widget_get_width(GTK_WIDGET(window)) > 0);
  surface = gtk_native_get_surface(GTK_NATIVE(window));
  test_display_settle(GTK_WIDGET(window));
  XSetInputFocus(xdisplay(), gdk_x11_surface_get_xid(surface), RevertToParent, CurrentTime);
  XFlush(xdisplay());
  test_until(gtk_window_is_active(window));
}

void
test_display_unfocus(GtkWindow *window)
{
  XSetInputFocus(xdisplay(), None, RevertToNone, CurrentTime);
  XFlush(xdisplay());
  test_until(!gtk_window_is_active(window));
}

static void
fake_key(const char *key, gboolean press)
{
  KeyCode code = XKeysymToKeycode(xdisplay(), XStringToKeysym(key));

  g_assert_cmpint(code, !=, 0);
  XTestFakeKeyEvent(xdisplay(), code, press, CurrentTime);
  XFlush(xdisplay());
}

void
test_display_press(const char *key)
{
  fake_key(key, TRUE);
}

void
test_display_release(const char *key)
{
  fake_key(key, FALSE);
}

void
test_display_key(const char *keys)
{
  g_auto(GStrv) parts = g_strsplit(keys, "+", -1);
  int n = (int)g_strv_length(parts);

  for (int i = 0; i < n; i++)
    fake_key(parts[i], TRUE);
  for (int i = n - 1; i >= 0; i--)
    fake_key(parts[i], FALSE);
  XSync(xdisplay(), False);
}

/* A window's surface is larger than the window by its shadow. */
static void
find_on_screen(GtkWidget *widget, double in_x, double in_y, int *x, int *y)
{
  GtkNative *native = gtk_widget_get_native(widget);
  Window window = gdk_x11_surface_get_xid(gtk_native_get_surface(native)), child;
  double shadow_x, shadow_y, widget_x, widget_y;

  gtk_native_get_surface_transform(native, &shadow_x, &shadow_y);
  g_assert_true(gtk_widget_translate_coordinates(widget, GTK_WIDGET(native), in_x, in_y, &widget_x,
                                                 &widget_y));
  XTranslateCoordinates(xdisplay(), window, DefaultRootWindow(xdisplay()),
                        (int)(shadow_x + widget_x), (int)(shadow_y + widget_y), x, y, &child);
}

static void
point(int x, int y)
{
  XTestFakeMotionEvent(xdisplay(), 0, x, y, CurrentTime);
  XFlush(xdisplay());
}

void
test_display_point_at(GtkWidget *widget, double x, double y)
{
  int screen_x, screen_y;

  find_on_screen(widget, x, y, &screen_x, &screen_y);
  point(screen_x, screen_y);
}

void
test_display_point(GtkWidget *widget)
{
  if (widget)
    test_display_point_at(widget, gtk_widget_get_width(widget) / 2.0,
                          gtk_widget_get_height(widget) / 2.0);
  else
    point(DisplayWidth(xdisplay(), 0) - 1, DisplayHeight(xdisplay(), 0) - 1);
}

void
test_display_button(guint button, gboolean press)
{
  XTestFakeButtonEvent(xdisplay(), button, press, CurrentTime);
  XFlush(xdisplay());
}

gboolean
test_display_late(gpointer late)
{
  *(gboolean *)late = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
count_frame(GtkWidget *widget, GdkFrameClock *clock, gpointer frames)
{
  return ++*(guint *)frames < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
test_display_settle(GtkWidget *widget)
{
  guint frames = 0;

  gtk_widget_add_tick_callback(widget, count_frame, &frames, NULL);
  test_until(frames >= 3);
}

cairo_surface_t *
test_display_draw(GtkWidget *widget)
{
  int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new(widget);
  GtkSnapshot *snapshot = gtk_snapshot_new();
  cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create(surface);
  GskRenderNode *node;

  gdk_paintable_snapshot(paintable, GDK_SNAPSHOT(snapshot), width, height);
  node = gtk_snapshot_free_to_node(snapshot);
  if (node) {
    gsk_render_node_draw(node, cr);
    gsk_render_node_unref(node);
  }
  cairo_destroy(cr);
  cairo_surface_flush(surface);
  return surface;
}

guint32
test_display_pixel(cairo_surface_t *surface, int x, int y)
{
  const guint8 *row =
      cairo_image_surface_get_data(surface) + (gsize)y * cairo_image_surface_get_stride(surface);

  return ((const guint32 *)row)[x] & 0xffffffu;
}
