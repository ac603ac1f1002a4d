package io.portcullis.socketio.runtime;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.Handshake;
import io.portcullis.socketio.NamespaceMatcher;
import io.portcullis.socketio.ServerStatistics;
import io.portcullis.socketio.SocketNamespace;
import io.portcullis.socketio.SocketServer;
import io.portcullis.socketio.config.ConfigurationException;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.ParserName;
import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.Session;
import io.portcullis.socketio.engine.SessionListener;
import io.portcullis.socketio.engine.SessionRegistry;
import io.portcullis.socketio.engine.TimerWheel;
import io.portcullis.socketio.protocol.DecoderLimits;
import io.portcullis.socketio.protocol.PacketDecoder;
import io.portcullis.socketio.protocol.PacketEncoder;
import io.portcullis.socketio.protocol.Parser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Thread-safe. Socket.IO on one endpoint: its namespaces, and the clients of its sessions. */
final class EndpointRuntime implements SessionListener, SocketServer {

    private static final String DRAINING = "server:draining";
    private static final long CLEAN_UP = Duration.ofSeconds(10).toNanos();

    /** A namespace that clients have asked for, and how many of them hold it. */
    private record Live(NamespaceRuntime namespace, int users) {}

    private final EndpointConfig config;
    private final SessionRegistry registry;
    private final EngineContext context;
    private final ServerRuntime server;
    private final Executor executor;
    private final PacketEncoder encoder;
    private final Parser parser;
    private final DecoderLimits limits;
    private final Map<String, NamespaceRuntime> named = new HashMap<>();
    private final List<NamespaceBean> dynamic = new ArrayList<>();
    private final ConcurrentHashMap<String, Live> live = new ConcurrentHashMap<>();

    EndpointRuntime(EndpointConfig config, SessionRegistry registry, ServerRuntime server) {
        this.config = config;
        this.registry = registry;
        this.context = registry.context();
        this.server = server;
        String name = config.get(Key.EXECUTOR);
        this.executor = name.equals(Key.EXECUTOR.defaultText()) ? context.executor() : find(name);
        this.parser = config.get(Key.PARSER) == ParserName.MSGPACK ? Parser.MESSAGE_PACK : Parser.JSON;
        this.encoder = parser.encoder();
        this.limits = new DecoderLimits(
                config.get(Key.MAX_ATTACHMENTS),
                config.get(Key.MAX_ATTACHMENT_BYTES),
                config.get(Key.JSON_MAX_DEPTH),
                config.get(Key.JSON_MAX_DIGITS),
                config.get(Key.JSON_DUPLICATE_KEYS));
        server.beans().stream()
                .filter(bean -> bean.servesEndpoint(config.name()))
                .forEach(this::add);
        if (config.get(Key.RECOVERY)) {
            cleanUpLater();
        }
    }

    private void add(NamespaceBean bean) {
        if (bean.names().isEmpty()) {
            dynamic.add(bean);
        } else {
            bean.names().forEach(name -> named.put(name, new NamespaceRuntime(name, bean, this)));
        }
    }

    private void cleanUpLater() {
        context.timer().schedule(CLEAN_UP, () -> {
            named.values().forEach(namespace -> namespace.adapter().cleanUp());
            live.values().removeIf(held -> held.namespace().adapter().cleanUp() && held.users() == 0 && cleansUp());
            cleanUpLater();
        });
    }

    EndpointConfig config() {
        return config;
    }

    /** Looked up by its name: only so can a server have one with virtual threads. */
    @SuppressWarnings("BanJNDI") // from the operator's configuration, which cannot name anything remote
    private static Executor find(String jndiName) {
        try {
            return InitialContext.doLookup(jndiName);
        } catch (NamingException | ClassCastException e) {
            throw new ConfigurationException(
                    "'socketio.executor' is '" + jndiName + "', but there is no managed executor service of that name;"
                            + " define it in the server's configuration, or leave the key out.",
                    e);
        }
    }

    /** Where handlers and the continuations of applications run. */
    Executor executor() {
        return executor;
    }

    EngineContext context() {
        return context;
    }

    ServerRuntime server() {
        return server;
    }

    PacketEncoder encoder() {
        return encoder;
    }

    PacketDecoder newDecoder() {
        return parser.decoder(limits);
    }

