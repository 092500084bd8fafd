/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * WeChat Pay v3 and Alipay RSA2: signatures against the vector, and the real gateways before a server on loopback that refuses
 * what the merchant has not signed, and answers signed, unsigned or forged.
 */
#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <string.h>

#include "tai-hq-gateway-real.h"
#include "tai-hq-gateway-sign.h"
#include "tai-json.h"
#include "tai-test-data.h"
#include "tai-test-server.h"

#define ID     "01940000-0000-7000-8000-000000000001"
#define NUMBER "01940000000070008000000000000001"
#define CODE   "130000000000000001"
/* A refund of it, of 70.50 out of 170.00. */
#define REFUND        "01940000-0000-7000-8000-0000000000a1"
#define REFUND_NUMBER "019400000000700080000000000000a1"

typedef enum { SIGNED, UNSIGNED, FORGED, SILENT, OTHER } Manner; /* other: signed, and of another refund */

/* What an answer is about: what was asked, or something else that the provider signed just as well. */
typedef struct {
  const char *number, *fen, *yuan, *signed_at;
} About;
static const About ours = {NUMBER, "17000", "170.00", "1795309200"};

typedef struct {
  char *folder;
  TaiTestCerts *certs;
  TaiTestServer *server;
  HqSigner *platform;   /* the provider's own half */
  HqVerifier *merchant; /* what it has of the merchant */
  HqGateway *gateway;
  Manner manner;
  About about;
  const char *state; /* of the one payment; NULL: not there */
  const char *on_pay;
  guint n_pay, n_closed, n_refunded;
  const char *refund;    /* state of the one refund; NULL: not there */
  const char *on_refund; /* what becomes of it when it is asked for; NULL: @refusal is the answer */
  const char *refusal;
  guint n_asked;
  gboolean loses_refund; /* it goes, and the answer to the request does not come */
  gboolean saw_code;
} Fixture;

