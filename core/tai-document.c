/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The model of what comes on paper. Texts live in one string chunk and blocks in one array, so that a receipt costs a
 * handful of allocations. Built by one thread, then immutable and free to any. What does not fit the limits is left out
 * whole and remembered (tai_document_is_truncated), so that the paper can say that it is not complete.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-document.h"

#include "tai-document-code.h"

#include <string.h>

#include "tai-core-error.h"
#include "tai-mask.h"

/* Layout of the serialized form; the first field is its number and never moves. */
#define SERIAL_VERSION   1
#define SERIAL_TYPE      "(uyssuba(yuasayy))"
#define SERIAL_MAX_BYTES (2 * TAI_DOCUMENT_MAX_BYTES)

#define STYLE_MASK (TAI_STYLE_BOLD | TAI_STYLE_LARGE | TAI_STYLE_CENTER | TAI_STYLE_RIGHT | TAI_STYLE_SMALL)

struct _TaiDocument {
  gatomicrefcount ref_count;
  TaiDocumentType type;
  guint copy_number;
  gboolean truncated;
  gsize n_bytes;        /* of all texts, against TAI_DOCUMENT_MAX_BYTES */
  const char *title;    /* in texts */
  const char *language; /* in texts */
  GStringChunk *texts;  /* (owned) */
  GArray *blocks;       /* (owned) of TaiBlock */
};

/* How long a text of a block may be. */
static gsize
get_max_text (TaiBlockType type)
{
  return type == TAI_BLOCK_PICTURE ? TAI_PICTURE_MAX_TEXT : TAI_DOCUMENT_MAX_TEXT;
}

/* Valid UTF-8 of at most @max bytes, cut between two characters. */
static const char *
keep_text (TaiDocument *self, const char *text, gsize max)
{
  gsize length = strnlen (text, max + 1);
  g_autofree char *repaired = NULL;
  const char *end;

  if (!g_utf8_validate_len (text, length, NULL)) {
    repaired = g_utf8_make_valid (text, length);
    text = repaired;
    length = strlen (repaired);
  }
  if (length > max) {
    end = g_utf8_find_prev_char (text, text + max + 1);
    length = end ? (gsize)(end - text) : 0;
    self->truncated = TRUE;
  }
  self->n_bytes += length;
  return g_string_chunk_insert_len (self->texts, text, length);
}

static void
add_block (TaiDocument *self, TaiBlock block)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < block.n_text; i++)
    n_bytes += strnlen (block.text[i], get_max_text (block.type));
  if (self->blocks->len >= TAI_DOCUMENT_MAX_BLOCKS || self->n_bytes + n_bytes > TAI_DOCUMENT_MAX_BYTES) {
    self->truncated = TRUE;
    return;
  }
  block.style &= STYLE_MASK;
  for (guint i = 0; i < block.n_text; i++)
    block.text[i] = keep_text (self, block.text[i], get_max_text (block.type));
  g_array_append_val (self->blocks, block);
}

