package io.portcullis.socketio.adapter;

/**
 * Immutable. How a broadcast is to be delivered.
 *
 * @param isVolatile dropped by a transport that cannot take it at once
 * @param compress whether the answers of polls may be compressed
 * @param local on this node alone
 */
public record Flags(boolean isVolatile, boolean compress, boolean local) {

    /** Neither volatile nor local, and compressed. */
    public static final Flags NONE = new Flags(false, true, false);

    /**
     * With volatile delivery.
     *
     * @return a copy
     */
    public Flags asVolatile() {
        return new Flags(true, compress, local);
    }

    /**
     * With or without compression.
     *
     * @param allowed whether it may be compressed
     * @return a copy
     */
    public Flags compress(boolean allowed) {
        return new Flags(isVolatile, allowed, local);
    }

    /**
     * For this node alone.
     *
     * @return a copy
     */
    public Flags asLocal() {
        return new Flags(isVolatile, compress, true);
    }
}
