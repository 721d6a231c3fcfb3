/* SPDX-License-Identifier: MIT
 *
 * Opening: one walk through the file that takes images and categories in and notes of every
 * annotation where it stands and which image it is of. An image has a slot from when its id is
 * first met, in the list of images or in an annotation, whichever comes first in the file; whether
 * the two lists agree is known at the end.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "io/coco-private.h"
#include "io/error.h"
#include "io/file.h"

#define PROGRESS_BYTES (4u << 20) /* between two reports */

typedef struct {
  gint64 id;
  gboolean listed; /* among the images */
  MsCocoChain chain;
} Slot;

typedef struct {
  MsCoco *coco;
  GHashTable *slots; /* a set of Slot, by id, which comes first in it */
  GArray *images;
  GArray *categories;
  GArray *records;
  GArray *tallies;
  GHashTable *tally_of; /* from a category to the place of its tally, counted from 1 */
  gboolean has_images;  /* the list, even an empty one */
  gboolean has_annotations;
  gboolean has_categories;
  gboolean is_panoptic; /* what the first annotation is */

  MsCocoProgress progress;
  gpointer user;
  guint64 reported;
} Index;

static Slot *
find_slot(Index *self, gint64 id)
{
  Slot *slot = g_hash_table_lookup(self->slots, &id);

  if (!slot) {
    slot = g_new0(Slot, 1);
    slot->id = id;
    g_hash_table_add(self->slots, slot);
  }
  return slot;
}

static void
report_progress(Index *self, const MsJsonReader *reader)
{
  guint64 done = ms_json_position(reader);

  if (!self->progress || done < self->reported + PROGRESS_BYTES)
    return;
  self->reported = done;
  self->progress(done, (guint64)self->coco->identity.st_size, self->user);
}

static gboolean
take_image(MsJsonReader *reader, gpointer user, GError **error)
{
  Index *self = user;
  MsCocoImage image;
  Slot *slot;

  if (!ms_coco_take_image(reader, &image, error))
    return FALSE;
  g_array_append_val(self->images, image);
  slot = find_slot(self, image.id);
  if (slot->listed)
    return ms_json_fail(reader, error, "the image %" G_GINT64_FORMAT " is listed twice", image.id);
  slot->listed = TRUE;
  report_progress(self, reader);
  return TRUE;
}

static gboolean
take_category(MsJsonReader *reader, gpointer user, GError **error)
{
  Index *self = user;
  MsCocoCategory category;

  if (!ms_coco_take_category(reader, &category, error))
    return FALSE;
  g_array_append_val(self->categories, category);
  return TRUE;
}

typedef struct {
  MsCocoNumber image_id;
  MsCocoNumber category;
  gboolean has_segments;
  gboolean has_score;
} AnnotationFields;

/* Whether it is right for a category is looked at with the mask. */
static gboolean
take_category_id(MsJsonReader *reader, MsCocoNumber *category, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  category->said = token == MS_JSON_NUMBER && ms_json_integer(reader, &category->value) &&
                   category->value >= 0 && category->value <= G_MAXUINT32;
  if (token == MS_JSON_ARRAY || token == MS_JSON_OBJECT)
    return ms_json_fail(reader, error, "category_id is no whole number");
  return token != MS_JSON_ERROR;
}

static gboolean
take_annotation_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  AnnotationFields *fields = user;
  MsJsonToken token;

  if (strcmp(key, "image_id") == 0)
    return ms_coco_take_integer(reader, "the image_id of an annotation", G_MININT64, G_MAXINT64,
                                &fields->image_id, error);
  if (strcmp(key, "category_id") == 0)
    return take_category_id(reader, &fields->category, error);
  if (strcmp(key, "score") == 0) {
    token = ms_json_next(reader, error);
    fields->has_score = token == MS_JSON_NUMBER;
    if (fields->has_score || token == MS_JSON_NULL)
      return TRUE;
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "the score is no number");
  }
  if (strcmp(key, "segments_info") == 0)
    fields->has_segments = TRUE;
  return ms_json_skip(reader, error);
}

static void
append_to_chain(Index *self, MsCocoChain *chain, const MsCocoRecord *record)
{
  guint32 number;

  g_array_append_val(self->records, *record);
  number = self->records->len;
  if (chain->n++ == 0)
    chain->first = number;
  else
    g_array_index(self->records, MsCocoRecord, chain->last - 1).next = number;
  chain->last = number;
}

static void
tally_category(Index *self, guint32 category)
{
  gpointer key = GUINT_TO_POINTER(category);
  guint place = GPOINTER_TO_UINT(g_hash_table_lookup(self->tally_of, key));

  if (place == 0 && self->tallies->len < MS_COCO_MAX_TALLIES) {
    MsCocoTally tally = {.category = category};

    g_array_append_val(self->tallies, tally);
    place = self->tallies->len;
    g_hash_table_insert(self->tally_of, key, GUINT_TO_POINTER(place));
  }
  if (place > 0)
    g_array_index(self->tallies, MsCocoTally, place - 1).n++;
}

