/* SPDX-License-Identifier: MIT
 *
 * Kaggle's tables of run lengths as masks: the rows of an image united, of each class if there are
 * classes (a pixel may then be of several), else binary.
 */
#pragma once

#include "set/annotations.h"
#include "set/run-table.h"

G_BEGIN_DECLS

/* A record is an index of an image. Takes the table over. */
MsAnnotations *ms_annotations_of_runs(MsRunTable *table);

G_END_DECLS
