/* SPDX-License-Identifier: MIT
 *
 * From runs to pieces of columns, which the painter of stacks takes.
 */
#include "set/annotations-paint.h"

void
ms_mask_painting_init(MsMaskPainting *painting, MsMaskSize size)
{
  painting->status = ms_stack_painter_new(size.width, size.height, &painting->painter);
}

void
ms_mask_painting_clear(MsMaskPainting *painting)
{
  g_clear_pointer(&painting->painter, ms_stack_painter_free);
}

static void
paint_run(int x, int y, int length, gpointer user)
{
  MsMaskPainting *painting = user;

  if (painting->status == MS_STATUS_OK)
    painting->status = ms_stack_painter_column(painting->painter, x, y, length);
}

void
ms_mask_painting_add(MsMaskPainting *painting, guint32 class_id, guint32 score,
                     const MsRunLength *parts, guint n_parts)
{
  if (painting->status != MS_STATUS_OK)
    return;
  ms_stack_painter_begin(painting->painter, class_id, score);
  for (guint i = 0; i < n_parts; i++)
    ms_run_length_visit(&parts[i], paint_run, painting);
}

MsStatus
ms_mask_painting_finish(MsMaskPainting *painting, MsMask *mask)
{
  if (painting->status == MS_STATUS_OK)
    painting->status =
        ms_stack_painter_finish(g_steal_pointer(&painting->painter), &mask->raster, &mask->stacks);
  return painting->status;
}
