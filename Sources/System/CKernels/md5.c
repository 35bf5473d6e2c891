// MD5 (RFC 1321) of one message, and of 8 or 16 messages side by side, one in each 32-bit lane of a vector register.
#include "CKernels.h"

#include <string.h>

#define EACH_ROUND(STEP) \
  STEP(F, a, b, c, d, 0, 7, 0xd76aa478) STEP(F, d, a, b, c, 1, 12, 0xe8c7b756) \
  STEP(F, c, d, a, b, 2, 17, 0x242070db) STEP(F, b, c, d, a, 3, 22, 0xc1bdceee) \
  STEP(F, a, b, c, d, 4, 7, 0xf57c0faf) STEP(F, d, a, b, c, 5, 12, 0x4787c62a) \
  STEP(F, c, d, a, b, 6, 17, 0xa8304613) STEP(F, b, c, d, a, 7, 22, 0xfd469501) \
  STEP(F, a, b, c, d, 8, 7, 0x698098d8) STEP(F, d, a, b, c, 9, 12, 0x8b44f7af) \
  STEP(F, c, d, a, b, 10, 17, 0xffff5bb1) STEP(F, b, c, d, a, 11, 22, 0x895cd7be) \
  STEP(F, a, b, c, d, 12, 7, 0x6b901122) STEP(F, d, a, b, c, 13, 12, 0xfd987193) \
  STEP(F, c, d, a, b, 14, 17, 0xa679438e) STEP(F, b, c, d, a, 15, 22, 0x49b40821) \
  STEP(G, a, b, c, d, 1, 5, 0xf61e2562) STEP(G, d, a, b, c, 6, 9, 0xc040b340) \
  STEP(G, c, d, a, b, 11, 14, 0x265e5a51) STEP(G, b, c, d, a, 0, 20, 0xe9b6c7aa) \
  STEP(G, a, b, c, d, 5, 5, 0xd62f105d) STEP(G, d, a, b, c, 10, 9, 0x02441453) \
  STEP(G, c, d, a, b, 15, 14, 0xd8a1e681) STEP(G, b, c, d, a, 4, 20, 0xe7d3fbc8) \
  STEP(G, a, b, c, d, 9, 5, 0x21e1cde6) STEP(G, d, a, b, c, 14, 9, 0xc33707d6) \
  STEP(G, c, d, a, b, 3, 14, 0xf4d50d87) STEP(G, b, c, d, a, 8, 20, 0x455a14ed) \
  STEP(G, a, b, c, d, 13, 5, 0xa9e3e905) STEP(G, d, a, b, c, 2, 9, 0xfcefa3f8) \
  STEP(G, c, d, a, b, 7, 14, 0x676f02d9) STEP(G, b, c, d, a, 12, 20, 0x8d2a4c8a) \
  STEP(H, a, b, c, d, 5, 4, 0xfffa3942) STEP(H, d, a, b, c, 8, 11, 0x8771f681) \
  STEP(H, c, d, a, b, 11, 16, 0x6d9d6122) STEP(H, b, c, d, a, 14, 23, 0xfde5380c) \
  STEP(H, a, b, c, d, 1, 4, 0xa4beea44) STEP(H, d, a, b, c, 4, 11, 0x4bdecfa9) \
  STEP(H, c, d, a, b, 7, 16, 0xf6bb4b60) STEP(H, b, c, d, a, 10, 23, 0xbebfbc70) \
  STEP(H, a, b, c, d, 13, 4, 0x289b7ec6) STEP(H, d, a, b, c, 0, 11, 0xeaa127fa) \
  STEP(H, c, d, a, b, 3, 16, 0xd4ef3085) STEP(H, b, c, d, a, 6, 23, 0x04881d05) \
  STEP(H, a, b, c, d, 9, 4, 0xd9d4d039) STEP(H, d, a, b, c, 12, 11, 0xe6db99e5) \
  STEP(H, c, d, a, b, 15, 16, 0x1fa27cf8) STEP(H, b, c, d, a, 2, 23, 0xc4ac5665) \
  STEP(I, a, b, c, d, 0, 6, 0xf4292244) STEP(I, d, a, b, c, 7, 10, 0x432aff97) \
  STEP(I, c, d, a, b, 14, 15, 0xab9423a7) STEP(I, b, c, d, a, 5, 21, 0xfc93a039) \
  STEP(I, a, b, c, d, 12, 6, 0x655b59c3) STEP(I, d, a, b, c, 3, 10, 0x8f0ccc92) \
  STEP(I, c, d, a, b, 10, 15, 0xffeff47d) STEP(I, b, c, d, a, 1, 21, 0x85845dd1) \
  STEP(I, a, b, c, d, 8, 6, 0x6fa87e4f) STEP(I, d, a, b, c, 15, 10, 0xfe2ce6e0) \
  STEP(I, c, d, a, b, 6, 15, 0xa3014314) STEP(I, b, c, d, a, 13, 21, 0x4e0811a1) \
  STEP(I, a, b, c, d, 4, 6, 0xf7537e82) STEP(I, d, a, b, c, 11, 10, 0xbd3af235) \
  STEP(I, c, d, a, b, 2, 15, 0x2ad7d2bb) STEP(I, b, c, d, a, 9, 21, 0xeb86d391)

