#define G_LOG_DOMAIN "inb-service"

#include "inb-admin-list.h"

#include "inb-admin-write.h"
#include "inb-json.h"
#include "inb-read.h"
#include "inb-result-json.h"
#include "inb-sql.h"

typedef struct {
  /* Owned */
  char       *workspace_id;
  char       *user_id;      /* NULL: the statement does not ask */

  /* Static */
  const char *sql_name;
  const char *member;

  InbKind     kind;
} List;

static void
list_free (gpointer data)
{
  List *list = data;

  g_free (list->workspace_id);
  g_free (list->user_id);
  g_free (list);
}

static GString *
write_rows (const List     *list,
            const PGresult *result)
{
  GString *json = g_string_new ("{");

  inb_json_append_name (json, list->member);
  g_string_append_c (json, '[');
  for (int i = 0; i < PQntuples (result); i++)
    {
      g_string_append (json, i == 0 ? "{" : ",{");
      inb_result_append_members (json, result, i, 0, list->kind, FALSE);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");

  return json;
}

static gpointer
read_list (InbDb     *db,
           gpointer   data,
           GError   **error)
{
  List *list = data;
  const char *params[] = { list->workspace_id, list->user_id };
  const char *sql = inb_sql_get_selecting (list->sql_name, list->kind, "t");
  g_autoptr (PGresult) result = NULL;

  result = inb_read_one (db, list->workspace_id, sql, list->user_id == NULL ? 1 : 2, params, error);
  if (result == NULL)
    {
      g_prefix_error (error, "Reading the %s: ", list->member);
      return NULL;
    }

  return write_rows (list, result);
}

void
inb_admin_list (InbApi         *api,
                InbHttpRequest *request,
                InbSession     *session,
                const char     *sql_name,
                InbKind         kind,
                const char     *member,
                gboolean        for_user)
{
  List *list;

  if (!inb_admin_check_params (request))
    return;

  list = g_new0 (List, 1);
  list->workspace_id = g_strdup (session->workspace_id);
  list->user_id = for_user ? g_strdup (session->user_id) : NULL;
  list->sql_name = sql_name;
  list->kind = kind;
  list->member = member;
  inb_api_read (api, request, read_list, list, list_free);
}
