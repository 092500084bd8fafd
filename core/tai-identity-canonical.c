/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sealed payload of an identity. Version 1, lines in this order, absent ones left out: kind, source, name, latin_name,
 * number, other_number, nationality, nation, address, issuer, sex, birth, valid_from, valid_until, photo (base64).
 * What is read back must be exactly what would be written: there is one spelling of one identity. Any thread.
 */
#define G_LOG_DOMAIN "tai-core"

#include "tai-identity.h"

#include <stddef.h>
#include <string.h>

#include "tai-canonical.h"
#include "tai-core-error.h"

#define VERSION 1

static const char *const source_texts[] = {
    [TAI_IDENTITY_READ] = "read",
    [TAI_IDENTITY_READ_EMULATED] = "read_emulated",
    [TAI_IDENTITY_TYPED] = "typed",
};

static const struct {
  const char *name;
  gsize offset; /* of a char * in TaiIdentity */
} text_fields[] = {
    {"name", offsetof (TaiIdentity, name)},
    {"latin_name", offsetof (TaiIdentity, latin_name)},
    {"number", offsetof (TaiIdentity, number)},
    {"other_number", offsetof (TaiIdentity, other_number)},
    {"nationality", offsetof (TaiIdentity, nationality)},
    {"nation", offsetof (TaiIdentity, nation)},
    {"address", offsetof (TaiIdentity, address)},
    {"issuer", offsetof (TaiIdentity, issuer)},
};

static const struct {
  const char *name;
  gsize offset; /* of a TaiDate in TaiIdentity */
} date_fields[] = {
    {"birth", offsetof (TaiIdentity, birth)},
    {"valid_from", offsetof (TaiIdentity, valid_from)},
    {"valid_until", offsetof (TaiIdentity, valid_until)},
};

static void
add_photo (TaiCanonical *canonical, GBytes *photo)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (photo, &size);
  char *text = g_base64_encode (data, size);

  tai_canonical_add (canonical, "photo", text);
  explicit_bzero (text, strlen (text));
  g_free (text);
}

GBytes *
tai_identity_to_canonical (const TaiIdentity *identity)
{
  g_return_val_if_fail (identity != NULL, NULL);
  g_return_val_if_fail ((gsize)identity->source < G_N_ELEMENTS (source_texts), NULL);

  TaiCanonical *canonical = tai_canonical_new (VERSION);
  char sex[2] = {identity->sex, '\0'};

  tai_canonical_add (canonical, "kind", tai_document_kind_to_text (identity->kind));
  tai_canonical_add (canonical, "source", source_texts[identity->source]);
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++)
    tai_canonical_add (canonical, text_fields[i].name,
                       G_STRUCT_MEMBER (const char *, identity, text_fields[i].offset));
  tai_canonical_add (canonical, "sex", sex);
  for (gsize i = 0; i < G_N_ELEMENTS (date_fields); i++) {
    TaiDate date = G_STRUCT_MEMBER (TaiDate, identity, date_fields[i].offset);
    g_autofree char *text = tai_date_is_valid (date) ? tai_date_to_text (date) : NULL;

    tai_canonical_add (canonical, date_fields[i].name, text);
  }
  if (identity->photo != NULL)
    add_photo (canonical, identity->photo);
  return tai_canonical_end (canonical);
}

static gboolean
fail (GError **error, TaiCoreError code, const char *name)
{
  g_set_error (error, TAI_CORE_ERROR, code, "sealed identity: bad line \"%s\"", name);
  return FALSE;
}

static gboolean
take_source (const char *value, TaiIdentitySource *source)
{
  for (gsize i = 0; i < G_N_ELEMENTS (source_texts); i++) {
    if (strcmp (source_texts[i], value) == 0) {
      *source = (TaiIdentitySource)i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
take_photo (const char *value, GBytes **photo)
{
  gsize size;
  guchar *data = g_base64_decode (value, &size);

  if (*photo != NULL) {
    g_free (data);
    return FALSE;
  }
  *photo = g_bytes_new_take (data, size);
  return TRUE;
}

/* A text or date line; FALSE: it's none of them, or a second one. */
static gboolean
take_field (TaiIdentity *identity, const char *name, const char *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (text_fields); i++) {
    char **text = &G_STRUCT_MEMBER (char *, identity, text_fields[i].offset);

    if (strcmp (text_fields[i].name, name) == 0 && *text == NULL) {
      *text = g_strdup (value);
      return TRUE;
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (date_fields); i++) {
    TaiDate *date = &G_STRUCT_MEMBER (TaiDate, identity, date_fields[i].offset);

    if (strcmp (date_fields[i].name, name) == 0)
      return tai_date_from_text (value, date);
  }
  return FALSE;
}

static gboolean
take_line_cb (const char *name, const char *value, gpointer data, GError **error)
{
  TaiIdentity *identity = data;
  gboolean good;

  if (strcmp (name, "kind") == 0)
    return tai_document_kind_from_text (value, &identity->kind, error);
  if (strcmp (name, "source") == 0)
    return take_source (value, &identity->source) || fail (error, TAI_CORE_ERROR_STATE_TEXT, name);
  if (strcmp (name, "version") == 0) {
    good = strcmp (value, G_STRINGIFY (VERSION)) == 0;
  } else if (strcmp (name, "sex") == 0) {
    identity->sex = value[0];
    good = value[0] != '\0';
  } else if (strcmp (name, "photo") == 0) {
    good = take_photo (value, &identity->photo);
  } else {
    good = take_field (identity, name, value);
  }
  return good || fail (error, TAI_CORE_ERROR_FAILED, name);
}

TaiIdentity *
tai_identity_from_canonical (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (TaiIdentity) identity = tai_identity_new (TAI_DOCUMENT_CITIZEN, TAI_IDENTITY_TYPED);

  if (!tai_canonical_parse (bytes, take_line_cb, identity, error))
    return NULL;

  /* Order, doubled lines, missing kind or source, longer spellings: all one question. */
  g_autoptr (GBytes) again = tai_identity_to_canonical (identity);

  if (!g_bytes_equal (bytes, again)) {
    fail (error, TAI_CORE_ERROR_FAILED, "not the canonical form");
    return NULL;
  }
  return g_steal_pointer (&identity);
}
