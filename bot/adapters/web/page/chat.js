/* Parley web chat.
 *
 * One page, one log. Everything a server sends is put in with textContent;
 * nothing here ever makes HTML out of text.
 *
 * The transcript is a list of entries, kept in sessionStorage:
 *   {kind: "me", text, request: {text | choice, label, id}, state, error}
 *       state: "pending" | "done" | "failed"
 *   {kind: "shop", replies: [{title, text, image, buttons, attachment, chosen, stale}]}
 *       attachment: null | {name, content}, a text file to download
 *       chosen: index of the pressed button, stale: a newer confirm card came
 */
"use strict";

(() => {
  const WORDS = {
    shop: "Shop",
    you: "You:",
    newer: "There is a newer version below.",
    retry: "Retry",
    offline: "We could not reach the shop. Please check your connection and try again.",
    slow: "The answer is taking too long. Please try again.",
    failed: "Something went wrong on our side. Please try again.",
    busy: "That was a little fast. Please wait a moment and try again.",
    held: "Not sent, because the message before it did not get through.",
    interrupted: "The page was closed before the answer came.",
    working: "Still working on it",
    reduced: "Reduced mode: buttons and short commands still work",
    products: (n) => `${n} products, scroll sideways`,
    left: (n) => (n === 1 ? "1 character left" : `${n} characters left`),
    unread: "New message",
    add: (what) => `Add ${what}`,
    download: (name) => `Download ${name}`,
  };

  const STORE = "parley.chat.v1";
  const SHOP = "parley.shop.v1";
  const KEEP = 300;             // entries kept for a reload
  const LIMIT = 2000;           // characters in one message
  const TYPING_AFTER = 250;     // ms before the typing sign
  const WORKING_AFTER = 7000;   // ms before it says so in words
  const GIVE_UP_AFTER = 90000;  // ms before a request counts as lost
  const NAME_AFTER = 3000;      // ms a product's name is waited for
  const MAIL_ID = /^[0-9a-f]{32}$/;
  const LONGEST_ID = 60;        // of a product, in bytes: more fits into no button

  const PRICE = /^(?:from )?(?:\p{Sc}|[A-Z]{3} ?)\s?\d|^(?:from )?\d[\d.,' ]*\s?(?:\p{Sc}|[A-Z]{3}\b)/u;

  const $ = (id) => document.getElementById(id);
  const log = $("log"), input = $("input"), composer = $("composer");
  const typing = $("typing"), typingText = $("typing-text");
  const banner = $("banner"), jump = $("jump"), count = $("count");

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const touch = matchMedia("(pointer: coarse)");

  let shopName = WORDS.shop;
  let entries = [];
  let seen = [];                // ids of server-sent events already shown
  const views = new WeakMap();  // entry -> its element in the log

  // ---------- small helpers ----------

  function make(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function icon(name) {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(ns, "use");
    use.setAttribute("href", `#i-${name}`);
    svg.append(use);
    return svg;
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();  // https and localhost only
    const b = crypto.getRandomValues(new Uint8Array(16));
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  const str = (value) => (typeof value === "string" ? value : value == null ? "" : String(value));

  /** What the server sent, brought into the shape this page counts on. */
  function tidy(replies) {
    if (!Array.isArray(replies)) return [];
    return replies
      .filter((r) => r && typeof r === "object")
      .map((r) => ({
        title: str(r.title).trim(),
        text: str(r.text).replace(/\r\n?/g, "\n"),
        image: str(r.image).trim(),
        buttons: (Array.isArray(r.buttons) ? r.buttons : [])
          .filter((b) => b && b.label && b.choice)
          .map((b) => ({ label: str(b.label), choice: str(b.choice) })),
        attachment: tidyFile(r.attachment),
      }))
      .filter((r) => r.title || r.text.trim() || r.image || r.buttons.length || r.attachment);
  }

  /** A file with a plain name: no folders, no signs that a system gives a meaning. */
  function tidyFile(file) {
    if (!file || typeof file !== "object" || typeof file.content !== "string") return null;
    const name = str(file.name).split(/[\\/]/).pop().replace(/[\u0000-\u001f\u007f"*:<>?|]/g, "_").replace(/^[.\s]+/, "");
    return { name: name.slice(-100) || "file.txt", content: file.content };
  }

  const asksToConfirm = (reply) => reply.buttons.some((b) => b.choice.startsWith("confirm:"));

  // ---------- keeping the transcript ----------

  function load(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function save() {
    let kept = entries.slice(-KEEP);
    for (;;) {
      try {
        sessionStorage.setItem(STORE, JSON.stringify({ entries: kept, seen: seen.slice(-100) }));
        return;
      } catch {                          // full, or storage is not allowed
        if (kept.length < 2) return;
        kept = kept.slice(Math.ceil(kept.length / 2));
      }
    }
  }

  // ---------- drawing text ----------

  /** Text with its https addresses as links. */
  function linked(parent, text) {
    const address = /https:\/\/[^\s<>"]+/g;
    let at = 0;
    for (const found of text.matchAll(address)) {
      const url = found[0].replace(/[.,;:!?)\]}'\u2019\u201d]+$/, "");
      parent.append(text.slice(at, found.index));
      const a = make("a", "", url);
      a.href = url;
      a.target = "_blank";
      a.rel = "noopener noreferrer";
      parent.append(a);
      at = found.index + url.length;
    }
    parent.append(text.slice(at));
    return parent;
  }

  function rowsTable(lines) {
    const table = make("table", "rows");
    const body = table.appendChild(make("tbody"));
    for (const line of lines) {
      const cut = line.lastIndexOf("\t");
      const left = line.slice(0, cut).replace(/\t+/g, " ").trim();
      const right = line.slice(cut + 1).trim();
      const row = body.appendChild(make("tr", /^total/i.test(left) ? "total" : ""));
      const head = make("th", "", left);
      head.scope = "row";
      row.append(head, linked(make("td", right.length > 18 ? "long" : ""), right));
    }
    return table;
  }

  /** One paragraph; a last line that is only a price gets its own, to be set off. */
  function paragraphs(part, priced) {
    const cut = part.lastIndexOf("\n");
    const last = part.slice(cut + 1).trim();
    if (!priced || last.length > 40 || !PRICE.test(last)) return [linked(make("p"), part)];
    const price = make("p", "price", last);
    return cut < 0 ? [price] : [linked(make("p"), part.slice(0, cut)), price];
  }

  /** Paragraphs, and runs of TAB lines as small tables. */
  function prose(text, className, priced = false) {
    const box = make("div", className);
    box.dir = "auto";
    let plain = [], rows = [];
    const endPlain = () => {
      const block = plain.join("\n").trim();
      plain = [];
      for (const part of block ? block.split(/\n[ \t]*\n+/) : []) box.append(...paragraphs(part, priced));
    };
    const endRows = () => {
      if (rows.length) box.append(rowsTable(rows));
      rows = [];
    };
    for (const line of text.split("\n")) {
      if (line.includes("\t") && line.trim()) {
        endPlain();
        rows.push(line);
      } else {
        endRows();
        plain.push(line);
      }
    }
    endPlain();
    endRows();
    return box;
  }

  // ---------- drawing replies ----------

  function picture(reply) {
    const box = make("div", "picture");
    const img = make("img");
    img.width = 480;
    img.height = 480;
    img.decoding = "async";
    img.alt = reply.title ? "" : WORDS.shop;  // the title beside it already names it
    img.addEventListener("error", () => img.replaceWith(icon("picture")), { once: true });
    img.src = reply.image;
    box.append(img);
    return box;
  }

  function buttonRow(reply) {
    const row = make("div", "buttons");
    let primary = true;
    reply.buttons.forEach((button, index) => {
      const el = make("button", "btn");
      el.type = "button";
      el.append(make("span", "", button.label));
      if (primary && /^(confirm|place)/.test(button.choice)) {
        el.classList.add("primary");
        primary = false;
      }
      if (reply.chosen !== undefined || reply.stale) el.disabled = true;
      if (reply.chosen === index) {
        el.classList.add("chosen");
        el.setAttribute("aria-pressed", "true");
        el.prepend(icon("check"));
      }
      el.addEventListener("click", () => press(reply, index));
      row.append(el);
    });
    return row;
  }

  /** The part of a reply that changes: its buttons and the note under them. */
  function foot(reply) {
    const box = make("div", "foot");
    if (reply.buttons.length) box.append(buttonRow(reply));
    if (reply.stale && reply.chosen === undefined) box.append(make("p", "note", WORDS.newer));
    views.set(reply, box);
    return box;
  }

  function refreshFoot(reply) {
    const old = views.get(reply);
    if (old) old.replaceWith(foot(reply));
  }

  function about(reply) {
    const box = make("div", "about");
    if (reply.title) {
      const title = box.appendChild(make("h2", "", reply.title));
      title.dir = "auto";
    }
    if (reply.text.trim()) box.append(prose(reply.text, "prose", Boolean(reply.image)));
    return box;
  }

  function download(file) {
    const a = make("a", "file");
    a.href = URL.createObjectURL(new Blob([file.content], { type: "text/plain;charset=utf-8" }));
    a.download = file.name;
    a.append(icon("file"), make("span", "", WORDS.download(file.name)));
    return a;
  }

  function card(reply, tag = "article") {
    const box = make(tag, reply.image ? "card product" : "card");
    if (reply.image) box.append(picture(reply));
    box.append(about(reply));
    if (reply.attachment) box.append(download(reply.attachment));
    if (reply.buttons.length) box.append(foot(reply));
    return box;
  }

  function drawReply(reply) {
    const box = make("div", "reply");
    if (reply.image || reply.title) {
      box.append(card(reply));
    } else {
      if (reply.text.trim()) box.append(prose(reply.text, "bubble prose"));
      if (reply.attachment) box.append(download(reply.attachment));
      if (reply.buttons.length) box.append(foot(reply));
    }
    return box;
  }

  const sizes = new ResizeObserver((all) => all.forEach((one) => markStrip(one.target)));

  function markStrip(strip) {
    const room = strip.scrollWidth - strip.clientWidth;
    const x = Math.abs(strip.scrollLeft);
    strip.parentNode.classList.toggle("more-left", room > 8 && x > 8);
    strip.parentNode.classList.toggle("more-right", room > 8 && x < room - 8);
    if (room > 8) strip.tabIndex = 0;
    else strip.removeAttribute("tabindex");
  }

  function drawStrip(replies) {
    const box = make("div", "strip-box");
    const strip = make("div", "strip");
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-label", WORDS.products(replies.length));
    strip.append(...replies.map((reply) => card(reply)));
    strip.addEventListener("scroll", () => markStrip(strip), { passive: true });
    const arrow = (side, name, step) => {
      const el = make("button", `strip-nav ${side}`);
      el.type = "button";
      el.tabIndex = -1;                        // the strip itself takes the arrow keys
      el.setAttribute("aria-hidden", "true");
      el.append(icon(name));
      el.addEventListener("click", () => strip.scrollBy({ left: step * strip.clientWidth * 0.7 }));
      return el;
    };
    box.append(strip, arrow("back", "left", -1), arrow("on", "right", 1));
    sizes.observe(strip);
    return box;
  }

  // ---------- drawing entries ----------

  function drawShop(entry) {
    const turn = make("div", "turn shop");
    turn.append(make("span", "sr", `${shopName}:`));
    for (let i = 0; i < entry.replies.length; ) {
      let end = i;
      while (end < entry.replies.length && entry.replies[end].image) end += 1;
      if (end - i > 1) {
        turn.append(drawStrip(entry.replies.slice(i, end)));
        i = end;
      } else {
        turn.append(drawReply(entry.replies[i]));
        i += 1;
      }
    }
    return turn;
  }

  function drawMe(entry) {
    const turn = make("div", "turn me");
    turn.append(make("span", "sr", WORDS.you));
    const bubble = turn.appendChild(make("div", "bubble", entry.text));
    bubble.dir = "auto";
    if (entry.state === "failed") {
      turn.classList.add("failed");
      const notice = turn.appendChild(make("div", "notice"));
      notice.append(make("p", "", entry.error || WORDS.failed));
      const again = notice.appendChild(make("button", "btn"));
      again.type = "button";
      again.append(icon("retry"), make("span", "", WORDS.retry));
      again.addEventListener("click", () => retry(entry));
    }
    return turn;
  }

  function draw(entry) {
    const node = entry.kind === "me" ? drawMe(entry) : drawShop(entry);
    const old = views.get(entry);
    views.set(entry, node);
    if (old && old.isConnected) old.replaceWith(node);
    else log.append(node);
    return node;
  }

  function add(entry) {
    entries.push(entry);
    const node = draw(entry);
    node.classList.add("fresh");
    document.body.classList.remove("empty");
    save();
    return node;
  }

  // ---------- scrolling ----------

  const page = document.scrollingElement;
  const nearEnd = () => page.scrollHeight - page.scrollTop - window.innerHeight < 160;

  function toEnd() {
    window.scrollTo({ top: page.scrollHeight, behavior: calm.matches ? "auto" : "smooth" });
  }

  /** Show a new answer: its end when it fits, else from its beginning. */
  function reveal(node) {
    const top = document.querySelector(".top").offsetHeight;
    const dock = document.querySelector(".dock").offsetHeight;
    const room = window.innerHeight - top - dock - 24;
    if (node.offsetHeight <= room) return toEnd();
    const y = node.getBoundingClientRect().top + page.scrollTop - top - 16;
    window.scrollTo({ top: y, behavior: calm.matches ? "auto" : "smooth" });
  }

  function focusInput() {
    if (!touch.matches) input.focus({ preventScroll: true });  // no keyboard popping up on phones
  }

  // ---------- what the shop says ----------

  function showReplies(raw, follow) {
    const replies = tidy(raw);
    if (!replies.length) return;
    if (replies.some(asksToConfirm)) {
      for (const entry of entries) {
        if (entry.kind !== "shop") continue;
        for (const reply of entry.replies) {
          if (!reply.stale && asksToConfirm(reply)) {
            reply.stale = true;
            refreshFoot(reply);
          }
        }
      }
    }
    const node = add({ kind: "shop", replies });
    if (follow) reveal(node);
    else jump.hidden = false;
    if (document.hidden) document.title = `${WORDS.unread} \u00b7 ${shopName}`;
  }

  function setReduced(on) {
    banner.textContent = on ? WORDS.reduced : "";
    banner.hidden = !on;
  }

  let typingTimer = 0, workingTimer = 0;

  function typingSign(on) {
    clearTimeout(typingTimer);
    clearTimeout(workingTimer);
    typing.hidden = true;
    typingText.textContent = "";
    if (!on) return;
    typingTimer = setTimeout(() => {
      const follow = nearEnd();
      typing.hidden = false;
      if (follow) toEnd();
    }, TYPING_AFTER);
    workingTimer = setTimeout(() => { typingText.textContent = WORDS.working; }, WORKING_AFTER);
  }

  // ---------- what the customer says ----------

  const queue = [];
  let busy = false;
  let leaving = false;

  class Refused extends Error {}

  async function post(request) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), GIVE_UP_AFTER);
    try {
      const response = await fetch("/api/chat", {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(request),
        signal: stop.signal,
      });
      const body = await response.json().catch((e) => {
        if (e.name === "AbortError") throw e;
        return null;
      });
      if (!response.ok) {
        const words = body && typeof body.error === "string" ? body.error.trim() : "";
        throw new Refused(words || (response.status === 429 ? WORDS.busy : WORDS.failed));
      }
      if (!body) throw new Refused(WORDS.failed);
      return body;
    } catch (e) {
      if (e instanceof Refused) throw e;
      throw new Refused(e.name === "AbortError" ? WORDS.slow : WORDS.offline);
    } finally {
      clearTimeout(timer);
    }
  }

  function fail(entry, words) {
    entry.state = "failed";
    entry.error = words;
    if (entries.includes(entry)) return draw(entry);
    return null;                              // cleared from view meanwhile
  }

  /** Sends what is waiting, one at a time and in order. */
  async function pump() {
    if (busy || !queue.length) return;
    busy = true;
    const entry = queue.shift();
    typingSign(true);
    try {
      const answer = await post(entry.request);
      entry.state = "done";
      typingSign(false);
      setReduced(answer.reduced === true);
      showReplies(answer.replies, true);
      answered();
    } catch (e) {
      typingSign(false);
      await new Promise((done) => setTimeout(done, 120));  // a reload shows only a moment later
      if (leaving) {                           // the reload cut it off: stays "pending" in the store
        busy = false;
        return;
      }
      const words = e instanceof Refused ? e.message : WORDS.failed;
      const node = fail(entry, words);
      while (queue.length) fail(queue.shift(), WORDS.held);
      if (node) node.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
      if (!(e instanceof Refused)) console.error(e);
    }
    save();
    busy = false;
    pump();
  }

  function say(text, request) {
    const entry = { kind: "me", text, request: { ...request, id: uuid() }, state: "pending" };
    add(entry);
    jump.hidden = true;
    toEnd();
    queue.push(entry);
    pump();
  }

  function sendInput() {
    const text = input.value.trim().slice(0, LIMIT);
    if (!text) return;
    input.value = "";
    sizeInput();
    say(text, { text });
    input.focus({ preventScroll: true });
  }

  function press(reply, index) {
    if (reply.chosen !== undefined || reply.stale) return;
    const button = reply.buttons[index];
    reply.chosen = index;
    refreshFoot(reply);
    focusInput();
    const which = reply.image && reply.title ? `: ${reply.title}` : "";   // which of the products
    say(button.label + which, { choice: button.choice, label: button.label });
  }

  /** The same request with the same id; the message moves to the end, where it is now said. */
  function retry(entry) {
    if (entry.state !== "failed") return;
    entry.state = "pending";
    delete entry.error;
    entries = entries.filter((e) => e !== entry);
    const old = views.get(entry);
    if (old) old.remove();
    add(entry);
    toEnd();
    focusInput();
    queue.push(entry);
    pump();
  }

  // ---------- later messages ----------

  let stream = null, streamTimer = 0, streamWait = 4000, streamLinked = false;

  function listen() {
    if (stream) stream.close();
    clearTimeout(streamTimer);
    const mine = new EventSource("/api/chat/events");
    stream = mine;
    mine.addEventListener("open", () => { streamWait = 4000; });
    mine.addEventListener("replies", (event) => {
      if (event.lastEventId) {
        if (seen.includes(event.lastEventId)) return;
        seen.push(event.lastEventId);
      }
      let data = null;
      try { data = JSON.parse(event.data); } catch { return; }
      showReplies(data && data.replies, nearEnd());
    });
    mine.addEventListener("status", (event) => {
      try { setReduced(JSON.parse(event.data).reduced === true); } catch { /* not for us */ }
    });
    mine.addEventListener("error", () => {
      // The browser reconnects after a lost connection, but not after a refusal
      // (no cookie yet, server restarting): then we ask again, ever more slowly.
      if (mine !== stream || mine.readyState !== EventSource.CLOSED) return;
      streamLinked = false;
      streamTimer = setTimeout(listen, streamWait);
      streamWait = Math.min(streamWait * 2, 120000);
    });
  }

  /** After an answer the cookie is certain: make sure the stream runs under it. */
  function answered() {
    if (streamLinked) return;
    streamLinked = true;
    listen();
  }

  // ---------- the input ----------

  function sizeInput() {
    const left = LIMIT - input.value.length;
    composer.classList.toggle("blank", !input.value.trim());
    count.hidden = left > 200;
    count.textContent = left > 200 ? "" : WORDS.left(left);
    if (CSS.supports("field-sizing", "content")) return;
    input.rows = 1;
    while (input.rows < 6 && input.scrollHeight > input.clientHeight + 2) input.rows += 1;
  }

  input.addEventListener("input", sizeInput);

  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    sendInput();
  });

  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    sendInput();
  });

  // ---------- the rest of the page ----------

  $("new-chat").addEventListener("click", () => {
    entries = [];
    log.replaceChildren();
    document.body.classList.add("empty");
    jump.hidden = true;
    save();
    window.scrollTo(0, 0);
    focusInput();
  });

  jump.addEventListener("click", () => {
    jump.hidden = true;
    toEnd();
    focusInput();
  });

  window.addEventListener("scroll", () => { if (nearEnd()) jump.hidden = true; }, { passive: true });

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = shopName;
  });

  window.addEventListener("pagehide", () => { leaving = true; });

  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (!event.persisted) return;
    if (!busy) {
      queue.length = 0;
      entries.forEach((entry) => { if (entry.state === "pending") fail(entry, WORDS.interrupted); });
    }
    listen();
  });

  function showShop(shop) {
    shopName = str(shop.name).trim() || WORDS.shop;
    document.title = shopName;
    $("shop-name").textContent = shopName;
    $("shop-tagline").textContent = str(shop.tagline);
    const examples = (Array.isArray(shop.examples) ? shop.examples : []).map(str).filter(Boolean).slice(0, 4);
    $("chips").replaceChildren(...examples.map((text) => {
      const item = make("li");
      const chip = item.appendChild(make("button", "chip", text));
      chip.type = "button";
      chip.dir = "auto";
      chip.addEventListener("click", () => {
        input.value = text;
        sendInput();
        if (touch.matches) input.blur();
      });
      return item;
    }));
    $("examples").hidden = !examples.length;
  }

  async function fetchShop() {
    try {
      const response = await fetch("/api/shop", { credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const shop = await response.json();
      try { sessionStorage.setItem(SHOP, JSON.stringify(shop)); } catch { /* works without */ }
      showShop(shop);
    } catch {
      if (!load(SHOP)) showShop({});
    }
  }

  function restore() {
    const kept = load(STORE);
    if (!kept || !Array.isArray(kept.entries)) return;
    seen = Array.isArray(kept.seen) ? kept.seen : [];
    entries = kept.entries;
    for (const entry of entries) {
      if (entry.kind === "me" && entry.state === "pending") {
        entry.state = "failed";
        entry.error = WORDS.interrupted;
      }
    }
    if (!entries.length) return;
    log.setAttribute("aria-live", "off");     // old messages are not news
    entries.forEach(draw);
    document.body.classList.remove("empty");
    streamLinked = true;                      // there was an answer, so there is a cookie
    window.scrollTo(0, page.scrollHeight);
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  }

  /** A link in a mail, /?add=MUG-RED, is that product's "add" button, pressed once: a reload finds a clean address. */
  async function addFromLink() {
    const query = new URLSearchParams(location.search);
    const id = query.get("add"), mail = query.get("from");
    if (id === null) return;
    const what = id && new TextEncoder().encode(id).length <= LONGEST_ID ? await titleOf(id) : "";
    history.replaceState(null, "", location.pathname);
    if (!what) return;
    const label = WORDS.add(what);
    say(label, { choice: mail && MAIL_ID.test(mail) ? `follow:${mail} ${id}` : `add:${id}`, label });
  }

  /** What people call a product; its id where nobody knows. */
  async function titleOf(id) {
    try {
      const response = await fetch(`/api/products/${encodeURIComponent(id)}`, { signal: AbortSignal.timeout(NAME_AFTER) });
      const product = response.ok ? await response.json() : {};
      return str(product.title).trim() || id;
    } catch {
      return id;
    }
  }

  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  const known = load(SHOP);
  if (known) showShop(known);
  restore();
  addFromLink();
  fetchShop();
  listen();
  sizeInput();
  focusInput();
})();
