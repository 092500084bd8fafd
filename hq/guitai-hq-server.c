/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The HTTP shell. Threads: libmicrohttpd's own read and write sockets, and what can be read of messages without the store; the
 * writer thread has the store. A job is touched by one of them at a time: libmicrohttpd's until it is in the queue, the writer's
 * until it resumes the connection.
 */
#define G_LOG_DOMAIN "guitai-hq"

#include "guitai-hq-server.h"

#include <arpa/inet.h>
#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

#include "guitai-hq-cashier.h"
#include "tai-headquarters.h"
#include "tai-hq-apply.h"
#include "tai-hq-error.h"
#include "tai-hq-pay.h"
#include "tai-hq-store-sqlite.h"

#define CONNECTIONS_MAX   4000
#define CONNECTION_MEMORY (64 * 1024)
#define TIMEOUT_S         30
#define QUEUE_MAX         4096 /* requests that wait: above it 503 */
#define GROUP_MAX_BYTES   (8 * 1024 * 1024)
#define AHEAD_MAX_BYTES                                                                                      \
  (8 * 1024 * 1024) /* of text that is read before its turn: what it becomes is several times as large */
#define ADVANCE_MAX      200
#define ADVANCE_EVERY_US (100 * 1000) /* while requests keep coming */
#define IDLE_US          (2 * G_USEC_PER_SEC)
#define ASK_MAX          64                   /* payments that headquarters asks about by itself, at a time */
#define ASK_PAUSE_US     (2 * G_USEC_PER_SEC) /* before the next of them */
#define ASK_LOOK_US      (30 * G_USEC_PER_SEC) /* a new one is seen after so long */

struct _HqServer {
  HqFolder *folder;
  struct MHD_Daemon *daemon;
  GThread *writer;
  GAsyncQueue *queue;   /* (element-type Job) */
  gboolean is_stopping; /* under the queue's lock */
  gssize ahead_bytes;   /* atomic: of bodies that are read and wait for the writer */
  HqServerWake wake;    /* (nullable) (thread: writer) */
  gpointer wake_data;
  char *key_pem, *certificate_pem;
  HqMerchants *merchants;
  HqCashier *cashier;
};

typedef enum { JOB_REQUEST, JOB_ANSWER, JOB_COMMAND, JOB_STOP } JobKind;

/* One request, or a command of the administrator. */
typedef struct {
  JobKind kind;
  struct MHD_Connection *connection;
  char *method, *path, *query;
  const char *terminal; /* of the connection */
  GByteArray *body;
  GBytes *bytes;
  HqReading *reading; /* (nullable) of bytes: it is counted */
  gboolean is_too_large, is_done;
  HqResponse response;
  HqServerFunc func;
  gpointer data;
  GMutex *mutex;
  GCond *cond;
  HqContact *contact; /* JOB_ANSWER: what a provider was asked, and said */
  TaiGatewayAnswer answer;
} Job;

/* Who is at the other end: found out once a connection. */
typedef struct {
  gboolean is_checked;
  char *terminal; /* (nullable) */
} Peer;

/* ---- who ---- */

static char *
read_common_name (const gnutls_datum_t *der)
{
  gnutls_x509_crt_t certificate;
  char name[128];
  size_t size = sizeof name;
  if (gnutls_x509_crt_init (&certificate) < 0)
    return NULL;
  int result = gnutls_x509_crt_import (certificate, der, GNUTLS_X509_FMT_DER);
  if (result >= 0)
    result = gnutls_x509_crt_get_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, 0, name, &size);
  gnutls_x509_crt_deinit (certificate);
  return result >= 0 ? g_strndup (name, size) : NULL;
}

/* Without gnutls_certificate_verify_peers2 any self-signed certificate would do: libmicrohttpd does not look at it. */
static char *
verify_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  unsigned status = 0, n = 0;
  if (info == NULL || gnutls_certificate_verify_peers2 (info->tls_session, &status) < 0 || status != 0)
    return NULL;
  const gnutls_datum_t *chain = gnutls_certificate_get_peers (info->tls_session, &n);
  return chain != NULL && n > 0 ? read_common_name (&chain[0]) : NULL;
}

