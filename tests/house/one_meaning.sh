#!/usr/bin/env bash
# A folder is one namespace: two headers that define a type of the same name there would make a program that no linker complains
# about and that reads one as the other. Nested types and forward declarations do not count.
set -euo pipefail
cd "$1"
status=0
for folder in flows engine webhooks storage server; do
  twice=$(grep -rhoE --include='*.hpp' '^(struct|class|enum class|enum) [A-Za-z0-9_]+( final)?( : [^{]*)? *\{' "$folder" |
    sed -E 's/^(struct|class|enum class|enum) ([A-Za-z0-9_]+).*/\2/' | sort | uniq -d)
  for name in $twice; do
    echo "$folder: two headers define $name"
    status=1
  done
done
exit $status
