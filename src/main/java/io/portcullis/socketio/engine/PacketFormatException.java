package io.portcullis.socketio.engine;

/** Thrown for what is no Engine.IO packet; ends the session with the reason "parse error". */
public class PacketFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PacketFormatException(String message) {
        super(message, null, false, false);
    }
}
