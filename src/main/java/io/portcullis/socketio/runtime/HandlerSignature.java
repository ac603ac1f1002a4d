package io.portcullis.socketio.runtime;

import io.portcullis.socketio.OnEvent;
import io.portcullis.socketio.OnServerEvent;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. A handler as it is written: what marks it and where the value of each parameter comes from. Not checked.
 *
 * @param kind what the method handles
 * @param event the event's name, for events and server events
 * @param method the method, the most specific one where it is overridden
 * @param nonBlocking whether it is marked as not blocking
 * @param parameters its parameters in order
 */
record HandlerSignature(
        HandlerMethod.Kind kind,
        @Nullable String event,
        Method method,
        boolean nonBlocking,
        List<Parameter> parameters) {

    static HandlerSignature of(Annotation mark, Method method, boolean nonBlocking) {
        HandlerMethod.Kind kind = HandlerMethod.Kind.of(mark);
        return new HandlerSignature(kind, event(mark), method, nonBlocking, parameters(method, kind));
    }

    /** The class's simple name and the method's name, as people write it. */
    static String describe(Class<?> type, Method method) {
        return type.getSimpleName() + "#" + method.getName();
    }

    private static @Nullable String event(Annotation mark) {
        if (mark instanceof OnEvent event) {
            return event.value();
        }
        return mark instanceof OnServerEvent event ? event.value() : null;
    }

    private static List<Parameter> parameters(Method method, HandlerMethod.Kind kind) {
        List<Parameter> parameters = new ArrayList<>();
        int index = 0;
        for (Type type : method.getGenericParameterTypes()) {
            Parameter.Source source = Parameter.Source.of(type, kind);
            parameters.add(new Parameter(source, index, type));
            index += source == Parameter.Source.ARGUMENT ? 1 : 0;
        }
        return List.copyOf(parameters);
    }
}
