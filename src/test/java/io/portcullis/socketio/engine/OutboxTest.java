package io.portcullis.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.RecordingTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int MANY = 1_000_000;

    private final AtomicInteger drained = new AtomicInteger();

    private Outbox outbox(Transport transport) {
        return new Outbox(transport, MANY, MANY, drained::incrementAndGet);
    }

    private static EnginePacket text(String data) {
        return EnginePacket.message(data);
    }

    @Test
    void one_send_is_in_flight_and_the_next_waits_for_its_end() {
        RecordingTransport transport = RecordingTransport.slowWebSocket();
        Outbox outbox = outbox(transport);

        outbox.offer(text("a"), List.of(), false);
        outbox.offer(text("b"), List.of(), false);
        assertThat(transport.sent()).containsExactly("4a");

        transport.complete();
        assertThat(transport.sent()).containsExactly("4a", "4b");
        transport.complete();

        assertThat(transport.mostInFlight()).isEqualTo(1);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(drained).hasPositiveValue();
    }

    @Test
    void what_is_held_goes_out_together_also_behind_a_send_in_flight() {
        RecordingTransport transport = RecordingTransport.slowWebSocket();
        Outbox outbox = outbox(transport);
        outbox.offer(text("before"), List.of(), false);

        outbox.hold(true);
        outbox.offer(text("a"), List.of(), false);
        transport.complete();
        outbox.flush();
        assertThat(transport.sent()).containsExactly("4before");
        outbox.hold(false);
        outbox.flush();

        assertThat(transport.sent()).containsExactly("4before", "4a");
    }

    @Test
    void a_long_queue_is_sent_without_recursion() {
        RecordingTransport transport = RecordingTransport.polling();
        Outbox outbox = outbox(transport);
        IntStream.range(0, 100_000).forEach(i -> outbox.offer(text("" + i), List.of(), false));
        RecordingTransport webSocket = RecordingTransport.webSocket();

        outbox.switchTo(webSocket);

        assertThat(webSocket.sent()).hasSize(100_000).startsWith("40", "41").endsWith("499999");
    }

    @Test
    void a_poll_takes_all_that_waits() {
        RecordingTransport transport = RecordingTransport.polling();
        Outbox outbox = outbox(transport);
        outbox.offer(text("a"), List.of(text("b"), text("c")), false);
        assertThat(transport.sent()).isEmpty();

        transport.poll();
        outbox.flush();

        assertThat(transport.sent()).containsExactly("4a|4b|4c");
    }

    @Test
    void volatile_packets_are_dropped_when_the_transport_cannot_take_them_now() {
        RecordingTransport slow = RecordingTransport.slowWebSocket();
        Outbox busy = outbox(slow);
        busy.offer(text("a"), List.of(), false);

        assertThat(busy.offer(text("v"), List.of(text("w")), true)).isEqualTo(Outbox.Offer.DROPPED);
        slow.complete();
        assertThat(busy.offer(text("v"), List.of(), true)).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(outbox(RecordingTransport.polling()).offer(text("v"), List.of(), true))
                .isEqualTo(Outbox.Offer.DROPPED);
        assertThat(slow.sent()).containsExactly("4a", "4v");
    }

    @Test
    void more_packets_or_bytes_than_allowed_overflow() {
        Outbox packets = new Outbox(RecordingTransport.polling(), 2, MANY, () -> {});
        Outbox bytes = new Outbox(RecordingTransport.polling(), MANY, 10, () -> {});

        assertThat(packets.offer(text("a"), List.of(text("b")), false)).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(packets.offer(text("c"), List.of(), false)).isEqualTo(Outbox.Offer.OVERFLOWED);
        assertThat(bytes.offer(text("0123456789"), List.of(), false)).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(bytes.offer(text("a"), List.of(), false)).isEqualTo(Outbox.Offer.OVERFLOWED);
    }

    @Test
    void a_group_that_does_not_fit_is_refused_as_a_whole() {
        RecordingTransport transport = RecordingTransport.polling();
        Outbox outbox = new Outbox(transport, 3, MANY, () -> {});
        outbox.offer(text("a"), List.of(), false);
        List<EnginePacket> three = List.of(text("x"), text("y"), text("z"));

        assertThat(outbox.offer(text("w"), three.subList(0, 2), false)).isEqualTo(Outbox.Offer.OVERFLOWED);
        assertThat(outbox.enqueue(three)).isEqualTo(Outbox.Offer.OVERFLOWED);
        assertThat(outbox.enqueue(three.subList(0, 2))).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(transport.sent()).isEmpty();
        transport.poll();
        outbox.flush();

        assertThat(transport.sent()).containsExactly("4a|4x|4y");
    }

    @Test
    void bytes_that_are_sent_or_forgotten_wait_no_longer() {
        RecordingTransport transport = RecordingTransport.polling();
        Outbox outbox = new Outbox(transport, MANY, 10, () -> {});
        outbox.enqueue(List.of(EnginePacket.message(new byte[20], true)));
        assertThat(outbox.enqueue(List.of(text("a")))).isEqualTo(Outbox.Offer.OVERFLOWED);

        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.enqueue(List.of(text("0123456789")))).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(outbox.enqueue(List.of(text("b")))).isEqualTo(Outbox.Offer.OVERFLOWED);
        transport.poll();
        outbox.flush();

        assertThat(outbox.enqueue(List.of(text("c")))).isEqualTo(Outbox.Offer.ACCEPTED);
        assertThat(transport.sent()).containsExactly("40123456789");
    }

    @Test
    void text_and_attachments_stay_together_whoever_sends_meanwhile() throws InterruptedException {
        RecordingTransport transport = RecordingTransport.webSocket();
        Outbox outbox = outbox(transport);
        int threads = 8;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            String name = "t" + t;
            new Thread(() -> {
                        for (int i = 0; i < 500; i++) {
                            String id = name + "-" + i;
                            outbox.offer(text(id + ".0"), List.of(text(id + ".1"), text(id + ".2")), false);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        outbox.flush();

        List<String> sent = transport.sent();
        assertThat(sent).hasSize(threads * 500 * 3);
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < sent.size(); i += 3) {
            String head = sent.get(i).substring(0, sent.get(i).length() - 2);
            heads.add(head);
            assertThat(sent.subList(i, i + 3)).containsExactly(head + ".0", head + ".1", head + ".2");
        }
        assertThat(heads).doesNotHaveDuplicates();
    }

    @Test
    void a_change_of_transport_in_mid_flight_keeps_the_order_without_loss_or_duplicates() {
        RecordingTransport old = RecordingTransport.slowWebSocket();
        RecordingTransport next = RecordingTransport.webSocket();
        Outbox outbox = outbox(old);
        List.of("a", "b", "c").forEach(data -> outbox.offer(text(data), List.of(), false));

        outbox.switchTo(next);
        assertThat(next.sent()).isEmpty();
        old.complete();
        outbox.offer(text("d"), List.of(), false);

        assertThat(old.sent()).containsExactly("4a");
        assertThat(next.sent()).containsExactly("4b", "4c", "4d");
    }
}
