package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;

/** Asserts that a class is refused. */
final class Refusals {

    private Refusals() {}

    /** With one sentence that has all these fragments. */
    static void isRefused(Class<?> type, String... fragments) {
        assertThat(NamespaceChecker.problems(type)).singleElement().asString().contains(fragments);
    }
}
