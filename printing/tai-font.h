/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The face on the paper, by name; the others stand in where it is not installed. One list for PDF, PNG and drawn lines. */
#define TAI_FONT_FAMILIES                                                                                    \
  "Noto Sans CJK SC,Noto Sans SC,Source Han Sans SC,WenQuanYi Micro Hei,Noto Color Emoji,sans-serif"
