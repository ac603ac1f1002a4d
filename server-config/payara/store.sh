# The default data source of Payara Server and Payara Micro, for their server.sh: prints commands of asadmin.

# The server's own listens to everybody, or is in memory. A pool of a PostgreSQL gives up soon, and looks at a connection before it hands it out,
# so that it comes back with its database.
store() {
  local pool=resources.jdbc-connection-pool.H2Pool
  if [ -z "$postgresql" ]; then
    echo "set $pool.property.URL=$database"
    return
  fi
  printf "set $pool.%s\n" datasource-classname=org.postgresql.ds.PGSimpleDataSource \
    "property.URL=jdbc:postgresql://$db_host:$db_port/$db_name?connectTimeout=3&socketTimeout=5" \
    'property.User=${ENV=PGUSER}' 'property.Password=${ENV=PGPASSWORD}' \
    max-wait-time-in-millis=3000 connection-validation-method=custom-validation \
    validation-classname=org.glassfish.api.jdbc.validation.PostgresConnectionValidation \
    is-connection-validation-required=true fail-all-connections=true # in this order: the first must fit the third
}
