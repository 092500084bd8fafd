/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "tai-catalogue.h"

G_BEGIN_DECLS

/**
 * TaiFinder: what stands behind the command box. One field takes a business code, Chinese, pinyin, initials, a word of
 * English, the operators' number or a number of the customer, and gets ranked hits.
 *
 * Build it with tai_finder_add in catalogue order; after that any number of threads may search it at once, but nobody may
 * add while another searches. A new catalogue: a new finder (10 000 offerings take some 20 ms). Reference counted.
 *
 * How text is read: full-width letters and digits count as half-width ones, case, blanks and punctuation are ignored, 帐 and
 * 帳 are 账, ü is v. A Chinese character is matched by itself or, by a letter, by each of its readings: its first letter
 * ("kh"), all of it ("kaihu") or anything between ("kaih"), mixed with characters and digits at will ("套餐bg", "cx59").
 * Of a text more than 64 characters long the first 64 are searched.
 */
typedef struct _TaiFinder TaiFinder;

typedef enum {
  TAI_FINDER_OPERATION, /* id: TaiOperation */
  TAI_FINDER_PAGE,      /* id: the caller's */
  TAI_FINDER_OFFERING,  /* id: TaiOffering */
  /* What the text itself is; a hit of these has a value and no entry. */
  TAI_FINDER_NUMBER,   /* telephone number, 11 digits; +86, blanks and hyphens taken off */
  TAI_FINDER_SIM,      /* ICCID, capital letters */
  TAI_FINDER_DEVICE,   /* IMEI */
  TAI_FINDER_RECEIPT,  /* receipt number, capital letters */
  TAI_FINDER_PREPARED, /* what a customer prepared at a kiosk, for tai_prepared_from_text */
  TAI_FINDER_CUSTOMER, /* ID number in the normal form. It was typed: it finds a customer, it never opens a line (I9) */
  TAI_FINDER_AMOUNT /* decimal text for tai_money_from_text, "59", "59.5"; > 0 */
} TaiFinderKind;

/**
 * TaiFinderRank: how well it was found, worst first. The order is the promise of the command box: what is typed in full
 * beats what is guessed, and a code always means the same business, whatever the catalogue is full of.
 */
typedef enum {
  TAI_FINDER_RANK_NONE,
  TAI_FINDER_RANK_AMOUNT, /* digits may be an amount */
  TAI_FINDER_RANK_KEYED, /* Chinese whose initials are a code: "开会" of the input method, when "kh" was typed */
  TAI_FINDER_RANK_SOUND, /* Chinese that sounds like it: 开护 for 开户 */
  TAI_FINDER_RANK_SUBSEQUENCE, /* initials or characters with others left out; each jump lands on a word: "tbh", "套餐59" */
  TAI_FINDER_RANK_INSIDE, /* from a later word on: "baohao", "变更", "59"; of "SIM replacement" the last word */
  TAI_FINDER_RANK_TITLE,    /* beginning of title, alias or English title, as written */
  TAI_FINDER_RANK_MIXED,    /* beginning, each character by a part of its pinyin: "kaih", "tingjbh" */
  TAI_FINDER_RANK_PINYIN,   /* beginning, in full pinyin: "kaihu", "tingjib" */
  TAI_FINDER_RANK_INITIALS, /* beginning of the initials, of a code or of the operators' number */
  TAI_FINDER_RANK_NUMBER,   /* the operators' number, or a number of the customer */
  TAI_FINDER_RANK_CODE      /* the code */
} TaiFinderRank;

/**
 * TaiFinderEntry:
 * @title: in Chinese, whatever the language of the screen
 * @title_en: (nullable)
 * @code: (nullable) business code. Of an offering: its product code, which HQ chose freely, so it counts as a title only and
 *   never takes the place of a business
 * @number: (nullable) the operators' own
 * @category: (nullable) word for its kind ("套餐"): "套餐59" finds 畅享59, and "套餐" finds all of the kind, as words inside
 * @aliases: (nullable) NULL-terminated other names; one of letters and digits only counts as a code, after all @code
 * @weight: higher first among those found equally well; then what was added first. Operations above all else
 */
typedef struct {
  TaiFinderKind kind; /* OPERATION, PAGE or OFFERING */
  const char *id;
  const char *title;
  const char *title_en;
  const char *code;
  const char *number;
  const char *category;
  const char *const *aliases;
  int weight;
} TaiFinderEntry;

/* Weights as the screens give them, so that an operation stands before a page, and both before what is sold. */
#define TAI_FINDER_WEIGHT_OPERATION 300
#define TAI_FINDER_WEIGHT_PAGE      200
#define TAI_FINDER_WEIGHT_PLAN      100

/**
 * TaiFinderHit:
 * @score: 2 × @rank, + 1 when the whole code, title or alias was typed (an alias as a code: not). Sorted by it, then by weight
 * @entry: (owned) (nullable) shared with the finder, but outlives it
 * @value: (owned) (nullable) what the text is, in its normal form. Wiped when freed, because it may be personal data
 * @is_suspicious: an ICCID whose check digit is wrong (tai_iccid_check)
 */
typedef struct {
  TaiFinderKind kind;
  TaiFinderRank rank;
  guint score;
  const TaiFinderEntry *entry;
  char *value;
  gboolean is_suspicious;
} TaiFinderHit;

/**
 * TaiPinyinFunc: all readings of one character in a–z without tones, ü as v, the usual one first.
 * Called while adding and while searching, on the thread that does. A pure function.
 *
 * Returns: (transfer full) (nullable) NULL-terminated; NULL: no Chinese character, or none that it knows
 */
typedef char **(*TaiPinyinFunc) (gunichar han, gpointer data);

/* @pinyin: (nullable) without it, characters are found as characters only. @data must live as long as the finder. */
TaiFinder *tai_finder_new (TaiPinyinFunc pinyin, gpointer data);
TaiFinder *tai_finder_ref (TaiFinder *self);
void tai_finder_unref (TaiFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiFinder, tai_finder_unref)

/* Copies all of it. */
void tai_finder_add (TaiFinder *self, const TaiFinderEntry *entry);
/* An offering by its names; its id serves as code. */
void tai_finder_add_offering (TaiFinder *self, const TaiOffering *offering, const char *category, int weight);
guint tai_finder_get_n_entries (const TaiFinder *self);

/**
 * tai_finder_search:
 * @text: anything; what is no UTF-8 in it is passed over
 * @limit: at most so many hits
 *
 * Returns: (transfer full) (element-type TaiFinderHit): best first, may be empty. Whatever is typed further only takes
 * entries away, as long as the limit does not cut.
 */
GPtrArray *tai_finder_search (TaiFinder *self, const char *text, guint limit);

G_END_DECLS
