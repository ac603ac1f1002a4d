package io.portcullis.socketio.runtime;

import io.portcullis.socketio.OnAny;
import io.portcullis.socketio.OnAnyOutgoing;
import io.portcullis.socketio.OnConnect;
import io.portcullis.socketio.OnDisconnect;
import io.portcullis.socketio.OnDisconnecting;
import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import io.portcullis.socketio.runtime.Parameter.Source;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Immutable, thread-safe. A checked handler method, ready to be called. */
final class HandlerMethod {

    private static final MethodType PLAIN = MethodType.methodType(Object.class, Object.class, Object[].class);

    private final HandlerSignature signature;
    private final BeanReference bean;
    private final ArgumentBinder binder;
    private final ArgumentValidator validator;
    private final Parameter[] parameters;
    private final MethodHandle handle;
    private final boolean takesAck;
    private final boolean takesArguments;

    HandlerMethod(HandlerSignature signature, BeanReference bean, ArgumentBinder binder, ArgumentValidator validator) {
        this.signature = signature;
        this.bean = bean;
        this.binder = binder;
        this.validator = validator;
        this.parameters = signature.parameters().toArray(Parameter[]::new);
        this.handle = handle(bean.type(), signature.method());
        this.takesAck = takes(Source.ACK);
        this.takesArguments = takes(Source.ARGUMENT);
    }

    private boolean takes(Source source) {
        return signature.parameters().stream().anyMatch(parameter -> parameter.source() == source);
    }

    /** Through the public class, so that it can be called wherever the method was declared. */
    private static MethodHandle handle(Class<?> type, Method method) {
        MethodType methodType = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        try {
            MethodHandle handle = MethodHandles.publicLookup().findVirtual(type, method.getName(), methodType);
            return handle.asFixedArity()
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(PLAIN);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "expected a public method in a public class, found " + HandlerSignature.describe(type, method), e);
        }
    }

    /** Class and method, for logs and messages. */
    String describe() {
        return HandlerSignature.describe(bean.type(), signature.method());
    }

    HandlerSignature signature() {
        return signature;
    }

    boolean isNonBlocking() {
        return signature.nonBlocking();
    }

    /** How many parameters come before the event's arguments. */
    int firstArgument() {
        int first = 0;
        while (first < parameters.length && parameters[first].source().ordinal() < Source.ARGUMENT.ordinal()) {
            first++;
        }
        return first;
    }

    boolean takesAck() {
        return takesAck;
    }

    boolean returnsStage() {
        return CompletionStage.class.isAssignableFrom(signature.method().getReturnType());
    }

    boolean returnsVoid() {
        return signature.method().getReturnType() == void.class;
    }

    /**
     * Binds the arguments, validates them and calls the method.
     *
     * @throws io.portcullis.socketio.InvalidArgumentException if an argument cannot be bound; the handler has not run
     * @throws jakarta.validation.ConstraintViolationException if one breaks a constraint; the handler has not run
     * @throws Throwable what the handler throws, as it is
     */
    @Nullable Object invoke(HandlerCall call) throws Throwable {
        @Nullable Object[] values = new @Nullable Object[parameters.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = parameters[i].value(call, binder);
        }
        Object target = bean.get();
        if (takesArguments) {
            validator.validate(target, signature.method(), values);
        }
        return (Object) handle.invokeExact(target, values);
    }

    /** What a method can handle, by which annotation, and what it may take. */
    enum Kind {
        CONNECT(OnConnect.class, Source.SOCKET, Source.HANDSHAKE),
        EVENT(OnEvent.class, Source.SOCKET, Source.HANDSHAKE, Source.ARGUMENT, Source.REST, Source.ACK),
        ANY(OnAny.class, Source.SOCKET, Source.HANDSHAKE, Source.NAME, Source.REST),
        ANY_OUTGOING(OnAnyOutgoing.class, Source.SOCKET, Source.NAME, Source.REST),
        SERVER_EVENT(OnServerEvent.class, Source.ARGUMENT, Source.REST),
        DISCONNECTING(OnDisconnecting.class, Source.SOCKET, Source.REASON),
        DISCONNECT(OnDisconnect.class, Source.SOCKET, Source.REASON);

        final Class<? extends Annotation> mark;
        private final Set<Source> sources;

        Kind(Class<? extends Annotation> mark, Source... sources) {
            this.mark = mark;
            this.sources = Set.of(sources);
        }

        boolean takes(Source source) {
            return sources.contains(source);
        }

        static boolean isMark(Annotation annotation) {
            for (Kind kind : values()) {
                if (kind.mark == annotation.annotationType()) {
                    return true;
                }
            }
            return false;
        }

        static Kind of(Annotation mark) {
            for (Kind kind : values()) {
                if (kind.mark == mark.annotationType()) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("expected a handler's annotation, found " + mark);
        }
    }
}
