/* SPDX-License-Identifier: MIT
 *
 * Annotation files are opened first, since their images say which examples there are; then every
 * role has its files or records, and pairing goes on as for folders.
 */
#include "set/annotation-roles.h"

#include <string.h>

#include "io/file.h"
#include "set/annotation-source.h"
#include "set/annotation-stems.h"
#include "set/annotations-coco.h"
#include "set/annotations-runs.h"
#include "set/layout-roles.h"
#include "set/text.h"

typedef struct {
  const char *images;
  const GPtrArray *sources; /* MsAnnotationSource: actual, then each model */
  const MsAnnotationWatch *watch;
  MsRoles *roles;
  MsInventory *inventory;
} Finder;

static MsAnnotationSource *
source_at(const Finder *self, guint index)
{
  return g_ptr_array_index(self->sources, index);
}

gboolean
ms_annotations_are_meant(const MsOptions *options)
{
  if (options->actual && ms_annotation_file_kind(options->actual) != MS_ANNOTATION_NONE)
    return TRUE;
  for (guint i = 0; i < options->predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(options->predicted, i);

    if (ms_annotation_file_kind(model->path) != MS_ANNOTATION_NONE)
      return TRUE;
  }
  return FALSE;
}

/* --- opening ---------------------------------------------------------------------------------- */

static gboolean
open_sources(Finder *self, GError **error)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new();

  for (guint i = 0; i < self->sources->len; i++) {
    MsAnnotationSource *source = source_at(self, i);

    if (!ms_annotation_source_open(source, self->watch, error))
      return FALSE;
    if (source->runs)
      g_ptr_array_add(tables, source->runs);
  }
  ms_run_tables_share_classes(tables);
  return TRUE;
}

static gboolean
refuse(const MsAnnotationSource *source, GError **error, const char *reason)
{
  g_autofree char *shown = ms_path_display(source->path);

  g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_LAYOUT, "%s %s", shown, reason);
  return FALSE;
}

/* The file whose images and categories a source's records are numbered by; NULL: its own ids. */
static MsCoco *
images_of(const Finder *self, const MsAnnotationSource *source)
{
  MsCoco *actual = source_at(self, 0)->coco;
  guint n_images = 0;

  if (source->coco && source->kind != MS_ANNOTATION_RESULTS) {
    const MsCocoImage *images = ms_coco_images(source->coco, &n_images);

    if (n_images > 0 && images[0].file_name)
      return source->coco;
  }
  return actual ? actual : source->coco;
}

static gboolean
check_kinds(const Finder *self, GError **error)
{
  const MsAnnotationSource *actual = source_at(self, 0);

  if (actual->kind == MS_ANNOTATION_RESULTS)
    return refuse(
        actual, error,
        "holds detections alone; actual masks are COCO annotations, which list images and "
        "categories too");
  for (guint i = 1; i < self->sources->len; i++) {
    const MsAnnotationSource *source = source_at(self, i);

    if ((source->kind == MS_ANNOTATION_PANOPTIC && actual->kind == MS_ANNOTATION_INSTANCES) ||
        (actual->kind == MS_ANNOTATION_PANOPTIC && source->kind == MS_ANNOTATION_INSTANCES))
      return refuse(source, error,
                    "and the actual masks are COCO files of two kinds, instances and panoptic; "
                    "their masks cannot be compared");
  }
  return TRUE;
}

/* --- records ---------------------------------------------------------------------------------- */

/* Results say nothing of an image in which nothing was found: that is an empty mask. Panoptic masks
 * are files, and one that is not there is missing. */
static void
add_coco(Finder *self, const MsAnnotationSource *source)
{
  const MsRole *actual = source_at(self, 0)->role;
  MsCoco *images = images_of(self, source);
  guint n_images;
  const MsCocoImage *all = ms_coco_images(images, &n_images);
  g_autoptr(GHashTable) by_number =
      ms_annotation_number_stems(actual == source->role ? NULL : actual);

  for (guint i = 0; i < n_images; i++) {
    if (source->kind == MS_ANNOTATION_PANOPTIC && ms_coco_n_objects(source->coco, all[i].id) == 0)
      continue;
    g_autofree char *stem = ms_annotation_image_stem(&all[i], by_number);
    ms_roles_add_part(self->roles, source->role, source->path, (int)i, stem);
  }
}

