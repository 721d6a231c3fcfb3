/* SPDX-License-Identifier: MIT
 *
 * libzip reads the archive's directory and inflates; nothing that the directory promises is
 * believed: what comes out is counted, and libzip holds it to its checksum at the end.
 */
#include "io/npz.h"

#include <string.h>
#include <zip.h>

#include "io/error.h"
#include "io/file-start.h"
#include "io/file.h"
#include "io/magic.h"

#define SUFFIX         ".npy"
#define FIRST_CAPACITY (64u << 10)
#define AT_ONCE        (1u << 20) /* between two looks at the cancellable */
#define START_BYTES    64         /* of a file, to know what it is */

typedef zip_t Zip;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Zip, zip_discard)
typedef zip_file_t ZipFile;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ZipFile, zip_fclose)

gboolean
ms_npz_sniff(GBytes *bytes)
{
  static const guint8 magics[][4] = {{'P', 'K', 3, 4}, {'P', 'K', 5, 6}}; /* the latter: empty */
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  return size >= 4 && (memcmp(data, magics[0], 4) == 0 || memcmp(data, magics[1], 4) == 0);
}

/* --- errors ----------------------------------------------------------------------------------- */

static void
set_zip_error(GError **error, const char *name, const zip_error_t *cause)
{
  switch (zip_error_code_zip(cause)) {
  case ZIP_ER_MEMORY:
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: not enough memory to read it",
                name);
    break;
  case ZIP_ER_NOZIP:
  case ZIP_ER_INCONS:
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: its directory, at the end of the file, is missing or broken; perhaps the file "
                "is cut short",
                name);
    break;
  case ZIP_ER_CRC:
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: its checksum is wrong", name);
    break;
  default:
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: broken or cut short", name);
  }
}

static gboolean
check_is_zip(GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *found = NULL;

  if (ms_npz_sniff(bytes))
    return TRUE;
  if (g_bytes_get_size(bytes) == 0) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: empty (0 bytes)", name);
    return FALSE;
  }
  found = ms_magic_describe(bytes);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT, "%s: not a .npz file (begins with %s)", name,
              found);
  return FALSE;
}

/* --- the directory ---------------------------------------------------------------------------- */

static Zip *
open_file(const char *path, const char *name, GError **error)
{
  g_autoptr(GBytes) start = ms_file_read_start(path, START_BYTES, error);
  zip_error_t cause;
  int code = 0;
  Zip *zip;

  if (!start || !check_is_zip(start, name, error))
    return NULL;
  zip = zip_open(path, ZIP_RDONLY, &code);
  if (!zip) {
    zip_error_init_with_code(&cause, code);
    set_zip_error(error, name, &cause);
    zip_error_fini(&cause);
  }
  return zip;
}

/* bytes must outlive it. */
static Zip *
open_bytes(GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data(bytes, &size);
  zip_error_t cause;
  zip_source_t *source;
  Zip *zip = NULL;

  if (!check_is_zip(bytes, name, error))
    return NULL;
  zip_error_init(&cause);
  source = zip_source_buffer_create(data, size, 0, &cause);
  if (source)
    zip = zip_open_from_source(source, ZIP_RDONLY, &cause);
  if (!zip) {
    zip_source_free(source);
    set_zip_error(error, name, &cause);
  }
  zip_error_fini(&cause);
  return zip;
}

/* The name of an entry that is an array, with its ending; NULL: it is something else. Lent. */
static const char *
name_of_array(Zip *zip, zip_uint64_t entry)
{
  const char *name = zip_get_name(zip, entry, ZIP_FL_ENC_GUESS);

  return name && g_str_has_suffix(name, SUFFIX) ? name : NULL;
}

static char *
show(const char *name)
{
  char *shown = g_utf8_make_valid(name, -1);

  for (char *c = shown; *c != '\0'; c++)
    if (g_ascii_iscntrl(*c)) /* a name must not steer the terminal that shows it */
      *c = '?';
  return shown;
}

