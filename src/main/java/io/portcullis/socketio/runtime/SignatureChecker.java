package io.portcullis.socketio.runtime;

import io.portcullis.socketio.protocol.ReservedEvents;
import io.portcullis.socketio.runtime.HandlerMethod.Kind;
import io.portcullis.socketio.runtime.Parameter.Source;
import jakarta.transaction.Transactional;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Confined to one thread. Checks one handler; each problem is a sentence: where, what, and what to write instead. */
final class SignatureChecker {

    private final Class<?> type;
    private final HandlerSignature handler;
    private final Method method;
    private final Kind kind;
    private final List<String> problems;

    SignatureChecker(Class<?> type, HandlerSignature handler, List<String> problems) {
        this.type = type;
        this.handler = handler;
        this.method = handler.method();
        this.kind = handler.kind();
        this.problems = problems;
    }

    void check() {
        checkModifiers();
        checkEvent();
        checkParameters();
        checkResult();
        checkNonBlocking();
    }

    private void checkModifiers() {
        int modifiers = method.getModifiers();
        if (!Modifier.isPublic(modifiers)) {
            problem("is not public; make it public");
        }
        if (Modifier.isStatic(modifiers)) {
            problem("is static; remove static");
        }
        if (Modifier.isFinal(modifiers)) {
            problem("is final, so that CDI cannot proxy it; remove final");
        }
        if (method.getTypeParameters().length > 0) {
            problem("is generic; give its parameters types without type variables");
        }
    }

    private void checkEvent() {
        String event = handler.event();
        if (event == null) {
            return;
        }
        if (event.isEmpty()) {
            problem("handles an event without a name; write one, as in @" + mark() + "(\"message\")");
        } else if (kind == Kind.EVENT && ReservedEvents.contains(event)) {
            problem("handles \"" + event + "\", which is reserved by Socket.IO; choose another name, or @OnConnect or"
                    + " @OnDisconnect if that is meant");
        }
    }

    private void checkParameters() {
        Parameter former = null;
        for (Parameter parameter : handler.parameters()) {
            checkParameter(parameter, former);
            former = parameter;
        }
        if (kind.takes(Source.NAME) && sources().noneMatch(Source.NAME::equals)) {
            problem("does not take the event's name; " + allowed());
        }
    }

    private void checkParameter(Parameter parameter, @Nullable Parameter former) {
        Source source = parameter.source();
        if (!kind.takes(source)) {
            problem("takes a " + Shapes.describe(parameter.type()) + ", which a method with @" + mark()
                    + " cannot have; " + allowed());
        } else if (former != null && source == former.source() && source != Source.ARGUMENT) {
            problem("takes " + source.words + " twice; leave one out");
        } else if (former != null && source.ordinal() < former.source().ordinal()) {
            problem("takes " + source.words + " after " + former.source().words + "; " + allowed());
        } else if (source == Source.ARGUMENT && !BindableTypes.isBindable(parameter.type())) {
            problem("takes a " + Shapes.describe(parameter.type()) + ", which JSON can never be bound to; take a class,"
                    + " a record, an array, a collection or map of such, a JsonValue, or Arguments");
        } else if (source == Source.ARGUMENT && !BindableTypes.isPublic(parameter.type())) {
            problem("takes a " + Shapes.describe(parameter.type()) + ", which is not public; make it public, and the"
                    + " classes around it, so that JSON-B can reach it");
        }
    }

    private void checkResult() {
        Class<?> result = method.getReturnType();
        if (result == void.class) {
            return;
        }
        if (sources().anyMatch(Source.ACK::equals)) {
            problem("takes an Ack and returns a value; return nothing, or leave the Ack out");
        } else if (kind == Kind.CONNECT && !CompletionStage.class.isAssignableFrom(result)) {
            problem("returns a " + result.getSimpleName() + "; return nothing or a CompletionStage");
        } else if (kind != Kind.CONNECT && kind != Kind.EVENT && kind != Kind.SERVER_EVENT) {
            problem("returns a " + result.getSimpleName() + "; return nothing");
        }
    }

    private void checkNonBlocking() {
        boolean transactional = method.isAnnotationPresent(Transactional.class)
                || method.getDeclaringClass().isAnnotationPresent(Transactional.class)
                || type.isAnnotationPresent(Transactional.class);
        if (handler.nonBlocking() && transactional) {
            problem(
                    "is @NonBlocking and @Transactional, but a transaction waits for the database; remove @NonBlocking");
        }
    }

    private Stream<Source> sources() {
        return handler.parameters().stream().map(Parameter::source);
    }

    private String allowed() {
        return "its parameters may be, in this order: "
                + Arrays.stream(Source.values())
                        .filter(kind::takes)
                        .map(source -> source.words)
                        .collect(Collectors.joining(", "));
    }

    private String mark() {
        return kind.mark.getSimpleName();
    }

    private void problem(String sentence) {
        problems.add(HandlerSignature.describe(type, method) + " " + sentence + ".");
    }
}
