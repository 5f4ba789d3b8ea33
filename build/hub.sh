# Builds and runs the hub of this checkout. Sourced by ./ehr-hub and ./check, from the root of the checkout, after
# build/jdk.sh; needs bash 3.2.

HUB_JAR=server/target/hub/ehr-hub.jar
HUB_AOT=server/target/hub/ehr-hub.aot

# The flags of a hub's JVM: small, quick to start, and without a word on standard output, which belongs to MCP.
HUB_FLAGS=(
  -XX:+UseSerialGC
  -Xms64m
  -Xmx512m
  -XX:+ExitOnOutOfMemoryError
  -XX:+UseCompactObjectHeaders
  -Xlog:disable
  -Xlog:all=error:stderr
  -XX:+DisplayVMOutputToStderr
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -Dfile.encoding=UTF-8
)

# Sets HUB_AOT_FLAGS: the cache when there is one; the JVM does without it, silently, when it does not fit.
hub_aot_flags() {
  HUB_AOT_FLAGS=()
  if [ -s "$HUB_AOT" ] && [ -z "${EHR_HUB_NO_AOT:-}" ]; then
    HUB_AOT_FLAGS=(-XX:AOTCache="$HUB_AOT" -XX:AOTMode=auto)
  fi
}

# Whether a source or a pom of a shipped module is newer than the build, or there is no build.
hub_is_stale() {
  [ -f "$HUB_JAR" ] || return 0
  [ -n "$(find pom.xml canonical-tools adapters adapter-fhir-r4 adapter-medplum adapter-hl7v2 adapter-yaml mllp policy store \
    routes sandbox server \( -name target -o -path '*/src/test' \) -prune -o -type f \
    \( -path '*/src/main/*' -o -name pom.xml \) -newer "$HUB_JAR" -print 2>/dev/null | head -n 1)" ]
}

# Compiles and packages, showing a line for each module with the time, instead of Maven's own log.
hub_package() {
  local log started status
  mkdir -p server/target
  log=server/target/build.log
  started=$SECONDS
  echo "Building EHR Hub; the first time downloads about 200 MB of libraries." >&2
  set +e
  ./mvnw -B -ntp -Dquick -Dmaven.test.skip=true -pl server -am package 2>&1 | tee "$log" | while IFS= read -r line; do
    case $line in
      "[INFO] Building "*" ["*"/"*"]") # [INFO] Building adapters 0.1.0   [3/12]
        name=${line#"[INFO] Building "}
        printf '  %4ss  %s %s\n' "$((SECONDS - started))" "[${line##*[}" "${name%% *}" >&2 ;;
    esac
  done
  status=${PIPESTATUS[0]}
  set -e
  if [ "$status" -ne 0 ]; then
    echo "The build failed. The end of $log:" >&2
    grep -E '^\[ERROR\]' "$log" | head -n 20 >&2
    return 1
  fi
  touch "$HUB_JAR"
  printf '  %4ss  built\n' "$((SECONDS - started))" >&2
}

# Makes the JVM's ahead-of-time cache by running the hub once through what people do with it. Without the cache the hub
# works, and starts slower; so a failure here is told and nothing more.
hub_aot() {
  local work started
  started=$SECONDS
  work=$(mktemp -d)
  rm -f "$HUB_AOT"
  sed -e "s#^data-dir:.*#data-dir: $work/data#" -e "s#^policy:.*#policy: $PWD/examples/quickstart/policy.yaml#" \
    examples/quickstart/ehr-hub.yaml >"$work/ehr-hub.yaml"
  if "$JAVA_HOME/bin/java" -XX:AOTCacheOutput="$HUB_AOT.new" "${HUB_FLAGS[@]}" -jar "$HUB_JAR" \
    rehearse --port 0 --config "$work/ehr-hub.yaml" >"$work/log" 2>&1 && [ -s "$HUB_AOT.new" ]; then
    mv "$HUB_AOT.new" "$HUB_AOT"
    printf '  %4ss  start-up cache (%s MB)\n' "$((SECONDS - started))" "$(($(wc -c <"$HUB_AOT") / 1000000))" >&2
  else
    echo "  no start-up cache; the hub works without it and starts slower:" >&2
    head -n 10 "$work/log" >&2
    rm -f "$HUB_AOT.new"
  fi
  rm -rf "$work"
}

hub_build() {
  hub_package && hub_aot
}
