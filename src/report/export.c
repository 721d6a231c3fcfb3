/* SPDX-License-Identifier: MIT */
#include "report/export.h"
