// The chat's page. What happens is here; what it looks like is in view.js.
//
// For tests, elements have stable ids: #name, #join, #topic, #text, #send, #picture, #messages, #transport, #connection,
// #recovery. Each message is an li.message with data-state "pending", "sent", "seen" or "failed", and ".body" or "img".

import { io } from "./socket.io/socket.io.esm.min.js";
import * as view from "./view.js";

const MAX_PICTURE = 500_000;
const ACK_TIMEOUT = 30_000;
const NAME_RETRY = 2_000;
const NAME_RETRIES = 30;
const TYPING_PAUSE = 2_000;

const path = new URL("socket.io/", document.baseURI).pathname;
const socket = io("/chat", { path, autoConnect: false, auth: (send) => send({ name: me }) });

let me = localStorage.getItem("name") ?? "";
let topic = null;
let entered = false;
let typingUntil = 0;
let nameRetries = 0;

view.start(me);
view.onEnter((name) => {
  me = name;
  view.connection("reconnecting", "connecting…");
  socket.connect();
});

socket.on("connect", () => {
  localStorage.setItem("name", me);
  nameRetries = NAME_RETRIES;
  watchTransport(socket.io.engine);
  view.connection("connected", "connected");
  if (!entered) {
    entered = true;
    view.showChat();
    openTopic("lobby");
  } else if (socket.recovered) {
    view.recovery("Back again: nothing was missed.");
  } else {
    view.recovery("Reconnected: the history was loaded again.");
    openTopic(topic);
  }
});

socket.on("connect_error", (error) => {
  if (socket.active) {
    view.connection("reconnecting", "reconnecting…");
    return;
  }
  if (entered && error.message === "name taken" && nameRetries-- > 0) {
    setTimeout(() => socket.connect(), NAME_RETRY); // our own lost connection has it until the server misses it
    return;
  }
  entered = false;
  view.connection("offline", "not connected");
  view.showEntrance(refusals[error.message] ?? "The server refused: " + error.message);
});

const refusals = {
  "name taken": "Somebody with this name is in the chat already.",
  "name invalid": "A name has 1 to 24 characters.",
};

socket.on("disconnect", (reason) => {
  view.transport(null);
  if (socket.active) {
    view.connection("reconnecting", "reconnecting…");
  } else {
    entered = false;
    view.connection("offline", reason === "io server disconnect" ? "closed by the server" : "not connected");
    view.showEntrance("You were disconnected.");
  }
});

function watchTransport(engine) {
  view.transport(engine.transport.name);
  engine.on("upgrade", (transport) => view.transport(transport.name));
}

// topics

socket.on("topics", (list) => view.topics(list, topic, openTopic));
socket.on("member:joined", (change) => change.topic === topic && view.members(change.members));
socket.on("member:left", (change) => change.topic === topic && view.members(change.members));

view.onNewTopic(openTopic);

async function openTopic(name) {
  try {
    const entrance = await request("topic:join", name);
    topic = entrance.topic;
    view.openTopic(entrance, me);
    entrance.history.filter((each) => each.author !== me).forEach(tellSeen);
  } catch (error) {
    view.recovery(sentence(error));
  }
}

// messages

socket.on("message:new", (message) => {
  if (message.topic === topic) {
    view.add(message, false);
    view.typing(message.author, false);
    tellSeen(message);
  } else {
    view.unread(message.topic);
  }
});

socket.on("message:seen", ({ topic: where, id, by }) => where === topic && by !== me && view.seen(id));

function tellSeen(message) {
  socket.emit("message:seen", { topic: message.topic, id: message.id });
}

view.onSend((text) => deliver("message:send", { topic, text }, { text }));

view.onPicture(async (file) => {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
    view.recovery("Only PNG, JPEG, GIF and WebP pictures can be sent.");
  } else if (file.size > MAX_PICTURE) {
    view.recovery("A picture may have at most 500 kB.");
  } else {
    const data = await file.arrayBuffer();
    deliver("picture:send", { topic, type: file.type, data }, { picture: data, pictureType: file.type });
  }
});

async function deliver(event, payload, shown) {
  const item = view.add({ author: me, at: new Date().toISOString(), ...shown }, true);
  const attempt = async () => {
    view.state(item, "pending");
    try {
      const receipt = await request(event, payload);
      view.sent(item, receipt);
    } catch (error) {
      view.failed(item, sentence(error), attempt);
    }
  };
  await attempt();
}

async function request(event, payload) {
  const answer = await socket.timeout(ACK_TIMEOUT).emitWithAck(event, payload);
  if (answer?.error) {
    throw Object.assign(new Error(answer.error.code), answer.error);
  }
  return answer;
}

function sentence(error) {
  switch (error.code ?? error.message) {
    case "invalid":
      return "The server did not accept it: " + (error.violations?.map((each) => each.message).join(", ") || "wrong input");
    case "rate_limited":
      return "Too fast: try again in a moment.";
    case "internal":
      return "The server had a problem with it.";
    default:
      return "No answer from the server.";
  }
}

// typing

socket.on("typing", (notice) => notice.topic === topic && view.typing(notice.name, notice.active));

view.onTyping(() => {
  const now = Date.now();
  if (now > typingUntil && socket.connected && topic) {
    typingUntil = now + TYPING_PAUSE;
    socket.volatile.emit("typing", { topic, active: true });
  }
});
