/* SPDX-License-Identifier: MIT
 *
 * What --help and --version print, on standard output: they are data that was asked for.
 */
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/output.h"
#include "set/options.h"

static const char program_help[] =
    "Usage: maskscope [view] SET                     open the viewer\n"
    "       maskscope compare ACTUAL PREDICTED       one pair: counts and scores\n"
    "       maskscope evaluate SET                   every example and the set\n"
    "       maskscope export SET -o DIR              a picture of every example\n"
    "       maskscope check SET                      what is wrong with a set, before it is "
    "scored\n"
    "       maskscope clear-cache                    removes stored results and thumbnails\n"
    "\n"
    "Shows where a segmentation model, or one that predicts sets of labels, is right and where it "
    "is\n"
    "wrong. SET is a folder with images, actual and predicted masks, a .maskset file, a manifest "
    "or a\n"
    "table of labels. 'maskscope COMMAND --help' tells more.\n";

static const char exit_help[] =
    "Exit status:\n"
    "  0  all scored\n"
    "  1  could not run or write; the message says why\n"
    "  2  wrong usage\n"
    "  3  ran, but some example that has an actual mask or label set was not scored\n"
    "  4  a level demanded by --fail-under was not reached\n";

static const char signal_help[] =
    "  A signal (Ctrl+C: 130, SIGTERM: 143) ends it as one, once it has cleaned up.\n";

static MsExit
print(const GString *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(MsFileWriter) file = ms_output_open(NULL, &error);

  if (file && ms_file_writer_write(file, text->str, text->len, &error) &&
      ms_file_writer_commit(file, &error))
    return MS_EXIT_OK;
  return ms_message_error(error, NULL);
}

MsExit
ms_help_print(const MsCommand *command)
{
  g_autoptr(GString) text = g_string_new(command ? command->help : program_help);
  g_autofree char *common = ms_options_help();

  if (!command || !command->is_plain) {
    g_string_append_c(text, '\n');
    g_string_append(text, common);
    g_string_append_c(text, '\n');
    g_string_append(text, command && command->exit_help ? command->exit_help : exit_help);
    g_string_append(text, signal_help);
  }
  return print(text);
}

MsExit
ms_help_print_version(void)
{
  g_autoptr(GString) text = g_string_new("maskscope " MS_VERSION "\n");

  return print(text);
}
