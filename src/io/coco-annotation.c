/* SPDX-License-Identifier: MIT
 *
 * Segmentations come in four forms: a list of polygons, one polygon as a bare list of numbers, and
 * run lengths as numbers or as a string. An empty list, as boxes have it, is none.
 */
#include "io/coco-objects-private.h"

#include <math.h>
#include <string.h>

#include "metric/raster.h"

#define MAX_COORDINATES (1u << 24)

void
ms_coco_annotation_init(MsCocoAnnotation *self, guint64 max_counts)
{
  *self = (MsCocoAnnotation){
      .coordinates = g_array_new(FALSE, FALSE, sizeof(double)),
      .lengths = g_array_new(FALSE, FALSE, sizeof(guint)),
      .counts = g_array_new(FALSE, FALSE, sizeof(guint32)),
      .string = g_string_new(NULL),
      .max_counts = max_counts,
  };
}

void
ms_coco_annotation_clear(MsCocoAnnotation *self)
{
  g_array_unref(self->coordinates);
  g_array_unref(self->lengths);
  g_array_unref(self->counts);
  g_string_free(self->string, TRUE);
}

static void
forget_mask(MsCocoAnnotation *self)
{
  self->form = MS_COCO_NO_MASK;
  self->has_size = FALSE;
  g_array_set_size(self->coordinates, 0);
  g_array_set_size(self->lengths, 0);
  g_array_set_size(self->counts, 0);
  g_string_truncate(self->string, 0);
}

/* The number that is the last token. */
static gboolean
add_coordinate(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  double coordinate = ms_json_double(reader);

  if (self->coordinates->len == MAX_COORDINATES)
    return ms_json_fail(reader, error, "a segmentation of more than %u numbers", MAX_COORDINATES);
  if (!isfinite(coordinate))
    return ms_json_fail(reader, error, "a polygon with a coordinate that is not finite");
  g_array_append_val(self->coordinates, coordinate);
  return TRUE;
}

/* Numbers up to the end of their list; a polygon that is a list of its own. */
static gboolean
take_polygon(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  guint before = self->coordinates->len, length;
  MsJsonToken token;

  while ((token = ms_json_next(reader, error)) == MS_JSON_NUMBER)
    if (!add_coordinate(self, reader, error))
      return FALSE;
  if (token != MS_JSON_ARRAY_END)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "a coordinate is no number");
  length = self->coordinates->len - before;
  g_array_append_val(self->lengths, length);
  return TRUE;
}

/* Behind the opening bracket of a segmentation. */
static gboolean
take_polygons(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  if (token == MS_JSON_ARRAY_END)
    return TRUE;
  self->form = MS_COCO_POLYGONS;
  if (token == MS_JSON_NUMBER)
    return add_coordinate(self, reader, error) && take_polygon(self, reader, error) &&
           (g_array_index(self->lengths, guint, 0)++, TRUE);
  for (; token == MS_JSON_ARRAY; token = ms_json_next(reader, error))
    if (!take_polygon(self, reader, error))
      return FALSE;
  if (token == MS_JSON_ARRAY_END)
    return TRUE;
  return token != MS_JSON_ERROR &&
         ms_json_fail(reader, error, "a segmentation holds what is no polygon");
}

/* Behind the opening bracket. */
static gboolean
take_counts(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token;
  gint64 value;

  while ((token = ms_json_next(reader, error)) == MS_JSON_NUMBER) {
    guint32 count;

    if (!ms_json_integer(reader, &value) || value < 0 || value > G_MAXINT32)
      return ms_json_fail(reader, error, "a run is no whole number from 0 to %d", G_MAXINT32);
    if (self->counts->len == self->max_counts)
      return ms_json_fail(reader, error, "more runs than the image has pixels");
    count = (guint32)value;
    g_array_append_val(self->counts, count);
  }
  if (token == MS_JSON_ARRAY_END)
    return TRUE;
  return token != MS_JSON_ERROR && ms_json_fail(reader, error, "a run is no number");
}

static gboolean
take_code_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  MsCocoAnnotation *self = user;
  MsJsonToken token;

  if (strcmp(key, "size") == 0)
    return ms_coco_take_integers(reader, "the size of a run-length code", MS_RASTER_MAX_SIDE, 2,
                                 self->size, &self->has_size, error);
  if (strcmp(key, "counts") != 0)
    return ms_json_skip(reader, error);
  g_array_set_size(self->counts, 0);
  token = ms_json_next(reader, error);
  if (token == MS_JSON_ARRAY) {
    self->form = MS_COCO_COUNTS;
    return take_counts(self, reader, error);
  }
  self->form = MS_COCO_STRING;
  if (token == MS_JSON_STRING)
    g_string_assign(self->string, ms_json_text(reader));
  else
    return token != MS_JSON_ERROR &&
           ms_json_fail(reader, error, "counts are neither list nor text");
  return TRUE;
}

static gboolean
take_segmentation(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  forget_mask(self);
  switch (token) {
  case MS_JSON_NULL:
    return TRUE;
  case MS_JSON_ARRAY:
    return take_polygons(self, reader, error);
  case MS_JSON_OBJECT:
    return ms_coco_take_fields(reader, take_code_field, self, error);
  case MS_JSON_ERROR:
    return FALSE;
  default:
    return ms_json_fail(reader, error, "the segmentation is neither polygons nor run lengths");
  }
}

static gboolean
take_score(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  self->has_score = token == MS_JSON_NUMBER;
  if (self->has_score)
    self->score = ms_json_double(reader);
  if (token == MS_JSON_NULL || (self->has_score && isfinite(self->score)))
    return TRUE;
  return token != MS_JSON_ERROR && ms_json_fail(reader, error, "the score is no finite number");
}

static gboolean
take_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  MsCocoAnnotation *self = user;

  if (strcmp(key, "segmentation") == 0)
    return take_segmentation(self, reader, error);
  if (strcmp(key, "category_id") == 0)
    return ms_coco_take_integer(reader, "category_id", 0, G_MAXUINT32, &self->category, error);
  if (strcmp(key, "iscrowd") == 0)
    return ms_coco_take_flag(reader, "iscrowd", &self->crowd, error);
  if (strcmp(key, "score") == 0)
    return take_score(self, reader, error);
  if (strcmp(key, "id") == 0)
    return ms_coco_take_integer(reader, "the id of an annotation", G_MININT64, G_MAXINT64,
                                &self->id, error);
  return ms_json_skip(reader, error);
}

gboolean
ms_coco_annotation_take(MsCocoAnnotation *self, MsJsonReader *reader, GError **error)
{
  MsJsonToken token = ms_json_next(reader, error);

  forget_mask(self);
  self->id.said = self->category.said = FALSE;
  self->crowd = self->has_score = FALSE;
  if (token != MS_JSON_OBJECT)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "an annotation is expected");
  return ms_coco_take_fields(reader, take_field, self, error);
}
