# WildFly, for server-config/run, which sources this file and says what it must define.

provision() {
  local home=$servers/wildfly-$(version wildfly)
  wildfly=$home/wildfly-$(version wildfly)
  # Maven writes the marker when everything is there
  ls "$home"/*.marker >/dev/null 2>&1 || fetch "WildFly (261 MB)" dependency:unpack@wildfly
}

prepare() {
  # an instance of its own beside the installation, so that several can run side by side
  mkdir -p "$run_dir/deployments" "$run_dir/log"
  cp -r "$wildfly/standalone/configuration" "$run_dir/"
  # the console is a file: without colours
  sed -i 's/name="COLOR-PATTERN"\/>/name="PATTERN"\/>/' "$run_dir/configuration/standalone-microprofile.xml"
  sed -i 's/CONSOLE.formatter=COLOR-PATTERN/CONSOLE.formatter=PATTERN/' "$run_dir/configuration/logging.properties"
  store "$run_dir/configuration/standalone-microprofile.xml"
  [ $debug = false ] || sed -i '0,/<logger category=/s||<logger category="io.portcullis"><level name="DEBUG"/></logger>&|' \
    "$run_dir/configuration/standalone-microprofile.xml"
  # a request's line and headers have so many milliseconds to arrive, however slowly they come
  sed -i 's/<http-listener name="default" /&request-parse-timeout="10000" /' "$run_dir/configuration/standalone-microprofile.xml"
  # who calls is the application's to know: it may have an identity store of its own
  sed -i 's/<application-security-domain name="other" security-domain="ApplicationDomain"/& integrated-jaspi="false"/' \
    "$run_dir/configuration/standalone-microprofile.xml"
  # the name ROOT.war stands for the context root "/"; the scanner that every instance has deploys it at the start, and sees
  # a second later what changes, not five
  sed -i 's/scan-interval="5000"/scan-interval="1000"/' "$run_dir/configuration/standalone-microprofile.xml"
  cp "$war" "$run_dir/deployments/ROOT.war"
}

# The default data source comes with a database in memory: it is replaced by h2.xml or postgresql.xml.
store() {
  local kind=h2 module=$run_dir/modules/org/postgresql/main
  if [ -n "$postgresql" ]; then
    kind=postgresql
    mkdir -p "$module"
    cp "$driver" "$module/"
    cp "$here/wildfly/postgresql-module.xml" "$module/module.xml"
    sed -i 's|<drivers>|&<driver name="postgresql" module="org.postgresql"/>|' "$1"
    properties+=("-Dportcullis.db.host=$db_host" "-Dportcullis.db.port=$db_port" "-Dportcullis.db.name=$db_name")
  else
    properties+=("-Dportcullis.database=$database")
  fi
  # twice the same, if the old one is not found, would end the start
  sed -i -e '/<datasource .*pool-name="ExampleDS"/,/<\/datasource>/d' -e "/<datasources>/r $here/wildfly/$kind.xml" "$1"
}

command() {
  read -r -a options <<<"${JVM_ARGS:--Xms256m -Xmx1g}"
  # the JVM itself and not bin/standalone.sh, which would stay between us and the JVM and its signals
  launch=("$java" -D"[Standalone]" "${options[@]}" "${properties[@]}" -Djava.awt.headless=true
    -Djava.net.preferIPv4Stack=true -Djboss.modules.system.pkgs=org.jboss.byteman
    --add-exports=java.desktop/sun.awt=ALL-UNNAMED
    --add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED
    --add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED
    --add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED
    --add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED
    --add-opens=java.base/com.sun.net.ssl.internal.ssl=ALL-UNNAMED
    --add-opens=java.base/java.lang=ALL-UNNAMED
    --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
    --add-opens=java.base/java.lang.reflect=ALL-UNNAMED
    --add-opens=java.base/java.io=ALL-UNNAMED
    --add-opens=java.base/java.net=ALL-UNNAMED
    --add-opens=java.base/java.security=ALL-UNNAMED
    --add-opens=java.base/java.util=ALL-UNNAMED
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
    --add-opens=java.management/javax.management=ALL-UNNAMED
    --add-opens=java.naming/javax.naming=ALL-UNNAMED
    "-Dorg.jboss.boot.log.file=$run_dir/log/server.log"
    "-Dlogging.configuration=file:$run_dir/configuration/logging.properties"
    -jar "$wildfly/jboss-modules.jar" -mp "$wildfly/modules:$run_dir/modules" org.jboss.as.standalone
    "-Djboss.home.dir=$wildfly" "-Djboss.server.base.dir=$run_dir"
    -c standalone-microprofile.xml -b 127.0.0.1 -bmanagement 127.0.0.1
    "-Djboss.http.port=$port" "-Djboss.https.port=0" "-Djboss.management.http.port=0" "-Djboss.management.https.port=0")
}

state() {
  if grep -qE 'WFLYSRV0026|WFLYCTL0013|WFLYSRV0055|WFLYSRV0056' "$log" 2>/dev/null; then
    echo failed
  elif grep -q 'WFLYSRV0025' "$log" 2>/dev/null; then
    echo ready
  else
    echo starting
  fi
}

complain() {
  # each exception is told several times, with its causes: the sentences, once
  grep -hE 'ERROR|WFLYSRV0026|Caused by' "$log" | sed 's/^ *//' | awk '!seen[$0]++' | cut -c1-1000 | head -20
}
