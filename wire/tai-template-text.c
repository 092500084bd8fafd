/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to template. What is wrong is noted and the reading goes on. Any thread. */
#include "tai-template-text.h"

#include <string.h>

#include "tai-json.h"

typedef struct {
  const TaiJson *sections; /* (nullable) */
  GPtrArray *reasons;      /* of texts */
  GPtrArray *open;         /* names of the sections that are being put in their places */
  GHashTable *used;        /* names of the sections that have a place */
  guint n_blocks;
} Reader;

static void reason (Reader *self, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
reason (Reader *self, const char *path, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->reasons, g_strdup_printf ("%s: %s", path, what));
}

/* Members of @object that are not in @known are none of ours. */
static void
check_members (Reader *self, const char *path, const TaiJson *object, const char *const *known)
{
  TaiJsonIter iter;

  tai_json_iter_init (&iter, object);
  while (tai_json_iter_next (&iter))
    if (!g_strv_contains (known, iter.name))
      reason (self, path, "unknown member \"%.40s\"", iter.name);
}

static gboolean
is_kind (const TaiJson *json, TaiJsonKind kind)
{
  return json != NULL && tai_json_get_kind (json) == kind;
}

static const char *
get_string (const TaiJson *json)
{
  return is_kind (json, TAI_JSON_STRING) ? tai_json_require_string (json, "", NULL) : NULL;
}

/* "words" for both languages, or one for each. */
static void
read_text (Reader *self, const char *path, const TaiJson *json, TaiTemplateText *text)
{
  static const char *const languages[] = {"zh_CN", "en", NULL};
  const char *both = get_string (json);

  if (both == NULL && !is_kind (json, TAI_JSON_OBJECT))
    reason (self, path, "a text is a string or {\"zh_CN\": …, \"en\": …}");
  else if (both == NULL)
    check_members (self, path, json, languages);
  for (guint i = 0; i < TAI_TEMPLATE_N_LANGUAGES; i++) {
    const char *words = both != NULL ? both : get_string (tai_json_get_member (json, languages[i]));

    if (is_kind (json, TAI_JSON_OBJECT) ? words == NULL || *words == '\0' : both != NULL && *both == '\0')
      reason (self, path, "no words in %s", languages[i]);
    g_free (text->words[i]);
    text->words[i] = g_strdup (words != NULL ? words : "");
  }
}

static void
read_style (Reader *self, const char *path, const TaiJson *json, TaiTemplateBlock *block)
{
  static const struct {
    const char *word;
    TaiStyle style;
  } table[] = {{"bold", TAI_STYLE_BOLD},
               {"large", TAI_STYLE_LARGE},
               {"small", TAI_STYLE_SMALL},
               {"center", TAI_STYLE_CENTER}};
  const char *text = get_string (json);
  g_auto (GStrv) words = text != NULL ? g_strsplit (text, " ", -1) : NULL;

  if (text == NULL)
    reason (self, path, "style is a string");
  for (guint i = 0; words != NULL && words[i] != NULL; i++) {
    guint j = 0;

    while (j < G_N_ELEMENTS (table) && strcmp (table[j].word, words[i]) != 0)
      j++;
    if (j < G_N_ELEMENTS (table))
      block->style |= table[j].style;
    else
      reason (self, path, "unknown style \"%.40s\"", words[i]);
  }
}

/* One condition or a list of them. */
static void
read_conditions (Reader *self, const char *path, const TaiJson *json, TaiTemplateBlock *block)
{
  gboolean is_list = is_kind (json, TAI_JSON_ARRAY);

  for (guint i = 0; i < (is_list ? tai_json_get_length (json) : 1); i++) {
    const char *text = get_string (is_list ? tai_json_get_element (json, i) : json);
    TaiCondition condition;

    if (text != NULL && tai_condition_from_text (text, &condition))
      g_array_append_val (block->conditions, condition);
    else
      reason (self, path, "unknown condition \"%.60s\"", text != NULL ? text : "");
  }
}

/* {"label": …, "value": …} */
static void
read_cell (Reader *self, const char *path, const TaiJson *json, TaiTemplateText *cell)
{
  static const char *const known[] = {"label", "value", NULL};

  if (!is_kind (json, TAI_JSON_OBJECT)) {
    reason (self, path, "a cell is {\"label\": …, \"value\": …}");
    return;
  }
  check_members (self, path, json, known);
  read_text (self, path, tai_json_get_member (json, "label"), &cell[0]);
  read_text (self, path, tai_json_get_member (json, "value"), &cell[1]);
}

static void read_blocks (Reader *self, const char *path, const TaiJson *json, guint depth, GPtrArray *blocks);

