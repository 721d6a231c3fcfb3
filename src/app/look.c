/* SPDX-License-Identifier: MIT */
#include "app/look.h"

#define IMAGE_ALONE (-1)

static const char *const mode_names[MS_N_LOOKS] = {"errors", "actual",       "predicted",
                                                   "heat",   "side-by-side", "swipe"};

static const MsLookCell side_by_side[] = {
    {IMAGE_ALONE, "Image"},
    {MS_LAYER_ACTUAL, "Actual"},
    {MS_LAYER_PREDICTED, "Predicted"},
    {MS_LAYER_ERRORS, "Errors"},
};

static const MsLookCell both_sides[] = {
    {MS_LAYER_ACTUAL, "Actual"},
    {MS_LAYER_PREDICTED, "Predicted"},
};

static const MsLookCell single[] = {
    {MS_LAYER_ERRORS, NULL},
    {MS_LAYER_ACTUAL, NULL},
    {MS_LAYER_PREDICTED, NULL},
    {MS_LAYER_HEAT, NULL},
};

const char *
ms_look_mode_name(MsLookMode mode)
{
  return mode_names[mode];
}

gboolean
ms_look_mode_from_name(const char *name, MsLookMode *mode)
{
  for (guint i = 0; i < MS_N_LOOKS; i++)
    if (g_strcmp0(name, mode_names[i]) == 0) {
      *mode = i;
      return TRUE;
    }
  return FALSE;
}

gboolean
ms_look_equal(const MsLook *a, const MsLook *b)
{
  return a->mode == b->mode && a->flip == b->flip && a->outlines == b->outlines &&
         a->only_errors == b->only_errors;
}

static guint
copy_cells(const MsLookCell *from, guint n, MsLookCell *cells)
{
  for (guint i = 0; i < n; i++)
    cells[i] = from[i];
  return n;
}

guint
ms_look_cells(const MsLook *look, MsLookCell *cells)
{
  if (look->flip != MS_FLIP_NONE)
    return copy_cells(&both_sides[look->flip == MS_FLIP_PREDICTED], 1, cells);
  if (look->mode == MS_LOOK_SIDE_BY_SIDE)
    return copy_cells(side_by_side, G_N_ELEMENTS(side_by_side), cells);
  if (look->mode == MS_LOOK_SWIPE)
    return copy_cells(both_sides, G_N_ELEMENTS(both_sides), cells);
  return copy_cells(&single[look->mode], 1, cells);
}

unsigned
ms_look_layers(const MsLook *look)
{
  unsigned layers = look->flip != MS_FLIP_NONE ? MS_LAYERS_CLASSES : 0;
  MsLookCell cells[MS_LOOK_MAX_CELLS];
  guint n = ms_look_cells(look, cells);

  for (guint i = 0; i < n; i++)
    if (cells[i].layer != IMAGE_ALONE)
      layers |= MS_LAYERS(cells[i].layer);
  return look->outlines ? layers | MS_LAYERS(MS_LAYER_EDGES) : layers;
}

gboolean
ms_look_shows(const MsLook *look, MsLayer layer)
{
  MsLookCell cells[MS_LOOK_MAX_CELLS];
  guint n = ms_look_cells(look, cells);

  for (guint i = 0; i < n; i++)
    if (cells[i].layer == (int)layer)
      return TRUE;
  return FALSE;
}
