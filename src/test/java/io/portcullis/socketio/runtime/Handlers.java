package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Socket;
import io.portcullis.socketio.protocol.JsonArguments;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.Validation;

/** Handlers without a container. */
final class Handlers {

    static final Jsonb JSONB = JsonbBuilder.create(BinaryValues.config());
    static final ArgumentBinder BINDER = new ArgumentBinder(JSONB);
    static final ArgumentWriter WRITER = new ArgumentWriter(JSONB);

    private Handlers() {}

    static NamespaceBean bean(Class<?> type) {
        return new NamespaceBean(type, () -> instance(type), BINDER, validator());
    }

    static NamespaceBean bean(Object instance) {
        return new NamespaceBean(instance.getClass(), () -> instance, BINDER, validator());
    }

    private static ArgumentValidator validator() {
        return new ArgumentValidator(
                () -> Validation.buildDefaultValidatorFactory().getValidator());
    }

    private static Object instance(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call with an event whose arguments are these texts. */
    static HandlerCall event(String name, String... json) {
        JsonArguments.Builder arguments = JsonArguments.builder().addString(name);
        for (String text : json) {
            arguments.addJson(text);
        }
        return event(name, arguments.build());
    }

    static HandlerCall event(String name, JsonArguments elements) {
        Socket socket = FakeSockets.socket("a");
        return new HandlerCall(socket, name, elements, 1, FakeSockets.ack(), null);
    }
}
