/* SPDX-License-Identifier: MIT
 *
 * The raw samples of a decoded file, exactly as the file holds them: palette indices stay indices,
 * 1-, 2- and 4-bit grey is not scaled, 16 bits stay 16 bits (native order), alpha and gamma change
 * nothing. Whole numbers of other types (signed, 32 and 64 bits, floats without a fraction) are
 * held in the fewest bytes that hold them all, and say so by their type. What samples mean as a
 * mask is decided in set/reading.h. Immutable.
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

/* What a sample is. Only SCALED ones have a largest value that could mean "all of it". */
typedef enum {
  MS_SAMPLES_SCALED,  /* unsigned, 1 to 16 bits, as PNG has them: depth bits */
  MS_SAMPLES_NUMBERS, /* whole numbers of a wider type: bytes 1, 2 or 4, depth 32. A negative one
                       * is held as 2^32 + value, in 4 bytes */
  MS_SAMPLES_FLOATS,  /* float32, finite, at least one with a fraction: bytes 4, depth 32 */
} MsSampleType;

/* A negative number, as MS_SAMPLES_NUMBERS holds it. */
#define MS_SAMPLE_IS_NEGATIVE(value) ((value) > G_MAXINT32)

typedef struct {
  int width;
  int height;
  MsColorType color; /* GREY unless SCALED */
  MsSampleType type;
  int depth;    /* SCALED: bits a sample in the file, 1, 2, 4, 8 or 16; else 32 */
  int channels; /* 1, 2, 3 or 4 */
  int bytes;    /* bytes a sample in memory: 1; 2; 4 for NUMBERS and FLOATS alone */
  gsize stride; /* bytes a row: width * channels * bytes, not padded */
  guint8 *pixels;
  int n_palette;          /* PALETTE: entries, else 0 */
  guint8 palette[256][4]; /* red, green, blue, alpha */
  gboolean lossy;         /* decoded from JPEG or another lossy form: colours ring */
  char *note; /* what a reader should be told about how it was decoded ("21 channels: the
               * highest is the id"); NULL: nothing */
} MsSamples;

/* Samples a pixel: 1, 2, 3 or 4. */
int ms_color_channels(MsColorType color);

/* Memory of any content for `size` bytes of pixels that are there to stay, g_free()'s; NULL: there
 * is none. */
guint8 *ms_pixels_take(gsize size);

/* Zeroed memory for pixels, g_free()'s; factors, not products, so that nothing wraps. NULL with
 * MS_IO_ERROR_TOO_LARGE when the sides are out of range or the memory cannot be had. */
guint8 *ms_pixels_new(int width, int height, gsize pixel_bytes, const char *name, GError **error);

/* SCALED ones; pixels are zeroed. Errors as above. */
MsSamples *ms_samples_new(int width, int height, MsColorType color, int depth, const char *name,
                          GError **error);
/* The same of pixels that are there, g_malloc()'s, taken over; sides and size are right. */
MsSamples *ms_samples_new_of(int width, int height, MsColorType color, int depth, guint8 *pixels);
void ms_samples_free(MsSamples *samples);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsSamples, ms_samples_free)

/* One channel of numbers in 4 bytes each, zeroed; see ms_samples_settle(). Errors as above. */
MsSamples *ms_samples_new_numbers(int width, int height, const char *name, GError **error);

/* The same of floats. Give them to ms_samples_settle() once they are filled. */
MsSamples *ms_samples_new_floats(int width, int height, const char *name, GError **error);

/* Puts NUMBERS into the fewest bytes that hold them; FLOATS that are all whole numbers from -2^31
 * to 2^32 - 1 become such NUMBERS. NaN and infinity are an error that names the pixel
 * (MS_IO_ERROR_UNSUPPORTED). */
gboolean ms_samples_settle(MsSamples *samples, const char *name, GError **error);

/* SCALED: largest sample the depth can hold: 1, 3, 15, 255 or 65,535. */
guint ms_samples_maximum(const MsSamples *samples);

G_END_DECLS