TaiDocument *
tai_document_new (TaiDocumentType type, const char *title, const char *language)
{
  TaiDocument *self;

  g_return_val_if_fail (type < TAI_DOCUMENT_N_TYPES, NULL);

  self = g_new0 (TaiDocument, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->texts = g_string_chunk_new (4096);
  self->blocks = g_array_sized_new (FALSE, FALSE, sizeof (TaiBlock), 48);
  self->title = keep_text (self, title ? title : "", TAI_DOCUMENT_MAX_TEXT);
  self->language = keep_text (self, language ? language : "", TAI_DOCUMENT_MAX_TEXT);
  return self;
}

TaiDocument *
tai_document_ref (TaiDocument *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
tai_document_unref (TaiDocument *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->blocks);
  g_string_chunk_free (self->texts);
  g_free (self);
}

void
tai_document_add_text (TaiDocument *self, TaiStyle style, const char *text)
{
  g_return_if_fail (self != NULL && text != NULL);

  add_block (self, (TaiBlock){.type = TAI_BLOCK_TEXT, .style = style, .n_text = 1, .text = {text}});
}

void
tai_document_add_pair (TaiDocument *self, TaiStyle style, const char *label, const char *value)
{
  g_return_if_fail (self != NULL && label != NULL && value != NULL);

  add_block (self, (TaiBlock){.type = TAI_BLOCK_PAIR, .style = style, .n_text = 2, .text = {label, value}});
}

void
tai_document_add_row (TaiDocument *self, TaiStyle style, guint n, const char *const *cells,
                      const guint8 *weights, guint8 right)
{
  TaiBlock block = {.type = TAI_BLOCK_ROW, .style = style, .n_text = n, .right = right};

  g_return_if_fail (self != NULL && cells != NULL);
  g_return_if_fail (n >= 1 && n <= TAI_DOCUMENT_MAX_COLUMNS);

  for (guint i = 0; i < n; i++) {
    block.text[i] = cells[i] ? cells[i] : "";
    block.weight[i] = weights ? weights[i] : 0;
  }
  add_block (self, block);
}

void
tai_document_add_rule (TaiDocument *self, gboolean heavy)
{
  g_return_if_fail (self != NULL);

  add_block (self, (TaiBlock){.type = TAI_BLOCK_RULE, .n_text = heavy ? 1 : 0, .text = {heavy ? "=" : NULL}});
}

void
tai_document_add_space (TaiDocument *self)
{
  g_return_if_fail (self != NULL);

  add_block (self, (TaiBlock){.type = TAI_BLOCK_SPACE});
}

void
tai_document_add_qr (TaiDocument *self, const char *payload, const char *caption)
{
  g_return_if_fail (self != NULL && payload != NULL);

  /* Half a payload is a wrong payload: it is left out, its caption stays. */
  if (strnlen (payload, TAI_DOCUMENT_MAX_TEXT + 1) > TAI_DOCUMENT_MAX_TEXT) {
    self->truncated = TRUE;
    if (caption)
      tai_document_add_text (self, TAI_STYLE_CENTER, caption);
    return;
  }
  add_block (self, (TaiBlock){.type = TAI_BLOCK_QR, .n_text = caption ? 2 : 1, .text = {payload, caption}});
}

void
tai_document_add_field (TaiDocument *self, const char *label)
{
  g_return_if_fail (self != NULL && label != NULL);

  add_block (self, (TaiBlock){.type = TAI_BLOCK_FIELD, .n_text = 1, .text = {label}});
}

void
tai_document_add_picture (TaiDocument *self, const TaiPicture *picture)
{
  g_return_if_fail (self != NULL && picture != NULL);

  add_block (self,
             (TaiBlock){.type = TAI_BLOCK_PICTURE, .n_text = 1, .text = {tai_picture_get_text (picture)}});
}

TaiDocumentType
tai_document_get_type_ (const TaiDocument *self)
{
  return self->type;
}

const char *
tai_document_get_title (const TaiDocument *self)
{
  return self->title;
}

const char *
tai_document_get_language (const TaiDocument *self)
{
  return self->language;
}

guint
tai_document_get_copy_number (const TaiDocument *self)
{
  return self->copy_number;
}

gboolean
tai_document_is_truncated (const TaiDocument *self)
{
  return self->truncated;
}

guint
tai_document_get_n_blocks (const TaiDocument *self)
{
  return self->blocks->len;
}

const TaiBlock *
tai_document_get_block (const TaiDocument *self, guint index)
{
  g_return_val_if_fail (index < self->blocks->len, NULL);

  return &g_array_index (self->blocks, TaiBlock, index);
}

TaiDocument *
tai_document_copy_masked (const TaiDocument *self)
{
  TaiDocument *copy = tai_document_new (self->type, self->title, self->language);

  for (guint i = 0; i < self->blocks->len; i++) {
    TaiBlock block = g_array_index (self->blocks, TaiBlock, i);
    char *masked[TAI_DOCUMENT_MAX_COLUMNS] = {NULL};

    for (guint k = 0; k < block.n_text && block.type != TAI_BLOCK_PICTURE; k++) {
      block.text[k] = masked[k] = g_strdup (block.text[k]);
      tai_mask_text (masked[k]);
    }
    add_block (copy, block);
    for (guint k = 0; k < block.n_text; k++)
      g_free (masked[k]);
  }
  copy->truncated = self->truncated;
  copy->copy_number = self->copy_number;
  return copy;
}

TaiDocument *
tai_document_copy_marked (const TaiDocument *self, guint copy_number)
{
  TaiDocument *copy = tai_document_new (self->type, self->title, self->language);

  for (guint i = 0; i < self->blocks->len; i++)
    add_block (copy, g_array_index (self->blocks, TaiBlock, i));
  g_assert (copy->blocks->len == self->blocks->len);
  copy->truncated = self->truncated;
  copy->copy_number = copy_number;
  return copy;
}

void
tai_document_void_codes (TaiDocument *self, TaiDocumentCodeFunc is_void, gpointer data)
{
  g_return_if_fail (self != NULL && is_void != NULL);

  for (guint i = 0; i < self->blocks->len; i++) {
    TaiBlock *block = &g_array_index (self->blocks, TaiBlock, i);
    if (block->type == TAI_BLOCK_QR && is_void (block->text[0], data))
      block->text[0] = "";
  }
}

GBytes *
tai_document_serialize (const TaiDocument *self)
{
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder blocks;

  g_variant_builder_init (&blocks, G_VARIANT_TYPE ("a(yuasayy)"));
  for (guint i = 0; i < self->blocks->len; i++) {
    const TaiBlock *block = &g_array_index (self->blocks, TaiBlock, i);

    g_variant_builder_add (&blocks, "(yu@as@ayy)", (guchar)block->type, (guint32)block->style,
                           g_variant_new_strv (block->text, block->n_text),
                           g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, block->weight, block->n_text, 1),
                           block->right);
  }
  value = g_variant_ref_sink (g_variant_new (SERIAL_TYPE, SERIAL_VERSION, (guchar)self->type, self->title,
                                             self->language, self->copy_number, self->truncated, &blocks));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    g_autoptr (GVariant) native = g_steal_pointer (&value);
    value = g_variant_byteswap (native);
  }
