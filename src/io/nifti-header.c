/* SPDX-License-Identifier: MIT
 *
 * The two headers, 348 bytes of NIfTI-1 and 540 of NIfTI-2, read field by field at any alignment.
 * What they promise is held to the size of the data, and to the limit, before anything else
 * believes it.
 */
#include "io/nifti.h"

#include <math.h>
#include <string.h>

#include "io/error.h"
#include "io/file-start.h"
#include "io/file.h"
#include "io/gzip.h"
#include "io/magic.h"
#include "metric/raster.h"
#include "metric/size.h"

#define N_AXES       7
#define MIN_SNIFF    4
#define START_BYTES  (64u << 10) /* of a file: room for a long name in a gzip header */
#define HEADER_BYTES 540u        /* the longer one */

/* Where fields are. */
typedef struct {
  guint bytes;
  guint magic;
  guint dim; /* NIfTI-1: 8 int16, NIfTI-2: 8 int64 */
  guint datatype;
  guint pixdim; /* 8 reals: float32 in NIfTI-1, float64 in NIfTI-2, as the next ones are */
  guint slope;
  guint intercept;
  guint vox_offset; /* NIfTI-1: a real, NIfTI-2: int64 */
  guint units;
  guint qform; /* codes: int16 in NIfTI-1, int32 in NIfTI-2 */
  guint sform;
  guint quaternion; /* 3 reals, and 3 of the offset */
  guint rows;       /* of the sform: 3 of 4 reals */
} Fields;

static const Fields fields_1 = {348, 344, 40, 70, 76, 112, 116, 108, 123, 252, 254, 256, 280};
static const Fields fields_2 = {HEADER_BYTES, 4,   16,  12,  104, 176, 184,
                                168,          500, 344, 348, 352, 400};

typedef struct {
  const char *name; /* of the file */
  const guint8 *data;
  gsize size;
  const Fields *fields;
  gboolean swapped;
} Raw;

static const struct {
  gint16 code;
  guint item_size; /* 0: not read */
  const char *name;
} datatypes[] = {
    {1, 0, "single bits"},
    {2, 1, "uint8"},
    {4, 2, "int16"},
    {8, 4, "int32"},
    {16, 4, "float32"},
    {32, 0, "complex numbers"},
    {64, 8, "float64"},
    {128, 0, "RGB colours"},
    {256, 1, "int8"},
    {512, 2, "uint16"},
    {768, 4, "uint32"},
    {1024, 8, "int64"},
    {1280, 8, "uint64"},
    {1536, 0, "floats of 128 bits"},
    {1792, 0, "complex numbers"},
    {2048, 0, "complex numbers"},
    {2304, 0, "RGBA colours"},
};

/* --- fields ----------------------------------------------------------------------------------- */

static guint16
get_16(const Raw *raw, guint at)
{
  guint16 bits;

  memcpy(&bits, raw->data + at, sizeof bits);
  return raw->swapped ? GUINT16_SWAP_LE_BE(bits) : bits;
}

static guint32
get_32(const Raw *raw, guint at)
{
  guint32 bits;

  memcpy(&bits, raw->data + at, sizeof bits);
  return raw->swapped ? GUINT32_SWAP_LE_BE(bits) : bits;
}

static guint64
get_64(const Raw *raw, guint at)
{
  guint64 bits;

  memcpy(&bits, raw->data + at, sizeof bits);
  return raw->swapped ? GUINT64_SWAP_LE_BE(bits) : bits;
}

static gboolean
is_nifti_2(const Raw *raw)
{
  return raw->fields == &fields_2;
}

static gint64
get_dim(const Raw *raw, guint i)
{
  guint at = raw->fields->dim;

  return is_nifti_2(raw) ? (gint64)get_64(raw, at + 8 * i) : (gint16)get_16(raw, at + 2 * i);
}

