/* SPDX-License-Identifier: MIT */
#include "metric/kinds.h"
