/* SPDX-License-Identifier: MIT
 *
 * COCO's JSON files, opened once by streaming: annotations of instances (images, annotations,
 * categories), results (a list of detections), and panoptic annotations. Of images and categories
 * everything needed is kept; of an annotation only where in the file it stands, so that a file of
 * 300 MB costs MS_COCO_ANNOTATION_BYTES an annotation; what an image holds is read from the file
 * when it is asked for. A file that changed since (size, time stamps, inode) is an error, never a
 * mixture. Immutable and counted; any thread may read it.
 */
#pragma once

#include <gio/gio.h>

#include "io/run-length.h"

G_BEGIN_DECLS

/* Most that an annotation costs in memory. */
#define MS_COCO_ANNOTATION_BYTES 32u

typedef enum {
  MS_COCO_INSTANCES, /* images and annotations with segmentations */
  MS_COCO_RESULTS,   /* a list: image_id, category_id, segmentation, score */
  MS_COCO_PANOPTIC,  /* annotations with file_name and segments_info */
} MsCocoKind;

typedef struct {
  gint64 id;
  char *file_name; /* as it stands; may hold folders; NULL: none */
  int width;       /* 0: not said */
  int height;
} MsCocoImage;

typedef struct {
  guint32 id;
  char *name;
  gboolean is_thing; /* TRUE where it is not said */
  gboolean has_color;
  guint8 color[3];
} MsCocoCategory;

/* An annotation or a detection of one image. */
typedef struct {
  guint32 category;
  double score; /* 1 where there is none */
  gboolean has_score;
  gboolean crowd;
  guint n_parts; /* masks that are united: the polygons, or one run-length code */
  MsRunLength *parts;
} MsCocoObject;

/* A segment of a panoptic PNG: its id is red + 256 green + 65536 blue. */
typedef struct {
  guint32 id;
  guint32 category;
  gboolean crowd;
} MsCocoSegment;

typedef struct MsCoco MsCoco;

/* Whether a JSON file looks like one of COCO's, from its first 64 KiB, and of which kind. Where the
 * annotations begin later than that, INSTANCES is said of panoptic ones too; ms_coco_open() knows.
 */
gboolean ms_coco_sniff_file(const char *path, MsCocoKind *kind);

/* progress (may be NULL) gets bytes read and the file's size. Errors name file, line and cause:
 * what is no such JSON, an id twice, an annotation of an image that is not listed. Limits: 2^32 - 2
 * annotations of up to 4 GiB each. */
typedef void (*MsCocoProgress)(guint64 done, guint64 total, gpointer user);
MsCoco *ms_coco_open(const char *path, MsCocoProgress progress, gpointer user,
                     GCancellable *cancellable, GError **error);
MsCoco *ms_coco_ref(MsCoco *coco);
void ms_coco_unref(MsCoco *coco);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsCoco, ms_coco_unref)

/* Whether the file is still the one that was opened. */
gboolean ms_coco_is_current(const MsCoco *coco);
const char *ms_coco_path(const MsCoco *coco);
MsCocoKind ms_coco_kind(const MsCoco *coco);

/* Ascending by id. Results, and panoptic files that list no images: the ids that occur, without
 * names and sizes. */
const MsCocoImage *ms_coco_images(const MsCoco *coco, guint *n_images);
const MsCocoImage *ms_coco_find_image(const MsCoco *coco, gint64 id);
/* Ascending by id; results have none. */
const MsCocoCategory *ms_coco_categories(const MsCoco *coco, guint *n_categories);

/* How many annotations there are, of an image and in all; whether any detection has a score. */
guint ms_coco_n_objects(const MsCoco *coco, gint64 image_id);
guint64 ms_coco_n_annotations(const MsCoco *coco);
gboolean ms_coco_has_scores(const MsCoco *coco);

/* How many annotations or detections name a category that `other` does not list, and the first that
 * does; 0 where that lists none at all. */
guint64 ms_coco_count_strangers(const MsCoco *coco, const MsCoco *other, guint32 *first);

/* The objects of an image in the file's order: MsCocoObject, of the size given (that of a
 * run-length code must equal it). Free with g_array_unref(). An annotation without a segmentation
 * (a box alone) is MS_IO_ERROR_UNSUPPORTED. Limits, TOO_LARGE beyond: 2^24 coordinates an
 * annotation, polygons that cross columns 2^24 times an image. */
GArray *ms_coco_read_objects(const MsCoco *coco, gint64 image_id, int width, int height,
                             GCancellable *cancellable, GError **error);

/* PANOPTIC: the file of the image's PNG, as the annotation names it, and its segments
 * (MsCocoSegment, ascending by id; an id twice is an error). */
GArray *ms_coco_read_segments(const MsCoco *coco, gint64 image_id, char **file_name,
                              GCancellable *cancellable, GError **error);

G_END_DECLS