static void
notify_connection_cb (void *data, struct MHD_Connection *connection, void **context,
                      enum MHD_ConnectionNotificationCode code)
{
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    *context = g_new0 (Peer, 1);
    return;
  }
  Peer *peer = *context;
  g_free (peer->terminal);
  g_free (peer);
  *context = NULL;
}

static const char *
get_terminal (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  Peer *peer = info->socket_context;
  if (!peer->is_checked) {
    peer->terminal = verify_peer (connection);
    peer->is_checked = TRUE;
  }
  return peer->terminal;
}

/* ---- jobs ---- */

static void
job_free (Job *job)
{
  g_free (job->method);
  g_free (job->path);
  g_free (job->query);
  g_clear_pointer (&job->body, g_byte_array_unref);
  g_clear_pointer (&job->bytes, g_bytes_unref);
  g_clear_pointer (&job->reading, hq_reading_free);
  hq_response_clear (&job->response);
  g_clear_pointer (&job->contact, hq_contact_free);
  tai_gateway_answer_clear (&job->answer);
  g_free (job);
}

static void
completed_cb (void *data, struct MHD_Connection *connection, void **context,
              enum MHD_RequestTerminationCode code)
{
  Job *job = *context;
  if (job != NULL)
    job_free (job);
  *context = NULL;
}

/* The whole target comes here before libmicrohttpd takes it apart: the query is ours to read. */
static void *
target_cb (void *data, const char *target, struct MHD_Connection *connection)
{
  Job *job = g_new0 (Job, 1);
  const char *mark = strchr (target, '?');
  job->kind = JOB_REQUEST;
  job->path = mark != NULL ? g_strndup (target, (gsize)(mark - target)) : g_strdup (target);
  job->query = mark != NULL ? g_strdup (mark + 1) : NULL;
  job->connection = connection;
  job->response.total = job->response.count = -1;
  return job;
}

static void
add_header (struct MHD_Response *response, const char *name, const char *value)
{
  if (value != NULL)
    MHD_add_response_header (response, name, value);
}

static void
add_number (struct MHD_Response *response, const char *name, gint64 value)
{
  char text[24];
  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  MHD_add_response_header (response, name, text);
}

static void
unref_bytes_cb (void *bytes)
{
  g_bytes_unref (bytes);
}

static enum MHD_Result
send_response (struct MHD_Connection *connection, HqResponse *from)
{
  gsize size = 0;
  GBytes *body = from->body != NULL ? g_steal_pointer (&from->body) : g_bytes_new_static ("", 0);
  const void *data = g_bytes_get_data (body, &size);
  struct MHD_Response *response =
      MHD_create_response_from_buffer_with_free_callback_cls (size, (void *)data, unref_bytes_cb, body);
  if (from->status != 304)
    add_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, from->content_type);
  add_header (response, MHD_HTTP_HEADER_LOCATION, from->location);
  add_header (response, MHD_HTTP_HEADER_ETAG, from->etag);
  add_header (response, MHD_HTTP_HEADER_ALLOW, from->allow);
  add_header (response, "Link", from->link);
  add_header (response, MHD_HTTP_HEADER_CONTENT_RANGE, from->content_range);
  add_header (response, "X-Guitai-Result", from->result);
  if (from->total >= 0) {
    add_number (response, "X-Total-Count", from->total);
    add_header (response, MHD_HTTP_HEADER_ACCEPT_RANGES, "items");
  }
  if (from->count >= 0)
    add_number (response, "X-Result-Count", from->count);
  if (from->retry_after_s > 0)
    add_number (response, MHD_HTTP_HEADER_RETRY_AFTER, from->retry_after_s);
  enum MHD_Result result = MHD_queue_response (connection, (unsigned)from->status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
refuse (struct MHD_Connection *connection, Job *job, int status, const char *code, const char *message)
{
  hq_response_fail (&job->response, status, code, message);
  job->response.retry_after_s = status == 503 ? 2 : 0;
  return send_response (connection, &job->response);
}

static gboolean
is_announced_too_large (struct MHD_Connection *connection)
{
  const char *text =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 size = 0;
  return text != NULL &&
         (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &size, NULL) || size > HQ_BODY_MAX_BYTES);
}

