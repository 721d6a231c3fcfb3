/* SPDX-License-Identifier: MIT */
#include "metric/totals.h"
