package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient.Via;
import io.portcullis.socketio.testing.SocketClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events, acknowledgements, rooms and broadcasts, over both transports. */
class EventsConformanceIT {

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private static String idOf(SocketClient client) {
        return client.ask("[\"rooms\"]").getJsonArray(0).getString(0);
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void binary_comes_back_from_any_depth(Via via) {
        String arguments = "{\"a\":[1,{\"b\":" + PLACEHOLDER + "}]},\"x\",{\"_placeholder\":true,\"num\":1}";
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("52-[\"message\"," + arguments + "]");
            client.send(new byte[] {1, 2, 3});
            client.send(new byte[0]);

            assertThat(client.text()).isEqualTo("52-[\"message-back\"," + arguments + "]");
            assertThat(client.binary()).containsExactly(1, 2, 3);
            assertThat(client.binary()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void binary_comes_back_in_acknowledgements(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.join("/custom");
            client.send("51-/custom,17[\"message-with-ack\",[" + PLACEHOLDER + "],\"t\"]");
            client.send(new byte[] {-1, 0});

            assertThat(client.text()).isEqualTo("61-/custom,17[[" + PLACEHOLDER + "],\"t\"]");
            assertThat(client.binary()).containsExactly(-1, 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void order_is_kept_in_both_directions(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            String[] packets = IntStream.range(0, 1000)
                    .mapToObj(n -> n % 2 == 0 ? "2[\"message\"," + n + "]" : "2" + n + "[\"message-with-ack\"]")
                    .toArray(String[]::new);
            client.send(packets);

            IntStream.range(0, 1000).forEach(n -> assertThat(client.text())
                    .isEqualTo(n % 2 == 0 ? "2[\"message-back\"," + n + "]" : "3" + n + "[]"));
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void events_of_the_server_come_in_order(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("2[\"emit-n\",\"tick\",3000]");

            IntStream.range(0, 3000).forEach(n -> assertThat(client.text()).isEqualTo("2[\"tick\"," + n + "]"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"join\"]",
                "[\"join\",{}]",
                "[\"leave\",null]",
                "[\"broadcast\"]",
                "[\"broadcast\",1,2]",
                "[\"emit-all\"]",
                "[\"emit-all\",[]]",
                "[\"broadcast-ack\",\"r\",\"e\",1,\"x\"]",
                "[\"server-ack\"]",
                "[\"emit-n\",\"e\"]",
                "[\"emit-n\",\"e\",\"many\"]",
                "[\"volatile-n\"]",
                "[\"emit-all\",\"disconnect\"]",
                "[\"join\",\"r\"]",
                "[\"message-with-ack\",1]"
            })
    void strange_arguments_have_no_effect(String event) {
        try (SocketClient client = SocketClient.joined()) {
            client.send("2" + event);

            client.expectNothingMore();
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void a_socket_is_in_the_room_of_its_id_and_in_those_it_joins(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            String id = idOf(client);
            assertThat(client.ask("[\"join\",\"a\"]")).isEmpty();
            client.ask("[\"join\",\"b\"]");
            client.ask("[\"join\",\"a\"]");
            client.ask("[\"leave\",\"b\"]");
            client.ask("[\"leave\",\"never joined\"]");

            assertThat(client.ask("[\"rooms\"]").getJsonArray(0).toString())
                    .isIn("[\"" + id + "\",\"a\"]", "[\"a\",\"" + id + "\"]");
        }
    }

    @Test
    void a_broadcast_reaches_the_room_without_the_sender() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient polling = SocketClient.joined(Via.POLLING);
                SocketClient webSocket = SocketClient.joined();
                SocketClient outside = SocketClient.joined()) {
            List.of(sender, polling, webSocket).forEach(member -> member.ask("[\"join\",\"broadcast-room\"]"));

            sender.send("27[\"broadcast\",\"broadcast-room\",\"news\",1,{\"a\":[]}]");

            assertThat(polling.text()).isEqualTo("2[\"news\",1,{\"a\":[]}]");
            assertThat(webSocket.text()).isEqualTo("2[\"news\",1,{\"a\":[]}]");
            assertThat(sender.text()).isEqualTo("37[]");
            outside.expectNothingMore();
        }
    }

    @Test
    void a_broadcast_to_a_sockets_id_reaches_that_socket() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient receiver = SocketClient.joined(Via.POLLING);
                SocketClient outside = SocketClient.joined()) {
            sender.send("2[\"broadcast\",\"" + idOf(receiver) + "\",\"private\"]");

            assertThat(receiver.text()).isEqualTo("2[\"private\"]");
            outside.expectNothingMore();
        }
    }

    @Test
    void a_socket_that_has_left_a_room_hears_nothing_from_it() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient receiver = SocketClient.joined()) {
            receiver.ask("[\"join\",\"left-room\"]");
            receiver.ask("[\"leave\",\"left-room\"]");
            sender.send("27[\"broadcast\",\"left-room\",\"news\"]");

            assertThat(sender.text()).isEqualTo("37[]");
            receiver.expectNothingMore();
        }
    }

    @Test
    void binary_in_a_broadcast_reaches_both_transports() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient polling = SocketClient.joined(Via.POLLING);
                SocketClient webSocket = SocketClient.joined()) {
            List.of(polling, webSocket).forEach(member -> member.ask("[\"join\",\"binary-room\"]"));
            sender.send("51-[\"broadcast\",\"binary-room\",\"file\",{\"data\":" + PLACEHOLDER + "}]");
            sender.send(new byte[] {9, 8, 7});

            for (SocketClient member : List.of(polling, webSocket)) {
                assertThat(member.text()).isEqualTo("51-[\"file\",{\"data\":" + PLACEHOLDER + "}]");
                assertThat(member.binary()).containsExactly(9, 8, 7);
            }
        }
    }

