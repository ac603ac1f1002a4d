# Open Liberty, for server-config/run, which sources this file and says what it must define.

provision() {
  local home=$servers/liberty-$(version liberty)
  wlp=$home/wlp
  # Maven writes the marker when everything is there
  ls "$home"/*.marker >/dev/null 2>&1 || fetch "Open Liberty (352 MB)" dependency:unpack@liberty
  h2=$servers/h2-$(version h2)
  fetch_jar "$h2/h2.jar" "H2 (3 MB)" dependency:copy@h2
}

prepare() {
  local instance=$run_dir/usr/servers/portcullis
  mkdir -p "$instance"
  cp "$here"/liberty/*.xml "$instance/"
  printf 'portcullis.%s\n' "port=$port" "war=$war" >"$instance/bootstrap.properties"
  if [ -z "$postgresql" ]; then
    printf 'portcullis.%s\n' store=h2 "h2=$h2" "database=$database"
  else
    printf 'portcullis.%s\n' store=postgresql "driver=$driver" "db.host=$db_host" "db.port=$db_port" "db.name=$db_name"
  fi >>"$instance/bootstrap.properties"
  [ $debug = false ] || echo 'com.ibm.ws.logging.trace.specification=io.portcullis.*=fine' >>"$instance/bootstrap.properties"
}

command() {
  export WLP_USER_DIR=$run_dir/usr WLP_OUTPUT_DIR=$run_dir/usr/servers LOG_DIR=$run_dir/logs
  # the JVM itself and not bin/server, which would stay between us and the JVM and its signals
  read -r -a options <<<"${JVM_ARGS:--Xms256m -Xmx1g}"
  launch=("$java" "-javaagent:$wlp/bin/tools/ws-javaagent.jar" -Djava.awt.headless=true
    --add-exports=java.base/sun.security.action=ALL-UNNAMED
    --add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED
    --add-opens=java.base/java.util=ALL-UNNAMED
    --add-opens=java.base/java.lang=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
    --add-opens=java.base/java.io=ALL-UNNAMED
    --add-opens=java.naming/javax.naming.spi=ALL-UNNAMED
    --add-opens=java.naming/com.sun.naming.internal=ALL-UNNAMED
    --add-opens=jdk.naming.rmi/com.sun.jndi.url.rmi=ALL-UNNAMED
    --add-opens=java.desktop/java.awt.image=ALL-UNNAMED
    "${options[@]}" "${properties[@]}" -jar "$wlp/bin/tools/ws-server.jar" portcullis)
}

# What tells that the application or the server cannot start. The last one is a mere warning to Liberty: it goes on without
# what a servlet container initializer would have registered.
failures='CWWKZ[0-9]+E|CWWKZ0012I|CWWKZ0014W|CWWKE0005E|CWWKF0002E|CWWKO0221E|SRVE0265E|SRVE0283E|CWWWC0001W'

state() {
  if grep -qsE "$failures" "$log"; then
    echo failed
  elif grep -qs CWWKZ0001I "$log"; then
    echo ready
  else
    echo starting
  fi
}

complain() {
  # the sentence of a refused deployment is on the line after "Exception 0 :"
  grep -hE -A1 '^\[ERROR|^Error:|CWWKZ|CWWWC0001W|CWWKG0075E|Exception [0-9]+ :' "$log" | grep -vE '^--$|^[[:space:]]+at ' | cut -c1-1500 | head -24
}

# Liberty drops all connections before it stops the application.
farewell() {
  local before until=$((SECONDS + 12))
  before=$(grep -c CWWKZ0009I "$log")
  rm -f "$run_dir/usr/servers/portcullis/application.xml"
  while [ "$SECONDS" -lt "$until" ] && kill -0 "$pid" 2>/dev/null && [ "$(grep -c CWWKZ0009I "$log")" -eq "$before" ]; do
    sleep 0.1
  done
}
