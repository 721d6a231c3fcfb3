/* SPDX-License-Identifier: MIT
 *
 * A real window with a set in it, for the display tests.
 */
#pragma once

#include "app/window-private.h"
#include "display-test.h"

/* The folder of a sample set of the source tree; caller frees. */
char *viewer_test_sample(const char *name);

/* A focused window; with a path, the set is open and its first example painted. */
MsWindow *viewer_test_open(const char *path);
void viewer_test_close(MsWindow *window);

/* The chosen example is the painted one, under the rules in force. */
gboolean viewer_test_is_painted(MsWindow *window);

/* Every example of the model is scored. */
gboolean viewer_test_is_scored(MsWindow *window);

/* The text of the message bar, or NULL when none is shown. */
const char *viewer_test_message(MsWindow *window);
