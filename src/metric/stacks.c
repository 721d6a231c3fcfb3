/* SPDX-License-Identifier: MIT
 *
 * Finished stacks, and those of a raster in which each pixel has one id.
 */
#include "metric/stacks.h"

#include <stdlib.h>
#include <string.h>

#include "metric/stack-table.h"

static MsStatus
check_stack(const MsStackItem *items, size_t n_items)
{
  if (n_items > MS_STACK_MAX_CLASSES)
    return MS_STATUS_TOO_LARGE;
  for (size_t i = 0; i < n_items; i++)
    if (items[i].score > MS_STACK_MAXIMUM || (i > 0 && items[i].class_id <= items[i - 1].class_id))
      return MS_STATUS_INVALID;
  return MS_STATUS_OK;
}

static MsStatus
check_stacks(const MsStackItem *items, const uint32_t *starts, size_t n_stacks)
{
  MsStatus status = MS_STATUS_OK;

  if (n_stacks == 0 || starts[0] != 0 || starts[1] != 0)
    return MS_STATUS_INVALID;
  for (size_t i = 1; i < n_stacks && status == MS_STATUS_OK; i++) {
    if (starts[i + 1] < starts[i])
      return MS_STATUS_INVALID;
    if (starts[i + 1] > MS_STACK_MAX_ITEMS)
      return MS_STATUS_TOO_LARGE;
    status = check_stack(items + starts[i], starts[i + 1] - starts[i]);
  }
  return status;
}

/* The caller's to free; NULL: no memory. Never empty, so that NULL says but one thing. */
static void *
copy_array(const void *array, size_t n, size_t size)
{
  void *copy = calloc(n + 1, size);

  if (copy && n > 0)
    memcpy(copy, array, n * size);
  return copy;
}

MsStatus
ms_stacks_new(const MsStackItem *items, const uint32_t *starts, size_t n_stacks, MsStacks **stacks)
{
  MsStatus status = check_stacks(items, starts, n_stacks);
  MsStacks *made;

  if (status != MS_STATUS_OK)
    return status;
  made = calloc(1, sizeof *made);
  if (!made)
    return MS_STATUS_NO_MEMORY;
  made->n_stacks = n_stacks;
  made->n_items = starts[n_stacks];
  made->starts = copy_array(starts, n_stacks + 1, sizeof *starts);
  made->items = copy_array(items, made->n_items, sizeof *items);
  if (!made->starts || !made->items) {
    ms_stacks_free(made);
    return MS_STATUS_NO_MEMORY;
  }
  *stacks = made;
  return MS_STATUS_OK;
}

void
ms_stacks_free(MsStacks *stacks)
{
  if (!stacks)
    return;
  free(stacks->items);
  free(stacks->starts);
  free(stacks);
}

size_t
ms_stacks_count(const MsStacks *stacks)
{
  return stacks->n_stacks;
}

const MsStackItem *
ms_stacks_items(const MsStacks *stacks, uint32_t stack, size_t *n_items)
{
  *n_items = stacks->starts[stack + 1] - stacks->starts[stack];
  return stacks->items + stacks->starts[stack];
}

size_t
ms_stacks_bytes(const MsStacks *stacks)
{
  return sizeof *stacks + stacks->n_items * sizeof *stacks->items +
         (stacks->n_stacks + 1) * sizeof *stacks->starts;
}

uint32_t
ms_stack_score(double score)
{
  double scaled = score * MS_STACK_MAXIMUM; /* exact: a power of two */

  if (!(scaled >= 1))
    return 1;
  return scaled < MS_STACK_MAXIMUM ? (uint32_t)scaled : MS_STACK_MAXIMUM;
}

static MsStatus
number_ids(const MsRaster *ids, int64_t background, MsStackTable *table, MsRaster *raster)
{
  int64_t last_id = background; /* -1 is the id of no pixel */
  uint32_t stack = 0;

  for (int y = 0; y < ids->height; y++) {
    uint32_t *row = ms_raster_row_writable(raster, y);

    for (int x = 0; x < ids->width; x++) {
      uint32_t id = ms_raster_get(ids, x, y);

      if (id != last_id) {
        MsStackItem item = {.class_id = id, .score = MS_STACK_MAXIMUM};
        MsStatus status = MS_STATUS_OK;

        stack = 0;
        if (id != background)
          status = ms_stack_table_add(table, &item, 1, &stack);
        if (status != MS_STATUS_OK)
          return status;
        last_id = id;
      }
      row[x] = stack;
    }
  }
  return MS_STATUS_OK;
}

MsStatus
ms_stacks_from_ids(const MsRaster *ids, int64_t background, MsRaster *raster, MsStacks **stacks)
{
  MsStackTable table = {0};
  MsRaster made;
  MsStatus status = ms_raster_init(&made, ids->width, ids->height, 32);

  if (status != MS_STATUS_OK)
    return status;
  status = ms_stack_table_init(&table);
  if (status == MS_STATUS_OK)
    status = number_ids(ids, background, &table, &made);
  if (status == MS_STATUS_OK)
    status = ms_stack_table_take(&table, stacks);
  ms_stack_table_clear(&table);
  if (status == MS_STATUS_OK)
    *raster = made;
  else
    ms_raster_clear(&made);
  return status;
}
