/* Draws replies: bubbles, cards, pictures, files and buttons; strips of several products. */

import { icon, make } from "./elements.js";
import { prose } from "./lines.js";
import { counts, pressed, says } from "./replies.js";
import { WORDS } from "./words.js";

const feet = new WeakMap();  // reply -> the part of it that changes
let whenPressed = () => {};

/** `press(reply, index)` is called for a button that is pressed. */
export function onPress(press) {
  whenPressed = press;
}

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
  const first = reply.buttons.findIndex((button) => button.style === "primary");
  reply.buttons.forEach((button, index) => {
    const el = make("button", "btn");
    el.type = "button";
    el.append(make("span", "", button.label));
    if (index === first || button.style === "danger") el.classList.add(button.style);
    el.disabled = !counts(reply, index);
    if (pressed(reply).includes(index)) {
      el.classList.add("chosen");
      el.setAttribute("aria-pressed", "true");
      el.prepend(icon("check"));
    }
    el.addEventListener("click", () => whenPressed(reply, index));
    row.append(el);
  });
  return row;
}

/** The part of a reply that changes: its buttons and the note under them. */
function foot(reply) {
  const box = make("div", "foot");
  if (reply.buttons.length) box.append(buttonRow(reply));
  if (reply.stale && !pressed(reply).length) box.append(make("p", "note", WORDS.newer));
  feet.set(reply, box);
  return box;
}

export function refreshFoot(reply) {
  const old = feet.get(reply);
  if (old) old.replaceWith(foot(reply));
}

function about(reply) {
  const box = make("div", "about");
  if (reply.title) {
    const title = box.appendChild(make("h2", "", reply.title));
    title.dir = "auto";
  }
  if (says(reply)) box.append(prose(reply.lines, "prose"));
  return box;
}

function download(file) {
  const a = make("a", "file");
  a.href = URL.createObjectURL(new Blob([file.content], { type: "text/plain;charset=utf-8" }));
  a.download = file.name;
  a.append(icon("file"), make("span", "", WORDS.download(file.name)));
  return a;
}

function card(reply) {
  const box = make("article", reply.image ? "card product" : "card");
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
    if (says(reply)) box.append(prose(reply.lines, "bubble prose"));
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
  strip.append(...replies.map(card));
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

/** The replies one below the other; products that follow each other stand in a strip. */
export function drawReplies(replies) {
  const drawn = [];
  for (let from = 0; from < replies.length; ) {
    let to = from;
    while (to < replies.length && replies[to].image) to += 1;
    if (to - from > 1) {
      drawn.push(drawStrip(replies.slice(from, to)));
      from = to;
    } else {
      drawn.push(drawReply(replies[from]));
      from += 1;
    }
  }
  return drawn;
}
