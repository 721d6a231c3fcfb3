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

static guint64
count_changes(const guint8 *row, int width, gsize pixel)
{
  guint64 n_changes = 0;

  if (pixel == 1) {
    for (int x = 1; x < width; x++)
      n_changes += row[x] != row[x - 1];
    return n_changes;
  }
  for (int x = 1; x < width; x++, row += pixel)
    n_changes += memcmp(row, row + pixel, pixel) != 0;
  return n_changes;
}

static void
start_hash(MsCheckFile *file, int width, int height)
{
  file->has_hash = TRUE;
  file->pixels = MS_HASH_INIT;
  ms_hash_mix(&file->pixels, (guint64)width << 32 | (guint32)height);
}

static void
add_row(MsCheckFile *file, const void *row, int width, gsize pixel)
{
  ms_hash_mix_bytes(&file->pixels, row, (gsize)width * pixel);
  file->n_changes += count_changes(row, width, pixel);
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
ms_check_file_note_samples(MsCheckFile *file, const MsSamples *samples)
{
  file->has_form = TRUE;
  file->width = samples->width;
  file->height = samples->height;
  file->color = samples->color;
  file->type = samples->type;
  file->depth = samples->depth;
  file->lossy = samples->lossy;
  file->values = values_of(samples);
  start_hash(file, samples->width, samples->height);
  for (int y = 0; y < samples->height; y++)
    add_row(file, samples->pixels + (gsize)y * samples->stride, samples->width,
            (gsize)samples->channels * samples->bytes);
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
ms_check_file_note_mask(MsCheckFile *file, const MsMask *mask)
{
  const MsRaster *raster = &mask->raster;

  file->width = raster->width;
  file->height = raster->height;
  start_hash(file, raster->width, raster->height);
  for (int y = 0; y < raster->height; y++)
    add_row(file, ms_raster_row(raster, y), raster->width, (gsize)raster->bits / 8);
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
                                                     &file->turned, cancellable));
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
