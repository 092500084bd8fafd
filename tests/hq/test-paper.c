/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How papers look, at headquarters: what is in force, what was before, what is refused, and the one answer that a terminal gets. */
#include "hq-fixture.h"

#include <string.h>

#include "tai-headquarters.h"
#include "tai-hq-paper.h"
#include "tai-limits.h"

#define TEMPLATE(version, text)                                                                              \
  "{\"format\": 1, \"id\": \"notice\", \"version\": " version                                                \
  ", \"title\": {\"zh_CN\": \"纸\", \"en\": \"Paper\"}, "                                                   \
  "\"blocks\": [{\"text\": \"" text "\"}, {\"text\": \"{hotline}\"}]}"

static char *
load (HqFixture *fixture, const char *bytes, gssize size, GError **error)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, size < 0 ? strlen (bytes) : (gsize)size);

  return hq_load_paper (fixture->store, file, fixture->now_us, error);
}

static void
must (HqFixture *fixture, const char *bytes, gssize size, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = load (fixture, bytes, size, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, expected);
}

/* A PNG's head, seven bytes of dots that are none, and its end: what headquarters looks at. */
static void
make_png (guint8 png[64], guint32 width, guint32 height)
{
  static const guint8 head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

  memset (png, 0, 64);
  memcpy (png, head, sizeof head);
  memcpy (png + 33, "\0\0\0\x07IDAT", 8);
  memcpy (png + 56, "IEND", 4);
  for (guint i = 0; i < 4; i++) {
    png[16 + i] = (guint8)(width >> (24 - 8 * i));
    png[20 + i] = (guint8)(height >> (24 - 8 * i));
  }
}

static void
test_versions (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  guint8 png[64];
  g_autofree char *none = hq_paper_list (fixture->store), *some = NULL;

  g_assert_cmpstr (none, ==, "");
  must (fixture, TEMPLATE ("3", "a"), -1, "notice 3");
  must (fixture, TEMPLATE ("3", "a"), -1, "notice 3"); /* the same again */
  must (fixture, TEMPLATE ("5", "b"), -1, "notice 5");
  make_png (png, 10, 10);
  must (fixture, (char *)png, 64, "logo 1");
  must (fixture, (char *)png, 64, "logo 1");
  make_png (png, 20, 10);
  must (fixture, (char *)png, 64, "logo 2");
  some = hq_paper_list (fixture->store);
  g_assert_cmpstr (some, ==, "notice 5\nlogo 2\n");
  /* what was in force is kept */
  for (guint i = 0; i < 4; i++) {
    static const char *const names[] = {"notice@3", "notice@5", "logo@1", "logo@2"};
    g_auto (HqDocumentRow) row = {0};
    g_assert_true (fixture->store->klass->document_find (fixture->store, "Paper", "", names[i], &row));
  }
}

static void
test_answer (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  HqHeaders known = {0}, nobody = {.terminal = ""};
  guint8 png[64];
  g_autofree char *etag = NULL, *base64 = NULL;

  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_PAPER, NULL, &nobody), ==, 403);
  g_assert_cmpint (hq_fixture_get (fixture, TAI_PATH_PAPER), ==, 200);
  g_assert_cmpuint (tai_json_get_length (tai_json_get (fixture->json, "papers")), ==, 0);
  etag = g_strdup (fixture->response.etag);
  known.none_match = etag;
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_PAPER, NULL, &known), ==, 304);
  must (fixture, TEMPLATE ("3", "a"), -1, "notice 3");
  make_png (png, 10, 10);
  must (fixture, (char *)png, 64, "logo 1");
  g_assert_cmpint (hq_fixture_send (fixture, "GET", TAI_PATH_PAPER, NULL, &known), ==, 200);
  g_assert_cmpstr (hq_fixture_text (fixture, "papers.0.id"), ==, "notice");
  g_assert_cmpint (hq_fixture_int (fixture, "papers.0.version"), ==, 3);
  g_assert_cmpstr (hq_fixture_text (fixture, "papers.0.text"), ==,
                   TEMPLATE ("3", "a")); /* byte for byte: it is hashed */
  base64 = g_base64_encode (png, 64);
  g_assert_cmpstr (hq_fixture_text (fixture, "papers.1.png"), ==, base64);
  g_assert_cmpint (hq_fixture_send (fixture, "POST", TAI_PATH_PAPER, "{}", NULL), ==, 405);
}

static void
refuse (HqFixture *fixture, const char *bytes, gssize size, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = load (fixture, bytes, size, &error);

  g_assert_null (name);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* Whatever is wrong, the old ones stay in force, and the words say what it is. */
static void
test_refused (void)
{
  g_autoptr (HqFixture) fixture = hq_fixture_new ();
  g_autofree char *huge = g_malloc0 (10 * 1024 * 1024), *before = NULL, *after = NULL;
  guint8 png[64];

  must (fixture, TEMPLATE ("3", "a"), -1, "notice 3");
  make_png (png, 10, 10);
  must (fixture, (char *)png, 64, "logo 1");
  before = hq_paper_list (fixture->store);
  refuse (fixture, TEMPLATE ("2", "a"), -1, "version: 2, and 3 is in force");
  refuse (fixture, TEMPLATE ("3", "b"), -1, "version: 3, and 3 is in force");
  refuse (fixture, TEMPLATE ("4", "{colour}"), -1, "colour");
  refuse (fixture, "{", -1, "");
  refuse (fixture, "", -1, "");
  refuse (fixture, "GIF89a", -1, "");
  memcpy (huge, png, 64);
  refuse (fixture, huge, 10 * 1024 * 1024, "a logo of 10485760 bytes, at most 262144");
  refuse (fixture, (char *)png, 20, "a PNG without a head");
  for (gssize cut = 33; cut < 64; cut++)
    refuse (fixture, (char *)png, cut, "a PNG that was cut off");
  png[33] = 0x7f; /* a chunk of more bytes than there are */
  refuse (fixture, (char *)png, 64, "a PNG that was cut off");
  make_png (png, TAI_LIMIT_LOGO_SIDE + 1, 10);
  refuse (fixture, (char *)png, 64, "4001 x 10 pixels");
  make_png (png, 0, 10);
  refuse (fixture, (char *)png, 64, "0 x 10 pixels");
  after = hq_paper_list (fixture->store);
  g_assert_cmpstr (before, ==, after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/versions", test_versions);
  g_test_add_func ("/paper/answer", test_answer);
  g_test_add_func ("/paper/refused", test_refused);
  return g_test_run ();
}
