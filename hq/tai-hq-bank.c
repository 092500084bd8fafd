/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a bank's statement in: heads by a table of names, each line checked before anything is written, then lines, what the
 * statement covers, and what is to be looked at, in one transaction.
 */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-bank.h"

#include <string.h>

#include "tai-date.h"
#include "tai-hq-csv.h"
#include "tai-hq-error.h"
#include "tai-hq-finding.h"
#include "tai-order.h"

#define WORD_MAX_BYTES 64
#define MAX_DAYS       366

char *
hq_bank_subject (const char *type, const char *what)
{
  return g_strdup_printf ("%s %s", type, what);
}

static gboolean
is_settled_by_bank (const char *tender)
{
  return g_strcmp0 (tender, tai_tender_to_text (TAI_TENDER_CARD)) == 0 ||
         g_strcmp0 (tender, tai_tender_to_text (TAI_TENDER_QR)) == 0;
}

void
hq_bank_suspect_day (HqStore *store, const char *hall, const char *tender, const char *day,
                     const char *terminal)
{
  if (day == NULL || !is_settled_by_bank (tender) ||
      !store->klass->statement_covers (store, hall, tender, day))
    return;
  g_autofree char *subject = hq_bank_subject (tender, day);
  hq_finding_suspect (store, HQ_FINDING_BANK, hall, subject, terminal);
}

/* ---- heads ---- */

typedef enum {
  COLUMN_TYPE,
  COLUMN_DAY,
  COLUMN_HALL,
  COLUMN_NUMBER,
  COLUMN_REFERENCE,
  COLUMN_AMOUNT,
  COLUMN_CURRENCY,
  N_COLUMNS
} Column;

static const struct {
  Column column;
  const char *head;
} heads[] = {
    {COLUMN_TYPE, "type"},
    {COLUMN_TYPE, "业务类型"},
    {COLUMN_DAY, "day"},
    {COLUMN_DAY, "交易日期"},
    {COLUMN_DAY, "日期"},
    {COLUMN_HALL, "hall"},
    {COLUMN_HALL, "营业厅"},
    {COLUMN_NUMBER, "number"},
    {COLUMN_NUMBER, "缴款单号"},
    {COLUMN_NUMBER, "凭证号"},
    {COLUMN_REFERENCE, "reference"},
    {COLUMN_REFERENCE, "流水号"},
    {COLUMN_AMOUNT, "amount"},
    {COLUMN_AMOUNT, "金额"},
    {COLUMN_AMOUNT, "贷方金额"},
    {COLUMN_CURRENCY, "currency"},
    {COLUMN_CURRENCY, "币种"},
};

static const struct {
  const char *word, *type;
} types[] = {
    {"deposit", HQ_BANK_DEPOSIT},
    {"现金缴款", HQ_BANK_DEPOSIT},
    {"缴款", HQ_BANK_DEPOSIT},
    {"card", "card"},
    {"银行卡", "card"},
    {"刷卡", "card"},
    {"qr", "qr"},
    {"扫码", "qr"},
};

typedef struct {
  int place[N_COLUMNS]; /* -1: not there */
  guint n;              /* of the row of heads */
  const char *hall;     /* (nullable) of lines that name none */
  GPtrArray *lines;     /* (owned) (element-type HqBankRow) */
  GHashTable *seen;     /* (owned) "hall\nreference" → the line's number + 0 */
  char from[11], until[11];
} Statement;

static gboolean refuse (GError **error, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, guint line, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "line %u: %s", line, why);
  return FALSE;
}

static const char *
get_head (Column column)
{
  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (heads[i].column == column)
      return heads[i].head;
  g_assert_not_reached ();
}

/* Other columns are the bank's own affair. */
static gboolean
read_heads (Statement *self, const HqCsvRow *row, GError **error)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    self->place[i] = -1;
  self->n = g_strv_length (row->cells);
  for (guint i = 0; i < self->n; i++)
    for (guint k = 0; k < G_N_ELEMENTS (heads); k++) {
      if (strcmp (heads[k].head, row->cells[i]) != 0)
        continue;
      if (self->place[heads[k].column] >= 0)
        return refuse (error, row->line, "%s: two columns", row->cells[i]);
      self->place[heads[k].column] = (int)i;
    }
  static const Column needed[] = {COLUMN_TYPE, COLUMN_DAY, COLUMN_REFERENCE, COLUMN_AMOUNT};
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (self->place[needed[i]] < 0)
      return refuse (error, row->line, "no column %s", get_head (needed[i]));
  return self->hall != NULL || self->place[COLUMN_HALL] >= 0 ||
         refuse (error, row->line, "no column hall, and no --hall");
}

