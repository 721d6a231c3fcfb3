/* SPDX-License-Identifier: MIT
 *
 * Whether two volumes lie in the same way in space: column by column of their forms, of which an
 * axis of one item has none that matters.
 */
#include <math.h>

#include "io/nifti.h"

#define TOLERANCE 1e-3 /* of the spacing */

static double
step_along(const MsNiftiHeader *header, guint axis)
{
  return sqrt(header->form[0][axis] * header->form[0][axis] +
              header->form[1][axis] * header->form[1][axis] +
              header->form[2][axis] * header->form[2][axis]);
}

/* 1, 2, 3: the direction in space that the axis is closest to; negative: it runs against it. */
static int
direction_of(const MsNiftiHeader *header, guint axis)
{
  int closest = 0;

  for (int row = 1; row < 3; row++)
    if (fabs(header->form[row][axis]) > fabs(header->form[closest][axis]))
      closest = row;
  return header->form[closest][axis] < 0 ? -closest - 1 : closest + 1;
}

static gboolean
is_column_same(const MsNiftiHeader *a, const MsNiftiHeader *b, guint column, double tolerance)
{
  for (guint row = 0; row < 3; row++)
    if (fabs(a->form[row][column] - b->form[row][column]) > tolerance)
      return FALSE;
  return TRUE;
}

/* What differs most comes first. */
static const char *
find_difference(const MsNiftiHeader *a, const MsNiftiHeader *b)
{
  double smallest = INFINITY;
  gboolean directions = TRUE, steps = TRUE, angles = TRUE;

  for (guint axis = 0; axis < 3; axis++) {
    double step = step_along(a, axis);

    smallest = fmin(smallest, step);
    if (a->size[axis] == 1)
      continue;
    directions &= direction_of(a, axis) == direction_of(b, axis);
    steps &= fabs(step - step_along(b, axis)) <= TOLERANCE * step;
    angles &= is_column_same(a, b, axis, TOLERANCE * step);
  }
  if (!directions)
    return "their axes run in different directions";
  if (!steps)
    return "their voxels are spaced differently";
  if (!angles)
    return "one is turned against the other";
  return is_column_same(a, b, 3, TOLERANCE * smallest) ? NULL : "they begin at different places";
}

gboolean
ms_nifti_same_grid(const MsNiftiHeader *a, const MsNiftiHeader *b, const char **difference)
{
  const char *found = NULL;

  if (a->has_form && b->has_form && a->size[0] == b->size[0] && a->size[1] == b->size[1] &&
      a->size[2] == b->size[2])
    found = find_difference(a, b);
  if (difference)
    *difference = found;
  return !found;
}
