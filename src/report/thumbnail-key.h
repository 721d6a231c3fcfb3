/* SPDX-License-Identifier: MIT
 *
 * Names of thumbnails by what they were made of, for those who keep them.
 */
#pragma once

#include "report/thumbnail.h"

G_BEGIN_DECLS

/* A name for the picture that ms_thumbnail_new() would make now: the same as long as files, how
 * they are read, rules and look are the same. Looks at the files without reading them. NULL: that
 * cannot be told, or the picture is made sooner than it is found. Caller frees. */
char *ms_thumbnail_key(MsSet *set, guint example, guint model, const MsRuleset *rules,
                       const MsThumbnailLook *look);

/* What a key says beside the files, in full: sets with masks for which it is the same have the same
 * picture of the same files. Caller frees. */
char *ms_thumbnail_manner(MsSet *set, guint model, const MsRuleset *rules,
                          const MsThumbnailLook *look);

G_END_DECLS