/* Files NAME.pem (0600) and NAME.pub. */
static void
make_key (const char *folder, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.pem", folder, name);
  g_autofree char *public_path = g_strdup_printf ("%s/%s.pub", folder, name);
  gnutls_x509_privkey_t key;
  gnutls_privkey_t abstract;
  gnutls_pubkey_t pub;
  gnutls_datum_t pem;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, GNUTLS_PK_RSA, 2048, 0), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  g_assert_true (
      g_file_set_contents_full (path, (char *)pem.data, pem.size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  gnutls_free (pem.data);
  g_assert_cmpint (gnutls_privkey_init (&abstract), ==, 0);
  g_assert_cmpint (gnutls_privkey_import_x509 (abstract, key, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_init (&pub), ==, 0);
  g_assert_cmpint (gnutls_pubkey_import_privkey (pub, abstract, 0, 0), ==, 0);
  g_assert_cmpint (gnutls_pubkey_export2 (pub, GNUTLS_X509_FMT_PEM, &pem), ==, 0);
  g_assert_true (g_file_set_contents (public_path, (char *)pem.data, pem.size, NULL));
  gnutls_free (pem.data);
  gnutls_pubkey_deinit (pub);
  gnutls_privkey_deinit (abstract);
  gnutls_x509_privkey_deinit (key);
}

static void
copy_file (const char *folder, const char *from, const char *to, int mode)
{
  g_autofree char *source = g_build_filename (folder, from, NULL),
                  *target = g_build_filename (folder, to, NULL), *text = NULL;

  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  g_assert_true (g_file_set_contents_full (target, text, -1, G_FILE_SET_CONTENTS_NONE, mode, NULL));
}

/* The provider ---------------------------------------------------------------------------------------------------------- */

static char *
between (const char *text, const char *before, const char *after)
{
  const char *start = text != NULL ? strstr (text, before) : NULL, *end;

  if (start == NULL)
    return NULL;
  start += strlen (before);
  end = strstr (start, after);
  return end != NULL ? g_strndup (start, (gsize)(end - start)) : NULL;
}

static gboolean
is_signed_by_merchant (Fixture *f, const TaiTestRequest *request)
{
  const char *header = g_hash_table_lookup (request->headers, "authorization");
  g_autofree char *timestamp = between (header, "timestamp=\"", "\""),
                  *nonce = between (header, "nonce_str=\"", "\"");
  g_autofree char *signature = between (header, "signature=\"", "\""),
                  *serial = between (header, "serial_no=\"", "\"");
  g_autofree char *text = NULL;

  if (header == NULL || timestamp == NULL || nonce == NULL || g_strcmp0 (serial, "5157F09EFDC096DE") != 0)
    return FALSE;
  text = hq_sign_wechat_request (request->method, request->path, timestamp, nonce, request->body->str);
  return hq_verifier_check (f->merchant, text, signature);
}

static void
answer_wechat (Fixture *f, TaiTestAnswer *answer, int status, const char *body)
{
  static char nonce[] = "EXAMPLENONCE";
  static char *signature;
  const char *timestamp = f->about.signed_at;
  g_autofree char *text = hq_sign_wechat_answer (timestamp, nonce, f->manner == FORGED ? "forged" : body);

  answer->status = f->manner == SILENT ? 0 : status;
  answer->body = g_strdup (body);
  if (f->manner == UNSIGNED)
    return;
  g_free (signature);
  signature = hq_signer_sign (f->platform, text, NULL);
  tai_test_answer_add_header (answer, "Wechatpay-Timestamp", timestamp);
  tai_test_answer_add_header (answer, "Wechatpay-Nonce", nonce);
  tai_test_answer_add_header (answer, "Wechatpay-Signature", signature);
}

static char *
wechat_state (Fixture *f)
{
  return g_strdup_printf (
      "{\"out_trade_no\":\"%s\",\"trade_state\":\"%s\",\"transaction_id\":\"4200000001\",\"amount\":{\"total\":%s}}",
      f->about.number, f->state, f->about.fen);
}

static void
wechat_pay (Fixture *f, const TaiTestRequest *request, TaiTestAnswer *answer)
{
  g_autofree char *body = NULL;

  f->n_pay++;
  f->saw_code = strstr (request->body->str, "\"auth_code\":\"" CODE "\"") != NULL;
  g_assert_nonnull (strstr (request->body->str, "\"out_trade_no\":\"" NUMBER "\""));
  g_assert_nonnull (strstr (request->body->str, "\"amount\":{\"total\":17000,\"currency\":\"CNY\"}"));
  f->state = f->on_pay;
  if (g_str_has_suffix (request->path, "/native"))
    answer_wechat (f, answer, 200, "{\"code_url\":\"weixin://wxpay/bizpayurl?pr=REAL\"}");
  else if (strcmp (f->on_pay, "NOTENOUGH") == 0)
    answer_wechat (f, answer, 403, "{\"code\":\"NOTENOUGH\",\"message\":\"no money\"}");
  else {
    body = wechat_state (f);
    answer_wechat (f, answer, 200, body);
  }
}

/* As their pages have them: 200 with the refund, or a code; the same number again is the same refund. */
static void
wechat_refund (Fixture *f, const TaiTestRequest *request, TaiTestAnswer *answer)
{
  g_autofree char *body = NULL;
  gboolean asks = strcmp (request->method, "POST") == 0;

  if (asks) {
    f->n_asked++;
    g_assert_nonnull (strstr (request->body->str, "\"out_trade_no\":\"" NUMBER "\""));
    g_assert_nonnull (
        strstr (request->body->str, "\"amount\":{\"refund\":7050,\"total\":17000,\"currency\":\"CNY\"}"));
    if (f->refund == NULL)
      f->refund = f->on_refund;
  } else
    g_assert_true (g_str_has_suffix (request->path, "/v3/refund/domestic/refunds/" REFUND_NUMBER));
  if (asks && f->loses_refund) {
    answer->status = 0;
    return;
  }
  if (f->refund == NULL) {
    body = g_strdup_printf ("{\"code\":\"%s\"}", asks ? f->refusal : "RESOURCE_NOT_EXISTS");
    answer_wechat (f, answer, asks ? 403 : 404, body);
    return;
  }
  body = g_strdup_printf ("{\"refund_id\":\"5030\",\"out_refund_no\":\"%s\",\"status\":\"%s\"}",
                          f->manner == OTHER ? NUMBER : REFUND_NUMBER, f->refund);
  answer_wechat (f, answer, 200, body);
}

static void
wechat_cb (const TaiTestRequest *request, TaiTestAnswer *answer, gpointer data)
{
  Fixture *f = data;
  g_autofree char *body = wechat_state (f);

  if (!is_signed_by_merchant (f, request)) {
    answer->status = 401;
    answer->body = g_strdup ("{\"code\":\"SIGN_ERROR\"}");
  } else if (strstr (request->path, "/codepay") || strstr (request->path, "/native"))
    wechat_pay (f, request, answer);
  else if (strstr (request->path, "/reverse")) {
    f->n_closed++;
    f->state = "REVOKED";
    answer_wechat (f, answer, 200, "{}");
  } else if (strstr (request->path, "/close") && g_strcmp0 (f->state, "SUCCESS") == 0)
    answer_wechat (f, answer, 400, "{\"code\":\"ORDERPAID\"}");
  else if (strstr (request->path, "/close")) {
    f->n_closed++;
    f->state = "CLOSED";
    answer_wechat (f, answer, 204, "");
  } else if (strstr (request->path, REFUND_NUMBER) || strstr (request->body->str, REFUND_NUMBER))
    wechat_refund (f, request, answer);
  else if (strstr (request->path, "/refunds")) {
    f->n_refunded++;
    f->state = "REFUND";
    answer_wechat (f, answer, 200, "{\"status\":\"PROCESSING\"}");
  } else if (f->state == NULL)
    answer_wechat (f, answer, 404, "{\"code\":\"ORDER_NOT_EXIST\"}");
  else
    answer_wechat (f, answer, 200, body);
}

/* Alipay's: the form's parameters, unescaped and sorted, are what is signed. */
static gboolean
is_signed_form (Fixture *f, const char *form, char **content, char **method)
{
  g_auto (GStrv) pairs = g_strsplit (form, "&", -1);
  g_autoptr (GPtrArray) parameters = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *signature = NULL, *text = NULL;

  for (guint i = 0; pairs[i] != NULL; i++) {
    char *equals = strchr (pairs[i], '=');
    g_autofree char *value = NULL;
    g_assert_nonnull (equals);
    *equals = '\0';
    value = g_uri_unescape_string (equals + 1, NULL);
    if (strcmp (pairs[i], "sign") == 0)
      signature = g_steal_pointer (&value);
    else {
      if (strcmp (pairs[i], "biz_content") == 0)
        *content = g_strdup (value);
      if (strcmp (pairs[i], "method") == 0)
        *method = g_strdup (value);
      g_ptr_array_add (parameters, g_strdup (pairs[i]));
      g_ptr_array_add (parameters, g_steal_pointer (&value));
    }
  }
  g_ptr_array_add (parameters, NULL);
  text = hq_sign_alipay_text ((const char *const *)parameters->pdata);
  return hq_verifier_check (f->merchant, text, signature);
}

static char *
alipay_refund (Fixture *f, const char *method, const char *content)
{
  gboolean asks = strcmp (method, "alipay.trade.refund") == 0;
  gboolean is_new = f->refund == NULL;

  g_assert_nonnull (strstr (content, "\"out_trade_no\":\"" NUMBER "\""));
  g_assert_nonnull (strstr (content, "\"out_request_no\":\"" REFUND_NUMBER "\""));
  if (!asks)
    return f->refund == NULL
               ? g_strdup ("{\"code\":\"10000\",\"msg\":\"Success\"}")
               : g_strdup_printf ("{\"code\":\"10000\",\"trade_no\":\"2026\",\"out_request_no\":\"%s\","
                                  "\"refund_amount\":\"70.50\",\"refund_status\":\"%s\"}",
                                  f->manner == OTHER ? NUMBER : REFUND_NUMBER, f->refund);
  f->n_asked++;
  g_assert_nonnull (strstr (content, "\"refund_amount\":\"70.50\""));
  if (is_new)
    f->refund = f->on_refund;
  return f->refund == NULL
             ? g_strdup_printf ("{\"code\":\"40004\",\"sub_code\":\"%s\"}", f->refusal)
             : g_strdup_printf (
                   "{\"code\":\"10000\",\"trade_no\":\"2026\",\"fund_change\":\"%s\",\"refund_fee\":\"70.50\"}",
                   is_new ? "Y" : "N");
}

static char *
alipay_response (Fixture *f, const char *method, const char *content)
{
  if (strstr (method, ".refund") != NULL)
    return alipay_refund (f, method, content);
  if (strcmp (method, "alipay.trade.pay") == 0) {
    f->n_pay++;
    f->saw_code = strstr (content, "\"auth_code\":\"" CODE "\"") != NULL;
    g_assert_nonnull (strstr (content, "\"total_amount\":\"170.00\""));
    f->state = f->on_pay;
    if (strcmp (f->on_pay, "TRADE_SUCCESS") == 0)
      return g_strdup_printf (
          "{\"code\":\"10000\",\"msg\":\"Success\",\"trade_no\":\"2026\",\"out_trade_no\":\"%s\",\"total_amount\":\"%s\"}",
          f->about.number, f->about.yuan);
    return strcmp (f->on_pay, "WAIT_BUYER_PAY") == 0
               ? g_strdup ("{\"code\":\"10003\"}")
               : g_strdup ("{\"code\":\"40004\",\"sub_code\":\"ACQ.BUYER_BALANCE_NOT_ENOUGH\"}");
  }
  if (strcmp (method, "alipay.trade.precreate") == 0)
    return g_strdup ("{\"code\":\"10000\",\"out_trade_no\":\"" NUMBER
                     "\",\"qr_code\":\"https://qr.alipay.com/bavh4wjlxf12tper3a\"}");
  if (strcmp (method, "alipay.trade.cancel") == 0) {
    f->n_closed++;
    f->state = f->state ? "TRADE_CLOSED" : NULL;
    return g_strdup_printf (
        "{\"code\":\"10000\",\"out_trade_no\":\"%s\",\"retry_flag\":\"N\",\"action\":\"close\"}",
        f->about.number);
  }
  return f->state == NULL
             ? g_strdup ("{\"code\":\"40004\",\"sub_code\":\"ACQ.TRADE_NOT_EXIST\"}")
             : g_strdup_printf (
                   "{\"code\":\"10000\",\"trade_status\":\"%s\",\"trade_no\":\"2026\",\"out_trade_no\":\"%s\",\"total_amount\":\"%s\"}",
                   f->state, f->about.number, f->about.yuan);
}

static void
alipay_cb (const TaiTestRequest *request, TaiTestAnswer *answer, gpointer data)
{
  Fixture *f = data;
  g_autofree char *content = NULL, *method = NULL, *response = NULL, *signature = NULL;

  if (!is_signed_form (f, request->body->str, &content, &method)) {
    answer->status = 200;
    answer->body = g_strdup ("{\"error_response\":{\"code\":\"40002\"}}");
    return;
  }
  response = alipay_response (f, method, content);
  signature = hq_signer_sign (f->platform, f->manner == FORGED ? "forged" : response, NULL);
  answer->status =
      f->manner == SILENT || (f->loses_refund && strcmp (method, "alipay.trade.refund") == 0) ? 0 : 200;
  g_strdelimit (method, ".", '_');
  answer->body = f->manner == UNSIGNED
                     ? g_strdup_printf ("{\"%s_response\":%s}", method, response)
                     : g_strdup_printf ("{\"%s_response\":%s,\"sign\":\"%s\"}", method, response, signature);
}

/* The fixture ----------------------------------------------------------------------------------------------------------- */

static void
write_merchant (Fixture *f, gboolean wechat)
{
  g_autofree char *path = g_build_filename (f->folder, "merchant.json", NULL),
                  *url = tai_test_server_get_url (f->server);
  g_autofree char *text =
      wechat ? g_strdup_printf ("{\"url\":\"%s\",\"appid\":\"wx1\",\"mchid\":\"1900000001\",\"serial\":"
                                "\"5157F09EFDC096DE\",\"ca\":\"%s\"}",
                                url, f->certs->ca_file)
             : g_strdup_printf ("{\"url\":\"%s/gateway.do\",\"appid\":\"2021\",\"ca\":\"%s\"}", url,
                                f->certs->ca_file);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static Fixture *
fixture_new (gboolean wechat)
{
  Fixture *f = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *platform = NULL, *merchant = NULL;

  f->folder = g_dir_make_tmp ("hq-merchant-XXXXXX", NULL);
  make_key (f->folder, "key");
  make_key (f->folder, "provider");
  copy_file (f->folder, "provider.pub", "platform.pem", 0644);
  platform = g_build_filename (f->folder, "provider.pem", NULL);
  merchant = g_build_filename (f->folder, "key.pub", NULL);
  f->platform = hq_signer_open (platform, &error);
  g_assert_no_error (error);
  f->merchant = hq_verifier_open (merchant, &error);
  g_assert_no_error (error);
  f->certs = tai_test_certs_new ("127.0.0.1", "nobody");
  f->server = tai_test_server_new (f->certs, wechat ? wechat_cb : alipay_cb, f);
  write_merchant (f, wechat);
  f->gateway = hq_real_open (wechat ? &hq_wechat : &hq_alipay, f->folder, &error);
  g_assert_no_error (error);
  f->about = ours;
  f->on_pay = wechat ? "SUCCESS" : "TRADE_SUCCESS";
  return f;
}

static void
fixture_free (Fixture *f)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", f->folder);

  hq_gateway_free (f->gateway);
  tai_test_server_free (f->server);
  tai_test_certs_free (f->certs);
  hq_signer_free (f->platform);
  hq_verifier_free (f->merchant);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (f->folder);
  g_free (f);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

/* "outcome reason transaction qr" (transfer full) */
static char *
ask (Fixture *f, TaiGatewayVerb verb, gboolean shows, gboolean closing)
{
  g_autoptr (TaiPayCode) code = verb == TAI_GATEWAY_PAY && !shows ? tai_pay_code_new (CODE) : NULL;
  HqContact contact = {.verb = verb,
                       .id = {ID},
                       .amount = tai_money (17000, TAI_CNY),
                       .subject = (char *)"Hall 17",
                       .shows = shows,
                       .closing = closing,
                       .code = code};
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

  hq_gateway_send (f->gateway, &contact, G_GINT64_CONSTANT (1795309200000000), &answer);
  return g_strdup_printf ("%s %s %s %s", tai_gateway_outcome_to_text (answer.outcome),
                          answer.reason ? answer.reason : "-", answer.transaction ? answer.transaction : "-",
                          answer.qr_text ? answer.qr_text : "-");
}

#define ASK(f, verb, shows, closing, expected)                                                               \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *found_ = ask (f, TAI_GATEWAY_##verb, shows, closing);                                   \
    g_assert_cmpstr (found_, ==, expected);                                                                  \
  }                                                                                                          \
  G_STMT_END

/* Signatures ------------------------------------------------------------------------------------------------------------ */

static void
test_vector (void)
{
  g_autoptr (json_object) json = tai_test_data_load_json ("wechat_v3_sign.json");
  g_autoptr (Fixture) f = fixture_new (TRUE);
  g_autofree char *text = hq_sign_wechat_request ("GET", "/v3/certificates", "1554208460",
                                                  "593BEC0C930BF1AFEB40B4A08C8FB242", "");
  g_autofree char *key = g_build_filename (f->folder, "key.pem", NULL), *one = NULL, *two = NULL,
                  *header = NULL, *other = NULL;
  g_autoptr (HqSigner) signer = hq_signer_open (key, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, tai_test_json_string (json, "message"));
  one = hq_signer_sign (signer, text, &error);
  two = hq_signer_sign (signer, text, &error);
  g_assert_cmpstr (one, ==, two); /* PKCS #1 v1.5 */
  g_assert_true (hq_verifier_check (f->merchant, text, one));
  other = g_strconcat (text, " ", NULL);
  g_assert_false (hq_verifier_check (f->merchant, other, one));
  g_assert_false (hq_verifier_check (f->merchant, text, NULL));
  g_assert_false (hq_verifier_check (f->merchant, text, "AAAA"));
  header = hq_sign_wechat_header ("m", "s", "t", "n", "x");
  g_assert_cmpstr (
      header, ==,
      "WECHATPAY2-SHA256-RSA2048 mchid=\"m\",nonce_str=\"n\",signature=\"x\",timestamp=\"t\",serial_no=\"s\"");
}

static void
test_sorted (void)
{
  const char *const parameters[] = {"method", "a.b",         "app_id",         "1", "sign", "x", "charset",
                                    "",       "biz_content", "{\"a\":\"=&\"}", NULL};
  g_autofree char *text = hq_sign_alipay_text (parameters);

  g_assert_cmpstr (text, ==, "app_id=1&biz_content={\"a\":\"=&\"}&method=a.b");
}

/* A key that others can read, or none, is no merchant. */
static void
test_bad_folder (void)
{
  g_autoptr (Fixture) f = fixture_new (TRUE);
  g_autofree char *key = g_build_filename (f->folder, "key.pem", NULL),
                  *json = g_build_filename (f->folder, "merchant.json", NULL);
  g_autoptr (GError) open_key = NULL, no_serial = NULL, no_key = NULL;

  g_assert_cmpint (g_chmod (key, 0644), ==, 0);
  g_assert_null (hq_real_open (&hq_wechat, f->folder, &open_key));
  g_assert_nonnull (strstr (open_key->message, "chmod 600"));
  g_assert_cmpint (g_unlink (key), ==, 0);
  g_assert_null (hq_real_open (&hq_wechat, f->folder, &no_key));
  g_assert_nonnull (no_key);
  g_assert_true (
      g_file_set_contents (json, "{\"url\":\"https://x\",\"appid\":\"1\",\"mchid\":\"2\"}", -1, NULL));
  g_assert_null (hq_real_open (&hq_wechat, f->folder, &no_serial));
  g_assert_nonnull (strstr (no_serial->message, "serial"));
}

/* Providers ------------------------------------------------------------------------------------------------------------- */

static void
test_wechat_code (void)
{
  g_autoptr (Fixture) f = fixture_new (TRUE);

  ASK (f, PAY, FALSE, FALSE, "succeeded SUCCESS 4200000001 -");
  g_assert_true (f->saw_code);
  ASK (f, QUERY, FALSE, FALSE, "succeeded SUCCESS 4200000001 -");
  f->on_pay = "USERPAYING";
  ASK (f, PAY, FALSE, FALSE, "awaiting USERPAYING 4200000001 -");
  ASK (f, CANCEL, FALSE, TRUE, "reversed - - -");
  ASK (f, QUERY, FALSE, TRUE, "reversed REVOKED 4200000001 -");
  f->on_pay = "NOTENOUGH";
  ASK (f, PAY, FALSE, FALSE, "failed NOTENOUGH - -");
}

static void
test_wechat_shown (void)
{
  g_autoptr (Fixture) f = fixture_new (TRUE);

  f->on_pay = "NOTPAY";
  ASK (f, PAY, TRUE, FALSE, "awaiting - - weixin://wxpay/bizpayurl?pr=REAL");
  g_assert_false (f->saw_code);
  ASK (f, QUERY, TRUE, FALSE, "awaiting NOTPAY 4200000001 -");
  ASK (f, CANCEL, TRUE, TRUE, "reversed - - -");
  g_assert_cmpuint (f->n_closed, ==, 1);
  f->state = "SUCCESS"; /* paid in that moment: a close is refused, the money is refunded */
  ASK (f, CANCEL, TRUE, TRUE, "reversed - - -");
  g_assert_cmpuint (f->n_refunded, ==, 1);
  ASK (f, QUERY, TRUE, TRUE, "reversed REFUND 4200000001 -");
}

/* What is not there is closed before it is called never arrived. */
static void
test_not_there (void)
{
  g_autoptr (Fixture) wechat = fixture_new (TRUE), alipay = fixture_new (FALSE);

  ASK (wechat, QUERY, FALSE, FALSE, "failed ORDER_NOT_EXIST - -");
  g_assert_cmpuint (wechat->n_closed, ==, 1);
  ASK (alipay, QUERY, FALSE, FALSE, "failed ACQ.TRADE_NOT_EXIST - -");
  g_assert_cmpuint (alipay->n_closed, ==, 1);
  ASK (alipay, QUERY, TRUE, FALSE, "awaiting ACQ.TRADE_NOT_EXIST - -"); /* not scanned yet */
  ASK (alipay, QUERY, TRUE, TRUE, "failed ACQ.TRADE_NOT_EXIST - -");
}

static void
test_alipay (void)
{
  g_autoptr (Fixture) f = fixture_new (FALSE);

  ASK (f, PAY, FALSE, FALSE, "succeeded 10000 2026 -");
  g_assert_true (f->saw_code);
  ASK (f, QUERY, FALSE, FALSE, "succeeded TRADE_SUCCESS 2026 -");
  ASK (f, CANCEL, FALSE, TRUE, "reversed 10000 - -");
  ASK (f, QUERY, FALSE, TRUE, "reversed TRADE_CLOSED 2026 -");
  f->on_pay = "WAIT_BUYER_PAY";
  ASK (f, PAY, FALSE, FALSE, "awaiting 10003 - -");
  f->on_pay = "poor";
  ASK (f, PAY, FALSE, FALSE, "failed ACQ.BUYER_BALANCE_NOT_ENOUGH - -");
  ASK (f, PAY, TRUE, FALSE, "awaiting 10000 - https://qr.alipay.com/bavh4wjlxf12tper3a");
}

/* An answer that the provider has not signed proves nothing, whatever it says; nor does silence. */
static void
test_forged (void)
{
  for (guint wechat = 0; wechat < 2; wechat++) {
    g_autoptr (Fixture) f = fixture_new (wechat == 1);

    for (Manner manner = UNSIGNED; manner <= SILENT; manner++) {
      f->manner = manner;
      ASK (f, PAY, FALSE, FALSE, "unknown - - -");
      ASK (f, QUERY, FALSE, FALSE, "unknown - - -");
      ASK (f, CANCEL, FALSE, TRUE, "unknown - - -");
    }
    g_clear_pointer (&f->server, tai_test_server_free);
    ASK (f, PAY, FALSE, FALSE, "not_reached - - -");
    f->server = tai_test_server_new (f->certs, wechat_cb, f);
  }
}

/* Signed as it should be, but of another order, of another amount, or of an hour ago: not what was asked, so it proves nothing. */
static void
test_of_another_order (void)
{
  static const About others[] = {{"01940000000070008000000000000002", "17000", "170.00", "1795309200"},
                                 {NUMBER, "100", "1.00", "1795309200"},
                                 {"", "17000", "170.00", "1795309200"}};
  static const char *const times[] = {"1795309501", "1795308899", "", "now", "-1", "99999999999999999999"};

  for (guint wechat = 0; wechat < 2; wechat++) {
    g_autoptr (Fixture) f = fixture_new (wechat == 1);

    for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
      f->about = others[i];
      ASK (f, PAY, FALSE, FALSE, "unknown - - -");
      ASK (f, QUERY, FALSE, FALSE, "unknown - - -");
    }
    f->about = ours;
    ASK (f, QUERY, FALSE, FALSE,
         wechat ? "succeeded SUCCESS 4200000001 -" : "succeeded TRADE_SUCCESS 2026 -");
    for (guint i = 0; wechat && i < G_N_ELEMENTS (times); i++) { /* Alipay's answers have no time */
      f->about.signed_at = times[i];
      ASK (f, QUERY, FALSE, FALSE, "unknown - - -");
      ASK (f, CANCEL, FALSE, TRUE, "unknown - - -");
    }
    f->about.signed_at = "1795309500"; /* its clock is not ours */
    ASK (f, QUERY, FALSE, FALSE, wechat ? "reversed REVOKED 4200000001 -" : "succeeded TRADE_SUCCESS 2026 -");
  }
}

/* Refunds --------------------------------------------------------------------------------------------------------------- */

/* "outcome reason transaction" (transfer full) */
static char *
ask_refund (Fixture *f, TaiGatewayVerb verb)
{
  HqContact contact = {.verb = verb,
                       .id = {REFUND},
                       .original = {ID},
                       .paid = tai_money (17000, TAI_CNY),
                       .amount = tai_money (7050, TAI_CNY)};
  g_auto (TaiGatewayAnswer) answer = {TAI_GATEWAY_UNKNOWN};

  hq_gateway_send (f->gateway, &contact, G_GINT64_CONSTANT (1795309200000000), &answer);
  return g_strdup_printf ("%s %s %s", tai_gateway_outcome_to_text (answer.outcome),
                          answer.reason ? answer.reason : "-", answer.transaction ? answer.transaction : "-");
}

#define ASK_REFUND(f, verb, expected)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    g_autofree char *found_ = ask_refund (f, TAI_GATEWAY_##verb);                                            \
    g_assert_cmpstr (found_, ==, expected);                                                                  \
  }                                                                                                          \
  G_STMT_END

