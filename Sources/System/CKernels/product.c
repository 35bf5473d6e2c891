#include "CKernels.h"

#include <string.h>

// A tile of `out` is held in registers while k runs. Tiles are R rows of V vectors of sixteen columns; which ones there are
// depends on the processor's registers, what they compute does not.

typedef float v16 __attribute__((vector_size(64), aligned(4)));
typedef int32_t v16i __attribute__((vector_size(64)));

#define INLINE static inline __attribute__((always_inline))

// Columns k of left that one pass takes: as many rows of right, 64 columns wide, stay in the first cache.
enum { depth = 128 };

// What a tile needs: pointers moved to its place, and the part of k that it takes.
typedef struct {
  const float *right;
  size_t right_step;
  float *out;
  size_t out_step;
  const float *bias;
  int adds, rectifies;
  size_t segments, length;
  ptrdiff_t segment_step, step;
} tile;

INLINE void multiply_tile(const tile *t, const float *const *left, const int R, const int V) {
  v16 sums[8][4];
  for (int i = 0; i < R; i++)
    for (int v = 0; v < V; v++) {
      if (t->bias) sums[i][v] = *(const v16 *)(t->bias + 16 * v);
      else if (t->adds) sums[i][v] = *(const v16 *)(t->out + i * t->out_step + 16 * v);
      else sums[i][v] = (v16){0};
    }
  const float *right = t->right;
  const ptrdiff_t step = t->step;
  for (size_t s = 0; s < t->segments; s++) {
    const float *rows[8];
    for (int i = 0; i < R; i++) rows[i] = left[i] + (ptrdiff_t)s * t->segment_step;
    ptrdiff_t place = 0;
    for (size_t p = 0; p < t->length; p++, place += step, right += t->right_step) {
      v16 b[4];
      for (int v = 0; v < V; v++) b[v] = *(const v16 *)(right + 16 * v);
      for (int i = 0; i < R; i++) {
        const float one = rows[i][place];
        const v16 a = {one, one, one, one, one, one, one, one, one, one, one, one, one, one, one, one};
        for (int v = 0; v < V; v++) sums[i][v] = __builtin_elementwise_fma(a, b[v], sums[i][v]);
      }
    }
  }
  for (int i = 0; i < R; i++)
    for (int v = 0; v < V; v++) {
      v16 sum = sums[i][v];
      // What is below zero becomes zero; what is no number stays, so that it is seen.
      if (t->rectifies) sum = (v16)((v16i)sum & ~(sum < (v16){0}));
      *(v16 *)(t->out + i * t->out_step + 16 * v) = sum;
    }
}

// All rows of one block of columns, for one part of k.
#define ROWS(R, V) \
  while (rows - i >= R) { \
    const float *left[R]; \
    for (int r = 0; r < R; r++) left[r] = start + (p->places ? p->places[i + r] : (ptrdiff_t)(i + r) * p->row_step); \
    multiply_tile(&t, left, R, V); \
    t.out += R * t.out_step; \
    i += R; \
  }

#define BLOCK(NAME, TARGET, V, R) \
  TARGET static void NAME(const ck_product *p, const float *start, tile t) { \
    const size_t rows = p->rows; \
    size_t i = 0; \
    ROWS(R, V) \
    if (R > 4) ROWS(4, V) \
    ROWS(2, V) \
    ROWS(1, V) \
  }

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,fma,avx2"), min_vector_width(512)))
#define AVX2 __attribute__((target("avx2,fma")))
BLOCK(block_wide4, AVX512, 4, 6)
BLOCK(block_wide3, AVX512, 3, 6)
BLOCK(block_wide2, AVX512, 2, 8)
BLOCK(block_wide1, AVX512, 1, 8)
BLOCK(block_narrow, AVX2, 1, 6)
#endif
BLOCK(block_plain, , 1, 6)

typedef void (*block)(const ck_product *, const float *, tile);

static void run(const ck_product *p, const block *blocks, size_t widest) {
  float packed[depth][16], ending[16], bias[16];
  const size_t whole = p->length >= depth ? 1 : depth / p->length; // segments a pass takes
  for (size_t column = 0; column < p->columns;) {
    const size_t left = p->columns - column;
    size_t width = left / 16 < widest ? left / 16 : widest;
    const int is_partial = width == 0;
    for (size_t s = 0; s < p->segments; s += whole) {
      const size_t segments = p->segments - s < whole ? p->segments - s : whole;
      for (size_t from = 0; from < p->length; from += depth) {
        const size_t length = p->length - from < depth ? p->length - from : depth;
        const int is_first = s == 0 && from == 0;
        const int is_last = s + segments == p->segments && from + length == p->length;
        const float *right = p->right + (s * p->length + from) * p->right_step + column;
        tile t = {
            .right = right, .right_step = p->right_step, .out = p->out + column, .out_step = p->out_step,
            .bias = is_first && p->bias ? p->bias + column : 0, .adds = !is_first || p->adds, .rectifies = is_last && p->rectifies,
            .segments = segments, .length = length, .segment_step = p->segment_step, .step = p->step};
        const float *start = p->left + (ptrdiff_t)s * p->segment_step + (ptrdiff_t)from * p->step;
        if (!is_partial) {
          blocks[width - 1](p, start, t);
          continue;
        }
        memset(packed, 0, sizeof packed);
        for (size_t k = 0; k < segments * length; k++) memcpy(packed[k], right + k * p->right_step, left * sizeof(float));
        if (t.bias) {
          memcpy(bias, t.bias, left * sizeof(float));
          memset(bias + left, 0, (16 - left) * sizeof(float));
          t.bias = bias;
        }
        t.right = packed[0], t.right_step = 16, t.out = ending, t.out_step = 0;
        ck_product one = *p;
        one.rows = 1;
        one.places = 0; // `start` is moved to each row's below
        for (size_t i = 0; i < p->rows; i++) {
          float *out = p->out + i * p->out_step + column;
          if (!t.bias && t.adds) memcpy(ending, out, left * sizeof(float));
          blocks[0](&one, start + (p->places ? p->places[i] : (ptrdiff_t)i * p->row_step), t);
          memcpy(out, ending, left * sizeof(float));
        }
      }
    }
    column += is_partial ? left : width * 16;
  }
}

#if defined(__x86_64__)
int ck_product_level(void) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
      && __builtin_cpu_supports("avx512vl"))
    return 2;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 1 : 0;
}
#else
int ck_product_level(void) { return 0; }
#endif

// Sums of nothing: what they begin with.
static void begin(const ck_product *p) {
  for (size_t i = 0; i < p->rows; i++)
    for (size_t j = 0; j < p->columns; j++) {
      float *out = p->out + i * p->out_step + j;
      const float sum = p->bias ? p->bias[j] : p->adds ? *out : 0;
      *out = p->rectifies && sum < 0 ? 0 : sum;
    }
}

void ck_multiply_at(const ck_product *p, int level) {
  if (p->rows == 0 || p->columns == 0) return;
  if (p->segments == 0 || p->length == 0) return begin(p);
  static const block plain[] = {block_plain};
#if defined(__x86_64__)
  static const block wide[] = {block_wide1, block_wide2, block_wide3, block_wide4}, narrow[] = {block_narrow};
  if (level == 2) return run(p, wide, 4);
  if (level == 1) return run(p, narrow, 1);
#endif
  run(p, plain, 1);
}

void ck_multiply(const ck_product *p) { ck_multiply_at(p, ck_product_level()); }
