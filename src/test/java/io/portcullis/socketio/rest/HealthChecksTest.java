package io.portcullis.socketio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.ServerStatistics;
import io.portcullis.socketio.SocketNamespace;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.security.StoreWatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {

    private final FakeServer server = new FakeServer();
    private final FakeStore store = new FakeStore();
    private final HealthChecks checks = new HealthChecks();

    @BeforeEach
    void prepare() {
        checks.server = server;
        checks.store = store;
        HealthCheckResponse.setResponseProvider(new Answers());
    }

    @AfterEach
    void tidy() {
        HealthCheckResponse.setResponseProvider(null);
    }

    @Test
    void before_the_start_it_is_alive_but_neither_started_nor_ready() {
        assertThat(status(checks.startup())).isEqualTo(Status.DOWN);
        assertThat(status(checks.liveness())).isEqualTo(Status.UP);
        assertThat(status(checks.readiness())).isEqualTo(Status.DOWN);
    }

    @Test
    void after_the_start_all_is_well() {
        server.starts(Duration.ofMillis(10));

        assertThat(status(checks.startup())).isEqualTo(Status.UP);
        assertThat(status(checks.liveness())).isEqualTo(Status.UP);
        assertThat(status(checks.readiness())).isEqualTo(Status.UP);
    }

    @Test
    void while_it_drains_it_is_alive_but_not_ready() {
        server.starts(Duration.ofMillis(10));

        server.drain(Duration.ofMinutes(1));

        assertThat(status(checks.startup())).isEqualTo(Status.UP);
        assertThat(status(checks.liveness())).isEqualTo(Status.UP);
        assertThat(status(checks.readiness())).isEqualTo(Status.DOWN);
    }

    @Test
    void it_is_not_alive_when_deadlines_are_not_seen_to() {
        server.starts(Duration.ofMillis(9_999));
        assertThat(status(checks.liveness())).isEqualTo(Status.UP);

        server.starts(Duration.ofSeconds(10));

        assertThat(status(checks.liveness())).isEqualTo(Status.DOWN);
    }

    @Test
    void each_check_has_a_name_and_readiness_tells_the_sessions() {
        server.starts(Duration.ZERO);

        HealthCheckResponse readiness = checks.readiness().call();

        assertThat(checks.startup().call().getName()).isEqualTo("socketio-startup");
        assertThat(checks.liveness().call().getName()).isEqualTo("socketio-liveness");
        assertThat(readiness.getName()).isEqualTo("socketio-readiness");
        assertThat(readiness.getData()).hasValue(Map.of("sessions", 7L, "audit", "written", "lost", 0L));
    }

    @Test
    void while_the_store_is_away_it_is_alive_but_not_ready() {
        server.starts(Duration.ofMillis(10));
        store.away = true;

        HealthCheckResponse readiness = checks.readiness().call();

        assertThat(readiness.getStatus()).isEqualTo(Status.DOWN);
        assertThat(readiness.getData()).hasValue(Map.of("sessions", 7L, "audit", "waiting", "lost", 2L));
        assertThat(status(checks.liveness())).isEqualTo(Status.UP);
    }

    private static Status status(HealthCheck check) {
        return check.call().getStatus();
    }

    private static final class FakeStore extends StoreWatch {

        private boolean away;

        @Override
        public boolean isWritten() {
            return !away;
        }

        @Override
        public long lost() {
            return away ? 2 : 0;
        }
    }

    /** As far as the checks look at it. */
    private static final class FakeServer implements SocketServer {

        private @Nullable ServerStatistics statistics;
        private boolean draining;

        void starts(Duration sinceSweep) {
            statistics = new ServerStatistics(7, 6, 5, 4, 3, sinceSweep);
        }

        @Override
        public ServerStatistics statistics() {
            if (statistics == null) {
                throw new IllegalStateException("The application has not started yet.");
            }
            return statistics;
        }

        @Override
        public CompletionStage<Void> drain(Duration spread) {
            draining = true;
            return new CompletableFuture<>();
        }

        @Override
        public boolean isDraining() {
            return draining;
        }

        @Override
        public SocketNamespace of(String namespace) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketServer endpoint(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> endpoints() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<SocketNamespace> namespaces() {
            throw new UnsupportedOperationException();
        }
    }

    /** What a server with MicroProfile Health brings along. */
    private static final class Answers implements HealthCheckResponseProvider {

        @Override
        public HealthCheckResponseBuilder createResponseBuilder() {
            return new Answer();
        }
    }

    private static final class Answer extends HealthCheckResponseBuilder {

        private final Map<String, Object> data = new HashMap<>();
        private String name = "";
        private Status status = Status.DOWN;

        @Override
        public HealthCheckResponseBuilder name(String value) {
            name = value;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            status = up ? Status.UP : Status.DOWN;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, status, Optional.of(data));
        }
    }
}
