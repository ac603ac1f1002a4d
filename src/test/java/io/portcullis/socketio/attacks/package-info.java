/**
 * Attacks from outside, on both transports, and what the server does about them: each is refused, leaves no trace, and nobody
 * else notices. The names of the tests begin with the numbers of the cases.
 */
package io.portcullis.socketio.attacks;
