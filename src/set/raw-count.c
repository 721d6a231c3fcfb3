/* SPDX-License-Identifier: MIT
 *
 * Two PNG files that the fast reader takes, of one size. A reading makes of a sample of theirs what
 * it makes of it in any file of that kind with the same set of samples: so each reading is applied
 * to a picture that holds every sample of the file once. If it refuses that, it would refuse the
 * file.
 */
#include "set/raw-count.h"

#include <stdlib.h>

#include "io/file.h"
#include "io/png-fast.h"
#include "io/png.h"
#include "set/reading-adjust.h"

/* Rows that are undone and counted while they are in the cache: about so many pixels. */
#define PIXELS_AT_ONCE 32640

/* Pixels between two looks at the cancellable. */
#define PIXELS_A_STEP (1 << 22)

#define N_BYTES 256

typedef struct {
  const MsReading *reading;
  MsPlace place;
  MsPngRows rows;
  guint32 meaning[N_BYTES]; /* of each sample that occurs */
} RawSide;

static gboolean
open_side(RawSide *side, guint number, MsScratch *scratch, GCancellable *cancellable)
{
  g_autoptr(GBytes) bytes = NULL;
  MsPngHeader header;
  gsize size;
  guint8 *room;

  if (!side->place.path || side->place.part != MS_PART_WHOLE)
    return FALSE;
  bytes = ms_file_read_using(side->place.path, MS_FILE_MAX_BYTES, scratch, cancellable, NULL);
  if (!bytes || !ms_png_sniff(bytes) || !ms_png_header_parse(bytes, "", &header, NULL) ||
      !ms_png_header_check_limits(&header, g_bytes_get_size(bytes), "", NULL))
    return FALSE;
  size = ms_png_rows_size(&header);
  room = size > 0 ? ms_scratch_take(scratch, MS_SCRATCH_INFLATED + number, size) : NULL;
  return room && ms_png_rows_open(&side->rows, &header, bytes, room, scratch, number);
}

/* 1-bit masks stay packed. */
static gboolean
are_bits(const RawSide *actual, const RawSide *predicted)
{
  return actual->rows.header.depth == 1 && predicted->rows.header.depth == 1;
}

static MsStatus
count_bits(MsJoint *joint, RawSide *actual, RawSide *predicted, int n_rows)
{
  const guint8 *a = ms_png_rows_next_packed(&actual->rows, n_rows);
  const guint8 *p = ms_png_rows_next_packed(&predicted->rows, n_rows);

  return ms_joint_add_bits(joint, a, p, actual->rows.header.width, n_rows);
}

static MsStatus
count_rows(MsJoint *joint, RawSide *actual, RawSide *predicted, int n_rows)
{
  int width = actual->rows.header.width;
  const guint8 *a = ms_png_rows_next(&actual->rows, n_rows);
  const guint8 *p = ms_png_rows_next(&predicted->rows, n_rows);
  MsRaster actual_raster, predicted_raster;
  MsStatus status = a && p ? MS_STATUS_OK : MS_STATUS_NO_MEMORY;

  if (status == MS_STATUS_OK)
    status = ms_raster_wrap(&actual_raster, width, n_rows, 8, width, a);
  if (status == MS_STATUS_OK)
    status = ms_raster_wrap(&predicted_raster, width, n_rows, 8, width, p);
  if (status == MS_STATUS_OK)
    status = ms_joint_add_rows(joint, &actual_raster, &predicted_raster, 0, n_rows);
  return status;
}

static gboolean
count_samples(MsJoint *joint, RawSide *actual, RawSide *predicted, GCancellable *cancellable)
{
  int width = actual->rows.header.width, height = actual->rows.header.height;
  int n_rows = MAX(PIXELS_AT_ONCE / width, 1);
  gsize n_pixels = 0;
  MsStatus (*count)(MsJoint *, RawSide *, RawSide *, int) =
      are_bits(actual, predicted) ? count_bits : count_rows;

  for (int y = 0; y < height; y += n_rows) {
    n_rows = MIN(n_rows, height - y);
    if (count(joint, actual, predicted, n_rows) != MS_STATUS_OK)
      return FALSE;
    n_pixels += (gsize)n_rows * (gsize)width;
    if (n_pixels >= PIXELS_A_STEP && g_cancellable_is_cancelled(cancellable))
      return FALSE;
    n_pixels %= PIXELS_A_STEP;
  }
  return TRUE;
}

