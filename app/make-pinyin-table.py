#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The readings of Chinese characters from Unicode's Unihan database, as a C table for tai-pinyin.c.

    make-pinyin-table.py UNIHAN_READINGS[.bz2] OUTPUT

Fields, in this order of trust: kMandarin (the usual reading first), kTGHZ2013 (通用规范汉字字典), kXHC1983 (现代汉语词典),
kHanyuPinlu (frequency in speech). kHanyuPinyin is left out: it has readings of a thousand years ago (机 wèi), and each
reading more finds what nobody meant.
"""
import bz2
import re
import sys
import unicodedata

FIELDS = ('kMandarin', 'kTGHZ2013', 'kXHC1983', 'kHanyuPinlu')
SET_BITS = 11
LEAST_CHARACTERS = 20000  # of a database that is whole


def read(path):
    opener = bz2.open if path.endswith('.bz2') else open
    rows = {}
    with opener(path, 'rt', encoding='utf-8') as stream:
        for line in stream:
            parts = line.rstrip('\n').split('\t')
            if len(parts) == 3 and parts[1] in FIELDS:
                rows.setdefault(int(parts[0][2:], 16), {})[parts[1]] = parts[2]
    return rows


def strip_tones(text):
    text = unicodedata.normalize('NFD', text).replace('u\u0308', 'v')
    return ''.join(char for char in text if not unicodedata.combining(char))


def readings_of(row):
    found = []
    for field in FIELDS:
        for word in re.findall('[a-z]+', strip_tones(row.get(field, ''))):
            if word not in found:
                found.append(word)
    return tuple(found)


def write(readings, stream):
    sets = sorted(set(readings.values()))
    if len(sets) > 1 << SET_BITS:
        raise SystemExit('%d sets of readings do not fit in %d bits' % (len(sets), SET_BITS))
    numbers = {one: number for number, one in enumerate(sets)}
    stream.write('/* Written by make-pinyin-table.py. */\n\nstatic const char *const reading_sets[] = {\n')
    stream.writelines('  "%s",\n' % ' '.join(one) for one in sets)
    stream.write('};\n\n/* character << %d | set, sorted */\nstatic const guint32 characters[] = {\n' % SET_BITS)
    stream.writelines('  0x%08x,\n' % (char << SET_BITS | numbers[readings[char]]) for char in sorted(readings))
    stream.write('};\n\n#define SET_BITS %d\n' % SET_BITS)


def main():
    source, output = sys.argv[1:]
    readings = {char: found for char, found in ((char, readings_of(row)) for char, row in read(source).items()) if found}
    if len(readings) < LEAST_CHARACTERS:
        raise SystemExit('%s: only %d characters have a reading' % (source, len(readings)))
    with open(output, 'w', encoding='utf-8') as stream:
        write(readings, stream)


if __name__ == '__main__':
    main()
