// Kernels that Swift cannot express for the processor it happens to run on: chosen at run time, with a portable form each.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The four words that MD5 carries from block to block (RFC 1321).
typedef struct {
  uint32_t word[4];
} ck_md5_state;

/// How many messages the processor hashes at once: 16, 8 or 1.
int ck_md5_width(void);

/// Takes whole blocks of 64 bytes into one state.
void ck_md5_blocks(ck_md5_state *state, const uint8_t *data, size_t blocks);

/// Takes the same number of blocks into each of at most `ck_md5_width()` states, all at once.
void ck_md5_lanes(
    ck_md5_state *const *states, const uint8_t *const *data, size_t blocks, int lanes);

/// Adds `packed[row]` to `sums[256 * f + bins[row * stride + f]]` for every feature f and for the rows
/// `rows[from..<to]`, or from..<to themselves when `rows` is null.
void ck_histogram_add(
    const uint8_t *bins, size_t stride, size_t features, const uint32_t *rows, size_t from,
    size_t to, const int64_t *packed, int64_t *sums);

/// Finds the fields of CSV rows that have nothing special about them: as many fields as there are columns, a line each that ends
/// with LF or CRLF and begins with no blank, quotes around a whole field or not at all, none inside of quotes, at most 1 MiB or so.
///
/// `text` is where a row begins. Rows that begin at `stop` or behind it are not taken, nor more than `limit`, nor any that does not
/// end before `last`, where the text ends behind a newline. `places` gets, for each field of each row, where the delimiter or
/// newline behind it stands, counted from `text`; it has room for `limit * columns + columns + 136` numbers.
///
/// Returns the number of rows; `next` is where the first begins that was not taken. `has_high` is set when a byte above 0x7F was
/// seen in them or closely behind them.
size_t ck_csv_rows(
    const uint8_t *text, size_t stop, size_t last, uint8_t delimiter, uint8_t quote, size_t columns,
    size_t limit, int32_t *places, size_t *next, int *has_high);

/// A product of matrices, out = start + left · right, in 32-bit floats.
///
/// An element of `left` stands at left[place of its row + place of its column]. The place of row i is `places[i]`, or i * row_step
/// where there are none. Columns come in `segments` of `length`: column k = s * length + p stands at s * segment_step + p * step.
/// So one function multiplies plain and transposed matrices, and the windows that a convolution looks through, without a copy.
/// Row k of `right` begins at k * right_step, row i of `out` at i * out_step; both are contiguous.
///
/// Every element of `out` is one chain of fused multiplications and additions in the order of k, whatever the processor is and
/// however the product is cut into parts: the same bits everywhere.
typedef struct {
  const float *left;
  const int32_t *places;
  ptrdiff_t row_step, segment_step, step;
  size_t rows, segments, length;
  const float *right;
  size_t right_step;
  float *out;
  size_t out_step;
  size_t columns;
  /// The start of each chain: these numbers, one a column; without them what `out` holds when `adds`, else 0.
  const float *bias;
  int adds;
  /// Negative sums become 0.
  int rectifies;
} ck_product;

void ck_multiply(const ck_product *product);

/// The same with the tiles of a level: 2 for AVX-512, 1 for AVX2, 0 for any processor. Only for tests: the processor must have it.
void ck_multiply_at(const ck_product *product, int level);

/// The greatest level that the processor has.
int ck_product_level(void);

/// Functions of single numbers: max(x, 0), 1 / (1 + e^-x), tanh x, and x times the normal distribution's share below x.
typedef enum { ck_rectified, ck_sigmoid, ck_tangent, ck_gaussian } ck_activation;

void ck_activate(ck_activation kind, const float *x, float *y, size_t count);

/// The gradient before a function out of that behind it; `result` may be `gradient`.
void ck_activate_back(
    ck_activation kind, const float *x, const float *y, const float *gradient, float *result, size_t count);

/// Softmax of every row; `y` may be `x`.
void ck_soften(const float *x, float *y, size_t rows, size_t columns);

void ck_scale_bytes(const uint8_t *bytes, float scale, float shift, float *out, size_t count);
void ck_add_floats(const float *x, float *into, size_t count);

/// y[j * rows + i] = x[i * columns + j].
void ck_transpose(const float *x, size_t rows, size_t columns, float *y);

/// Adds each row to the sums, in order.
void ck_column_sums(const float *x, size_t rows, size_t columns, size_t step, float *sums);
double ck_square_sum(const float *x, size_t count);

/// One step of Adam (Kingma and Ba, 2015) or AdamW (Loshchilov and Hutter, 2019) as PyTorch computes it: `rate` is the learning
/// rate over 1 - mean_decay^t, `square_scale` is 1 / sqrt(1 - square_decay^t), `shrink` is 1 - learning rate * decoupled decay.
typedef struct {
  float rate, mean_decay, square_decay, square_scale, epsilon, penalty, shrink, gradient_scale;
} ck_adam_step;

void ck_adam(const ck_adam_step *step, float *weights, const float *gradient, float *mean, float *square, size_t count);

typedef struct {
  float rate, momentum, penalty, gradient_scale;
  /// Nesterov's.
  int looks_ahead;
} ck_descent_step;

void ck_descend(const ck_descent_step *step, float *weights, const float *gradient, float *velocity, size_t count);

/// y = 0 where a random word is below `threshold`, else x * scale. `y` may be `x`.
///
/// Words are those of Philox4x32-10 (Salmon and others, SC '11) under `key` and the counters (block, purpose, low and high half of
/// `index`): that of element 64c + 16w + l is word w of block 16c + l. At most 2^34 elements.
void ck_drop(
    uint64_t key, uint32_t purpose, uint64_t index, uint32_t threshold, float scale, const float *x, float *y, size_t count);

/// Adds windows to where they were taken from: row i has `segment_count` parts of `length` numbers, part s of which is added at
/// out[places[i] + segments[s]].
void ck_spread(
    const float *windows, const int32_t *places, size_t rows, const int32_t *segments, size_t segment_count, size_t length,
    float *out);

/// Pooling of one image, height x width x channels, by squares of `size`, at most 15.
typedef struct {
  size_t width, channels, size, stride, out_height, out_width;
} ck_pooling;

/// `winners` gets the place in its square of each number of `y`; the first of equals.
void ck_pool_greatest(const ck_pooling *pooling, const float *x, float *y, uint8_t *winners);

/// Adds to `result`.
void ck_pool_greatest_back(const ck_pooling *pooling, const float *gradient, const uint8_t *winners, float *result);
void ck_pool_mean(const ck_pooling *pooling, const float *x, float *y);

/// Adds to `result`.
void ck_pool_mean_back(const ck_pooling *pooling, const float *gradient, float *result);

/// y = x * scale + shift, column by column.
void ck_scale_columns(const float *x, size_t rows, size_t columns, const float *scale, const float *shift, float *y);

/// Adds each column's sum of x, and of x * other.
void ck_column_moments(const float *x, const float *other, size_t rows, size_t columns, double *sums, double *products);

/// result = a * gradient + b * x + c, column by column; `result` may be `gradient`.
void ck_combine_columns(
    const float *gradient, const float *x, size_t rows, size_t columns, const float *a, const float *b, const float *c,
    float *result);

/// The processors that this process may use (`taskset`, cpusets of containers), at least 1.
int ck_processor_count(void);

/// Tells the processor that this thread waits in a loop for what another one does.
static inline void ck_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
