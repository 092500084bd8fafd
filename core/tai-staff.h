/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Staff and rights: HQ's data, works off line. Any thread; immutable values. */

typedef enum {
  TAI_ROLE_CLERK,
  TAI_ROLE_SENIOR_CLERK,
  TAI_ROLE_SUPERVISOR,
  TAI_ROLE_AUDITOR,
  TAI_ROLE_IT,
  TAI_ROLE_KIOSK
} TaiRole;
const char *tai_role_to_text (TaiRole role); /* "clerk" "senior_clerk" "supervisor" "auditor" "it" "kiosk" */
gboolean tai_role_from_text (const char *text, TaiRole *role, GError **error);

typedef enum {
  TAI_RIGHT_SELL = 1 << 0,
  TAI_RIGHT_TILL = 1 << 1, /* open and close one's own */
  TAI_RIGHT_CLOSE_OTHERS = 1 << 2,
  TAI_RIGHT_REFUND = 1 << 3,
  TAI_RIGHT_UNDO = 1 << 4,
  TAI_RIGHT_REPRINT = 1 << 5,
  TAI_RIGHT_APPROVE = 1 << 6,
  TAI_RIGHT_REPORT_OWN = 1 << 7,
  TAI_RIGHT_REPORT_HALL = 1 << 8,
  TAI_RIGHT_QUARANTINE = 1 << 9, /* release or supersede a refused message */
  TAI_RIGHT_AUDIT = 1 << 10,
  TAI_RIGHT_OPERATE = 1 << 11,      /* enrol, catalogue, devices, backup */
  TAI_RIGHT_RECALL = 1 << 12,       /* a visit that another clerk parked */
  TAI_RIGHT_REPORT_REGION = 1 << 13 /* HQ's report of every hall of the region; nobody has it by his role */
} TaiRight;

typedef struct {
  char *number; /* staff number, "1042" */
  char *name;
  TaiRole role;
  TaiRight rights;  /* data from HQ; tai_role_default_rights() where HQ says nothing */
  char *pin_record; /* argon2id text of the TaiPinHasher */
  char *
      code_record; /* (nullable) of a code device (tai-totp.h): who has one proves himself with PIN and code */
  gint64 code_step; /* the last step whose code was taken; 0: none yet */
  gboolean disabled;
} TaiStaff;

TaiStaff *tai_staff_new (const char *number, const char *name, TaiRole role, const char *pin_record);
void tai_staff_free (TaiStaff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TaiStaff, tai_staff_free)
TaiRight tai_role_default_rights (TaiRole role);
/* For whoever shows the person: his records are nobody's but the desk's. */
void tai_staff_forget_secrets (TaiStaff *self);
gboolean tai_staff_check_right (const TaiStaff *self, TaiRight right, GError **error);

/* Growing lock-out: how long after @failures wrong PINs in a row (0 for the first two; then 30 s, 60 s, 5 min, 15 min, …,
 * at most 1 h). Kept in the store, so that a restart does not forgive. */
gint64 tai_lockout_wait_us (guint failures);

G_END_DECLS
