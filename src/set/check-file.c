/* SPDX-License-Identifier: MIT
 *
 * One look at each sample, for whatever detectors will ask.
 */
#include "set/check-file.h"

#include <string.h>

#include "io/picture-size.h"
#include "set/file-facts.h"
#include "set/load.h"

void
ms_check_file_clear(MsCheckFile *file)
{
  g_free(file->message);
  g_clear_pointer(&file->values, g_array_unref);
}

/* --- masks ---------------------------------------------------------------------------------- */

/* What two masks have in common by chance has fewer changes than these. */
#define MIN_CHANGES 16
#define MIN_ROWS    8

/* A mask's samples, row by row. */
typedef struct {
  MsCheckFile *file;
  gsize row_bytes;
  gsize pixel; /* bytes */
  const guint8 *above;
  guint64 n_changes; /* pixels that differ from the one left of them */
  guint n_rows;      /* that differ from the one above */
} Look;

static Look
start_look(MsCheckFile *file, int width, int height, gsize pixel)
{
  file->has_hash = TRUE;
  file->pixels = MS_HASH_INIT;
  ms_hash_mix(&file->pixels, (guint64)width << 32 | (guint32)height);
  return (Look){.file = file, .row_bytes = (gsize)width * pixel, .pixel = pixel};
}

static guint64
count_changes(const guint8 *row, gsize row_bytes, gsize pixel)
{
  guint64 n_changes = 0;

  if (pixel == 1) {
    for (gsize x = 1; x < row_bytes; x++)
      n_changes += row[x] != row[x - 1];
    return n_changes;
  }
  for (gsize x = pixel; x < row_bytes; x += pixel)
    n_changes += memcmp(row + x, row + x - pixel, pixel) != 0;
  return n_changes;
}

static void
look_at_row(Look *look, const guint8 *row)
{
  ms_hash_mix_bytes(&look->file->pixels, row, look->row_bytes);
  if (look->above && memcmp(look->above, row, look->row_bytes) == 0)
    return;
  look->n_rows += look->above != NULL;
  look->n_changes += count_changes(row, look->row_bytes, look->pixel);
  look->above = row;
}

/* Rows between two looks at whether anybody still wants them. */
#define ROWS_A_TIME 256

static gboolean
is_wanted(int y, GCancellable *cancellable)
{
  return y % ROWS_A_TIME != 0 || !g_cancellable_is_cancelled(cancellable);
}

static void
end_look(const Look *look)
{
  look->file->flat = look->n_rows == 0 && look->n_changes == 0;
  look->file->rich = look->n_rows >= MIN_ROWS && look->n_changes >= MIN_CHANGES;
}

/* NULL: there are too many, or colours or floats. */
static GArray *
values_of(const MsSamples *samples)
{
  g_autoptr(MsFileFacts) facts = NULL;

  if (samples->type == MS_SAMPLES_FLOATS || samples->color == MS_COLOR_RGB ||
      samples->color == MS_COLOR_RGBA)
    return NULL;
  facts = ms_file_facts_new((MsSamples *)samples, NULL);
  g_array_append_vals(facts->values, facts->large->data, facts->large->len);
  return facts->values->len <= MS_CHECK_MAX_VALUES ? g_array_ref(facts->values) : NULL;
}

void
ms_check_file_note_samples(MsCheckFile *file, const MsSamples *samples, GCancellable *cancellable)
{
  Look look;

  file->has_form = TRUE;
  file->width = samples->width;
  file->height = samples->height;
  file->color = samples->color;
  file->type = samples->type;
  file->depth = samples->depth;
  file->lossy = samples->lossy;
  file->values = values_of(samples);
  look =
      start_look(file, samples->width, samples->height, (gsize)samples->channels * samples->bytes);
  for (int y = 0; y < samples->height && is_wanted(y, cancellable); y++)
    look_at_row(&look, samples->pixels + (gsize)y * samples->stride);
  end_look(&look);
}

static void
add_stacks(MsCheckFile *file, const MsStacks *stacks)
{
  for (guint32 i = 0; i < ms_stacks_count(stacks); i++) {
    size_t n_items;
    const MsStackItem *items = ms_stacks_items(stacks, i, &n_items);

    ms_hash_mix_bytes(&file->pixels, items, n_items * sizeof *items);
  }
}

void
ms_check_file_note_mask(MsCheckFile *file, const MsMask *mask, GCancellable *cancellable)
{
  const MsRaster *raster = &mask->raster;
  Look look;

  file->width = raster->width;
  file->height = raster->height;
  look = start_look(file, raster->width, raster->height, (gsize)raster->bits / 8);
  for (int y = 0; y < raster->height && is_wanted(y, cancellable); y++)
    look_at_row(&look, ms_raster_row(raster, y));
  end_look(&look);
  if (mask->stacks)
    add_stacks(file, mask->stacks);
}

/* --- images --------------------------------------------------------------------------------- */

/* A slice is not read for its size: volumes are compared by their headers when a set is opened. */
gboolean
ms_check_file_read_image(MsCheckFile *file, MsSet *set, MsPlace place, GCancellable *cancellable)
{
  MsLoader loader = ms_set_get_loader(set);
  g_autoptr(MsPicture) picture = NULL;
  g_autoptr(GError) reason = NULL;

  file->is_there = place.path != NULL;
  file->is_read =
      file->is_there && (place.part != MS_PART_WHOLE ||
                         ms_picture_read_turned_size(place.path, &file->width, &file->height,
                                                     &file->orientation, cancellable));
  if (!file->is_there || file->is_read)
    return TRUE;
  picture = ms_load_picture(&loader, place, cancellable, &reason);
  if (g_cancellable_is_cancelled(cancellable))
    return FALSE;
  file->is_read = picture != NULL;
  if (picture) {
    file->width = picture->width;
    file->height = picture->height;
  } else {
    file->message = g_strdup(reason->message);
  }
  return TRUE;
}