/* seen: by sample. FALSE: the reading refuses the file. */
static gboolean
interpret(RawSide *side, const gboolean *seen)
{
  guint8 pixels[N_BYTES];
  MsSamples samples = {.height = 1,
                       .color = side->rows.header.color,
                       .depth = side->rows.header.depth,
                       .channels = 1,
                       .bytes = 1,
                       .pixels = pixels,
                       .n_palette = side->rows.n_palette};
  MsRaster raster = {0};

  for (guint sample = 0; sample < N_BYTES; sample++)
    if (seen[sample])
      pixels[samples.width++] = (guint8)sample;
  samples.stride = (gsize)samples.width;
  memcpy(samples.palette, side->rows.palette, sizeof samples.palette);
  if (!ms_reading_apply(side->reading, &samples, "", &raster, NULL))
    return FALSE;
  for (int x = 0; x < samples.width; x++)
    side->meaning[pixels[x]] = ms_raster_get(&raster, x, 0);
  ms_raster_clear(&raster);
  return TRUE;
}

static gboolean
interpret_cells(RawSide *actual, RawSide *predicted, MsCell *cells, gsize n_cells)
{
  gboolean actual_seen[N_BYTES] = {FALSE}, predicted_seen[N_BYTES] = {FALSE};

  for (gsize i = 0; i < n_cells; i++) {
    actual_seen[cells[i].actual] = TRUE;
    predicted_seen[cells[i].predicted] = TRUE;
  }
  if (!interpret(actual, actual_seen) || !interpret(predicted, predicted_seen))
    return FALSE;
  for (gsize i = 0; i < n_cells; i++) {
    cells[i].actual = actual->meaning[cells[i].actual];
    cells[i].predicted = predicted->meaning[cells[i].predicted];
  }
  return TRUE;
}

/* NULL: there is no memory. */
static MsJoint *
joint_of(MsCell *cells, gsize n_cells)
{
  MsJoint *joint = NULL;

  if (ms_cells_sort(cells, &n_cells) != MS_STATUS_OK ||
      ms_joint_new_of_cells(cells, n_cells, &joint) != MS_STATUS_OK)
    return NULL;
  return joint;
}

static gboolean
count_pair(MsRawCount *count, RawSide *actual, RawSide *predicted, MsScratch *scratch,
           GCancellable *cancellable)
{
  const MsPngHeader *header = &actual->rows.header;
  MsJoint *samples = ms_scratch_joint(scratch);
  MsCell *cells;
  gsize n_cells;

  if (!samples || header->width != predicted->rows.header.width ||
      header->height != predicted->rows.header.height)
    return FALSE;
  ms_joint_empty(samples); /* of what was counted in vain */
  if (!count_samples(samples, actual, predicted, cancellable) ||
      ms_joint_drain(samples, &cells, &n_cells) != MS_STATUS_OK)
    return FALSE;
  count->joint =
      interpret_cells(actual, predicted, cells, n_cells) ? joint_of(cells, n_cells) : NULL;
  count->width = header->width;
  count->height = header->height;
  free(cells);
  return count->joint != NULL;
}

gboolean
ms_raw_count(MsRawCount *count, MsSet *set, MsExample *example, guint model, MsScratch *scratch,
             GCancellable *cancellable)
{
  RawSide actual = {ms_set_get_actual_reading(set), ms_example_actual_place(example)};
  RawSide predicted = {ms_set_get_predicted_reading(set, model),
                       ms_example_predicted_place(example, model)};

  if (ms_set_get_annotations(set, MS_SET_ACTUAL) || ms_set_get_annotations(set, model) ||
      ms_set_get_rules(set, model)->rules.comparison == MS_COMPARE_STACKS ||
      ms_reading_moves(predicted.reading))
    return FALSE;
  return open_side(&actual, 0, scratch, cancellable) &&
         open_side(&predicted, 1, scratch, cancellable) &&
         count_pair(count, &actual, &predicted, scratch, cancellable);
}
