/* SPDX-License-Identifier: MIT
 *
 * Masks of any size that compress to next to nothing.
 */
#pragma once

#include "support/files.h"

/* A grey mask whose left `columns` columns hold `value`, the others 0. */
void test_write_columns(const TestFolder *folder, const char *name, int width, int height,
                        int columns, guint8 value);