static void
test_wechat_refund (void)
{
  g_autoptr (Fixture) f = fixture_new (TRUE);

  f->on_refund = "PROCESSING";
  ASK_REFUND (f, REFUND, "awaiting PROCESSING 5030");
  ASK_REFUND (f, QUERY, "awaiting PROCESSING 5030");
  f->refund = "SUCCESS";
  ASK_REFUND (f, QUERY, "succeeded SUCCESS 5030");
  ASK_REFUND (f, REFUND, "succeeded SUCCESS 5030"); /* again: the same one */
  f->refund = "CLOSED";
  ASK_REFUND (f, QUERY, "failed CLOSED 5030");
  f->refund = "ABNORMAL"; /* a person decides, at their place and here */
  ASK_REFUND (f, QUERY, "unknown ABNORMAL 5030");
  f->refund = "NEW_WORD";
  ASK_REFUND (f, QUERY, "unknown NEW_WORD 5030");
}

static void
test_alipay_refund (void)
{
  g_autoptr (Fixture) f = fixture_new (FALSE);

  f->on_refund = "REFUND_SUCCESS";
  ASK_REFUND (f, REFUND, "succeeded 10000 2026");
  ASK_REFUND (f, QUERY, "succeeded REFUND_SUCCESS 2026");
  ASK_REFUND (f, REFUND, "succeeded REFUND_SUCCESS 2026"); /* "N": moved nothing this time */
  f->refund = "NEW_WORD";
  ASK_REFUND (f, QUERY, "unknown NEW_WORD -");
}

