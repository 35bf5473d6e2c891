#define _GNU_SOURCE
#include "CKernels.h"

#include <sched.h>
#include <unistd.h>

// glibc shows what is for Linux alone only under _GNU_SOURCE, which Swift's Glibc is built without.
int ck_processor_count(void) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    int count = CPU_COUNT(&allowed);
    if (count > 0) return count;
  }
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
