/* SPDX-License-Identifier: MIT
 *
 * The bytes, all numbers as varints (7 bits a byte, lowest first):
 *
 *   number of cells * 2 + 1 with stacks
 *   runs of cells with one actual sample and predicted samples that follow each other:
 *     predicted samples left out before it * 4 + 2 when longer than 1 + 1 when of another actual
 *     with 1: actual samples left out;  with 2: cells - 2;  then the cells' counts
 *   with stacks, of the actual side and then of the predicted one: the number of stacks but the
 *   empty one; of each the number of items; of each item the classes left out before it, and by
 *   how much its score is less than the highest
 *
 * A binary pair is four cells in two runs: 7 bytes and its counts. Each cell costs at least a byte,
 * so that damaged bytes cannot ask for more memory than some times their size.
 */
#include "set/packed-private.h"

#include <string.h>

#include "set/varint.h"

#define HAS_STACKS 1u

#define RUN_OTHER_ACTUAL 1u
#define RUN_LONG         2u
#define RUN_BITS         2

/* Pairs of up to this many cells are counted without taking memory for them. */
#define FEW_CELLS 64

struct MsPacked {
  gatomicrefcount ref_count;
  guint32 size;
  guint8 bytes[];
};

G_STATIC_ASSERT(sizeof(MsPacked) == 8);

/* --- packing ---------------------------------------------------------------------------------- */

static gsize
run_length(const MsCell *cells, gsize n_cells)
{
  gsize n = 1;

  while (n < n_cells && cells[n].actual == cells[0].actual &&
         cells[n].predicted == cells[0].predicted + n)
    n++;
  return n;
}

static void
put_cells(MsSink *sink, const MsCell *cells, gsize n_cells)
{
  guint64 next_actual = 0, next_predicted = 0; /* the least that the next run may have */

  for (gsize i = 0; i < n_cells;) {
    gsize n = run_length(cells + i, n_cells - i);
    guint actual_bit = i == 0 || cells[i].actual != cells[i - 1].actual ? RUN_OTHER_ACTUAL : 0;
    guint64 left_out = actual_bit ? cells[i].predicted : cells[i].predicted - next_predicted;

    ms_sink_put(sink, left_out << RUN_BITS | (n > 1 ? RUN_LONG : 0) | actual_bit);
    if (actual_bit)
      ms_sink_put(sink, cells[i].actual - next_actual);
    if (n > 1)
      ms_sink_put(sink, n - 2);
    for (gsize j = 0; j < n; j++)
      ms_sink_put(sink, cells[i + j].count);
    next_actual = (guint64)cells[i].actual + 1;
    i += n;
    next_predicted = (guint64)cells[i - 1].predicted + 1;
  }
}

static void
put_stacks(MsSink *sink, const MsStacks *stacks)
{
  ms_sink_put(sink, ms_stacks_count(stacks) - 1);
  for (guint32 stack = 1; stack < ms_stacks_count(stacks); stack++) {
    gsize n_items;
    const MsStackItem *items = ms_stacks_items(stacks, stack, &n_items);
    guint64 next_class = 0;

    ms_sink_put(sink, n_items);
    for (gsize i = 0; i < n_items; i++) {
      ms_sink_put(sink, items[i].class_id - next_class);
      ms_sink_put(sink, MS_STACK_MAXIMUM - items[i].score);
      next_class = (guint64)items[i].class_id + 1;
    }
  }
}

typedef struct {
  const MsCell *cells;
  gsize n_cells;
  const MsStacks *actual;
  const MsStacks *predicted;
} Source;

static void
put_all(MsSink *sink, const Source *source)
{
  ms_sink_put(sink, (guint64)source->n_cells << 1 | (source->actual ? HAS_STACKS : 0));
  put_cells(sink, source->cells, source->n_cells);
  if (source->actual) {
    put_stacks(sink, source->actual);
    put_stacks(sink, source->predicted);
  }
}

/* NULL: no memory. */
static MsPacked *
packed_new(gsize size)
{
  MsPacked *packed = size <= G_MAXUINT32 ? g_try_malloc(sizeof *packed + size) : NULL;

  if (!packed)
    return NULL;
  g_atomic_ref_count_init(&packed->ref_count);
  packed->size = (guint32)size;
  return packed;
}

MsPacked *
ms_packed_new(MsJoint *joint, const MsStacks *actual, const MsStacks *predicted)
{
  Source source = {.actual = actual, .predicted = predicted};
  MsPacked *packed;
  MsSink sink = {0};

  g_return_val_if_fail(!actual == !predicted, NULL);
  if (ms_joint_cells(joint, &source.cells, &source.n_cells) != MS_STATUS_OK)
    return NULL;
  put_all(&sink, &source);
  packed = packed_new(sink.size);
  if (!packed)
    return NULL;
  sink = (MsSink){.bytes = packed->bytes};
  put_all(&sink, &source);
  return packed;
}

