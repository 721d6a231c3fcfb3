/* SPDX-License-Identifier: MIT
 *
 * The two masks of one example as rasters, read from their files under the set's readings; the
 * ground on which pair.c counts and frame.c shows. Synchronous, for worker threads.
 */
#pragma once

#include <gio/gio.h>

#include "set/pair.h"

G_BEGIN_DECLS

typedef struct {
  gboolean has_actual;
  gboolean has_predicted;
  MsMask actual;
  MsMask predicted;
  gboolean resized;    /* the predicted one, to the size of the actual one */
  int predicted_width; /* of the predicted one, when its size differs and so it is left out; else 0
                        */
  int predicted_height;
  MsResultStatus status; /* OK: both are there and of one size */
  char *message;         /* not OK: why */
} MsMasks;

/* Reads what there is; what is missing or unreadable says why in status and message. scratch: this
 * thread's, or NULL. FALSE only when cancelled. Start from a zeroed struct; ms_masks_clear() in any
 * case. */
gboolean ms_masks_load(MsMasks *masks, MsSet *set, MsExample *example, guint model,
                       MsScratch *scratch, GCancellable *cancellable, GError **error);
void ms_masks_clear(MsMasks *masks);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MsMasks, ms_masks_clear)

/* For those who want to know more than what is compared. */
typedef struct {
  /* Told of each side that has a place: its samples as they were decoded (NULL: not at all, or a
   * record of an annotation file), lent, and why it is no mask (NULL: it is one). */
  void (*seen)(gpointer user, gboolean is_actual, const MsSamples *samples, const GError *reason);
  gpointer user;
  const MsRaster *actual; /* lent until ms_masks_clear(): the actual mask, read before and not told
                           * of again; NULL: it is read */
  gboolean without_predicted; /* nobody asks for it: it is read only where it gives the actual one
                               * its size */
} MsMasksWatch;

/* The same, and masks of two sizes are both left there; see ms_masks_resize(). */
gboolean ms_masks_load_watched(MsMasks *masks, MsSet *set, MsExample *example, guint model,
                               const MsMasksWatch *watch, MsScratch *scratch,
                               GCancellable *cancellable, GError **error);

/* Masks of two sizes become OK, the predicted one resized, nearest. FALSE: no memory. */
gboolean ms_masks_resize(MsMasks *masks);

/* Why masks of two sizes are not compared, naming their files; the caller's. Of the rasters only
 * the sizes are looked at. */
char *ms_masks_describe_mismatch(const MsRaster *actual, const MsRaster *predicted, MsSet *set,
                                 MsExample *example, guint model);

/* What a predicted pixel is that nothing is moved to: background, or where the set has none, no
 * class at all. */
guint32 ms_masks_empty_sample(const MsRules *rules);

/* Counts the masks under the set's rules, and moves their stacks into the result. NULL only when
 * cancelled. */
MsResult *ms_masks_score(MsMasks *masks, MsSet *set, MsExample *example, guint model,
                         GCancellable *cancellable, GError **error);

G_END_DECLS
