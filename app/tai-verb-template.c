/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of the templates of papers. */
#define G_LOG_DOMAIN "tai-app"

#include "tai-verb-private.h"

#include <glib/gi18n.h>

#include "tai-template-file.h"

static void
add_template (TaiJson *list, const TaiTemplate *template)
{
  TaiJson *one = tai_result_append_object (list);
  char hash[65];

  tai_digest_to_hex (template->hash, hash);
  tai_result_add_text (one, "id", template->id);
  tai_result_add_int (one, "version", template->version);
  tai_result_add_text (one, "title", template->title.words[TAI_TEMPLATE_CHINESE]);
  tai_result_add_text (one, "titleEn", template->title.words[TAI_TEMPLATE_ENGLISH]);
  tai_result_add_text (one, "hash", hash);
}

static TaiJson *
run_show (TaiVerbCall *call, GError **error)
{
  static const char *const ids[] = {TAI_TEMPLATE_FORM, TAI_TEMPLATE_NOTICE};
  TaiJson *result = tai_json_new_object ();
  TaiJson *list = tai_result_add_list (result, "templates");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (TaiTemplate) template = tai_template_file_load (call->folder, ids[i]);
    add_template (list, template);
  }
  return result;
}

static TaiJson *
run_load (TaiVerbCall *call, GError **error)
{
  if (!tai_terminal_host_take_template (call->host, tai_verb_get_text (call, "file"), error))
    return NULL;
  return run_show (call, error);
}

static void
print_templates (const TaiJson *result, GString *out)
{
  const TaiJson *list = tai_json_get (result, "templates");

  for (guint i = 0; i < tai_json_get_length (list); i++) {
    const TaiJson *one = tai_json_get_element (list, i);
    tai_result_print_cell (out, tai_result_text (one, "id"), 8);
    tai_result_print_cell (out, tai_result_text (one, "title"), 14);
    tai_result_print (out, _ ("version %lld, check %.8s\n"), tai_result_int (one, "version"),
                      tai_result_text (one, "hash"));
  }
}

static const TaiVerb show = {
    .name = "template show",
    .place = TAI_VERB_READ,
    .summary = N_ ("Show which templates of form and notice are in force"),
    .run = run_show,
    .print = print_templates,
};

static const TaiVerb load = {
    .name = "template load",
    .place = TAI_VERB_WRITE,
    .bare = {{"file", TAI_VALUE_PATH, "FILE"}},
    .required = {"file"},
    .summary = N_ ("Check a template of form or notice and put it in force"),
    .run = run_load,
    .print = print_templates,
};

const TaiVerb *const tai_verbs_template[] = {&show, &load, NULL};
