/* SPDX-License-Identifier: MIT
 *
 * How far the reading of a folder has come whose first examples are shown already, and the button
 * that ends it; then, that they are a part, and the button that reads the rest.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MS_TYPE_READING_PROGRESS (ms_reading_progress_get_type())
G_DECLARE_FINAL_TYPE(MsReadingProgress, ms_reading_progress, MS, READING_PROGRESS, GtkWidget)

/* The folder is being read. */
void ms_reading_progress_show(MsReadingProgress *self, const char *text);
/* It was not read to its end. */
void ms_reading_progress_show_part(MsReadingProgress *self, const char *text);
void ms_reading_progress_hide(MsReadingProgress *self);

G_END_DECLS
