/** Tests of limits and counts. */
package io.portcullis.socketio.ratelimit;
