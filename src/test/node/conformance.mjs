// What a real client must be able to do. Usage: node conformance.mjs SCENARIO URL TRANSPORTS; exits with 0 if it can.
// PORTCULLIS_NODE_MODULES names the folder with the clients.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const require = createRequire(`${process.env.PORTCULLIS_NODE_MODULES}/`);
const { io } = require("socket.io-client");

const [scenario, url, names] = process.argv.slice(2);
const transports = names.split(",");
const opened = [];

function open(namespace = "/", options = {}) {
  const socket = io(url + namespace, { transports, forceNew: true, reconnectionDelay: 50, ...options });
  opened.push(socket);
  return socket;
}

function next(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

async function connected(namespace, options) {
  const socket = open(namespace, options);
  await next(socket, "connect");
  return socket;
}

async function upgraded(socket) {
  if (transports.length > 1 && socket.io.engine.transport.name !== "websocket") {
    await next(socket.io.engine, "upgrade");
  }
}

const scenarios = {
  async events() {
    const socket = await connected("/", { auth: { token: "t" } });
    const values = [1, -1.5, "é€😀\u2028", null, true, { a: [{ b: 1 }] }, [], Buffer.from([1, 2, 3])];
    const back = next(socket, "message-back");
    socket.emit("message", ...values);
    assert.deepEqual(await back, values);
    const answer = await new Promise((resolve) =>
      socket.emit("message-with-ack", ...values, (...args) => resolve(args)),
    );
    assert.deepEqual(answer, values);
    assert.deepEqual((await socket.emitWithAck("handshake")).auth, { token: "t" });
  },

  async greeting() {
    const socket = open("/custom", { auth: { user: 7 } });
    assert.deepEqual(await next(socket, "auth"), [{ user: 7 }]);
    assert.ok(socket.connected);
  },

  async order() {
    const socket = await connected();
    const received = [];
    const all = new Promise((resolve) =>
      socket.on("message-back", (n) => {
        received.push(n);
        if (received.length === 3000) resolve();
      }),
    );
    for (let n = 0; n < 3000; n++) {
      socket.emit("message", n);
      if (n % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    assert.deepEqual(received, [...Array(3000).keys()]);
    await upgraded(socket);
    assert.equal(await socket.emitWithAck("transport"), transports.at(-1));
  },

  async namespaces() {
    const manager = await connected();
    const custom = manager.io.socket("/custom");
    opened.push(custom);
    await next(custom, "connect");
    assert.notEqual(custom.id, manager.id);
    const [refusal] = await next(open("/guarded"), "connect_error");
    assert.equal(refusal.message, "not authorized");
    assert.deepEqual(refusal.data, { code: "E_AUTH", retry: false });
    const [unknown] = await next(open("/unknown"), "connect_error");
    assert.equal(unknown.message, "Invalid namespace");
    await connected("/guarded", { auth: { token: "secret" } });
    await connected("/slow");
    await connected("/dynamic-42");
  },

  async rooms() {
    const [a, b, c] = [await connected(), await connected(), await connected()];
    const room = `room ${process.pid}`;
    await Promise.all([a, b].map((socket) => socket.emitWithAck("join", room)));
    c.on("news", () => assert.fail("not in the room"));
    const heard = next(b, "news");
    await a.emitWithAck("broadcast", room, "news", { x: Buffer.from("y") });
    assert.deepEqual(await heard, [{ x: Buffer.from("y") }]);
    a.on("ask", (value, ack) => ack(value + 1));
    b.on("ask", (value, ack) => ack(value + 1));
    const { ok, responses } = await c.emitWithAck("broadcast-ack", room, "ask", 4, 2000);
    assert.ok(ok);
    assert.deepEqual(responses, [5, 5]);
    await c.emitWithAck("rooms");
  },

  async disconnects() {
    const watcher = await connected();
    const reason = async (id) => {
      for (;;) {
        const found = await watcher.emitWithAck("reason-of", id);
        if (found) return found.reason;
      }
    };
    let socket = await connected();
    let { id } = socket;
    let gone = next(socket, "disconnect");
    socket.emit("disconnect-me", false);
    assert.equal((await gone)[0], "io server disconnect");
    assert.equal(await reason(id), "server namespace disconnect");
    socket.connect();
    await next(socket, "connect");
    assert.notEqual(socket.id, id);
    gone = next(socket, "disconnect");
    socket.emit("disconnect-me", true);
    assert.equal((await gone)[0], "io server disconnect");
    socket = await connected();
    ({ id } = socket);
    socket.disconnect();
    assert.equal(await reason(id), "client namespace disconnect");
  },

  async reconnects() {
    const socket = await connected();
    const { id } = socket;
    const back = next(socket, "connect");
    socket.io.engine.close();
    await back;
    assert.notEqual(socket.id, id);
    assert.equal(await socket.emitWithAck("message-with-ack", 1), 1);
  },

  async recovers() {
    const sender = await connected("/", { path: "/csr/" });
    const socket = open("/", { path: "/csr/", reconnectionDelay: 300 });
    await next(socket, "auth");
    const { id } = socket;
    assert.equal(socket.recovered, false);
    await socket.emitWithAck("join", `kept ${process.pid}`);
    await upgraded(socket);
    const missed = [];
    socket.on("missed", (n) => missed.push(n));
    const done = next(socket, "done");
    const back = next(socket, "connect");
    socket.io.engine.close();
    while (!(await sender.emitWithAck("reason-of", id)));
    for (let n = 0; n < 5; n++) sender.emit("broadcast", `kept ${process.pid}`, "missed", n);
    sender.emit("broadcast", `kept ${process.pid}`, "done");
    await back;
    await done;
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    assert.deepEqual(missed, [0, 1, 2, 3, 4]);
    assert.equal(await socket.emitWithAck("recovered"), true);
  },

  async msgpack() {
    const parser = require("socket.io-msgpack-parser");
    const socket = await connected("/custom", { path: "/msgpack/", parser });
    const values = [1, -70000, 1.5, "é", null, [{ a: Buffer.from([1]) }], 2 ** 40];
    const back = next(socket, "message-back");
    socket.emit("message", ...values);
    assert.deepEqual(await back, values);
    assert.deepEqual(await socket.emitWithAck("message-with-ack", { a: 1 }), { a: 1 });
    const [refusal] = await next(open("/guarded", { path: "/msgpack/", parser }), "connect_error");
    assert.deepEqual(refusal.data, { code: "E_AUTH", retry: false });
  },

  async timeouts() {
    const socket = await connected();
    await assert.rejects(socket.timeout(100).emitWithAck("nobody listens"), /timed out/);
    socket.on("ask", () => {});
    assert.deepEqual(await socket.emitWithAck("server-ack", 1, 100), { ok: false });
    socket.off("ask").on("ask", (value, ack) => ack(value, "second"));
    assert.deepEqual(await socket.emitWithAck("server-ack", 1, 2000), { ok: true, answers: [1, "second"] });
  },

  async refused() {
    const [error] = await next(open("/", { query: { reject: "no" }, reconnection: false }), "connect_error");
    assert.ok(error);
  },

  async heartbeats() {
    const socket = await connected();
    await upgraded(socket);
    for (let n = 0; n < 3; n++) await next(socket.io.engine, "heartbeat");
    assert.ok(socket.connected);
  },

  async large() {
    const socket = await connected();
    const text = "x".repeat(400_000);
    const received = [];
    socket.on("message-back", (...args) => received.push(args));
    for (let n = 0; n < 5; n++) socket.emit("message", n, text);
    assert.equal(await socket.emitWithAck("message-with-ack", "last"), "last");
    assert.deepEqual(received, [0, 1, 2, 3, 4].map((n) => [n, text]));
    assert.equal((await socket.emitWithAck("message-with-ack", Buffer.alloc(700_000))).length, 700_000);
  },
};

await scenarios[scenario]();
opened.forEach((socket) => socket.disconnect());
