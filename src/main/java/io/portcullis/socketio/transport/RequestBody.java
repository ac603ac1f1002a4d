package io.portcullis.socketio.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Confined to its request. A body that grows as it is read, up to a limit whatever its Content-Length says. Reads only what is
 * there already.
 */
final class RequestBody {

    private static final int FIRST = 4096;

    private final long declared;
    private final int limit;
    private byte[] bytes;
    private int length;

    RequestBody(long declared, int limit) {
        this.declared = declared;
        this.limit = limit;
        this.bytes = new byte[FIRST]; // grows with what comes, not with what is announced
    }

    /** Of a request that is refused: whatever comes is too much. */
    static RequestBody unwanted() {
        return new RequestBody(1, 0);
    }

    static boolean isAnnounced(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || isChunked(request);
    }

    /**
     * Whether a body comes in chunks. Then nothing may follow on the connection: if there was a Content-Length as well, which Payara 6
     * does not show, two servers may have read two different requests. Source: RFC 9112, section 6.1.
     */
    static boolean isChunked(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null;
    }

    /** Whether a request announces a body that has not yet come, not all of it. */
    static boolean isMissing(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        return isAnnounced(request)
                && (announced < 0 || request.getInputStream().available() < announced);
    }

    /** Reads the whole body if it has come together with the request, as most do; false if some of it is not there yet. */
    boolean readIfHere(HttpServletRequest request) throws IOException {
        InputStream in = request.getInputStream();
        if (declared < 0 || declared > limit || in.available() < declared) {
            return false;
        }
        bytes = new byte[(int) declared + 1];
        while (length < declared && read(in)) {}
        return true;
    }

    /** Reads once; false at the end of the stream, or when it has grown too large. */
    boolean read(InputStream in) throws IOException {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, limit + 1L));
        }
        int read = in.read(bytes, length, bytes.length - length);
        if (read < 0) {
            return false;
        }
        length += read;
        return !isTooLarge();
    }

    boolean isTooLarge() {
        return declared > limit || length > limit;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many of the bytes count. */
    int length() {
        return length;
    }
}
