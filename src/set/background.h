/* SPDX-License-Identifier: MIT
 *
 * What threads are that nobody waits for.
 */
#pragma once

#ifdef __linux__
#include <sys/resource.h>
#endif

#define MS_BACKGROUND_NICENESS 10

/* The calling thread has low priority from now on. */
static inline void
ms_background_enter(void)
{
#ifdef __linux__
  setpriority(PRIO_PROCESS, 0, MS_BACKGROUND_NICENESS); /* on Linux: of this thread alone */
#endif
}