    /** Finds a namespace for a client, which must {@link #release} it; makes a dynamic one if need be. */
    @Nullable NamespaceRuntime acquire(String name, Handshake handshake) {
        NamespaceRuntime known = named.get(name);
        if (known != null) {
            return known;
        }
        NamespaceBean bean = dynamic.stream()
                .filter(each -> accepts(each, name, handshake))
                .findFirst()
                .orElse(null);
        if (bean == null) {
            return null;
        }
        return live.compute(
                        name,
                        (key, held) -> held == null
                                ? new Live(new NamespaceRuntime(name, bean, this), 1)
                                : new Live(held.namespace(), held.users() + 1))
                .namespace();
    }

    private boolean cleansUp() {
        return config.get(Key.CLEANUP_EMPTY_NAMESPACES);
    }

    /** A socket of the namespace has gone. With recovery it stays until nothing of it can be recovered any more. */
    void release(NamespaceRuntime namespace) {
        boolean goes = cleansUp() && !namespace.recovers();
        live.computeIfPresent(
                namespace.name(),
                (key, held) -> held.users() == 1 && goes ? null : new Live(held.namespace(), held.users() - 1));
    }

    @Override
    public SocketNamespace of(String namespace) {
        String name = namespace.startsWith("/") ? namespace : "/" + namespace;
        NamespaceRuntime known = named.get(name);
        if (known != null) {
            return new NamespaceView(known);
        }
        Live held = live.get(name);
        return new NamespaceView(held != null ? held.namespace() : nobodyIn(name));
    }

    private NamespaceRuntime nobodyIn(String name) {
        return dynamic.stream()
                .filter(bean -> bean.isMatcher() || fits(bean, name))
                .findFirst()
                .map(bean -> new NamespaceRuntime(name, bean, this))
                .orElseThrow(() -> new IllegalArgumentException(
                        "No @Namespace bean serves '" + name + "' on the endpoint '" + config.name() + "'."));
    }

    @Override
    public SocketServer endpoint(String name) {
        return server.endpoint(name);
    }

    @Override
    public Set<String> endpoints() {
        return server.endpoints();
    }

    @Override
    public List<SocketNamespace> namespaces() {
        return all().stream()
                .sorted(Comparator.comparing(NamespaceRuntime::name))
                .<SocketNamespace>map(NamespaceView::new)
                .toList();
    }

    @Override
    public ServerStatistics statistics() {
        return statistics(registry, all());
    }

    static ServerStatistics statistics(SessionRegistry registry, List<NamespaceRuntime> namespaces) {
        int sockets = 0;
        int rooms = 0;
        for (NamespaceRuntime namespace : namespaces) {
            sockets += namespace.adapter().size();
            rooms += namespace.adapter().roomCount();
        }
        TimerWheel timer = registry.context().timer();
        return new ServerStatistics(
                registry.size(), sockets, namespaces.size(), rooms, timer.size(), Duration.ofNanos(timer.sinceTurn()));
    }

    @Override
    public CompletionStage<Void> drain(Duration spread) {
        return server.drain(spread);
    }

    @Override
    public boolean isDraining() {
        return server.isDraining();
    }

    List<NamespaceRuntime> all() {
        List<NamespaceRuntime> all = new ArrayList<>(named.values());
        live.values().forEach(held -> all.add(held.namespace()));
        return all;
    }

    @Override
    public void check(Handshake handshake) {
        server.check(handshake);
    }

    @Override
    public void opened(Session session) {
        session.attach(new Client(session, this));
    }

    @Override
    public void message(Session session, String text) {
        client(session).message(text);
    }

    @Override
    public void message(Session session, byte[] data) {
        client(session).message(data);
    }

    @Override
    public void draining(Session session) {
        long within = config.get(Key.DRAIN_RECONNECT_WITHIN).toMillis();
        client(session)
                .emitToAll(
                        DRAINING,
                        Map.of("reconnectAfterMs", ThreadLocalRandom.current().nextLong(within + 1)));
    }

    @Override
    public void closed(Session session, DisconnectReason reason) {
        client(session).closed(reason);
    }

    @SuppressWarnings("NullAway") // attached before the first message
    private static Client client(Session session) {
        return (Client) session.attachment();
    }

    private static boolean accepts(NamespaceBean bean, String name, Handshake handshake) {
        return bean.isMatcher() ? ((NamespaceMatcher) bean.reference()).matches(name, handshake) : fits(bean, name);
    }

    private static boolean fits(NamespaceBean bean, String name) {
        return bean.pattern() != null && bean.pattern().matcher(name).matches();
    }
}
