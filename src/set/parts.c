/* SPDX-License-Identifier: MIT
 *
 * Each task looks into one file. Results lie beside the file's path, so that they do not depend on
 * the order in which threads end.
 */
#include "set/parts.h"

#include <string.h>

#include <glib/gstdio.h>

#include "io/file-start.h"
#include "io/gzip.h"
#include "io/nifti.h"
#include "io/npz.h"
#include "io/tiff.h"
#include "set/ending.h"
#include "set/text.h"

#define DEFLATE_AT_MOST 1032u /* bytes from one */

struct MsPartsFinder {
  guint slice_axis;
  GPtrArray *files;    /* MsFileParts */
  GHashTable *by_path; /* the same; paths and files are lent */
  guint n_done;        /* those that have been looked into */
};

typedef struct {
  guint slice_axis;
  GAsyncQueue *ticks; /* one for every file */
  GCancellable *cancellable;
} Workshop;

static void
file_parts_free(gpointer data)
{
  MsFileParts *file = data;
  g_clear_pointer(&file->names, g_ptr_array_unref);
  g_clear_pointer(&file->index, g_hash_table_unref);
  g_free(file->path);
  g_free(file->notice);
  g_free(file);
}

MsPartsFinder *
ms_parts_finder_new(guint slice_axis)
{
  MsPartsFinder *finder = g_new0(MsPartsFinder, 1);
  finder->slice_axis = slice_axis;
  finder->files = g_ptr_array_new_with_free_func(file_parts_free);
  finder->by_path = g_hash_table_new(g_str_hash, g_str_equal);
  return finder;
}

void
ms_parts_finder_free(MsPartsFinder *finder)
{
  if (!finder)
    return;
  g_hash_table_unref(finder->by_path);
  g_ptr_array_unref(finder->files);
  g_free(finder);
}

/* --- one file --------------------------------------------------------------------------------- */

static void
take_names(MsFileParts *file, GPtrArray *names)
{
  file->names = names;
  file->index = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = names->len; i > 0; i--) /* of those alike the first stays */
    g_hash_table_insert(file->index, g_ptr_array_index(names, i - 1), GUINT_TO_POINTER(i - 1));
}

/* Numbers of one width, so that byte order is their order. */
static GPtrArray *
number_parts(char letter, gsize n)
{
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *last = g_strdup_printf("%" G_GSIZE_FORMAT, n - 1);
  int width = (int)strlen(last);
  for (gsize i = 0; i < n; i++)
    g_ptr_array_add(names, g_strdup_printf("%c%0*" G_GSIZE_FORMAT, letter, width, i));
  return names;
}

/* What a header promises must fit the file before examples are made of it. */
static gboolean
is_believable(MsFileParts *file, const MsNiftiHeader *header, gsize n_slices)
{
  g_autoptr(GBytes) start = ms_file_read_start(file->path, 2, NULL);
  guint64 ratio = start && ms_gzip_sniff(start) ? DEFLATE_AT_MOST : 1;
  GStatBuf status;
  if (g_stat(file->path, &status) != 0)
    return FALSE;
  if (header->n_bytes / ratio > (guint64)status.st_size)
    file->notice = g_strdup_printf("The header promises %" G_GSIZE_FORMAT
                                   " slices, more than the file can hold; it stays one example",
                                   n_slices);
  else if (n_slices > MS_PARTS_MAX_SLICES)
    file->notice = g_strdup_printf("The header promises %" G_GSIZE_FORMAT
                                   " slices; up to %u are made examples, so it stays one",
                                   n_slices, MS_PARTS_MAX_SLICES);
  return !file->notice;
}

static void
find_slices(MsFileParts *file, guint axis)
{
  MsNiftiHeader header;
  if (ms_nifti_read_header_of_file(file->path, &header, NULL) && header.size[axis] > 1 &&
      is_believable(file, &header, header.size[axis]))
    take_names(file, number_parts("xyz"[axis], header.size[axis]));
}

static void
find_pages(MsFileParts *file)
{
  guint n_pages;
  if (ms_tiff_count_pages(file->path, &n_pages, NULL) && n_pages > 1)
    take_names(file, number_parts('p', n_pages));
}

static const char *const image_arrays[] = {"image", "img", "x", "data", "input", NULL};
static const char *const actual_arrays[] = {"mask",   "masks", "label",        "labels", "gt",
                                            "actual", "seg",   "segmentation", "target", "y",
                                            "y_true", "truth", "ground_truth", NULL};
static const char *const predicted_arrays[] = {
    "pred",   "preds",         "prediction", "predictions", "predicted", "prob",   "probs",
    "y_pred", "probabilities", "softmax",    "logits",      "output",    "result", NULL};