/* The i-th of a row of reals. */
static double
get_real(const Raw *raw, guint at, guint i)
{
  guint64 bits_64;
  guint32 bits_32;
  double wide;
  float narrow;

  if (is_nifti_2(raw)) {
    bits_64 = get_64(raw, at + 8 * i);
    memcpy(&wide, &bits_64, sizeof wide);
    return wide;
  }
  bits_32 = get_32(raw, at + 4 * i);
  memcpy(&narrow, &bits_32, sizeof narrow);
  return (double)narrow;
}

/* --- what kind of file it is ------------------------------------------------------------------ */

/* The first field is the header's own size, which tells version and byte order. */
static gboolean
find_fields(Raw *raw)
{
  for (int swapped = 0; swapped <= 1 && raw->size >= MIN_SNIFF; swapped++) {
    raw->swapped = swapped;
    raw->fields = get_32(raw, 0) == fields_1.bytes   ? &fields_1
                  : get_32(raw, 0) == fields_2.bytes ? &fields_2
                                                     : NULL;
    if (raw->fields)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_magic(const Raw *raw, char form)
{
  char magic[] = {'n', form, is_nifti_2(raw) ? '2' : '1', '\0'};

  return memcmp(raw->data + raw->fields->magic, magic, sizeof magic) == 0;
}

static Raw
raw_of(GBytes *bytes, const char *name)
{
  Raw raw = {.name = name};

  raw.data = g_bytes_get_data(bytes, &raw.size);
  return raw;
}

/* One that is cut off within its header counts. */
gboolean
ms_nifti_sniff(GBytes *bytes)
{
  Raw raw = raw_of(bytes, NULL);

  return find_fields(&raw) &&
         (raw.size < raw.fields->bytes || has_magic(&raw, '+') || has_magic(&raw, 'i'));
}

static gboolean
check_format(Raw *raw, GBytes *bytes, GError **error)
{
  g_autofree char *found = NULL;

  if (raw->size == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", raw->name);
    return FALSE;
  }
  if (!find_fields(raw)) {
    found = ms_magic_describe(bytes);
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT, "%s: not a NIfTI file (begins with %s)",
                raw->name, found);
    return FALSE;
  }
  if (raw->size < raw->fields->bytes) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: cut short: %" G_GSIZE_FORMAT " bytes of a header of %u", raw->name, raw->size,
                raw->fields->bytes);
    return FALSE;
  }
  if (has_magic(raw, '+'))
    return TRUE;
  g_set_error(
      error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
      has_magic(raw, 'i')
          ? "%s: a NIfTI header whose data are in a file of their own (.hdr and .img); save "
            "both as one .nii file"
          : "%s: an ANALYZE header, or a broken one of NIfTI; save it as a .nii file",
      raw->name);
  return FALSE;
}

/* --- axes ------------------------------------------------------------------------------------- */

static gboolean
fail_axes(const Raw *raw, const gint64 *sizes, guint n, GError **error)
{
  g_autoptr(GString) shape = g_string_new(NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf(shape, "%s%" G_GINT64_FORMAT, i > 0 ? " x " : "", sizes[i]);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: its axes are %s; volumes of up to three axes of more than one item are read: "
              "save each volume as a file",
              raw->name, shape->str);
  return FALSE;
}

static gboolean
read_sizes(const Raw *raw, gint64 *sizes, guint *n_axes, GError **error)
{
  gint64 n = get_dim(raw, 0);

  if (n < 1 || n > N_AXES) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: broken NIfTI header (%" G_GINT64_FORMAT " axes; there are 1 to %d)", raw->name,
                n, N_AXES);
    return FALSE;
  }
  *n_axes = (guint)n;
  for (guint i = 0; i < *n_axes; i++) {
    sizes[i] = get_dim(raw, i + 1);
    if (sizes[i] >= 1 && sizes[i] <= MS_RASTER_MAX_SIDE)
      continue;
    g_set_error(error, MS_IO_ERROR, sizes[i] < 1 ? MS_IO_ERROR_CORRUPT : MS_IO_ERROR_TOO_LARGE,
                "%s: axis %u has %" G_GINT64_FORMAT " items; 1 to %d are read", raw->name, i,
                sizes[i], MS_RASTER_MAX_SIDE);
    return FALSE;
  }
  return TRUE;
}

