/* SPDX-License-Identifier: MIT
 *
 * What besides its files decides what the result of an example is: where the set lies, how its
 * masks are read, resized and cut, and the version of the program. Not what the packed histogram
 * answers: thresholds (unless maps of floats are cut there), ignored ids of class sets, which ids
 * are classes, the rule of empty masks.
 */
#pragma once

#include "set/hash.h"
#include "set/set.h"

G_BEGIN_DECLS

/* Of a set with masks. */
MsHash ms_signature_of(MsSet *set, guint model);

/* The same of what is wrong with it (set/findings.h), which rules decide as well: all of them. */
MsHash ms_signature_of_findings(MsSet *set, guint model, const MsRuleset *rules);

/* What besides a file's state decides what a survey notes of it. */
MsHash ms_signature_of_facts(MsPlace place, guint slice_axis, const MsIdMap *ids);

G_END_DECLS
