/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers of the network. All: text in, TAI_CORE_ERROR_NUMBER_* out, of a SIM card SIM_SYNTAX. Vectors: sim_numbers.json, pretty_numbers.json. */

/* ^1[3-9]\d{9}$; satellite 1349, 1740[0-5] and IoT (140/1/4/6/8, 1064 + 9) are NOT_FOR_PEOPLE. */
gboolean tai_msisdn_check (const char *msisdn, GError **error);
/* Luhn over all digits, at least two of them; anything else in it: FALSE. */
gboolean tai_luhn_check (const char *digits);
/* 19 or 20 digits or capital letters, 89…; *@suspicious (optional) when Luhn fails or letters stand in it: a warning, HQ's stock
 * is the truth. */
gboolean tai_iccid_check (const char *iccid, gboolean *suspicious, GError **error);
/* EF_ICCID (2FE2): 10 bytes, nibble swapped, F padded. Of letters only A to F fit in it, and no F at the end. */
gboolean tai_iccid_from_ef (const guint8 ef[10], char iccid[21], GError **error);
gboolean tai_iccid_to_ef (const char *iccid, guint8 ef[10], GError **error);
/* 15 digits, Luhn. */
gboolean tai_imei_check (const char *imei, GError **error);
/* EF_IMSI (6F07): length, then nibble swapped behind the parity nibble. */
gboolean tai_imsi_from_ef (const guint8 ef[9], char imsi[16], GError **error);
/* Tail pattern tags, most valuable first, (transfer full) NULL-terminated, empty if plain or no 11 digits. Of the last eight
 * digits, letters standing for different digits: "AAA" to "AAAAAAAA", "UP3" to "UP8", "DOWN3" to "DOWN8" (the longest run), then
 * ABCDABCD, ABCABC, AABB, ABAB, ABBA, AAAB. What a tag costs is the operator's data. */
char **tai_msisdn_get_tags (const char *msisdn);
/* "138****8000"; what is no 11 characters long keeps none but its last two, if it has more than four. (transfer full) */
char *tai_msisdn_mask (const char *msisdn);

G_END_DECLS
