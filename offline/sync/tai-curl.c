/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * curl's multi handle as guest of a GMainContext: one source holds all its sockets, its one timer is the clock port's. Curl
 * may not be called from inside its own callbacks, so these only take notes.
 */
#define G_LOG_DOMAIN "tai-offline"

#include "tai-curl-private.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tai-offline-error.h"

#define CONNECTIONS_DEFAULT 8

typedef struct {
  GSource source;
  TaiCurl *line; /* (unowned) the line destroys the source */
} SocketSource;

typedef struct {
  curl_socket_t fd;
  gpointer tag; /* of the source */
} Socket;

struct _TaiCurl {
  GObject parent;
  TaiCurlSettings settings; /* strings and clock owned */
  int ca_fd;                /* the CA in memory; -1: none */
  CURLM *multi;             /* (owned) */
  SocketSource *source;     /* (owned) */
  GArray *sockets;          /* (owned) (element-type Socket) */
  GPtrArray *busy;          /* (owned) (element-type TaiCurlTransfer) */
  GPtrArray *spare;         /* (owned) (element-type TaiCurlTransfer) */
  guint timer;              /* 0: none */
};

static void headquarters_init (TaiHeadquartersInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TaiCurl, tai_curl, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TAI_TYPE_HEADQUARTERS, headquarters_init))

enum { UNANSWERED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What begins and what has ended ----------------------------------------------------------------------------------- */

static void
start (TaiCurl *self, TaiCurlTransfer *transfer)
{
  CURLMcode code = curl_multi_add_handle (self->multi, transfer->easy);

  g_assert (code == CURLM_OK);
}

static void
retire (TaiCurl *self, TaiCurlTransfer *transfer, CURLcode code)
{
  curl_multi_remove_handle (self->multi, transfer->easy);
  if (tai_curl_transfer_renew (transfer, code)) {
    start (self, transfer);
    return;
  }
  g_ptr_array_remove_fast (self->busy, transfer);
  tai_curl_transfer_finish (transfer, code);
  g_ptr_array_add (self->spare, transfer);
  if (code != CURLE_OK && self->multi != NULL)
    g_signal_emit (self, signals[UNANSWERED], 0);
}

static void
collect (TaiCurl *self)
{
  CURLMsg *message;
  int n_left;

  /* Done functions send more: the list grows while it is read, which curl allows. */
  while (self->multi != NULL && (message = curl_multi_info_read (self->multi, &n_left)) != NULL) {
    TaiCurlTransfer *transfer = NULL;

    if (message->msg != CURLMSG_DONE)
      continue;
    curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **)&transfer);
    retire (self, transfer, message->data.result);
  }
}

static void
drive (TaiCurl *self, curl_socket_t fd, int events)
{
  int n_running;

  if (self->multi != NULL)
    curl_multi_socket_action (self->multi, fd, events, &n_running);
}

/* Sockets ---------------------------------------------------------------------------------------------------------- */

static int
find_socket (TaiCurl *self, curl_socket_t fd)
{
  for (guint i = 0; i < self->sockets->len; i++)
    if (g_array_index (self->sockets, Socket, i).fd == fd)
      return (int)i;
  return -1;
}

static GIOCondition
condition_of (int what)
{
  return ((what & CURL_POLL_IN) ? G_IO_IN : 0) | ((what & CURL_POLL_OUT) ? G_IO_OUT : 0) | G_IO_ERR |
         G_IO_HUP;
}

static int
socket_cb (CURL *easy, curl_socket_t fd, int what, void *data, void *socket_data)
{
  TaiCurl *self = data;
  GSource *source = (GSource *)self->source;
  int index = find_socket (self, fd);

  if (what == CURL_POLL_REMOVE) {
    if (index >= 0) {
      g_source_remove_unix_fd (source, g_array_index (self->sockets, Socket, index).tag);
      g_array_remove_index_fast (self->sockets, (guint)index);
    }
  } else if (index >= 0) {
    g_source_modify_unix_fd (source, g_array_index (self->sockets, Socket, index).tag, condition_of (what));
  } else {
    Socket entry = {fd, g_source_add_unix_fd (source, fd, condition_of (what))};
    g_array_append_val (self->sockets, entry);
  }
  return 0;
}

