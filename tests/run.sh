#!/usr/bin/env bash
# Every test, in the order in which a mistake shows soonest. Needs nothing running; called by `make test`.
set -euo pipefail
cd "$(dirname "$0")/.."
export RASA_TELEMETRY_ENABLED=false OMP_NUM_THREADS=1
# What is imported is compiled once, not at each start of a program.
unset PYTHONDONTWRITEBYTECODE
uv=$(command -v uv || echo "$PWD/.tools/uv/bin/uv")

if ! command -v chromium >/dev/null; then
  if [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq chromium
  else
    echo "Chromium is missing. Run: sudo apt-get install chromium" >&2
    exit 1
  fi
fi

# Measuring makes a test up to four times as slow: only the quick ones are, which touch enough by themselves.
quick="not (stack or browser or slow or postgresql)"
started="stack or browser"

# The quick tests need no model, so they run beside the training; what they say is shown when both are done.
said=$(mktemp)
"$uv" run --frozen pytest -q -m "$quick" --cov=guidance --cov-report=term:skip-covered --cov-fail-under=95 \
  --durations=10 >"$said" 2>&1 &
quick_tests=$!
trap 'kill "$quick_tests" 2>/dev/null || :; cat "$said"; rm -f "$said"' EXIT

"$uv" run --frozen python -m commands.engine check
"$uv" run --frozen python -m commands.engine train
bot/.venv/bin/python -m pytest -q -c bot/pytest.ini --rootdir . tests/bot
"$uv" run --frozen python -m commands.engine test
"$uv" run --frozen pytest -q -m "not ($quick) and not ($started)" --durations=10
wait "$quick_tests"
"$uv" run --frozen pytest -q -m "$started" --durations=10
