/* SPDX-License-Identifier: MIT
 *
 * Tells COCO's files by the keys of the first annotation, or of the images where those are as far
 * as the beginning of the file reaches.
 */
#include <string.h>

#include "io/coco-private.h"
#include "io/file-start.h"

#define START_BYTES (64u << 10)

/* Which keys an item of a list has. */
typedef struct {
  gboolean id;
  gboolean file_name;
  gboolean image_id;
  gboolean bbox;
  gboolean segmentation;
  gboolean segments_info;
} Keys;

typedef struct {
  gboolean found;
  MsCocoKind kind;
} Verdict;

static gboolean
note_key(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  Keys *keys = user;

  keys->id |= strcmp(key, "id") == 0;
  keys->file_name |= strcmp(key, "file_name") == 0;
  keys->image_id |= strcmp(key, "image_id") == 0;
  keys->bbox |= strcmp(key, "bbox") == 0;
  keys->segmentation |= strcmp(key, "segmentation") == 0;
  keys->segments_info |= strcmp(key, "segments_info") == 0;
  return ms_json_skip(reader, error);
}

/* These return FALSE when they have seen enough. An item that the text ends in counts with the keys
 * that are there. */
static gboolean
judge_image(MsJsonReader *reader, gpointer user, GError **error)
{
  Verdict *verdict = user;
  Keys keys = {0};

  ms_coco_take_fields(reader, note_key, &keys, NULL);
  verdict->found |= keys.id && keys.file_name;
  return TRUE;
}

static gboolean
judge_annotation(MsJsonReader *reader, gpointer user, GError **error)
{
  Verdict *verdict = user;
  Keys keys = {0};

  ms_coco_take_fields(reader, note_key, &keys, NULL);
  if (!keys.segments_info && !keys.segmentation && !(keys.image_id && keys.bbox))
    return TRUE;
  verdict->found = TRUE;
  verdict->kind = keys.segments_info ? MS_COCO_PANOPTIC : MS_COCO_INSTANCES;
  return FALSE;
}

static gboolean
judge_result(MsJsonReader *reader, gpointer user, GError **error)
{
  Verdict *verdict = user;
  Keys keys = {0};

  ms_coco_take_fields(reader, note_key, &keys, NULL);
  verdict->found = keys.segmentation || (keys.image_id && keys.bbox);
  verdict->kind = MS_COCO_RESULTS;
  return FALSE;
}

static gboolean
judge_list(MsJsonReader *reader, const char *list, gpointer user, GError **error)
{
  MsCocoTakeItem judge = strcmp(list, "images") == 0        ? judge_image
                         : strcmp(list, "annotations") == 0 ? judge_annotation
                                                            : NULL;

  if (!judge)
    return ms_json_skip(reader, error);
  return ms_json_next(reader, NULL) == MS_JSON_ARRAY &&
         ms_coco_take_items(reader, judge, user, NULL);
}

gboolean
ms_coco_sniff_file(const char *path, MsCocoKind *kind)
{
  g_autoptr(GBytes) start = ms_file_read_start(path, START_BYTES, NULL);
  g_autoptr(MsJsonReader) reader = start ? ms_json_reader_new(start, path) : NULL;
  MsJsonToken token = reader ? ms_json_next(reader, NULL) : MS_JSON_ERROR;
  Verdict verdict = {FALSE, MS_COCO_INSTANCES};

  if (token == MS_JSON_ARRAY)
    ms_coco_take_items(reader, judge_result, &verdict, NULL);
  else if (token == MS_JSON_OBJECT)
    ms_coco_take_fields(reader, judge_list, &verdict, NULL);
  *kind = verdict.kind;
  return verdict.found;
}