/* ---- lines ---- */

/* "" where there is no such column; a row may end early. */
static const char *
get_cell (const Statement *self, const HqCsvRow *row, Column column)
{
  int place = self->place[column];
  return place >= 0 && (guint)place < g_strv_length (row->cells) ? row->cells[place] : "";
}

static const char *
find_type (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].word, word) == 0)
      return types[i].type;
  return NULL;
}

/* 2026-11-22, 2026/11/22 or 20261122. */
static gboolean
read_day (const char *cell, char day[11])
{
  TaiDate date;
  g_autofree char *text = g_strdup (cell);
  g_strdelimit (text, "/", '-');
  if (strlen (text) == 8 && strspn (text, "0123456789") == 8)
    g_snprintf (day, 11, "%.4s-%.2s-%.2s", text, text + 4, text + 6);
  else if (strlen (text) == 10)
    g_strlcpy (day, text, 11);
  else
    return FALSE;
  return tai_date_from_text (day, &date);
}

/* On a day of cards or QR more may go back than comes. */
static gboolean
read_amount (const Statement *self, const HqCsvRow *row, const char *type, TaiMoney *amount, GError **error)
{
  g_autoptr (GError) why = NULL;
  const char *code = get_cell (self, row, COLUMN_CURRENCY), *text = get_cell (self, row, COLUMN_AMOUNT);
  guint16 currency = TAI_CNY;
  if ((code[0] != '\0' && !tai_currency_from_code (code, &currency, &why)) ||
      !tai_money_from_text (text, currency, amount, &why))
    return refuse (error, row->line, "amount %s: %s", text, why->message);
  if (g_strcmp0 (type, HQ_BANK_DEPOSIT) != 0)
    return amount->minor != 0 || refuse (error, row->line, "amount %s: 0", text);
  return amount->minor > 0 || refuse (error, row->line, "amount %s: not above 0", text);
}

static gboolean
is_word (const char *text)
{
  return text[0] != '\0' && strlen (text) <= WORD_MAX_BYTES;
}

static gboolean
check_words (const Statement *self, const HqCsvRow *row, const char *type, const char *hall, GError **error)
{
  const char *reference = get_cell (self, row, COLUMN_REFERENCE),
             *number = get_cell (self, row, COLUMN_NUMBER);
  if (type == NULL)
    return refuse (error, row->line, "type %s: deposit, card or qr", get_cell (self, row, COLUMN_TYPE));
  if (!is_word (hall))
    return refuse (error, row->line, "hall: missing, or too long");
  if (!is_word (reference))
    return refuse (error, row->line, "reference: missing, or too long");
  if (strcmp (type, HQ_BANK_DEPOSIT) == 0 && !is_word (number))
    return refuse (error, row->line, "number: a deposit has the number of its slip");
  return g_strv_length (row->cells) <= self->n || refuse (error, row->line, "more cells than heads");
}

static void
line_free (gpointer data)
{
  hq_bank_row_clear (data);
  g_free (data);
}

static void
widen (Statement *self, const char *day)
{
  if (self->from[0] == '\0' || strcmp (day, self->from) < 0)
    g_strlcpy (self->from, day, sizeof self->from);
  if (strcmp (day, self->until) > 0)
    g_strlcpy (self->until, day, sizeof self->until);
}

static gboolean
check_once (Statement *self, const HqCsvRow *row, const char *hall, GError **error)
{
  char *key = g_strdup_printf ("%s\n%s", hall, get_cell (self, row, COLUMN_REFERENCE));
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, key));
  g_hash_table_replace (self->seen, key, GUINT_TO_POINTER (row->line));
  return before == 0 || refuse (error, row->line, "reference %s: line %u has it, too",
                                get_cell (self, row, COLUMN_REFERENCE), before);
}

