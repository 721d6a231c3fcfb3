/* SPDX-License-Identifier: MIT
 *
 * Axes first, then values: the shape says which arrays could be pictures or channels, and a look at
 * the values decides. Rows are read through views of the array, so that no order of axes needs a
 * loop of its own.
 */
#include "io/array-samples.h"

#include <math.h>
#include <string.h>

#include "io/error.h"
#include "io/wide-samples.h"
#include "metric/raster.h"

/* An array of three axes, as rows of columns of channels. */
typedef struct {
  const MsNpy *array;
  gsize height;
  gsize width;
  gsize n_channels;
  guint row_axis;
  guint column_axis;
  guint channel_axis;
  const char *name; /* of the file */
} Channels;

/* What the values of an array are. */
typedef struct {
  gboolean fractions;  /* at least one is no whole number */
  gboolean beyond_one; /* at least one is neither 0 nor 1 */
} Survey;

/* --- axes ------------------------------------------------------------------------------------- */

static void
leave_out_axis(MsNpy *array, guint axis)
{
  for (guint i = axis + 1; i < array->n_dimensions; i++) {
    array->shape[i - 1] = array->shape[i];
    array->strides[i - 1] = array->strides[i];
  }
  array->n_dimensions--;
}

/* The same items, with axes of length 1 left out, but for those that a mask of one row or one
 * column needs. */
static MsNpy
squeeze(const MsNpy *npy)
{
  MsNpy array = *npy;

  for (guint i = 0; i < array.n_dimensions && array.n_dimensions > 2;)
    if (array.shape[i] == 1)
      leave_out_axis(&array, i);
    else
      i++;
  return array;
}

static char *
describe_shape(const MsNpy *npy)
{
  g_autoptr(GString) shape = g_string_new("(");

  for (guint i = 0; i < npy->n_dimensions; i++)
    g_string_append_printf(shape, i > 0 ? ", %" G_GSIZE_FORMAT : "%" G_GSIZE_FORMAT, npy->shape[i]);
  g_string_append_c(shape, ')');
  return g_string_free(g_steal_pointer(&shape), FALSE);
}

static gboolean
check_sides(const MsNpy *squeezed, const char *name, GError **error)
{
  g_autofree char *shape = describe_shape(squeezed);
  gboolean fits = TRUE;

  for (guint i = 0; i < squeezed->n_dimensions; i++)
    fits &= squeezed->shape[i] <= MS_RASTER_MAX_SIDE;
  if (!fits)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: an array of the shape %s; sides up to %d are read", name, shape,
                MS_RASTER_MAX_SIDE);
  return fits;
}

static gboolean
check_axes(const MsNpy *npy, const MsNpy *squeezed, const char *name, GError **error)
{
  guint n_axes = squeezed->n_dimensions;
  g_autofree char *shape = describe_shape(npy);

  if (npy->n_items == 0)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY,
                "%s: an array without items: its shape is %s", name, shape);
  else if (n_axes != 2 && n_axes != 3)
    g_set_error(
        error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
        "%s: an array of the shape %s; a mask is an array of two axes, rows and columns, or "
        "of three with a channel for each class",
        name, shape);
  else
    return check_sides(squeezed, name, error);
  return FALSE;
}

/* One channel of the array, as an array of two axes. */
static MsNpy
view_of_channel(const Channels *self, gsize channel)
{
  MsNpy view = *self->array;

  view.n_dimensions = 2;
  view.shape[0] = self->height;
  view.shape[1] = self->width;
  view.strides[0] = self->array->strides[self->row_axis];
  view.strides[1] = self->array->strides[self->column_axis];
  view.data += channel * self->array->strides[self->channel_axis];
  view.n_items = self->height * self->width;
  return view;
}

static void
read_channel_row(const Channels *self, gsize channel, gsize y, double *values)
{
  MsNpy view = view_of_channel(self, channel);

  ms_npy_read_row(&view, y, values);
}

