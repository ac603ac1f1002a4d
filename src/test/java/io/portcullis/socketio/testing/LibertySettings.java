package io.portcullis.socketio.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** Pure functions. Further settings for Open Liberty, which {@code PORTCULLIS_SETTINGS} names. */
public final class LibertySettings {

    /** The name of the data source. */
    public static final String DATA_SOURCE = "jdbc/portcullis";

    private static final String TEMPLATE =
            """
            <server>
              <library id="postgresql">
                <file name="%s"/>
              </library>
              <dataSource jndiName="%s">
                <jdbcDriver libraryRef="postgresql"/>
                <connectionManager connectionTimeout="3s"/>
                <properties.postgresql serverName="127.0.0.1" portNumber="%d" databaseName="%s" user="portcullis"
                                       connectTimeout="3s" socketTimeout="5s"/>
              </dataSource>
            </server>
            """;

    private LibertySettings() {}

    /** Writes a file that defines the data source. */
    public static Path write(Path folder, PGSimpleDataSource database) {
        try {
            Path driver = Path.of(PGSimpleDataSource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            String settings =
                    TEMPLATE.formatted(driver, DATA_SOURCE, database.getPortNumbers()[0], database.getDatabaseName());
            return Files.writeString(folder.resolve("postgresql.xml"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
