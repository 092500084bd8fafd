/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * TaiWords: the few words that printing itself puts on paper. The customer's language decides (the document's), not the
 * clerk's locale, so they are a table here and not gettext messages. Any thread; constant.
 */
typedef struct {
  const char *language_prefix;
  const char *copy;      /* printf format: one %u, number of the reprint */
  const char *truncated; /* the document met a limit */
  const char *page;      /* printf format: %u of %u */
  const char *void_code; /* in the place of a code that is no longer good */
  const char *colon;     /* between a label and the place to write */
} TaiWords;

/* For "zh_CN", "zh-Hans", "en_GB" …; unknown languages get English. Never NULL. */
const TaiWords *tai_words_for_language (const char *language);
/* (transfer full) */
char *tai_words_format_copy (const TaiWords *words, guint copy_number);
char *tai_words_format_page (const TaiWords *words, guint page, guint n_pages);

G_END_DECLS
