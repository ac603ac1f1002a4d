/** Tests of origins, addresses and the audit trail. */
package io.portcullis.socketio.security;
