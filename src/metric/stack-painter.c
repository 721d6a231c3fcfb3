/* SPDX-License-Identifier: MIT
 *
 * Objects come in pieces of columns, so the picture lies on its side while it is painted: a piece
 * is a row of memory, and runs of one stack in it are turned at once. What an object makes of a
 * stack is found out once and remembered until the next object.
 *
 * Stacks that no pixel has any more stay in the table until it has doubled, then the picture is
 * looked through for those in use: painting costs what the painted area does, and memory what the
 * picture shows.
 */
#include "metric/stacks.h"

#include <stdlib.h>
#include <string.h>

#include "metric/stack-table.h"

/* Items in the table before it is first looked through; a quarter of the pixels at least, so that
 * looking through them is not what takes the time. */
#define FIRST_COLLECTION 65536

/* Pixels a side of what is turned upright at once, so that both sides of it stay in the cache. */
#define TILE 16

typedef struct {
  uint32_t object; /* that `next` is for */
  uint32_t next;
} Lesson;

struct MsStackPainter {
  MsRaster columns; /* row x is column x of the picture */
  MsStackTable table;
  Lesson *lessons; /* by stack */
  size_t n_lessons;
  uint32_t object; /* objects begun; 0: none yet */
  MsStackItem item;
  size_t collect_at; /* items in the table */
};

/* Twice what is in use, if that is enough for a while. */
static size_t
next_collection(const MsStackPainter *painter)
{
  size_t n_pixels = (size_t)painter->columns.width * (size_t)painter->columns.height;
  size_t least = FIRST_COLLECTION + n_pixels / 4, most = 2 * (size_t)MS_STACK_MAX_ITEMS;
  size_t wanted = 2 * painter->table.stacks.n_items;

  wanted = wanted < least ? least : wanted;
  return wanted < most ? wanted : most;
}

MsStatus
ms_stack_painter_new(int width, int height, MsStackPainter **painter)
{
  MsStackPainter *made = calloc(1, sizeof *made);
  MsStatus status;

  if (!made)
    return MS_STATUS_NO_MEMORY;
  status = ms_raster_init(&made->columns, height, width, 32);
  if (status == MS_STATUS_OK)
    status = ms_stack_table_init(&made->table);
  if (status != MS_STATUS_OK) {
    ms_stack_painter_free(made);
    return status;
  }
  made->collect_at = next_collection(made);
  *painter = made;
  return MS_STATUS_OK;
}

void
ms_stack_painter_free(MsStackPainter *painter)
{
  if (!painter)
    return;
  ms_raster_clear(&painter->columns);
  ms_stack_table_clear(&painter->table);
  free(painter->lessons);
  free(painter);
}

void
ms_stack_painter_begin(MsStackPainter *painter, uint32_t class_id, uint32_t score)
{
  if (++painter->object == 0) {
    memset(painter->lessons, 0, painter->n_lessons * sizeof *painter->lessons);
    painter->object = 1;
  }
  painter->item = (MsStackItem){.class_id = class_id, .score = score};
}

/* Copies the stacks that the raster holds from one table to the other, numbered in the order in
 * which they occur. numbers: of n_stacks zeros, the new ones by the old. */
static MsStatus
copy_used(const MsRaster *raster, const MsStackTable *from, MsStackTable *to, uint32_t *numbers)
{
  for (int y = 0; y < raster->height; y++) {
    const uint32_t *row = ms_raster_row(raster, y);

    for (int x = 0; x < raster->width; x++) {
      uint32_t stack = row[x];

      if (stack && !numbers[stack]) {
        size_t n_items;
        const MsStackItem *items = ms_stacks_items(&from->stacks, stack, &n_items);
        MsStatus status = ms_stack_table_add(to, items, n_items, &numbers[stack]);

        if (status != MS_STATUS_OK)
          return status;
      }
    }
  }
  return MS_STATUS_OK;
}

static void
replace_numbers(MsRaster *raster, const uint32_t *numbers)
{
  for (int y = 0; y < raster->height; y++) {
    uint32_t *row = ms_raster_row_writable(raster, y);

    for (int x = 0; x < raster->width; x++)
      row[x] = numbers[row[x]];
  }
}

/* Leaves in the table the stacks that the raster holds, and the empty one. On error, table and
 * raster are as before. */
static MsStatus
renumber(MsRaster *raster, MsStackTable *table)
{
  uint32_t *numbers = calloc(table->stacks.n_stacks, sizeof *numbers);
  MsStackTable used;
  MsStatus status;

  if (!numbers)
    return MS_STATUS_NO_MEMORY;
  status = ms_stack_table_init(&used);
  if (status == MS_STATUS_OK) {
    status = copy_used(raster, table, &used, numbers);
    if (status == MS_STATUS_OK) {
      replace_numbers(raster, numbers);
      ms_stack_table_clear(table);
      *table = used;
    } else {
      ms_stack_table_clear(&used);
    }
  }
  free(numbers);
  return status;
}

static MsStatus
collect(MsStackPainter *painter)
{
  MsStatus status = renumber(&painter->columns, &painter->table);

  if (status != MS_STATUS_OK)
    return status;
  memset(painter->lessons, 0, painter->n_lessons * sizeof *painter->lessons);
  painter->collect_at = next_collection(painter);
  return MS_STATUS_OK;
}

