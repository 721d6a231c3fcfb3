/* SPDX-License-Identifier: MIT */
#include "report/thumbnail.h"
