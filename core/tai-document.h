/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-money.h"
#include "tai-picture.h"

G_BEGIN_DECLS

/**
 * TaiDocument: the model of everything that comes on paper (receipt, acceptance form, slip, report): a list of blocks with
 * no fonts, no widths, no bytes. printing/ turns it into text, ESC/POS, PDF and PNG; a screen may show the same one.
 * Texts are already in the customer's language. Immutable once built; any thread; reference counted.
 */
typedef struct _TaiDocument TaiDocument;

typedef enum {
  TAI_DOCUMENT_RECEIPT, /* 小票: 58/80 mm roll */
  TAI_DOCUMENT_FORM,    /* 业务受理单: A4 */
  TAI_DOCUMENT_SLIP,    /* any other roll paper: refusal, till, supplement */
  TAI_DOCUMENT_REPORT,  /* 营业日报: A4 */
  TAI_DOCUMENT_NOTICE,  /* 大字告知单: one A4 page, all in large letters */
  TAI_DOCUMENT_N_TYPES
} TaiDocumentType;

typedef enum {
  TAI_STYLE_NORMAL = 0,
  TAI_STYLE_BOLD = 1 << 0,
  TAI_STYLE_LARGE = 1 << 1, /* double width and height: totals, key terms */
  TAI_STYLE_CENTER = 1 << 2,
  TAI_STYLE_RIGHT = 1 << 3,
  TAI_STYLE_SMALL = 1 << 4 /* fine print; where there is no smaller face: normal */
} TaiStyle;

typedef enum {
  TAI_BLOCK_TEXT, /* text[0], wrapped */
  TAI_BLOCK_PAIR, /* text[0] at the left, text[1] at the right edge; the left one wraps, the right one never is cut */
  TAI_BLOCK_ROW, /* table row: n_text cells, widths by column weights; the last columns right aligned if align says so */
  TAI_BLOCK_RULE,  /* a line across; text[0] NULL or "=" for a heavy one */
  TAI_BLOCK_SPACE, /* an empty line */
  TAI_BLOCK_QR,    /* text[0] = payload, text[1] = caption (nullable) */
  TAI_BLOCK_FIELD, /* a place to write by hand: text[0] label ("客户签名") */
  TAI_BLOCK_PICTURE /* text[0] = TaiPicture's text form, in the middle; as the first block it stands above the title */
} TaiBlockType;

#define TAI_DOCUMENT_MAX_BLOCKS  2000
#define TAI_DOCUMENT_MAX_COLUMNS 8
#define TAI_DOCUMENT_MAX_TEXT    2000          /* bytes of one text */
#define TAI_DOCUMENT_MAX_BYTES   (1024 * 1024) /* of all texts */

typedef struct {
  TaiBlockType type;
  TaiStyle style;
  guint n_text;
  const char *text[TAI_DOCUMENT_MAX_COLUMNS];
  guint8 weight[TAI_DOCUMENT_MAX_COLUMNS]; /* ROW: share of the width, 0 = 1 */
  guint8 right;                            /* ROW: bit i: column i is right aligned */
} TaiBlock;

TaiDocument *tai_document_new (TaiDocumentType type, const char *title,
                               const char *language); /* "zh_CN", "en" */
TaiDocument *tai_document_ref (TaiDocument *self);
void tai_document_unref (TaiDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiDocument, tai_document_unref)

/* Building. Texts are copied, made valid UTF-8 and cut at the limit; blocks beyond a limit and QR payloads that are too
 * long are left out whole. Either is remembered, and the paper says that it is not complete. */
void tai_document_add_text (TaiDocument *self, TaiStyle style, const char *text);
void tai_document_add_pair (TaiDocument *self, TaiStyle style, const char *label, const char *value);
void tai_document_add_row (TaiDocument *self, TaiStyle style, guint n, const char *const *cells,
                           const guint8 *weights, guint8 right);
void tai_document_add_rule (TaiDocument *self, gboolean heavy);
void tai_document_add_space (TaiDocument *self);
void tai_document_add_qr (TaiDocument *self, const char *payload, const char *caption);
void tai_document_add_field (TaiDocument *self, const char *label);
void tai_document_add_picture (TaiDocument *self, const TaiPicture *picture);

TaiDocumentType tai_document_get_type_ (const TaiDocument *self);
const char *tai_document_get_title (const TaiDocument *self);
const char *tai_document_get_language (const TaiDocument *self);
/* 0 = the original, n = the n-th reprint. */
guint tai_document_get_copy_number (const TaiDocument *self);
/* TRUE: a limit was met while it was built, something is missing. */
gboolean tai_document_is_truncated (const TaiDocument *self);
guint tai_document_get_n_blocks (const TaiDocument *self);
const TaiBlock *tai_document_get_block (const TaiDocument *self, guint index);

/* A copy that printing/ marks 补打/COPY with its number (1 = first reprint) under the title. (transfer full) */
TaiDocument *tai_document_copy_marked (const TaiDocument *self, guint copy_number);

/* A copy for who audits: nobody's number is in it (tai-mask.h). (transfer full) */
TaiDocument *tai_document_copy_masked (const TaiDocument *self);

/* What the print queue keeps: a GVariant in normal form, little endian, with a version. Broken or too big ->
 * TAI_CORE_ERROR_DOCUMENT. */
GBytes *tai_document_serialize (const TaiDocument *self);
TaiDocument *tai_document_deserialize (GBytes *bytes, GError **error);

G_END_DECLS