static gboolean
read_line (Statement *self, const HqCsvRow *row, gint64 now_us, GError **error)
{
  const char *type = find_type (get_cell (self, row, COLUMN_TYPE)), *said = get_cell (self, row, COLUMN_HALL);
  const char *hall = said[0] != '\0' ? said : self->hall != NULL ? self->hall : "";
  const char *number = get_cell (self, row, COLUMN_NUMBER);
  TaiMoney amount;
  char day[11];
  if (!check_words (self, row, type, hall, error) || !read_amount (self, row, type, &amount, error))
    return FALSE;
  if (!read_day (get_cell (self, row, COLUMN_DAY), day))
    return refuse (error, row->line, "day %s: no day", get_cell (self, row, COLUMN_DAY));
  if (!check_once (self, row, hall, error))
    return FALSE;
  HqBankRow *line = g_new0 (HqBankRow, 1);
  line->chunk = g_string_chunk_new (128);
  line->hall = g_string_chunk_insert (line->chunk, hall);
  line->reference = g_string_chunk_insert (line->chunk, get_cell (self, row, COLUMN_REFERENCE));
  line->type = type;
  line->number = strcmp (type, HQ_BANK_DEPOSIT) == 0 ? g_string_chunk_insert (line->chunk, number) : NULL;
  line->day = g_string_chunk_insert (line->chunk, day);
  line->amount = amount;
  line->at_us = now_us;
  g_ptr_array_add (self->lines, line);
  widen (self, day);
  return TRUE;
}

static gboolean
check_length (const Statement *self, GError **error)
{
  TaiDate first, last;
  if (self->lines->len == 0)
    return refuse (error, 1, "there are no lines");
  g_assert (tai_date_from_text (self->from, &first) && tai_date_from_text (self->until, &last));
  return tai_date_to_days (last) - tai_date_to_days (first) < MAX_DAYS ||
         refuse (error, 1, "from %s to %s: more than a year", self->from, self->until);
}

static gboolean
read_statement (Statement *self, GBytes *file, gint64 now_us, GError **error)
{
  g_autoptr (GPtrArray) rows = hq_csv_parse (file, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return refuse (error, 1, "there are no heads");
  if (!read_heads (self, rows->pdata[0], error))
    return FALSE;
  for (guint i = 1; i < rows->len; i++)
    if (!read_line (self, rows->pdata[i], now_us, error))
      return FALSE;
  return check_length (self, error);
}

/* ---- who is left out ---- */

typedef struct {
  HqStore *store;
  const Statement *statement;
  GHashTable *here,
      *before; /* (owned) hq_bank_subject() of type and hall: in the file; beside one of these in the statement before */
} LeftOut;

static void
left_out_clear (LeftOut *self)
{
  g_clear_pointer (&self->here, g_hash_table_unref);
  g_clear_pointer (&self->before, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LeftOut, left_out_clear)

typedef struct {
  GHashTable *set;
  const char *type;
} Beside;

static void
add_beside_cb (const char *hall, gpointer data)
{
  const Beside *beside = data;
  g_hash_table_add (beside->set, hq_bank_subject (beside->type, hall));
}

/* One walk for all halls that stood together: who is among those found needs none of its own. */
static void
left_out_find (LeftOut *self)
{
  self->here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; self->statement->hall == NULL && i < self->statement->lines->len; i++) {
    const HqBankRow *line = g_ptr_array_index (self->statement->lines, i);
    Beside beside = {self->before, line->type};
    g_autofree char *key = hq_bank_subject (line->type, line->hall);
    gboolean is_known = g_hash_table_contains (self->before, key);
    if (g_hash_table_add (self->here, g_steal_pointer (&key)) && !is_known)
      self->store->klass->statement_beside (self->store, line->hall, line->type, add_beside_cb, &beside);
  }
}

/* ---- taking it ---- */

static gboolean
see_terminal_cb (const HqTerminalRow *row, gpointer data)
{
  *(gboolean *)data = TRUE;
  return FALSE;
}

static gboolean
check_hall (HqStore *store, const char *hall, GError **error)
{
  gboolean is_there = FALSE;
  store->klass->terminal_list (store, hall, see_terminal_cb, &is_there);
  if (!is_there)
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA, "hall %s: no terminal is there", hall);
  return is_there;
}

static gboolean
is_same (const HqBankRow *a, const HqBankRow *b)
{
  return strcmp (a->type, b->type) == 0 && strcmp (a->day, b->day) == 0 &&
         g_strcmp0 (a->number, b->number) == 0 && a->amount.minor == b->amount.minor &&
         a->amount.currency == b->amount.currency;
}

static void
suspect (HqStore *store, const char *hall, const char *type, const char *what)
{
  g_autofree char *subject = hq_bank_subject (type, what);
  hq_finding_suspect (store, HQ_FINDING_BANK, hall, subject, "");
}

