/* SPDX-License-Identifier: MIT */
#include "set/set.h"
