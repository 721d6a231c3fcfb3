/* SPDX-License-Identifier: MIT
 *
 * The raw samples of a decoded file, exactly as the file holds them: palette indices stay indices,
 * 1-, 2- and 4-bit grey is not scaled, 16 bits stay 16 bits (native order), alpha and gamma change
 * nothing. What they mean as a mask is decided in set/reading.h. Immutable.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  MS_COLOR_GREY,
  MS_COLOR_GREY_ALPHA,
  MS_COLOR_RGB,
  MS_COLOR_RGBA,
  MS_COLOR_PALETTE,
} MsColorType;

typedef struct {
  int width;
  int height;
  MsColorType color;
  int depth;    /* bits a sample in the file: 1, 2, 4, 8 or 16 */
  int channels; /* 1, 2, 3 or 4 */
  int bytes;    /* bytes a sample in memory: 1, or 2 when depth is 16 */
  gsize stride; /* bytes a row: width * channels * bytes, not padded */
  guint8 *pixels;
  int n_palette;          /* PALETTE: entries, else 0 */
  guint8 palette[256][4]; /* red, green, blue, alpha */
  gboolean lossy;         /* decoded from JPEG or another lossy form: colours ring */
} MsSamples;

/* Samples a pixel: 1, 2, 3 or 4. */
int ms_color_channels(MsColorType color);

/* Zeroed memory for pixels, g_free()'s; factors, not products, so that nothing wraps. NULL with
 * MS_IO_ERROR_TOO_LARGE when the sides are out of range or the memory cannot be had. */
guint8 *ms_pixels_new(int width, int height, gsize pixel_bytes, const char *name, GError **error);

/* Pixels are zeroed. Errors as above. */
MsSamples *ms_samples_new(int width, int height, MsColorType color, int depth, const char *name,
                          GError **error);
void ms_samples_free(MsSamples *samples);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSamples, ms_samples_free)

/* Largest sample the depth can hold: 1, 3, 15, 255 or 65,535. */
guint ms_samples_maximum(const MsSamples *samples);

G_END_DECLS
