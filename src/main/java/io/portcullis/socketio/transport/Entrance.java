package io.portcullis.socketio.transport;

/**
 * Immutable. What belongs to the way into an endpoint.
 *
 * @param doors what all endpoints share
 * @param upgrades the way to a WebSocket
 * @param gate what is asked before anybody comes in
 */
record Entrance(Doors doors, UpgradeDoor upgrades, Gate gate) {}
