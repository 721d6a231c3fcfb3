/* SPDX-License-Identifier: MIT
 *
 * A real window with a set in it, for the display tests.
 */
#pragma once

#include "app/window-private.h"
#include "display-test.h"
#include "support/files.h"

/* The folder of a sample set of the source tree; caller frees. */
char *viewer_test_sample(const char *name);

/* A focused window; with a path, the set is open and its first example painted. */
MsWindow *viewer_test_open(const char *path);
/* The same of the set of two label tables, given as text: actual labels, and scores of a model
 * "net". */
MsWindow *viewer_test_open_scores(const TestFolder *folder, const char *actual, const char *scores);
void viewer_test_close(MsWindow *window);

/* The chosen example is the painted one, under the rules in force, as it is to be painted. */
gboolean viewer_test_is_painted(MsWindow *window);

/* Presses a key and waits until it has led to that example, painted and drawn. */
void viewer_test_step(MsWindow *window, const char *key, guint expected_example);

/* The number of a model of the set. */
guint viewer_test_model(MsWindow *window, const char *name);

/* 0xRRGGBB of a pixel of the image that is shown. */
guint32 viewer_test_image_pixel(MsWindow *window, int x, int y);

/* How many places of the canvas, one for every seventh pixel of the masks either way, are not of
 * the colour that image and (with_overlay) kinds and opacity make. */
guint viewer_test_count_wrong_pixels(MsWindow *window, gboolean with_overlay);

/* A child that the template of a widget names. Fails the test where there is none. */
gpointer viewer_test_child(gpointer widget, const char *name);
/* The text of such a label. */
const char *viewer_test_text(gpointer widget, const char *name);

/* The widget itself and all below it, each before its children. The caller's array, lent widgets.
 */
GPtrArray *viewer_test_tree(gpointer widget);
/* The first one below of a type. */
gpointer viewer_test_find(gpointer widget, GType type);

/* Every example of the model is scored. */
gboolean viewer_test_is_scored(MsWindow *window);

/* The text of the message bar, or NULL when none is shown. */
const char *viewer_test_message(MsWindow *window);

/* Whether a widget is the label of a column's heading; the sorted column's has an arrow behind it.
 */
gboolean viewer_test_is_heading(gpointer widget, const char *title);
