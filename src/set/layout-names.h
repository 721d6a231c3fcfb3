/* SPDX-License-Identifier: MIT
 *
 * What folders are usually called. Names are compared in lower case, with '_' for '-' and ' '.
 */
#pragma once

#include "set/roles.h"

G_BEGIN_DECLS

/* How sure a name is: of several folders only the surest count. */
typedef enum {
  MS_NAME_UNKNOWN,
  MS_NAME_PART,  /* the role's word is a part of the name: "actual_bool", "lesion_masks" */
  MS_NAME_WEAK,  /* a word that may mean other things: "data" */
  MS_NAME_EXACT, /* "masks" */
} MsNameSurety;

/* Caller frees. */
char *ms_name_normalize(const char *name);

/* The role that a folder's name tells; *kind is set only where it is known. */
MsNameSurety ms_name_role(const char *name, MsRoleKind *kind);

/* Whether the name is nothing but a word for predicted masks ("preds", not "preds_unet"). */
gboolean ms_name_is_predicted_word(const char *name);

/* Whether a folder holds another's masks in a form for people or other programs, by its name and
 * those of the folders around it (GPtrArray of MsFolder): "SegmentationClassVisualization". */
gboolean ms_name_is_twin(const char *name, const GPtrArray *around);

/* Whether a name says that a folder holds what is no mask of classes: "depth", "test_conf_rf". */
gboolean ms_name_is_other(const char *name);

/* A resolution of a video set: "480p", "Full-Resolution". */
gboolean ms_name_is_resolution(const char *name);

/* A name that begins or ends with a split: "train_masks", "testannot", "pred_val". *split is the
 * split as it is spelt (caller frees) and *rest what is left, normalized; "" for "train" itself.
 * FALSE: there is none. */
gboolean ms_name_cut_split(const char *name, char **split, char **rest);

G_END_DECLS
