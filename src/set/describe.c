/* SPDX-License-Identifier: MIT */
#include "set/describe.h"
