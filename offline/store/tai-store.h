/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-store-port.h"

G_BEGIN_DECLS

/**
 * TaiStore: the terminal's memory in one SQLite file; implements TaiVisitStore, TaiOutbox and TaiPrintQueue.
 *
 * WAL with synchronous=FULL: what commit() has said yes to survives a power cut. One process owns the file and one
 * connection writes and checkpoints it (I10); readers of other processes take tai_store_open_readonly(). Every call blocks on
 * the disk and belongs on one worker. No clock: times come in facts and arguments.
 *
 * Errors: TAI_OFFLINE_ERROR for the world; TAI_CORE_ERROR for what the stored state refuses. After an error nothing of the
 * change is there.
 */
#define TAI_TYPE_STORE (tai_store_get_type ())
G_DECLARE_FINAL_TYPE (TaiStore, tai_store, TAI, STORE, GObject)

/**
 * tai_store_open:
 * @path: the file, made if it is not there; or an SQLite URI ("file:/t1?vfs=memdb"), which has no owner's lock and no copies
 * @terminal: whose it is; id and currency are written into a new one
 *
 * Checks header, schema and the journal since its last checkpoint, and brings an older schema up to date (a copy goes to
 * backup/ first). OWNED: another store has it open for writing; NEWER_DATABASE, MIGRATION, CORRUPT: not touched;
 * OTHER_TERMINAL.
 */
TaiStore *tai_store_open (const char *path, const TaiTerminal *terminal, GError **error);

/* A second look at the same file, from this or another process: reading calls only (READ_ONLY otherwise), never
 * checkpoints. Each call sees the last commit. */
TaiStore *tai_store_open_readonly (const char *path, GError **error);

/**
 * Moves the log into the file. Call when idle; a commit does it by itself only when the log passes 64 MiB.
 * @TAI_CHECKPOINT_PASSIVE: as far as readers let it, waits for nobody
 * @TAI_CHECKPOINT_TRUNCATE: all of it, waiting for readers, and the log becomes empty (at close of the day)
 */
typedef enum { TAI_CHECKPOINT_PASSIVE, TAI_CHECKPOINT_TRUNCATE } TaiCheckpointMode;
gboolean tai_store_checkpoint (TaiStore *self, TaiCheckpointMode mode, GError **error);
/* Bytes of log that are not in the file yet. */
gint64 tai_store_get_log_bytes (TaiStore *self);

/* A copy of the whole store as it is now, for a backup medium. @path must not exist. */
gboolean tai_store_backup (TaiStore *self, const char *path, GError **error);

/**
 * After a restore from a copy (I8): the next epoch letter, and "restored" as the first journal entry of it, @detail naming
 * HQ's head. Receipt numbers and sequences of the old epoch cannot come again: @hq_top is the highest sequence that HQ has of
 * this terminal (0: none), and the next message has one above it, also where the copy is older than what HQ has.
 */
gboolean tai_store_advance_epoch (TaiStore *self, gint64 hq_top, const char *detail, gint64 time_us,
                                  GError **error);

/* What is not on paper yet, without documents, oldest first. (transfer full) (element-type TaiPrintEntry) */
GPtrArray *tai_store_list_open_prints (TaiStore *self, guint limit, GError **error);

/* Where the series stand. */
gboolean tai_store_get_heads (TaiStore *self, TaiHeads *heads, GError **error);

/* HQ said that the catalogue here is still its own: its age counts from then. */
gboolean tai_store_confirm_catalogue (TaiStore *self, gint64 now_us, GError **error);
/* HQ's catalogue as it came, swapped whole. */
gboolean tai_store_set_catalogue (TaiStore *self, const char *etag, GBytes *body, gint64 loaded_us,
                                  GError **error);
/* (transfer full); NULL without error: none yet. */
GBytes *tai_store_get_catalogue (TaiStore *self, char **etag, gint64 *loaded_us, GError **error);

/* Held numbers and SIMs whose hold has ended go back to the stock. How many, -1 on error. */
gint64 tai_store_release_holds (TaiStore *self, gint64 now_us, GError **error);
/* After a restart: what visits that were not placed had chosen. They lived in a memory that is gone. */
gint64 tai_store_release_lost_holds (TaiStore *self, GError **error);

/* Journal ------------------------------------------------------------------------------------------------------------ */

/* The record (canonical bytes) of an entry and the chain's digest after it; NULL without error: not there. */
GBytes *tai_store_get_journal (TaiStore *self, gint64 seq, TaiDigest *chain, GError **error);
/* Head of the chain; seq 0 and zeros at the very beginning. */
gboolean tai_store_get_journal_head (TaiStore *self, gint64 *seq, TaiDigest *chain, GError **error);
/* A signature over the head at @seq, which a checkpoint (each till close writes one) or the journal has. */
gboolean tai_store_sign_journal (TaiStore *self, gint64 seq, const char *key_id, GBytes *signature,
                                 gint64 time_us, GError **error);

/**
 * TaiStoreVerification: what a check found.
 * @problem: (owned) (nullable) the first thing that is wrong: "journal 17: chain", "posting set 4: 1 off", …
 */
typedef struct {
  gint64 n_journal, n_posting_sets, n_orders, n_messages;
  gint64 first_seq; /* journal entry at which the check began */
  char *problem;
} TaiStoreVerification;
void tai_store_verification_clear (TaiStoreVerification *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TaiStoreVerification, tai_store_verification_clear)

/**
 * @TAI_VERIFY_RECENT: the chain since the last checkpoint; what every start does
 * @TAI_VERIFY_FACTS: the whole chain, postings, totals, drawer, allocations, digests of messages: all that we wrote
 * @TAI_VERIFY_FULL: that, and what SQLite keeps: the file's pages, references (minutes for a million orders: at night)
 */
typedef enum { TAI_VERIFY_RECENT, TAI_VERIFY_FACTS, TAI_VERIFY_FULL } TaiVerifyDepth;
/* TRUE: all is well. FALSE: TAI_OFFLINE_ERROR_CORRUPT with @report->problem, or the check itself failed. */
gboolean tai_store_verify (TaiStore *self, TaiVerifyDepth depth, TaiStoreVerification *report,
                           GError **error);

/* Tests ---------------------------------------------------------------------------------------------------------------- */

/**
 * For the simulator: called before and after every statement and commit with its name. TRUE makes the step fail as a disk
 * error; after "commit" it plays a power cut: the change is durable, this object says CLOSED from then on.
 */
typedef gboolean (*TaiStoreFaultFunc) (const char *step, gboolean after, gpointer data);
void tai_store_set_fault_hook (TaiStore *self, TaiStoreFaultFunc func, gpointer data);

G_END_DECLS
