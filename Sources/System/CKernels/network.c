#include "CKernels.h"

#include <math.h>
#include <string.h>

// What networks do to numbers one by one: see Compute's NetworkKernels. No multiplication is fused with an addition unless it is
// written so, and no sum is taken in another order than the one that is written: the same bits on every processor, at every width.
#pragma clang fp contract(off)

#if defined(__x86_64__) && defined(__linux__)
#define WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WIDE
#endif

// Loops whose turns have nothing to do with each other, though an array may be read and written in place.
#define EACH _Pragma("clang loop vectorize(assume_safety)") for

#define INLINE static inline __attribute__((always_inline))

// e^x for floats, to 1 unit in the last place: x = n ln 2 + r, a polynomial of degree 7 in r. Infinite above 88.7, 0 below -87.3.
INLINE float exponential(float x) {
  const float limited = x > 88.5f ? 88.5f : x < -87.0f ? -87.0f : x;
  const float shifted = limited * 0x1.715476p0f + 0x1.8p23f;
  const float n = shifted - 0x1.8p23f;
  const float r = (limited - n * 0x1.62e400p-1f) - n * 0x1.7f7d1cp-20f;
  float sum = 1 / 5040.0f;
  sum = sum * r + 1 / 720.0f;
  sum = sum * r + 1 / 120.0f;
  sum = sum * r + 1 / 24.0f;
  sum = sum * r + 1 / 6.0f;
  sum = sum * r + 0.5f;
  sum = sum * (r * r) + r + 1.0f;
  int32_t bits, power;
  memcpy(&bits, &sum, 4);
  memcpy(&power, &shifted, 4);
  bits = (int32_t)((uint32_t)bits + ((uint32_t)power << 23));
  float result;
  memcpy(&result, &bits, 4);
  return x > 88.72f ? INFINITY : x < -87.3f ? 0.0f : x != x ? x : result;
}

// The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26).
INLINE float error_function(float x) {
  const float size = x < 0 ? -x : x;
  const float t = 1.0f / (1.0f + 0.3275911f * size);
  float sum = 1.061405429f;
  sum = sum * t - 1.453152027f;
  sum = sum * t + 1.421413741f;
  sum = sum * t - 0.284496736f;
  sum = sum * t + 0.254829592f;
  const float rest = sum * t * exponential(-size * size);
  return x < 0 ? rest - 1.0f : 1.0f - rest;
}

INLINE float sigmoid(float x) { return 1.0f / (1.0f + exponential(-x)); }

INLINE float hyperbolic_tangent(float x) {
  const float size = x < 0 ? -x : x;
  const float square = x * x;
  // Near zero the difference below would lose its digits: the series of the odd function instead.
  const float near = x + x * square * (-1 / 3.0f + square * (2 / 15.0f + square * (-17 / 315.0f + square * (62 / 2835.0f))));
  const float far = 1.0f - 2.0f / (exponential(2.0f * size) + 1.0f);
  return size < 0.3f ? near : x < 0 ? -far : far;
}

WIDE void ck_activate(ck_activation kind, const float *x, float *y, size_t count) {
  switch (kind) {
  case ck_rectified:
    EACH (size_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : x[i] != x[i] ? x[i] : 0;
    break;
  case ck_sigmoid:
    EACH (size_t i = 0; i < count; i++) y[i] = sigmoid(x[i]);
    break;
  case ck_tangent:
    EACH (size_t i = 0; i < count; i++) y[i] = hyperbolic_tangent(x[i]);
    break;
  case ck_gaussian:
    EACH (size_t i = 0; i < count; i++) y[i] = 0.5f * x[i] * (1.0f + error_function(x[i] * 0x1.6a09e6p-1f));
    break;
  }
}

WIDE void ck_activate_back(
    ck_activation kind, const float *x, const float *y, const float *gradient, float *result, size_t count) {
  switch (kind) {
  case ck_rectified:
    EACH (size_t i = 0; i < count; i++) result[i] = y[i] > 0 ? gradient[i] : 0;
    break;
  case ck_sigmoid:
    EACH (size_t i = 0; i < count; i++) result[i] = gradient[i] * y[i] * (1.0f - y[i]);
    break;
  case ck_tangent:
    EACH (size_t i = 0; i < count; i++) result[i] = gradient[i] * (1.0f - y[i] * y[i]);
    break;
  case ck_gaussian:
    EACH (size_t i = 0; i < count; i++) {
      const float share = 0.5f * (1.0f + error_function(x[i] * 0x1.6a09e6p-1f));
      const float density = 0x1.988454p-2f * exponential(-0.5f * x[i] * x[i]);
      result[i] = gradient[i] * (share + x[i] * density);
    }
    break;
  }
}

WIDE void ck_soften(const float *x, float *y, size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++, x += columns, y += columns) {
    float top = x[0];
    for (size_t j = 1; j < columns; j++) top = x[j] > top ? x[j] : top;
    EACH (size_t j = 0; j < columns; j++) y[j] = exponential(x[j] - top);
    float sum = 0;
    for (size_t j = 0; j < columns; j++) sum += y[j];
    EACH (size_t j = 0; j < columns; j++) y[j] /= sum;
  }
}

