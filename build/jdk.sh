# Finds a JDK 25 and exports JAVA_HOME. Sourced by ./ehr-hub and ./check; needs bash 3.2.
#   find_jdk25 || exit 2

# The feature release of a JDK home ("25"), or nothing; read from its release file, so no JVM is started.
jdk_feature() {
  [ -n "${1:-}" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" | head -n 1
}

# The home of the java on the PATH, through its links.
jdk_of_path() {
  local java link
  java=$(command -v java 2>/dev/null) || return 0
  while [ -L "$java" ]; do
    link=$(readlink "$java")
    case $link in /*) java=$link ;; *) java=$(dirname "$java")/$link ;; esac
  done
  (cd "$(dirname "$java")/.." 2>/dev/null && pwd -P) || true
}

# Homes where JDKs are usually put, one a line.
jdk_usual_homes() {
  local home
  for home in /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.local/share/mise/installs/java/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -d "$home" ] && printf '%s\n' "$home"
  done
  return 0
}

find_jdk25() {
  local home
  if [ -n "${EHR_HUB_JAVA_HOME:-}" ]; then
    if [ "$(jdk_feature "$EHR_HUB_JAVA_HOME")" = 25 ]; then
      export JAVA_HOME=$EHR_HUB_JAVA_HOME
      return 0
    fi
    echo "EHR_HUB_JAVA_HOME is no JDK 25: $EHR_HUB_JAVA_HOME" >&2
    return 1
  fi
  while IFS= read -r home; do
    if [ "$(jdk_feature "$home")" = 25 ]; then
      export JAVA_HOME=$home
      return 0
    fi
  done <<HOMES
${JAVA_HOME:-}
$(jdk_of_path)
$(jdk_usual_homes)
HOMES
  cat >&2 <<'WORDS'
EHR Hub needs a JDK 25, and none was found. Install one:
  macOS            brew install --cask temurin@25
  Debian, Ubuntu   apt install openjdk-25-jdk, or the package temurin-25-jdk of https://adoptium.net
  any              https://adoptium.net/temurin/releases/?version=25, or: sdk install java 25-tem
If there is one in an unusual place, say where: export EHR_HUB_JAVA_HOME=/path/to/jdk-25
WORDS
  return 1
}