static void
take_upload (Job *job, const char *data, gsize size)
{
  if (job->body == NULL)
    job->body = g_byte_array_new ();
  job->is_too_large |= job->body->len + size > HQ_BODY_MAX_BYTES;
  if (!job->is_too_large)
    g_byte_array_append (job->body, (const guint8 *)data, (guint)size);
}

/* ---- reading ahead ---- */

static gssize
count_bytes (const Job *job)
{
  return job->bytes != NULL ? (gssize)g_bytes_get_size (job->bytes) : 0;
}

/* What a stranger sends is refused without being read; what finds no room is read by the writer. */
static void
read_ahead (HqServer *self, Job *job)
{
  HqRequest request = {.method = job->method, .path = job->path, .body = job->bytes};
  gssize size = count_bytes (job);
  if (job->terminal == NULL || size == 0)
    return;
  if (g_atomic_pointer_add (&self->ahead_bytes, size) + size <= AHEAD_MAX_BYTES)
    job->reading = hq_read (&request);
  if (job->reading == NULL)
    g_atomic_pointer_add (&self->ahead_bytes, -size);
}

/* What is in it is freed with the job, on the thread that made it. */
static void
end_reading (HqServer *self, const Job *job)
{
  if (job->reading != NULL)
    g_atomic_pointer_add (&self->ahead_bytes, -count_bytes (job));
}

static enum MHD_Result
submit (HqServer *self, struct MHD_Connection *connection, Job *job)
{
  if (job->is_too_large)
    return refuse (connection, job, 413, "size", "at most 4 MiB");
  if (job->body != NULL)
    job->bytes = g_byte_array_free_to_bytes (g_steal_pointer (&job->body));
  job->terminal = get_terminal (connection);
  read_ahead (self, job);
  /* under the queue's lock: nothing is suspended behind the writer's last job */
  g_async_queue_lock (self->queue);
  gboolean open = !self->is_stopping && g_async_queue_length_unlocked (self->queue) < QUEUE_MAX;
  if (open) {
    MHD_suspend_connection (connection);
    g_async_queue_push_unlocked (self->queue, job);
  }
  g_async_queue_unlock (self->queue);
  if (!open)
    end_reading (self, job);
  return open ? MHD_YES : refuse (connection, job, 503, "busy", "too many requests wait, or going down");
}

static enum MHD_Result
handle_cb (void *data, struct MHD_Connection *connection, const char *url, const char *method,
           const char *version, const char *upload_data, size_t *upload_size, void **context)
{
  HqServer *self = data;
  Job *job = *context;
  if (job->method == NULL) {
    job->method = g_strdup (method);
    return is_announced_too_large (connection) ? refuse (connection, job, 413, "size", "at most 4 MiB")
                                               : MHD_YES;
  }
  if (*upload_size > 0) {
    take_upload (job, upload_data, *upload_size);
    *upload_size = 0;
    return MHD_YES;
  }
  return job->is_done ? send_response (connection, &job->response) : submit (self, connection, job);
}

/* ---- the writer thread ---- */

static const char *
find_header (const Job *job, const char *name)
{
  return MHD_lookup_connection_value (job->connection, MHD_HEADER_KIND, name);
}

