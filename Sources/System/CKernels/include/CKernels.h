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
