/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row's cells are written as they are given: there is no table in memory. */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-list.h"

#include "tai-canonical.h"

void
hq_list_begin (HqList *self, GString *out, gboolean is_json)
{
  *self = (HqList){.out = out, .writer = is_json ? tai_json_writer_new () : NULL};
  if (is_json)
    tai_json_writer_begin_array (self->writer);
}

void
hq_list_end (HqList *self)
{
  if (self->writer == NULL)
    return;
  tai_json_writer_end_array (self->writer);
  g_autofree char *text = tai_json_writer_end_text (g_steal_pointer (&self->writer));
  g_string_append_printf (self->out, "%s\n", text);
}

void
hq_list_begin_row (HqList *self)
{
  self->gap = "";
  if (self->writer != NULL)
    tai_json_writer_begin_object (self->writer);
}

void
hq_list_end_row (HqList *self)
{
  if (self->writer != NULL)
    tai_json_writer_end_object (self->writer);
  else
    g_string_append_c (self->out, '\n');
}

static void
add_cell (HqList *self, int width, const char *text)
{
  if (self->writer != NULL || width == HQ_LIST_HIDDEN || (width == 0 && (text == NULL || text[0] == '\0')))
    return;
  g_string_append_printf (self->out, "%s%-*s", self->gap, width, text != NULL ? text : "");
  self->gap = "  ";
}

void
hq_list_add_text (HqList *self, const char *name, int width, const char *text)
{
  if (self->writer != NULL && name != NULL)
    tai_json_writer_add_string (self->writer, name, text);
  add_cell (self, width, text);
}

void
hq_list_add_time (HqList *self, const char *name, int width, gint64 time_us)
{
  g_autofree char *text = tai_time_to_text (time_us);
  hq_list_add_text (self, name, width, text);
}

void
hq_list_add_count (HqList *self, const char *name, int width, gint64 count)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  if (self->writer != NULL && name != NULL)
    tai_json_writer_add_int (self->writer, name, count);
  add_cell (self, width, text);
}

void
hq_list_add_money (HqList *self, const char *name, int width, TaiMoney amount)
{
  g_autofree char *text = tai_money_to_text (amount);
  g_autofree char *cell = g_strdup_printf ("%*s", width > 0 ? width : 0, text);
  if (self->writer != NULL && name != NULL)
    tai_json_writer_add_money (self->writer, name, amount);
  add_cell (self, width, cell);
}

void
hq_list_add_flag (HqList *self, const char *name, int width, gboolean is, const char *yes, const char *no)
{
  if (self->writer != NULL && name != NULL)
    tai_json_writer_add_bool (self->writer, name, is);
  add_cell (self, width, is ? yes : no);
}

void
hq_list_say (HqList *self, const char *word)
{
  add_cell (self, 0, word);
  self->gap = " ";
}