/* The one array that is called so; -1: none, or several. */
static int
find_array(GStrv names, const char *const *wanted)
{
  int found = -1;
  for (int i = 0; names[i]; i++) {
    g_autofree char *name = g_ascii_strdown(names[i], -1);
    if (!g_strv_contains(wanted, name))
      continue;
    if (found >= 0)
      return -1;
    found = i;
  }
  return found;
}

/* A model's mask may be called no more than that. */
static int
find_role_array(GStrv names, MsRoleKind kind)
{
  const char *const *const wanted[] = {image_arrays, actual_arrays, predicted_arrays};
  int found = find_array(names, wanted[kind]);
  return found < 0 && kind == MS_ROLE_PREDICTED ? find_array(names, actual_arrays) : found;
}

static void
find_arrays(MsFileParts *file)
{
  g_auto(GStrv) arrays = ms_npz_list(file->path, NULL);
  if (!arrays || !arrays[0] || !arrays[1])
    return;
  for (MsRoleKind kind = MS_ROLE_IMAGE; kind <= MS_ROLE_PREDICTED; kind++)
    file->only[kind] = find_role_array(arrays, kind);
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; arrays[i]; i++)
    g_ptr_array_add(names, ms_text_id(arrays[i]));
  take_names(file, names);
}

gboolean
ms_parts_are_pages(const char *path)
{
  return ms_ending_is(path, ".tif") || ms_ending_is(path, ".tiff");
}

static gboolean
is_volume(const char *path)
{
  return ms_ending_is(path, ".nii") || ms_ending_is(path, ".nii.gz");
}

gboolean
ms_parts_are_possible(const char *path)
{
  gsize length = strlen(path);
  if (length == 0 || !strchr("fFiIzZ", path[length - 1]))
    return FALSE; /* asked of names by the million */
  return ms_parts_are_pages(path) || is_volume(path) || ms_ending_is(path, ".npz");
}

static void
look_into(gpointer data, gpointer user)
{
  MsFileParts *file = data;
  Workshop *workshop = user;
  if (g_cancellable_is_cancelled(workshop->cancellable))
    ; /* only counted */
  else if (ms_parts_are_pages(file->path))
    find_pages(file);
  else if (is_volume(file->path))
    find_slices(file, workshop->slice_axis);
  else
    find_arrays(file);
  g_async_queue_push(workshop->ticks, workshop);
}

/* --- many ------------------------------------------------------------------------------------- */

void
ms_parts_finder_add(MsPartsFinder *finder, const char *path)
{
  if (g_hash_table_contains(finder->by_path, path))
    return;
  MsFileParts *file = g_new0(MsFileParts, 1);
  file->path = g_strdup(path);
  for (gsize kind = 0; kind < G_N_ELEMENTS(file->only); kind++)
    file->only[kind] = -1;
  g_ptr_array_add(finder->files, file);
  g_hash_table_insert(finder->by_path, file->path, file);
}

gboolean
ms_parts_finder_run(MsPartsFinder *finder, guint jobs, MsSetProgress progress, gpointer user,
                    GCancellable *cancellable, GError **error)
{
  guint total = finder->files->len - finder->n_done;
  if (total == 0)
    return !g_cancellable_set_error_if_cancelled(cancellable, error);
  g_autoptr(GAsyncQueue) ticks = g_async_queue_new();
  Workshop workshop = {finder->slice_axis, ticks, cancellable};
  guint n_threads = MIN(jobs ? jobs : g_get_num_processors(), total);
  GThreadPool *pool = g_thread_pool_new(look_into, &workshop, (int)n_threads, FALSE, NULL);
  for (guint i = finder->n_done; i < finder->files->len; i++)
    g_thread_pool_push(pool, g_ptr_array_index(finder->files, i), NULL);
  for (guint done = 0; done < total; done++) {
    g_async_queue_pop(ticks);
    if (progress)
      progress("Looking into files", done + 1, total, user);
  }
  g_thread_pool_free(pool, FALSE, TRUE);
  finder->n_done = finder->files->len;
  return !g_cancellable_set_error_if_cancelled(cancellable, error);
}

const MsFileParts *
ms_parts_finder_get(const MsPartsFinder *finder, const char *path)
{
  return g_hash_table_lookup(finder->by_path, path);
}

const GPtrArray *
ms_parts_finder_files(const MsPartsFinder *finder)
{
  return finder->files;
}

gboolean
ms_file_parts_find(const MsFileParts *parts, const char *name, int *part)
{
  gpointer place;
  if (!parts->index || !g_hash_table_lookup_extended(parts->index, name, NULL, &place))
    return FALSE;
  *part = (int)GPOINTER_TO_UINT(place);
  return TRUE;
}
