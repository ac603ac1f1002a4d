# Payara Server, for server-config/run, which sources this file and says what it must define.

# shellcheck source=store.sh
. "$here/payara/store.sh"

provision() {
  local home=$servers/payara-$(version payara)
  payara=$home/payara6
  # Maven writes the marker when everything is there
  ls "$home"/*.marker >/dev/null 2>&1 || fetch "Payara Server (170 MB)" dependency:unpack@payara
}

prepare() {
  # a domain of its own beside the installation, so that several can run side by side
  mkdir -p "$run_dir/domains"
  cp -r "$payara/glassfish/domains/domain1" "$run_dir/domains/portcullis"
  # no message broker, which would listen to everybody at a fixed port: the setting is not yet there when commands come
  sed -i '0,/<connector-service/s//<jms-service type="DISABLED"><jms-host name="default_JMS_host"\/><\/jms-service>&/' \
    "$run_dir/domains/portcullis/config/domain.xml"
  cp "$here/payara/prepare.asadmin" "$run_dir/"
  local listeners=configs.config.server-config.network-config.network-listeners.network-listener
  printf 'set %s\n' "$listeners.http-listener-1.port=$port" \
    "$listeners.admin-listener.port=${PAYARA_ADMIN_PORT:-0}" >>"$run_dir/prepare.asadmin"
  store >>"$run_dir/prepare.asadmin"
  [ -z "$postgresql" ] || cp "$driver" "$run_dir/domains/portcullis/lib/"
  [ $debug = false ] || echo "set-log-levels io.portcullis=FINE" >"$run_dir/deploy.asadmin"
  echo "deploy --name portcullis --contextroot / '$war'" >>"$run_dir/deploy.asadmin"
}

command() {
  local asadmin=("$java" -jar "$payara/glassfish/lib/client/appserver-cli.jar") line
  read -r -a options <<<"${JVM_ARGS:--Xms256m -Xmx1g}"
  # the JVM itself and not asadmin, which would stay between us and the JVM and its signals: asadmin tells how, one argument
  # a line, from the options of the domain to the name of the main class
  launch=("$java")
  while read -r line; do
    case $line in
      com.sun.enterprise.glassfish.bootstrap.ASMain) launch+=("${options[@]}" "${properties[@]}" "$line") ;;
      "Dump of JVM"* | "$java" | */bin/java | "" | "Command start-domain"*) ;;
      *) launch+=("$line") ;;
    esac
  done < <("${asadmin[@]}" start-domain --dry-run --domaindir "$run_dir/domains" \
    --prebootcommandfile "$run_dir/prepare.asadmin" --postbootcommandfile "$run_dir/deploy.asadmin" portcullis)
}

state() {
  if grep -qsE 'Exception while (loading|deploying)|Server failed to start|Boot Command [a-z-]+ failed' "$log"; then
    echo failed
  elif grep -qs 'portcullis was successfully deployed' "$log"; then
    echo ready
  else
    echo starting
  fi
}

complain() {
  # each exception is told several times: the sentences, once
  grep -hE 'Exception while|failure:|Caused by|FAILURE' "$log" | sed -E 's/^ *(\[[^]]*\] *)*//' | awk '!seen[$0]++' | cut -c1-1000 | head -20
}
