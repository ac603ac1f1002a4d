/** The API. */
@NullMarked
package io.portcullis.socketio;

import org.jspecify.annotations.NullMarked;