static Channels
channels_of(const MsNpy *array, guint channel_axis, const char *name)
{
  guint row_axis = channel_axis == 0 ? 1 : 0;
  guint column_axis = channel_axis == 2 ? 1 : 2;

  return (Channels){
      .array = array,
      .height = array->shape[row_axis],
      .width = array->shape[column_axis],
      .n_channels = array->shape[channel_axis],
      .row_axis = row_axis,
      .column_axis = column_axis,
      .channel_axis = channel_axis,
      .name = name,
  };
}

/* --- values that a PNG could hold, too -------------------------------------------------------- */

static void
put_samples(const double *values, gsize n, gsize step, guint bytes, guint8 *to)
{
  for (gsize i = 0; i < n; i++) {
    guint16 word = (guint16)values[i];

    if (bytes == 1)
      to[i * step] = (guint8)values[i];
    else
      memcpy(to + i * step * sizeof word, &word, sizeof word);
  }
}

/* SCALED, of as many channels as the colour has. */
static MsSamples *
read_scaled(const Channels *self, MsColorType color, int depth, GError **error)
{
  MsSamples *samples =
      ms_samples_new((int)self->width, (int)self->height, color, depth, self->name, error);
  g_autofree double *values = samples ? g_new(double, self->width) : NULL;

  for (gsize y = 0; samples && y < self->height; y++)
    for (gsize channel = 0; channel < self->n_channels; channel++) {
      guint8 *row = samples->pixels + y * samples->stride + channel * (gsize)samples->bytes;

      read_channel_row(self, channel, y, values);
      put_samples(values, self->width, self->n_channels, (guint)samples->bytes, row);
    }
  return samples;
}

/* 0: not the type of such samples. */
static int
depth_of(const MsNpy *array)
{
  if (array->type == MS_NPY_BOOL)
    return 1;
  return array->type == MS_NPY_UINT && array->item_size <= 2 ? 8 * (int)array->item_size : 0;
}

/* --- a channel for each class ----------------------------------------------------------------- */

static void
survey_values(const double *values, gsize n, Survey *survey)
{
  for (gsize i = 0; i < n; i++) {
    survey->fractions |= !isfinite(values[i]) || values[i] != trunc(values[i]);
    survey->beyond_one |= values[i] != 0 && values[i] != 1;
  }
}

/* Whether more values could change nothing. */
static gboolean
is_decided(const Survey *survey, MsNpyType type)
{
  return survey->fractions || (survey->beyond_one && type != MS_NPY_FLOAT);
}

static Survey
survey_channels(const Channels *self)
{
  g_autofree double *values = g_new(double, self->width);
  Survey survey = {FALSE, FALSE};

  for (gsize y = 0; y < self->height && !is_decided(&survey, self->array->type); y++)
    for (gsize channel = 0; channel < self->n_channels; channel++) {
      read_channel_row(self, channel, y, values);
      survey_values(values, self->width, &survey);
    }
  return survey;
}

static gboolean
fail_for_pixel(const Channels *self, gsize x, gsize y, const char *what, GError **error)
{
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: of its %" G_GSIZE_FORMAT " channels, %s at x %" G_GSIZE_FORMAT
              ", y %" G_GSIZE_FORMAT,
              self->name, self->n_channels, what, x, y);
  return FALSE;
}

/* ids: of a row. values: room for one. */
static gboolean
find_set_channels(const Channels *self, gsize y, guint32 *ids, double *values, GError **error)
{
  for (gsize x = 0; x < self->width; x++)
    ids[x] = G_MAXUINT32;
  for (gsize channel = 0; channel < self->n_channels; channel++) {
    read_channel_row(self, channel, y, values);
    for (gsize x = 0; x < self->width; x++) {
      if (values[x] == 0)
        continue;
      if (ids[x] != G_MAXUINT32)
        return fail_for_pixel(self, x, y, "more than one is set", error);
      ids[x] = (guint32)channel;
    }
  }
  for (gsize x = 0; x < self->width; x++)
    if (ids[x] == G_MAXUINT32)
      return fail_for_pixel(self, x, y, "none is set", error);
  return TRUE;
}

