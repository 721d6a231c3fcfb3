/* SPDX-License-Identifier: MIT
 *
 * The segments of a panoptic image: what its annotation says of the ids in its PNG.
 */
#include <string.h>

#include "io/coco-private.h"
#include "io/error.h"

#define MAX_SEGMENT_ID 0xffffff /* three samples of 8 bits */

typedef struct {
  char *file_name;
  GArray *segments;
} Panoptic;

typedef struct {
  MsCocoNumber id;
  MsCocoNumber category;
  gboolean crowd;
} SegmentFields;

static gboolean
take_segment_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  SegmentFields *fields = user;

  if (strcmp(key, "id") == 0)
    return ms_coco_take_integer(reader, "the id of a segment", 0, MAX_SEGMENT_ID, &fields->id,
                                error);
  if (strcmp(key, "category_id") == 0)
    return ms_coco_take_integer(reader, "category_id", 0, G_MAXUINT32, &fields->category, error);
  if (strcmp(key, "iscrowd") == 0)
    return ms_coco_take_flag(reader, "iscrowd", &fields->crowd, error);
  return ms_json_skip(reader, error);
}

static gboolean
take_segment(MsJsonReader *reader, gpointer user, GError **error)
{
  Panoptic *panoptic = user;
  SegmentFields fields = {0};
  MsCocoSegment segment;

  if (!ms_coco_take_fields(reader, take_segment_field, &fields, error))
    return FALSE;
  if (!fields.id.said || !fields.category.said)
    return ms_json_fail(reader, error, "a segment without %s",
                        fields.id.said ? "a category_id" : "an id");
  segment.id = (guint32)fields.id.value;
  segment.category = (guint32)fields.category.value;
  segment.crowd = fields.crowd;
  g_array_append_val(panoptic->segments, segment);
  return TRUE;
}

static gboolean
take_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  Panoptic *panoptic = user;
  MsJsonToken token;

  if (strcmp(key, "file_name") == 0)
    return ms_coco_take_string(reader, "the file name", &panoptic->file_name, error);
  if (strcmp(key, "segments_info") != 0)
    return ms_json_skip(reader, error);
  g_array_set_size(panoptic->segments, 0);
  token = ms_json_next(reader, error);
  if (token != MS_JSON_ARRAY)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "segments_info is no list");
  return ms_coco_take_items(reader, take_segment, panoptic, error);
}

static int
compare_segments(gconstpointer a, gconstpointer b)
{
  guint32 first = ((const MsCocoSegment *)a)->id, second = ((const MsCocoSegment *)b)->id;

  return (first > second) - (first < second);
}

/* After the fields have been taken. */
static gboolean
check_panoptic(Panoptic *panoptic, MsJsonReader *reader, GError **error)
{
  const GArray *segments = panoptic->segments;

  if (!panoptic->file_name)
    return ms_json_fail(reader, error, "the annotation has no file_name");
  g_array_sort(panoptic->segments, compare_segments);
  for (guint i = 1; i < segments->len; i++) {
    guint32 id = g_array_index(segments, MsCocoSegment, i).id;

    if (id == g_array_index(segments, MsCocoSegment, i - 1).id)
      return ms_json_fail(reader, error, "the segment %u is listed twice", id);
  }
  return TRUE;
}

static gboolean
read_panoptic(const MsCoco *coco, gint64 image_id, Panoptic *panoptic, GCancellable *cancellable,
              GError **error)
{
  const MsCocoChain *chain = ms_coco_find_chain(coco, image_id);
  g_autoptr(MsJsonReader) reader = NULL;
  MsJsonToken token;

  if (coco->kind != MS_COCO_PANOPTIC || !chain || chain->n != 1) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: has %u panoptic annotations of the image %" G_GINT64_FORMAT
                "; there must be one",
                coco->name, chain && coco->kind == MS_COCO_PANOPTIC ? chain->n : 0, image_id);
    return FALSE;
  }
  reader = ms_coco_open_record(coco, &coco->records[chain->first - 1], cancellable);
  token = ms_json_next(reader, error);
  if (token != MS_JSON_OBJECT)
    return token != MS_JSON_ERROR && ms_json_fail(reader, error, "an annotation is expected");
  return ms_coco_take_fields(reader, take_field, panoptic, error) &&
         check_panoptic(panoptic, reader, error);
}

GArray *
ms_coco_read_segments(const MsCoco *coco, gint64 image_id, char **file_name,
                      GCancellable *cancellable, GError **error)
{
  Panoptic panoptic = {NULL, g_array_new(FALSE, FALSE, sizeof(MsCocoSegment))};
  GError *failure = NULL;

  read_panoptic(coco, image_id, &panoptic, cancellable, &failure);
  if (!ms_coco_confirm(coco, failure, error)) {
    g_free(panoptic.file_name);
    g_array_unref(panoptic.segments);
    return NULL;
  }
  *file_name = panoptic.file_name;
  return panoptic.segments;
}