static double
unit_in_mm(const Raw *raw)
{
  static const double mm[8] = {1, 1000, 1, 0.001, 1, 1, 1, 1}; /* unknown, m, mm, micrometres */
  guint units =
      (is_nifti_2(raw) ? get_32(raw, raw->fields->units) : raw->data[raw->fields->units]) & 7;

  return mm[units];
}

/* In mm; 0: none is said. */
static double
read_spacing(const Raw *raw, guint axis)
{
  double spacing = fabs(get_real(raw, raw->fields->pixdim, axis + 1)) * unit_in_mm(raw);

  return isfinite(spacing) ? spacing : 0;
}

static gboolean
has_code(const Raw *raw, guint at)
{
  return (is_nifti_2(raw) ? (gint32)get_32(raw, at) : (gint16)get_16(raw, at)) > 0;
}

/* A rotation by a unit quaternion, whose first part is what the three stored ones leave; then the
 * spacing, the last axis reversed where the first spacing is negative; then the offset. */
static void
form_of_quaternion(const Raw *raw, double form[3][4])
{
  guint at = raw->fields->quaternion, pixdim = raw->fields->pixdim;
  double b = get_real(raw, at, 0), c = get_real(raw, at, 1), d = get_real(raw, at, 2);
  double a = sqrt(fmax(0, 1 - b * b - c * c - d * d));
  const double rotation[3][3] = {
      {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
      {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
      {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c},
  };

  for (guint row = 0; row < 3; row++) {
    for (guint axis = 0; axis < 3; axis++)
      form[row][axis] = rotation[row][axis] * fabs(get_real(raw, pixdim, axis + 1));
    if (get_real(raw, pixdim, 0) < 0)
      form[row][2] = -form[row][2];
    form[row][3] = get_real(raw, at, 3 + row);
  }
}

static void
read_form(const Raw *raw, MsNiftiHeader *header)
{
  gboolean by_rows = has_code(raw, raw->fields->sform);

  if (!by_rows && !has_code(raw, raw->fields->qform))
    return;
  if (!by_rows)
    form_of_quaternion(raw, header->form);
  header->has_form = TRUE;
  for (guint i = 0; i < 12; i++) {
    double *value = &header->form[i / 4][i % 4];

    *value = (by_rows ? get_real(raw, raw->fields->rows, i) : *value) * unit_in_mm(raw);
    header->has_form &= isfinite(*value);
  }
}

/* The first three axes, unless a later one has items: then those of length 1 are left out. Later
 * ones are not of space and have no spacing, nor a form. */
static gboolean
read_axes(const Raw *raw, MsNiftiHeader *header, GError **error)
{
  gint64 sizes[N_AXES];
  guint n_axes, n_long = 0, n_used = 0;
  gboolean later = FALSE;

  if (!read_sizes(raw, sizes, &n_axes, error))
    return FALSE;
  for (guint i = 0; i < n_axes; i++) {
    n_long += sizes[i] > 1;
    later |= i >= 3 && sizes[i] > 1;
  }
  if (n_long > 3)
    return fail_axes(raw, sizes, n_axes, error);
  for (guint i = 0; i < n_axes; i++) {
    if (later ? sizes[i] == 1 : i >= 3)
      continue;
    header->size[n_used] = (gsize)sizes[i];
    header->spacing[n_used++] = i < 3 ? read_spacing(raw, i) : 0;
  }
  for (; n_used < 3; n_used++)
    header->size[n_used] = 1;
  if (!later)
    read_form(raw, header);
  return TRUE;
}

/* --- items ------------------------------------------------------------------------------------ */

static gboolean
read_datatype(const Raw *raw, MsNiftiHeader *header, GError **error)
{
  gint16 code = (gint16)get_16(raw, raw->fields->datatype);
  const char *meaning = "an unknown type";

  for (gsize i = 0; i < G_N_ELEMENTS(datatypes); i++) {
    if (datatypes[i].code != code)
      continue;
    header->datatype = (guint)code;
    header->item_size = datatypes[i].item_size;
    meaning = datatypes[i].name;
  }
  if (header->item_size > 0)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: a volume of %s (datatype %d); integers of 8 to 64 bits, float32 and float64 are "
              "read",
              raw->name, meaning, code);
  return FALSE;
}

/* A slope of 0, or one that is no number, says that there is none. */
static gboolean
read_scale(const Raw *raw, MsNiftiHeader *header, GError **error)
{
  double slope = get_real(raw, raw->fields->slope, 0);
  double intercept = get_real(raw, raw->fields->intercept, 0);

  header->slope = 1;
  if (!isfinite(slope) || slope == 0 || (slope == 1 && intercept == 0))
    return TRUE;
  if (!isfinite(intercept)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: broken NIfTI header (a scale slope without an intercept)", raw->name);
    return FALSE;
  }
  header->scaled = TRUE;
  header->slope = slope;
  header->intercept = intercept;
  return TRUE;
}

/* Between header and data there may be extensions, which the offset skips. */
static gboolean
read_offset(const Raw *raw, MsNiftiHeader *header, GError **error)
{
  double offset = is_nifti_2(raw) ? (double)(gint64)get_64(raw, raw->fields->vox_offset)
                                  : get_real(raw, raw->fields->vox_offset, 0);

  if (offset >= raw->fields->bytes && offset <= (double)MS_NIFTI_MAX_BYTES &&
      offset == trunc(offset)) {
    header->offset = (guint64)offset;
    return TRUE;
  }
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
              "%s: broken NIfTI header (its data cannot begin where it says)", raw->name);
  return FALSE;
}