static gboolean
add_annotation(Index *self, MsJsonReader *reader, const AnnotationFields *fields,
               MsCocoRecord *record, GError **error)
{
  if (!fields->image_id.said)
    return ms_json_fail(reader, error, "an annotation without an image_id");
  if (self->records->len == G_MAXUINT32 - 1)
    return ms_json_fail(reader, error, "more than %u annotations", G_MAXUINT32 - 1);
  if (self->records->len == 0)
    self->is_panoptic = fields->has_segments;
  if (self->is_panoptic != fields->has_segments)
    return ms_json_fail(reader, error, "annotations with and without segments_info in one file");
  self->coco->has_scores |= fields->has_score;
  if (fields->category.said)
    tally_category(self, (guint32)fields->category.value);
  append_to_chain(self, &find_slot(self, fields->image_id.value)->chain, record);
  return TRUE;
}

static gboolean
take_annotation(MsJsonReader *reader, gpointer user, GError **error)
{
  MsCocoRecord record = {.offset = ms_json_offset(reader)};
  AnnotationFields fields = {0};
  guint64 length;

  if (!ms_coco_take_fields(reader, take_annotation_field, &fields, error))
    return FALSE;
  report_progress(user, reader);
  length = ms_json_position(reader) - record.offset;
  if (length > G_MAXUINT32)
    return ms_json_fail(reader, error, "an annotation of more than 4 GiB");
  record.length = (guint32)length;
  return add_annotation(user, reader, &fields, &record, error);
}

static gboolean
take_list(MsJsonReader *reader, const char *what, gboolean *seen, MsCocoTakeItem take, Index *self,
          GError **error)
{
  MsJsonToken token;

  if (*seen)
    return ms_json_fail(reader, error, "%s are listed twice", what);
  *seen = TRUE;
  token = ms_json_next(reader, error);
  if (token != MS_JSON_ARRAY)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "%s is no list", what);
  return ms_coco_take_items(reader, take, self, error);
}

static gboolean
take_part(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  Index *self = user;

  if (strcmp(key, "images") == 0)
    return take_list(reader, "images", &self->has_images, take_image, self, error);
  if (strcmp(key, "annotations") == 0)
    return take_list(reader, "annotations", &self->has_annotations, take_annotation, self, error);
  if (strcmp(key, "categories") == 0)
    return take_list(reader, "categories", &self->has_categories, take_category, self, error);
  return ms_json_skip(reader, error);
}

static gboolean
take_file(Index *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);
  gboolean taken = FALSE;

  if (token == MS_JSON_ARRAY) {
    self->coco->kind = MS_COCO_RESULTS;
    taken = ms_coco_take_items(reader, take_annotation, self, error);
  } else if (token == MS_JSON_OBJECT) {
    taken = ms_coco_take_fields(reader, take_part, self, error);
    self->coco->kind = self->is_panoptic ? MS_COCO_PANOPTIC : MS_COCO_INSTANCES;
  } else if (token != MS_JSON_ERROR) {
    ms_json_fail(reader, error, "neither an object nor a list: no COCO file");
  }
  return taken && ms_json_next(reader, error) == MS_JSON_END;
}

/* Images that results speak of. */
static void
list_result_images(Index *self)
{
  GHashTableIter iter;
  gpointer slot;

  g_hash_table_iter_init(&iter, self->slots);
  while (g_hash_table_iter_next(&iter, &slot, NULL)) {
    MsCocoImage image = {.id = ((Slot *)slot)->id};

    g_array_append_val(self->images, image);
  }
}

/* The first annotation, in the file's order, of an image that is not listed. */
static const Slot *
find_unlisted(Index *self)
{
  const Slot *found = NULL;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init(&iter, self->slots);
  while (g_hash_table_iter_next(&iter, &item, NULL)) {
    const Slot *slot = item;

    if (!slot->listed && (!found || slot->chain.first < found->chain.first))
      found = slot;
  }
  return found;
}

static gboolean
check_lists(Index *self, GError **error)
{
  const char *name = self->coco->name;
  const Slot *unlisted;

  /* Predicted panoptic masks often come without the images that the actual ones list. */
  if (self->coco->kind == MS_COCO_RESULTS ||
      (self->coco->kind == MS_COCO_PANOPTIC && !self->has_images)) {
    list_result_images(self);
    return TRUE;
  }
  if (!self->has_images) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT,
                "%s: has no list of images: no COCO annotations file", name);
    return FALSE;
  }
  unlisted = find_unlisted(self);
  if (!unlisted)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
              "%s: the annotation at byte %" G_GUINT64_FORMAT " is of the image %" G_GINT64_FORMAT
              ", which is not in the list of images",
              name, g_array_index(self->records, MsCocoRecord, unlisted->chain.first - 1).offset,
              unlisted->id);
  return FALSE;
}

