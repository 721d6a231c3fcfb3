/* SPDX-License-Identifier: MIT */
#include "metric/status.h"
