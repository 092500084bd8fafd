/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The response: its bodies, and the error body of TMF630. */
#define G_LOG_DOMAIN "tai-hq"

#include "tai-hq-exchange.h"

#include <string.h>

#include "tai-json.h"

void
hq_response_clear (HqResponse *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->allow, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->content_range, g_free);
  g_clear_pointer (&self->contact, hq_contact_free);
}

void
hq_response_take_text (HqResponse *self, int status, char *json)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->status = status;
  self->content_type = "application/json;charset=utf-8";
  self->body = g_bytes_new_take (json, strlen (json));
}

void
hq_response_take_string (HqResponse *self, int status, GString *json)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->status = status;
  self->content_type = "application/json;charset=utf-8";
  self->body = g_string_free_to_bytes (json);
}

/* TMF630: reason may be shown to a person; the words a clerk reads are made at the terminal from the code. */
static const char *
reason_of (int status)
{
  switch (status) {
  case 400:
    return "The request is not valid";
  case 403:
    return "Not allowed";
  case 404:
    return "There is no such resource";
  case 405:
    return "The resource does not offer this method";
  case 406:
    return "No such representation";
  case 409:
    return "The resource is in another state";
  case 410:
    return "It was given up";
  case 412:
    return "The resource has changed";
  case 413:
    return "Too large";
  case 415:
    return "Another media type is expected";
  case 416:
    return "The list has no such items";
  case 422:
    return "The same key came with other content";
  case 503:
    return "Not available now; nothing was taken";
  default:
    return "The request failed";
  }
}

void
hq_response_fail (HqResponse *self, int status, const char *code, const char *message)
{
  char status_text[12];
  g_snprintf (status_text, sizeof status_text, "%d", status);
  TaiJsonWriter *writer = tai_json_writer_new ();
  tai_json_writer_begin_object (writer);
  tai_json_writer_add_string (writer, "code", code);
  tai_json_writer_add_string (writer, "reason", reason_of (status));
  g_autofree char *valid = message != NULL ? g_utf8_make_valid (message, -1) : NULL;
  tai_json_writer_add_string (writer, "message", valid);
  tai_json_writer_add_string (writer, "status", status_text);
  tai_json_writer_end_object (writer);
  hq_response_take_text (self, status, tai_json_writer_end_text (writer));
  self->total = self->count = -1;
}
