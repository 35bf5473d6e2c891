#pragma once
#include <sqlite3.h>

// sqlite3_db_config takes any number of arguments, which Swift cannot call.
static inline int reprise_sqlite_defend(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}
