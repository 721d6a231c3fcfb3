/* SPDX-License-Identifier: MIT
 *
 * Objects are painted straight from their runs; nothing is kept between calls but the index.
 */
#include "set/annotations-coco.h"

#include "io/error.h"
#include "io/file.h"
#include "set/annotations-paint.h"
#include "set/find-by-id.h"
#include "set/reading-make.h"
#include "set/text.h"

typedef struct {
  MsCoco *coco;
  MsCoco *images;
  char *name;   /* of the JSON file, for messages */
  char *folder; /* panoptic: where the PNG files are */
  int void_id;  /* panoptic */
} Coco;

static void
coco_free(gpointer data)
{
  Coco *self = data;

  ms_coco_unref(self->coco);
  ms_coco_unref(self->images);
  g_free(self->name);
  g_free(self->folder);
  g_free(self);
}

static Coco *
coco_new(MsCoco *coco, MsCoco *images)
{
  Coco *self = g_new0(Coco, 1);

  self->coco = ms_coco_ref(coco);
  self->images = ms_coco_ref(images);
  self->name = ms_path_display(ms_coco_path(coco));
  return self;
}

static gboolean
coco_is_current(gpointer data)
{
  const Coco *self = data;

  return ms_coco_is_current(self->coco) &&
         (self->images == self->coco || ms_coco_is_current(self->images));
}

static const MsCocoImage *
image_of(const Coco *self, int record)
{
  guint n_images;
  const MsCocoImage *images = ms_coco_images(self->images, &n_images);

  g_return_val_if_fail(record >= 0 && (guint)record < n_images, NULL);
  return &images[record];
}

static MsClassTable *
table_of(MsCoco *coco)
{
  guint n;
  const MsCocoCategory *categories = ms_coco_categories(coco, &n);
  g_autofree char *source = ms_path_display(ms_coco_path(coco));
  g_autoptr(GArray) classes = n ? g_array_sized_new(FALSE, TRUE, sizeof(MsClass), n) : NULL;

  for (guint i = 0; i < n; i++) {
    const MsCocoCategory *category = &categories[i];
    MsClass class = {.id = category->id,
                     .name = category->name,
                     .has_color = category->has_color,
                     .red = category->color[0],
                     .green = category->color[1],
                     .blue = category->color[2]};

    g_array_append_val(classes, class);
  }
  return classes ? ms_class_table_new((const MsClass *)(void *)classes->data, n, source) : NULL;
}

/* --- instances and results -------------------------------------------------------------------- */

static gboolean
paint(const GArray *objects, MsMaskSize size, const char *name, MsMask *mask, GError **error)
{
  g_auto(MsMaskPainting) painting = {0};

  ms_mask_painting_init(&painting, size);
  for (guint i = 0; i < objects->len; i++) {
    const MsCocoObject *object = &g_array_index(objects, MsCocoObject, i);

    ms_mask_painting_add(&painting, object->category, ms_stack_score(object->score), object->parts,
                         object->n_parts);
  }
  if (ms_mask_painting_finish(&painting, mask) == MS_STATUS_OK)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: %s", name,
              ms_status_string(painting.status));
  return FALSE;
}

/* What the image entry says goes before what the other mask has: a difference is to be seen. */
static gboolean
decide_size(const Coco *self, const MsCocoImage *image, MsMaskSize *size, GError **error)
{
  if (image->width > 0 && image->height > 0)
    *size = (MsMaskSize){image->width, image->height};
  if (size->width > 0)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: image %" G_GINT64_FORMAT " has no width and height, and no other file says how "
              "large its mask is",
              self->name, image->id);
  return FALSE;
}

static gboolean
load_objects(gpointer data, int record, MsMaskSize size, MsMask *mask, GCancellable *cancellable,
             GError **error)
{
  const Coco *self = data;
  const MsCocoImage *image = image_of(self, record);
  g_autoptr(GArray) objects = NULL;

  if (!decide_size(self, image, &size, error))
    return FALSE;
  objects =
      ms_coco_read_objects(self->coco, image->id, size.width, size.height, cancellable, error);
  return objects && paint(objects, size, self->name, mask, error);
}