static int
events_of (GIOCondition condition)
{
  return ((condition & G_IO_IN) ? CURL_CSELECT_IN : 0) | ((condition & G_IO_OUT) ? CURL_CSELECT_OUT : 0) |
         ((condition & (G_IO_ERR | G_IO_HUP)) ? CURL_CSELECT_ERR : 0);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  TaiCurl *self = g_object_ref (((SocketSource *)source)->line);
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (Socket));

  /* A copy: curl adds and removes sockets while it is driven. */
  for (guint i = 0; i < self->sockets->len; i++) {
    Socket *entry = &g_array_index (self->sockets, Socket, i);
    if (g_source_query_unix_fd (source, entry->tag) != 0)
      g_array_append_val (ready, *entry);
  }
  for (guint i = 0; i < ready->len; i++) {
    Socket *entry = &g_array_index (ready, Socket, i);
    int index = find_socket (self, entry->fd);
    if (index >= 0 && g_array_index (self->sockets, Socket, index).tag == entry->tag)
      drive (self, entry->fd, events_of (g_source_query_unix_fd (source, entry->tag)));
  }
  collect (self);
  g_object_unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {.dispatch = dispatch};

/* The timer -------------------------------------------------------------------------------------------------------- */

static void
timer_cb (gpointer data)
{
  TaiCurl *self = g_object_ref (data);

  self->timer = 0;
  drive (self, CURL_SOCKET_TIMEOUT, 0);
  collect (self);
  g_object_unref (self);
}

static int
set_timer_cb (CURLM *multi, long timeout_ms, void *data)
{
  TaiCurl *self = data;

  if (self->timer != 0)
    tai_clock_cancel (self->settings.clock, self->timer);
  self->timer = timeout_ms < 0 ? 0 : tai_clock_after (self->settings.clock, timeout_ms, timer_cb, self);
  return 0;
}

/* The port --------------------------------------------------------------------------------------------------------- */

static TaiCurlTransfer *
take_spare (TaiCurl *self)
{
  if (self->spare->len > 0)
    return g_ptr_array_steal_index_fast (self->spare, self->spare->len - 1);
  return tai_curl_transfer_new (&self->settings);
}

static gboolean
may_leave (TaiCurl *self, const TaiRequest *request)
{
  if (self->settings.ca_file != NULL || g_str_has_prefix (self->settings.base_url, "http://"))
    return TRUE;
  return strcmp (request->method, "GET") == 0 && strcmp (request->path, TAI_PATH_CA) == 0;
}

static void
send_request (TaiHeadquarters *line, const TaiRequest *request, TaiReplyFunc done, gpointer data)
{
  TaiCurl *self = TAI_CURL (line);
  TaiCurlTransfer *transfer;

  g_assert (may_leave (self, request));
  transfer = take_spare (self);
  tai_curl_transfer_prepare (transfer, self->settings.base_url, request);
  transfer->done = done;
  transfer->data = data;
  g_ptr_array_add (self->busy, transfer);
  start (self, transfer);
}

static void
headquarters_init (TaiHeadquartersInterface *iface)
{
  iface->send = send_request;
}

/* Life ------------------------------------------------------------------------------------------------------------- */

static void
tai_curl_dispose (GObject *object)
{
  TaiCurl *self = TAI_CURL (object);

  /* Whoever still waits hears of it: done is called once, whatever happens. */
  while (self->busy->len > 0)
    retire (self, g_ptr_array_index (self->busy, 0), CURLE_ABORTED_BY_CALLBACK);
  g_ptr_array_set_size (self->spare, 0);
  g_clear_pointer (&self->multi, curl_multi_cleanup);
  if (self->timer != 0)
    tai_clock_cancel (self->settings.clock, self->timer);
  self->timer = 0;
  if (self->source != NULL) {
    g_source_destroy ((GSource *)self->source);
    g_source_unref ((GSource *)self->source);
    self->source = NULL;
  }
  g_clear_object (&self->settings.clock);
  G_OBJECT_CLASS (tai_curl_parent_class)->dispose (object);
}

