/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-canonical.h"
#include "tai-document.h"

G_BEGIN_DECLS

/**
 * TaiTemplate: a paper of the hall as data: which words stand where, in both languages, under which condition, with fields
 * bound by their names. wire/ reads one from a text, printing/ fills it with a sale. A business that needs other words gets
 * another section. Immutable; any thread; reference counted.
 */
typedef struct _TaiTemplate TaiTemplate;

#define TAI_TEMPLATE_FORM   "form"   /* 业务受理单 */
#define TAI_TEMPLATE_NOTICE "notice" /* 大字告知单 */

#define TAI_TEMPLATE_MAX_BYTES  (256 * 1024) /* of the text that it was read from */
#define TAI_TEMPLATE_MAX_BLOCKS 400          /* with all sections put in their places */
#define TAI_TEMPLATE_MAX_DEPTH  6
#define TAI_TEMPLATE_MAX_TEXT   1500 /* bytes of one text */

typedef enum { TAI_TEMPLATE_CHINESE, TAI_TEMPLATE_ENGLISH, TAI_TEMPLATE_N_LANGUAGES } TaiTemplateLanguage;

/* One text; {field} is filled in, "{{" is a brace. */
typedef struct {
  char *words[TAI_TEMPLATE_N_LANGUAGES]; /* (owned) */
} TaiTemplateText;

typedef enum {
  TAI_TEMPLATE_HEADING, /* text[0], a rule below, room above */
  TAI_TEMPLATE_TEXT,    /* text[0] */
  TAI_TEMPLATE_PAIR,    /* text[0] label, text[1] value at the right edge */
  TAI_TEMPLATE_ROW,     /* text[0] label, text[1] value, text[2] label, text[3] value, side by side */
  TAI_TEMPLATE_FEES,    /* the table of what is paid, its sums, the amount in capitals */
  TAI_TEMPLATE_RULE,
  TAI_TEMPLATE_SPACE,
  TAI_TEMPLATE_SIGN,    /* text[0]: a line to write on */
  TAI_TEMPLATE_EACH,    /* blocks, once for each of @list; beyond @limit text[0] with {more} */
  TAI_TEMPLATE_SECTION, /* blocks */
  TAI_TEMPLATE_LOGO,    /* the operator's mark, where there is one */
  TAI_TEMPLATE_N_TYPES
} TaiTemplateType;
/* "heading", "text" …: the member that makes a block one of that type; "include" of a section. */
const char *tai_template_type_to_text (TaiTemplateType type);

/* What a block is repeated for; the names of its fields begin with the singular and a dot. */
typedef enum {
  TAI_TEMPLATE_ONCE,         /* "": fields of the whole paper */
  TAI_TEMPLATE_ORDERS,       /* "orders": those that need this paper */
  TAI_TEMPLATE_EXPLANATIONS, /* "explanations": what the state of the orders means, each once */
  TAI_TEMPLATE_SERVICES,     /* "services": value-added ones with the customer's own yes */
  TAI_TEMPLATE_CHARGES,      /* "charges": what is paid month by month */
  TAI_TEMPLATE_TERMS,        /* "terms": key terms, each once */
  TAI_TEMPLATE_PROOFS,       /* "proofs": number and hash of each record */
  TAI_TEMPLATE_N_LISTS
} TaiTemplateList;
const char *tai_template_list_to_text (TaiTemplateList list);
/* FALSE: no such list. */
gboolean tai_template_list_find (const char *text, TaiTemplateList *list);

