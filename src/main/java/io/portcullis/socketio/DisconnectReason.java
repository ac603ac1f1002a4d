package io.portcullis.socketio;

/** Immutable. Why a socket went, with the text that Socket.IO uses for it. */
public enum DisconnectReason {
    /** The client broke a rule of the transport, a poll was aborted, or a message was too large. */
    TRANSPORT_ERROR("transport error", true),
    /** The client closed the connection, or vanished. */
    TRANSPORT_CLOSE("transport close", true),
    /** The client did not answer a ping in time. */
    PING_TIMEOUT("ping timeout", true),
    /** The client sent an invalid Engine.IO packet. */
    PARSE_ERROR("parse error", false),
    /** The client sent an invalid Socket.IO packet, or the server closed the session. */
    FORCED_CLOSE("forced close", true),
    /** The client sent a packet that its state does not allow. */
    FORCED_SERVER_CLOSE("forced server close", true),
    /** The client left the namespace. */
    CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect", false),
    /** The server called {@link Socket#disconnect}. */
    SERVER_NAMESPACE_DISCONNECT("server namespace disconnect", false),
    /** The server stops, or the application is undeployed. */
    SERVER_SHUTTING_DOWN("server shutting down", true),
    /** Pages of the client's origin may not come any more. */
    ORIGIN_REMOVED("origin removed", false);

    private final String text;
    private final boolean recoverable;

    DisconnectReason(String text, boolean recoverable) {
        this.text = text;
        this.recoverable = recoverable;
    }

    /**
     * Socket.IO's text for it.
     *
     * @return for example {@code ping timeout}
     */
    public String text() {
        return text;
    }

    /**
     * Tells whether the connection's state may be recovered after it.
     *
     * @return false if the end was wanted, or cannot be trusted
     */
    public boolean isRecoverable() {
        return recoverable;
    }

    @Override
    public String toString() {
        return text;
    }
}
