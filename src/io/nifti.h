/* SPDX-License-Identifier: MIT
 *
 * NIfTI-1 and NIfTI-2 volumes in one file (.nii; .nii.gz is inflated before), either byte order:
 * integers of 8 to 64 bits and floats. A slice is what two of the first three axes span. Axis 0 is
 * the fastest in the file. Scale slope and intercept are applied where they change anything.
 * Files of a header and data apart (.hdr and .img), colours, complex numbers and more than three
 * axes of more than one item are refused by name. Voxels are given as they are stored; where in
 * space they lie is only compared.
 */
#pragma once

#include <gio/gio.h>

#include "io/samples.h"

G_BEGIN_DECLS

#define MS_NIFTI_MAX_BYTES (G_GUINT64_CONSTANT(2) << 30) /* inflated */

typedef struct {
  gsize size[3];     /* items along each axis, each at least 1 */
  double spacing[3]; /* mm between items; 0: the header does not say */
  guint datatype;    /* NIfTI's code */
  guint item_size;   /* bytes: 1, 2, 4 or 8 */
  gboolean swapped;  /* not this machine's byte order */
  gboolean scaled;   /* slope and intercept change values */
  double slope;
  double intercept;
  guint64 offset;    /* of the first item in the (inflated) file */
  guint64 n_bytes;   /* of the (inflated) file, up to the end of the last item */
  gboolean has_form; /* the header says where in space the items are: */
  double form[3][4]; /* mm along x, y and z of an item's indices and 1 (sform, else qform) */
} MsNiftiHeader;

/* Whether the (inflated) bytes begin with a NIfTI header. */
gboolean ms_nifti_sniff(GBytes *bytes);

/* Reads the header; data must hold what it promises unless header_only. */
gboolean ms_nifti_read_header(GBytes *bytes, gboolean header_only, const char *name,
                              MsNiftiHeader *header, GError **error);

/* The same from a file (.nii or .nii.gz), of which no more than the beginning is read. */
gboolean ms_nifti_read_header_of_file(const char *path, MsNiftiHeader *header, GError **error);

/* The whole of a .nii.gz. What its header promises is held to the limit and to what compressed data
 * can become before memory is taken for it, and neither less nor more is accepted
 * (MS_IO_ERROR_CORRUPT). gzip data of anything else are MS_IO_ERROR_UNSUPPORTED. */
GBytes *ms_nifti_inflate(GBytes *packed, const char *name, GCancellable *cancellable,
                         GError **error);

/* Whether items of the same indices are at the same place, within a thousandth of the spacing.
 * Headers of different sizes, or without a form, cannot be compared: TRUE. Else *difference (may be
 * NULL) says what differs, in words of which "their" are both volumes; static. */
gboolean ms_nifti_same_grid(const MsNiftiHeader *a, const MsNiftiHeader *b,
                            const char **difference);

/* Slice `index` across `axis` (0, 1 or 2) of inflated bytes, as NUMBERS or FLOATS, settled. Of the
 * two other axes the lower one runs along x (to the right), the higher one along y (down), in the
 * file's order. */
MsSamples *ms_nifti_decode_slice(GBytes *bytes, guint axis, gsize index, const char *name,
                                 GError **error);

G_END_DECLS
