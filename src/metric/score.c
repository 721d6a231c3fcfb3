/* SPDX-License-Identifier: MIT */
#include "metric/score.h"
