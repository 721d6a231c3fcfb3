/* SPDX-License-Identifier: MIT
 *
 * Masks that number objects instead of naming classes: as the user says, or as files and folders
 * are called. What ids become is known before the files are looked at; that they are numbers of
 * objects of one class is told when both sides are known.
 */
#pragma once

#include "set/reading.h"

G_BEGIN_DECLS

/* A role, and what it is called. */
typedef struct {
  const char *folder;       /* NULL: nothing is known */
  const GPtrArray *names;   /* char *: base names of its files; lent */
  const GPtrArray *parents; /* char *: base names of the folders that these lie in */
} MsRoleNames;

/* model: the one whose predicted masks these are; NULL: actual ones. hints->ids is the caller's;
 * `plain` is set where it is asked for. */
MsIdHints ms_instances_hints(const MsOptions *options, const MsRoleNames *names, const char *model);

/* Whether the role's folder, or each of its files' folders, is called instance... */
gboolean ms_instances_are_named(const MsRoleNames *names);

/* The role is read plain unless it is asked otherwise: it is called so, and the other sides are
 * called so too or binary by their files. */
gboolean ms_instances_may_be_guessed(const MsOptions *options, const MsClassTable *asked_table);
gboolean ms_reading_survey_is_binary(const MsReadingSurvey *survey);

G_END_DECLS
