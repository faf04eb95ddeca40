#define G_LOG_DOMAIN "inb-service"

#include "inb-command.h"

#include "inb-config.h"

#include <stdio.h>
#include <string.h>

#define EXIT_FAILED 1
#define EXIT_USAGE 2

static const InbCommand commands[] = {
  { "serve", NULL, "Receive webhooks and serve the desktops.", inb_command_serve },
  { "migrate", NULL, "Bring the database's schema up to date; with --database as its owner.", inb_command_migrate },
  { "workspace create", "ID", "Make a workspace.", inb_command_workspace_create },
  { "workspace list", NULL, "List the workspaces.", inb_command_workspace_list },
  { "user create", NULL, "Add a person to a workspace.", inb_command_user_create },
  { "user list", NULL, "List a workspace's people.", inb_command_user_list },
  { "token create", NULL, "Make a token for a person, or for a program of its own name.", inb_command_token_create },
  { "token list", NULL, "List a workspace's tokens.", inb_command_token_list },
  { "token revoke", "ID", "End a token, and the connections that use it.", inb_command_token_revoke },
  { "webhook create", NULL, "Make an address that leads can be sent to.", inb_command_webhook_create },
  { "webhook list", NULL, "List a workspace's webhooks.", inb_command_webhook_list },
  { "webhook rotate", "ID", "Give a webhook a new key; the old one works for 24 hours more.", inb_command_webhook_rotate },
  { "webhook disable", "ID", "Refuse what is sent to a webhook from now on.", inb_command_webhook_disable },
  { "demo", NULL, "Fill a workspace with sample leads.", inb_command_demo },
};

static char *
build_usage (void)
{
  GString *usage = g_string_new (NULL);

  g_string_append_printf (usage, "Usage:\n  %s COMMAND [OPTION…]\n\nCommands:\n", g_get_prgname ());
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *call = g_strjoin (" ", commands[i].name, commands[i].arguments, NULL);

      g_string_append_printf (usage, "  %-21s %s\n", call, commands[i].summary);
    }
  g_string_append_printf (usage, "\n\"%s COMMAND --help\" tells a command's options; --version tells the version.\n", g_get_prgname ());

  return g_string_free (usage, FALSE);
}

/* The number of words by which the arguments name @command, or 0. */
static guint
match_command (const InbCommand   *command,
               const char * const *words)
{
  g_auto (GStrv) names = g_strsplit (command->name, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (words[i] == NULL || !g_str_equal (words[i], names[i]))
        return 0;
    }

  return g_strv_length (names);
}

static int
run_command (const InbCommand   *command,
             const char * const *words)
{
  g_autofree char *name = g_strdup_printf ("%s %s", g_get_prgname (), command->name);
  g_autoptr (InbInvocation) invocation = inb_invocation_new (name, command->arguments, command->summary, words);
  g_autoptr (GError) error = NULL;

  if (command->run (invocation, &error) || error == NULL)
    return 0;

  g_printerr ("%s: %s\n", name, error->message);
  if (error->domain != G_OPTION_ERROR)
    return EXIT_FAILED;

  g_printerr ("Try \"%s --help\".\n", name);

  return EXIT_USAGE;
}

int
inb_command_main (int    argc,
                  char **argv)
{
  const char * const *words = (const char * const *) argv + MIN (argc, 1);
  g_autofree char *usage = build_usage ();

  if (words[0] != NULL && g_str_equal (words[0], "--version"))
    {
      printf ("%s %s\n", g_get_prgname (), INB_VERSION);
      return 0;
    }
  if (words[0] != NULL && (g_str_equal (words[0], "--help") || g_str_equal (words[0], "-h")))
    {
      fputs (usage, stdout);
      return 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      guint n_words = match_command (&commands[i], words);

      if (n_words > 0)
        return run_command (&commands[i], words + n_words);
    }

  if (words[0] != NULL)
    g_printerr ("%s: there is no command \"%s\"\n", g_get_prgname (), words[0]);
  fputs (usage, stderr);

  return EXIT_USAGE;
}
