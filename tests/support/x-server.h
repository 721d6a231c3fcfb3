/* SPDX-License-Identifier: MIT
 *
 * An X server of a program's own: Xvfb on a free display, gone with the program.
 */
#pragma once

#include <glib.h>

/* screen: "1400x1000x24". The display's name, ":7"; caller frees. NULL where there is no Xvfb. */
char *test_x_server_start(const char *screen, GError **error);

void test_x_server_stop(void);
