/* SPDX-License-Identifier: MIT */
#include "metric/raster.h"