static void
read_each (Reader *self, const char *path, const TaiJson *json, guint depth, TaiTemplateBlock *block)
{
  const char *name = get_string (tai_json_get_member (json, "each"));
  const TaiJson *more = tai_json_get_member (json, "more");
  gint64 limit = 0;

  block->list = TAI_TEMPLATE_ORDERS;
  if (name == NULL || !tai_template_list_find (name, &block->list))
    reason (self, path, "unknown list \"%.40s\"", name != NULL ? name : "");
  if (!tai_json_optional_int (json, "limit", &limit, NULL) || limit < 0 || limit > 1000)
    reason (self, path, "limit is a number from 1 to 1000");
  block->limit = (guint)limit;
  if (more != NULL)
    read_text (self, path, more, &block->text[0]);
  if ((limit > 0) != (more != NULL))
    reason (self, path, "\"limit\" and \"more\" go together");
  read_blocks (self, path, tai_json_get_member (json, "blocks"), depth + 1, block->blocks);
}

/* The section stands where it is included; one that includes itself, over however many others, has no end. */
static void
read_include (Reader *self, const char *path, const char *name, guint depth, TaiTemplateBlock *block)
{
  const TaiJson *section =
      name != NULL && self->sections != NULL ? tai_json_get_member (self->sections, name) : NULL;
  g_autofree char *inner = g_strdup_printf ("sections.%.40s", name != NULL ? name : "");

  if (section == NULL) {
    reason (self, path, "unknown section \"%.40s\"", name != NULL ? name : "");
    return;
  }
  for (guint i = 0; i < self->open->len; i++)
    if (strcmp (g_ptr_array_index (self->open, i), name) == 0) {
      g_autoptr (GString) round = g_string_new (NULL);

      for (guint j = i; j < self->open->len; j++)
        g_string_append_printf (round, "%.40s → ", (const char *)g_ptr_array_index (self->open, j));
      reason (self, path, "sections in a circle: %s%.40s", round->str, name);
      return;
    }
  g_ptr_array_add (self->open, (gpointer)name);
  g_hash_table_add (self->used, (gpointer)name);
  read_blocks (self, inner, section, depth + 1, block->blocks);
  g_ptr_array_set_size (self->open, (gint)self->open->len - 1);
}

static void
read_row (Reader *self, const char *path, const TaiJson *json, TaiTemplateBlock *block)
{
  guint n = is_kind (json, TAI_JSON_ARRAY) ? tai_json_get_length (json) : 0;

  if (n < 1 || n > 2)
    reason (self, path, "a row is a list of one or two cells");
  for (guint i = 0; i < MIN (n, 2); i++)
    read_cell (self, path, tai_json_get_element (json, i), &block->text[2 * i]);
}

/* What the member that names the type holds. */
static void
read_body (Reader *self, const char *path, const TaiJson *json, guint depth, TaiTemplateBlock *block)
{
  const TaiJson *body = tai_json_get_member (json, tai_template_type_to_text (block->type));
  gboolean flag = FALSE;

  switch (block->type) {
  case TAI_TEMPLATE_PAIR:
    read_cell (self, path, body, block->text);
    break;
  case TAI_TEMPLATE_ROW:
    read_row (self, path, body, block);
    break;
  case TAI_TEMPLATE_EACH:
    read_each (self, path, json, depth, block);
    break;
  case TAI_TEMPLATE_SECTION:
    read_include (self, path, get_string (body), depth, block);
    break;
  case TAI_TEMPLATE_RULE:
    if (g_strcmp0 (get_string (body), "heavy") == 0)
      block->style |= TAI_STYLE_BOLD;
    else if (g_strcmp0 (get_string (body), "light") != 0)
      reason (self, path, "a rule is \"light\" or \"heavy\"");
    break;
  case TAI_TEMPLATE_FEES:
  case TAI_TEMPLATE_SPACE:
  case TAI_TEMPLATE_LOGO:
    if (!tai_json_require_bool (body, "", &flag, NULL) || !flag)
      reason (self, path, "\"%s\" is true or not there", tai_template_type_to_text (block->type));
    break;
  default:
    read_text (self, path, body, &block->text[0]);
    break;
  }
}

static TaiTemplateBlock *
read_block (Reader *self, const char *path, const TaiJson *json, guint depth)
{
  static const char *const common[] = {"style", "when", NULL}, *const of_each[] = {"style",  "when",  "each",
                                                                                   "blocks", "limit", "more",
                                                                                   NULL};
  g_autoptr (TaiTemplateBlock) block = NULL;
  TaiJsonIter iter;

  tai_json_iter_init (&iter, json);
  while (tai_json_iter_next (&iter)) {
    TaiTemplateType type = 0;

    while (type < TAI_TEMPLATE_N_TYPES && strcmp (iter.name, tai_template_type_to_text (type)) != 0)
      type++;
    if (type == TAI_TEMPLATE_N_TYPES && !g_strv_contains (common, iter.name) &&
        !g_strv_contains (of_each, iter.name))
      reason (self, path, "unknown member \"%.40s\"", iter.name);
    else if (type < TAI_TEMPLATE_N_TYPES && block != NULL)
      reason (self, path, "both \"%s\" and \"%s\"", tai_template_type_to_text (block->type), iter.name);
    else if (type < TAI_TEMPLATE_N_TYPES)
      block = tai_template_block_new (type);
  }
  if (block == NULL) {
    reason (self, path,
            "a block is one of heading, text, pair, row, fees, rule, space, sign, logo, each, include");
    return NULL;
  }
  if (block->type != TAI_TEMPLATE_EACH &&
      (tai_json_has (json, "blocks") || tai_json_has (json, "limit") || tai_json_has (json, "more")))
    reason (self, path, "blocks, limit and more belong to \"each\"");
  if (tai_json_has (json, "style"))
    read_style (self, path, tai_json_get_member (json, "style"), block);
  if (tai_json_has (json, "when"))
    read_conditions (self, path, tai_json_get_member (json, "when"), block);
  read_body (self, path, json, depth, block);
  return g_steal_pointer (&block);
}

