/* The conversation: what the customer says goes out one at a time, and what the shop says is shown. */

import { onPress, refreshFoot } from "./cards.js";
import { $ } from "./elements.js";
import { asks, counts, isNewest, pressed, tidy } from "./replies.js";
import { Refused, Stream, post, uuid } from "./server.js";
import { save, transcript } from "./transcript.js";
import {
  add, announce, bringIntoView, draw, focusInput, nearEnd, onRetry, remove, reveal, setReduced, toEnd, typingSign,
} from "./view.js";
import { WORDS } from "./words.js";

const RELOAD_SHOWS = 120;  // ms

const queue = [];
const jump = $("jump");
let busy = false;
let leaving = false;

export const stream = new Stream((id, replies) => {
  if (id) {
    if (transcript.seen.includes(id)) return;
    transcript.seen.push(id);
  }
  showReplies(replies, nearEnd());
}, setReduced);

/** `question` tells the question that is open from now on from others; undefined where a message changes nothing. */
function showReplies(raw, follow, question) {
  const replies = tidy(raw);
  if (question !== undefined) {
    mark("over", (reply) => asks(reply) && ![undefined, question].includes(reply.question));
    replies.forEach((reply) => { reply.question = question; });
  }
  if (replies.some(isNewest)) mark("stale", isNewest);
  if (!replies.length) return;
  const node = add({ kind: "shop", replies });
  if (follow) reveal(node);
  else jump.hidden = false;
  announce();
}

/** Marks the replies so far for which `which(reply)` is true: their buttons count no more. */
function mark(as, which) {
  for (const entry of transcript.entries) {
    for (const reply of entry.kind === "shop" ? entry.replies : []) {
      if (!reply[as] && which(reply)) {
        reply[as] = true;
        refreshFoot(reply);
      }
    }
  }
}

function fail(entry, words) {
  entry.state = "failed";
  entry.error = words;
  return transcript.entries.includes(entry) ? draw(entry) : null;  // or it was cleared from view meanwhile
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
    showReplies(answer.replies, true, answer.state ? answer.state.question : undefined);
    stream.answered();
  } catch (e) {
    typingSign(false);
    await new Promise((done) => setTimeout(done, RELOAD_SHOWS));  // a reload shows only a moment later
    if (leaving) {                           // the reload cut it off: stays "pending" in the store
      busy = false;
      return;
    }
    const words = e instanceof Refused ? e.message : WORDS.failed;
    const node = fail(entry, words);
    while (queue.length) fail(queue.shift(), WORDS.held);
    if (node) bringIntoView(node);
    if (!(e instanceof Refused)) console.error(e);
  }
  save();
  busy = false;
  pump();
}

export function say(text, request) {
  const entry = { kind: "me", text, request: { ...request, id: uuid() }, state: "pending" };
  add(entry);
  jump.hidden = true;
  toEnd();
  queue.push(entry);
  pump();
}

onPress((reply, index) => {
  if (!counts(reply, index)) return;
  const button = reply.buttons[index];
  reply.chosen = [...pressed(reply), index];
  refreshFoot(reply);
  focusInput();
  const which = reply.image && reply.title ? `: ${reply.title}` : "";   // which of the products
  say(button.label + which, { choice: button.choice, label: button.label });
});

/** The same request with the same id; the message moves to the end, where it is now said. */
onRetry((entry) => {
  if (entry.state !== "failed") return;
  entry.state = "pending";
  delete entry.error;
  remove(entry);
  add(entry);
  toEnd();
  focusInput();
  queue.push(entry);
  pump();
});

window.addEventListener("pagehide", () => { leaving = true; });

window.addEventListener("pageshow", (event) => {
  leaving = false;
  if (!event.persisted) return;
  if (!busy) {
    queue.length = 0;
    transcript.entries.forEach((entry) => { if (entry.state === "pending") fail(entry, WORDS.interrupted); });
  }
  stream.listen();
});
