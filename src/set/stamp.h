/* SPDX-License-Identifier: MIT
 *
 * Which files, in which state, a result is of: paths and parts, size, time stamps (ns) and inode of
 * everything that was read to make it, as one hash; of files on a mount that can only be read also
 * which file system that is (set/file-system.h). Two results with the same stamp and the same
 * signature (set/signature.h) were made of the same bytes.
 *
 * That holds as a file which was changed within the last two seconds, the coarsest step of time
 * stamps, has no stamp: it might be changed again and look the same. Results of such young files
 * are not kept.
 */
#pragma once

#include "set/set.h"

G_BEGIN_DECLS

/* All zero: not known. Such results are not kept in the store. */
typedef struct {
  guint64 words[2];
} MsStamp;

/* All that a look at the files of an example for a model tells. */
typedef struct {
  MsStamp stamp;
  gint64 time;    /* when the file with the predicted mask last changed, ns since 1970; 0: there is
                   * none */
  guint64 state;  /* a hash of the files as they are, young or not; 0: they cannot be looked at */
  gboolean young; /* one of them changed within the last two seconds, so that it may still be
                   * written, or is known to be */
} MsSight;

gboolean ms_stamp_is_known(const MsStamp *stamp);
gboolean ms_stamp_equal(const MsStamp *a, const MsStamp *b);

/* Looks at the files of an example for a model, without reading any. Any thread. What cannot be
 * looked at, is being written, or changed within the last two seconds, leaves the stamp unknown. Of
 * label sets nothing is known. */
void ms_stamp_see(MsSet *set, guint example, guint model, MsSight *sight);

/* The same; time may be NULL. */
void ms_stamp_look(MsSet *set, guint example, guint model, MsStamp *stamp, gint64 *time);

/* The same of a mask or an image wherever it lies, by itself. */
void ms_stamp_look_place(MsPlace place, MsStamp *stamp);

/* The state of such a file, young or not; 0: it cannot be looked at. */
guint64 ms_stamp_see_place(MsPlace place);

/* The same of its image, which no score depends on; of label sets, too. One without an image has a
 * stamp that says so. */
void ms_stamp_look_image(MsSet *set, guint example, MsStamp *stamp);

G_END_DECLS