#endif
  return g_variant_get_data_as_bytes (value);
}

static gboolean
broken (GError **error, const char *what)
{
  g_set_error (error, TAI_CORE_ERROR, TAI_CORE_ERROR_DOCUMENT, "serialized document: %s", what);
  return FALSE;
}

/* How many texts a block of @type may have. */
static gboolean
shape_is_known (guint type, gsize n_text)
{
  static const struct {
    guint8 min, max;
  } shapes[] = {
      [TAI_BLOCK_TEXT] = {1, 1},
      [TAI_BLOCK_PAIR] = {2, 2},
      [TAI_BLOCK_ROW] = {1, TAI_DOCUMENT_MAX_COLUMNS},
      [TAI_BLOCK_RULE] = {0, 1},
      [TAI_BLOCK_SPACE] = {0, 0},
      [TAI_BLOCK_QR] = {1, 2},
      [TAI_BLOCK_FIELD] = {1, 1},
      [TAI_BLOCK_PICTURE] = {1, 1},
  };

  return type < G_N_ELEMENTS (shapes) && n_text >= shapes[type].min && n_text <= shapes[type].max;
}

static gboolean
is_picture (const char *text)
{
  g_autoptr (TaiPicture) picture = tai_picture_from_text (text, NULL);

  return picture != NULL;
}

static gboolean
read_block (TaiDocument *self, GVariant *value, GError **error)
{
  g_autofree const char **texts = NULL;
  g_autoptr (GVariant) strings = g_variant_get_child_value (value, 2);
  g_autoptr (GVariant) weights = g_variant_get_child_value (value, 3);
  TaiBlock block = {0};
  const guint8 *weight;
  gsize n_text, n_weights;
  guchar type;
  guint32 style;

  g_variant_get_child (value, 0, "y", &type);
  g_variant_get_child (value, 1, "u", &style);
  g_variant_get_child (value, 4, "y", &block.right);
  if (!shape_is_known (type, g_variant_n_children (strings)))
    return broken (error, "a block of unknown shape");
  texts = g_variant_get_strv (strings, &n_text);
  weight = g_variant_get_fixed_array (weights, &n_weights, 1);
  if (n_weights != n_text || (style & ~(guint32)STYLE_MASK) != 0)
    return broken (error, "a block with weights or a style that do not fit");
  for (gsize i = 0; i < n_text; i++) {
    if (strlen (texts[i]) > get_max_text (type))
      return broken (error, "a text above the limit");
    block.text[i] = texts[i];
    block.weight[i] = weight[i];
  }
  block.type = type;
  block.style = style;
  block.n_text = n_text;
  if (type == TAI_BLOCK_PICTURE && !is_picture (texts[0]))
    return broken (error, "a picture that is none");
  add_block (self, block);
  return TRUE;
}

static TaiDocument *
read_document (GVariant *value, GError **error)
{
  g_autoptr (TaiDocument) self = NULL;
  g_autoptr (GVariant) blocks = g_variant_get_child_value (value, 6);
  const char *title, *language;
  guint32 version, copy_number;
  gboolean truncated;
  guchar type;

  g_variant_get_child (value, 0, "u", &version);
  g_variant_get_child (value, 1, "y", &type);
  g_variant_get_child (value, 2, "&s", &title);
  g_variant_get_child (value, 3, "&s", &language);
  g_variant_get_child (value, 4, "u", &copy_number);
  g_variant_get_child (value, 5, "b", &truncated);
  if (version != SERIAL_VERSION || type >= TAI_DOCUMENT_N_TYPES) {
    broken (error, "unknown version or type");
    return NULL;
  }
  self = tai_document_new (type, title, language);
  for (gsize i = 0; i < g_variant_n_children (blocks); i++) {
    g_autoptr (GVariant) block = g_variant_get_child_value (blocks, i);

    if (!read_block (self, block, error))
      return NULL;
  }
  if (self->truncated) {
    broken (error, "more than a document may hold");
    return NULL;
  }
  self->copy_number = copy_number;
  self->truncated = truncated;
  return g_steal_pointer (&self);
}

TaiDocument *
tai_document_deserialize (GBytes *bytes, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_bytes_get_size (bytes) > SERIAL_MAX_BYTES) {
    broken (error, "too big");
    return NULL;
  }
  value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (SERIAL_TYPE), bytes, FALSE));
#if G_BYTE_ORDER == G_BIG_ENDIAN
  {
    g_autoptr (GVariant) foreign = g_steal_pointer (&value);
    value = g_variant_byteswap (foreign);
  }
#endif
  if (!g_variant_is_normal_form (value)) {
    broken (error, "not in normal form");
    return NULL;
  }
  return read_document (value, error);
}
