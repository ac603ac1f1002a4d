package io.portcullis.socketio.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Confined to its request. A body, read up to a limit whatever its Content-Length says.
 *
 * @param bytes what was read
 * @param length how many bytes count
 * @param isTooLarge whether there was more than allowed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RequestBody(byte[] bytes, int length, boolean isTooLarge) {

    private static final int FIRST = 4096;

    static RequestBody read(HttpServletRequest request, int limit) throws IOException {
        long declared = request.getContentLengthLong();
        if (declared > limit) {
            return new RequestBody(new byte[0], 0, true);
        }
        byte[] bytes = new byte[declared > 0 ? (int) declared + 1 : FIRST];
        int length = 0;
        InputStream in = request.getInputStream();
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes, length, bytes.length - length)) {
            length += read;
            if (length > limit) {
                return new RequestBody(bytes, 0, true);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, limit + 1L));
            }
        }
        return new RequestBody(bytes, length, false);
    }
}
