/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Amounts in Chinese capitals, as 正确填写票据和结算凭证的基本规定 wants them on receipts: hard to forge, hard to misread.
 * Where the rule leaves a choice (零 between 元 and 角, 整 after 角) the vectors of rmb_capital.json decide. Any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-money.h"

static const char *const digit_texts[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
static const char *const place_texts[] = {"", "拾", "佰", "仟"};
/* Of the groups of four digits, from the right: 10^16 is the highest that int64 fen can reach in yuan. */
static const char *const group_texts[] = {"", "万", "亿", "万", "亿"};

/* One group of four digits. *@zero: a zero waits to be written before the next digit other than zero. */
static void
append_group (GString *text, int group, int value, gboolean *zero)
{
  static const int powers[] = {1, 10, 100, 1000};

  for (int place = 3; place >= 0; place--) {
    int digit = value / powers[place] % 10;

    if (digit == 0) {
      *zero = text->len > 0;
      continue;
    }
    if (*zero)
      g_string_append (text, digit_texts[0]);
    *zero = FALSE;
    g_string_append (text, digit_texts[digit]);
    g_string_append (text, place_texts[place]);
  }
  /* Zeros at the end of a group are not spoken: 壹仟万壹仟. Those of a whole empty group are: 壹亿零壹仟. */
  if (value > 0)
    *zero = FALSE;
  /* 亿 also stands when its own group is empty but there are 万亿 above. */
  if (value > 0 || (group == 2 && text->len > 0))
    g_string_append (text, group_texts[group]);
}

static void
append_yuan (GString *text, guint64 yuan)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean zero = FALSE;
  guint64 unit = G_GUINT64_CONSTANT (10000000000000000);

  for (int group = 4; group >= 0; group--, unit /= 10000)
    append_group (digits, group, (int)(yuan / unit % 10000), &zero);
  g_string_append_len (text, digits->str, (gssize)digits->len);
}

static void
append_part (GString *text, int digit, const char *unit)
{
  g_string_append (text, digit_texts[digit]);
  g_string_append (text, unit);
}

char *
tai_money_to_capitals (TaiMoney money)
{
  g_return_val_if_fail (money.currency == TAI_CNY, NULL);

  GString *text = g_string_new ("人民币");
  guint64 fen = money.minor < 0 ? -(guint64)money.minor : (guint64)money.minor;
  guint64 yuan = fen / 100;
  int jiao = (int)(fen / 10 % 10);
  int last = (int)(fen % 10);

  if (money.minor < 0)
    g_string_append (text, "负");
  append_yuan (text, yuan);
  if (yuan > 0)
    g_string_append (text, "元");
  else if (fen == 0)
    g_string_append (text, "零元");
  if (jiao > 0)
    append_part (text, jiao, "角");
  else if (last > 0 && yuan > 0)
    g_string_append (text, digit_texts[0]);
  if (last > 0)
    append_part (text, last, "分");
  else
    g_string_append (text, "整");
  return g_string_free (text, FALSE);
}
