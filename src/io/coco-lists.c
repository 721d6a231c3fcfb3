/* SPDX-License-Identifier: MIT
 *
 * The items of the lists of images and categories.
 */
#include <string.h>

#include "io/coco-private.h"
#include "metric/raster.h"

typedef struct {
  MsCocoNumber id, width, height;
  char *file_name;
} ImageFields;

static gboolean
take_image_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  ImageFields *fields = user;

  if (strcmp(key, "id") == 0)
    return ms_coco_take_integer(reader, "the id of an image", G_MININT64, G_MAXINT64, &fields->id,
                                error);
  if (strcmp(key, "file_name") == 0)
    return ms_coco_take_string(reader, "the file name of an image", &fields->file_name, error);
  if (strcmp(key, "width") == 0)
    return ms_coco_take_integer(reader, "the width of an image", 1, MS_RASTER_MAX_SIDE,
                                &fields->width, error);
  if (strcmp(key, "height") == 0)
    return ms_coco_take_integer(reader, "the height of an image", 1, MS_RASTER_MAX_SIDE,
                                &fields->height, error);
  return ms_json_skip(reader, error);
}

gboolean
ms_coco_take_image(MsJsonReader *reader, MsCocoImage *image, GError **error)
{
  ImageFields fields = {0};

  if (!ms_coco_take_fields(reader, take_image_field, &fields, error) ||
      (!fields.id.said && !ms_json_fail(reader, error, "an image without an id"))) {
    g_free(fields.file_name);
    return FALSE;
  }
  *image = (MsCocoImage){.id = fields.id.value,
                         .file_name = fields.file_name,
                         .width = fields.width.said ? (int)fields.width.value : 0,
                         .height = fields.height.said ? (int)fields.height.value : 0};
  return TRUE;
}

typedef struct {
  MsCocoNumber id;
  MsCocoCategory category;
  gint64 color[3];
} CategoryFields;

static gboolean
take_category_field(MsJsonReader *reader, const char *key, gpointer user, GError **error)
{
  CategoryFields *fields = user;

  if (strcmp(key, "id") == 0)
    return ms_coco_take_integer(reader, "the id of a category", 0, G_MAXUINT32, &fields->id, error);
  if (strcmp(key, "name") == 0)
    return ms_coco_take_string(reader, "the name of a category", &fields->category.name, error);
  if (strcmp(key, "isthing") == 0)
    return ms_coco_take_flag(reader, "isthing", &fields->category.is_thing, error);
  if (strcmp(key, "color") == 0)
    return ms_coco_take_integers(reader, "the color of a category", 255, 3, fields->color,
                                 &fields->category.has_color, error);
  return ms_json_skip(reader, error);
}

gboolean
ms_coco_take_category(MsJsonReader *reader, MsCocoCategory *category, GError **error)
{
  CategoryFields fields = {.category = {.is_thing = TRUE}};

  if (!ms_coco_take_fields(reader, take_category_field, &fields, error) ||
      (!fields.id.said && !ms_json_fail(reader, error, "a category without an id"))) {
    g_free(fields.category.name);
    return FALSE;
  }
  *category = fields.category;
  category->id = (guint32)fields.id.value;
  for (guint i = 0; i < 3; i++)
    category->color[i] = (guint8)fields.color[i];
  if (!category->name)
    category->name = g_strdup_printf("%u", category->id);
  return TRUE;
}
