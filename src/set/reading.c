/* SPDX-License-Identifier: MIT */
#include "set/reading.h"
