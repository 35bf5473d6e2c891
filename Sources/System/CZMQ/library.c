#include "shim.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static struct {
#define REPRISE_ZMQ(result, name, parameters, arguments) __typeof__(name) *name;
#include "functions.def"
#undef REPRISE_ZMQ
} library;

static int isThere;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *handle = dlopen("libzmq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!handle) return;
#define REPRISE_ZMQ(result, name, parameters, arguments) \
  if (!(library.name = (__typeof__(library.name))dlsym(handle, #name))) return;
#include "functions.def"
#undef REPRISE_ZMQ
  isThere = 1;
}

int reprise_zmq_load(void) {
  pthread_once(&once, load);
  return isThere ? 0 : -1;
}

static __typeof__(library) *zmq(void) {
  if (reprise_zmq_load() == 0) return &library;
  fputs("reprise: libzmq.so.5 is not there\n", stderr);
  abort();
}

#define REPRISE_ZMQ(result, name, parameters, arguments) \
  result name parameters { return zmq()->name arguments; }
#include "functions.def"
