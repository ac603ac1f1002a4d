package io.portcullis.socketio.transport;

import io.portcullis.socketio.DisconnectReason;
import io.portcullis.socketio.config.Configuration;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.Key;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.engine.EngineContext;
import io.portcullis.socketio.engine.EngineEndpoint;
import io.portcullis.socketio.engine.Ids;
import io.portcullis.socketio.engine.SessionListener;
import io.portcullis.socketio.engine.SessionListenerFactory;
import io.portcullis.socketio.engine.SessionRegistry;
import io.portcullis.socketio.engine.TimerWheel;
import io.portcullis.socketio.ratelimit.ConnectionLimits;
import io.portcullis.socketio.ratelimit.LimitRegistry;
import io.portcullis.socketio.security.Audit;
import io.portcullis.socketio.security.OriginPolicies;
import io.portcullis.socketio.security.StoreWatch;
import io.portcullis.socketio.security.TrustedProxies;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpFilter;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Confined to the container's deployment thread. Opens the doors of all endpoints at start and closes them at the end. */
@WebListener
public class ServerListener implements ServletContextListener {

    private static final System.Logger LOG = System.getLogger(ServerListener.class.getName());

    private static final long DRAIN_TURN = Duration.ofMillis(10).toNanos();
    private static final Duration DRAIN_MARGIN = Duration.ofSeconds(8);

    @Inject
    @Any
    Instance<SessionListener> listeners;

    @Inject
    SessionListenerFactory factory;

    @Inject
    Configuration configuration;

    @Inject
    OriginPolicies origins;

    @Inject
    LimitRegistry limits;

    @Inject
    Audit audit;

    @Inject
    StoreWatch store;

    @Resource
    ManagedExecutorService executor;

    @Resource
    ManagedScheduledExecutorService scheduler;

    private @Nullable Doors doors;
    private Duration drainDuration = Duration.ZERO;
    private @Nullable ScheduledFuture<?> turning;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public ServerListener() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ServerConfig config = configuration.server();
        if (LOG.isLoggable(System.Logger.Level.DEBUG)) {
            configuration.effective().forEach(value -> LOG.log(System.Logger.Level.DEBUG, value));
        }
        drainDuration = config.endpoints().stream()
                .map(endpoint -> endpoint.get(Key.DRAIN_DURATION))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration tick = tick(config);
        TimerWheel timer = new TimerWheel(tick.toNanos(), System::nanoTime);
        SecureRandom random = new SecureRandom();
        SessionRegistry registry =
                new SessionRegistry(new EngineContext(executor, timer, System::nanoTime, new Ids(random)));
        audit.start(config);
        origins.start(config, endpoint -> registry.closeRefused(endpoint, DisconnectReason.ORIGIN_REMOVED));
        factory.start(registry);
        doors = openAll(config, context, registry, random);
        // last: nothing turns for an application whose start fails
        store.start();
        turning = scheduler.scheduleAtFixedRate(timer::turn, tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Doors openAll(ServerConfig config, ServletContext context, SessionRegistry registry, SecureRandom random) {
        Doors opened = doors(registry, ContainerQuirks.of(context.getServerInfo()));
        UpgradeDoor upgrades = deployWebSocket(context);
        addFilter(context, new InternalPathFilter(), Doors.INTERNAL_PATH);
        addFilter(
                context,
                new SourceFilter(TrustedProxies.of(config.endpoints().get(0))),
                "/" + ServerConfig.ADMINISTRATION + "/*");
        SecretKeySpec cookieKey = OwnerCookie.newKey(random);
        for (EndpointConfig endpoint : config.endpoints()) {
            Gate gate = new Gate(
                    new Arrivals(origins.policy(endpoint), TrustedProxies.of(endpoint)),
                    new ConnectionLimits(limits.open(endpoint), endpoint.get(Key.LIMITS_HANDSHAKES_WINDOW)),
                    new OwnerCookie(endpoint, random, cookieKey),
                    audit,
                    config.requiresTls(endpoint));
            open(endpoint, context, new Entrance(opened, upgrades, gate));
        }
        return opened;
    }

    private Doors doors(SessionRegistry registry, ContainerQuirks quirks) {
        EngineContext context = registry.context();
        return new Doors(
                registry,
                quirks,
                scheduler,
                new CloseQueue(context, Duration.ofSeconds(1)),
                new CloseQueue(context, Duration.ofSeconds(10)));
    }

    /** A twentieth of the shortest time that is kept, from 10 to 100 milliseconds. */
    private static Duration tick(ServerConfig config) {
        Duration tick = Duration.ofMillis(100);
        for (EndpointConfig endpoint : config.endpoints()) {
            for (Key<Duration> key : List.of(Key.PING_INTERVAL, Key.PING_TIMEOUT)) {
                Duration part = endpoint.get(key).dividedBy(20);
                tick = part.compareTo(tick) < 0 ? part : tick;
            }
        }
        return tick.compareTo(Duration.ofMillis(10)) < 0 ? Duration.ofMillis(10) : tick;
    }

    private static UpgradeDoor deployWebSocket(ServletContext context) {
        ServerContainer container = (ServerContainer) context.getAttribute("jakarta.websocket.server.ServerContainer");
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(WebSocketEndpoint.class, Doors.INTERNAL_PATH)
                .configurator(new HandshakeConfigurator())
                .build();
        try {
            container.addEndpoint(config);
        } catch (DeploymentException e) {
            throw new IllegalStateException("The server's WebSocket container refused our endpoint.", e);
        }
        return new UpgradeDoor(container, config);
    }

    private static void addFilter(ServletContext context, HttpFilter filter, String pattern) {
        FilterRegistration.Dynamic registration =
                context.addFilter("portcullis-" + filter.getClass().getSimpleName(), filter);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, pattern);
    }

    private void open(EndpointConfig config, ServletContext context, Entrance entrance) {
        Instance<SessionListener> own = listeners.select(NamedLiteral.of(config.name()));
        SessionListener listener = own.isResolvable() ? own.get() : factory.create(config);
        EngineEndpoint endpoint = EngineEndpoint.of(config, listener);
        String path = config.get(Key.PATH);
        ServletRegistration.Dynamic servlet =
                context.addServlet("portcullis-" + config.name(), new FrontServlet(endpoint, entrance));
        servlet.setAsyncSupported(true);
        servlet.addMapping(path + "*");
        LOG.log(System.Logger.Level.INFO, "Endpoint {0} listens at {1}.", config.name(), config.requestPath());
    }

    /** Drains here and now, turning the timer itself: the container may have stopped the scheduler already. */
    @Override
    public void contextDestroyed(ServletContextEvent event) {
        Doors opened = doors;
        if (opened == null) {
            return;
        }
        if (turning != null) {
            turning.cancel(false);
        }
        SessionRegistry sessions = opened.registry();
        try {
            CompletableFuture<Void> drained = factory.drain(drainDuration).toCompletableFuture();
            long deadline = System.nanoTime() + drainDuration.plus(DRAIN_MARGIN).toNanos();
            while (!(drained.isDone() && opened.closes().isIdle())
                    && System.nanoTime() < deadline
                    && !Thread.currentThread().isInterrupted()) {
                sessions.context().timer().turn();
                LockSupport.parkNanos(DRAIN_TURN);
            }
        } finally {
            sessions.closeAll();
            store.close();
        }
    }
}
