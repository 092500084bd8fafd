/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The own words of printing by the document's language. Constant data, any thread. */
#define G_LOG_DOMAIN "tai-printing"

#include "tai-words.h"

static const TaiWords words[] = {
    {"zh", "补打 第 %u 次", "（内容超出限额，未完整打印）", "第 %u 页 共 %u 页", "此码已作废，请用新的开票码",
     "："},
    {"en", "COPY %u", "(over the limit: not printed in full)", "Page %u of %u",
     "This code is no longer good: use the newer one", ": "},
};

const TaiWords *
tai_words_for_language (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (language, words[i].language_prefix))
      return &words[i];
  return &words[G_N_ELEMENTS (words) - 1];
}

/* The formats come from the table above, nowhere else. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
char *
tai_words_format_copy (const TaiWords *self, guint copy_number)
{
  return g_strdup_printf (self->copy, copy_number);
}

char *
tai_words_format_page (const TaiWords *self, guint page, guint n_pages)
{
  return g_strdup_printf (self->page, page, n_pages);
}
#pragma GCC diagnostic pop