static void
read_blocks (Reader *self, const char *path, const TaiJson *json, guint depth, GPtrArray *blocks)
{
  if (!is_kind (json, TAI_JSON_ARRAY)) {
    reason (self, path, "a list of blocks is missing");
    return;
  }
  if (depth > TAI_TEMPLATE_MAX_DEPTH) {
    reason (self, path, "sections deeper than %d", TAI_TEMPLATE_MAX_DEPTH);
    return;
  }
  for (guint i = 0; i < tai_json_get_length (json); i++) {
    g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);
    TaiTemplateBlock *block;

    if (++self->n_blocks > TAI_TEMPLATE_MAX_BLOCKS) {
      if (self->n_blocks == TAI_TEMPLATE_MAX_BLOCKS + 1)
        reason (self, inner, "more than %d blocks", TAI_TEMPLATE_MAX_BLOCKS);
      return;
    }
    block = read_block (self, inner, tai_json_get_element (json, i), depth);
    if (block != NULL)
      g_ptr_array_add (blocks, block);
  }
}

static TaiTemplate *
read_template (Reader *self, const TaiJson *json)
{
  static const char *const known[] = {"format", "id", "version", "title", "sections", "blocks", NULL};
  const char *id = get_string (tai_json_get_member (json, "id"));
  gint64 format = 0, version = 0;
  TaiTemplate *template;

  check_members (self, "template", json, known);
  if (!tai_json_require_int (json, "format", &format, NULL) || format != TAI_TEMPLATE_TEXT_FORMAT)
    reason (self, "format", "%" G_GINT64_FORMAT ", this program knows %d", format, TAI_TEMPLATE_TEXT_FORMAT);
  if (!tai_json_require_int (json, "version", &version, NULL) || version > G_MAXINT32 || version < 1) {
    reason (self, "version", "a number from 1 on");
    version = 1;
  }
  template = tai_template_new (id != NULL ? id : "", (gint32)version);
  read_text (self, "title", tai_json_get_member (json, "title"), &template->title);
  read_blocks (self, "blocks", tai_json_get_member (json, "blocks"), 0, template->blocks);
  return template;
}

/* A section without a place was never checked. */
static void
check_used (Reader *self)
{
  TaiJsonIter iter;

  tai_json_iter_init (&iter, self->sections);
  while (tai_json_iter_next (&iter))
    if (!g_hash_table_contains (self->used, iter.name))
      reason (self, "sections", "\"%.40s\" is included nowhere", iter.name);
}

TaiTemplate *
tai_template_from_text (GBytes *text, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  g_autoptr (TaiJson) json = NULL;
  g_autoptr (TaiTemplate) template = NULL;
  Reader reader = {0};

  if (size > TAI_TEMPLATE_MAX_BYTES) {
    g_set_error (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_SIZE, "a template of %zu bytes, at most %d", size,
                 TAI_TEMPLATE_MAX_BYTES);
    return NULL;
  }
  json = tai_json_parse (bytes, (gssize)size, NULL, error);
  if (json == NULL)
    return NULL;
  reader.sections = tai_json_get_member (json, "sections");
  reader.reasons = g_ptr_array_new_with_free_func (g_free);
  reader.open = g_ptr_array_new ();
  reader.used = g_hash_table_new (g_str_hash, g_str_equal);
  template = read_template (&reader, json);
  check_used (&reader);
  template->hash = tai_digest_bytes (bytes, size);
  tai_template_check (template, reader.reasons);
  if (reader.reasons->len > 0) {
    g_autofree char *all = NULL;

    g_ptr_array_add (reader.reasons, NULL);
    all = g_strjoinv ("\n", (char **)reader.reasons->pdata);
    g_set_error_literal (error, TAI_WIRE_ERROR, TAI_WIRE_ERROR_VALUE, all);
    g_clear_pointer (&template, tai_template_unref);
  }
  g_ptr_array_unref (reader.reasons);
  g_ptr_array_unref (reader.open);
  g_hash_table_unref (reader.used);
  return g_steal_pointer (&template);
}
