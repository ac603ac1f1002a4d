# Payara Micro, for server-config/run, which sources this file and says what it must define.

provision() {
  micro=$servers/payara-micro.jar
  [ -f "$micro" ] || {
    echo "Fetching Payara Micro (101 MB, once) ..." >&2
    mvn -q -f "$project/pom.xml" dependency:copy@payara-micro -DskipServers=false >&2
  }
}

prepare() {
  cp "$here/payara-micro/prepare.asadmin" "$run_dir/"
  # the name of the file is the name of the application; "ROOT" stands for the context root "/"
  mkdir -p "$run_dir/apps"
  cp "$war" "$run_dir/apps/ROOT.war"
}

command() {
  read -r -a options <<<"${JVM_ARGS:--Xms256m -Xmx1g}"
  launch=("$java" "${options[@]}" "${properties[@]}" -Djava.awt.headless=true -jar "$micro"
    --nohazelcast --disablephonehome --nocluster
    --port "$port" --rootdir "$run_dir/root" --contextroot /
    --prebootcommandfile "$run_dir/prepare.asadmin"
    --deploy "$run_dir/apps/ROOT.war")
}

state() {
  if grep -qE 'Exception while deploying|Error occurred during deployment|Failed to deploy|PayaraMicro.*failed' "$log" 2>/dev/null; then
    echo failed
  elif grep -q 'Payara Micro .* ready in' "$log" 2>/dev/null; then
    echo ready
  else
    echo starting
  fi
}

complain() {
  grep -hE 'SEVERE|Exception|Caused by' "$log" | cut -c1-1000 | head -20
}