/* The stack with one more item, or with a higher score of its class; as it is where it has both. */
static MsStatus
put_on(MsStackTable *table, uint32_t stack, const MsStackItem *item, uint32_t *next)
{
  size_t n_items, place = 0, n_replaced;
  const MsStackItem *items = ms_stacks_items(&table->stacks, stack, &n_items);
  MsStackItem *draft;
  MsStatus status;

  while (place < n_items && items[place].class_id < item->class_id)
    place++;
  n_replaced = place < n_items && items[place].class_id == item->class_id;
  if (n_replaced && items[place].score >= item->score) {
    *next = stack;
    return MS_STATUS_OK;
  }
  if (n_items + 1 - n_replaced > MS_STACK_MAX_CLASSES)
    return MS_STATUS_TOO_LARGE;
  status = ms_stack_table_draft(table, n_items + 1 - n_replaced, &draft);
  if (status != MS_STATUS_OK)
    return status;
  items = ms_stacks_items(&table->stacks, stack, &n_items);
  memcpy(draft, items, place * sizeof *items);
  draft[place] = *item;
  memcpy(draft + place + 1, items + place + n_replaced,
         (n_items - place - n_replaced) * sizeof *items);
  return ms_stack_table_commit(table, n_items + 1 - n_replaced, next);
}

static MsStatus
make_room_for_lesson(MsStackPainter *painter, uint32_t stack)
{
  size_t wanted = painter->table.starts_room;
  Lesson *grown;

  if (stack < painter->n_lessons)
    return MS_STATUS_OK;
  grown = realloc(painter->lessons, wanted * sizeof *grown);
  if (!grown)
    return MS_STATUS_NO_MEMORY;
  memset(grown + painter->n_lessons, 0, (wanted - painter->n_lessons) * sizeof *grown);
  painter->lessons = grown;
  painter->n_lessons = wanted;
  return MS_STATUS_OK;
}

/* Finds out what the object makes of the stack that the pixel has. May give the pixel's stack
 * another number. */
static MsStatus
learn(MsStackPainter *painter, const uint32_t *pixel)
{
  MsStatus status = MS_STATUS_OK;
  uint32_t next;

  if (painter->table.stacks.n_items + MS_STACK_MAX_CLASSES > painter->collect_at) {
    status = collect(painter);
    if (status == MS_STATUS_OK && painter->table.stacks.n_items > MS_STACK_MAX_ITEMS)
      status = MS_STATUS_TOO_LARGE;
  }
  if (status == MS_STATUS_OK)
    status = make_room_for_lesson(painter, *pixel);
  if (status == MS_STATUS_OK)
    status = put_on(&painter->table, *pixel, &painter->item, &next);
  if (status == MS_STATUS_OK)
    painter->lessons[*pixel] = (Lesson){.object = painter->object, .next = next};
  return status;
}

static bool
is_inside(const MsStackPainter *painter, int x, int y, int length)
{
  int width = painter->columns.height, height = painter->columns.width;

  return x >= 0 && x < width && y >= 0 && length >= 0 && y <= height && length <= height - y;
}

MsStatus
ms_stack_painter_column(MsStackPainter *painter, int x, int y, int length)
{
  uint32_t *pixel, *end;

  if (painter->object == 0 || !is_inside(painter, x, y, length))
    return MS_STATUS_INVALID;
  pixel = (uint32_t *)ms_raster_row_writable(&painter->columns, x) + y;
  end = pixel + length;
  while (pixel < end) {
    uint32_t stack, next;

    if (*pixel >= painter->n_lessons || painter->lessons[*pixel].object != painter->object) {
      MsStatus status = learn(painter, pixel);

      if (status != MS_STATUS_OK)
        return status;
    }
    stack = *pixel;
    next = painter->lessons[stack].next;
    do
      *pixel++ = next;
    while (pixel < end && *pixel == stack);
  }
  return MS_STATUS_OK;
}

static void
turn_tile(const MsRaster *columns, MsRaster *raster, int first_x, int first_y)
{
  int end_x = raster->width - first_x < TILE ? raster->width : first_x + TILE;
  int end_y = raster->height - first_y < TILE ? raster->height : first_y + TILE;

  for (int x = first_x; x < end_x; x++) {
    const uint32_t *column = ms_raster_row(columns, x);

    for (int y = first_y; y < end_y; y++)
      ((uint32_t *)ms_raster_row_writable(raster, y))[x] = column[y];
  }
}

/* A new raster: the columns upright. */
static MsStatus
turn_upright(const MsRaster *columns, MsRaster *raster)
{
  MsStatus status = ms_raster_init(raster, columns->height, columns->width, 32);

  if (status != MS_STATUS_OK)
    return status;
  for (int y = 0; y < raster->height; y += TILE) {
    for (int x = 0; x < raster->width; x += TILE)
      turn_tile(columns, raster, x, y);
  }
  return MS_STATUS_OK;
}

MsStatus
ms_stack_painter_finish(MsStackPainter *painter, MsRaster *raster, MsStacks **stacks)
{
  MsRaster upright;
  MsStatus status = turn_upright(&painter->columns, &upright);

  if (status == MS_STATUS_OK) {
    ms_raster_clear(&painter->columns);
    status = renumber(&upright, &painter->table);
    if (status == MS_STATUS_OK)
      status = ms_stack_table_take(&painter->table, stacks);
    if (status == MS_STATUS_OK)
      *raster = upright;
    else
      ms_raster_clear(&upright);
  }
  ms_stack_painter_free(painter);
  return status;
}
