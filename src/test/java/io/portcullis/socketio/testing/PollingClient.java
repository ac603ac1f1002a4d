package io.portcullis.socketio.testing;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/** A session over polling, with one connection for polls and one for posts, and the same headers on all requests. */
final class PollingClient implements EngineClient {

    private static final int OK = 200;

    private final RawHttp polls;
    private final RawHttp posts;
    private final Deque<String> packets = new ArrayDeque<>();
    private final String[] headers;
    private final String target;
    private final JsonObject open;

    PollingClient(URI server, String path, String... headers) {
        this.headers = headers.clone();
        polls = RawHttp.connect(server);
        posts = RawHttp.connect(server);
        RawHttp.Answer answer = polls.get(path + "?EIO=4&transport=polling", headers);
        if (answer.status() != OK) {
            throw new IllegalStateException("The handshake was refused: " + answer.text());
        }
        add(answer);
        open = EngineClient.json(packets.remove().substring(1));
        target = path + "?EIO=4&transport=polling&sid=" + sid();
    }

    private void add(RawHttp.Answer answer) {
        packets.addAll(List.of(answer.text().split("\u001e")));
    }

    @Override
    public JsonObject open() {
        return open;
    }

    @Override
    public void send(String... texts) {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Type: text/plain;charset=UTF-8";
        posts.post(target, String.join("\u001e", texts).getBytes(StandardCharsets.UTF_8), all);
    }

    @Override
    public void send(byte[] data) {
        send("b" + Base64.getEncoder().encodeToString(data));
    }

    @Override
    public Object next() {
        while (true) {
            String packet = packets.poll();
            if (packet == null) {
                poll();
            } else if (packet.equals("2")) {
                send("3");
            } else if (packet.startsWith("b")) {
                return Base64.getDecoder().decode(packet.substring(1));
            } else if (packet.equals("1")) {
                throw new IllegalStateException("The server has closed the session.");
            } else if (!packet.equals("6")) {
                return packet;
            }
        }
    }

    private void poll() {
        RawHttp.Answer answer = polls.get(target, headers);
        if (answer.status() != OK) {
            throw new IllegalStateException("The session has ended: " + answer.text());
        }
        add(answer);
    }

    @Override
    public void awaitEnd() {
        while (polls.get(target, headers).status() == OK) {
            packets.clear();
        }
    }

    @Override
    public void vanish() {
        polls.vanish();
        posts.vanish();
    }

    @Override
    public void close() {
        try {
            send("1");
        } catch (RuntimeException e) {
            posts.vanish();
        }
        polls.close();
        posts.close();
    }
}