static gboolean
check_size(const Raw *raw, MsNiftiHeader *header, gboolean header_only, GError **error)
{
  gsize needed = header->item_size;
  gboolean fits = TRUE;

  for (guint i = 0; i < 3; i++)
    fits = fits && ms_size_mul(needed, header->size[i], &needed);
  if (!fits || !ms_size_add(needed, header->offset, &needed) || needed > MS_NIFTI_MAX_BYTES)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: a volume of %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT " x %" G_GSIZE_FORMAT
                " items; volumes up to %" G_GUINT64_FORMAT " bytes are read",
                raw->name, header->size[0], header->size[1], header->size[2], MS_NIFTI_MAX_BYTES);
  else if (!header_only && raw->size < needed)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: cut short: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", raw->name,
                raw->size, needed);
  else
    header->n_bytes = needed;
  return header->n_bytes > 0;
}

/* ---------------------------------------------------------------------------------------------- */

gboolean
ms_nifti_read_header(GBytes *bytes, gboolean header_only, const char *name, MsNiftiHeader *header,
                     GError **error)
{
  Raw raw = raw_of(bytes, name);

  *header = (MsNiftiHeader){0};
  if (!check_format(&raw, bytes, error) || !read_axes(&raw, header, error) ||
      !read_datatype(&raw, header, error) || !read_scale(&raw, header, error) ||
      !read_offset(&raw, header, error) || !check_size(&raw, header, header_only, error))
    return FALSE;
  header->swapped = raw.swapped && header->item_size > 1;
  return TRUE;
}

gboolean
ms_nifti_read_header_of_file(const char *path, MsNiftiHeader *header, GError **error)
{
  g_autofree char *name = ms_path_display(path);
  g_autoptr(GBytes) start = ms_file_read_start(path, START_BYTES, error);
  g_autoptr(GBytes) inflated = NULL;

  if (!start)
    return FALSE;
  if (!ms_gzip_sniff(start))
    return ms_nifti_read_header(start, TRUE, name, header, error);
  inflated = ms_gzip_inflate_start(start, HEADER_BYTES, name, error);
  return inflated && ms_nifti_read_header(inflated, TRUE, name, header, error);
}
