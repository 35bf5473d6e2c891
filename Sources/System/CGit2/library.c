#include "shim.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
  int (*git_libgit2_opts)(int, ...);
#define REPRISE_GIT(result, name, parameters, arguments) __typeof__(name) *name;
#include "functions.def"
#undef REPRISE_GIT
} library;

static void *handle;
static int isThere;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // Local: what our own program defines is found first, see CertificateBundle.swift.
  handle = dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define REPRISE_GIT(result, name, parameters, arguments) \
  if (!(library.name = (__typeof__(library.name))dlsym(handle, #name))) return;
  REPRISE_GIT(int, git_libgit2_opts, (int, ...), ())
#include "functions.def"
#undef REPRISE_GIT
  isThere = 1;
}

int reprise_git_load(void) {
  pthread_once(&once, load);
  return isThere ? 0 : -1;
}

void *reprise_git_symbol(const char *name) {
  return reprise_git_load() == 0 ? dlsym(handle, name) : 0;
}

static __typeof__(library) *git(void) {
  if (reprise_git_load() == 0) return &library;
  fputs("reprise: libgit2.so." LIBGIT2_SOVERSION " is not there\n", stderr);
  abort();
}

#define REPRISE_GIT(result, name, parameters, arguments) \
  result name parameters { return git()->name arguments; }
#include "functions.def"

int reprise_git_set_extensions(const char **extensions, size_t count) {
  return git()->git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, count);
}
int reprise_git_set_owner_validation(int enabled) {
  return git()->git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}
int reprise_git_get_owner_validation(int *enabled) {
  return git()->git_libgit2_opts(GIT_OPT_GET_OWNER_VALIDATION, enabled);
}
int reprise_git_set_certificates(const char *file) {
  return git()->git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, NULL);
}
int reprise_git_set_search_path(int level, const char *path) {
  return git()->git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}
