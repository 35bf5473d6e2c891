#!/bin/sh
# Prints how many penguins of each species a table has, and keeps the counts as metrics.
set -eu
data=$1
tail -n +2 "$data" | cut -d, -f1 | sort | uniq -c | while read -r count species; do
  printf '%-10s %5d\n' "$species" "$count"
  [ -z "${REPRISE_METRICS:-}" ] ||
    printf '{"key": "count/%s", "value": %d}\n' "$species" "$count" >>"$REPRISE_METRICS"
done
