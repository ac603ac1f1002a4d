# Open Liberty, for server-config/run, which sources this file and says what it must define.

provision() {
  # Maven writes the marker last: without it, what is there may be half of a server
  compgen -G "$servers/markers/io.openliberty-*" >/dev/null || {
    echo "Fetching Open Liberty (352 MB, once) ..." >&2
    mvn -q -f "$project/pom.xml" dependency:unpack@liberty -DskipServers=false >&2
  }
}

prepare() {
  local instance=$run_dir/usr/servers/portcullis
  mkdir -p "$instance"
  cp "$here/liberty/server.xml" "$instance/"
  printf '%s\n' "portcullis.port=$port" "portcullis.war=$war" >"$instance/bootstrap.properties"
}

command() {
  export WLP_USER_DIR=$run_dir/usr LOG_DIR=$run_dir/logs
  local wlp=$servers/wlp
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

state() {
  if grep -qE 'CWWKZ000[24]E|CWWKZ001[234]|CWWKZ0021E|CWWKE0005E|CWWKF0002E|CWWKO0221E' "$log" 2>/dev/null; then
    echo failed
  elif grep -q 'CWWKZ0001I' "$log" 2>/dev/null; then
    echo ready
  else
    echo starting
  fi
}

complain() {
  # the sentence of a refused deployment is on the line after "Exception 0 :"
  grep -hE -A1 '^\[ERROR|CWWKZ|CWWKG0075E|Exception [0-9]+ :' "$log" | grep -vE '^--$|^[[:space:]]+at ' | cut -c1-1500 | head -24
}
