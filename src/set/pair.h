/* SPDX-License-Identifier: MIT
 *
 * The two masks of one example, read for scoring or for showing, and what came of counting them.
 */
#pragma once

#include <gio/gio.h>

#include "io/picture.h"
#include "io/scratch.h"
#include "metric/confusion.h"
#include "metric/joint.h"
#include "metric/raster.h"
#include "metric/totals.h"
#include "set/results.h"
#include "set/ruleset.h"
#include "set/set.h"
#include "set/stamp.h"

G_BEGIN_DECLS

/* What scoring one example for one model gave. Immutable and counted; holds no pixels. */
typedef struct {
  MsResultStatus status;
  char *message;       /* not OK: the reason, naming the file */
  gboolean has_actual; /* not OK: the example has an actual mask (exit status 3) */
  gboolean resized;    /* OK: the predicted mask was resized, nearest */
  int width, height;   /* OK: of the actual mask; SKIPPED, not 0: sizes differ */
  int predicted_width; /* SKIPPED because sizes differ: of the predicted one; else 0 */
  int predicted_height;
  MsConfusion *confusion;     /* OK: under the rules of the set; read only */
  MsJoint *joint;             /* OK, masks: compacted; read only. NULL: packed, or label sets */
  MsStacks *actual_stacks;    /* masks with several classes a pixel: what the masks' samples, and */
  MsStacks *predicted_stacks; /* the joint's, are numbers of; NULL: ids or values, or no mask */
  MsPacked *packed;           /* OK, masks, once packed: what joint and stacks were; else NULL */
  MsStamp stamp; /* of the files, as they were before and after they were read; unknown of label
                  * sets, and of files that are young or did not rest */
  gint64 time;   /* as MsSight has these */
  guint64 state;
  gboolean young; /* a file may still be being written: an ERROR may go by itself */
} MsResult;

MsResult *ms_result_ref(MsResult *result);
void ms_result_unref(MsResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsResult, ms_result_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsConfusion, ms_confusion_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsTotals, ms_totals_free)

/* An error of a file that may still be being written: who can wait looks again later. */
gboolean ms_result_is_unfinished(const MsResult *result);

/* Packs joint and stacks, and gives them up. Only before others know the result. FALSE: no memory,
 * and it is as before. */
gboolean ms_result_pack(MsResult *result);
/* The histogram, packed now where it is not yet; the caller's. NULL: there is none, or no memory.
 */
MsPacked *ms_result_dup_packed(const MsResult *result);

/* What ms_pair_score() gave when it counted this histogram, packed: counted again under the set's
 * rules, so that it may have become an error. Refs packed. NULL: damaged
 * bytes, or other pixels than width x height. */
MsResult *ms_result_new_packed(MsSet *set, guint example, guint model, MsPacked *packed, int width,
                               int height, gboolean resized);
/* What it gave when the sizes of the masks differed. */
MsResult *ms_result_new_mismatched(MsSet *set, guint example, guint model, int width, int height,
                                   int predicted_width, int predicted_height);

/* The confusion under rules of an OK result, from its joint, packed or not, or from the set's label
 * sets; the
 * caller's. An actual id that is no class: NULL, with an error that names the id and the example.
 */
MsConfusion *ms_result_confusion(const MsResult *result, MsSet *set, guint example, guint model,
                                 const MsRuleset *rules, GError **error);

/* An example as it is shown: image, masks, result. Immutable and counted. What could not be read
 * has a message in its place. Label sets are asked of the set; their frames have no masks. */
typedef struct {
  MsSet *set;
  guint example;
  guint model;
  MsPicture *image;    /* NULL: none, or not readable */
  char *image_message; /* why the image is not shown, or that its size differs; NULL: fine */
  gboolean has_actual;
  gboolean has_predicted; /* of the size of the actual one, or the only one */
  MsRaster actual;
  MsRaster predicted;
  MsResult *result; /* never NULL */
} MsFrame;

MsFrame *ms_frame_ref(MsFrame *frame);
void ms_frame_unref(MsFrame *frame);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFrame, ms_frame_unref)

/* Reads, decodes and counts; synchronous, for worker threads. scratch: this thread's, or NULL. NULL
 * only when cancelled. */
MsResult *ms_pair_score(MsSet *set, guint example, guint model, MsScratch *scratch,
                        GCancellable *cancellable, GError **error);

/* What is read is of one state of the files: they are looked at before and after, and read again,
 * some times, where they changed meanwhile. ms_reading_try_again() fills in what is known of the
 * files; TRUE: *result is let go and is to be made again. One that never was of one state becomes
 * an error that says so. */
typedef struct {
  MsSet *set;
  guint example;
  guint model;
  MsSight sight; /* before it was read */
  guint n_reads;
} MsReadingTry;

void ms_reading_try_begin(MsReadingTry *try, MsSet *set, guint example, guint model);
gboolean ms_reading_try_again(MsReadingTry *try, MsResult **result);

/* The same of label sets, which are in memory: never cancelled. */
MsResult *ms_pair_score_labels(MsSet *set, guint example, guint model);

/* The same as ms_pair_score(), keeping pixels, with the image. NULL only when cancelled. */
MsFrame *ms_frame_load(MsSet *set, guint example, guint model, GCancellable *cancellable,
                       GError **error);

/* What is made of a frame's parts while the other is still read: `image` of the image and its
 * message, `masks` of all the rest. Each is called once, on different threads, at the same time;
 * not when cancelled before. */
typedef struct {
  void (*image)(gpointer user, const MsFrame *frame);
  void (*masks)(gpointer user, const MsFrame *frame);
  gpointer user;
} MsFrameParts;

/* The same as ms_frame_load(), and returns when both have been made. */
MsFrame *ms_frame_load_parts(MsSet *set, guint example, guint model, const MsFrameParts *parts,
                             GCancellable *cancellable, GError **error);

/* The same as ms_frame_load() with an image of the caller's choice; NULL: the example's own. */
MsFrame *ms_frame_load_over(MsSet *set, guint example, guint model, const char *image,
                            GCancellable *cancellable, GError **error);

/* The size in which a frame is shown: that of its masks, else of its image, else 0 x 0. */
void ms_frame_get_size(const MsFrame *frame, int *width, int *height);

/* Bytes that a frame holds, for caches. */
gsize ms_frame_bytes(const MsFrame *frame);

G_END_DECLS