static gboolean
check_entry(Zip *zip, zip_uint64_t entry, const char *name, GError **error)
{
  g_autofree char *shown = show(name_of_array(zip, entry));
  zip_stat_t stat;

  if (zip_stat_index(zip, entry, 0, &stat) != 0)
    set_zip_error(error, name, zip_get_error(zip));
  else if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: %s is encrypted; save it without a password", name, shown);
  else if ((stat.valid & ZIP_STAT_COMP_METHOD) == 0 ||
           (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: %s is compressed by method %u; stored and deflated ones are read, as "
                "numpy.savez and numpy.savez_compressed write them",
                name, shown, stat.comp_method);
  else
    return TRUE;
  return FALSE;
}

/* Adds the array's name to the list; all that are in it are in `seen`, too. */
static gboolean
add_name(GPtrArray *names, GHashTable *seen, const char *entry_name, const char *name,
         GError **error)
{
  g_autofree char *shown = show(entry_name);
  char *array = g_strndup(entry_name, strlen(entry_name) - strlen(SUFFIX));

  g_ptr_array_add(names, array);
  if (!g_hash_table_add(seen, array))
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: %s is there twice", name, shown);
  else if (names->len > MS_NPZ_MAX_ARRAYS)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: more than %u arrays", name,
                MS_NPZ_MAX_ARRAYS);
  else
    return TRUE;
  return FALSE;
}

typedef struct {
  GPtrArray *names; /* char *: of the arrays */
  GArray *entries;  /* zip_uint64_t: where in the archive they are */
} Directory;

static void
directory_clear(Directory *directory)
{
  g_clear_pointer(&directory->names, g_ptr_array_unref);
  g_clear_pointer(&directory->entries, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Directory, directory_clear)

static gboolean
read_directory(Zip *zip, const char *name, Directory *directory, GError **error)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  zip_uint64_t n = (zip_uint64_t)MAX(zip_get_num_entries(zip, 0), 0);

  directory->names = g_ptr_array_new_with_free_func(g_free);
  directory->entries = g_array_new(FALSE, FALSE, sizeof(zip_uint64_t));
  for (zip_uint64_t i = 0; i < n; i++) {
    const char *entry_name = name_of_array(zip, i);

    if (!entry_name)
      continue;
    if (!check_entry(zip, i, name, error) ||
        !add_name(directory->names, seen, entry_name, name, error))
      return FALSE;
    g_array_append_val(directory->entries, i);
  }
  if (directory->names->len > 0)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_EMPTY, "%s: a ZIP file without arrays (.npy)", name);
  return FALSE;
}

GStrv
ms_npz_list(const char *path, GError **error)
{
  g_autofree char *name = ms_path_display(path);
  g_autoptr(Zip) zip = open_file(path, name, error);
  g_auto(Directory) directory = {0};

  if (!zip || !read_directory(zip, name, &directory, error))
    return NULL;
  g_ptr_array_add(directory.names, NULL);
  g_ptr_array_set_free_func(directory.names, NULL); /* they go with the list */
  return (GStrv)g_ptr_array_free(g_steal_pointer(&directory.names), FALSE);
}

/* --- archives --------------------------------------------------------------------------------- */

/* libzip's handle is for one thread: there are as many as threads ever extracted at once. */
struct MsNpzArchive {
  GBytes *bytes;
  Directory directory;
  GMutex mutex;
  GPtrArray *idle; /* Zip: nobody uses them now */
};

MsNpzArchive *
ms_npz_archive_new(GBytes *bytes, const char *name, GError **error)
{
  g_autoptr(Zip) zip = open_bytes(bytes, name, error);
  g_auto(Directory) directory = {0};
  MsNpzArchive *archive;

  if (!zip || !read_directory(zip, name, &directory, error))
    return NULL;
  archive = g_new0(MsNpzArchive, 1);
  archive->bytes = g_bytes_ref(bytes);
  archive->directory = directory;
  directory = (Directory){0};
  g_mutex_init(&archive->mutex);
  archive->idle = g_ptr_array_new_with_free_func((GDestroyNotify)zip_discard);
  g_ptr_array_add(archive->idle, g_steal_pointer(&zip));
  return archive;
}

void
ms_npz_archive_free(MsNpzArchive *archive)
{
  if (!archive)
    return;
  g_ptr_array_unref(archive->idle);
  g_mutex_clear(&archive->mutex);
  directory_clear(&archive->directory);
  g_bytes_unref(archive->bytes);
  g_free(archive);
}

