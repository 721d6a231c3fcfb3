/* SPDX-License-Identifier: MIT
 *
 * The file stays open as long as anything points into it; each reading takes what it wants by
 * position, on any thread, and looks afterwards whether path and file are still what was opened.
 */
#include "io/coco-private.h"

#include <stdlib.h>
#include <unistd.h>

#include "io/error.h"

static void
coco_free(MsCoco *coco)
{
  for (guint i = 0; i < coco->n_images; i++)
    g_free(coco->images[i].file_name);
  for (guint i = 0; i < coco->n_categories; i++)
    g_free(coco->categories[i].name);
  if (coco->fd >= 0)
    close(coco->fd);
  g_free(coco->images);
  g_free(coco->chains);
  g_free(coco->categories);
  g_free(coco->tallies);
  g_free(coco->records);
  g_free(coco->name);
  g_free(coco->path);
  g_free(coco);
}

MsCoco *
ms_coco_ref(MsCoco *coco)
{
  g_atomic_ref_count_inc(&coco->references);
  return coco;
}

void
ms_coco_unref(MsCoco *coco)
{
  if (g_atomic_ref_count_dec(&coco->references))
    coco_free(coco);
}

const char *
ms_coco_path(const MsCoco *coco)
{
  return coco->path;
}

MsCocoKind
ms_coco_kind(const MsCoco *coco)
{
  return coco->kind;
}

const MsCocoImage *
ms_coco_images(const MsCoco *coco, guint *n_images)
{
  *n_images = coco->n_images;
  return coco->images;
}

static int
compare_id(const void *key, const void *item)
{
  gint64 id = *(const gint64 *)key, other = ((const MsCocoImage *)item)->id;

  return (id > other) - (id < other);
}

const MsCocoImage *
ms_coco_find_image(const MsCoco *coco, gint64 id)
{
  if (coco->n_images == 0)
    return NULL;
  return bsearch(&id, coco->images, coco->n_images, sizeof *coco->images, compare_id);
}

const MsCocoCategory *
ms_coco_categories(const MsCoco *coco, guint *n_categories)
{
  *n_categories = coco->n_categories;
  return coco->categories;
}

const MsCocoChain *
ms_coco_find_chain(const MsCoco *coco, gint64 image_id)
{
  const MsCocoImage *image = ms_coco_find_image(coco, image_id);

  return image ? &coco->chains[image - coco->images] : NULL;
}

guint
ms_coco_n_objects(const MsCoco *coco, gint64 image_id)
{
  const MsCocoChain *chain = ms_coco_find_chain(coco, image_id);

  return chain ? chain->n : 0;
}

guint64
ms_coco_n_annotations(const MsCoco *coco)
{
  return coco->n_records;
}

gboolean
ms_coco_has_scores(const MsCoco *coco)
{
  return coco->has_scores;
}

static int
compare_category(const void *key, const void *item)
{
  guint32 id = *(const guint32 *)key, other = ((const MsCocoCategory *)item)->id;

  return (id > other) - (id < other);
}

guint64
ms_coco_count_strangers(const MsCoco *coco, const MsCoco *other, guint32 *first)
{
  guint64 n = 0;

  for (guint i = 0; other->n_categories > 0 && i < coco->n_tallies; i++) {
    const MsCocoTally *tally = &coco->tallies[i];

    if (bsearch(&tally->category, other->categories, other->n_categories, sizeof *other->categories,
                compare_category))
      continue;
    if (n == 0)
      *first = tally->category;
    n += tally->n;
  }
  return n;
}

MsJsonReader *
ms_coco_open_record(const MsCoco *coco, const MsCocoRecord *record, GCancellable *cancellable)
{
  return ms_json_reader_new_fd(coco->fd, record->offset, record->length, coco->name, cancellable);
}

gboolean
ms_coco_is_current(const MsCoco *coco)
{
  const struct stat *before = &coco->identity;
  struct stat now;

  return stat(coco->path, &now) == 0 && now.st_dev == before->st_dev &&
         now.st_ino == before->st_ino && now.st_size == before->st_size &&
         now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}

gboolean
ms_coco_confirm(const MsCoco *coco, GError *failure, GError **error)
{
  gboolean cancelled = g_error_matches(failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (!cancelled && !ms_coco_is_current(coco)) {
    g_clear_error(&failure);
    failure = g_error_new(MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                          "%s: changed since it was opened; open the set again", coco->name);
  }
  if (!failure)
    return TRUE;
  g_propagate_error(error, failure);
  return FALSE;
}
