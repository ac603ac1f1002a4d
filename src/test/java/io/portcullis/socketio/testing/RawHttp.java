package io.portcullis.socketio.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Confined to its thread, but one thread may send while another reads. One HTTP connection, kept alive, that shows what
 * the server answers to the byte and may send anything, half a request too. After an answer that ends the connection, as
 * Payara gives after some hundreds of requests, the next request makes a new one.
 */
public final class RawHttp implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private final URI server;
    private volatile Socket socket;
    private volatile InputStream in;
    private volatile boolean ended;

    private RawHttp(URI server) throws IOException {
        this.server = server;
        open();
    }

    private void open() throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        ended = false;
    }

    /** What came back: names of headers are in lower case. */
    public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The only value of a header, or an empty text. */
        public String header(String name) {
            List<String> values = headers.getOrDefault(name, List.of());
            return values.isEmpty() ? "" : String.join(" | ", values);
        }

        /** The media type in one spelling: servers write a space before a parameter, or none. */
        public String contentType() {
            return header("content-type").replace("; ", ";").toLowerCase(Locale.ROOT);
        }

        public boolean has(String name) {
            return headers.containsKey(name);
        }
    }

    /** Opens a connection to the fixture. */
    public static RawHttp connect() {
        return connect(FixtureServer.uri());
    }

    /** Opens a connection to any server. */
    public static RawHttp connect(URI uri) {
        try {
            return new RawHttp(uri);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request on a connection of its own. */
    public static Answer once(String method, String target, String... headers) {
        try (RawHttp http = connect()) {
            return http.request(method, target, headers);
        }
    }

    /** GET on a connection of its own. */
    public static Answer fetch(String target, String... headers) {
        return once("GET", target, headers);
    }

    /** POST of text on a connection of its own. */
    public static Answer submit(String target, String body) {
        try (RawHttp http = connect()) {
            return http.post(target, body);
        }
    }

    public Answer get(String target, String... headers) {
        return request("GET", target, headers);
    }

    public Answer request(String method, String target, String... headers) {
        send(head(server.getAuthority(), method, target, headers) + "\r\n");
        return read(PATIENCE, method.equals("HEAD"));
    }

    public Answer post(String target, String body) {
        return post(target, body.getBytes(StandardCharsets.UTF_8), "Content-Type: text/plain;charset=UTF-8");
    }

    public Answer post(String target, byte[] body, String... headers) {
        sendPost(target, body, headers);
        return read();
    }

    /** Sends a POST and does not wait. */
    public void sendPost(String target, byte[] body, String... headers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(); // in one piece, as clients do
        String head =
                head(server.getAuthority(), "POST", target, headers) + "Content-Length: " + body.length + "\r\n\r\n";
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        send(all.toByteArray());
    }

    /** Sends a GET and does not wait. */
    public void sendGet(String target, String... headers) {
        send(head(server.getAuthority(), "GET", target, headers) + "\r\n");
    }

    /** The lines of a request up to, but not including, the empty one. */
    public static String head(String method, String target, String... headers) {
        return head(FixtureServer.uri().getAuthority(), method, target, headers);
    }

    private static String head(String authority, String method, String target, String[] headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + authority + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    public void send(String latin1) {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) {
        try {
            if (ended) {
                socket.close();
                open();
            }
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends more of a request that may have been answered; false if the server has ended the connection. */
    public boolean goOn(String latin1) {
        try {
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public Answer read() {
        return read(PATIENCE, false);
    }

    public Answer read(Duration patience, boolean bodyless) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            String status = line();
            Map<String, List<String>> headers = headers();
            int code = Integer.parseInt(status.split(" ")[1]);
            boolean noBody = bodyless || code == 101 || code == 204 || code == 304;
            Answer answer = new Answer(code, headers, noBody ? new byte[0] : body(headers));
            ended = answer.header("connection").equalsIgnoreCase("close");
            answer.headers().getOrDefault("set-cookie", List.of()).forEach(Secrets::noteCookie);
            Secrets.noteIn(answer.text());
            if (code >= 400) {
                assertThat(answer.text()).as("G05").doesNotContain("io.portcullis", "\tat ");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("content-length")) {
            return exactly(Integer.parseInt(headers.get("content-length").get(0)));
        }
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        return in.readAllBytes();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("Only " + bytes.length + " of " + length + " bytes came.");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The connection ended.");
            }
            line.append((char) c);
        }
        return line.substring(0, line.length() - 1);
    }

    /** All that comes until the connection ends, or nothing comes for so long. */
    public String rest(Duration patience) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout((int) patience.toMillis());
            in.transferTo(all);
        } catch (SocketTimeoutException | SocketException e) { // nothing more comes
            return all.toString(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Waits until the server closes the connection, whatever it sends before. */
    public boolean endsWithin(Duration patience) {
        try {
            socket.setSoTimeout((int) patience.toMillis());
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return true;
        } catch (SocketException e) {
            return true; // reset is an end, too
        } catch (IOException e) {
            return false;
        }
    }

    /** Says that nothing more is sent. */
    public void endInput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    /** Ends the connection as a machine does that vanishes: with a reset. */
    public void vanish() {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
