#pragma once
// libgit2, found by the first call and not when the program starts: with the twenty libraries that it brings it costs
// 2.6 ms of every start, and few commands look at a repository. See docs/decisions/0003-start-up.md.
//
// The functions that are listed in functions.def are ours by another name, and call the library's.
#define REPRISE_PRAGMA(words) _Pragma(#words)
#define REPRISE_GIT(result, name, parameters, arguments) \
  REPRISE_PRAGMA(redefine_extname name reprise_##name)
#include "functions.def"
#undef REPRISE_GIT
#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/repository.h>

// Loads the library; 0 when it is there. Everything else ends the program when it is not.
int reprise_git_load(void);
// A symbol of the library, or of those that it brings.
void *reprise_git_symbol(const char *name);

// git_libgit2_opts is variadic, which Swift cannot call; these are the forms that we need.
int reprise_git_set_extensions(const char **extensions, size_t count);
int reprise_git_set_owner_validation(int enabled);
int reprise_git_get_owner_validation(int *enabled);
int reprise_git_set_certificates(const char *file);
int reprise_git_set_search_path(int level, const char *path);
