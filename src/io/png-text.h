/* SPDX-License-Identifier: MIT
 *
 * The text of a PNG, for both writers: samples, rows of a picture.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of png_text, which lend from text: key, value, ..., NULL (may be NULL). tEXt holds Latin-1; what
 * is not ASCII goes into an iTXt chunk, which holds UTF-8. Caller unrefs. */
GArray *ms_png_collect_text(const char *const *text);

G_END_DECLS
