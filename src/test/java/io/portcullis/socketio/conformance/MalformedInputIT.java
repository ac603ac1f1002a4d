package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.SocketClient;
import io.portcullis.socketio.testing.Statistics;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Hundreds of malformed requests, frames and packets, made by rules. Whatever becomes of their connections, after each a
 * second client is served as before, and in the end nothing is left behind.
 */
class MalformedInputIT {

    private static final String PATH = "/socket.io/";
    private static final String WEBSOCKET = PATH + "?EIO=4&transport=websocket";
    private static final String POLLING = PATH + "?EIO=4&transport=polling";

    private static Statistics baseline;

    private SocketClient other;

    @BeforeAll
    static void nobody_is_there() {
        baseline = Statistics.idle();
    }

    @BeforeEach
    void a_well_behaved_client_comes() {
        other = SocketClient.joined();
    }

    @AfterEach
    void it_goes() {
        other.close();
    }

    @AfterAll
    static void nothing_is_left_behind() {
        baseline.awaitAgain();
    }

    private void assertServed(Object afterWhat) {
        assertThat(other.ask("[\"message-with-ack\",1]"))
                .as("after %s", afterWhat)
                .hasSize(1);
    }

    @Test
    void a_hundred_and_more_requests() {
        Set<String> requests = new LinkedHashSet<>();
        badQueries().forEach(query -> Stream.of("GET", "POST", "FOO", "get", "TRACE", "HEAD")
                .forEach(method -> requests.add(RawHttp.head(method, query) + "\r\n")));
        badQueries().forEach(query -> requests.add(RawHttp.head("GET", query, RawWebSocket.upgrade()) + "\r\n"));
        badHeads().forEach(requests::add);
        assertThat(requests).hasSizeGreaterThan(120);

        for (String request : requests) {
            try (RawHttp http = RawHttp.connect()) {
                http.send(request);
                http.endInput();
                assertThat(http.endsWithin(Duration.ofSeconds(8))).as(request).isTrue();
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).as("cut while it was sent").isInstanceOf(java.net.SocketException.class);
            }
            assertServed(request);
        }
    }

    private static Stream<String> badQueries() {
        return Stream.of(
                PATH,
                PATH + "?",
                PATH + "?EIO=4",
                PATH + "?transport=polling",
                PATH + "?EIO=4&transport=%00",
                PATH + "?EIO=4&transport=polling%00",
                PATH + "?EIO=%zz&transport=%",
                PATH + "?&&&===&",
                POLLING + "&sid=",
                POLLING + "&sid=%ff%fe",
                POLLING + "&sid=" + "x".repeat(4000),
                POLLING + "&sid=a&sid=b",
                WEBSOCKET + "&sid=../../etc",
                PATH + "?" + "a=b&".repeat(500),
                PATH + "?EIO[]=4&transport[]=polling",
                "//socket.io/?EIO=4",
                PATH + "%2e%2e/?EIO=4",
                PATH + "..;/?EIO=4");
    }

    private static Stream<String> badHeads() {
        String post = RawHttp.head("POST", POLLING + "&sid=x");
        String upgrade = RawHttp.head("GET", WEBSOCKET, "Upgrade: websocket", "Connection: Upgrade");
        return Stream.of(
                post + "Content-Length: -1\r\n\r\n",
                post + "Content-Length: x\r\n\r\n",
                post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab",
                post + "Transfer-Encoding: identity, chunked, x\r\n\r\n",
                post + "Content-Length: 10\r\n\r\n4",
                post + "No colon here\r\n\r\n",
                post + " Leading: space\r\n\r\n",
                post + "Name : space\r\n\r\n",
                post + "Nul: a\u0000b\r\n\r\n",
                post + "Long: " + "x".repeat(20_000) + "\r\n\r\n",
                post + "Many: x\r\n".repeat(2000) + "\r\n",
                upgrade + "\r\n",
                upgrade + "Sec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x\r\n\r\n",
                upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n\r\n",
                upgrade + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: " + "a;".repeat(10_000) + "\r\n\r\n",
                "GET " + POLLING + "&sid=x HTTP/0.9\r\n\r\n",
                "GET " + POLLING + "&sid=x HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET " + POLLING + "&sid=x\r\n\r\n",
                "GET\r\n\r\n",
                "\r\n\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET " + PATH + "?" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                RawHttp.head("GET", POLLING).substring(0, 20));
    }

    @Test
    void every_first_byte_of_a_frame() {
        for (int first = 0; first < 256; first++) {
            try (RawWebSocket socket = RawWebSocket.open(WEBSOCKET)) {
                socket.raw(RawWebSocket.masked(first, "\u0001\u00ff".getBytes(StandardCharsets.ISO_8859_1)));
                socket.vanish();
            }
            assertServed("a frame that begins with " + first);
        }
    }

    @Test
    void lengths_that_a_frame_does_not_have() {
        for (int length : new int[] {1, 125, 126, 127, 0x80, 0x81, 0xfd, 0xfe, 0xff}) {
            for (int more = 0; more < 12; more++) {
                byte[] frame = new byte[2 + more];
                frame[0] = (byte) 0x81;
                frame[1] = (byte) length;
                java.util.Arrays.fill(frame, 2, frame.length, (byte) 0xff);
                try (RawWebSocket socket = RawWebSocket.open(WEBSOCKET)) {
                    socket.raw(frame);
                    socket.vanish();
                }
            }
            assertServed("frames of length " + length);
        }
    }

    @Test
    void packets_with_one_character_wrong() {
        Set<String> packets = new LinkedHashSet<>();
        List<String> good = List.of(
                "42/custom,17[\"message\",{\"a\":[1.5e3,\"\\u00e9\"]},null]",
                "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
                "40/dynamic-7,{\"token\":\"x\"}",
                "43/custom,12[\"a\"]");
        for (String packet : good) {
            for (int i = 1; i < packet.length(); i++) {
                packets.add(packet.substring(0, i));
                packets.add(packet.substring(0, i) + packet.substring(i + 1));
                packets.add(packet.substring(0, i) + '"' + packet.substring(i + 1));
                packets.add(packet.substring(0, i) + "9999999999" + packet.substring(i));
                packets.add(packet.substring(0, i) + '\u0000' + packet.substring(i));
            }
        }
        assertThat(packets).hasSizeGreaterThan(300);

        for (String packet : packets) {
            try (RawWebSocket socket = RawWebSocket.open(WEBSOCKET)) {
                socket.send("40");
                socket.send(packet);
                socket.send(new byte[] {1});
                socket.vanish();
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).as("closed meanwhile").isInstanceOf(java.net.SocketException.class);
            }
            assertServed(packet);
        }
    }

    @Test
    void payloads_that_are_none() {
        List<byte[]> bodies = IntStream.range(0x80, 0x100)
                .mapToObj(b -> new byte[] {'4', '2', (byte) b, '"'})
                .toList();
        for (byte[] body : bodies) {
            try (RawHttp http = RawHttp.connect()) {
                String sid =
                        EngineClient.json(http.get(POLLING).text().substring(1)).getString("sid");

                assertThat(http.post(POLLING + "&sid=" + sid, body, "Content-Type: text/plain")
                                .status())
                        .isEqualTo(200);
                assertThat(http.get(POLLING + "&sid=" + sid).text()).contains("\"code\":1,");
            }
            assertServed(body[2]);
        }
    }

    @Test
    void long_runs_take_linear_time() {
        long start = System.nanoTime();
        for (String packet : List.of(
                "42" + "9".repeat(900_000) + "[\"a\"]",
                "45" + "1".repeat(900_000) + "-[\"a\"]",
                "42" + "[".repeat(900_000),
                "42[" + "\"a\",".repeat(200_000),
                "42[\"a\"" + ",1".repeat(400_000) + "]",
                "42[\"" + "\\".repeat(900_000),
                "42[\"a\"," + "{\"a\":".repeat(150_000),
                "40/" + "x".repeat(900_000),
                "42/" + ",".repeat(900_000))) {
            try (RawWebSocket socket = RawWebSocket.open(WEBSOCKET)) {
                socket.send("40");
                socket.send(packet);
                socket.vanish();
            }
            assertServed(packet.substring(0, 10));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
}
