/* SPDX-License-Identifier: MIT */
#include "metric/rules.h"
