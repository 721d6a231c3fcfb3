/* SPDX-License-Identifier: MIT
 *
 * The words for each status. Messages that name a file are made by the layers above.
 */
#include "metric/status.h"

const char *
ms_status_string(MsStatus status)
{
  switch (status) {
  case MS_STATUS_OK:
    return "success";
  case MS_STATUS_CANCELLED:
    return "cancelled";
  case MS_STATUS_NO_MEMORY:
    return "out of memory";
  case MS_STATUS_TOO_LARGE:
    return "size too large";
  case MS_STATUS_SIZE_MISMATCH:
    return "sizes differ";
  case MS_STATUS_UNKNOWN_ID:
    return "unknown class id";
  case MS_STATUS_INVALID:
    return "invalid argument";
  }
  return "unknown status";
}
