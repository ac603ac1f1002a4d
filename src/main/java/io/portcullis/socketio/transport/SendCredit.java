package io.portcullis.socketio.transport;

import java.util.Arrays;

/**
 * Thread-safe. How much may be sent to a client by calls that would wait for a reader that has stopped. A client proves
 * that it reads by answering a WebSocket ping, whose content it cannot guess; what fits the socket's buffers may be sent
 * on top of what it is known to have read.
 */
final class SendCredit {

    /** Less than the smallest buffers that a connection has at its two ends. */
    private static final long CREDIT = 16 * 1024;

    private static final byte[] NONE = {};

    private long sent;
    private long read;
    private long pinged;
    private byte[] awaited = NONE;

    /** Whether a message can be sent without waiting for the client. */
    synchronized boolean covers(int size) {
        return sent + size - read <= CREDIT;
    }

    synchronized void add(int size) {
        sent += size;
    }

    /** Whether it is time to ask for a proof. */
    synchronized boolean needsProof() {
        return awaited.length == 0 && sent - read >= CREDIT / 2;
    }

    synchronized void asked(byte[] content) {
        awaited = content;
        pinged = sent;
    }

    /** An answer to a ping has come; one that does not match proves nothing. */
    synchronized void answered(byte[] content) {
        if (awaited.length > 0 && Arrays.equals(awaited, content)) {
            read = pinged;
            awaited = NONE;
        }
    }
}
