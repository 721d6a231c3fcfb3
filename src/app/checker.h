/* SPDX-License-Identifier: MIT
 *
 * Checks a set in the background, one at a time: another start takes the place of the one before,
 * which is cancelled. Held back while something else is to go first. What was found stays until the
 * next check is there, or it is forgotten.
 */
#pragma once

#include "set/check.h"

G_BEGIN_DECLS

typedef enum {
  MS_CHECKER_NONE, /* nothing was checked yet */
  MS_CHECKER_RUNNING,
  MS_CHECKER_DONE,
  MS_CHECKER_STOPPED, /* by the user */
  MS_CHECKER_FAILED
} MsCheckerState;

#define MS_TYPE_CHECKER (ms_checker_get_type())
G_DECLARE_FINAL_TYPE(MsChecker, ms_checker, MS, CHECKER, GObject)

/* Signal "changed": state or check are others. */

MsChecker *ms_checker_new(void);

void ms_checker_start(MsChecker *self, MsSet *set);
/* What is under way is given up. */
void ms_checker_stop(MsChecker *self);
/* And what was found before. */
void ms_checker_forget(MsChecker *self);
/* What is under way, or is started, waits until it is no longer held. */
void ms_checker_hold(MsChecker *self, gboolean held);

/* What was found; it ends what is under way. */
void ms_checker_take(MsChecker *self, MsCheck *check);

MsCheckerState ms_checker_get_state(MsChecker *self);
/* The last one that came to its end; NULL: none, or forgotten. Lent. */
MsCheck *ms_checker_get_check(MsChecker *self);
/* Why the last one failed; NULL: it did not. */
const char *ms_checker_get_error(MsChecker *self);
/* How far what is under way has come, in words. Caller frees. */
char *ms_checker_describe_progress(MsChecker *self);

G_END_DECLS
