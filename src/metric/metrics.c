/* SPDX-License-Identifier: MIT */
#include "metric/metrics.h"