static HqRequest
make_request (const Job *job, gint64 now_us)
{
  return (HqRequest){
      .method = job->method,
      .path = job->path,
      .query = job->query,
      .content_type = find_header (job, MHD_HTTP_HEADER_CONTENT_TYPE),
      .idempotency_key = find_header (job, "Idempotency-Key"),
      .seq = find_header (job, "X-Guitai-Seq"),
      .digest = find_header (job, "Content-Digest"),
      .if_none_match = find_header (job, MHD_HTTP_HEADER_IF_NONE_MATCH),
      .if_match = find_header (job, MHD_HTTP_HEADER_IF_MATCH),
      .accept = find_header (job, MHD_HTTP_HEADER_ACCEPT),
      .range = find_header (job, MHD_HTTP_HEADER_RANGE),
      .prefer = find_header (job, "Prefer"),
      .body = job->bytes,
      .reading = job->reading,
      .terminal = job->terminal,
      .now_us = now_us,
  };
}

/* A payment code came with it: money until it is used. */
static void
wipe_body (Job *job)
{
  gsize size = 0;
  gconstpointer data = job->bytes != NULL ? g_bytes_get_data (job->bytes, &size) : NULL;
  if (data != NULL && strcmp (job->path, TAI_PATH_PAY) == 0)
    explicit_bzero ((gpointer)data, size);
}

/* (thread: the cashier's) The job was left alone meanwhile; the writer takes it from here. */
static void
answered_cb (HqContact *contact, const TaiGatewayAnswer *answer, gpointer data, gpointer user_data)
{
  HqServer *self = user_data;
  Job *job = data;
  job->contact = contact;
  job->answer.outcome = answer->outcome;
  job->answer.reason = g_strdup (answer->reason);
  job->answer.transaction = g_strdup (answer->transaction);
  job->answer.qr_text = g_strdup (answer->qr_text);
  job->kind = JOB_ANSWER;
  g_async_queue_push (self->queue, job);
}

static void
settle (HqServer *self, Job *job)
{
  hq_response_clear (&job->response);
  job->response = (HqResponse){0};
  hq_pay_settle (self->folder->store, job->contact, &job->answer, g_get_real_time (), &job->response);
  if (job->connection == NULL) { /* nobody waits for it */
    job_free (job);
    return;
  }
  job->is_done = TRUE;
  MHD_resume_connection (job->connection);
}

/* What headquarters asks providers by itself. */
static void
ask_open_payments (HqServer *self, gint64 *due_us)
{
  gint64 now_us = g_get_real_time (), next_us;
  g_autoptr (GPtrArray) contacts = g_ptr_array_new_with_free_func ((GDestroyNotify)hq_contact_free);
  if (now_us < *due_us && *due_us - now_us <= ASK_LOOK_US) /* a clock that was set back does not stop it */
    return;
  hq_pay_take (self->folder->store, now_us, ASK_MAX, contacts, &next_us);
  *due_us = now_us + ASK_LOOK_US;
  if (next_us != 0)
    *due_us = CLAMP (next_us, now_us + ASK_PAUSE_US, *due_us);
  g_ptr_array_set_free_func (contacts, NULL);
  for (guint i = 0; i < contacts->len; i++)
    hq_cashier_ask (self->cashier, g_ptr_array_index (contacts, i), g_new0 (Job, 1));
}

static void
apply_group (HqServer *self, Job **jobs, guint n)
{
  HqRequest requests[HQ_GROUP_MAX];
  HqResponse responses[HQ_GROUP_MAX];
  gint64 now_us = g_get_real_time ();
  for (guint i = 0; i < n; i++) {
    requests[i] = make_request (jobs[i], now_us);
    responses[i] = (HqResponse){0};
  }
  hq_apply (self->folder->store, requests, n, responses);
  for (guint i = 0; i < n; i++) {
    jobs[i]->response = responses[i];
    end_reading (self, jobs[i]);
    wipe_body (jobs[i]);
    if (responses[i].contact != NULL) {
      hq_cashier_ask (self->cashier, g_steal_pointer (&jobs[i]->response.contact), jobs[i]);
      continue;
    }
    jobs[i]->is_done = TRUE;
    MHD_resume_connection (jobs[i]->connection); /* the job is libmicrohttpd's again */
  }
}

static void
run_command (HqServer *self, Job *job)
{
  job->func (self->folder, job->data);
  g_mutex_lock (job->mutex);
  job->is_done = TRUE;
  g_cond_signal (job->cond);
  g_mutex_unlock (job->mutex);
}

