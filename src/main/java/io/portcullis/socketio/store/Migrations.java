package io.portcullis.socketio.store;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Immutable. The scripts of the schema, by name: Flyway's own search needs to list folders, which Open Liberty does not. */
final class Migrations implements ResourceProvider {

    static final String FOLDER = "db/migration/portcullis/";
    /** All there are, the oldest first; what was released is never changed. */
    static final List<String> SCRIPTS = List.of("V1__audit_and_origins.sql");

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return SCRIPTS.stream()
                .filter(script -> name.endsWith(script))
                .map(Script::new)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return SCRIPTS.stream()
                .filter(script ->
                        script.startsWith(prefix) && Stream.of(suffixes).anyMatch(script::endsWith))
                .<LoadableResource>map(Script::new)
                .toList();
    }

    private static final class Script extends LoadableResource {

        private final String name;

        Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream stream = Migrations.class.getClassLoader().getResourceAsStream(FOLDER + name);
            if (stream == null) {
                throw new IllegalStateException("There is no " + FOLDER + name + ".");
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
