/* SPDX-License-Identifier: MIT
 *
 * The sums of the zoomed-out image run on four 16-bit lanes in a 64-bit word.
 */
#include "render/image-sampler.h"

#include <string.h>

static inline uint32_t
show_grey(uint32_t grey)
{
  return 0xff000000u | grey * 0x010101u;
}

static void
copy_image_row(const MsSampler *sampler, int y, uint32_t *out)
{
  const uint32_t *row = (const uint32_t *)ms_sampler_row(sampler, y, 0, 4);
  const MsAxis *columns = &sampler->columns;
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++)
    out[x] = row[columns->cells[x] - first];
}

static void
copy_grey_row(const MsSampler *sampler, int y, uint32_t *out)
{
  const uint8_t *row = ms_sampler_row(sampler, y, 0, 1);
  const MsAxis *columns = &sampler->columns;
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++)
    out[x] = show_grey(row[columns->cells[x] - first]);
}

static void
add_weighted(uint16_t *restrict sums, const uint8_t *restrict row, uint16_t weight, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

static void
start_weighted(uint16_t *restrict sums, const uint8_t *restrict row, uint16_t weight, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] = (uint16_t)(row[i] * weight + MS_AXIS_WEIGHT_ONE / 2);
}

static void
finish_weighted(uint16_t *sums, int n)
{
  for (int i = 0; i < n; i++)
    sums[i] /= MS_AXIS_WEIGHT_ONE;
}

/* The rows of cells under device row y as one: a 16-bit lane a channel, 0 to 255. */
static void
blend_rows(const MsSampler *sampler, int y, int channels, uint16_t *lanes)
{
  const uint16_t *weight = sampler->rows.weight + y * sampler->rows.taps;
  int n = ms_sampler_n_columns(sampler) * channels;

  start_weighted(lanes, ms_sampler_row(sampler, y, 0, channels), weight[0], n);
  for (int tap = 1; tap < sampler->rows.taps; tap++) {
    if (weight[tap] > 0)
      add_weighted(lanes, ms_sampler_row(sampler, y, tap, channels), weight[tap], n);
  }
  finish_weighted(lanes, n);
}

/* The four lanes of a word, each divided by the weight of one, as four bytes in the same order. */
static inline uint32_t
pack_lanes(uint64_t sum)
{
  uint64_t bytes = ((sum + UINT64_C(0x0080008000800080)) >> 8) & UINT64_C(0x00ff00ff00ff00ff);

  bytes = (bytes | bytes >> 8) & UINT64_C(0x0000ffff0000ffff);
  return (uint32_t)(bytes | bytes >> 16);
}

/* `taps` is a constant wherever this is called with few, so that the inner loop unrolls. */
static inline void
blend_columns(const MsAxis *columns, int taps, const uint16_t *lanes, uint32_t *out)
{
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++) {
    const int *cells = columns->cells + (size_t)x * (size_t)taps;
    const uint16_t *weight = columns->weight + (size_t)x * (size_t)taps;
    uint64_t sum = 0;

    for (int tap = 0; tap < taps; tap++) {
      uint64_t cell;

      memcpy(&cell, lanes + 4 * (size_t)(cells[tap] - first), sizeof cell);
      sum += cell * weight[tap];
    }
    out[x] = pack_lanes(sum);
  }
}

static inline void
blend_grey_columns(const MsAxis *columns, int taps, const uint16_t *lanes, uint32_t *out)
{
  int first = columns->cells[0];

  for (int x = 0; x < columns->length; x++) {
    const int *cells = columns->cells + (size_t)x * (size_t)taps;
    const uint16_t *weight = columns->weight + (size_t)x * (size_t)taps;
    uint32_t sum = MS_AXIS_WEIGHT_ONE / 2;

    for (int tap = 0; tap < taps; tap++)
      sum += (uint32_t)lanes[cells[tap] - first] * weight[tap];
    out[x] = show_grey(sum / MS_AXIS_WEIGHT_ONE);
  }
}

#define BLEND_COLUMNS(blend, columns, lanes, out)                                                  \
  do {                                                                                             \
    if ((columns)->taps == 1)                                                                      \
      blend(columns, 1, lanes, out);                                                               \
    else if ((columns)->taps == 2)                                                                 \
      blend(columns, 2, lanes, out);                                                               \
    else if ((columns)->taps == 3)                                                                 \
      blend(columns, 3, lanes, out);                                                               \
    else                                                                                           \
      blend(columns, (columns)->taps, lanes, out);                                                 \
  } while (0)

size_t
ms_sample_image_scratch(const MsSampler *sampler)
{
  return 4 * sizeof(uint16_t) * (size_t)ms_sampler_n_columns(sampler);
}

static void
sample_color_row(const MsSampler *sampler, int y, uint16_t *lanes, uint32_t *pixels)
{
  if (sampler->columns.taps == 1 && sampler->rows.taps == 1) {
    copy_image_row(sampler, y, pixels);
    return;
  }
  blend_rows(sampler, y, 4, lanes);
  BLEND_COLUMNS(blend_columns, &sampler->columns, lanes, pixels);
}

static void
sample_grey_row(const MsSampler *sampler, int y, uint16_t *lanes, uint32_t *pixels)
{
  if (sampler->columns.taps == 1 && sampler->rows.taps == 1) {
    copy_grey_row(sampler, y, pixels);
    return;
  }
  blend_rows(sampler, y, 1, lanes);
  BLEND_COLUMNS(blend_grey_columns, &sampler->columns, lanes, pixels);
}

void
ms_sample_image_row(const MsSampler *sampler, MsPyramidContent content, int y, void *scratch,
                    uint32_t *pixels)
{
  if (content == MS_PYRAMID_GREY)
    sample_grey_row(sampler, y, scratch, pixels);
  else
    sample_color_row(sampler, y, scratch, pixels);
}
