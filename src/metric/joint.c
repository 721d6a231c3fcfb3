/* SPDX-License-Identifier: MIT */
#include "metric/joint.h"
