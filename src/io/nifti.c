/* SPDX-License-Identifier: MIT
 *
 * Slices of a volume. One is an array with strides of its own, so its items are read as NumPy's
 * are: any type, any byte order, any alignment.
 */
#include "io/nifti.h"

#include "io/error.h"
#include "io/wide-samples.h"

static MsNpyType
type_of(guint datatype)
{
  switch (datatype) {
  case 4:
  case 8:
  case 256:
  case 1024:
    return MS_NPY_INT;
  case 16:
  case 64:
    return MS_NPY_FLOAT;
  default:
    return MS_NPY_UINT;
  }
}

static MsNpy
slice_of(GBytes *bytes, const MsNiftiHeader *header, guint axis, gsize index)
{
  guint x_axis = axis == 0 ? 1 : 0, y_axis = axis == 2 ? 1 : 2;
  gsize strides[3] = {header->item_size};
  const guint8 *data = g_bytes_get_data(bytes, NULL);

  strides[1] = strides[0] * header->size[0];
  strides[2] = strides[1] * header->size[1];
  return (MsNpy){
      .n_dimensions = 2,
      .shape = {header->size[y_axis], header->size[x_axis]},
      .strides = {strides[y_axis], strides[x_axis]},
      .type = type_of(header->datatype),
      .item_size = header->item_size,
      .swapped = header->swapped,
      .n_items = header->size[y_axis] * header->size[x_axis],
      .bytes = bytes,
      .data = data + header->offset + index * strides[axis],
  };
}

MsSamples *
ms_nifti_decode_slice(GBytes *bytes, guint axis, gsize index, const char *name, GError **error)
{
  MsNiftiHeader header;
  MsNpy slice;

  g_return_val_if_fail(axis < 3, NULL);
  if (!ms_nifti_read_header(bytes, FALSE, name, &header, error))
    return NULL;
  if (index >= header.size[axis]) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: no slice %" G_GSIZE_FORMAT " across axis %u, which has %" G_GSIZE_FORMAT, name,
                index, axis, header.size[axis]);
    return NULL;
  }
  slice = slice_of(bytes, &header, axis, index);
  return ms_wide_samples_new(
      &slice, header.scaled ? &(MsScale){header.slope, header.intercept} : NULL, name, error);
}
