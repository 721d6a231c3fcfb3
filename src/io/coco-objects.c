/* SPDX-License-Identifier: MIT
 *
 * The objects of one image. An annotation is taken whole into a scratch that serves for all of
 * them, for keys come in any order and a message should tell the id; then its mask is made.
 */
#include "io/coco-objects-private.h"

#include <string.h>

#include "io/error.h"
#include "io/run-length-private.h"

#define MAX_CROSSINGS (1u << 24) /* of the polygons of an image */

typedef struct {
  const MsCoco *coco;
  int width;
  int height;
  MsCocoAnnotation scratch;
  guint64 n_crossings; /* that have been paid for */
  GArray *objects;
} Reading;

static void
clear_object(gpointer object)
{
  MsCocoObject *self = object;

  for (guint i = 0; i < self->n_parts; i++)
    ms_run_length_clear(&self->parts[i]);
  g_free(self->parts);
}

G_GNUC_PRINTF(4, 5)
static gboolean
fail(const char *where, MsIoError code, GError **error, const char *format, ...)
{
  g_autofree char *cause = NULL;
  va_list arguments;

  va_start(arguments, format);
  cause = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, MS_IO_ERROR, (int)code, "%s: %s", where, cause);
  return FALSE;
}

/* Pays for the polygons ahead, so that a small file cannot ask for endless work. */
static gboolean
check_polygons(Reading *self, const char *where, GError **error)
{
  const GArray *lengths = self->scratch.lengths;
  const double *points = (const double *)(gpointer)self->scratch.coordinates->data;

  for (guint i = 0; i < lengths->len; i++) {
    guint n_numbers = g_array_index(lengths, guint, i);

    if (n_numbers % 2 != 0 || n_numbers < 6)
      return fail(where, MS_IO_ERROR_PARSE, error,
                  "polygon %u has %u numbers; a polygon is x, y of at least 3 points", i + 1,
                  n_numbers);
    self->n_crossings += ms_run_length_count_crossings(points, n_numbers / 2, self->width);
    points += n_numbers;
  }
  return self->n_crossings <= MAX_CROSSINGS ||
         fail(where, MS_IO_ERROR_TOO_LARGE, error,
              "the polygons of the image cross columns more than %u times", MAX_CROSSINGS);
}

static gboolean
make_polygons(Reading *self, MsCocoObject *object, const char *where, GError **error)
{
  const GArray *lengths = self->scratch.lengths;
  const double *points = (const double *)(gpointer)self->scratch.coordinates->data;

  if (!check_polygons(self, where, error))
    return FALSE;
  object->parts = g_new0(MsRunLength, lengths->len);
  for (guint i = 0; i < lengths->len; i++) {
    guint n_numbers = g_array_index(lengths, guint, i);

    if (!ms_run_length_from_polygon(points, n_numbers / 2, self->width, self->height, where,
                                    &object->parts[i], error))
      return FALSE;
    object->n_parts++;
    points += n_numbers;
  }
  return TRUE;
}

static gboolean
check_code_size(const Reading *self, const char *where, GError **error)
{
  const MsCocoAnnotation *scratch = &self->scratch;

  if (!scratch->has_size)
    return fail(where, MS_IO_ERROR_PARSE, error, "a run-length code without its size");
  if (scratch->size[1] != self->width || scratch->size[0] != self->height)
    return fail(where, MS_IO_ERROR_CORRUPT, error,
                "a run-length code of %" G_GINT64_FORMAT " x %" G_GINT64_FORMAT
                " pixels for an image of %d x %d",
                scratch->size[1], scratch->size[0], self->width, self->height);
  return TRUE;
}

static gboolean
make_code(Reading *self, MsCocoObject *object, const char *where, GError **error)
{
  const MsCocoAnnotation *scratch = &self->scratch;
  const GArray *counts = scratch->counts;
  gboolean made;

  if (!check_code_size(self, where, error))
    return FALSE;
  object->parts = g_new0(MsRunLength, 1);
  if (scratch->form == MS_COCO_STRING)
    made = ms_run_length_from_string(scratch->string->str, scratch->string->len, self->width,
                                     self->height, where, object->parts, error);
  else
    made = ms_run_length_from_counts((const guint32 *)(gpointer)counts->data, counts->len,
                                     self->width, self->height, where, object->parts, error);
  object->n_parts = made;
  return made;
}

static gboolean
make_object(Reading *self, MsCocoObject *object, const char *where, GError **error)
{
  const MsCocoAnnotation *scratch = &self->scratch;

  if (!scratch->category.said)
    return fail(where, MS_IO_ERROR_PARSE, error, "has no category_id");
  object->category = (guint32)scratch->category.value;
  object->has_score = scratch->has_score;
  object->score = scratch->has_score ? scratch->score : 1;
  object->crowd = scratch->crowd;
  if (scratch->form == MS_COCO_NO_MASK)
    return fail(where, MS_IO_ERROR_UNSUPPORTED, error,
                "has no segmentation; boxes alone are not compared");
  if (scratch->form == MS_COCO_POLYGONS)
    return make_polygons(self, object, where, error);
  return make_code(self, object, where, error);
}

static gboolean
read_object(Reading *self, const MsCocoRecord *record, GCancellable *cancellable, GError **error)
{
  g_autoptr(MsJsonReader) reader = ms_coco_open_record(self->coco, record, cancellable);
  g_autofree char *where = NULL;
  MsCocoObject object = {0};

  if (!ms_coco_annotation_take(&self->scratch, reader, error))
    return FALSE;
  where = self->scratch.id.said
              ? g_strdup_printf("%s, annotation %" G_GINT64_FORMAT " (byte %" G_GUINT64_FORMAT ")",
                                self->coco->name, self->scratch.id.value, record->offset)
              : g_strdup_printf("%s, annotation at byte %" G_GUINT64_FORMAT, self->coco->name,
                                record->offset);
  if (!make_object(self, &object, where, error)) {
    clear_object(&object);
    return FALSE;
  }
  g_array_append_val(self->objects, object);
  return TRUE;
}

static gboolean
read_chain(Reading *self, gint64 image_id, GCancellable *cancellable, GError **error)
{
  const MsCocoChain *chain = ms_coco_find_chain(self->coco, image_id);
  const MsCocoRecord *records = self->coco->records;

  if (!ms_run_length_check_size(self->width, self->height, self->coco->name, error))
    return FALSE;
  for (guint32 i = chain ? chain->first : 0; i != 0; i = records[i - 1].next)
    if (!read_object(self, &records[i - 1], cancellable, error))
      return FALSE;
  return TRUE;
}

GArray *
ms_coco_read_objects(const MsCoco *coco, gint64 image_id, int width, int height,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr(GArray) objects = g_array_new(FALSE, FALSE, sizeof(MsCocoObject));
  Reading reading = {.coco = coco, .width = width, .height = height, .objects = objects};
  GError *failure = NULL;

  g_array_set_clear_func(objects, clear_object);
  ms_coco_annotation_init(&reading.scratch, (guint64)MAX(width, 0) * (guint64)MAX(height, 0) + 1);
  read_chain(&reading, image_id, cancellable, &failure);
  ms_coco_annotation_clear(&reading.scratch);
  return ms_coco_confirm(coco, failure, error) ? g_steal_pointer(&objects) : NULL;
}