/* Requests that wait, after @first, up to the limits of a group. What is no request is left in *@other. */
static guint
gather (HqServer *self, Job *first, Job **jobs, Job **other)
{
  guint n = 0;
  gsize bytes = 0;
  for (Job *job = first; job != NULL; job = g_async_queue_try_pop (self->queue)) {
    if (job->kind != JOB_REQUEST) {
      *other = job;
      return n;
    }
    jobs[n++] = job;
    bytes += job->bytes != NULL ? g_bytes_get_size (job->bytes) : 0;
    if (n == HQ_GROUP_MAX || bytes > GROUP_MAX_BYTES)
      return n;
  }
  return n;
}

typedef struct {
  gint64 next_us;     /* of the state engine; 0: nothing waits */
  gint64 advanced_us; /* when it last ran */
  gint64 ask_us;      /* when providers are to be asked */
  gboolean is_written;
} WriterState;

static void
advance (HqServer *self, WriterState *state)
{
  gint64 now_us = g_get_real_time ();
  gboolean busy = g_async_queue_length (self->queue) > 0;
  if (state->next_us == 0 || state->next_us > now_us ||
      (busy && now_us - state->advanced_us < ADVANCE_EVERY_US))
    return;
  if (hq_advance (self->folder->store, now_us, ADVANCE_MAX, &state->next_us) > 0 && self->wake != NULL)
    self->wake (self->wake_data);
  state->advanced_us = now_us;
}

static Job *
wait_for_job (HqServer *self, WriterState *state)
{
  gint64 wait_us = IDLE_US;
  if (state->next_us != 0)
    wait_us = CLAMP (state->next_us - g_get_real_time (), 0, IDLE_US);
  Job *job = wait_us > 0 ? g_async_queue_timeout_pop (self->queue, (guint64)wait_us)
                         : g_async_queue_try_pop (self->queue);
  if (job == NULL && wait_us == IDLE_US && state->is_written) {
    hq_store_sqlite_checkpoint (self->folder->store);
    state->is_written = FALSE;
  }
  return job;
}

static gpointer
write_loop (gpointer data)
{
  HqServer *self = data;
  WriterState state = {.next_us = 1};
  Job *jobs[HQ_GROUP_MAX];
  for (;;) {
    Job *other = NULL;
    Job *first = wait_for_job (self, &state);
    guint n = first != NULL ? gather (self, first, jobs, &other) : 0;
    if (n > 0)
      apply_group (self, jobs, n);
    if (other != NULL && other->kind == JOB_STOP)
      return NULL;
    if (other != NULL && other->kind == JOB_ANSWER)
      settle (self, other);
    else if (other != NULL)
      run_command (self, other);
    if (first != NULL)
      state.next_us = 1; /* something new may be due before what was next */
    state.is_written |= first != NULL;
    advance (self, &state);
    ask_open_payments (self, &state.ask_us);
  }
}

void
hq_server_run_in_writer (HqServer *self, HqServerFunc func, gpointer data)
{
  GMutex mutex;
  GCond cond;
  g_mutex_init (&mutex);
  g_cond_init (&cond);
  Job job = {.kind = JOB_COMMAND, .func = func, .data = data, .mutex = &mutex, .cond = &cond};
  g_async_queue_push (self->queue, &job);
  g_mutex_lock (&mutex);
  while (!job.is_done)
    g_cond_wait (&cond, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&cond);
}

typedef struct {
  HqServer *server;
  HqServerWake wake;
  gpointer data;
} WakeChange;

static void
set_wake_cb (HqFolder *folder, gpointer data)
{
  WakeChange *change = data;
  change->server->wake = change->wake;
  change->server->wake_data = change->data;
}

void
hq_server_set_wake (HqServer *self, HqServerWake wake, gpointer data)
{
  WakeChange change = {self, wake, data};
  hq_server_run_in_writer (self, set_wake_cb, &change);
}

/* ---- starting and stopping ---- */

