#define G_LOG_DOMAIN "inb-service"

#include "inb-privileges.h"

#include "inb-error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (GError     **error,
      const char  *what,
      const char  *object)
{
  g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "%s %s: %s", what, object, g_strerror (errno));

  return FALSE;
}

static const struct passwd *
find_account (const char  *name,
              GError     **error)
{
  const struct passwd *account = NULL;

  if (name != NULL)
    {
      account = getpwnam (name);
      if (account == NULL)
        g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT, "There is no account %s", name);
      else if (account->pw_uid == 0)
        g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                     "The service does not run as root: name another account than %s", name);
      return account == NULL || account->pw_uid == 0 ? NULL : account;
    }

  account = getpwnam (INB_PRIVILEGES_ACCOUNT);
  if (account == NULL)
    account = getpwnam ("nobody");
  if (account == NULL)
    g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
                 "Started as root, the service needs an account to run as: make one named %s, or name it with --user",
                 INB_PRIVILEGES_ACCOUNT);

  return account;
}

/* A folder that is neither empty nor ours is not handed over: a mistyped path must not give /etc away. */
static gboolean
may_hand_over (const char  *folder,
               GError     **error)
{
  static const char * const marks[] = { "lock", "cluster", NULL };
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);

  if (dir == NULL)
    return FALSE;
  if (g_dir_read_name (dir) == NULL)
    return TRUE;

  for (guint i = 0; marks[i] != NULL; i++)
    {
      g_autofree char *mark = g_build_filename (folder, marks[i], NULL);

      if (g_file_test (mark, G_FILE_TEST_EXISTS))
        return TRUE;
    }

  g_set_error (error, INB_ERROR, INB_ERROR_INVALID_ARGUMENT,
               "%s is neither empty nor a folder of this service, so it is not handed to another account", folder);

  return FALSE;
}

/* Never follows a link, and leaves alone what is owned right already. */
static gboolean
hand_over (const char           *folder,
           const struct passwd  *account,
           GError              **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (paths, g_strdup (folder));
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autoptr (GDir) dir = NULL;
      struct stat status;
      const char *name;

      if (lstat (path, &status) != 0)
        return fail (error, "Reading", path);
      if (status.st_uid != account->pw_uid && lchown (path, account->pw_uid, account->pw_gid) != 0)
        return fail (error, "Handing over", path);
      if (!S_ISDIR (status.st_mode))
        continue;

      dir = g_dir_open (path, 0, error);
      if (dir == NULL)
        return FALSE;
      while ((name = g_dir_read_name (dir)) != NULL)
        g_ptr_array_add (paths, g_build_filename (path, name, NULL));
    }

  return TRUE;
}

static gboolean
prepare_folder (const char           *folder,
                const struct passwd  *account,
                GError              **error)
{
  struct stat status;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, "Making the folder", folder);
  if (lstat (folder, &status) != 0)
    return fail (error, "Reading", folder);
  if (status.st_uid == account->pw_uid)
    return TRUE;

  return may_hand_over (folder, error) && hand_over (folder, account, error);
}

/* Verified afterwards: a process that believes to have dropped its privileges is worse than one that never did. */
static gboolean
become (const struct passwd  *account,
        GError              **error)
{
  if (setgroups (0, NULL) != 0 || setgid (account->pw_gid) != 0 || setuid (account->pw_uid) != 0)
    return fail (error, "Becoming", account->pw_name);

  if (getuid () != account->pw_uid || geteuid () != account->pw_uid || setuid (0) == 0)
    {
      g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "Root's rights could not be given up");
      return FALSE;
    }

#ifdef __SANITIZE_ADDRESS__
  /* The leak check at the end traces its own process, which the kernel denies to one that has changed its account. */
  prctl (PR_SET_DUMPABLE, 1);
#endif

  g_setenv ("USER", account->pw_name, TRUE);
  g_setenv ("LOGNAME", account->pw_name, TRUE);
  g_setenv ("HOME", account->pw_dir, TRUE);

  return TRUE;
}

gboolean
inb_privileges_give (const char  *account,
                     int          folder_fd,
                     GError     **error)
{
  const struct passwd *entry;

  if (geteuid () != 0)
    return TRUE;

  entry = find_account (account, error);
  if (entry == NULL)
    return FALSE;

  return fchown (folder_fd, entry->pw_uid, entry->pw_gid) == 0 || fail (error, "Handing over", "a folder");
}

/**
 * inb_privileges_drop:
 *
 * Call it before any thread is started.
 */
gboolean
inb_privileges_drop (const char          *account,
                     const char * const  *folders,
                     GError             **error)
{
  const struct passwd *entry;

  if (geteuid () != 0)
    {
      entry = account == NULL ? NULL : getpwnam (account);
      if (account == NULL || (entry != NULL && entry->pw_uid == geteuid ()))
        return TRUE;

      g_set_error (error, INB_ERROR, INB_ERROR_FORBIDDEN, "Only root can run the service as %s", account);
      return FALSE;
    }

  entry = find_account (account, error);
  if (entry == NULL)
    return FALSE;

  for (guint i = 0; folders[i] != NULL; i++)
    {
      if (!prepare_folder (folders[i], entry, error))
        return FALSE;
    }

  return become (entry, error);
}