#define ROTATE(x, n) (((x) << (n)) | ((x) >> (32 - (n))))
#define F(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
// The two terms have no bit in common, so that the sum may be taken in any order: a shorter chain than with or.
#define G(x, y, z) (((x) & (z)) + (~(z) & (y)))
#define H(x, y, z) ((x) ^ (y) ^ (z))
#define I(x, y, z) ((y) ^ ((x) | ~(z)))
// The sum of what is known before b comes first, and stays so: a compiler that gathers the terms in another order makes
// the chain from step to step longer, and all of it a fifth slower.
#define STEP(f, a, b, c, d, k, s, t) \
  a += word[k] + (uint32_t)(t); \
  __asm__("" : "+r"(a)); \
  a += f(b, c, d); \
  a = ROTATE(a, s) + b;

static uint32_t little(const uint8_t *p) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  uint32_t value;
  memcpy(&value, p, 4);
  return value;
#else
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
#endif
}

void ck_md5_blocks(ck_md5_state *state, const uint8_t *data, size_t blocks) {
  uint32_t a = state->word[0], b = state->word[1], c = state->word[2], d = state->word[3];
  for (; blocks > 0; blocks--, data += 64) {
    uint32_t word[16];
    for (int i = 0; i < 16; i++) word[i] = little(data + 4 * i);
    uint32_t a0 = a, b0 = b, c0 = c, d0 = d;
    EACH_ROUND(STEP)
    a += a0;
    b += b0;
    c += c0;
    d += d0;
  }
  state->word[0] = a;
  state->word[1] = b;
  state->word[2] = c;
  state->word[3] = d;
}

#undef STEP
#undef F
#undef G
#undef H
#undef I

#if defined(__x86_64__)
#include <immintrin.h>

// MARK: 16 lanes

#define F(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xca)
#define G(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xe4)
#define H(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)
#define I(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x39)
#define STEP(f, a, b, c, d, k, s, t) \
  a = _mm512_add_epi32(a, _mm512_add_epi32(word[k], _mm512_set1_epi32((int)(t)))); \
  a = _mm512_add_epi32(a, f(b, c, d)); \
  a = _mm512_add_epi32(_mm512_rol_epi32(a, s), b);

// Rows of 16 words become columns.
__attribute__((target("avx512f"), always_inline)) static inline void turn16(__m512i r[16]) {
  __m512i t[16];
  for (int i = 0; i < 16; i += 2) {
    t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
  }
  for (int i = 0; i < 16; i += 4) {
    r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
    r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
    r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
    r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xdd);
  }
  for (int i = 0; i < 4; i++) {
    r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
    r[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
    r[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xdd);
  }
}

__attribute__((target("avx512f"))) static void lanes16(
    ck_md5_state *const *states, const uint8_t *const *data, size_t blocks, int lanes) {
  uint32_t flat[4][16] __attribute__((aligned(64)));
  for (int i = 0; i < 16; i++)
    for (int k = 0; k < 4; k++) flat[k][i] = states[i < lanes ? i : 0]->word[k];
  __m512i a = _mm512_load_si512(flat[0]), b = _mm512_load_si512(flat[1]);
  __m512i c = _mm512_load_si512(flat[2]), d = _mm512_load_si512(flat[3]);
  for (size_t block = 0; block < blocks; block++) {
    __m512i word[16];
    for (int i = 0; i < 16; i++)
      word[i] = _mm512_loadu_si512(data[i < lanes ? i : 0] + 64 * block);
    turn16(word);
    __m512i a0 = a, b0 = b, c0 = c, d0 = d;
    EACH_ROUND(STEP)
    a = _mm512_add_epi32(a, a0);
    b = _mm512_add_epi32(b, b0);
    c = _mm512_add_epi32(c, c0);
    d = _mm512_add_epi32(d, d0);
  }
  _mm512_store_si512(flat[0], a);
  _mm512_store_si512(flat[1], b);
  _mm512_store_si512(flat[2], c);
  _mm512_store_si512(flat[3], d);
  for (int i = 0; i < lanes; i++)
    for (int k = 0; k < 4; k++) states[i]->word[k] = flat[k][i];
}

#undef STEP
#undef F
#undef G
#undef H
#undef I

