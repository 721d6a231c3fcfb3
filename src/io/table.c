/* SPDX-License-Identifier: MIT */
#include "io/table.h"
