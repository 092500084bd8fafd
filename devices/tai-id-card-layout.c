/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts of the text on identity cards. Any thread. */
#define G_LOG_DOMAIN "tai-devices"

#include "tai-id-card-layout.h"

static const TaiIdCardField citizen[] = {
    {TAI_ID_CARD_NAME, "name", 0, 30},       {TAI_ID_CARD_SEX, "sex", 30, 2},
    {TAI_ID_CARD_NATION, "nation", 32, 4},   {TAI_ID_CARD_BIRTH, "birth", 36, 16},
    {TAI_ID_CARD_ADDRESS, "addr", 52, 70},   {TAI_ID_CARD_NUMBER, "id", 122, 36},
    {TAI_ID_CARD_ISSUER, "issuer", 158, 30}, {TAI_ID_CARD_FROM, "start", 188, 16},
    {TAI_ID_CARD_UNTIL, "end", 204, 16},
};

static const TaiIdCardField hmt[] = {
    {TAI_ID_CARD_NAME, "name", 0, 30},
    {TAI_ID_CARD_SEX, "sex", 30, 2},
    {TAI_ID_CARD_BIRTH, "birth", 36, 16},
    {TAI_ID_CARD_ADDRESS, "addr", 52, 70},
    {TAI_ID_CARD_NUMBER, "id", 122, 36},
    {TAI_ID_CARD_ISSUER, "issuer", 158, 30},
    {TAI_ID_CARD_FROM, "start", 188, 16},
    {TAI_ID_CARD_UNTIL, "end", 204, 16},
    {TAI_ID_CARD_OTHER_NUMBER, "passno", 220, 18},
    {TAI_ID_CARD_TIMES, "times", 238, 4},
};

static const TaiIdCardField pr_2017[] = {
    {TAI_ID_CARD_LATIN_NAME, "name", 0, 120}, {TAI_ID_CARD_SEX, "sex", 120, 2},
    {TAI_ID_CARD_NUMBER, "id", 122, 30},      {TAI_ID_CARD_NATIONALITY, "nat", 152, 6},
    {TAI_ID_CARD_NAME, "cn", 158, 30},        {TAI_ID_CARD_FROM, "start", 188, 16},
    {TAI_ID_CARD_UNTIL, "end", 204, 16},      {TAI_ID_CARD_BIRTH, "birth", 220, 16},
    {TAI_ID_CARD_VERSION, "version", 236, 4}, {TAI_ID_CARD_ISSUER, "org", 240, 8},
};

static const TaiIdCardField pr_2023[] = {
    {TAI_ID_CARD_NAME, "cn", 0, 30},
    {TAI_ID_CARD_SEX, "sex", 30, 2},
    {TAI_ID_CARD_TIMES, "times", 32, 4},
    {TAI_ID_CARD_BIRTH, "birth", 36, 16},
    {TAI_ID_CARD_LATIN_NAME, "en", 52, 70},
    {TAI_ID_CARD_LATIN_NAME, "en", 220, 22},
    {TAI_ID_CARD_NUMBER, "id", 122, 36},
    {TAI_ID_CARD_FROM, "start", 188, 16},
    {TAI_ID_CARD_UNTIL, "end", 204, 16},
    {TAI_ID_CARD_NATIONALITY, "nat", 242, 6},
    {TAI_ID_CARD_OTHER_NUMBER, "assoc", 250, 6},
};

static const TaiIdCardLayout layouts[] = {
    {"prc", ' ', TAI_DOCUMENT_CITIZEN, citizen, G_N_ELEMENTS (citizen)},
    {"hmt", 'J', TAI_DOCUMENT_HMT_PERMIT, hmt, G_N_ELEMENTS (hmt)},
    {"pr2017", 'I', TAI_DOCUMENT_PR_2017, pr_2017, G_N_ELEMENTS (pr_2017)},
    {"pr2023", 'Y', TAI_DOCUMENT_PR_2023, pr_2023, G_N_ELEMENTS (pr_2023)},
};

const TaiIdCardLayout *
tai_id_card_layout_from_letter (gunichar2 letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (layouts[i].letter == letter)
      return &layouts[i];
  return NULL;
}

const TaiIdCardLayout *
tai_id_card_layout_from_name (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    if (g_strcmp0 (layouts[i].name, name) == 0)
      return &layouts[i];
  return NULL;
}
