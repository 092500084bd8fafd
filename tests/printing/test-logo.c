/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operator's mark: from a PNG to dots, on every paper, and what is no mark. */
#include "tai-logo.h"

#include <png.h>
#include <string.h>

#include "papers.h"
#include "sales.h"
#include "shipped-paperwork.h"
#include "surroundings.h"
#include "tai-escpos-reader.h"
#include "tai-escpos.h"
#include "tai-limits.h"
#include "tai-plain-text.h"
#include "tai-printing-error.h"

typedef guint32 (*PaintFunc) (guint x, guint y, guint width, guint height); /* 0xRRGGBBAA */

static GBytes *
make_png (guint width, guint height, PaintFunc paint)
{
  g_autofree guint8 *pixels = g_malloc ((gsize)width * height * 4);
  png_image image = {
      .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_RGBA};
  png_alloc_size_t size = 0;
  guint8 *bytes;

  for (guint y = 0; y < height; y++)
    for (guint x = 0; x < width; x++) {
      guint32 colour = paint (x, y, width, height);
      for (guint i = 0; i < 4; i++)
        pixels[((gsize)y * width + x) * 4 + i] = (guint8)(colour >> (24 - 8 * i));
    }
  g_assert_true (png_image_write_to_memory (&image, NULL, &size, FALSE, pixels, 0, NULL));
  bytes = g_malloc (size);
  g_assert_true (png_image_write_to_memory (&image, bytes, &size, FALSE, pixels, 0, NULL));
  return g_bytes_new_take (bytes, size);
}

/* A ring and a bar, as many a mark is. */
static guint32
paint_mark (guint x, guint y, guint width, guint height)
{
  gint cx = (gint)x - (gint)height / 2, cy = (gint)y - (gint)height / 2, r = cx * cx + cy * cy,
       edge = (gint)height / 2 - 2;

  if (x < height && r < edge * edge && r > edge * edge / 3)
    return 0x0050a0ff;
  if (x > height + 8 && x + 8 < width && y > height / 3 && y < height * 2 / 3)
    return x * 4 < height * 4 + (width - height) * 2 ? 0x202020ff : 0x909090ff;
  return 0; /* nothing: paper */
}

static guint32
paint_ramp (guint x, guint y, guint width, guint height)
{
  guint32 grey = x * 255 / (width - 1);

  return grey << 24 | grey << 16 | grey << 8 | 0xff;
}

static guint32
paint_half (guint x, guint y, guint width, guint height)
{
  return x < width / 2 ? 0x000000ff : 0xffffffff;
}

static TaiPicture *
make_logo (guint width, guint height, PaintFunc paint)
{
  g_autoptr (GBytes) png = make_png (width, height, paint);
  g_autoptr (GError) error = NULL;
  TaiPicture *logo = tai_logo_from_png (png, &error);

  g_assert_no_error (error);
  return logo;
}

static guint
count_black (const TaiPicture *picture, guint from, guint until)
{
  guint n = 0;

  for (guint y = 0; y < tai_picture_get_height (picture); y++)
    for (guint x = from; x < until; x++)
      n += tai_picture_is_black (picture, x, y);
  return n;
}

static void
test_sizes (void)
{
  static const guint rows[][4] = {{100, 50, 100, 50},   {1, 1, 1, 1},         {640, 240, 320, 120},
                                  {1000, 100, 320, 32}, {100, 1000, 12, 120}, {4000, 1, 320, 1},
                                  {320, 120, 320, 120}};

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (TaiPicture) logo = make_logo (rows[i][0], rows[i][1], paint_half);
    g_assert_cmpuint (tai_picture_get_width (logo), ==, rows[i][2]);
    g_assert_cmpuint (tai_picture_get_height (logo), ==, rows[i][3]);
  }
}

/* Black stays black and white white; shades are as dark as they were; what is transparent is paper. */
static void
test_shades (void)
{
  g_autoptr (TaiPicture) half = make_logo (640, 200, paint_half), ramp = make_logo (256, 100, paint_ramp);
  g_autoptr (TaiPicture) mark = make_logo (600, 200, paint_mark);
  guint width = tai_picture_get_width (half), height = tai_picture_get_height (half), before = G_MAXUINT;

  g_assert_cmpuint (count_black (half, 0, width / 2), ==, width / 2 * height);
  g_assert_cmpuint (count_black (half, width / 2, width), ==, 0);
  for (guint i = 0; i < 8; i++) {
    guint black = count_black (ramp, i * 32, i * 32 + 32);
    g_assert_cmpuint (black, <=, before);
    before = black;
  }
  g_assert_cmpuint (count_black (ramp, 0, 256), >, 256 * 100 * 40 / 100);
  g_assert_cmpuint (count_black (ramp, 0, 256), <, 256 * 100 * 60 / 100);
  g_assert_false (tai_picture_is_black (mark, tai_picture_get_width (mark) - 1, 0));
}