/* highest: room for the values of a row, as `values` is. */
static gboolean
find_highest_channels(const Channels *self, gsize y, guint32 *ids, double *values, double *highest,
                      GError **error)
{
  for (gsize channel = 0; channel < self->n_channels; channel++) {
    read_channel_row(self, channel, y, values);
    for (gsize x = 0; x < self->width; x++) {
      if (isnan(values[x]))
        return fail_for_pixel(self, x, y, "one is not a number", error);
      if (channel > 0 && !(values[x] > highest[x]))
        continue;
      highest[x] = values[x];
      ids[x] = (guint32)channel;
    }
  }
  return TRUE;
}

static MsSamples *
read_ids(const Channels *self, gboolean scores, GError **error)
{
  g_autoptr(MsSamples) samples =
      ms_samples_new_numbers((int)self->width, (int)self->height, self->name, error);
  g_autofree double *values = samples ? g_new(double, self->width) : NULL;
  g_autofree double *highest = samples ? g_new(double, self->width) : NULL;

  if (!samples)
    return NULL;
  for (gsize y = 0; y < self->height; y++) {
    guint32 *ids = (guint32 *)(void *)(samples->pixels + y * samples->stride);

    if (!(scores ? find_highest_channels(self, y, ids, values, highest, error)
                 : find_set_channels(self, y, ids, values, error)))
      return NULL;
  }
  samples->note = g_strdup_printf("%" G_GSIZE_FORMAT " channels: the %s is the id",
                                  self->n_channels, scores ? "highest" : "one that is set");
  return ms_samples_settle(samples, self->name, error) ? g_steal_pointer(&samples) : NULL;
}

static MsSamples *
fail_for_volume(const MsNpy *array, const char *name, GError **error)
{
  g_autofree char *shape = describe_shape(array);

  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: an array of the shape %s with whole numbers beyond 0 and 1, which looks like a "
              "volume; slices belong in a NIfTI file, in a multi-page TIFF or in a file each",
              name, shape);
  return NULL;
}

/* ---------------------------------------------------------------------------------------------- */

static MsSamples *
read_three_axes(const MsNpy *array, const char *name, GError **error)
{
  guint channel_axis = array->shape[2] < array->shape[0] ? 2 : 0;
  gsize n_last = array->shape[2];
  gboolean colors =
      array->type == MS_NPY_UINT && depth_of(array) > 0 && (n_last == 3 || n_last == 4);
  Channels channels = channels_of(array, colors ? 2 : channel_axis, name);
  Survey survey = survey_channels(&channels);

  if (colors && survey.beyond_one)
    return read_scaled(&channels, n_last == 3 ? MS_COLOR_RGB : MS_COLOR_RGBA, depth_of(array),
                       error);
  if (survey.beyond_one && !survey.fractions)
    return fail_for_volume(array, name, error);
  channels = channels_of(array, channel_axis, name);
  return read_ids(&channels, survey.fractions, error);
}

static MsSamples *
read_two_axes(const MsNpy *array, const char *name, GError **error)
{
  Channels channels = {
      .array = array,
      .height = array->shape[0],
      .width = array->shape[1],
      .n_channels = 1,
      .column_axis = 1,
      .name = name,
  };
  int depth = depth_of(array);

  return depth > 0 ? read_scaled(&channels, MS_COLOR_GREY, depth, error)
                   : ms_wide_samples_new(array, NULL, name, error);
}

MsSamples *
ms_npy_to_samples(const MsNpy *npy, const char *name, GError **error)
{
  MsNpy array = squeeze(npy);

  if (!check_axes(npy, &array, name, error))
    return NULL;
  return array.n_dimensions == 2 ? read_two_axes(&array, name, error)
                                 : read_three_axes(&array, name, error);
}
