/* SPDX-License-Identifier: MIT */
#include "set/ruleset.h"
