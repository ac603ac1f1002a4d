package io.portcullis.socketio.conformance;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import io.portcullis.socketio.testing.RawWebSocket;
import io.portcullis.socketio.testing.ServerJvm;
import io.portcullis.socketio.testing.SocketClient;
import io.portcullis.socketio.testing.Statistics;
import org.junit.jupiter.api.Test;

/** Two thousand clients that vanish, at every stage of a connection, leave nothing behind. */
class AbruptDisconnectsIT {

    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final int CLIENTS = 2000;
    private static final int STAGES = 10;

    /** So many clients first, to fill the container's pools and caches. */
    private static final int WARM_UP = 500;

    /** A kilobyte for each client: less than a session, a socket or a connection takes. */
    private static final long HEAP_TOLERANCE = 1024L * CLIENTS;

    /** The container's pool of threads grows and shrinks by itself. */
    private static final int THREADS_TOLERANCE = 8;

    @Test
    void nothing_is_left_behind() {
        vanish(WARM_UP);
        try (ServerJvm jvm = ServerJvm.attach()) {
            Statistics baseline = Statistics.idle();
            long heap = jvm.heap();
            int threads = jvm.threads();
            vanish(CLIENTS);
            try (SocketClient client = SocketClient.joined()) {
                client.expectNothingMore();
            }

            baseline.awaitAgain();
            jvm.awaitAtMost(heap + HEAP_TOLERANCE, threads + THREADS_TOLERANCE);
        }
    }

    private static void vanish(int clients) {
        for (int i = 0; i < clients; i++) {
            if (i % STAGES < 7) {
                vanishFromWebSocket(i % STAGES);
            } else {
                vanishFromPolling(i % STAGES);
            }
        }
    }

    private static void vanishFromWebSocket(int stage) {
        if (stage == 0) {
            RawHttp http = RawHttp.connect();
            http.sendGet(WEBSOCKET, RawWebSocket.upgrade());
            http.vanish();
            return;
        }
        RawWebSocket socket = RawWebSocket.open(WEBSOCKET);
        if (stage >= 2) {
            socket.send(stage == 6 ? "40/slow," : "40");
        }
        if (stage >= 3 && stage < 6) {
            socket.text();
            socket.text();
            socket.send("42[\"join\",\"room of the lost\"]");
            socket.send(
                    stage == 3 ? "42[\"emit-n\",\"tick\",500]" : "451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        }
        if (stage == 5) {
            socket.send("427[\"server-ack\",1,60000]");
        }
        socket.vanish();
    }

    private static void vanishFromPolling(int stage) {
        RawHttp http = RawHttp.connect();
        String target = POLLING + "&sid="
                + EngineClient.json(http.get(POLLING).text().substring(1)).getString("sid");
        http.post(target, "40"); // or its session would wait for half a minute to tell of the connect timeout
        if (stage == 8) {
            http.sendGet(target);
        } else if (stage == 9) {
            RawWebSocket socket = RawWebSocket.open(target.replace("polling", "websocket"));
            socket.send("2probe");
            socket.vanish();
        }
        http.vanish();
    }
}
