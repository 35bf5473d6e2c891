#pragma once
// libcurl, found when the first request is made and not when the program starts: with the thirty libraries that it brings
// it costs 3.5 ms of every start, and few commands speak HTTP. See docs/decisions/0003-start-up.md.
#include <curl/curl.h>
#include <dlfcn.h>

static inline void *reprise_curl_symbol(const char *name) {
  void *library = dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
  return library ? dlsym(library, name) : 0;
}

// Each caller looks its symbol up once.
#define REPRISE_CURL(name, type)                                      \
  ({                                                                  \
    static void *kept;                                                \
    void *found = __atomic_load_n(&kept, __ATOMIC_RELAXED);           \
    if (!found) {                                                     \
      found = reprise_curl_symbol(name);                              \
      __atomic_store_n(&kept, found, __ATOMIC_RELAXED);               \
    }                                                                 \
    (type)found;                                                      \
  })

// Whether the library is there and has started. Must come before anything else.
static inline int reprise_curl_start(void) {
  CURLcode (*start)(long) = REPRISE_CURL("curl_global_init", CURLcode(*)(long));
  return start && start(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}
static inline CURL *reprise_curl_open(void) {
  return REPRISE_CURL("curl_easy_init", CURL * (*)(void))();
}
static inline void reprise_curl_close(CURL *h) {
  REPRISE_CURL("curl_easy_cleanup", void (*)(CURL *))(h);
}
// Forgets the options; connections, names and sessions are kept.
static inline void reprise_curl_reset(CURL *h) {
  REPRISE_CURL("curl_easy_reset", void (*)(CURL *))(h);
}
static inline CURLcode reprise_curl_perform(CURL *h) {
  return REPRISE_CURL("curl_easy_perform", CURLcode(*)(CURL *))(h);
}
static inline const char *reprise_curl_words(CURLcode code) {
  return REPRISE_CURL("curl_easy_strerror", const char *(*)(CURLcode))(code);
}

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call.
typedef CURLcode (*reprise_curl_setopt)(CURL *, CURLoption, ...);
static inline reprise_curl_setopt reprise_curl_set(void) {
  return REPRISE_CURL("curl_easy_setopt", reprise_curl_setopt);
}
static inline CURLcode reprise_curl_set_long(CURL *h, CURLoption o, long v) {
  return reprise_curl_set()(h, o, v);
}
static inline CURLcode reprise_curl_set_string(CURL *h, CURLoption o, const char *v) {
  return reprise_curl_set()(h, o, v);
}
static inline CURLcode reprise_curl_set_pointer(CURL *h, CURLoption o, void *v) {
  return reprise_curl_set()(h, o, v);
}
static inline CURLcode reprise_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) {
  return reprise_curl_set()(h, o, v);
}
typedef size_t (*reprise_curl_write)(char *, size_t, size_t, void *);
static inline CURLcode reprise_curl_set_write(CURL *h, reprise_curl_write f, void *context) {
  CURLcode c = reprise_curl_set()(h, CURLOPT_WRITEFUNCTION, f);
  return c != CURLE_OK ? c : reprise_curl_set()(h, CURLOPT_WRITEDATA, context);
}
static inline CURLcode reprise_curl_set_header(CURL *h, reprise_curl_write f, void *context) {
  CURLcode c = reprise_curl_set()(h, CURLOPT_HEADERFUNCTION, f);
  return c != CURLE_OK ? c : reprise_curl_set()(h, CURLOPT_HEADERDATA, context);
}
// What is sent, read from the caller; it may be asked to begin anew.
typedef int (*reprise_curl_seek)(void *, curl_off_t, int);
static inline CURLcode reprise_curl_set_read(CURL *h, reprise_curl_write f, reprise_curl_seek seek,
                                             void *context) {
  CURLcode c = reprise_curl_set()(h, CURLOPT_READFUNCTION, f);
  if (c == CURLE_OK) c = reprise_curl_set()(h, CURLOPT_READDATA, context);
  if (c == CURLE_OK) c = reprise_curl_set()(h, CURLOPT_SEEKFUNCTION, seek);
  return c != CURLE_OK ? c : reprise_curl_set()(h, CURLOPT_SEEKDATA, context);
}
typedef int (*reprise_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode reprise_curl_set_progress(CURL *h, reprise_curl_progress f, void *context) {
  CURLcode c = reprise_curl_set()(h, CURLOPT_XFERINFOFUNCTION, f);
  if (c == CURLE_OK) c = reprise_curl_set()(h, CURLOPT_XFERINFODATA, context);
  return c != CURLE_OK ? c : reprise_curl_set()(h, CURLOPT_NOPROGRESS, 0L);
}
typedef CURLcode (*reprise_curl_getinfo)(CURL *, CURLINFO, ...);
static inline CURLcode reprise_curl_response_code(CURL *h, long *code) {
  return REPRISE_CURL("curl_easy_getinfo", reprise_curl_getinfo)(h, CURLINFO_RESPONSE_CODE, code);
}
// Where an answer that was not followed leads; NULL when nowhere. Valid until the next request.
static inline const char *reprise_curl_redirect(CURL *h) {
  const char *url = 0;
  REPRISE_CURL("curl_easy_getinfo", reprise_curl_getinfo)(h, CURLINFO_REDIRECT_URL, &url);
  return url;
}

// Lists of header lines.
static inline struct curl_slist *reprise_curl_append(struct curl_slist *list, const char *line) {
  typedef struct curl_slist *(*append)(struct curl_slist *, const char *);
  return REPRISE_CURL("curl_slist_append", append)(list, line);
}
static inline void reprise_curl_free(struct curl_slist *list) {
  REPRISE_CURL("curl_slist_free_all", void (*)(struct curl_slist *))(list);
}
