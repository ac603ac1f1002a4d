package io.portcullis.socketio.security;

import io.portcullis.socketio.AllowedOrigin;
import io.portcullis.socketio.AllowedOrigins;
import io.portcullis.socketio.config.EndpointConfig;
import io.portcullis.socketio.config.ServerConfig;
import io.portcullis.socketio.store.StoredOrigin;
import io.portcullis.socketio.store.StoredOrigins;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Thread-safe. The policies of all endpoints, and what is added to them and removed from them while the server runs. */
@ApplicationScoped
public class OriginPolicies implements AllowedOrigins {

    private static final System.Logger LOG = System.getLogger(OriginPolicies.class.getName());

    @Inject
    StoredOrigins stored;

    @Inject
    Audit audit;

    private final Map<String, OriginPolicy> policies = new ConcurrentHashMap<>();
    private final Map<String, OriginChecker> checkers = new ConcurrentHashMap<>();
    private final AtomicLong tickets = new AtomicLong();
    private List<StoredOrigin> known = List.of();
    private long applied;
    private Consumer<String> evictor = endpoint -> {};

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public OriginPolicies() {}

    /**
     * Called once at start.
     *
     * @param config all endpoints
     * @param evict told of the endpoint from which an origin was removed
     */
    public void start(ServerConfig config, Consumer<String> evict) {
        evictor = evict;
        for (EndpointConfig endpoint : config.endpoints()) {
            policies.put(endpoint.name(), OriginPolicy.of(endpoint, config.isProduction()));
            checkers.put(endpoint.name(), new OriginChecker(endpoint, config.isProduction()));
        }
        refresh();
    }

    /**
     * The policy of an endpoint.
     *
     * @param endpoint the endpoint
     * @return its policy, which changes as origins are added and removed
     */
    @SuppressWarnings("NullAway") // start() has made one for each
    public OriginPolicy policy(EndpointConfig endpoint) {
        return policies.get(endpoint.name());
    }

    /** Reads again what was added: by this node, or by another one. Waits for the store. */
    public void refresh() {
        List<StoredOrigin> removed = null;
        while (removed == null) { // again if this node has changed something meanwhile
            long ticket = tickets.incrementAndGet();
            removed = apply(ticket, stored.list());
        }
        evict(removed);
    }

    /** What is not there any more; null if somebody who has asked later was here before. */
    private synchronized @Nullable List<StoredOrigin> apply(long ticket, List<StoredOrigin> all) {
        if (ticket < applied) {
            return null;
        }
        applied = ticket;
        if (all.equals(known)) {
            return List.of();
        }
        List<StoredOrigin> removed = new ArrayList<>(known);
        removed.removeAll(all);
        known = List.copyOf(all);
        policies.forEach((endpoint, policy) -> policy.alsoAllow(rules(endpoint, all)));
        return removed;
    }

    /** What this node has stored counts here whether the store can be asked again or not. */
    private synchronized void change(UnaryOperator<List<StoredOrigin>> change) {
        apply(tickets.incrementAndGet(), change.apply(new ArrayList<>(known)));
    }

    private void evict(List<StoredOrigin> removed) {
        removed.stream()
                .map(StoredOrigin::endpoint)
                .distinct()
                .filter(policies::containsKey)
                .forEach(evictor);
    }

    @SuppressWarnings("NullAway") // start() has made one for each
    private List<OriginRule> rules(String endpoint, List<StoredOrigin> all) {
        OriginChecker checker = checkers.get(endpoint);
        List<OriginRule> rules = new ArrayList<>();
        for (StoredOrigin each : all) {
            if (each.endpoint().equals(endpoint)) {
                try {
                    rules.add(checker.rule(each.origin()));
                } catch (IllegalArgumentException e) { // added where other rules are in force
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Endpoint {0}: the store contains the origin {1}, {2} It is not let in.",
                            endpoint,
                            Printable.of(each.origin()),
                            e.getMessage());
                }
            }
        }
        return rules;
    }

    @Override
    public List<AllowedOrigin> list() {
        return stored.list().stream().map(OriginPolicies::toApi).toList();
    }

    @Override
    public AllowedOrigin add(String endpoint, String origin, String by) {
        return add(endpoint, origin, new Identity(null, by), null);
    }

    /**
     * Lets pages of an origin in, as {@link AllowedOrigins#add} does.
     *
     * @param endpoint the endpoint's name
     * @param origin the origin
     * @param by who does it
     * @param from from which address; null if it is not known
     * @return the entry
     */
    public AllowedOrigin add(String endpoint, String origin, Identity by, @Nullable String from) {
        OriginChecker checker = checkers.get(endpoint);
        if (checker == null) {
            throw new IllegalArgumentException("There is no endpoint named '" + Printable.of(endpoint) + "'.");
        }
        String text = rule(checker, origin).toString();
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        StoredOrigin wanted = StoredOrigin.create(endpoint, text, by.subject(), now);
        StoredOrigin added = stored.add(wanted);
        if (added.equals(wanted)) {
            audit.record(event(AuditType.ORIGIN_ADDED, added, by, from));
        }
        change(all -> {
            all.removeIf(each -> each.id().equals(added.id()));
            all.add(added);
            return all;
        });
        return toApi(added);
    }

    private static OriginRule rule(OriginChecker checker, String origin) {
        try {
            return checker.rule(origin);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The origin is '" + Printable.of(origin) + "', " + e.getMessage(), e);
        }
    }

    @Override
    public boolean remove(String id, String by) {
        return remove(id, new Identity(null, by), null);
    }

    /**
     * Shuts the pages of an origin out, as {@link AllowedOrigins#remove} does.
     *
     * @param id the entry's id
     * @param by who does it
     * @param from from which address; null if it is not known
     * @return false if there is no such entry
     */
    public boolean remove(String id, Identity by, @Nullable String from) {
        Optional<StoredOrigin> removed = stored.remove(id);
        removed.ifPresent(origin -> {
            audit.record(event(AuditType.ORIGIN_REMOVED, origin, by, from));
            change(all -> {
                all.removeIf(each -> each.id().equals(origin.id()));
                return all;
            });
            evict(List.of(origin));
        });
        return removed.isPresent();
    }

    private static AuditEvent event(AuditType type, StoredOrigin about, Identity by, @Nullable String from) {
        return AuditEvent.of(type).at(about.endpoint(), from).by(by).withTarget(about.origin());
    }

    private static AllowedOrigin toApi(StoredOrigin origin) {
        return new AllowedOrigin(origin.id(), origin.endpoint(), origin.origin(), origin.addedBy(), origin.addedAt());
    }
}
