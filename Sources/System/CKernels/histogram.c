#include "CKernels.h"

// Adds the packed derivatives of rows to the bins that they fall into: see Compute's
// HistogramKernel. C for the sake of the prefetch alone, which Swift cannot say: the rows of a node
// lie scattered, and without it a node of every sixteenth row takes five times as long.

#define ADD4(word) \
  sums[(word) & 255] += value; \
  sums[256 + (((word) >> 8) & 255)] += value; \
  sums[512 + (((word) >> 16) & 255)] += value; \
  sums[768 + (((word) >> 24) & 255)] += value;

#define ADD8(word) \
  ADD4(word) \
  sums[1024 + (((word) >> 32) & 255)] += value; \
  sums[1280 + (((word) >> 40) & 255)] += value; \
  sums[1536 + (((word) >> 48) & 255)] += value; \
  sums[1792 + ((word) >> 56)] += value;

static inline __attribute__((always_inline)) void add_row(
    const uint8_t *bins, size_t features, int64_t value, int64_t *sums) {
  size_t left = features;
  for (; left >= 8; left -= 8, bins += 8, sums += 2048) {
    uint64_t word;
    __builtin_memcpy(&word, bins, 8);
    ADD8(word)
  }
  if (left >= 4) {
    uint32_t word;
    __builtin_memcpy(&word, bins, 4);
    ADD4(word)
    left -= 4, bins += 4, sums += 1024;
  }
  for (; left > 0; left--, bins++, sums += 256) sums[*bins] += value;
}

void ck_histogram_add(
    const uint8_t *bins, size_t stride, size_t features, const uint32_t *rows, size_t from,
    size_t to, const int64_t *packed, int64_t *sums) {
  if (!rows) {
    for (size_t row = from; row < to; row++)
      add_row(bins + row * stride, features, packed[row], sums);
    return;
  }
  enum { ahead = 24 };
  size_t i = from;
  if (to > ahead) {
    for (; i < to - ahead; i++) {
      const uint8_t *later = bins + rows[i + ahead] * stride;
      for (size_t line = 0; line < features; line += 64) __builtin_prefetch(later + line);
      __builtin_prefetch(packed + rows[i + ahead]);
      add_row(bins + rows[i] * stride, features, packed[rows[i]], sums);
    }
  }
  for (; i < to; i++) add_row(bins + rows[i] * stride, features, packed[rows[i]], sums);
}