MsPacked *
ms_packed_new_from_bytes(gconstpointer data, gsize size)
{
  MsPacked *packed = packed_new(size);

  if (packed && size > 0)
    memcpy(packed->bytes, data, size);
  return packed;
}

MsPacked *
ms_packed_ref(MsPacked *packed)
{
  g_atomic_ref_count_inc(&packed->ref_count);
  return packed;
}

void
ms_packed_unref(MsPacked *packed)
{
  if (packed && g_atomic_ref_count_dec(&packed->ref_count))
    g_free(packed);
}

gconstpointer
ms_packed_bytes(const MsPacked *packed, gsize *size)
{
  *size = packed->size;
  return packed->bytes;
}

/* --- unpacking -------------------------------------------------------------------------------- */

static gsize
n_left(const MsCursor *cursor)
{
  return (gsize)(cursor->end - cursor->at);
}

/* As many things as the cursor says, none of which takes less than a byte. */
static gsize
check_number(MsCursor *cursor, guint64 n)
{
  if (n <= n_left(cursor))
    return (gsize)n;
  cursor->is_broken = TRUE;
  return 0;
}

/* What follows from the first byte on. */
static MsCursor
open_bytes(const MsPacked *packed, gsize *n_cells, gboolean *has_stacks)
{
  MsCursor cursor = {.at = packed->bytes, .end = packed->bytes + packed->size};
  guint64 head = ms_cursor_take(&cursor);

  *n_cells = check_number(&cursor, head >> 1);
  *has_stacks = (head & HAS_STACKS) != 0;
  return cursor;
}

/* What it is and `left_out` samples further; 32 bits, or it is broken. */
static guint64
move_on(MsCursor *cursor, guint64 from, guint64 left_out)
{
  if (left_out <= G_MAXUINT32 && from + left_out <= G_MAXUINT32)
    return from + left_out;
  cursor->is_broken = TRUE;
  return 0;
}

/* n_cells cells, ascending by the way they are written. */
static void
take_cells(MsCursor *cursor, MsCell *cells, gsize n_cells)
{
  guint64 actual = 0, next_actual = 0, next_predicted = 0, total = 0;

  for (gsize i = 0; i < n_cells && !cursor->is_broken;) {
    guint64 token = ms_cursor_take(cursor), predicted;
    gsize n = 1;

    if (token & RUN_OTHER_ACTUAL) {
      actual = move_on(cursor, next_actual, ms_cursor_take(cursor));
      next_actual = actual + 1;
      next_predicted = 0;
    }
    if (token & RUN_LONG)
      n += 1 + check_number(cursor, ms_cursor_take(cursor));
    predicted = move_on(cursor, next_predicted, token >> RUN_BITS);
    next_predicted = predicted + n;
    if (n > n_cells - i || next_predicted > (guint64)G_MAXUINT32 + 1 || next_actual == 0)
      cursor->is_broken = TRUE;
    for (gsize j = 0; j < n && !cursor->is_broken; j++, i++) {
      cells[i] = (MsCell){(guint32)actual, (guint32)(predicted + j), ms_cursor_take(cursor)};
      if (cells[i].count == 0 || __builtin_add_overflow(total, cells[i].count, &total))
        cursor->is_broken = TRUE;
    }
  }
}

static guint32
take_class(MsCursor *cursor, guint64 *next_class)
{
  guint64 class_id = move_on(cursor, *next_class, ms_cursor_take(cursor));

  *next_class = class_id + 1;
  return (guint32)class_id;
}

static guint32
take_score(MsCursor *cursor)
{
  guint64 less = ms_cursor_take(cursor);

  if (less > MS_STACK_MAXIMUM)
    cursor->is_broken = TRUE;
  return (guint32)(MS_STACK_MAXIMUM - MIN(less, MS_STACK_MAXIMUM));
}

static void
take_items(MsCursor *cursor, GArray *items)
{
  gsize n_items = check_number(cursor, ms_cursor_take(cursor));
  guint64 next_class = 0;

  for (gsize i = 0; i < n_items && !cursor->is_broken; i++) {
    MsStackItem item = {.class_id = take_class(cursor, &next_class)};

    item.score = take_score(cursor);
    g_array_append_val(items, item);
  }
}

static MsStatus
take_stacks(MsCursor *cursor, MsStacks **stacks)
{
  gsize n_stacks = 1 + check_number(cursor, ms_cursor_take(cursor));
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(MsStackItem));
  g_autoptr(GArray) starts = g_array_new(FALSE, TRUE, sizeof(guint32));

  g_array_set_size(starts, 2); /* of the empty stack, and its end */
  for (gsize i = 1; i < n_stacks && !cursor->is_broken; i++) {
    take_items(cursor, items);
    g_array_append_val(starts, items->len);
  }
  if (cursor->is_broken)
    return MS_STATUS_INVALID;
  return ms_stacks_new((const MsStackItem *)(gpointer)items->data,
                       (const guint32 *)(gpointer)starts->data, n_stacks, stacks);
}