static void
tai_curl_finalize (GObject *object)
{
  TaiCurl *self = TAI_CURL (object);

  g_ptr_array_unref (self->busy);
  g_ptr_array_unref (self->spare);
  g_array_unref (self->sockets);
  g_free ((char *)self->settings.base_url);
  g_free ((char *)self->settings.ca_file);
  g_free ((char *)self->settings.cert_file);
  g_free ((char *)self->settings.key_file);
  g_free ((char *)self->settings.proxy);
  if (self->ca_fd >= 0)
    close (self->ca_fd);
  G_OBJECT_CLASS (tai_curl_parent_class)->finalize (object);
}

static void
tai_curl_class_init (TaiCurlClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tai_curl_dispose;
  G_OBJECT_CLASS (klass)->finalize = tai_curl_finalize;
  signals[UNANSWERED] = g_signal_new ("unanswered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 0);
  curl_global_init (CURL_GLOBAL_DEFAULT);
}

static void
tai_curl_init (TaiCurl *self)
{
  self->ca_fd = -1;
  self->busy = g_ptr_array_new ();
  self->spare = g_ptr_array_new_with_free_func ((GDestroyNotify)tai_curl_transfer_free);
  self->sockets = g_array_new (FALSE, FALSE, sizeof (Socket));
}

/* Curl over GnuTLS wants a file (CURLOPT_CAINFO_BLOB is for other TLS libraries): this one has no name. */
static gboolean
keep_ca (TaiCurl *self, GBytes *pem, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (pem, &size);

  self->ca_fd = memfd_create ("hq-ca", MFD_CLOEXEC);
  if (self->ca_fd < 0 || write (self->ca_fd, bytes, size) != (gssize)size) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED, "keeping the CA in memory: %s",
                 g_strerror (errno));
    return FALSE;
  }
  self->settings.ca_file = g_strdup_printf ("/proc/self/fd/%d", self->ca_fd);
  return TRUE;
}

static void
copy_settings (TaiCurl *self, const TaiCurlSettings *settings)
{
  gsize length = strlen (settings->base_url);

  while (length > 0 && settings->base_url[length - 1] == '/')
    length--;
  self->settings.base_url = g_strndup (settings->base_url, length);
  self->settings.ca_file = g_strdup (settings->ca_file);
  self->settings.cert_file = g_strdup (settings->cert_file);
  self->settings.key_file = g_strdup (settings->key_file);
  self->settings.proxy = g_strdup (settings->proxy);
  self->settings.max_connections =
      settings->max_connections ? settings->max_connections : CONNECTIONS_DEFAULT;
  self->settings.may_be_plain = settings->may_be_plain;
  self->settings.clock = g_object_ref (settings->clock);
}

TaiCurl *
tai_curl_new (const TaiCurlSettings *settings, GError **error)
{
  g_autoptr (TaiCurl) self = NULL;

  g_return_val_if_fail (settings->base_url != NULL && TAI_IS_CLOCK (settings->clock), NULL);
  g_return_val_if_fail ((settings->cert_file == NULL) == (settings->key_file == NULL), NULL);
  if (!g_str_has_prefix (settings->base_url, "https://") &&
      !(settings->may_be_plain && tai_headquarters_is_loopback (settings->base_url))) {
    g_set_error (error, TAI_OFFLINE_ERROR, TAI_OFFLINE_ERROR_FAILED, "%s: HQ is reached by https only",
                 settings->base_url);
    return NULL;
  }
  self = g_object_new (TAI_TYPE_CURL, NULL);
  copy_settings (self, settings);
  if (settings->ca_pem != NULL && !keep_ca (self, settings->ca_pem, error))
    return NULL;
  self->source = (SocketSource *)g_source_new (&source_funcs, sizeof (SocketSource));
  self->source->line = self;
  g_source_set_static_name ((GSource *)self->source, "tai-curl");
  g_source_attach ((GSource *)self->source, g_main_context_get_thread_default ());
  self->multi = curl_multi_init ();
  if (self->multi == NULL)
    g_error ("curl_multi_init: out of memory");
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, socket_cb);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, set_timer_cb);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)self->settings.max_connections);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, (long)self->settings.max_connections);
  return g_steal_pointer (&self);
}
