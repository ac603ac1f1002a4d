package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.InvalidArgumentException;
import jakarta.json.bind.JsonbBuilder;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** One test for each row of the table of errors. */
class FailuresTest {

    /** Something that can be wrong. */
    public record Draft(@NotBlank String text) {}

    private final Failures failures = new Failures(new ArgumentWriter(JsonbBuilder.create(BinaryValues.config())));

    @Test
    void a_guard_that_refuses_tells_its_message_and_its_data() {
        assertThat(failures.connectError("Guard#admit", new ConnectRefusedException("not \"authorized\"")))
                .isEqualTo("{\"message\":\"not \\\"authorized\\\"\"}");
        assertThat(failures.connectError("Guard#admit", new ConnectRefusedException("no", Map.of("code", 7))))
                .isEqualTo("{\"message\":\"no\",\"data\":{\"code\":7}}");
        assertThat(failures.connectError("Guard#admit", new CompletionException(new ConnectRefusedException("later"))))
                .isEqualTo("{\"message\":\"later\"}");
    }

    @Test
    void a_guard_that_fails_tells_nothing() {
        assertThat(failures.connectError("Guard#admit", new IllegalStateException("secret detail")))
                .isEqualTo("{\"message\":\"internal\"}");
    }

    @Test
    void data_that_cannot_be_written_is_left_out() {
        Object self = new Object() {
            @SuppressWarnings("unused")
            public Object getValue() {
                throw new IllegalStateException("on purpose");
            }
        };

        assertThat(failures.connectError("Guard#admit", new ConnectRefusedException("no", self)))
                .isEqualTo("{\"message\":\"no\"}");
    }

    @Test
    void a_broken_constraint_is_invalid_with_each_violation() {
        Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

        String error = failures.ackError(
                        "Chat#send", 0, new ConstraintViolationException(validator.validate(new Draft(" "))))
                .toString();

        assertThat(error)
                .startsWith("{\"error\":{\"code\":\"invalid\",\"violations\":[{\"path\":\"text\",\"message\":\"");
    }

    @Test
    void an_argument_of_another_type_is_invalid_without_its_value() {
        String error = failures.ackError("Chat#send", 0, new InvalidArgumentException(1, "secret detail", null))
                .toString();

        assertThat(error)
                .isEqualTo("{\"error\":{\"code\":\"invalid\",\"violations\":"
                        + "[{\"path\":\"1\",\"message\":\"has another type\"}]}}");
    }

    @Test
    void any_other_failure_is_internal_without_detail() {
        String expected = "{\"error\":{\"code\":\"internal\"}}";

        assertThat(failures.ackError("Chat#send", 0, new IllegalStateException("secret")))
                .hasToString(expected);
        assertThat(failures.ackError("Chat#send", 0, new StackOverflowError())).hasToString(expected);
        assertThat(failures.ackError("Chat#send", 0, new CompletionException(new IllegalStateException("secret"))))
                .hasToString(expected);
    }
}
