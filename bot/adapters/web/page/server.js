/* Talks to the server: a message and its answer, the stream of later messages, what the shop and products are called. */

import { str } from "./replies.js";
import { load } from "./transcript.js";
import { WORDS } from "./words.js";

const GIVE_UP_AFTER = 90000;  // ms before a request counts as lost
const NAME_AFTER = 3000;      // ms a product's name is waited for
const SHOP = "parley.shop.v2";
const FIRST_WAIT = 4000, LONGEST_WAIT = 120000;  // ms before the stream is asked for again

/** The server or the network said no, in words for the customer. */
export class Refused extends Error {}

/** An id for a message, the same when it is sent again. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();  // https and localhost only
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = Array.from(b, (x) => x.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** The answer to a message: {replies, reduced, state}. Throws Refused. */
export async function post(request) {
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

const parsed = (text) => {
  try { return JSON.parse(text); } catch { return null; }
};

/** The stream of messages that nobody asked for. */
export class Stream {
  /** `onReplies(id, replies)` and `onReduced(on)` are told what comes. */
  constructor(onReplies, onReduced) {
    this.onReplies = onReplies;
    this.onReduced = onReduced;
    this.source = null;
    this.timer = 0;
    this.wait = FIRST_WAIT;
    this.linked = false;          // whether it runs under a cookie that is certain
  }

  listen() {
    if (this.source) this.source.close();
    clearTimeout(this.timer);
    const mine = new EventSource("/api/chat/events");
    this.source = mine;
    mine.addEventListener("open", () => { this.wait = FIRST_WAIT; });
    mine.addEventListener("replies", (event) => {
      const data = parsed(event.data);
      if (data) this.onReplies(event.lastEventId, data.replies);
    });
    mine.addEventListener("status", (event) => {
      const data = parsed(event.data);
      if (data) this.onReduced(data.reduced === true);
    });
    mine.addEventListener("error", () => {
      // The browser reconnects after a lost connection, but not after a refusal
      // (no cookie yet, server restarting): then we ask again, ever more slowly.
      if (mine !== this.source || mine.readyState !== EventSource.CLOSED) return;
      this.linked = false;
      this.timer = setTimeout(() => this.listen(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    });
  }

  /** After an answer the cookie is certain: makes sure that the stream runs under it. */
  answered() {
    if (this.linked) return;
    this.linked = true;
    this.listen();
  }
}

/** What the shop is called, as it was known last; null where it was not. */
export const knownShop = () => load(SHOP);

/** What the shop is called now: {name, tagline, greeting, window, examples}; null where nobody tells. */
export async function fetchShop() {
  try {
    const response = await fetch("/api/shop", { credentials: "same-origin" });
    if (!response.ok) return null;
    const shop = await response.json();
    try { sessionStorage.setItem(SHOP, JSON.stringify(shop)); } catch { /* works without */ }
    return shop;
  } catch {
    return null;
  }
}

/** What people call a product; its id where nobody knows. */
export async function titleOf(id) {
  try {
    const response = await fetch(`/api/products/${encodeURIComponent(id)}`, { signal: AbortSignal.timeout(NAME_AFTER) });
    const product = response.ok ? await response.json() : {};
    return str(product.title).trim() || id;
  } catch {
    return id;
  }
}
