/* SPDX-License-Identifier: MIT
 *
 * The layouts that are known, in the order in which they are tried; the first that says a folder is
 * its own has it. To add one: a function, and a line in layout-table.c, before any other layout
 * that would take its folders. Folders that none takes are told by their names
 * (ms_layout_by_names()).
 */
#pragma once

#include "set/layout-site.h"

G_BEGIN_DECLS

typedef enum {
  MS_LAYOUT_NOT_MINE, /* nothing was changed */
  MS_LAYOUT_TAKEN,
  MS_LAYOUT_FAILED, /* it is this layout's, but something is wrong with it: the error is set */
} MsLayoutAnswer;

/* Looks at a folder that is listed already. What is its own it takes in one of two ways: files go
 * into the site's roles and are paired by their ids afterwards; masks that are no files of their
 * own (records of an annotation file) go into the inventory, with its models, and the roles stay
 * empty. It may name a class table (inventory->class_table) and put notices into the inventory. */
typedef MsLayoutAnswer (*MsLayoutRecognize)(MsLayoutSite *site, GError **error);

typedef struct {
  const char *name; /* as it is shown; NULL: the names of the folders say it */
  MsLayoutRecognize recognize;
} MsLayout;

const MsLayout *ms_layout_table(gsize *n_layouts);

/* --- what the table holds --------------------------------------------------------------------- */

MsLayoutAnswer ms_layout_cityscapes(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_voc(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_davis(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_nnunet(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_isic(MsLayoutSite *site, GError **error);
/* Folders beside each other that are called after splits: "train", "train_masks", "train_pred". */
MsLayoutAnswer ms_layout_camvid(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_carvana(MsLayoutSite *site, GError **error);
MsLayoutAnswer ms_layout_beside(MsLayoutSite *site, GError **error);
/* One folder for each example. */
MsLayoutAnswer ms_layout_examples(MsLayoutSite *site, GError **error);
/* Everything in one folder, told apart by suffixes: "a.jpg", "a_mask.png", "a_pred.png". */
MsLayoutAnswer ms_layout_suffixes(MsLayoutSite *site, GError **error);

/* Told by the names of folders: ROLE/[SPLIT/]... and SPLIT/ROLE/..., in any mixture. Never
 * NOT_MINE. Errors: MS_SET_ERROR_EMPTY, _LAYOUT. */
MsLayoutAnswer ms_layout_by_names(MsLayoutSite *site, GError **error);

G_END_DECLS
