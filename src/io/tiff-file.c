/* SPDX-License-Identifier: MIT
 *
 * libtiff over bytes in memory, with its messages caught. Complaints that leave wrong pixels behind
 * count as errors even where libtiff calls them warnings.
 */
#include "io/tiff-file.h"

#include <string.h>

/* libtiff may take at once what its tables need: strip offsets of 2 bytes become 8, run lengths of
 * a CCITT row of the largest width take 32 MB. */
#define MEMORY_PER_FILE_BYTE 4
#define MEMORY_AT_LEAST      (64 << 20)

static void keep_message(MsTiffFile *file, const char *format, va_list arguments)
    G_GNUC_PRINTF(2, 0);
static int on_error(TIFF *tiff, void *user, const char *module, const char *format,
                    va_list arguments) G_GNUC_PRINTF(4, 0);
static int on_warning(TIFF *tiff, void *user, const char *module, const char *format,
                      va_list arguments) G_GNUC_PRINTF(4, 0);

static void
keep_message(MsTiffFile *file, const char *format, va_list arguments)
{
  g_autofree char *message = NULL;

  if (file->message != NULL)
    return;
  message = g_strdup_vprintf(format, arguments);
  /* Some begin with the name that the file was opened by, which is empty. */
  file->message = g_utf8_make_valid(message + (g_str_has_prefix(message, ": ") ? 2 : 0), -1);
  for (char *c = file->message; *c != '\0'; c++) {
    if (g_ascii_iscntrl(*c)) /* text of the file must not steer a terminal */
      *c = '?';
  }
}

/* Handlers return 1: nothing is left to print. */
static int
on_error(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
  keep_message(user, format, arguments);
  return 1;
}

/* After these the rows hold something that the file does not. */
static gboolean
warning_matters(const char *module)
{
  return g_strcmp0(module, "JPEGLib") == 0 || g_strcmp0(module, "PackBitsDecode") == 0 ||
         (module != NULL && g_str_has_prefix(module, "Fax"));
}

static int
on_warning(TIFF *tiff, void *user, const char *module, const char *format, va_list arguments)
{
  if (warning_matters(module))
    keep_message(user, format, arguments);
  return 1;
}

static tmsize_t
on_read(thandle_t handle, void *buffer, tmsize_t size)
{
  MsTiffFile *file = handle;
  gsize n = file->offset < file->size ? MIN((gsize)size, file->size - file->offset) : 0;

  if (n > 0)
    memcpy(buffer, file->data + file->offset, n);
  file->offset += n;
  return (tmsize_t)n;
}

static tmsize_t
on_write(thandle_t handle, void *buffer, tmsize_t size)
{
  return 0;
}

static toff_t
on_seek(thandle_t handle, toff_t offset, int whence)
{
  MsTiffFile *file = handle;

  if (whence == SEEK_CUR)
    offset += file->offset;
  else if (whence == SEEK_END)
    offset += file->size;
  file->offset = offset;
  return offset;
}

static toff_t
on_size(thandle_t handle)
{
  return ((const MsTiffFile *)handle)->size;
}

static int
on_close(thandle_t handle)
{
  return 0;
}

static int
on_map(thandle_t handle, void **base, toff_t *size)
{
  MsTiffFile *file = handle;

  *base = (void *)file->data; /* libtiff only reads what is mapped */
  *size = file->size;
  return 1;
}

static void
on_unmap(thandle_t handle, void *base, toff_t size)
{
}

static TIFFOpenOptions *
make_options(MsTiffFile *file)
{
  TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
  guint64 most = MAX((guint64)file->size * MEMORY_PER_FILE_BYTE, (guint64)MEMORY_AT_LEAST);

  TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)most);
  TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, file);
  TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, file);
  return options;
}

gboolean
ms_tiff_file_open_bytes(MsTiffFile *file, GBytes *bytes, const char *name, GError **error)
{
  TIFFOpenOptions *options;

  *file = (MsTiffFile){.name = name};
  file->data = g_bytes_get_data(bytes, &file->size);
  options = make_options(file);
  /* D: tables of strips are read when they are asked for. */
  file->tiff = TIFFClientOpenExt("", "rD", file, on_read, on_write, on_seek, on_close, on_size,
                                 on_map, on_unmap, options);
  TIFFOpenOptionsFree(options);
  return file->tiff != NULL || ms_tiff_file_fail_damaged(file, -1, error);
}

void
ms_tiff_file_clear(MsTiffFile *file)
{
  g_clear_pointer(&file->tiff, TIFFClose);
  g_clear_pointer(&file->message, g_free);
}

gboolean
ms_tiff_file_fail(const MsTiffFile *file, MsIoError code, GError **error, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  if (file->page == 0)
    g_set_error(error, MS_IO_ERROR, code, "%s: %s", file->name, cause);
  else
    g_set_error(error, MS_IO_ERROR, code, "%s, page %u: %s", file->name, file->page + 1, cause);
  return FALSE;
}

gboolean
ms_tiff_file_fail_damaged(const MsTiffFile *file, int row, GError **error)
{
  const char *message = file->message != NULL ? file->message : "libtiff does not say how";

  if (row < 0)
    return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error, "damaged TIFF (%s)", message);
  return ms_tiff_file_fail(file, MS_IO_ERROR_CORRUPT, error, "damaged TIFF (from row %d on: %s)",
                           row, message);
}

/* --- directories ------------------------------------------------------------------------------ */

gboolean
ms_tiff_file_go_to_page(MsTiffFile *file, guint page, guint64 offset, GError **error)
{
  file->page = page;
  if (TIFFCurrentDirOffset(file->tiff) == offset)
    return TRUE;
  g_clear_pointer(&file->message, g_free);
  return TIFFSetSubDirectory(file->tiff, offset) == 1 || ms_tiff_file_fail_damaged(file, -1, error);
}