WIDE void ck_scale_bytes(const uint8_t *bytes, float scale, float shift, float *out, size_t count) {
  EACH (size_t i = 0; i < count; i++) out[i] = (float)bytes[i] * scale + shift;
}

WIDE void ck_add_floats(const float *x, float *into, size_t count) {
  EACH (size_t i = 0; i < count; i++) into[i] += x[i];
}

void ck_transpose(const float *x, size_t rows, size_t columns, float *y) {
  enum { edge = 16 };
  for (size_t from = 0; from < rows; from += edge)
    for (size_t start = 0; start < columns; start += edge) {
      const size_t last = from + edge < rows ? from + edge : rows, end = start + edge < columns ? start + edge : columns;
      for (size_t j = start; j < end; j++)
        for (size_t i = from; i < last; i++) y[j * rows + i] = x[i * columns + j];
    }
}

WIDE void ck_column_sums(const float *x, size_t rows, size_t columns, size_t step, float *sums) {
  for (size_t i = 0; i < rows; i++, x += step)
    EACH (size_t j = 0; j < columns; j++) sums[j] += x[j];
}

WIDE double ck_square_sum(const float *x, size_t count) {
  double sums[16] = {0};
  size_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (size_t lane = 0; lane < 16; lane++) sums[lane] += (double)x[i + lane] * (double)x[i + lane];
  for (size_t lane = 0; i < count; i++, lane++) sums[lane] += (double)x[i] * (double)x[i];
  double sum = 0;
  for (size_t lane = 0; lane < 16; lane++) sum += sums[lane];
  return sum;
}

WIDE void ck_adam(const ck_adam_step *step, float *weights, const float *gradient, float *mean, float *square, size_t count) {
  const ck_adam_step s = *step;
  const float mean_rest = 1.0f - s.mean_decay, square_rest = 1.0f - s.square_decay;
  EACH (size_t i = 0; i < count; i++) {
    const float weight = weights[i] * s.shrink;
    const float g = gradient[i] * s.gradient_scale + s.penalty * weights[i];
    const float m = s.mean_decay * mean[i] + mean_rest * g;
    const float v = s.square_decay * square[i] + square_rest * g * g;
    mean[i] = m;
    square[i] = v;
    weights[i] = weight - s.rate * m / (__builtin_elementwise_sqrt(v) * s.square_scale + s.epsilon);
  }
}

WIDE void ck_descend(const ck_descent_step *step, float *weights, const float *gradient, float *velocity, size_t count) {
  const ck_descent_step s = *step;
  EACH (size_t i = 0; i < count; i++) {
    const float g = gradient[i] * s.gradient_scale + s.penalty * weights[i];
    const float v = s.momentum * velocity[i] + g;
    velocity[i] = v;
    weights[i] -= s.rate * (s.looks_ahead ? g + s.momentum * v : v);
  }
}

// Sixteen blocks of Philox4x32-10 at once: word w of block `first + lane` is words[w][lane].
INLINE void philox(uint64_t key, uint32_t purpose, uint64_t index, uint32_t first, uint32_t words[4][16]) {
  uint32_t *c0 = words[0], *c1 = words[1], *c2 = words[2], *c3 = words[3];
  for (uint32_t lane = 0; lane < 16; lane++)
    c0[lane] = first + lane, c1[lane] = purpose, c2[lane] = (uint32_t)index, c3[lane] = (uint32_t)(index >> 32);
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    EACH (int lane = 0; lane < 16; lane++) {
      const uint64_t a = (uint64_t)c0[lane] * 0xD2511F53u, b = (uint64_t)c2[lane] * 0xCD9E8D57u;
      const uint32_t next0 = (uint32_t)(b >> 32) ^ c1[lane] ^ k0, next2 = (uint32_t)(a >> 32) ^ c3[lane] ^ k1;
      c1[lane] = (uint32_t)b, c3[lane] = (uint32_t)a, c0[lane] = next0, c2[lane] = next2;
    }
    k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
  }
}

WIDE void ck_drop(
    uint64_t key, uint32_t purpose, uint64_t index, uint32_t threshold, float scale, const float *x, float *y, size_t count) {
  uint32_t words[4][16];
  const uint32_t *word = words[0];
  size_t i = 0;
  for (; i + 64 <= count; i += 64) {
    philox(key, purpose, index, (uint32_t)(i / 4), words);
    EACH (size_t k = 0; k < 64; k++) y[i + k] = word[k] < threshold ? 0 : x[i + k] * scale;
  }
  if (i == count) return;
  philox(key, purpose, index, (uint32_t)(i / 4), words);
  for (size_t k = 0; k < count - i; k++) y[i + k] = word[k] < threshold ? 0 : x[i + k] * scale;
}

