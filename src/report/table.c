/* SPDX-License-Identifier: MIT */
#include "report/table.h"
