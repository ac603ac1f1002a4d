package io.portcullis.socketio;

import java.time.Duration;

/**
 * Immutable. How much there is on this node, for monitoring.
 *
 * @param sessions connections of all endpoints, those included whose clients are still to be told of the end
 * @param sockets sockets of this endpoint
 * @param namespaces namespaces of this endpoint, the dynamic ones that exist now included
 * @param rooms rooms of this endpoint, the sockets' own not counted
 * @param timers heartbeats and deadlines that are waiting, of all endpoints
 * @param sinceSweep how long ago they were last looked at; more than a second is a sign of trouble
 */
public record ServerStatistics(int sessions, int sockets, int namespaces, int rooms, int timers, Duration sinceSweep) {}
