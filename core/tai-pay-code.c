/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values; memory that held a code is overwritten before it is given back. */
#include "tai-pay-code.h"

#include <string.h>

#include "tai-scan.h"

#define CODE_SIZE 32

struct _TaiPayCode {
  const char *provider;
  char text[CODE_SIZE];
};

const char *
tai_pay_code_classify (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  switch (tai_scan_classify (text, NULL)) {
  case TAI_SCAN_WECHAT:
    return "wechat";
  case TAI_SCAN_ALIPAY:
    return "alipay";
  case TAI_SCAN_UNIONPAY:
    return "unionpay";
  default:
    return NULL;
  }
}

TaiPayCode *
tai_pay_code_new (const char *text)
{
  const char *provider = tai_pay_code_classify (text);
  TaiPayCode *self;

  if (provider == NULL)
    return NULL;
  self = g_new0 (TaiPayCode, 1);
  self->provider = provider;
  g_strlcpy (self->text, text, sizeof self->text);
  return self;
}

void
tai_pay_code_free (TaiPayCode *self)
{
  if (self == NULL)
    return;
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

const char *
tai_pay_code_get_text (const TaiPayCode *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

const char *
tai_pay_code_get_provider (const TaiPayCode *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->provider;
}