/* Refused words, and that the refund is looked for before it is believed. */
static void
test_refund_refused (void)
{
  static const struct {
    gboolean wechat;
    const char *refusal, *expected;
  } cases[] = {
      {TRUE, "NOT_ENOUGH", "refused NOT_ENOUGH -"},
      {TRUE, "USER_ACCOUNT_ABNORMAL", "refused USER_ACCOUNT_ABNORMAL -"},
      {TRUE, "INVALID_REQUEST", "refused INVALID_REQUEST -"},
      {TRUE, "RESOURCE_NOT_EXISTS", "refused RESOURCE_NOT_EXISTS -"}, /* no such payment */
      {TRUE, "SYSTEM_ERROR", "unknown SYSTEM_ERROR -"},
      {TRUE, "FREQUENCY_LIMITED", "unknown FREQUENCY_LIMITED -"},
      {TRUE, "NEW_WORD", "unknown NEW_WORD -"},
      {FALSE, "ACQ.SELLER_BALANCE_NOT_ENOUGH", "refused ACQ.SELLER_BALANCE_NOT_ENOUGH -"},
      {FALSE, "ACQ.REASON_TRADE_REFUND_FEE_ERR", "refused ACQ.REASON_TRADE_REFUND_FEE_ERR -"},
      {FALSE, "ACQ.TRADE_NOT_EXIST", "refused ACQ.TRADE_NOT_EXIST -"},
      {FALSE, "ACQ.SYSTEM_ERROR", "unknown ACQ.SYSTEM_ERROR -"},
      {FALSE, "NEW_WORD", "unknown NEW_WORD -"},
  };

  g_autoptr (Fixture) alipay = fixture_new (FALSE), wechat = fixture_new (TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Fixture *f = cases[i].wechat ? wechat : alipay;

    f->refusal = cases[i].refusal;
    f->n_asked = 0;
    g_test_message ("%s", f->refusal);
    ASK_REFUND (f, REFUND, cases[i].expected);
    ASK_REFUND (f, QUERY, cases[i].expected); /* not there: asked for once more */
    g_assert_cmpuint (f->n_asked, ==, 2);
  }
}