static gboolean
take_line (HqStore *store, const HqBankRow *line, HqBankImport *result, GError **error)
{
  g_auto (HqBankRow) known = {0};
  result->n_lines++;
  suspect (store, line->hall, line->type, line->number != NULL ? line->number : line->day);
  if (store->klass->bank_insert (store, line))
    return TRUE;
  if (store->error != NULL || !store->klass->bank_find (store, line->hall, line->reference, &known))
    return FALSE;
  result->n_known++;
  if (is_same (line, &known))
    return TRUE;
  g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_DATA,
               "reference %s of %s is there from another statement, with another content", line->reference,
               line->hall);
  return FALSE;
}

static gboolean
suspect_deposit_cb (const HqTillRow *row, gpointer data)
{
  suspect (data, row->hall, HQ_BANK_DEPOSIT, row->slip);
  return TRUE;
}

/* What a statement of these days does not tell of has not come. */
static void
cover (HqStore *store, const Statement *self, const char *hall, const char *type, gint64 now_us)
{
  TaiDate first, last;
  g_assert (tai_date_from_text (self->from, &first) && tai_date_from_text (self->until, &last));
  store->klass->statement_put (store, hall, type, self->from, self->until, now_us);
  if (strcmp (type, HQ_BANK_DEPOSIT) == 0) {
    store->klass->deposit_list (store, hall, self->from, self->until, suspect_deposit_cb, store);
    return;
  }
  for (gint64 day = tai_date_to_days (first); day <= tai_date_to_days (last); day++) {
    g_autofree char *text = tai_date_to_text (tai_date_from_days (day));
    suspect (store, hall, type, text);
  }
}

static gboolean
count_open_cb (const HqFindingRow *row, gpointer data)
{
  HqBankImport *result = data;
  result->n_open += strcmp (row->kind, hq_finding_get_name (HQ_FINDING_BANK)) == 0;
  return TRUE;
}

static void
cover_left_out (HqStore *store, const LeftOut *left, GHashTable *halls, gint64 now_us, HqBankImport *result)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, left->before);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (g_hash_table_contains (left->here, key))
      continue;
    g_auto (GStrv) words = g_strsplit (key, " ", 2); /* hq_bank_subject() */
    cover (store, left->statement, words[1], words[0], now_us);
    g_hash_table_add (names, g_strdup (words[1]));
    g_hash_table_add (halls, g_strdup (words[1]));
  }
  result->n_left_out = g_hash_table_size (names);
}

static gboolean
take (HqStore *store, const Statement *self, gint64 now_us, HqBankImport *result, GError **error)
{
  g_autoptr (GHashTable) covered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) halls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (LeftOut) left = {store, self, NULL, NULL};
  GHashTableIter iter;
  gpointer hall;
  left_out_find (&left);
  for (guint i = 0; i < self->lines->len; i++) {
    const HqBankRow *line = g_ptr_array_index (self->lines, i);
    if (g_hash_table_add (halls, g_strdup (line->hall)) && !check_hall (store, line->hall, error))
      return FALSE;
    if (!take_line (store, line, result, error))
      return FALSE;
    if (g_hash_table_add (covered, hq_bank_subject (line->hall, line->type)))
      cover (store, self, line->hall, line->type, now_us);
  }
  cover_left_out (store, &left, halls, now_us, result);
  hq_finding_settle (store, now_us);
  g_hash_table_iter_init (&iter, halls);
  while (g_hash_table_iter_next (&iter, &hall, NULL))
    store->klass->finding_list (store, hall, TRUE, count_open_cb, result);
  return TRUE;
}

gboolean
hq_bank_import (HqStore *store, GBytes *file, const char *hall, gint64 now_us, HqBankImport *result,
                GError **error)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Statement statement = {.hall = hall, .lines = lines, .seen = seen};
  *result = (HqBankImport){0};
  if (!read_statement (&statement, file, now_us, error))
    return FALSE;
  store->klass->begin (store);
  if (!take (store, &statement, now_us, result, error)) {
    store->klass->rollback (store);
    if (store->error != NULL && *error == NULL)
      g_propagate_error (error, g_error_copy (store->error));
    return FALSE;
  }
  store->klass->commit (store);
  if (store->error != NULL)
    g_propagate_error (error, g_error_copy (store->error));
  return store->error == NULL;
}