    @Test
    void attachments_follow_their_packet_although_many_send_at_once() {
        try (SocketClient receiver = SocketClient.joined()) {
            receiver.ask("[\"join\",\"crowd\"]");
            List<SocketClient> senders =
                    IntStream.range(0, 4).mapToObj(i -> SocketClient.joined()).toList();
            senders.parallelStream().forEach(sender -> {
                for (int i = 0; i < 100; i++) {
                    int number = senders.indexOf(sender) * 1000 + i;
                    sender.send("51-[\"broadcast\",\"crowd\",\"n\"," + number + "," + PLACEHOLDER + "]");
                    sender.send(ByteBuffer.allocate(4).putInt(number).array());
                }
            });
            for (int i = 0; i < 400; i++) {
                String text = receiver.text();
                assertThat(text).startsWith("51-[\"n\",");
                int number = Integer.parseInt(text.split(",")[1]);
                assertThat(ByteBuffer.wrap(receiver.binary()).getInt()).isEqualTo(number);
            }
            senders.forEach(SocketClient::close);
        }
    }

    @Test
    void emitting_to_all_reaches_the_sender_too_but_no_other_namespace() {
        try (SocketClient sender = SocketClient.open(Via.WEBSOCKET, "/socket.io/");
                SocketClient member = SocketClient.open(Via.POLLING, "/socket.io/");
                SocketClient elsewhere = SocketClient.joined()) {
            sender.join("/dynamic-81");
            member.join("/dynamic-81");
            sender.send("2/dynamic-81,[\"emit-all\",\"hello\",1]");

            assertThat(sender.text()).isEqualTo("2/dynamic-81,[\"hello\",1]");
            assertThat(member.text()).isEqualTo("2/dynamic-81,[\"hello\",1]");
            elsewhere.expectNothingMore();
        }
    }

    private static String ackId(String packet, String rest) {
        assertThat(packet).matches("2\\d+" + java.util.regex.Pattern.quote(rest));
        return packet.substring(1, packet.length() - rest.length());
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_server_gets_the_answer_of_the_client(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            client.send("27[\"server-ack\",{\"q\":1},2000]");
            String id = ackId(client.text(), "[\"ask\",{\"q\":1}]");
            client.send("3" + id + "[\"yes\",2,null]");
            client.send("3" + id + "[\"only the first answer counts\"]");

            assertThat(client.text())
                    .isIn(
                            "37[{\"ok\":true,\"answers\":[\"yes\",2,null]}]",
                            "37[{\"answers\":[\"yes\",2,null],\"ok\":true}]");
            client.expectNothingMore();
        }
    }

    @Test
    void the_answer_may_be_binary() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("27[\"server-ack\",1,2000]");
            String id = ackId(client.text(), "[\"ask\",1]");
            client.send("61-" + id + "[" + PLACEHOLDER + "]");
            client.send(new byte[] {5});

