/* The log on the screen: entries, scrolling, the typing sign, the banner and the title of the page. */

import { drawReplies } from "./cards.js";
import { $, calm, icon, make, touch } from "./elements.js";
import { save, transcript } from "./transcript.js";
import { WORDS } from "./words.js";

const TYPING_AFTER = 250;     // ms before the typing sign
const WORKING_AFTER = 7000;   // ms before it says so in words
const NEAR = 160;             // pixels

const log = $("log"), typing = $("typing"), typingText = $("typing-text"), banner = $("banner"), jump = $("jump");
const page = document.scrollingElement;
const drawn = new WeakMap();  // entry -> its element in the log

let shopName = WORDS.shop;
let whenRetried = () => {};
let typingTimer = 0, workingTimer = 0;

/** `retry(entry)` is called for a message that is to be sent again. */
export function onRetry(retry) {
  whenRetried = retry;
}

function drawShop(entry) {
  const turn = make("div", "turn shop");
  turn.append(make("span", "sr", `${shopName}:`), ...drawReplies(entry.replies));
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
    again.addEventListener("click", () => whenRetried(entry));
  }
  return turn;
}

export function draw(entry) {
  const node = entry.kind === "me" ? drawMe(entry) : drawShop(entry);
  const old = drawn.get(entry);
  drawn.set(entry, node);
  if (old && old.isConnected) old.replaceWith(node);
  else log.append(node);
  return node;
}

export function add(entry) {
  transcript.entries.push(entry);
  const node = draw(entry);
  node.classList.add("fresh");
  document.body.classList.remove("empty");
  save();
  return node;
}

/** Takes an entry out, of the log and of what is kept. */
export function remove(entry) {
  transcript.entries = transcript.entries.filter((one) => one !== entry);
  const old = drawn.get(entry);
  if (old) old.remove();
}

export function clear() {
  transcript.entries = [];
  log.replaceChildren();
  document.body.classList.add("empty");
  jump.hidden = true;
  save();
  window.scrollTo(0, 0);
}

/** Draws what was kept; old messages are not news. */
export function drawKept() {
  log.setAttribute("aria-live", "off");
  transcript.entries.forEach(draw);
  document.body.classList.remove("empty");
  window.scrollTo(0, page.scrollHeight);
  setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
}

export const nearEnd = () => page.scrollHeight - page.scrollTop - window.innerHeight < NEAR;
const behavior = () => (calm.matches ? "auto" : "smooth");

export function toEnd() {
  window.scrollTo({ top: page.scrollHeight, behavior: behavior() });
}

export function bringIntoView(node) {
  node.scrollIntoView({ block: "nearest", behavior: behavior() });
}

/** Shows a new answer: its end when it fits, else from its beginning. */
export function reveal(node) {
  const top = document.querySelector(".top").offsetHeight;
  const dock = document.querySelector(".dock").offsetHeight;
  const room = window.innerHeight - top - dock - 24;
  if (node.offsetHeight <= room) return toEnd();
  const y = node.getBoundingClientRect().top + page.scrollTop - top - 16;
  window.scrollTo({ top: y, behavior: behavior() });
}

export function setReduced(on) {
  banner.textContent = on ? WORDS.reduced : "";
  banner.hidden = !on;
}

export function typingSign(on) {
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

/** Tells of a message that came while nobody looked. */
export function announce() {
  if (document.hidden) document.title = `${WORDS.unread} \u00b7 ${shopName}`;
}

export function nameShop(name) {
  shopName = name || WORDS.shop;
  document.title = shopName;
  $("shop-name").textContent = shopName;
}

export function focusInput() {
  if (!touch.matches) $("input").focus({ preventScroll: true });  // no keyboard popping up on phones
}

jump.addEventListener("click", () => {
  jump.hidden = true;
  toEnd();
  focusInput();
});

window.addEventListener("scroll", () => { if (nearEnd()) jump.hidden = true; }, { passive: true });

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) document.title = shopName;
});
