/* SPDX-License-Identifier: MIT
 *
 * Kinds are painted; where there is but one class, the numbers follow from them. Else each sample
 * that occurs gets its number, and pixels are looked up. Masks have long runs, so eight bytes at a
 * time that are all alike are looked up once.
 */
#include "metric/planes.h"

#include <string.h>

#include "metric/control-part.h"
#include "metric/plane-classes.h"
#include "metric/words.h"

/* Pixels between two questions whether to go on. */
#define STRIPE_PIXELS ((size_t)1 << 20)

/* Looks up n samples. */
#define DEFINE_LOOK_UP(name, type, number_type)                                                    \
  static void name(const void *row, size_t n, const uint32_t *by_sample, void *out)                \
  {                                                                                                \
    const type *samples = row;                                                                     \
    number_type *numbers = out;                                                                    \
    const size_t n_lanes = sizeof(uint64_t) / sizeof(type);                                        \
    size_t i = 0;                                                                                  \
                                                                                                   \
    for (; n - i >= n_lanes; i += n_lanes) {                                                       \
      number_type first = (number_type)by_sample[samples[i]];                                      \
      uint64_t word;                                                                               \
                                                                                                   \
      memcpy(&word, samples + i, sizeof word);                                                     \
      if (MS_IS_UNIFORM(type, word)) {                                                             \
        for (size_t lane = 0; lane < n_lanes; lane++)                                              \
          numbers[i + lane] = first;                                                               \
      } else {                                                                                     \
        for (size_t lane = 0; lane < n_lanes; lane++)                                              \
          numbers[i + lane] = (number_type)by_sample[samples[i + lane]];                           \
      }                                                                                            \
    }                                                                                              \
    for (; i < n; i++)                                                                             \
      numbers[i] = (number_type)by_sample[samples[i]];                                             \
  }

DEFINE_LOOK_UP(look_up_8_8, uint8_t, uint8_t)
DEFINE_LOOK_UP(look_up_8_16, uint8_t, uint16_t)
DEFINE_LOOK_UP(look_up_8_32, uint8_t, uint32_t)
DEFINE_LOOK_UP(look_up_16_8, uint16_t, uint8_t)
DEFINE_LOOK_UP(look_up_16_16, uint16_t, uint16_t)
DEFINE_LOOK_UP(look_up_16_32, uint16_t, uint32_t)
DEFINE_LOOK_UP(look_up_32_8, uint32_t, uint8_t)
DEFINE_LOOK_UP(look_up_32_16, uint32_t, uint16_t)
DEFINE_LOOK_UP(look_up_32_32, uint32_t, uint32_t)

typedef void (*LookUp)(const void *row, size_t n, const uint32_t *by_sample, void *out);

typedef struct {
  const MsKindsSource *source;
  const MsRaster *sides[2]; /* actual, predicted */
  const MsControl *control;
  MsPlanes *planes;
  MsPlaces places;
} Maker;

static MsStatus
go_on(const Maker *maker, int y, double from, double share)
{
  int stripe = (int)(STRIPE_PIXELS / (size_t)maker->planes->width) + 1;
  MsControlPart part = {maker->control, from, share};

  if (y % stripe != 0 || ms_control_part_go_on(&part, (double)y / maker->planes->height))
    return MS_STATUS_OK;
  return MS_STATUS_CANCELLED;
}

static MsStatus
paint_kinds(Maker *maker)
{
  MsRaster *kinds = &maker->planes->kinds;
  int stripe = (int)(STRIPE_PIXELS / (size_t)kinds->width) + 1;
  MsStatus status = MS_STATUS_OK;

  for (int y = 0; y < kinds->height && status == MS_STATUS_OK; y += stripe) {
    int n_rows = kinds->height - y < stripe ? kinds->height - y : stripe;

    status = go_on(maker, y, 0, 0.3);
    if (status == MS_STATUS_OK)
      status =
          ms_kinds_paint(maker->source, y, n_rows, ms_raster_row_writable(kinds, y), kinds->stride);
  }
  return status;
}

static MsStatus
split_kinds(Maker *maker)
{
  MsPlanes *planes = maker->planes;
  MsStatus status = MS_STATUS_OK;

  for (int y = 0; y < planes->height && status == MS_STATUS_OK; y++) {
    const uint8_t *restrict kinds = ms_raster_row(&planes->kinds, y);
    uint8_t *restrict actual = ms_raster_row_writable(&planes->actual, y);
    uint8_t *restrict predicted = ms_raster_row_writable(&planes->predicted, y);

    status = go_on(maker, y, 0.3, 0.7);
    for (int x = 0; x < planes->width; x++) {
      actual[x] = (kinds[x] & (MS_KIND_TP | MS_KIND_FN)) != 0;
      predicted[x] = (kinds[x] & (MS_KIND_TP | MS_KIND_FP)) != 0;
    }
  }
  return status;
}