            assertThat(client.text()).startsWith("61-7[{").contains("\"answers\":[" + PLACEHOLDER + "]");
            assertThat(client.binary()).containsExactly(5);
        }
    }

    @Test
    void an_answer_that_does_not_come_in_time_is_missed_and_a_late_one_ignored() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("27[\"server-ack\",1,100]");
            String id = ackId(client.text(), "[\"ask\",1]");

            assertThat(client.text()).isEqualTo("37[{\"ok\":false}]");
            client.send("3" + id + "[\"late\"]");
            client.expectNothingMore();
        }
    }

    @Test
    void nobody_can_answer_for_another() {
        try (SocketClient asked = SocketClient.joined();
                SocketClient other = SocketClient.joined()) {
            asked.send("27[\"server-ack\",1,400]");
            String id = ackId(asked.text(), "[\"ask\",1]");
            other.send("3" + id + "[\"forged\"]");
            other.expectNothingMore();

            assertThat(asked.text()).isEqualTo("37[{\"ok\":false}]");
        }
    }

    @Test
    void a_broadcast_collects_the_answers_of_all_members() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient one = SocketClient.joined();
                SocketClient two = SocketClient.joined(Via.POLLING)) {
            List.of(one, two).forEach(member -> member.ask("[\"join\",\"ask-room\"]"));
            sender.send("27[\"broadcast-ack\",\"ask-room\",\"ask\",\"v\",3000]");
            String first = ackId(one.text(), "[\"ask\",\"v\"]");
            String second = ackId(two.text(), "[\"ask\",\"v\"]");

            assertThat(second).as("same id for all members").isEqualTo(first);
            one.send("3" + first + "[1,\"only the first argument\"]");
            one.send("3" + first + "[1]");
            two.send("3" + second + "[2]");

            String answer = sender.text();
            assertThat(answer).startsWith("37[{").contains("\"ok\":true");
            assertThat(SocketClient.array(answer.substring(2))
                            .getJsonObject(0)
                            .getJsonArray("responses")
                            .toString())
                    .isIn("[1,2]", "[2,1]");
        }
    }

    @Test
    void a_broadcast_tells_what_came_in_time() {
        try (SocketClient sender = SocketClient.joined();
                SocketClient one = SocketClient.joined()) {
            List.of(sender, one).forEach(member -> member.ask("[\"join\",\"late-room\"]"));
            sender.send("27[\"broadcast-ack\",\"late-room\",\"ask\",1,300]");
            one.send("3" + ackId(one.text(), "[\"ask\",1]") + "[\"in time\"]");
            ackId(sender.text(), "[\"ask\",1]");

            String answer = sender.text();
            assertThat(answer).startsWith("37[{").contains("\"ok\":false", "\"responses\":[\"in time\"]");
        }
    }

    @Test
    void a_broadcast_to_nobody_is_answered_at_once() {
        try (SocketClient sender = SocketClient.joined()) {
            sender.send("27[\"broadcast-ack\",\"empty-room\",\"ask\",1,5000]");

            String answer = sender.text();
            assertThat(answer).startsWith("37[{").contains("\"ok\":true", "\"responses\":[]");
        }
    }

    @Test
    void volatile_events_are_dropped_without_a_waiting_poll() {
        try (SocketClient client = SocketClient.joined(Via.POLLING)) {
            client.send("2[\"volatile-n\",\"v\",50]", "28[\"message-with-ack\"]");
            List<String> received = new ArrayList<>();
            for (String packet = client.text(); !packet.equals("2[\"v-done\",50]"); packet = client.text()) {
                received.add(packet);
            }

            assertThat(received).hasSizeLessThanOrEqualTo(2); // one for a poll that happened to wait, and the answer
        }
    }

    @Test
    void volatile_events_keep_their_order() {
        try (SocketClient client = SocketClient.joined()) {
            client.send("2[\"volatile-n\",\"v\",500]");
            int last = -1;
            for (String packet = client.text(); !packet.equals("2[\"v-done\",500]"); packet = client.text()) {
                int number = Integer.parseInt(packet.replaceAll("[^,]*,(\\d+)]", "$1"));
                assertThat(number).isGreaterThan(last).isLessThan(500);
                last = number;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Via.class)
    void the_transport_has_a_name(Via via) {
        try (SocketClient client = SocketClient.joined(via)) {
            assertThat(client.ask("[\"transport\"]").getString(0)).isEqualTo(via.text());
        }
    }
}
