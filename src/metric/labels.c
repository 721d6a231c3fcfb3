/* SPDX-License-Identifier: MIT */
#include "metric/labels.h"
