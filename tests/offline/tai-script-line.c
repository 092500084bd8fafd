/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tai-script-line.h"

#include <string.h>

typedef struct {
  TaiLine line;
  int status;
  char *body, *etag;
} Answer;

struct _TaiScriptLine {
  GObject parent;
  GArray *answers;   /* of Answer, in order */
  GString *asked;    /* "GET path [if-none-match]\n" each */
  TaiReplyFunc done; /* one at a time */
  gpointer data;
};

static gboolean
answer_cb (gpointer user_data)
{
  TaiScriptLine *self = user_data;
  Answer *answer = &g_array_index (self->answers, Answer, 0);
  g_autoptr (GBytes) body = answer->body ? g_bytes_new (answer->body, strlen (answer->body)) : NULL;
  TaiReply reply = {.line = answer->line, .status = answer->status, .body = body};
  g_autofree char *etag = g_strdup (answer->etag);

  reply.etag = etag;
  if (answer->line != TAI_LINE_OK)
    reply.detail = (char *)"cut";
  g_array_remove_index (self->answers, 0);
  self->done (&reply, self->data);
  return G_SOURCE_REMOVE;
}

static void
send_request (TaiHeadquarters *line, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  TaiScriptLine *self = TAI_SCRIPT_LINE (line);

  g_string_append_printf (self->asked, "%s %s", request->method, request->path);
  if (request->if_none_match != NULL)
    g_string_append_printf (self->asked, " %s", request->if_none_match);
  g_string_append_c (self->asked, '\n');
  g_assert_cmpuint (self->answers->len, >, 0);
  self->done = done;
  self->data = data;
  g_idle_add (answer_cb, self);
}

static void
script_iface_init (TaiHeadquartersInterface *iface)
{
  iface->send = send_request;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TaiScriptLine, tai_script_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_HEADQUARTERS, script_iface_init))

static void
answer_clear (gpointer data)
{
  g_free (((Answer *)data)->body);
  g_free (((Answer *)data)->etag);
}

static void
script_finalize (GObject *object)
{
  g_array_unref (TAI_SCRIPT_LINE (object)->answers);
  g_string_free (TAI_SCRIPT_LINE (object)->asked, TRUE);
  G_OBJECT_CLASS (tai_script_line_parent_class)->finalize (object);
}

static void
tai_script_line_class_init (TaiScriptLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = script_finalize;
}

static void
tai_script_line_init (TaiScriptLine *self)
{
  self->answers = g_array_new (FALSE, FALSE, sizeof (Answer));
  g_array_set_clear_func (self->answers, answer_clear);
  self->asked = g_string_new (NULL);
}

TaiScriptLine *
tai_script_line_new (void)
{
  return g_object_new (TAI_TYPE_SCRIPT_LINE, NULL);
}

void
tai_script_line_say (TaiScriptLine *self, int status, const char *etag, const char *body)
{
  Answer answer = {TAI_LINE_OK, status, g_strdup (body), g_strdup (etag)};

  if (status <= 1) {
    answer.line = status == 0 ? TAI_LINE_LOST : TAI_LINE_NOT_REACHED;
    answer.status = 0;
  }
  g_array_append_val (self->answers, answer);
}

GString *
tai_script_line_get_asked (TaiScriptLine *self)
{
  return self->asked;
}

guint
tai_script_line_get_n_left (TaiScriptLine *self)
{
  return self->answers->len;
}