WIDE void ck_spread(
    const float *windows, const int32_t *places, size_t rows, const int32_t *segments, size_t segment_count, size_t length, float *out) {
  for (size_t i = 0; i < rows; i++)
    for (size_t s = 0; s < segment_count; s++, windows += length) {
      float *into = out + places[i] + segments[s];
      EACH (size_t k = 0; k < length; k++) into[k] += windows[k];
    }
}

WIDE void ck_pool_greatest(const ck_pooling *p, const float *x, float *y, uint8_t *winners) {
  const size_t channels = p->channels;
  for (size_t row = 0; row < p->out_height; row++)
    for (size_t column = 0; column < p->out_width; column++, y += channels, winners += channels) {
      const float *window = x + (row * p->stride * p->width + column * p->stride) * channels;
      EACH (size_t c = 0; c < channels; c++) y[c] = window[c], winners[c] = 0;
      for (size_t place = 1; place < p->size * p->size; place++) {
        const float *other = window + (place / p->size * p->width + place % p->size) * channels;
        EACH (size_t c = 0; c < channels; c++) {
          // A NaN wins and stays, so that it is seen.
          const int wins = other[c] > y[c] || other[c] != other[c];
          y[c] = wins ? other[c] : y[c];
          winners[c] = wins ? (uint8_t)place : winners[c];
        }
      }
    }
}

WIDE void ck_pool_greatest_back(const ck_pooling *p, const float *gradient, const uint8_t *winners, float *result) {
  const size_t channels = p->channels;
  for (size_t row = 0; row < p->out_height; row++)
    for (size_t column = 0; column < p->out_width; column++, gradient += channels, winners += channels) {
      float *window = result + (row * p->stride * p->width + column * p->stride) * channels;
      for (size_t place = 0; place < p->size * p->size; place++) {
        float *into = window + (place / p->size * p->width + place % p->size) * channels;
        const uint8_t own = (uint8_t)place;
        EACH (size_t c = 0; c < channels; c++) into[c] += winners[c] == own ? gradient[c] : 0;
      }
    }
}

WIDE void ck_pool_mean(const ck_pooling *p, const float *x, float *y) {
  const size_t channels = p->channels;
  const float share = 1.0f / (float)(p->size * p->size);
  for (size_t row = 0; row < p->out_height; row++)
    for (size_t column = 0; column < p->out_width; column++, y += channels) {
      const float *window = x + (row * p->stride * p->width + column * p->stride) * channels;
      EACH (size_t c = 0; c < channels; c++) y[c] = 0;
      for (size_t place = 0; place < p->size * p->size; place++) {
        const float *other = window + (place / p->size * p->width + place % p->size) * channels;
        EACH (size_t c = 0; c < channels; c++) y[c] += other[c];
      }
      EACH (size_t c = 0; c < channels; c++) y[c] *= share;
    }
}

WIDE void ck_pool_mean_back(const ck_pooling *p, const float *gradient, float *result) {
  const size_t channels = p->channels;
  const float share = 1.0f / (float)(p->size * p->size);
  for (size_t row = 0; row < p->out_height; row++)
    for (size_t column = 0; column < p->out_width; column++, gradient += channels) {
      float *window = result + (row * p->stride * p->width + column * p->stride) * channels;
      for (size_t place = 0; place < p->size * p->size; place++) {
        float *into = window + (place / p->size * p->width + place % p->size) * channels;
        EACH (size_t c = 0; c < channels; c++) into[c] += gradient[c] * share;
      }
    }
}

WIDE void ck_scale_columns(
    const float *x, size_t rows, size_t columns, const float *scale, const float *shift, float *y) {
  for (size_t i = 0; i < rows; i++, x += columns, y += columns)
    EACH (size_t j = 0; j < columns; j++) y[j] = x[j] * scale[j] + shift[j];
}

WIDE void ck_column_moments(
    const float *x, const float *other, size_t rows, size_t columns, double *sums, double *products) {
  for (size_t i = 0; i < rows; i++, x += columns, other += columns)
    for (size_t j = 0; j < columns; j++) {
      sums[j] += (double)x[j];
      products[j] += (double)x[j] * (double)other[j];
    }
}

WIDE void ck_combine_columns(
    const float *gradient, const float *x, size_t rows, size_t columns, const float *a, const float *b, const float *c, float *result) {
  for (size_t i = 0; i < rows; i++, gradient += columns, x += columns, result += columns)
    EACH (size_t j = 0; j < columns; j++) result[j] = a[j] * gradient[j] + b[j] * x[j] + c[j];
}
