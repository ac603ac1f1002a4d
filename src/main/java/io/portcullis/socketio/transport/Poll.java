package io.portcullis.socketio.transport;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. One poll, from its arrival to its only answer. Until the request's own thread has parked it, an answer is
 * left here for that thread to write; afterwards whoever has the answer writes it.
 */
final class Poll {

    /** An answer: the bytes and how they are encoded. */
    record Answer(byte[] body, @Nullable String encoding) {}

    private static final Pattern NEVER = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?$");
    private static final Object NEW = new Object();
    private static final Object DONE = new Object();

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    /** {@link #NEW}, an {@link Answer} to write, the {@link AsyncContext} that waits, or {@link #DONE}. */
    private final AtomicReference<Object> state = new AtomicReference<>(NEW);

    Poll(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    /** Whether the client names the encoding, and not with a weight of zero. Source: RFC 9110, section 12.5.3. */
    boolean acceptsEncoding(String encoding) {
        String accepted = request.getHeader("Accept-Encoding");
        return accepted != null
                && Stream.of(accepted.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .anyMatch(item -> item.equals(encoding)
                                || item.startsWith(encoding + ";")
                                        && !NEVER.matcher(item).find());
    }

    /** The request's own thread is about to leave: writes the answer that is there, or parks the request. */
    void parkOrAnswer() throws IOException {
        if (state.get() == NEW) {
            AsyncContext waiting = request.startAsync(request, response);
            waiting.setTimeout(0);
            if (!state.compareAndSet(NEW, waiting)) {
                write((Answer) state.getAndSet(DONE));
                waiting.complete();
            }
        } else if (state.getAndSet(DONE) instanceof Answer answer) {
            write(answer);
        }
    }

    /** Whether {@link #answer} would write on the calling thread. */
    boolean isParked() {
        return state.get() instanceof AsyncContext;
    }

    /**
     * Answers. Called once.
     *
     * @throws IOException if the client has gone
     */
    void answer(Answer answer) throws IOException {
        if (!state.compareAndSet(NEW, answer) && state.getAndSet(DONE) instanceof AsyncContext waiting) {
            try {
                write(answer);
            } finally {
                waiting.complete();
            }
        }
    }

    private void write(Answer answer) throws IOException {
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        if (answer.encoding() != null) {
            response.setHeader("Content-Encoding", answer.encoding());
        }
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
