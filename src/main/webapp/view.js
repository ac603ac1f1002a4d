// What the chat's page looks like: the only module that touches the document. Data is set as text, never as markup.

const $ = (id) => document.getElementById(id);
const messages = $("messages");
const byId = new Map();
const seenBefore = new Set();
const typists = new Map();
const TICKS = { pending: ["○", "waiting for the server"], sent: ["✓", "the server has it"], seen: ["✓✓", "seen"], failed: ["!", "not sent"] };
const NOTICE_TIME = 8_000;
const TYPING_TIME = 4_000;
let noticeTimer;

export function start(name) {
  $("name").value = name;
  $("name").focus();
  const theme = localStorage.getItem("theme");
  if (theme) {
    document.documentElement.dataset.theme = theme;
  }
  $("theme").addEventListener("click", () => {
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
  });
}

export function onEnter(enter) {
  $("enter").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("name").value.trim();
    $("name-problem").textContent = name ? "" : "Please say who you are.";
    if (name) {
      enter(name);
    }
  });
}

export function showChat() {
  $("entrance").hidden = true;
  $("chat").hidden = false;
  $("text").focus();
}

export function showEntrance(problem) {
  $("chat").hidden = true;
  $("entrance").hidden = false;
  $("name-problem").textContent = problem;
  $("name").focus();
}

export function connection(state, text) {
  $("connection").dataset.state = state;
  $("connection").textContent = text;
}

export function transport(name) {
  $("transport").hidden = !name;
  $("transport").textContent = name ?? "";
}

export function recovery(text) {
  clearTimeout(noticeTimer);
  $("recovery").textContent = text;
  $("recovery").hidden = false;
  noticeTimer = setTimeout(() => ($("recovery").hidden = true), NOTICE_TIME);
}

export function topics(list, current, open) {
  const unreadNames = new Set([...document.querySelectorAll("#topic-list .unread")].map((each) => each.dataset.topic));
  $("topic-list").replaceChildren(
    ...list.map(({ name, members }) => {
      const button = element("button", { type: "button" });
      button.dataset.topic = name;
      button.append(element("span", {}, name), element("span", { className: "count" }, String(members)));
      button.setAttribute("aria-label", `${name}, ${members} ${members === 1 ? "member" : "members"}`);
      button.setAttribute("aria-current", String(name === current));
      button.classList.toggle("unread", unreadNames.has(name));
      button.addEventListener("click", () => open(name));
      const item = element("li");
      item.append(button);
      return item;
    }),
  );
}

export function unread(name) {
  topicButton(name)?.classList.add("unread");
}

function topicButton(name) {
  return [...document.querySelectorAll("#topic-list button")].find((each) => each.dataset.topic === name);
}

export function onNewTopic(open) {
  $("new-topic").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = $("topic").value.trim();
    if (name) {
      $("topic").value = "";
      open(name);
    }
  });
}

export function openTopic({ topic, members: names, history }, me) {
  $("topic-title").textContent = topic;
  members(names);
  messages.querySelectorAll("img").forEach((each) => URL.revokeObjectURL(each.src));
  messages.replaceChildren();
  byId.clear();
  typists.clear();
  showTypists();
  document.querySelectorAll("#topic-list button").forEach((each) => each.setAttribute("aria-current", String(each.dataset.topic === topic)));
  topicButton(topic)?.classList.remove("unread");
  history.forEach((each) => add(each, each.author === me));
  if (history.length === 0) {
    messages.append(element("li", { className: "empty" }, "Nobody has said anything here yet."));
  }
}

export function members(names) {
  $("members").textContent = names.join(", ");
}

export function add(message, mine) {
  messages.querySelector(".empty")?.remove();
  const item = element("li", { className: mine ? "message mine" : "message" });
  item.append(element("p", { className: "who" }, message.author));
  if (message.picture) {
    const blob = new Blob([message.picture], { type: message.pictureType });
    const picture = element("img", { alt: `Picture from ${message.author}`, src: URL.createObjectURL(blob) });
    picture.addEventListener("load", scrollDown);
    item.append(picture);
  } else {
    item.append(element("p", { className: "body" }, message.text));
  }
  const foot = element("p", { className: "when" });
  foot.append(element("time", { dateTime: message.at }, time(message.at)));
  if (mine) {
    foot.append(element("span", { className: "tick" }));
  }
  item.append(foot);
  messages.append(item);
  if (mine) {
    state(item, message.id ? "sent" : "pending");
  }
  if (message.id) {
    byId.set(message.id, item);
  }
  scrollDown();
  return item;
}

export function state(item, name) {
  const [sign, meaning] = TICKS[name];
  item.dataset.state = name;
  item.querySelector(".retry")?.remove();
  const tick = item.querySelector(".tick");
  tick.textContent = sign;
  tick.title = meaning;
  tick.setAttribute("role", "img");
  tick.setAttribute("aria-label", meaning);
}

export function sent(item, { id, at }) {
  byId.set(id, item);
  item.querySelector("time").textContent = time(at);
  state(item, seenBefore.delete(id) ? "seen" : "sent");
}

export function seen(id) {
  const item = byId.get(id);
  if (!item) {
    seenBefore.add(id); // seen by somebody before the acknowledgement came
  } else if (item.classList.contains("mine")) {
    state(item, "seen");
  }
}

export function failed(item, text, retry) {
  state(item, "failed");
  const button = element("button", { type: "button", className: "retry" }, `${text} Retry`);
  button.addEventListener("click", retry);
  item.querySelector(".when").append(button);
}

export function onSend(send) {
  const text = $("text");
  $("compose").addEventListener("submit", (event) => {
    event.preventDefault();
    const content = text.value.trim();
    if (content) {
      text.value = "";
      text.rows = 1;
      send(content);
    }
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("compose").requestSubmit();
    }
  });
}

export function onPicture(send) {
  const all = (files) => [...(files ?? [])].forEach(send);
  $("picture").addEventListener("change", () => {
    all($("picture").files);
    $("picture").value = "";
  });
  $("text").addEventListener("paste", (event) => all(event.clipboardData?.files));
  const talk = document.querySelector(".talk");
  talk.addEventListener("dragover", (event) => {
    event.preventDefault();
    talk.classList.add("dropping");
  });
  talk.addEventListener("dragleave", () => talk.classList.remove("dropping"));
  talk.addEventListener("drop", (event) => {
    event.preventDefault();
    talk.classList.remove("dropping");
    all(event.dataTransfer?.files);
  });
}

export function onTyping(typed) {
  $("text").addEventListener("input", () => {
    $("text").rows = Math.min(6, $("text").value.split("\n").length);
    typed();
  });
}

export function typing(name, active) {
  clearTimeout(typists.get(name));
  typists.delete(name);
  if (active) {
    typists.set(name, setTimeout(() => typing(name, false), TYPING_TIME));
  }
  showTypists();
}

function showTypists() {
  const names = [...typists.keys()];
  $("typing").textContent = names.length ? `${names.join(", ")} ${names.length === 1 ? "is" : "are"} typing…` : "";
}

function scrollDown() {
  messages.scrollTop = messages.scrollHeight;
}

function time(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function element(name, properties = {}, text) {
  const made = Object.assign(document.createElement(name), properties);
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
