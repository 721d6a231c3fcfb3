/* SPDX-License-Identifier: MIT
 *
 * What an opened COCO file keeps, and how the parts of the file are taken. coco.c owns it,
 * coco-index.c fills it (with coco-lists.c), coco-objects.c and coco-segments.c read what it points
 * to; all take values by coco-fields.c.
 */
#pragma once

#include <sys/stat.h>

#include "io/coco.h"
#include "io/json-reader.h"

G_BEGIN_DECLS

/* Where an annotation stands in the file. Those of an image are a chain in the file's order, so
 * nothing is sorted and nothing is moved. */
typedef struct {
  guint64 offset;
  guint32 length;
  guint32 next; /* counted from 1; 0: it is the last */
} MsCocoRecord;

/* The array of records doubles as it grows. */
G_STATIC_ASSERT(2 * sizeof(MsCocoRecord) <= MS_COCO_ANNOTATION_BYTES);

typedef struct {
  guint32 first; /* counted from 1; 0: there is none */
  guint32 last;
  guint32 n;
} MsCocoChain;

/* How many annotations name a category. */
typedef struct {
  guint32 category;
  guint64 n;
} MsCocoTally;

/* Categories beyond these are not told apart: no file has as many. */
#define MS_COCO_MAX_TALLIES 65536u

struct MsCoco {
  gatomicrefcount references;
  char *path;
  char *name; /* as messages show it */
  int fd;
  struct stat identity;

  MsCocoKind kind;
  gboolean has_scores;
  MsCocoImage *images; /* ascending by id */
  MsCocoChain *chains; /* one for each image */
  guint n_images;
  MsCocoCategory *categories; /* ascending by id */
  guint n_categories;
  MsCocoTally *tallies; /* in the order in which they occur */
  guint n_tallies;
  MsCocoRecord *records; /* in the file's order */
  guint n_records;
};

/* The chain of an image; NULL: there is no such image. */
const MsCocoChain *ms_coco_find_chain(const MsCoco *coco, gint64 image_id);

/* A reader of one annotation. Free with ms_json_reader_free(). */
MsJsonReader *ms_coco_open_record(const MsCoco *coco, const MsCocoRecord *record,
                                  GCancellable *cancellable);

/* What every reading ends with: takes over its failure, if any, and says whether what was read
 * holds. It does not where the file is no longer the one that was opened. */
gboolean ms_coco_confirm(const MsCoco *coco, GError *failure, GError **error);

/* A number that may be left out. */
typedef struct {
  gint64 value;
  gboolean said;
} MsCocoNumber;

/* The value that comes next: a whole number from minimum to maximum, or null. `what` is what the
 * message calls it. */
gboolean ms_coco_take_integer(MsJsonReader *reader, const char *what, gint64 minimum,
                              gint64 maximum, MsCocoNumber *number, GError **error);
/* The same of 0, 1, false or true; null leaves *flag. */
gboolean ms_coco_take_flag(MsJsonReader *reader, const char *what, gboolean *flag, GError **error);
/* The same of a list of n whole numbers from 0 to maximum. */
gboolean ms_coco_take_integers(MsJsonReader *reader, const char *what, gint64 maximum, guint n,
                               gint64 *values, gboolean *said, GError **error);
/* The same of a string. */
gboolean ms_coco_take_string(MsJsonReader *reader, const char *what, char **string, GError **error);

/* Takes the items of a list, whose opening bracket has been taken, by one call each, which comes
 * behind the opening bracket of the item, an object. */
typedef gboolean (*MsCocoTakeItem)(MsJsonReader *reader, gpointer user, GError **error);
gboolean ms_coco_take_items(MsJsonReader *reader, MsCocoTakeItem take, gpointer user,
                            GError **error);

/* Takes the fields of an object, whose opening bracket has been taken, by one call each, which
 * comes behind the key. */
typedef gboolean (*MsCocoTakeField)(MsJsonReader *reader, const char *key, gpointer user,
                                    GError **error);
gboolean ms_coco_take_fields(MsJsonReader *reader, MsCocoTakeField take, gpointer user,
                             GError **error);

/* An image or a category, behind its opening bracket; file name and name are the caller's. */
gboolean ms_coco_take_image(MsJsonReader *reader, MsCocoImage *image, GError **error);
gboolean ms_coco_take_category(MsJsonReader *reader, MsCocoCategory *category, GError **error);

G_END_DECLS
