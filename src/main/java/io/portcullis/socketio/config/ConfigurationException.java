package io.portcullis.socketio.config;

/** Thrown when the configuration is wrong: one sentence for each mistake, with key, value, and what is allowed. */
public class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A value that is wrong.
     *
     * @param message a sentence
     */
    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * A value that looks right and turns out wrong.
     *
     * @param message a sentence
     * @param cause what went wrong
     */
    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