typedef enum {
  /* of the whole paper */
  TAI_FIELD_RECEIPT_NUMBER,
  TAI_FIELD_TIME,
  TAI_FIELD_CUSTOMER, /* the masks only */
  TAI_FIELD_DOCUMENT,
  TAI_FIELD_PLACE, /* desk and clerk */
  TAI_FIELD_HALL,
  TAI_FIELD_HOTLINE,
  TAI_FIELD_TERMINAL,
  TAI_FIELD_MONTHLY_TOTAL, /* of all charges, after discounts */
  TAI_FIELD_VERSION,       /* of the template */
  TAI_FIELD_HASH,          /* its first digits */
  TAI_FIELD_MORE,          /* how many were left out; only where a list says that there are more */
  /* of an order */
  TAI_FIELD_ORDER_TITLE, /* "1. 开户  194 0000 1234" */
  TAI_FIELD_ORDER_BUSINESS,
  TAI_FIELD_ORDER_NUMBER,
  TAI_FIELD_ORDER_STATE,
  TAI_FIELD_ORDER_PLAN,
  TAI_FIELD_ORDER_SIM,
  TAI_FIELD_EXPLANATION_TEXT,
  TAI_FIELD_SERVICE_TITLE,
  TAI_FIELD_SERVICE_NUMBER,
  TAI_FIELD_SERVICE_CONSENT,
  TAI_FIELD_CHARGE_NAME,
  TAI_FIELD_CHARGE_NUMBER,
  TAI_FIELD_CHARGE_MONTHLY,         /* after discounts */
  TAI_FIELD_CHARGE_DISCOUNTED,      /* empty without a discount */
  TAI_FIELD_CHARGE_DISCOUNT_MONTHS, /* empty without a discount */
  TAI_FIELD_TERM_TITLE,
  TAI_FIELD_TERM_TEXT,
  TAI_FIELD_PROOF_TEXT,
  TAI_N_FIELDS
} TaiField;
const char *tai_field_to_text (TaiField field);
/* @length: of @name. FALSE: no such field. */
gboolean tai_field_find (const char *name, gsize length, TaiField *field);

/* A block is there if one of its conditions holds, or it has none. */
typedef enum {
  TAI_CONDITION_FIELD,    /* "field:customer": it is not empty */
  TAI_CONDITION_BUSINESS, /* "business:new_line": one of the orders is that; inside "orders": this one */
  TAI_CONDITION_NEEDS,    /* "needs:identity", "needs:sim", "needs:adult": one of the orders needs that */
  TAI_CONDITION_ANY       /* "any:services": the list is not empty */
} TaiConditionKind;

typedef struct {
  TaiConditionKind kind;
  gboolean is_not;      /* "!field:customer" */
  TaiField field;       /* FIELD */
  const char *business; /* BUSINESS: id, of the operations table */
  guint needs;          /* NEEDS: bits of TaiNeeds */
  gboolean needs_adult; /* NEEDS */
  TaiTemplateList list; /* ANY */
} TaiCondition;
/* FALSE: none of the kinds above, or of nothing that there is. */
gboolean tai_condition_from_text (const char *text, TaiCondition *condition);

typedef struct {
  TaiTemplateType type;
  TaiStyle style;
  GArray *conditions; /* (owned) (element-type TaiCondition) */
  TaiTemplateText text[4];
  TaiTemplateList list; /* EACH */
  guint limit;          /* EACH: 0 = all */
  GPtrArray *blocks;    /* (owned) EACH, SECTION: (element-type TaiTemplateBlock) */
} TaiTemplateBlock;

TaiTemplateBlock *tai_template_block_new (TaiTemplateType type);
void tai_template_block_free (TaiTemplateBlock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTemplateBlock, tai_template_block_free)

struct _TaiTemplate {
  gatomicrefcount ref_count;
  char *id;
  gint32 version;
  TaiDigest hash; /* of the text that it was read from */
  TaiTemplateText title;
  GPtrArray *blocks; /* (owned) (element-type TaiTemplateBlock) */
};

TaiTemplate *tai_template_new (const char *id, gint32 version);
TaiTemplate *tai_template_ref (TaiTemplate *self);
void tai_template_unref (TaiTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiTemplate, tai_template_unref)

/* What is wrong with it as a paper of its kind, all of it: fields that are unknown or not there at that place, too much text, a
 * form without the fees, without key terms right above the customer's signature, or without its version.
 * @reasons: (element-type utf8) English, appended. */
void tai_template_check (const TaiTemplate *self, GPtrArray *reasons);

/* Reads @text piece by piece: *@plain with its length up to the next field, then *@field (TAI_N_FIELDS: none, or unknown, then
 * *@name and *@name_length tell which). FALSE at the end. */
typedef struct {
  const char *plain, *name;
  gsize plain_length, name_length;
  TaiField field;
} TaiTemplatePiece;
gboolean tai_template_next_piece (const char **text, TaiTemplatePiece *piece);

G_END_DECLS
