/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>

#define LOOK_US    200 /* between two looks */
#define PATIENCE_S 10

struct BenchScreen {
  Display *display;
};

BenchScreen *
bench_screen_open(void)
{
  BenchScreen *self = g_new0(BenchScreen, 1);

  self->display = XOpenDisplay(NULL);
  if (!self->display)
    g_error("the X server cannot be reached");
  return self;
}

void
bench_screen_close(BenchScreen *self)
{
  XCloseDisplay(self->display);
  g_free(self);
}

static void
fake_key(BenchScreen *self, const char *key, gboolean press)
{
  XTestFakeKeyEvent(self->display, XKeysymToKeycode(self->display, XStringToKeysym(key)), press,
                    CurrentTime);
  XSync(self->display, False);
}

void
bench_screen_press(BenchScreen *self, const char *key)
{
  fake_key(self, key, TRUE);
}

void
bench_screen_release(BenchScreen *self, const char *key)
{
  fake_key(self, key, FALSE);
}

void
bench_screen_move(BenchScreen *self, int x, int y)
{
  XTestFakeMotionEvent(self->display, 0, x, y, CurrentTime);
  XSync(self->display, False);
}

void
bench_screen_button(BenchScreen *self, guint button, gboolean press)
{
  XTestFakeButtonEvent(self->display, button, press, CurrentTime);
  XSync(self->display, False);
}

static guint32
look_at(BenchScreen *self, int x, int y)
{
  XImage *image =
      XGetImage(self->display, DefaultRootWindow(self->display), x, y, 1, 1, AllPlanes, ZPixmap);
  guint32 rgb = image ? XGetPixel(image, 0, 0) & 0xffffff : 0;

  if (image)
    XDestroyImage(image);
  return rgb;
}

static gboolean
is_near(guint32 a, guint32 b)
{
  for (int shift = 0; shift < 24; shift += 8)
    if (ABS((int)((a >> shift) & 0xff) - (int)((b >> shift) & 0xff)) > BENCH_TOLERANCE)
      return FALSE;
  return TRUE;
}

gboolean
bench_screen_shows(BenchScreen *self, const BenchProbe *probes, guint n_probes)
{
  for (guint i = 0; i < n_probes; i++)
    if (!is_near(look_at(self, probes[i].x, probes[i].y), probes[i].rgb))
      return FALSE;
  return TRUE;
}

gboolean
bench_screen_await(BenchScreen *self, const BenchProbe *probes, guint n_probes)
{
  gint64 end = g_get_monotonic_time() + PATIENCE_S * G_USEC_PER_SEC;

  while (!bench_screen_shows(self, probes, n_probes)) {
    if (g_get_monotonic_time() > end)
      return FALSE;
    g_usleep(LOOK_US);
  }
  return TRUE;
}

guint32
bench_screen_sum(BenchScreen *self, int x, int y, int side)
{
  XImage *image = XGetImage(self->display, DefaultRootWindow(self->display), x, y, (unsigned)side,
                            (unsigned)side, AllPlanes, ZPixmap);
  guint32 sum = 0;

  if (!image)
    return 0;
  for (int row = 0; row < side; row++) {
    const guint32 *pixels = (gpointer)(image->data + row * image->bytes_per_line);

    for (int i = 0; i < side; i++)
      sum = sum * 31 + (pixels[i] & 0xffffff);
  }
  XDestroyImage(image);
  return sum;
}

static Window
find_window(BenchScreen *self, int width, int height)
{
  Window root, parent, *children, found = None;
  unsigned n_children;

  if (!XQueryTree(self->display, DefaultRootWindow(self->display), &root, &parent, &children,
                  &n_children))
    return None;
  for (unsigned i = 0; i < n_children; i++) {
    XWindowAttributes attributes;

    if (XGetWindowAttributes(self->display, children[i], &attributes) &&
        attributes.map_state == IsViewable && attributes.width == width &&
        attributes.height == height)
      found = children[i];
  }
  XFree(children);
  return found;
}

gboolean
bench_screen_focus(BenchScreen *self, int width, int height)
{
  gint64 end = g_get_monotonic_time() + PATIENCE_S * G_USEC_PER_SEC;
  Window window = None;

  while ((window = find_window(self, width, height)) == None) {
    if (g_get_monotonic_time() > end)
      return FALSE;
    g_usleep(LOOK_US);
  }
  XSetInputFocus(self->display, window, RevertToParent, CurrentTime);
  XSync(self->display, False);
  return TRUE;
}
