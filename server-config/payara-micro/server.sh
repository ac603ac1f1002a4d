# Payara Micro, for server-config/run, which sources this file and says what it must define.

# shellcheck source=../payara/store.sh
. "$here/payara/store.sh"

provision() {
  local home=$servers/payara-micro-$(version payara)
  micro=$home/payara-micro.jar
  fetch_jar "$micro" "Payara Micro (101 MB)" dependency:copy@payara-micro
}

prepare() {
  cp "$here/payara-micro/prepare.asadmin" "$run_dir/"
  store >>"$run_dir/prepare.asadmin"
  [ $debug = false ] || echo "set-log-levels io.portcullis=FINE" >"$run_dir/started.asadmin"
  # the name of the file is the name of the application; "ROOT" stands for the context root "/"
  mkdir -p "$run_dir/apps"
  cp "$war" "$run_dir/apps/ROOT.war"
}

command() {
  read -r -a options <<<"${JVM_ARGS:--Xms256m -Xmx1g}"
  launch=("$java" "${options[@]}" "${properties[@]}" -Djava.awt.headless=true -jar "$micro"
    --nohazelcast --disablephonehome
    --port "$port" --rootdir "$run_dir/root" --contextroot /
    --prebootcommandfile "$run_dir/prepare.asadmin"
    --deploy "$run_dir/apps/ROOT.war")
  [ -z "$postgresql" ] || launch+=(--addlibs "$driver")
  [ $debug = false ] || launch+=(--postbootcommandfile "$run_dir/started.asadmin")
}

state() {
  local ready=
  # looked for first: it is said right after an exception as well
  grep -qs 'Payara Micro .* ready in' "$log" && ready=yes
  if grep -qsE 'Exception while (loading|deploying)|Boot Command [a-z-]+ failed' "$log"; then
    echo failed
  elif [ -z "$ready" ]; then
    echo starting
  elif grep -qs 'ROOT was successfully deployed' "$log"; then
    echo ready
  else
    echo failed # Payara Micro is ready without its only application, too
  fi
}

complain() {
  # with colours, and each exception is told several times: the sentences, once
  sed $'s/\x1b\\[[0-9;]*m//g' "$log" | grep -E 'Exception while|failure:|Caused by' | sed -E 's/^(\[[^]]*\] *)*//' \
    | awk '!seen[$0]++' | cut -c1-1000 | head -20
}
