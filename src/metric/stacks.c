/* SPDX-License-Identifier: MIT
 *
 * Finished stacks, and those of a raster in which each pixel has one id.
 */
#include "metric/stacks.h"

#include <stdlib.h>

#include "metric/stack-table.h"

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
