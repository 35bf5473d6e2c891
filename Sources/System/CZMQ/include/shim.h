#pragma once
// libzmq, found by the first call and not when the program starts: it brings a dozen libraries, and only notebooks need
// it. See docs/decisions/0003-start-up.md.
//
// The functions that are listed in functions.def are ours by another name, and call the library's.
#define REPRISE_PRAGMA(words) _Pragma(#words)
#define REPRISE_ZMQ(result, name, parameters, arguments) \
  REPRISE_PRAGMA(redefine_extname name reprise_##name)
#include "functions.def"
#undef REPRISE_ZMQ
#include <zmq.h>

// Loads the library; 0 when it is there. Everything else ends the program when it is not.
int reprise_zmq_load(void);
