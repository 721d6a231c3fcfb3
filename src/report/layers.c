/* SPDX-License-Identifier: MIT */
#include "report/layers.h"
