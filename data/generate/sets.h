/* SPDX-License-Identifier: MIT
 *
 * The sets, each written below a folder that need not exist.
 */
#pragma once

void cells_write(const char *folder);
void lesions_write(const char *folder);
void worked_example_write(const char *folder);
void songs_write(const char *folder);
