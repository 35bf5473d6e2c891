#pragma once
// Calls of Linux that are not in the headers that Swift sees. No header here declares `struct stat`: it would then be
// this module's to every Swift file.
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_openat2
#define SYS_openat2 437
#endif

// Resolves a path beneath a folder; no link of any kind is followed on the way (Linux 5.6).
static inline int reprise_open_beneath(int folder, const char *path, int flags) {
  struct {
    uint64_t flags, mode, resolve;
  } how = {(uint64_t)flags, 0, 0x08 /* BENEATH */ | 0x04 /* NO_SYMLINKS */ | 0x02 /* NO_MAGICLINKS */};
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

// A file without a name in the folder, gone with its descriptor unless it is linked. `O_TMPFILE` holds `O_DIRECTORY`,
// which has another number on every processor.
static inline int reprise_open_unnamed(int folder, int directory, int write_only, unsigned mode) {
  return (int)syscall(SYS_openat, folder, ".", 020000000 | directory | write_only, mode);
}

// Gives a file without a name one; fails when the name is taken.
static inline int reprise_link_unnamed(int file, int folder, const char *name) {
  char source[40];
  snprintf(source, sizeof source, "/proc/self/fd/%d", file);
  return (int)syscall(SYS_linkat, -100 /* AT_FDCWD */, source, folder, name, 0x400 /* AT_SYMLINK_FOLLOW */);
}
