#!/usr/bin/env bash
# Recompile the theme into static/ (development only; needs node). With --check: compare only.
set -euo pipefail
project="$(cd "$(dirname "$0")/.." && pwd)"
tools="${THEME_TOOLS:-$project/var/theme-tools}"
mkdir -p "$tools"
if [ ! -d "$tools/node_modules/govuk-frontend" ]; then
  (cd "$tools" && npm install --no-save --no-audit --no-fund govuk-frontend@6.3.0 sass@1.108.2)
fi
made="$(mktemp)"
trap 'rm -f "$made"' EXIT
"$tools/node_modules/.bin/sass" --no-source-map --style=compressed \
  --load-path="$tools/node_modules/govuk-frontend/dist" "$project/theme/portal.scss" "$made"
if [ "${1:-}" = "--check" ]; then
  cmp "$made" "$project/static/css/portal.css" && echo "The committed theme is up to date."
else
  cp "$made" "$project/static/css/portal.css"
  chmod 644 "$project/static/css/portal.css"
fi