static MsReading *
read_as_objects(const MsCoco *coco)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_STACKS, NULL);
  gboolean scores = ms_coco_has_scores(coco);
  guint64 n = ms_coco_n_annotations(coco);

  reading->maximum = scores ? MS_STACK_MAXIMUM : 0;
  reading->description = g_strdup_printf(
      "%s, %" G_GUINT64_FORMAT " %s: of each class the union, a pixel may be of several%s",
      ms_coco_kind(coco) == MS_COCO_RESULTS ? "COCO results" : "COCO instances", n,
      n == 1 ? "object" : "objects",
      scores ? "; objects whose score is above the threshold count" : "");
  return reading;
}

MsAnnotations *
ms_annotations_of_coco(MsCoco *coco, MsCoco *images)
{
  static const MsAnnotationsType type = {load_objects, coco_free, coco_is_current, NULL, NULL};

  return ms_annotations_new(&type, coco_new(coco, images), read_as_objects(coco), table_of(images),
                            FALSE);
}

/* --- panoptic --------------------------------------------------------------------------------- */

static guint32
segment_at(const guint8 *pixel)
{
  return pixel[0] | (guint32)pixel[1] << 8 | (guint32)pixel[2] << 16;
}

/* Segments are runs mostly, so the last answer is kept. FALSE: *strange is no segment. */
static gboolean
map_row(const Coco *self, const MsSamples *samples, const GArray *segments, int y, guint32 *out,
        guint32 *strange)
{
  const guint8 *row = samples->pixels + (gsize)y * samples->stride;
  guint32 last = 0, category = (guint32)self->void_id;

  for (int x = 0; x < samples->width; x++) {
    guint32 id = segment_at(row + (gsize)x * (gsize)samples->channels);

    if (id != last) {
      const MsCocoSegment *segment = ms_find_by_id(segments, id);

      if (!segment && id != 0) {
        *strange = id;
        return FALSE;
      }
      category = segment ? segment->category : (guint32)self->void_id;
      last = id;
    }
    out[x] = category;
  }
  return TRUE;
}

static gboolean
map_segments(const Coco *self, const MsSamples *samples, const GArray *segments, const char *name,
             MsMask *mask, GError **error)
{
  MsStatus status = ms_raster_init(&mask->raster, samples->width, samples->height, 32);
  guint32 strange;

  if (status != MS_STATUS_OK) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: %s", name,
                ms_status_string(status));
    return FALSE;
  }
  for (int y = 0; y < samples->height; y++)
    if (!map_row(self, samples, segments, y, ms_raster_row_writable(&mask->raster, y), &strange)) {
      g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                  "%s: row %d holds segment %u, which %s does not list", name, y, strange,
                  self->name);
      return FALSE;
    }
  return TRUE;
}

/* Its name is untrusted: it must stay in the folder. */
static gboolean
check_file_name(const Coco *self, const MsCocoImage *image, const char *name, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(name, "/", -1);
  g_autofree char *shown = NULL;

  if (*name && !g_path_is_absolute(name) && !g_strv_contains((const char *const *)parts, ".."))
    return TRUE;
  shown = ms_path_display(name);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
              "%s: the file of image %" G_GINT64_FORMAT " is called \"%s\"; only names inside the "
              "folder of the masks are read",
              self->name, image->id, shown);
  return FALSE;
}

/* The PNG of a record, and its segments (MsCocoSegment; the caller's). name: of the file, for
 * display. */
static MsSamples *
load_png(const Coco *self, int record, GArray **segments, char **name, GCancellable *cancellable,
         GError **error)
{
  const MsCocoImage *image = image_of(self, record);
  const MsLoader loader = {0};
  g_autofree char *file_name = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GArray) listed =
      ms_coco_read_segments(self->coco, image->id, &file_name, cancellable, error);
  g_autoptr(MsSamples) samples = NULL;

  if (!listed || !check_file_name(self, image, file_name, error))
    return NULL;
  path = g_build_filename(self->folder, file_name, NULL);
  samples = ms_load_samples(&loader, (MsPlace){path, MS_PART_WHOLE}, cancellable, error);
  if (!samples)
    return NULL;
  *name = ms_path_display(path);
  if (samples->channels < 3 || samples->bytes != 1 || samples->lossy) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_UNSUPPORTED,
                "%s: a panoptic mask has 8-bit red, green and blue, which hold the segment's id",
                *name);
    return NULL;
  }
  *segments = g_steal_pointer(&listed);
  return g_steal_pointer(&samples);
}

