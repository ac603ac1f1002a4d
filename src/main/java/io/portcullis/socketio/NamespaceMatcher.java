package io.portcullis.socketio;

/** Decides which names a {@link Namespace} without names and pattern serves. Must be thread-safe and must not block. */
@FunctionalInterface
public interface NamespaceMatcher {

    /**
     * Decides whether a client may ask for this name here.
     *
     * @param name the name that the client sent; begins with a slash, otherwise arbitrary
     * @param handshake the client's handshake, with the auth payload of this request
     * @return true if the namespace exists
     */
    boolean matches(String name, Handshake handshake);
}
