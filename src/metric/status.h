/* SPDX-License-Identifier: MIT
 *
 * How functions of the metric module answer: a status, and results written only on MS_STATUS_OK.
 * Also the one way in which a long computation asks its caller whether to go on.
 */
#pragma once

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  MS_STATUS_OK = 0,
  MS_STATUS_CANCELLED,     /* the control said stop; nothing was written */
  MS_STATUS_NO_MEMORY,     /* an allocation failed */
  MS_STATUS_TOO_LARGE,     /* a size or product of sizes does not fit */
  MS_STATUS_SIZE_MISMATCH, /* two rasters differ in width or height */
  MS_STATUS_UNKNOWN_ID,    /* an actual pixel holds an id that the rules do not know */
  MS_STATUS_INVALID,       /* an argument that no caller should pass */
} MsStatus;

/* A short English phrase, static, never NULL; for logs and messages. */
const char *ms_status_string(MsStatus status);

/* Called every so often by long functions with the fraction done, 0 to 1. Returning false stops the
 * work with MS_STATUS_CANCELLED. A NULL control, or one without go_on, never stops. */
typedef struct {
  bool (*go_on)(void *user, double fraction);
  void *user;
} MsControl;

static inline bool
ms_control_go_on(const MsControl *control, double fraction)
{
  return !control || !control->go_on || control->go_on(control->user, fraction);
}

#ifdef __cplusplus
}
#endif