static int
compare_images(gconstpointer a, gconstpointer b)
{
  gint64 first = ((const MsCocoImage *)a)->id, second = ((const MsCocoImage *)b)->id;

  return (first > second) - (first < second);
}

static int
compare_categories(gconstpointer a, gconstpointer b)
{
  guint32 first = ((const MsCocoCategory *)a)->id, second = ((const MsCocoCategory *)b)->id;

  return (first > second) - (first < second);
}

/* Into memory of just the size that is needed; NULL where there are none. */
static gpointer
steal_items(GArray *array, gsize item_size, guint *n)
{
  *n = array->len;
  return g_realloc_n(g_array_steal(array, NULL), *n, item_size);
}

static gboolean
fill_coco(Index *self, GError **error)
{
  MsCoco *coco = self->coco;

  g_array_sort(self->images, compare_images);
  g_array_sort(self->categories, compare_categories);
  coco->images = steal_items(self->images, sizeof *coco->images, &coco->n_images);
  coco->categories = steal_items(self->categories, sizeof *coco->categories, &coco->n_categories);
  coco->tallies = steal_items(self->tallies, sizeof *coco->tallies, &coco->n_tallies);
  coco->records = steal_items(self->records, sizeof *coco->records, &coco->n_records);
  coco->chains = g_new(MsCocoChain, coco->n_images);
  for (guint i = 0; i < coco->n_images; i++)
    coco->chains[i] = find_slot(self, coco->images[i].id)->chain;
  for (guint i = 1; i < coco->n_categories; i++) {
    if (coco->categories[i].id != coco->categories[i - 1].id)
      continue;
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: the category %u is listed twice",
                coco->name, coco->categories[i].id);
    return FALSE;
  }
  return TRUE;
}

static void
clear_image(gpointer image)
{
  g_free(((MsCocoImage *)image)->file_name);
}

static void
clear_category(gpointer category)
{
  g_free(((MsCocoCategory *)category)->name);
}

static gboolean
build_index(Index *self, GCancellable *cancellable, GError **error)
{
  MsCoco *coco = self->coco;
  guint64 size = (guint64)coco->identity.st_size;
  g_autoptr(MsJsonReader) reader =
      ms_json_reader_new_fd(coco->fd, 0, size, coco->name, cancellable);
  gboolean built;

  self->slots = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  self->images = g_array_new(FALSE, FALSE, sizeof(MsCocoImage));
  self->categories = g_array_new(FALSE, FALSE, sizeof(MsCocoCategory));
  self->records = g_array_new(FALSE, FALSE, sizeof(MsCocoRecord));
  self->tallies = g_array_new(FALSE, FALSE, sizeof(MsCocoTally));
  self->tally_of = g_hash_table_new(NULL, NULL);
  g_array_set_clear_func(self->images, clear_image);
  g_array_set_clear_func(self->categories, clear_category);
  built = take_file(self, reader, error) && check_lists(self, error) && fill_coco(self, error);
  if (built && self->progress)
    self->progress(size, size, self->user);
  g_array_unref(self->images);
  g_array_unref(self->categories);
  g_array_unref(self->records);
  g_array_unref(self->tallies);
  g_hash_table_unref(self->tally_of);
  g_hash_table_unref(self->slots);
  return built;
}

/* Opens a regular file that is not empty. What goes wrong here goes wrong for ms_file_read() too,
 * which has the words for it; no file is as short as it is told to accept. */
static gboolean
open_file(MsCoco *coco, GError **error)
{
  coco->fd = g_open(coco->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* a FIFO must not block */
  if (coco->fd >= 0 && fstat(coco->fd, &coco->identity) == 0 && S_ISREG(coco->identity.st_mode) &&
      coco->identity.st_size > 0)
    return TRUE;
  g_bytes_unref(ms_file_read(coco->path, 0, NULL, error));
  return FALSE;
}

MsCoco *
ms_coco_open(const char *path, MsCocoProgress progress, gpointer user, GCancellable *cancellable,
             GError **error)
{
  g_autoptr(MsCoco) coco = g_new0(MsCoco, 1);
  Index index = {.coco = coco, .progress = progress, .user = user};
  GError *failure = NULL;

  g_atomic_ref_count_init(&coco->references);
  coco->path = g_strdup(path);
  coco->name = ms_path_display(path);
  if (!open_file(coco, error))
    return NULL;
  build_index(&index, cancellable, &failure);
  return ms_coco_confirm(coco, failure, error) ? g_steal_pointer(&coco) : NULL;
}
