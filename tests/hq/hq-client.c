/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hq-client.h"

#include <glib/gstdio.h>
#include <gnutls/abstract.h>
#include <gnutls/x509.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

HqProcess *
hq_process_new (const char *program)
{
  g_autoptr (GError) error = NULL;
  HqProcess *self = g_new0 (HqProcess, 1);
  self->program = g_strdup (program);
  self->folder = g_dir_make_tmp ("test-hq-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (hq_process_run (self, NULL, "init", self->folder, NULL), ==, 0);
  return self;
}

/* Waits for the line "ready URL": the server says it when it can be asked. */
static void
read_ready (HqProcess *self, int fd)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char sign;
  while (read (fd, &sign, 1) == 1 && sign != '\n')
    g_string_append_c (line, sign);
  g_assert_true (g_str_has_prefix (line->str, "ready https://127.0.0.1:"));
  g_free (self->url);
  self->url = g_strdup (line->str + strlen ("ready "));
}

/* A test that fails leaves no server behind. */
static void
die_with_parent_cb (gpointer nothing)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
hq_process_start (HqProcess *self)
{
  char *none[] = {NULL};
  hq_process_start_with (self, none);
}

void
hq_process_start_with (HqProcess *self, char **options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  int out = -1;
  g_ptr_array_add (argv, self->program);
  g_ptr_array_add (argv, "serve");
  g_ptr_array_add (argv, self->folder);
  for (guint i = 0; options[i] != NULL; i++)
    g_ptr_array_add (argv, options[i]);
  g_ptr_array_add (argv, NULL);
  g_spawn_async_with_pipes (NULL, (char **)argv->pdata, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_with_parent_cb,
                            NULL, &self->pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  read_ready (self, out);
  close (out);
}

int
hq_process_stop (HqProcess *self, int signal)
{
  int status = 0;
  kill (self->pid, signal);
  g_assert_cmpint (waitpid (self->pid, &status, 0), ==, self->pid);
  self->pid = 0;
  return status;
}

static void
remove_folder (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_remove (path);
  }
  g_dir_close (dir);
  g_rmdir (folder);
}

void
hq_process_free (HqProcess *self)
{
  if (self->pid != 0)
    hq_process_stop (self, SIGKILL);
  remove_folder (self->folder);
  g_free (self->program);
  g_free (self->folder);
  g_free (self->url);
  g_free (self);
}

int
hq_process_run (HqProcess *self, char **out, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  int status = 0;
  va_list args;
  g_ptr_array_add (argv, self->program);
  va_start (args, out);
  for (char *each; (each = va_arg (args, char *)) != NULL;)
    g_ptr_array_add (argv, each);
  va_end (args);
  g_ptr_array_add (argv, NULL);
  g_setenv ("GUITAI_HQ_DIR", self->folder, TRUE);
  g_autofree char *errors = NULL;
  g_autofree char *text = NULL;
  g_spawn_sync (NULL, (char **)argv->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, &errors, &status,
                &error);
  g_assert_no_error (error);
  if (out != NULL)
    *out = g_steal_pointer (&text);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

char *
hq_process_path (HqProcess *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* ---- keys ---- */

static void
write_pem (HqProcess *self, const char *name, const char *ending, gnutls_datum_t *pem)
{
  g_autofree char *file = g_strconcat (name, ending, NULL);
  g_autofree char *path = hq_process_path (self, file);
  g_assert_true (g_file_set_contents (path, (char *)pem->data, (gssize)pem->size, NULL));
  gnutls_free (pem->data);
}

static gnutls_x509_privkey_t
make_key (HqProcess *self, const char *name)
{
  gnutls_x509_privkey_t key;
  gnutls_datum_t pem;
  gnutls_x509_privkey_init (&key);
  g_assert_cmpint (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA,
                                                 GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                   ==, 0);
  gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (self, name, ".key", &pem);
  return key;
}

void
hq_make_request (HqProcess *self, const char *name, const char *common_name)
{
  gnutls_x509_privkey_t key = make_key (self, name);
  gnutls_x509_crq_t request;
  gnutls_datum_t pem;
  gnutls_x509_crq_init (&request);
  gnutls_x509_crq_set_version (request, 1);
  gnutls_x509_crq_set_dn_by_oid (request, GNUTLS_OID_X520_COMMON_NAME, 0, common_name,
                                 (unsigned)strlen (common_name));
  gnutls_x509_crq_set_key (request, key);
  g_assert_cmpint (gnutls_x509_crq_sign2 (request, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  gnutls_x509_crq_export2 (request, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (self, name, ".csr", &pem);
  gnutls_x509_crq_deinit (request);
  gnutls_x509_privkey_deinit (key);
}

void
hq_make_self_signed (HqProcess *self, const char *name, const char *common_name)
{
  gnutls_x509_privkey_t key = make_key (self, name);
  gnutls_x509_crt_t certificate;
  gnutls_datum_t pem;
  gnutls_x509_crt_init (&certificate);
  gnutls_x509_crt_set_version (certificate, 3);
  gnutls_x509_crt_set_serial (certificate, "\x01", 1);
  gnutls_x509_crt_set_activation_time (certificate, time (NULL) - 60);
  gnutls_x509_crt_set_expiration_time (certificate, time (NULL) + 3600);
  gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, common_name,
                                 (unsigned)strlen (common_name));
  gnutls_x509_crt_set_key (certificate, key);
  g_assert_cmpint (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0), ==, 0);
  gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &pem);
  write_pem (self, name, ".crt", &pem);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);
}

/* ---- asking ---- */

void
hq_answer_free (HqAnswer *self)
{
  g_string_free (self->body, TRUE);
  g_free (self->headers);
  tai_json_free (self->json);
  g_free (self);
}

static size_t
append_cb (char *data, size_t size, size_t n, void *string)
{
  g_string_append_len (string, data, (gssize)(size * n));
  return size * n;
}

CURL *
hq_curl_new (HqProcess *self, const char *identity, const char *ca)
{
  CURL *curl = curl_easy_init ();
  g_autofree char *ca_path = hq_process_path (self, ca != NULL ? ca : "ca.crt");
  curl_easy_setopt (curl, CURLOPT_CAINFO, ca_path);
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT_MS, 30000L);
  if (identity != NULL) {
    g_autofree char *key = g_strconcat (self->folder, "/", identity, ".key", NULL);
    g_autofree char *certificate = g_strconcat (self->folder, "/", identity, ".crt", NULL);
    curl_easy_setopt (curl, CURLOPT_SSLKEY, key);
    curl_easy_setopt (curl, CURLOPT_SSLCERT, certificate);
  }
  return curl;
}

