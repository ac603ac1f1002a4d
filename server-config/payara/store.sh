# The default data source of Payara Server and Payara Micro, for their server.sh: prints commands of asadmin.

# It comes with a database that listens to everybody. That of a PostgreSQL gives up soon, and looks at its connections before it hands them out,
# so that it comes back with its database.
store() {
  local pool=resources.jdbc-connection-pool.H2Pool
  if [ -z "$postgresql" ]; then
    echo "set $pool.property.URL=$database"
    return
  fi
  printf "set $pool.%s\n" datasource-classname=org.postgresql.ds.PGSimpleDataSource \
    "property.URL=jdbc:postgresql://$db_host:$db_port/$db_name?connectTimeout=3&socketTimeout=5" \
    "property.User=$db_user" "property.Password=$db_password" \
    max-wait-time-in-millis=3000 is-connection-validation-required=true connection-validation-method=custom-validation \
    validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation fail-all-connections=true
}