// MARK: 8 lanes

#define F(x, y, z) _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
#define G(x, y, z) _mm256_xor_si256(y, _mm256_and_si256(z, _mm256_xor_si256(x, y)))
#define H(x, y, z) _mm256_xor_si256(_mm256_xor_si256(x, y), z)
#define I(x, y, z) _mm256_xor_si256(y, _mm256_or_si256(x, _mm256_xor_si256(z, ones)))
#define STEP(f, a, b, c, d, k, s, t) \
  a = _mm256_add_epi32(a, _mm256_add_epi32(word[k], _mm256_set1_epi32((int)(t)))); \
  a = _mm256_add_epi32(a, f(b, c, d)); \
  a = _mm256_add_epi32(_mm256_or_si256(_mm256_slli_epi32(a, s), _mm256_srli_epi32(a, 32 - (s))), b);

__attribute__((target("avx2"), always_inline)) static inline void turn8(__m256i r[8]) {
  __m256i t[8];
  for (int i = 0; i < 8; i += 2) {
    t[i] = _mm256_unpacklo_epi32(r[i], r[i + 1]);
    t[i + 1] = _mm256_unpackhi_epi32(r[i], r[i + 1]);
  }
  __m256i u[8];
  for (int i = 0; i < 8; i += 4) {
    u[i] = _mm256_unpacklo_epi64(t[i], t[i + 2]);
    u[i + 1] = _mm256_unpackhi_epi64(t[i], t[i + 2]);
    u[i + 2] = _mm256_unpacklo_epi64(t[i + 1], t[i + 3]);
    u[i + 3] = _mm256_unpackhi_epi64(t[i + 1], t[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    r[i] = _mm256_permute2x128_si256(u[i], u[i + 4], 0x20);
    r[i + 4] = _mm256_permute2x128_si256(u[i], u[i + 4], 0x31);
  }
}

__attribute__((target("avx2"))) static void lanes8(
    ck_md5_state *const *states, const uint8_t *const *data, size_t blocks, int lanes) {
  const __m256i ones = _mm256_set1_epi32(-1);
  uint32_t flat[4][8] __attribute__((aligned(32)));
  for (int i = 0; i < 8; i++)
    for (int k = 0; k < 4; k++) flat[k][i] = states[i < lanes ? i : 0]->word[k];
  __m256i a = _mm256_load_si256((const __m256i *)flat[0]);
  __m256i b = _mm256_load_si256((const __m256i *)flat[1]);
  __m256i c = _mm256_load_si256((const __m256i *)flat[2]);
  __m256i d = _mm256_load_si256((const __m256i *)flat[3]);
  for (size_t block = 0; block < blocks; block++) {
    __m256i word[16];
    for (int i = 0; i < 8; i++) {
      const uint8_t *p = data[i < lanes ? i : 0] + 64 * block;
      word[i] = _mm256_loadu_si256((const __m256i *)p);
      word[i + 8] = _mm256_loadu_si256((const __m256i *)(p + 32));
    }
    turn8(word);
    turn8(word + 8);
    __m256i a0 = a, b0 = b, c0 = c, d0 = d;
    EACH_ROUND(STEP)
    a = _mm256_add_epi32(a, a0);
    b = _mm256_add_epi32(b, b0);
    c = _mm256_add_epi32(c, c0);
    d = _mm256_add_epi32(d, d0);
  }
  _mm256_store_si256((__m256i *)flat[0], a);
  _mm256_store_si256((__m256i *)flat[1], b);
  _mm256_store_si256((__m256i *)flat[2], c);
  _mm256_store_si256((__m256i *)flat[3], d);
  for (int i = 0; i < lanes; i++)
    for (int k = 0; k < 4; k++) states[i]->word[k] = flat[k][i];
}

int ck_md5_width(void) {
  if (__builtin_cpu_supports("avx512f")) return 16;
  return __builtin_cpu_supports("avx2") ? 8 : 1;
}

void ck_md5_lanes(
    ck_md5_state *const *states, const uint8_t *const *data, size_t blocks, int lanes) {
  // Few messages are hashed sooner one after the other.
  int width = lanes > 2 ? ck_md5_width() : 1;
  if (width == 16)
    lanes16(states, data, blocks, lanes);
  else if (width == 8)
    lanes8(states, data, blocks, lanes);
  else
    for (int i = 0; i < lanes; i++) ck_md5_blocks(states[i], data[i], blocks);
}

#else

int ck_md5_width(void) { return 1; }

void ck_md5_lanes(
    ck_md5_state *const *states, const uint8_t *const *data, size_t blocks, int lanes) {
  for (int i = 0; i < lanes; i++) ck_md5_blocks(states[i], data[i], blocks);
}

#endif
