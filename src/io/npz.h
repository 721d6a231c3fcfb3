/* SPDX-License-Identifier: MIT
 *
 * NumPy's .npz: a ZIP file of .npy files, stored or deflated, through libzip. An array's name is
 * its file's without ".npy". Limits: MS_NPZ_MAX_ARRAYS arrays, and for each inflated array that of
 * whoever asks.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define MS_NPZ_MAX_ARRAYS 65535u

/* Whether the bytes begin as a ZIP file does. */
gboolean ms_npz_sniff(GBytes *bytes);

/* The names of the arrays in a file, in its order; of the file only its directory is read.
 * Encrypted ones and names that are there twice are errors; what is no .npy file is left out. */
GStrv ms_npz_list(const char *path, GError **error);

/* A file's bytes and what its directory says, for those who read many arrays: each costs no more
 * than its own bytes. For any thread. */
typedef struct MsNpzArchive MsNpzArchive;

/* Errors as of ms_npz_list(). */
MsNpzArchive *ms_npz_archive_new(GBytes *bytes, const char *name, GError **error);
void ms_npz_archive_free(MsNpzArchive *archive); /* nobody extracts any more */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsNpzArchive, ms_npz_archive_free)

guint ms_npz_archive_n_arrays(const MsNpzArchive *archive);
const char *ms_npz_archive_array(const MsNpzArchive *archive, guint index); /* its name */

/* The .npy file of an array. */
GBytes *ms_npz_archive_extract(MsNpzArchive *archive, guint index, guint64 max_bytes,
                               const char *name, GCancellable *cancellable, GError **error);

/* The same of array `index` alone. */
GBytes *ms_npz_extract(GBytes *bytes, guint index, guint64 max_bytes, const char *name,
                       GCancellable *cancellable, GError **error);

G_END_DECLS
