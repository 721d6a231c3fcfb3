/* SPDX-License-Identifier: MIT
 *
 * NumPy's .npy files, format versions 1.0 to 3.0: booleans, integers and floats in either byte
 * order, in C and in Fortran order. The header is held to the file's size before anything else
 * believes it; the data stay where they are and items are read when they are asked for. Limits:
 * those below, and that of whoever read the file.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MS_NPY_MAX_DIMENSIONS   8
#define MS_NPY_MAX_SIDE         G_MAXUINT32
#define MS_NPY_MAX_HEADER_BYTES 65536u

typedef enum { MS_NPY_BOOL, MS_NPY_UINT, MS_NPY_INT, MS_NPY_FLOAT } MsNpyType;

/* Immutable. The item at `index` begins index[0] * strides[0] + index[1] * strides[1] + ... bytes
 * behind `data`, at any alignment. */
typedef struct {
  guint n_dimensions; /* 0: a single number */
  gsize shape[MS_NPY_MAX_DIMENSIONS];
  gsize strides[MS_NPY_MAX_DIMENSIONS]; /* bytes */
  gboolean fortran_order;
  MsNpyType type;
  guint item_size;  /* bytes: 1, 2, 4 or 8 */
  gboolean swapped; /* not this machine's byte order */
  gsize n_items; /* all of them lie in `bytes`; of an array with none any other side may be huge */
  GBytes *bytes;
  const guint8 *data;
} MsNpy;

/* Keeps a reference to the bytes and copies nothing. A dtype without a byte order is in this
 * machine's, as for NumPy. Errors: MS_IO_ERROR_EMPTY; FORMAT (no .npy file); CORRUPT (fewer or more
 * bytes than the header promises); PARSE (the header, with the byte of the file at which it is
 * wrong); UNSUPPORTED (another version, or what is no array of plain numbers: named);
 * TOO_LARGE. */
MsNpy *ms_npy_parse(GBytes *bytes, const char *name, GError **error);
void ms_npy_free(MsNpy *npy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsNpy, ms_npy_free)

gsize ms_npy_n_items(const MsNpy *npy);

/* As NumPy names it: "bool", "uint8", "float32", ... */
const char *ms_npy_type_name(const MsNpy *npy);

/* One item; index holds n_dimensions numbers, each below its side (0 dimensions: may be NULL).
 * Booleans are 0 or 1. Exact, but for integers of 64 bits beyond 2^53 in magnitude: they become
 * the nearest double. */
double ms_npy_get(const MsNpy *npy, const gsize *index);

/* A row of a two-dimensional array: shape[1] values. */
void ms_npy_read_row(const MsNpy *npy, gsize row, double *values);

G_END_DECLS
