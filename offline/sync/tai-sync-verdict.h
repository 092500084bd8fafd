/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-json.h"
#include "tai-order.h"

G_BEGIN_DECLS

/*
 * What a reply means for a message. Pure functions over replies; the engine acts on them. Nothing is believed that is not our
 * HQ's own JSON: a captive portal answers 200, too.
 */
typedef enum {
  TAI_VERDICT_ACKNOWLEDGED,
  TAI_VERDICT_REFUSED, /* HQ says no, and says why: quarantine */
  TAI_VERDICT_AGAIN,   /* it certainly did not arrive */
  TAI_VERDICT_UNKNOWN, /* ask by key first */
  TAI_VERDICT_PAUSE    /* HQ does not let this terminal in */
} TaiVerdict;

/* Of one message sent alone. @reason (out) (transfer full) (nullable): HQ's code and words, or the line's. */
TaiVerdict tai_verdict_of_reply (const TaiReply *reply, const TaiUuid *key, char **reason);

/* Of a batch's reply as a whole: ACKNOWLEDGED means "read the lines". */
TaiVerdict tai_verdict_of_batch (const TaiReply *reply, char **reason);
/* Of one line of it; any line that is not about @key is UNKNOWN. */
TaiVerdict tai_verdict_of_line (const char *line, gsize length, const TaiUuid *key, char **reason);

/* Of a key in the answer of /guitai/v1/message: ACKNOWLEDGED (known, same bytes), AGAIN (not known, refused, or other bytes:
 * sending shows why), UNKNOWN (not answered). */
TaiVerdict tai_verdict_of_asked (const TaiJson *answer, const TaiUuid *key, TaiDigest digest);

/* Did HQ itself speak, whatever it said? */
gboolean tai_verdict_is_hq (const TaiReply *reply);

G_END_DECLS
