/* SPDX-License-Identifier: MIT
 *
 * An X server of the test's own (Xvfb), real key events through XTest, and looks at what widgets
 * draw. Nothing sleeps: conditions are awaited with the main loop, with a cap.
 */
#pragma once

#include <gtk/gtk.h>

/* All that a program's main() does: starts Xvfb and GTK on it, has the tests added, runs them, ends
 * the server. Where there is no Xvfb it skips them, saying so. */
int test_display_main(int argc, char **argv, void (*add_tests)(void));

/* Gives a window the keyboard (no window manager runs) and waits until it has it. */
void test_display_focus(GtkWindow *window);

/* Takes the keyboard away, as when another program is given it, and waits until it is gone. */
void test_display_unfocus(GtkWindow *window);

/* Presses and releases a key through the X server: "Right", "o", "Control_L+f". */
void test_display_key(const char *keys);
/* Only presses, only releases. */
void test_display_press(const char *key);
void test_display_release(const char *key);

/* Moves the pointer onto the middle of a widget, or (NULL) off all windows. */
void test_display_point(GtkWidget *widget);
/* The same onto a place of the widget, and its buttons (1: the first) pressed or released there. */
void test_display_point_at(GtkWidget *widget, double x, double y);
void test_display_button(guint button, gboolean press);

/* Draws a widget as it is on screen into an image surface of its size (logical pixels). */
cairo_surface_t *test_display_draw(GtkWidget *widget);
/* 0xRRGGBB at a place of such a surface. */
guint32 test_display_pixel(cairo_surface_t *surface, int x, int y);

/* Runs the main loop until `condition` holds; fails the test after half a minute. */
#define test_until(condition)                                                                      \
  G_STMT_START {                                                                                   \
    gboolean test_late = FALSE;                                                                    \
    guint test_cap = g_timeout_add_seconds(30, test_display_late, &test_late);                     \
    while (!(condition) && !test_late)                                                             \
      g_main_context_iteration(NULL, TRUE);                                                        \
    if (test_late)                                                                                 \
      g_error("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition);                    \
    g_source_remove(test_cap);                                                                     \
  }                                                                                                \
  G_STMT_END

gboolean test_display_late(gpointer late);

/* Lets everything that is already due happen, one drawn frame included. */
void test_display_settle(GtkWidget *widget);