static gboolean
read_identity (HqServer *self, GError **error)
{
  g_autofree char *key = g_build_filename (self->folder->path, "server.key", NULL);
  g_autofree char *certificate = g_build_filename (self->folder->path, "server.crt", NULL);
  return g_file_get_contents (key, &self->key_pem, NULL, error) &&
         g_file_get_contents (certificate, &self->certificate_pem, NULL, error);
}

static void
server_free (HqServer *self)
{
  g_clear_pointer (&self->cashier, hq_cashier_free);
  g_clear_pointer (&self->merchants, hq_merchants_free);
  g_clear_pointer (&self->queue, g_async_queue_unref);
  g_free (self->key_pem);
  g_free (self->certificate_pem);
  g_free (self);
}

static struct MHD_Daemon *
start_daemon (HqServer *self, const HqServerOptions *options, const struct sockaddr_in *address)
{
  unsigned flags = MHD_USE_TLS | MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
  /* a pool of one is refused: one thread is what there is without a pool */
  unsigned pool = options->threads > 1 ? options->threads : 0;
  return MHD_start_daemon (
      flags, options->port, NULL, NULL, handle_cb, self, MHD_OPTION_SOCK_ADDR, address,
      MHD_OPTION_THREAD_POOL_SIZE, pool, MHD_OPTION_HTTPS_MEM_KEY, self->key_pem, MHD_OPTION_HTTPS_MEM_CERT,
      self->certificate_pem, MHD_OPTION_HTTPS_MEM_TRUST, hq_authority_get_pem (self->folder->authority),
      MHD_OPTION_HTTPS_PRIORITIES, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2", MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S, MHD_OPTION_NOTIFY_CONNECTION, notify_connection_cb,
      NULL, MHD_OPTION_NOTIFY_COMPLETED, completed_cb, NULL, MHD_OPTION_URI_LOG_CALLBACK, target_cb, NULL,
      MHD_OPTION_END);
}

HqServer *
hq_server_start (HqFolder *folder, const HqServerOptions *options, GError **error)
{
  HqServer *self = g_new0 (HqServer, 1);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons (options->port)};
  self->folder = folder;
  self->queue = g_async_queue_new ();
  if (inet_pton (AF_INET, options->address, &address.sin_addr) != 1) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_LISTEN, "%s: not a numeric address", options->address);
    server_free (self);
    return NULL;
  }
  self->merchants = hq_merchants_open (folder->path, error);
  if (self->merchants == NULL || !read_identity (self, error)) {
    server_free (self);
    return NULL;
  }
  self->cashier = hq_cashier_new (self->merchants, answered_cb, self);
  self->daemon = start_daemon (self, options, &address);
  if (self->daemon == NULL) {
    g_set_error (error, TAI_HQ_ERROR, TAI_HQ_ERROR_LISTEN, "%s:%u: cannot listen", options->address,
                 options->port);
    server_free (self);
    return NULL;
  }
  self->writer = g_thread_new ("writer", write_loop, self);
  return self;
}

guint16
hq_server_get_port (const HqServer *self)
{
  return MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}

/* What providers were asked is answered, and written, before the connections go. */
static void
finish_contacts (HqServer *self)
{
  g_clear_pointer (&self->cashier, hq_cashier_free);
  for (Job *job = g_async_queue_try_pop (self->queue); job != NULL; job = g_async_queue_try_pop (self->queue))
    if (job->kind == JOB_ANSWER)
      settle (self, job);
}

void
hq_server_stop (HqServer *self)
{
  Job stop = {.kind = JOB_STOP};
  MHD_socket listening = MHD_quiesce_daemon (self->daemon);
  g_async_queue_lock (self->queue);
  self->is_stopping = TRUE;
  g_async_queue_push_unlocked (self->queue, &stop);
  g_async_queue_unlock (self->queue);
  g_thread_join (self->writer);
  finish_contacts (self);
  MHD_stop_daemon (self->daemon);
  if (listening != MHD_INVALID_SOCKET)
    close (listening);
  server_free (self);
}
