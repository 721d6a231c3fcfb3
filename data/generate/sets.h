/* SPDX-License-Identifier: MIT
 *
 * The three sets, each written below a folder that need not exist.
 */
#pragma once

void lesions_write(const char *folder);
void worked_example_write(const char *folder);
void songs_write(const char *folder);