static gboolean
load_panoptic(gpointer data, int record, MsMaskSize size, MsMask *mask, GCancellable *cancellable,
              GError **error)
{
  const Coco *self = data;
  g_autofree char *name = NULL;
  g_autoptr(GArray) segments = NULL;
  g_autoptr(MsSamples) samples = load_png(self, record, &segments, &name, cancellable, error);

  return samples && map_segments(self, samples, segments, name, mask, error);
}

static void
copy_ids(const MsSamples *samples, MsRaster *ids)
{
  for (int y = 0; y < samples->height; y++) {
    const guint8 *row = samples->pixels + (gsize)y * samples->stride;
    guint32 *out = ms_raster_row_writable(ids, y);

    for (int x = 0; x < samples->width; x++)
      out[x] = segment_at(row + (gsize)x * (gsize)samples->channels);
  }
}

static gboolean
load_segments(gpointer data, int record, MsRaster *ids, GArray **segments,
              GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;
  g_autoptr(GArray) listed = NULL;
  g_autoptr(MsSamples) samples = load_png(data, record, &listed, &name, cancellable, error);
  MsStatus status;

  if (!samples)
    return FALSE;
  status = ms_raster_init(ids, samples->width, samples->height, 32);
  if (status != MS_STATUS_OK) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: %s", name,
                ms_status_string(status));
    return FALSE;
  }
  copy_ids(samples, ids);
  *segments = g_array_sized_new(FALSE, FALSE, sizeof(MsSegment), listed->len);
  for (guint i = 0; i < listed->len; i++) {
    const MsCocoSegment *segment = &g_array_index(listed, MsCocoSegment, i);

    g_array_append_val(*segments, ((MsSegment){segment->id, segment->category, segment->crowd}));
  }
  return TRUE;
}

static char *
dup_segments_file(gpointer data, int record)
{
  const Coco *self = data;
  const MsCocoImage *image = image_of(self, record);
  g_autofree char *file_name = NULL;
  g_autoptr(GArray) segments = ms_coco_read_segments(self->coco, image->id, &file_name, NULL, NULL);

  return segments && check_file_name(self, image, file_name, NULL)
             ? g_build_filename(self->folder, file_name, NULL)
             : NULL;
}

/* The folder called like the JSON file, where there is one. */
static char *
find_png_folder(const char *path)
{
  g_autofree char *folder = g_strdup(path);
  char *dot = strrchr(folder, '.');

  if (dot && !strchr(dot, '/'))
    *dot = '\0';
  if (g_file_test(folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer(&folder);
  return g_path_get_dirname(path);
}

/* 0, unless a category has that id. */
static int
find_void(MsCoco *images)
{
  guint n;
  const MsCocoCategory *categories = ms_coco_categories(images, &n);

  return n > 0 && categories[0].id == 0 ? G_MAXINT32 : 0;
}

static MsReading *
read_as_segments(const Coco *self, gboolean actual)
{
  MsReading *reading = ms_reading_new(MS_ENCODING_CLASSES, NULL);
  guint32 ignored = (guint32)self->void_id;

  if (actual)
    g_array_append_val(reading->ignored, ignored);
  reading->description = g_strdup_printf("COCO panoptic: a segment's category is the class%s",
                                         actual ? "; void (segment 0) ignored" : "");
  return reading;
}

MsAnnotations *
ms_annotations_of_panoptic(MsCoco *coco, MsCoco *images, gboolean actual)
{
  static const MsAnnotationsType type = {load_panoptic, coco_free, coco_is_current,
                                         dup_segments_file, load_segments};
  Coco *self = coco_new(coco, images);

  self->folder = find_png_folder(ms_coco_path(coco));
  self->void_id = find_void(images);
  return ms_annotations_new(&type, self, read_as_segments(self, actual), table_of(images), FALSE);
}
