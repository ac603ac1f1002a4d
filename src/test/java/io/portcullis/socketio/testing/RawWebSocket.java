package io.portcullis.socketio.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Confined to its thread, but one thread may send while another reads. A WebSocket that makes its own frames, legal and
 * illegal ones. It answers the server's pings and does not count them.
 */
public final class RawWebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    /** The code of an ordinary close. */
    public static final int NORMAL = 1000;

    /** The code of a close frame without one. */
    public static final int NO_CODE = 1005;

    /** The connection ended without a close frame. */
    public static final int NO_FRAME = 1006;

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final RawHttp http;
    private final DataInputStream in;
    private final RawHttp.Answer answer;

    private RawWebSocket(RawHttp http, RawHttp.Answer answer) {
        this.http = http;
        this.in = new DataInputStream(http.in());
        this.answer = answer;
    }

    /** A message, or the end. */
    public sealed interface Received {}

    public record Text(String text) implements Received {}

    public record Binary(byte[] data) implements Received {}

    public record Pong(byte[] data) implements Received {}

    public record Closed(int code) implements Received {}

    private record Frame(boolean fin, int opcode, byte[] payload) {}

    /** Opens a WebSocket; the server must agree. */
    public static RawWebSocket open(String target, String... headers) {
        return open(FixtureServer.uri(), target, headers);
    }

    /** Opens a WebSocket to any server; it must agree. */
    public static RawWebSocket open(URI server, String target, String... headers) {
        RawHttp http = RawHttp.connect(server);
        RawHttp.Answer answer = http.get(target, upgrade(headers));
        if (answer.status() != 101) {
            http.close();
            throw new IllegalStateException(target + " was refused with " + answer.status() + " " + answer.text());
        }
        return new RawWebSocket(http, answer);
    }

    /** Asks for a WebSocket that the server must refuse. */
    public static RawHttp.Answer refused(String target, String... headers) {
        return RawHttp.fetch(target, upgrade(headers));
    }

    /** The headers of an upgrade request, and more. */
    public static String[] upgrade(String... more) {
        String[] headers = Arrays.copyOf(more, more.length + 4);
        headers[more.length] = "Upgrade: websocket";
        headers[more.length + 1] = "Connection: Upgrade";
        headers[more.length + 2] = "Sec-WebSocket-Version: 13";
        headers[more.length + 3] = "Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==";
        return headers;
    }

    /** The server's 101. */
    public RawHttp.Answer handshake() {
        return answer;
    }

    public void send(String text) {
        frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] data) {
        frame(true, BINARY, data);
    }

    public void frame(boolean fin, int opcode, byte[] payload) {
        http.send(masked((fin ? 0x80 : 0) | opcode, payload));
    }

    /** Bytes as they are. */
    public void raw(byte[] bytes) {
        http.send(bytes);
    }

    /** A masked frame with any first byte. */
    public static byte[] masked(int first, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(first);
            if (payload.length < 126) {
                out.writeByte(0x80 | payload.length);
            } else if (payload.length < 0x10000) {
                out.writeByte(0x80 | 126);
                out.writeShort(payload.length);
            } else {
                out.writeByte(0x80 | 127);
                out.writeLong(payload.length);
            }
            byte[] mask = ByteBuffer.allocate(4)
                    .putInt(ThreadLocalRandom.current().nextInt())
                    .array();
            out.write(mask);
            byte[] hidden = payload.clone();
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] ^= mask[i & 3];
            }
            out.write(hidden);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The next message, or the end; fragments are put together. */
    public Received next() {
        return next(PATIENCE);
    }

    public Received next(Duration patience) {
        try {
            http.socket().setSoTimeout((int) Math.max(1, patience.toMillis()));
            return message();
        } catch (SocketTimeoutException e) {
            throw new UncheckedIOException("Nothing came within " + patience, e);
        } catch (EOFException | SocketException e) {
            return new Closed(NO_FRAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Received message() throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        int opcode = CONTINUATION;
        while (true) {
            Frame frame = readFrame();
            if (frame.opcode == PING) {
                frame(true, PONG, frame.payload);
            } else if (frame.opcode == PONG) {
                return new Pong(frame.payload);
            } else if (frame.opcode == CLOSE) {
                return closed(frame.payload);
            } else {
                opcode = frame.opcode == CONTINUATION ? opcode : frame.opcode;
                whole.writeBytes(frame.payload);
                if (frame.fin) {
                    return opcode == TEXT ? noted(whole) : new Binary(whole.toByteArray());
                }
            }
        }
    }

    private static Text noted(ByteArrayOutputStream whole) {
        Text text = new Text(whole.toString(StandardCharsets.UTF_8));
        Secrets.noteIn(text.text);
        return text;
    }

    private static Closed closed(byte[] payload) {
        return new Closed(
                payload.length < 2 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xffff);
    }

    private Frame readFrame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length =
                switch (second) {
                    case 126 -> in.readUnsignedShort();
                    case 127 -> Math.toIntExact(in.readLong());
                    default -> second;
                };
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame((first & 0x80) != 0, first & 0x0f, payload);
    }

    public String text() {
        Received next = next();
        if (next instanceof Text text) {
            return text.text;
        }
        throw new IllegalStateException("The next message is not text, but " + next);
    }

    public byte[] binary() {
        Received next = next();
        if (next instanceof Binary binary) {
            return binary.data;
        }
        throw new IllegalStateException("The next message is not binary, but " + next);
    }

    /** Waits for the end, whatever comes before, and gives its code. */
    public int closeCode() {
        return closeCode(PATIENCE);
    }

    public int closeCode(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            if (next(Duration.ofNanos(end - System.nanoTime())) instanceof Closed closed) {
                return closed.code;
            }
        }
    }

    /** Ends the connection without a word. */
    public void vanish() {
        http.vanish();
    }

    /** Says goodbye, then ends the connection. */
    @Override
    public void close() {
        try {
            if (!http.socket().isClosed()) {
                frame(true, CLOSE, new byte[0]);
            }
        } catch (UncheckedIOException e) {
            http.vanish();
        }
        http.close();
    }
}
