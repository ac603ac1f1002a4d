package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Socket;
import io.portcullis.socketio.protocol.DecoderLimits;
import io.portcullis.socketio.protocol.JsonArguments;
import io.portcullis.socketio.protocol.Packet;
import io.portcullis.socketio.protocol.PacketDecoder;
import io.portcullis.socketio.protocol.Parser;
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

    /** The elements of an event that came as this text and these attachments. */
    static JsonArguments received(String text, byte[]... attachments) {
        PacketDecoder decoder = Parser.JSON.decoder(new DecoderLimits(10, 1_000, 32, 100, false));
        Packet packet = decoder.decodeText(text);
        for (byte[] attachment : attachments) {
            packet = decoder.decodeBinary(attachment);
        }
        return ((Packet.Event) packet).data();
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