/* Detections of images that the annotations do not have. */
static void
note_strangers(const Finder *self, const MsAnnotationSource *source)
{
  MsCoco *images = images_of(self, source);
  guint n_images, n_strange = 0;
  const MsCocoImage *own = ms_coco_images(source->coco, &n_images);
  gint64 first = 0;

  if (images == source->coco)
    return;
  for (guint i = 0; i < n_images; i++)
    if (!ms_coco_find_image(images, own[i].id) && n_strange++ == 0)
      first = own[i].id;
  if (n_strange > 0)
    ms_notices_add(self->inventory->notices, source->path,
                   "%u images of this file are not among the actual ones, such as "
                   "%" G_GINT64_FORMAT "; left out",
                   n_strange, first);
}

/* What is found of a category that is none there can only be wrong. */
static void
note_strange_categories(const Finder *self, const MsAnnotationSource *source)
{
  const MsCoco *actual = source_at(self, 0)->coco;
  guint64 n = ms_coco_n_annotations(source->coco), n_strange;
  guint32 first;

  if (!actual || actual == source->coco || source->kind == MS_ANNOTATION_PANOPTIC)
    return;
  n_strange = ms_coco_count_strangers(source->coco, actual, &first);
  if (n_strange > 0)
    ms_notices_add(self->inventory->notices, source->path,
                   "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                   " detections are of categories that the actual annotations do not have, such "
                   "as %u; they can only be wrong",
                   n_strange, n, first);
}

static void
add_runs(Finder *self, const MsAnnotationSource *source)
{
  for (guint i = 0; i < ms_run_table_n_images(source->runs); i++) {
    g_autofree char *stem = ms_annotation_stem_of(ms_run_table_image(source->runs, i));

    ms_roles_add_part(self->roles, source->role, source->path, (int)i, stem);
  }
}

/* --- roles ------------------------------------------------------------------------------------ */

static gboolean
add_folder(Finder *self, MsRole *role, GError **error)
{
  MsSearch search = {.cancellable = self->watch->cancellable};
  g_autoptr(MsListing) listing = NULL;

  if (strstr(role->folder, "{id}"))
    return ms_roles_add_pattern(self->roles, role, role->folder, self->inventory->notices, &search,
                                error);
  listing = ms_listing_new(role->folder, TRUE, self->inventory->notices, &search, error);
  if (!listing)
    return FALSE;
  ms_layout_note_others(self->inventory, listing);
  ms_roles_add_listing(self->roles, role, listing, NULL);
  return TRUE;
}

static gboolean
add_source(Finder *self, guint index, GError **error)
{
  MsAnnotationSource *source = source_at(self, index);

  source->role = ms_roles_add(self->roles, index == 0 ? MS_ROLE_ACTUAL : MS_ROLE_PREDICTED,
                              source->name, source->path);
  if (source->kind == MS_ANNOTATION_NONE)
    return add_folder(self, source->role, error);
  source->role->exact = TRUE;
  if (source->kind == MS_ANNOTATION_RUNS) {
    add_runs(self, source);
  } else {
    add_coco(self, source);
    note_strangers(self, source);
    note_strange_categories(self, source);
  }
  return TRUE;
}

/* Of a folder of all images only those that the annotations name are the set's. */
static void
add_named_images(Finder *self, MsRole *role, const MsListing *listing, MsCoco *coco)
{
  g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
  guint n_images, n_missing = 0;
  const MsCocoImage *images = ms_coco_images(coco, &n_images);

  for (guint i = 0; i < listing->names->len; i++)
    g_hash_table_add(names, g_ptr_array_index(listing->names, i));
  for (guint i = 0; i < n_images; i++) {
    if (!images[i].file_name || !g_hash_table_contains(names, images[i].file_name)) {
      n_missing++;
      continue;
    }
    g_autofree char *path = g_build_filename(listing->folder, images[i].file_name, NULL);
    g_autofree char *stem = ms_annotation_stem_of(images[i].file_name);
    ms_roles_add_file(self->roles, role, path, stem);
  }
  if (n_missing > 0)
    ms_notices_add(self->inventory->notices, listing->folder,
                   "%u of the %u images that the annotations name are not here", n_missing,
                   n_images);
}

