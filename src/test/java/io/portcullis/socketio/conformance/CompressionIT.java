package io.portcullis.socketio.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.testing.EngineClient;
import io.portcullis.socketio.testing.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Only if the data is at least 1024 bytes and Accept-Encoding allows gzip or deflate." */
class CompressionIT {

    private static final int THRESHOLD = 1024;

    private RawHttp http;
    private String target;

    @BeforeEach
    void opens_a_session() {
        http = RawHttp.connect();
        String query = "/engine.io/?EIO=4&transport=polling";
        target = query + "&sid="
                + EngineClient.json(http.get(query).text().substring(1)).getString("sid");
    }

    @AfterEach
    void closes_the_connection() {
        http.close();
    }

    /** Has a message of a size sent back to a poll with a header. */
    private RawHttp.Answer poll(int bytes, String header) {
        http.post(target, "4" + "z".repeat(bytes - 1));
        return http.get(target, header);
    }

    private static void assertText(InputStream decoded, int bytes) throws IOException {
        assertThat(new String(decoded.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("4" + "z".repeat(bytes - 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "gzip, deflate, br", "deflate, gzip;q=0.5", "br;q=1.0, gzip;q=0.8, *;q=0.1", "GZIP"})
    void gzip_is_used_if_the_client_accepts_it(String accepted) throws IOException {
        RawHttp.Answer answer = poll(5000, "Accept-Encoding: " + accepted);

        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        assertThat(answer.body()).hasSizeLessThan(500);
        assertText(new GZIPInputStream(new ByteArrayInputStream(answer.body())), 5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "deflate, br", "gzip;q=0, deflate"})
    void deflate_is_used_if_the_client_accepts_only_that(String accepted) throws IOException {
        RawHttp.Answer answer = poll(5000, "Accept-Encoding: " + accepted);

        assertThat(answer.header("content-encoding")).isEqualTo("deflate");
        assertText(new InflaterInputStream(new ByteArrayInputStream(answer.body())), 5000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "br", "gzip;q=0", "deflate;q=0.0, gzip;q=0", "", "x-gzipped"})
    void other_encodings_leave_the_answer_as_it_is(String accepted) {
        RawHttp.Answer answer = poll(5000, "Accept-Encoding: " + accepted);

        assertThat(answer.has("content-encoding")).isFalse();
        assertThat(answer.body()).hasSize(5000);
    }

    @Test
    void a_client_that_says_nothing_gets_plain_text() {
        assertThat(poll(5000, "X-None: 1").has("content-encoding")).isFalse();
    }

    @Test
    void small_answers_are_not_compressed() {
        assertThat(poll(THRESHOLD - 1, "Accept-Encoding: gzip").has("content-encoding"))
                .isFalse();
        assertThat(poll(THRESHOLD, "Accept-Encoding: gzip").header("content-encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void an_answer_that_was_waited_for_is_compressed_as_well() throws IOException {
        http.sendGet(target, "Accept-Encoding: gzip");
        RawHttp.submit(target, "4" + "z".repeat(4999));
        RawHttp.Answer answer = http.read();

        assertThat(answer.header("content-encoding")).isEqualTo("gzip");
        assertText(new GZIPInputStream(new ByteArrayInputStream(answer.body())), 5000);
    }
}
