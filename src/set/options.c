/* SPDX-License-Identifier: MIT */
#include "set/options.h"