HqAnswer *
hq_ask (HqProcess *self, const HqAsk *ask)
{
  HqAnswer *answer = g_new0 (HqAnswer, 1);
  CURL *curl = hq_curl_new (self, ask->identity, ask->ca);
  g_autofree char *url = g_strconcat (self->url, ask->path, NULL);
  g_autofree char *type = g_strconcat (
      "Content-Type: ", ask->content_type != NULL ? ask->content_type : "application/json", NULL);
  struct curl_slist *list = curl_slist_append (NULL, type);
  g_autoptr (GString) headers = g_string_new (NULL);
  answer->body = g_string_new (NULL);
  for (guint i = 0; ask->headers != NULL && ask->headers[i] != NULL; i++)
    list = curl_slist_append (list, ask->headers[i]);
  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, ask->method);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, append_cb);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, answer->body);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, append_cb);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, headers);
  if (strcmp (ask->method, "HEAD") == 0)
    curl_easy_setopt (curl, CURLOPT_NOBODY, 1L);
  if (ask->body != NULL) {
    curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE_LARGE,
                      (curl_off_t)(ask->body_size != 0 ? ask->body_size : (gint64)strlen (ask->body)));
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, ask->body);
  }
  answer->result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &answer->status);
  answer->headers = g_strdup (headers->str);
  answer->json = tai_json_parse (answer->body->str, (gssize)answer->body->len, NULL, NULL);
  curl_slist_free_all (list);
  curl_easy_cleanup (curl);
  return answer;
}

/* ---- enrolment ---- */

static char *
make_code (HqProcess *self, const char *terminal, const char *hall, const char *klass)
{
  char *code = NULL;
  g_assert_cmpint (
      hq_process_run (self, &code, "code", "--terminal", terminal, "--hall", hall, "--class", klass, NULL),
      ==, 0);
  return g_strchomp (code);
}

char *
hq_make_code (HqProcess *self, const char *terminal, const char *hall)
{
  return make_code (self, terminal, hall, "demo");
}

HqAnswer *
hq_ask_enrol (HqProcess *self, const char *code, const char *request_name)
{
  g_autofree char *file = g_strconcat (request_name, ".csr", NULL);
  g_autofree char *path = hq_process_path (self, file);
  g_autofree char *csr = NULL;
  g_assert_true (g_file_get_contents (path, &csr, NULL, NULL));
  g_autoptr (TaiJson) json = tai_json_new_object ();
  tai_json_set (json, "code", tai_json_new_string (code));
  tai_json_set (json, "csr", tai_json_new_string (csr));
  g_autofree char *body = tai_json_to_text (json);
  HqAsk ask = {.method = "POST", .path = "/guitai/v1/enrol", .body = body};
  return hq_ask (self, &ask);
}

void
hq_enrol (HqProcess *self, const char *terminal, const char *hall)
{
  hq_enrol_as (self, terminal, hall, "demo");
}

void
hq_enrol_as (HqProcess *self, const char *terminal, const char *hall, const char *klass)
{
  g_autofree char *code = make_code (self, terminal, hall, klass);
  hq_make_request (self, terminal, terminal);
  g_autoptr (HqAnswer) answer = hq_ask_enrol (self, code, terminal);
  g_assert_cmpint (answer->status, ==, 201);
  g_autofree char *file = g_strconcat (terminal, ".crt", NULL);
  g_autofree char *path = hq_process_path (self, file);
  g_assert_true (
      g_file_set_contents (path, tai_json_require_string (answer->json, "certificate", NULL), -1, NULL));
}
