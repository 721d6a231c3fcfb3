/* SPDX-License-Identifier: MIT
 *
 * What the survey of a folder notes of one mask file: all that deciding how the folder is read can
 * ask of it, and no pixels. Made of samples once; kept as bytes from one run of the program to the
 * next, which give the same facts exactly.
 */
#pragma once

#include "set/reading-file.h"

G_BEGIN_DECLS

/* More distinct colours than this, or whole numbers above 65,535, are not told apart. */
#define MS_SURVEY_MAX_COLORS 4096u
#define MS_SURVEY_MAX_LARGE  65536u

/* What ms_file_facts_to_bytes() makes; raised when it makes other bytes. */
#define MS_FILE_FACTS_VERSION 1u

typedef struct {
  MsColorKey key;
  guint64 n_pixels;
} MsColorCount;

typedef struct {
  MsFileForm form;        /* without a name */
  MsSampleForm kind;      /* SCALED, NUMBERS */
  gboolean three;         /* colour types with three channels */
  gboolean has_alpha;     /* a channel for it */
  gboolean vivid;         /* lossy, with colours that are no ringing of grey */
  gboolean unequal;       /* three channels that differ in some pixel */
  GArray *values;         /* guint32, ascending: samples up to 65,535; none of unequal channels */
  GArray *alphas;         /* the same of the alpha channel */
  GArray *large;          /* guint32, ascending: whole numbers above 65,535 */
  gboolean is_negative;   /* some whole number is below 0 */
  GArray *colors;         /* MsColorCount, as they come; of unequal channels */
  MsColorKey under_alpha; /* the first pixel's colour */
  gboolean color_varies;  /* under alpha */
  char *note;             /* that the decoder made; NULL: none */
} MsFileFacts;

/* ids: what becomes of the samples before they are looked at; NULL: they stay. */
MsFileFacts *ms_file_facts_new(MsSamples *samples, const MsIdMap *ids);
MsFileFacts *ms_file_facts_new_empty(void);
void ms_file_facts_free(MsFileFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsFileFacts, ms_file_facts_free)

/* Free with g_bytes_unref(). */
GBytes *ms_file_facts_to_bytes(const MsFileFacts *facts);
/* NULL: these are no such bytes. */
MsFileFacts *ms_file_facts_from_bytes(GBytes *bytes);

G_END_DECLS