/* The stacks that follow the cells, if any, and nothing after them. */
static MsStatus
take_rest(MsCursor *cursor, gboolean has_stacks, MsStacks **actual, MsStacks **predicted)
{
  MsStacks *sides[2] = {NULL, NULL};
  MsStatus status = cursor->is_broken ? MS_STATUS_INVALID : MS_STATUS_OK;

  for (guint i = 0; i < 2 && has_stacks && status == MS_STATUS_OK; i++)
    status = take_stacks(cursor, &sides[i]);
  if (status == MS_STATUS_OK && !ms_cursor_is_at_end(cursor))
    status = MS_STATUS_INVALID;
  if (status != MS_STATUS_OK) {
    ms_stacks_free(sides[0]);
    ms_stacks_free(sides[1]);
    return status == MS_STATUS_TOO_LARGE ? MS_STATUS_INVALID : status;
  }
  *actual = sides[0];
  *predicted = sides[1];
  return MS_STATUS_OK;
}

MsStatus
ms_packed_cells(const MsPacked *packed, GArray *cells)
{
  gboolean has_stacks;
  gsize n_cells;
  MsCursor cursor = open_bytes(packed, &n_cells, &has_stacks);

  g_array_set_size(cells, 0);
  if (n_cells > G_MAXUINT / sizeof(MsCell) / 2)
    return MS_STATUS_NO_MEMORY;
  g_array_set_size(cells, (guint)n_cells);
  take_cells(&cursor, (MsCell *)(gpointer)cells->data, n_cells);
  if (has_stacks ? !cursor.is_broken : ms_cursor_is_at_end(&cursor))
    return MS_STATUS_OK;
  g_array_set_size(cells, 0);
  return MS_STATUS_INVALID;
}

guint64
ms_packed_n_cells(const MsPacked *packed)
{
  gboolean has_stacks;
  gsize n_cells;

  open_bytes(packed, &n_cells, &has_stacks);
  return n_cells;
}

/* Everything, cells in `few` or in memory of their own. */
typedef struct {
  MsCell few[FEW_CELLS];
  MsCell *cells;
  gsize n_cells;
  MsStacks *actual;
  MsStacks *predicted;
} Unpacked;

static void
unpacked_clear(Unpacked *unpacked)
{
  if (unpacked->cells != unpacked->few)
    g_free(unpacked->cells);
  ms_stacks_free(unpacked->actual);
  ms_stacks_free(unpacked->predicted);
}

/* Takes one whose `few` may hold anything. */
static MsStatus
unpack(Unpacked *unpacked, const MsPacked *packed)
{
  gboolean has_stacks;
  MsCursor cursor = open_bytes(packed, &unpacked->n_cells, &has_stacks);

  unpacked->actual = unpacked->predicted = NULL;
  unpacked->cells = unpacked->n_cells <= FEW_CELLS
                        ? unpacked->few
                        : g_try_malloc_n(unpacked->n_cells, sizeof(MsCell));
  if (!unpacked->cells)
    return MS_STATUS_NO_MEMORY;
  take_cells(&cursor, unpacked->cells, unpacked->n_cells);
  return take_rest(&cursor, has_stacks, &unpacked->actual, &unpacked->predicted);
}

static MsStatus
count(const Unpacked *unpacked, MsConfusion *confusion, guint32 *unknown_id)
{
  if (unpacked->actual)
    return ms_confusion_add_stack_cells(confusion, unpacked->cells, unpacked->n_cells,
                                        unpacked->actual, unpacked->predicted, unknown_id);
  return ms_confusion_add_cells(confusion, unpacked->cells, unpacked->n_cells, unknown_id);
}

MsStatus
ms_packed_count(const MsPacked *packed, const MsRules *rules, MsConfusion **confusion,
                guint32 *unknown_id)
{
  Unpacked unpacked;
  MsConfusion *made = NULL;
  MsStatus status = unpack(&unpacked, packed);

  if (status == MS_STATUS_OK)
    status = ms_confusion_new(rules, &made);
  if (status == MS_STATUS_OK)
    status = count(&unpacked, made, unknown_id);
  unpacked_clear(&unpacked);
  if (status == MS_STATUS_OK)
    *confusion = made;
  else
    ms_confusion_free(made);
  return status;
}

MsStatus
ms_packed_unpack(const MsPacked *packed, MsJoint **joint, MsStacks **actual, MsStacks **predicted)
{
  Unpacked unpacked;
  MsStatus status = unpack(&unpacked, packed);

  if (status == MS_STATUS_OK)
    status = ms_joint_new_of_cells(unpacked.cells, unpacked.n_cells, joint);
  if (status == MS_STATUS_OK) {
    *actual = g_steal_pointer(&unpacked.actual);
    *predicted = g_steal_pointer(&unpacked.predicted);
  }
  unpacked_clear(&unpacked);
  return status;
}