/* The answer is lost, or the request: a question finds the one, and asks for the other again. */
static void
test_refund_lost (void)
{
  for (guint wechat = 0; wechat < 2; wechat++) {
    g_autoptr (Fixture) f = fixture_new (wechat == 1);

    f->on_refund = wechat ? "SUCCESS" : "REFUND_SUCCESS";
    f->loses_refund = TRUE;
    ASK_REFUND (f, REFUND, "unknown - -");
    ASK_REFUND (f, QUERY, wechat ? "succeeded SUCCESS 5030" : "succeeded REFUND_SUCCESS 2026");
    g_assert_cmpuint (f->n_asked, ==, 1);
    f->loses_refund = FALSE;
    f->refund = NULL;
    ASK_REFUND (f, QUERY, wechat ? "succeeded SUCCESS 5030" : "succeeded 10000 2026");
    g_assert_cmpuint (f->n_asked, ==, 2);
  }
}

/* Neither what they have not signed nor what they say of another refund proves anything. */
static void
test_refund_forged (void)
{
  for (guint wechat = 0; wechat < 2; wechat++) {
    g_autoptr (Fixture) f = fixture_new (wechat == 1);

    f->refund = wechat ? "SUCCESS" : "REFUND_SUCCESS";
    for (Manner manner = UNSIGNED; manner <= OTHER; manner++) {
      f->manner = manner;
      for (TaiGatewayVerb verb = TAI_GATEWAY_QUERY; verb <= TAI_GATEWAY_REFUND; verb += 2) {
        g_autofree char *found = ask_refund (f, verb);
        g_test_message ("%s, manner %d", wechat ? "wechat" : "alipay", manner);
        g_assert_true (g_str_has_prefix (found, "unknown "));
      }
    }
    f->manner = SIGNED;
    g_clear_pointer (&f->server, tai_test_server_free);
    ASK_REFUND (f, REFUND, "not_reached - -");
    f->server = tai_test_server_new (f->certs, wechat_cb, f);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gateway/vector", test_vector);
  g_test_add_func ("/gateway/sorted", test_sorted);
  g_test_add_func ("/gateway/bad-folder", test_bad_folder);
  g_test_add_func ("/gateway/wechat-code", test_wechat_code);
  g_test_add_func ("/gateway/wechat-shown", test_wechat_shown);
  g_test_add_func ("/gateway/not-there", test_not_there);
  g_test_add_func ("/gateway/alipay", test_alipay);
  g_test_add_func ("/gateway/forged", test_forged);
  g_test_add_func ("/gateway/of-another-order", test_of_another_order);
  g_test_add_func ("/gateway/refund/wechat", test_wechat_refund);
  g_test_add_func ("/gateway/refund/alipay", test_alipay_refund);
  g_test_add_func ("/gateway/refund/refused", test_refund_refused);
  g_test_add_func ("/gateway/refund/lost", test_refund_lost);
  g_test_add_func ("/gateway/refund/forged", test_refund_forged);
  return g_test_run ();
}