static void
test_refused (void)
{
  g_autoptr (GBytes) good = make_png (64, 64, paint_mark),
                     wide = make_png (TAI_LIMIT_LOGO_SIDE + 1, 1, paint_half);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_autoptr (GBytes) jpeg = g_bytes_new_static ("\xff\xd8\xff\xe0", 4), none = g_bytes_new_static ("", 0);
  g_autofree guint8 *zeros = g_malloc0 (10 * 1024 * 1024);
  g_autoptr (GBytes) huge = NULL;
  const struct {
    GBytes *png;
    const char *words;
  } rows[] = {{cut, "cannot be read"},
              {jpeg, "a logo is a PNG"},
              {none, "a logo is a PNG"},
              {wide, "4001 x 1 pixels, at most 4000 x 4000"}};

  memcpy (zeros, g_bytes_get_data (good, NULL), g_bytes_get_size (good));
  huge = g_bytes_new_take (g_steal_pointer (&zeros), 10 * 1024 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (rows) + 1; i++) {
    g_autoptr (GError) error = NULL;
    gboolean is_huge = i == G_N_ELEMENTS (rows);
    g_assert_null (tai_logo_from_png (is_huge ? huge : rows[i].png, &error));
    g_assert_error (error, TAI_PRINTING_ERROR, TAI_PRINTING_ERROR_LOGO);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, is_huge ? "10485760 bytes, at most 262144" : rows[i].words));
  }
}

static TaiPaperwork *
make_paperwork (TaiPicture *logo)
{
  TaiPaperwork *paperwork = shipped_paperwork ();

  tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (paperwork), logo);
  return paperwork;
}

/* On top of receipt and form, in both languages; and gone when there is none any more. */
static void
test_papers (void)
{
  static const char *const languages[] = {"zh_CN", "en"};
  g_autoptr (TaiPicture) logo = make_logo (600, 200, paint_mark);
  g_autoptr (TaiPaperwork) paperwork = make_paperwork (logo);

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++) {
    g_autoptr (Sale) sale = sale_family (languages[i], TRUE);
    g_autoptr (TaiDocument) receipt = tai_paperwork_receipt (paperwork, &sale->sale);
    g_autoptr (TaiDocument) form = tai_paperwork_form (paperwork, &sale->sale);
    g_autofree char *first = g_strdup_printf ("logo-receipt-%.2s-58mm.png", languages[i]);
    g_autofree char *second = g_strdup_printf ("logo-receipt-%.2s-80mm.png", languages[i]);
    g_autofree char *third = g_strdup_printf ("logo-form-%.2s-a4.png", languages[i]);
    g_autofree char *pdf = g_strdup_printf ("logo-form-%.2s.pdf", languages[i]);
    g_autofree char *narrow = papers_render_png (receipt, TAI_PAPER_58MM, 0, first);
    g_autofree char *usual = papers_render_png (receipt, TAI_PAPER_80MM, 0, second);
    g_autofree char *sheet = papers_render_png (form, TAI_PAPER_A4, 0, third);
    g_autofree char *printed = papers_render_pdf (form, TAI_PAPER_A4, pdf);

    g_assert_true (narrow != NULL && usual != NULL && sheet != NULL && printed != NULL);
    g_assert_cmpint (tai_document_get_block (receipt, 0)->type, ==, TAI_BLOCK_PICTURE);
    g_assert_cmpint (tai_document_get_block (form, 0)->type, ==, TAI_BLOCK_PICTURE);
    tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (paperwork), NULL);
    g_autoptr (TaiDocument) plain = tai_paperwork_receipt (paperwork, &sale->sale);
    g_assert_cmpint (tai_document_get_block (plain, 0)->type, !=, TAI_BLOCK_PICTURE);
    tai_hall_paperwork_set_logo (TAI_HALL_PAPERWORK (paperwork), logo);
  }
}

