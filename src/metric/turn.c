/* SPDX-License-Identifier: MIT
 *
 * Every turn is two steps at most: rows from bottom to top, columns from right to left, of the
 * raster or of its transpose. Transposes go by small blocks, so that the rows of both sides that a
 * block touches stay in the cache.
 */
#include "metric/turn.h"

#include <string.h>

#define BLOCK 32

/* Where the sample at (x, y) goes: sides change places first, then x and y are counted from the
 * other end. */
typedef struct {
  bool swaps;
  bool mirror_x;
  bool mirror_y;
} Way;

static const Way ways[MS_N_TURNS] = {
    [MS_TURN_NONE] = {false, false, false},     [MS_TURN_FLIP_X] = {false, true, false},
    [MS_TURN_FLIP_Y] = {false, false, true},    [MS_TURN_180] = {false, true, true},
    [MS_TURN_TRANSPOSE] = {true, false, false}, [MS_TURN_90] = {true, true, false},
    [MS_TURN_270] = {true, false, true},        [MS_TURN_ANTI_TRANSPOSE] = {true, true, true},
};

static bool
is_turn(MsTurn turn)
{
  return (unsigned)turn < MS_N_TURNS;
}

bool
ms_turn_swaps_sides(MsTurn turn)
{
  return is_turn(turn) && ways[turn].swaps;
}

MsTurn
ms_turn_inverse(MsTurn turn)
{
  if (turn == MS_TURN_90)
    return MS_TURN_270;
  return turn == MS_TURN_270 ? MS_TURN_90 : turn;
}

MsTurn
ms_turn_then(MsTurn first, MsTurn second)
{
  Way a = ways[first], b = ways[second];
  Way both = {a.swaps != b.swaps, (b.swaps ? a.mirror_y : a.mirror_x) != b.mirror_x,
              (b.swaps ? a.mirror_x : a.mirror_y) != b.mirror_y};
  int turn = MS_TURN_NONE;

  while (ways[turn].swaps != both.swaps || ways[turn].mirror_x != both.mirror_x ||
         ways[turn].mirror_y != both.mirror_y)
    turn++;
  return (MsTurn)turn;
}

void
ms_turn_move(MsTurn turn, int *dx, int *dy)
{
  Way way = ways[turn];
  int x = way.swaps ? *dy : *dx, y = way.swaps ? *dx : *dy;

  *dx = way.mirror_x ? -x : x;
  *dy = way.mirror_y ? -y : y;
}

#define DEFINE_FOR(Type)                                                                           \
  static void reverse_row_##Type(const Type *from, Type *to, int width)                            \
  {                                                                                                \
    for (int x = 0; x < width; x++)                                                                \
      to[width - 1 - x] = from[x];                                                                 \
  }                                                                                                \
                                                                                                   \
  /* Columns first_x to last_x - 1 of rows first_y to last_y - 1 become rows. */                   \
  static void transpose_block_##Type(const MsRaster *from, Way way, MsRaster *to, int first_x,     \
                                     int last_x, int first_y, int last_y)                          \
  {                                                                                                \
    for (int x = first_x; x < last_x; x++) {                                                       \
      Type *row = ms_raster_row_writable(to, way.mirror_y ? to->height - 1 - x : x);               \
                                                                                                   \
      for (int y = first_y; y < last_y; y++)                                                       \
        row[way.mirror_x ? to->width - 1 - y : y] = ((const Type *)ms_raster_row(from, y))[x];     \
    }                                                                                              \
  }                                                                                                \
                                                                                                   \
  static void fill_##Type(MsRaster *raster, uint32_t value)                                        \
  {                                                                                                \
    for (int y = 0; y < raster->height; y++) {                                                     \
      Type *row = ms_raster_row_writable(raster, y);                                               \
                                                                                                   \
      for (int x = 0; x < raster->width; x++)                                                      \
        row[x] = (Type)value;                                                                      \
    }                                                                                              \
  }

