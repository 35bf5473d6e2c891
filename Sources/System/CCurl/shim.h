#pragma once
#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call.
static inline CURLcode reprise_curl_set_long(CURL *h, CURLoption o, long v) {
  return curl_easy_setopt(h, o, v);
}
static inline CURLcode reprise_curl_set_string(CURL *h, CURLoption o, const char *v) {
  return curl_easy_setopt(h, o, v);
}
static inline CURLcode reprise_curl_set_pointer(CURL *h, CURLoption o, void *v) {
  return curl_easy_setopt(h, o, v);
}
typedef size_t (*reprise_curl_write)(char *, size_t, size_t, void *);
static inline CURLcode reprise_curl_set_write(CURL *h, reprise_curl_write f, void *context) {
  CURLcode c = curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, f);
  return c != CURLE_OK ? c : curl_easy_setopt(h, CURLOPT_WRITEDATA, context);
}
static inline CURLcode reprise_curl_response_code(CURL *h, long *code) {
  return curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, code);
}
static inline CURLcode reprise_curl_set_offset(CURL *h, CURLoption o, curl_off_t v) {
  return curl_easy_setopt(h, o, v);
}
typedef int (*reprise_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode reprise_curl_set_progress(CURL *h, reprise_curl_progress f, void *context) {
  CURLcode c = curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, f);
  if (c == CURLE_OK) c = curl_easy_setopt(h, CURLOPT_XFERINFODATA, context);
  return c != CURLE_OK ? c : curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
}