static void
set_number(MsRaster *raster, int x, int y, uint32_t number)
{
  void *row = ms_raster_row_writable(raster, y);

  switch (raster->bits) {
  case 8:
    ((uint8_t *)row)[x] = (uint8_t)number;
    break;
  case 16:
    ((uint16_t *)row)[x] = (uint16_t)number;
    break;
  default:
    ((uint32_t *)row)[x] = number;
  }
}

static void
look_up_sparse(const Maker *maker, int side, int y, MsRaster *out)
{
  const MsRaster *raster = maker->sides[side];
  const uint32_t *numbers = maker->places.numbers[side];
  uint32_t last = ms_raster_get(raster, 0, y);
  uint32_t number = numbers[ms_places_find(&maker->places, last)];

  for (int x = 0; x < raster->width; x++) {
    uint32_t sample = ms_raster_get(raster, x, y);

    if (sample != last)
      number = numbers[ms_places_find(&maker->places, sample)];
    last = sample;
    set_number(out, x, y, number);
  }
}

static void
clear_ignored(const uint8_t *kinds, int y, MsRaster *out)
{
  for (int x = 0; x < out->width; x++) {
    if (kinds[x] == MS_KIND_IGNORED)
      set_number(out, x, y, 0);
  }
}

static MsStatus
look_up_side(const Maker *maker, int side, MsRaster *out)
{
  static const LookUp look_ups[3][3] = {
      {look_up_8_8, look_up_8_16, look_up_8_32},
      {look_up_16_8, look_up_16_16, look_up_16_32},
      {look_up_32_8, look_up_32_16, look_up_32_32},
  };
  const MsRaster *raster = maker->sides[side];
  LookUp look_up = look_ups[raster->bits / 16][out->bits / 16];
  MsStatus status = MS_STATUS_OK;

  for (int y = 0; y < raster->height && status == MS_STATUS_OK; y++) {
    const uint8_t *kinds = ms_row_with_ignored(&maker->planes->kinds, y);

    status = go_on(maker, y, 0.6 + 0.2 * side, 0.2);
    if (maker->places.samples)
      look_up_sparse(maker, side, y, out);
    else
      look_up(ms_raster_row(raster, y), (size_t)raster->width, maker->places.numbers[side],
              ms_raster_row_writable(out, y));
    if (kinds)
      clear_ignored(kinds, y, out);
  }
  return status;
}

static MsStatus
init_numbers(MsPlanes *planes)
{
  uint32_t n_numbers = planes->classes->n_numbers;
  int bits = n_numbers <= 1u << 8 ? 8 : n_numbers <= 1u << 16 ? 16 : 32;
  MsStatus status = ms_raster_init(&planes->actual, planes->width, planes->height, bits);

  planes->n_numbers = n_numbers;
  if (status == MS_STATUS_OK)
    status = ms_raster_init(&planes->predicted, planes->width, planes->height, bits);
  return status;
}

static MsStatus
number_one(Maker *maker)
{
  MsStatus status = ms_plane_classes_new_one(maker->source, &maker->planes->classes);

  if (status == MS_STATUS_OK)
    status = init_numbers(maker->planes);
  return status == MS_STATUS_OK ? split_kinds(maker) : status;
}

static MsStatus
number_all(Maker *maker)
{
  MsPlanes *planes = maker->planes;
  MsControlPart part = {maker->control, 0.3, 0.3};
  MsControl control = ms_control_part(&part);
  MsStatus status = ms_places_init(&maker->places, maker->source, &planes->kinds, &control);

  if (status == MS_STATUS_OK)
    status = ms_plane_classes_new(maker->source, &maker->places, &planes->classes);
  if (status == MS_STATUS_OK)
    status = init_numbers(planes);
  if (status == MS_STATUS_OK)
    status = look_up_side(maker, 0, &planes->actual);
  if (status == MS_STATUS_OK)
    status = look_up_side(maker, 1, &planes->predicted);
  ms_places_clear(&maker->places);
  return status;
}

MsStatus
ms_planes_init(MsPlanes *planes, const MsKindsSource *source, const MsControl *control)
{
  MsPlanes made = {.width = source->actual->width, .height = source->actual->height};
  Maker maker = {.source = source,
                 .sides = {source->actual, source->predicted},
                 .control = control,
                 .planes = &made};
  MsStatus status = ms_raster_init(&made.kinds, made.width, made.height, 8);

  memset(planes, 0, sizeof *planes);
  if (status == MS_STATUS_OK)
    status = paint_kinds(&maker);
  if (status == MS_STATUS_OK)
    status = ms_plane_classes_by_kinds(source) ? number_one(&maker) : number_all(&maker);
  if (status != MS_STATUS_OK) {
    ms_planes_clear(&made);
    return status;
  }
  *planes = made;
  return MS_STATUS_OK;
}

void
ms_planes_clear(MsPlanes *planes)
{
  ms_raster_clear(&planes->kinds);
  ms_raster_clear(&planes->actual);
  ms_raster_clear(&planes->predicted);
  ms_plane_classes_free(planes->classes);
  memset(planes, 0, sizeof *planes);
}
