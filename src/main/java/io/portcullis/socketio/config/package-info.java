/**
 * Every configuration key with its default and its check. Read once at start, then passed on as plain values. Uses
 * nothing of our other packages.
 *
 * <p>Read {@link io.portcullis.socketio.config.Key} first.
 */
@NullMarked
package io.portcullis.socketio.config;

import org.jspecify.annotations.NullMarked;
