package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.runtime.HandlerMethod.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Immutable. A {@link Namespace} class that {@link NamespaceChecker} has nothing against, with its handlers. */
final class NamespaceBean {

    private final BeanReference bean;
    private final List<String> names;
    private final @Nullable Pattern pattern;
    private final List<String> endpoints;
    private final Map<String, HandlerMethod> events = new HashMap<>();
    private final Map<String, HandlerMethod> serverEvents = new HashMap<>();
    private final Map<Kind, List<HandlerMethod>> others = new EnumMap<>(Kind.class);

    NamespaceBean(Class<?> type, Supplier<Object> reference, ArgumentBinder binder, ArgumentValidator validator) {
        Namespace namespace = Objects.requireNonNull(type.getAnnotation(Namespace.class));
        this.bean = new BeanReference(type, reference);
        this.names = List.of(namespace.value());
        this.pattern = namespace.pattern().isEmpty() ? null : Pattern.compile(namespace.pattern());
        this.endpoints = List.of(namespace.endpoints());
        for (HandlerSignature signature : HandlerFinder.handlers(type)) {
            add(signature, new HandlerMethod(signature, bean, binder, validator));
        }
    }

    private void add(HandlerSignature signature, HandlerMethod handler) {
        String event = signature.event();
        if (event == null) {
            others.computeIfAbsent(signature.kind(), kind -> new ArrayList<>()).add(handler);
        } else {
            (signature.kind() == Kind.EVENT ? events : serverEvents).put(event, handler);
        }
    }

    Class<?> type() {
        return bean.type();
    }

    /** Empty if a pattern or a matcher decides. */
    List<String> names() {
        return names;
    }

    @Nullable Pattern pattern() {
        return pattern;
    }

    /** If so, the {@link #reference} is a {@link io.portcullis.socketio.NamespaceMatcher}. */
    boolean isMatcher() {
        return names.isEmpty() && pattern == null;
    }

    boolean servesEndpoint(String endpoint) {
        return endpoints.isEmpty() || endpoints.contains(endpoint);
    }

    boolean sharesEndpointWith(NamespaceBean other) {
        return endpoints.isEmpty()
                || other.endpoints.isEmpty()
                || endpoints.stream().anyMatch(other.endpoints::contains);
    }

    /** The endpoints' names; empty for all. */
    List<String> endpoints() {
        return endpoints;
    }

    @Nullable HandlerMethod event(String name) {
        return events.get(name);
    }

    @Nullable HandlerMethod serverEvent(String name) {
        return serverEvents.get(name);
    }

    List<HandlerMethod> connect() {
        return of(Kind.CONNECT);
    }

    List<HandlerMethod> any() {
        return of(Kind.ANY);
    }

    List<HandlerMethod> anyOutgoing() {
        return of(Kind.ANY_OUTGOING);
    }

    List<HandlerMethod> disconnecting() {
        return of(Kind.DISCONNECTING);
    }

    List<HandlerMethod> disconnect() {
        return of(Kind.DISCONNECT);
    }

    /** In the order of their names. */
    private List<HandlerMethod> of(Kind kind) {
        return others.getOrDefault(kind, List.of());
    }

    /** The CDI contextual reference. */
    Object reference() {
        return bean.get();
    }
}