guint
ms_npz_archive_n_arrays(const MsNpzArchive *archive)
{
  return archive->directory.names->len;
}

const char *
ms_npz_archive_array(const MsNpzArchive *archive, guint index)
{
  return g_ptr_array_index(archive->directory.names, index);
}

static Zip *
take_handle(MsNpzArchive *archive, const char *name, GError **error)
{
  Zip *zip = NULL;

  g_mutex_lock(&archive->mutex);
  if (archive->idle->len > 0)
    zip = g_ptr_array_steal_index(archive->idle, archive->idle->len - 1);
  g_mutex_unlock(&archive->mutex);
  return zip ? zip : open_bytes(archive->bytes, name, error);
}

static void
give_back(MsNpzArchive *archive, Zip *zip)
{
  g_mutex_lock(&archive->mutex);
  g_ptr_array_add(archive->idle, zip);
  g_mutex_unlock(&archive->mutex);
}

/* --- an array --------------------------------------------------------------------------------- */

typedef struct {
  guint8 *data;
  gsize size;
  gsize capacity;
} Output;

static gboolean
make_room(Output *output, gsize max_capacity, const char *name, GError **error)
{
  gsize capacity = MIN(MAX(output->capacity * 2, FIRST_CAPACITY), max_capacity);
  guint8 *data;

  if (output->size < output->capacity)
    return TRUE;
  data = g_try_realloc(output->data, capacity);
  if (!data) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: not enough memory for more than %" G_GSIZE_FORMAT " inflated bytes", name,
                output->size);
    return FALSE;
  }
  output->data = data;
  output->capacity = capacity;
  return TRUE;
}

/* Stops once there is more than the limit. */
static gboolean
read_all(ZipFile *file, Output *output, gsize limit, const char *name, GCancellable *cancellable,
         GError **error)
{
  zip_int64_t n = 1;

  while (n > 0 && output->size <= limit) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
        !make_room(output, limit + 1, name, error)) /* a byte more shows that there is more */
      return FALSE;
    n = zip_fread(file, output->data + output->size, MIN(output->capacity - output->size, AT_ONCE));
    output->size += (gsize)MAX(n, 0);
  }
  if (n < 0)
    set_zip_error(error, name, zip_file_get_error(file));
  else if (output->size > limit)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: an array of more than %" G_GSIZE_FORMAT " bytes, which is the limit", name,
                limit);
  else
    return TRUE;
  return FALSE;
}

static GBytes *
extract_entry(Zip *zip, zip_uint64_t entry, gsize limit, const char *name,
              GCancellable *cancellable, GError **error)
{
  g_autoptr(ZipFile) file = zip_fopen_index(zip, entry, 0);
  Output output = {0};

  if (!file) {
    set_zip_error(error, name, zip_get_error(zip));
    return NULL;
  }
  if (!read_all(file, &output, limit, name, cancellable, error)) {
    g_free(output.data);
    return NULL;
  }
  return g_bytes_new_take(g_realloc(output.data, output.size), output.size);
}

GBytes *
ms_npz_archive_extract(MsNpzArchive *archive, guint index, guint64 max_bytes, const char *name,
                       GCancellable *cancellable, GError **error)
{
  gsize limit = (gsize)MIN(max_bytes, G_MAXSIZE / 4);
  g_autoptr(Zip) zip = NULL;
  GBytes *array;

  if (index >= ms_npz_archive_n_arrays(archive)) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: no array %u; it has %u", name, index,
                ms_npz_archive_n_arrays(archive));
    return NULL;
  }
  zip = take_handle(archive, name, error);
  if (!zip)
    return NULL;
  array = extract_entry(zip, g_array_index(archive->directory.entries, zip_uint64_t, index), limit,
                        name, cancellable, error);
  if (array)
    give_back(archive, g_steal_pointer(&zip));
  return array;
}

GBytes *
ms_npz_extract(GBytes *bytes, guint index, guint64 max_bytes, const char *name,
               GCancellable *cancellable, GError **error)
{
  g_autoptr(MsNpzArchive) archive = ms_npz_archive_new(bytes, name, error);

  return archive ? ms_npz_archive_extract(archive, index, max_bytes, name, cancellable, error)
                 : NULL;
}
