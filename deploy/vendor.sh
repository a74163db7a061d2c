#!/bin/sh
# Makes portal/static/vendor and tests/vendor again from npm: our styles compiled from GOV.UK Frontend's Sass, its
# script, and axe-core for tests. A fresh machine doesn't need it: the results are committed with their hashes.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --ignore-scripts --no-audit --no-fund govuk-frontend@6.3.0 sass@1.108.2 axe-core@4.14.1
govuk="$here/portal/static/vendor/govuk-frontend"
axe="$here/tests/vendor/axe-core"
mkdir -p "$govuk" "$axe"
npx sass --no-source-map --style=compressed --load-path=node_modules/govuk-frontend/dist \
  "$here/portal/static/scss/portal.scss" "$govuk/govuk.css"
sed 's,//# sourceMappingURL=.*,,' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > "$govuk/govuk.js"
cp node_modules/axe-core/axe.min.js node_modules/axe-core/LICENSE "$axe/"
for folder in "$here/portal/static/vendor" "$here/tests/vendor"; do
  (cd "$folder" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
done
