package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.HandshakeGuard;
import io.portcullis.socketio.ServerStatistics;
import io.portcullis.socketio.SocketNamespace;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.engine.SessionListener;
import io.portcullis.socketio.engine.SessionListenerFactory;
import io.portcullis.socketio.engine.SessionRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Socket.IO on all endpoints, and the {@link SocketServer} that applications inject. */
@ApplicationScoped
public class ServerRuntime implements SessionListenerFactory, SocketServer {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_SPREAD = Duration.ofDays(1);

    @Inject
    NamespaceExtension extension;

    @Inject
    @Any
    Instance<HandshakeGuard> guards;

    @Inject
    Event<Object> events;

    @Inject
    BeanManager beans;

    @Inject
    RequestScope requests;

    private final Map<String, EndpointRuntime> endpoints = new ConcurrentHashMap<>();
    private final Departures departures = new Departures();
    private volatile @Nullable SessionRegistry registry;
    private final JsonReaderFactory readers = JsonProvider.provider().createReaderFactory(Map.of());
    private List<HandshakeGuard> checks = List.of();
    private ArgumentBinder binder;
    private ArgumentWriter writer;
    private EventDispatcher dispatcher;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public ServerRuntime() {}

    @PostConstruct
    void prepare() {
        checks = guards.stream().toList(); // once: each look-up would keep another instance of a dependent bean
        binder = extension.binder();
        writer = extension.writer();
        dispatcher = new EventDispatcher(requests, new ApplicationEvents(events, beans), writer);
    }

    @Override
    public void start(SessionRegistry sessions) {
        registry = sessions;
    }

    private SessionRegistry registry() {
        SessionRegistry sessions = registry;
        if (sessions == null) {
            throw new IllegalStateException("The application has not started yet.");
        }
        return sessions;
    }

    @Override
    public SessionListener create(EndpointConfig endpoint) {
        EndpointRuntime runtime = new EndpointRuntime(endpoint, registry(), this);
        endpoints.put(endpoint.name(), runtime);
        return runtime;
    }

    @Override
    public SocketNamespace of(String namespace) {
        return endpoint(EndpointConfig.DEFAULT_NAME).of(namespace);
    }

    @Override
    public SocketServer endpoint(String name) {
        EndpointRuntime endpoint = endpoints.get(name);
        if (endpoint == null) {
            throw new IllegalArgumentException("There is no endpoint named '" + name + "'.");
        }
        return endpoint;
    }

    @Override
    public Set<String> endpoints() {
        return new TreeSet<>(endpoints.keySet());
    }

    @Override
    public List<SocketNamespace> namespaces() {
        EndpointRuntime endpoint = endpoints.get(EndpointConfig.DEFAULT_NAME);
        return endpoint == null ? List.of() : endpoint.namespaces();
    }

    @Override
    public ServerStatistics statistics() {
        EndpointRuntime endpoint = endpoints.get(EndpointConfig.DEFAULT_NAME);
        return EndpointRuntime.statistics(registry(), endpoint == null ? List.of() : endpoint.all());
    }

    @Override
    public CompletionStage<Void> drain(Duration spread) {
        SessionRegistry sessions = registry();
        if (spread.isNegative() || spread.compareTo(LONGEST_SPREAD) > 0) {
            throw new IllegalArgumentException("A drain takes from nothing to a day, not " + spread + ".");
        }
        return sessions.drain(spread)
                .thenCompose(drained -> departures.await(sessions.context().timer(), PATIENCE));
    }

    @Override
    public boolean isDraining() {
        SessionRegistry sessions = registry;
        return sessions != null && sessions.isDraining();
    }

    Departures departures() {
        return departures;
    }

    List<NamespaceBean> beans() {
        return extension.namespaces();
    }

    ArgumentBinder binder() {
        return binder;
    }

    ArgumentWriter writer() {
        return writer;
    }

    EventDispatcher dispatcher() {
        return dispatcher;
    }

    /** The payload of a CONNECT packet, whose text was checked by the decoder. */
    JsonObject auth(@Nullable String text) {
        if (text == null) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonReader reader = readers.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    void check(Handshake handshake) {
        checks.forEach(guard -> guard.check(handshake));
    }
}