/* The PDF holds it compressed, in black on nothing. */
static void
test_pdf (void)
{
  g_autoptr (TaiPicture) logo = make_logo (256, 100, paint_ramp);
  g_autoptr (TaiPaperwork) paperwork = make_paperwork (logo);
  g_autoptr (Sale) sale = sale_family ("zh_CN", TRUE);
  g_autoptr (TaiDocument) form = tai_paperwork_form (paperwork, &sale->sale);
  g_autoptr (TaiPage) page = tai_page_new (form, TAI_PAPER_A4);
  g_autoptr (GBytes) pdf = tai_page_render_pdf (page, NULL);

  g_assert_cmpuint (g_bytes_get_size (pdf), <=, 150 * 1024);
  g_test_message ("%" G_GSIZE_FORMAT " bytes", g_bytes_get_size (pdf));
}

static GPtrArray *
print (const char *profile_name, TaiDocument *document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find (profile_name), &error);
  g_autoptr (GBytes) bytes = tai_escpos_encode (escpos, document);
  GPtrArray *items = tai_escpos_read_bytes (bytes, tai_escpos_get_profile (escpos)->columns, &error);

  g_assert_no_error (error);
  return items;
}

/* Dot for dot what a receipt printer is sent, above the title, in the middle. */
static void
test_receipt_printer (void)
{
  static const char *const profiles[] = {"58mm", "80mm"};
  g_autoptr (TaiPicture) logo = make_logo (600, 200, paint_mark);
  g_autoptr (TaiPaperwork) paperwork = make_paperwork (logo);
  g_autoptr (Sale) sale = sale_top_up ("zh_CN", FALSE);
  g_autoptr (TaiDocument) receipt = tai_paperwork_receipt (paperwork, &sale->sale);
  g_autofree char *text = tai_plain_text_render (receipt, 42);

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autoptr (GPtrArray) items = print (profiles[i], receipt);
    const TaiEscposItem *first = g_ptr_array_index (items, 0);
    guint differ = 0;

    g_assert_cmpint (first->type, ==, TAI_ESCPOS_ITEM_RASTER);
    g_assert_cmpuint (first->align, ==, 1);
    g_assert_cmpuint (first->width, ==, (tai_picture_get_width (logo) + 7) / 8);
    g_assert_cmpuint (first->height, ==, tai_picture_get_height (logo));
    for (guint y = 0; y < first->height; y++)
      for (guint x = 0; x < tai_picture_get_width (logo); x++)
        differ += tai_escpos_raster_dot (first, x, y) != tai_picture_is_black (logo, x, y);
    g_assert_cmpuint (differ, <=, 8); /* dots that would have made a command */
  }
  g_assert_null (strstr (text, tai_picture_get_text (logo))); /* a text has none */
}

/* No row of a picture may hold what some printers take as a real-time command. */
static void
test_no_commands (void)
{
  static const guint8 seconds[] = {0x04, 0x05, 0x14};
  g_autofree guint8 *bits = g_malloc (320 / 8 * 60);
  g_autoptr (TaiDocument) document = tai_document_new (TAI_DOCUMENT_RECEIPT, "", "en");
  g_autoptr (TaiPicture) picture = NULL;
  g_autoptr (TaiEscpos) escpos = tai_escpos_new (tai_escpos_profile_find ("80mm"), NULL);
  g_autoptr (GBytes) bytes = NULL;
  const guint8 *data;
  gsize size;

  for (guint i = 0; i < 320 / 8 * 60; i++)
    bits[i] = i % 2 == 0 ? 0x10 : seconds[i / 2 % 3];
  picture = tai_picture_new (320, 60, bits, NULL);
  tai_document_add_picture (document, picture);
  bytes = tai_escpos_encode (escpos, document);
  data = g_bytes_get_data (bytes, &size);
  for (gsize i = 0; i + 1 < size; i++)
    g_assert_false (data[i] == 0x10 && memchr (seconds, data[i + 1], 3) != NULL);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logo/sizes", test_sizes);
  g_test_add_func ("/logo/shades", test_shades);
  g_test_add_func ("/logo/refused", test_refused);
  g_test_add_func ("/logo/papers", test_papers);
  g_test_add_func ("/logo/pdf", test_pdf);
  g_test_add_func ("/logo/receipt-printer", test_receipt_printer);
  g_test_add_func ("/logo/no-commands", test_no_commands);
  status = g_test_run ();
  font_caches_drop ();
  return status;
}