DEFINE_FOR(uint8_t)
DEFINE_FOR(uint16_t)
DEFINE_FOR(uint32_t)

static int
least(int a, int b)
{
  return a < b ? a : b;
}

static void
transpose(const MsRaster *from, Way way, MsRaster *to)
{
  for (int y = 0; y < from->height; y += BLOCK)
    for (int x = 0; x < from->width; x += BLOCK) {
      int last_x = least(x + BLOCK, from->width), last_y = least(y + BLOCK, from->height);

      if (from->bits == 8)
        transpose_block_uint8_t(from, way, to, x, last_x, y, last_y);
      else if (from->bits == 16)
        transpose_block_uint16_t(from, way, to, x, last_x, y, last_y);
      else
        transpose_block_uint32_t(from, way, to, x, last_x, y, last_y);
    }
}

static void
reverse_row(const void *from, void *to, int width, int bits)
{
  if (bits == 8)
    reverse_row_uint8_t(from, to, width);
  else if (bits == 16)
    reverse_row_uint16_t(from, to, width);
  else
    reverse_row_uint32_t(from, to, width);
}

static void
mirror(const MsRaster *from, Way way, MsRaster *to)
{
  size_t bytes = (size_t)from->width * (size_t)(from->bits / 8);

  for (int y = 0; y < from->height; y++) {
    const void *source = ms_raster_row(from, y);
    void *target = ms_raster_row_writable(to, way.mirror_y ? from->height - 1 - y : y);

    if (way.mirror_x)
      reverse_row(source, target, from->width, from->bits);
    else
      memcpy(target, source, bytes);
  }
}

MsStatus
ms_raster_turn(const MsRaster *from, MsTurn turn, MsRaster *to)
{
  bool swaps = ms_turn_swaps_sides(turn);
  MsRaster turned;
  MsStatus status;

  if (!is_turn(turn))
    return MS_STATUS_INVALID;
  status = ms_raster_init(&turned, swaps ? from->height : from->width,
                          swaps ? from->width : from->height, from->bits);
  if (status != MS_STATUS_OK)
    return status;
  if (swaps)
    transpose(from, ways[turn], &turned);
  else
    mirror(from, ways[turn], &turned);
  *to = turned;
  return MS_STATUS_OK;
}

static void
fill(MsRaster *raster, uint32_t value)
{
  if (raster->bits == 8)
    fill_uint8_t(raster, value);
  else if (raster->bits == 16)
    fill_uint16_t(raster, value);
  else
    fill_uint32_t(raster, value);
}

/* Where the first sample that stays is taken from along one side, and where it goes. */
typedef struct {
  int from;
  int to;
  int length; /* 0: none stays */
} Span;

static Span
span_of(int side, int shift)
{
  if (shift >= side || shift <= -side)
    return (Span){0};
  return shift >= 0 ? (Span){0, shift, side - shift} : (Span){-shift, 0, side + shift};
}

MsStatus
ms_raster_shift(const MsRaster *from, int dx, int dy, uint32_t value, MsRaster *to)
{
  Span columns = span_of(from->width, dx), rows = span_of(from->height, dy);
  size_t bytes = (size_t)(from->bits / 8);
  MsRaster shifted;
  MsStatus status;

  if (from->bits < 32 && value >> from->bits != 0)
    return MS_STATUS_INVALID;
  status = ms_raster_init(&shifted, from->width, from->height, from->bits);
  if (status != MS_STATUS_OK)
    return status;
  if (value != 0)
    fill(&shifted, value);
  for (int y = 0; y < rows.length && columns.length > 0; y++)
    memcpy((uint8_t *)ms_raster_row_writable(&shifted, rows.to + y) + (size_t)columns.to * bytes,
           (const uint8_t *)ms_raster_row(from, rows.from + y) + (size_t)columns.from * bytes,
           (size_t)columns.length * bytes);
  *to = shifted;
  return MS_STATUS_OK;
}