static gboolean
add_images(Finder *self, GError **error)
{
  const MsAnnotationSource *actual = source_at(self, 0);
  MsSearch search = {.cancellable = self->watch->cancellable};
  g_autoptr(MsListing) listing = NULL;
  MsRole *role;

  if (!self->images)
    return TRUE;
  role = ms_roles_add(self->roles, MS_ROLE_IMAGE, NULL, self->images);
  if (!actual->coco)
    return add_folder(self, role, error);
  listing = ms_listing_new(self->images, TRUE, self->inventory->notices, &search, error);
  if (!listing)
    return FALSE;
  role->exact = TRUE;
  add_named_images(self, role, listing, actual->coco);
  return TRUE;
}

/* --- what comes of it ------------------------------------------------------------------------- */

static MsAnnotations *
annotate(const Finder *self, MsAnnotationSource *source, gboolean actual)
{
  switch (source->kind) {
  case MS_ANNOTATION_INSTANCES:
  case MS_ANNOTATION_RESULTS:
    return ms_annotations_of_coco(source->coco, images_of(self, source));
  case MS_ANNOTATION_PANOPTIC:
    return ms_annotations_of_panoptic(source->coco, images_of(self, source), actual);
  case MS_ANNOTATION_RUNS:
    return ms_annotations_of_runs(g_steal_pointer(&source->runs));
  case MS_ANNOTATION_NONE:
    return NULL;
  }
  g_return_val_if_reached(NULL);
}

/* The roles' models are the inventory's, in one order: a role of records is never cut into models,
 * and folders beside it have been named. */
static void
attach(Finder *self)
{
  self->inventory->annotations = annotate(self, source_at(self, 0), TRUE);
  for (guint i = 1; i < self->sources->len; i++) {
    MsAnnotationSource *source = source_at(self, i);

    for (guint j = 0; j < self->inventory->models->len; j++) {
      MsFoundModel *model = g_ptr_array_index(self->inventory->models, j);

      if (source->kind != MS_ANNOTATION_NONE && !model->annotations &&
          g_str_equal(model->folder, source->path)) {
        model->annotations = annotate(self, source, FALSE);
        break;
      }
    }
  }
}

static const char *
kind_words(const Finder *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    switch (source_at(self, i)->kind) {
    case MS_ANNOTATION_INSTANCES:
    case MS_ANNOTATION_RESULTS:
      return "COCO instances";
    case MS_ANNOTATION_PANOPTIC:
      return "COCO panoptic";
    case MS_ANNOTATION_RUNS:
      return "run-length table";
    case MS_ANNOTATION_NONE:
      break;
    }
  g_return_val_if_reached("");
}

static void
describe_set(Finder *self)
{
  const char *path = source_at(self, 0)->path;
  g_autofree char *base = g_path_get_basename(path);
  g_autofree char *folder = g_path_get_dirname(path);
  char *dot = strrchr(base, '.');

  if (dot && dot != base)
    *dot = '\0';
  ms_text_set(&self->inventory->layout, kind_words(self));
  ms_text_set(&self->inventory->class_folder, folder);
  g_free(self->inventory->title);
  self->inventory->title = ms_text_id(base);
}

static gboolean
find_all(Finder *self, GError **error)
{
  if (!open_sources(self, error) || !check_kinds(self, error))
    return FALSE;
  describe_set(self);
  for (guint i = 0; i < self->sources->len; i++)
    if (!add_source(self, i, error))
      return FALSE;
  if (!add_images(self, error) ||
      !ms_layout_pair(self->inventory, self->roles, self->watch->cancellable, error))
    return FALSE;
  attach(self);
  return TRUE;
}

MsInventory *
ms_annotations_find_opened(const char *images, const GPtrArray *sources,
                           const MsAnnotationWatch *watch, GError **error)
{
  g_autoptr(MsInventory) inventory = ms_inventory_new();
  g_autoptr(MsRoles) roles = ms_roles_new(inventory);
  Finder self = {images, sources, watch, roles, inventory};

  return find_all(&self, error) ? g_steal_pointer(&inventory) : NULL;
}

static void
source_free(gpointer data)
{
  ms_annotation_source_free(data);
}

MsInventory *
ms_annotations_find(const char *images, const char *actual, const GPtrArray *predicted,
                    MsSetProgress progress, gpointer user, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(source_free);
  const MsAnnotationWatch watch = {progress, user, cancellable};

  g_ptr_array_add(sources, ms_annotation_source_new(actual, NULL));
  for (guint i = 0; i < predicted->len; i++) {
    const MsModelOption *model = g_ptr_array_index(predicted, i);

    g_ptr_array_add(sources, ms_annotation_source_new(model->path, model->name));
  }
  return ms_annotations_find_opened(images, sources, &watch, error);
}
