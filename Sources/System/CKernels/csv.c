// Finds the fields of CSV rows that have nothing special about them, 64 bytes at a time.
#include "CKernels.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Which of 64 bytes mean something, the first byte in the lowest bit.
typedef struct {
  uint64_t delimiter, newline, carriage, quote, high;
} marks;

#if defined(__SSE2__)
static inline __attribute__((always_inline)) uint64_t equal(const __m128i *four, __m128i byte) {
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++)
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(four[i], byte)) << (16 * i);
  return bits;
}

static inline __attribute__((always_inline)) marks look(
    const uint8_t *at, uint8_t delimiter, uint8_t quote) {
  __m128i four[4];
  marks found = {0};
  for (int i = 0; i < 4; i++) {
    four[i] = _mm_loadu_si128((const __m128i *)(at + 16 * i));
    found.high |= (uint64_t)(uint32_t)_mm_movemask_epi8(four[i]) << (16 * i);
  }
  found.delimiter = equal(four, _mm_set1_epi8((char)delimiter));
  found.newline = equal(four, _mm_set1_epi8('\n'));
  found.carriage = equal(four, _mm_set1_epi8('\r'));
  found.quote = equal(four, _mm_set1_epi8((char)quote));
  return found;
}
#else
static inline marks look(const uint8_t *at, uint8_t delimiter, uint8_t quote) {
  marks found = {0};
  for (int i = 0; i < 64; i++) {
    uint64_t bit = (uint64_t)1 << i;
    uint8_t byte = at[i];
    if (byte == delimiter) found.delimiter |= bit;
    if (byte == '\n') found.newline |= bit;
    if (byte == '\r') found.carriage |= bit;
    if (byte == quote) found.quote |= bit;
    if (byte >= 0x80) found.high |= bit;
  }
  return found;
}
#endif

// The places of the bits, from the lowest; writes up to eight more than there are.
static inline __attribute__((always_inline)) size_t flatten(
    uint64_t bits, int32_t from, int32_t *places) {
  size_t count = (size_t)__builtin_popcountll(bits);
  for (size_t done = 0; done < count; done += 8)
    for (size_t i = done; i < done + 8; i++) {
      // Of no bit, the place means nothing.
      places[i] = from + (bits ? __builtin_ctzll(bits) : 0);
      bits &= bits - 1;
    }
  return count;
}

size_t ck_csv_rows(
    const uint8_t *text, size_t stop, size_t last, uint8_t delimiter, uint8_t quote, size_t columns,
    size_t limit, int32_t *places, size_t *next, int *has_high) {
  enum { longest = 1 << 20 };
  size_t rows = 0, count = 0;  // of whole rows; of fields in all
  size_t row = 0, field = 0;   // where the last ones begin
  int is_open = 0;             // a quote
  uint64_t high = 0;
  uint8_t rest[64];

// A row that begins with a blank may be nothing but blanks.
#define BEGINS_PLAINLY(at) (text[at] > 0x20 || text[at] == delimiter)
  if (stop > last) stop = last;
  if (stop == 0 || limit == 0 || !BEGINS_PLAINLY(0)) {
    *next = 0;
    return 0;
  }
  for (size_t at = 0; at < last; at += 64) {
    marks found;
    if (last - at >= 64) {
      found = look(text + at, delimiter, quote);
    } else {
      memset(rest, 0, sizeof rest);
      memcpy(rest, text + at, last - at);
      found = look(rest, delimiter, quote);
      uint64_t inside = ((uint64_t)1 << (last - at)) - 1;
      found.delimiter &= inside;
      found.quote &= inside;
    }
    high |= found.high;
    if (at - row > longest && at > row) break;
    // More fields than there may be, and no end of the row.
    if (count > (rows + 1) * columns) break;
    if (!(is_open | (found.quote != 0) | ((found.carriage & ~(found.newline >> 1)) != 0))) {
      uint64_t both = found.delimiter | found.newline;
      size_t fields = flatten(both, (int32_t)at, places + count);
      for (uint64_t ends = found.newline; ends; ends &= ends - 1) {
        int end = __builtin_ctzll(ends);
        uint64_t before = both & (((uint64_t)2 << end) - 1);
        size_t here = count + (size_t)__builtin_popcountll(before);
        if (here != (rows + 1) * columns) goto done;
        rows++;
        row = at + (size_t)end + 1;
        if (row >= stop || rows == limit || !BEGINS_PLAINLY(row)) goto done;
      }
      count += fields;
      if (both) field = at + 64 - (size_t)__builtin_clzll(both);
      continue;
    }
    uint64_t all = found.delimiter | found.newline | found.carriage | found.quote;
    for (; all; all &= all - 1) {
      size_t here = at + (size_t)__builtin_ctzll(all);
      uint8_t byte = text[here];
      if (is_open) {
        if (byte == '\n' || byte == '\r') goto done;
        if (byte != quote) continue;
        // A newline stands behind all others: there is a next byte.
        uint8_t behind = text[here + 1];
        if (behind != delimiter && behind != '\n' && behind != '\r') goto done;
        is_open = 0;
      } else if (byte == quote) {
        is_open = here == field;
      } else if (byte == '\r') {
        if (text[here + 1] != '\n') goto done;
      } else {
        if (count == (rows + 1) * columns) goto done;
        places[count++] = (int32_t)here;
        field = here + 1;
        if (byte != '\n') continue;
        if (count != (rows + 1) * columns) goto done;
        rows++;
        row = field;
        if (row >= stop || rows == limit || !BEGINS_PLAINLY(row)) goto done;
      }
    }
  }
done:
  *has_high |= high != 0;
  *next = row;
  return rows;
}
