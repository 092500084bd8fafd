/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tai-headquarters.h"
#include "tai-ports.h"

G_BEGIN_DECLS

/**
 * TaiCurl: the line to headquarters over HTTPS (libcurl): HTTP/1.1, kept connections, TLS 1.2 or newer against one pinned CA,
 * the terminal's certificate, no redirects. Implements TaiHeadquarters; never blocks.
 *
 * What a reply proves: TAI_LINE_NOT_REACHED when not one byte of the request was given to the connection (no name, no route, a
 * handshake that failed), TAI_LINE_LOST for every other failure.
 *
 * Signal "unanswered": a request, whoever sent it, has ended so; after its own answer was given.
 *
 * Thread: one; the main context that is the thread's default when it is made drives it and calls back.
 */
#define TAI_TYPE_CURL (tai_curl_get_type ())
G_DECLARE_FINAL_TYPE (TaiCurl, tai_curl, TAI, CURL, GObject)

/* The CA's own certificate, the one thing that may be fetched before the line is proved (docs/protocol.md). */
#define TAI_PATH_CA "/guitai/v1/ca"

/**
 * TaiCurlSettings: borrowed for the call.
 * @base_url: "https://hq.example:8443", without a path; http only to this very machine, and only with @may_be_plain
 * @ca_file: PEM of the one CA that is believed; the system's are not
 * @ca_pem: (nullable) the same in memory, instead of @ca_file
 * @cert_file, @key_file: (nullable) the terminal's, PEM; without them HQ answers 403
 * @proxy: (nullable) only this; the environment's is not looked at
 * @max_connections: 0 = 8
 *
 * Without a CA nothing is proved: then only GET TAI_PATH_CA leaves, anything else is our bug.
 */
typedef struct {
  const char *base_url;
  const char *ca_file;
  GBytes *ca_pem;
  const char *cert_file, *key_file;
  const char *proxy;
  guint max_connections;
  gboolean may_be_plain; /* http:// to loopback: a helper on this machine does the TLS */
  TaiClock *clock;       /* ref'd */
} TaiCurlSettings;

/* Errors: TAI_OFFLINE_ERROR_FAILED: the URL is not https. Files are read when a connection is made. */
TaiCurl *tai_curl_new (const TaiCurlSettings *settings, GError **error);

G_END_DECLS
