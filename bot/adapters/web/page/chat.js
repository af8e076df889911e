/* Parley web chat: one page, one log. Opens it: the shop's name, window and examples, what was said before, what a link adds. */

import { sendText, sizeInput } from "./composer.js";
import { $, icon, make, touch } from "./elements.js";
import { str, tidy } from "./replies.js";
import { fetchShop, knownShop, titleOf } from "./server.js";
import { say, stream } from "./talking.js";
import { restore, transcript } from "./transcript.js";
import { clear, drawKept, focusInput, nameShop } from "./view.js";
import { WORDS } from "./words.js";

const MAIL_ID = /^[0-9a-f]{32}$/;
const LONGEST_ID = 60;        // of a product, in bytes: more fits into no button
const MOST_EXAMPLES = 4;

function showShop(shop) {
  nameShop(str(shop.name).trim());
  $("shop-tagline").textContent = str(shop.tagline);
  const examples = (Array.isArray(shop.examples) ? shop.examples : []).map(str).filter(Boolean).slice(0, MOST_EXAMPLES);
  $("chips").replaceChildren(...examples.map((text) => {
    const item = make("li");
    const chip = item.appendChild(make("button", "chip", text));
    chip.type = "button";
    chip.dir = "auto";
    chip.addEventListener("click", () => {
      sendText(text);
      if (touch.matches) $("input").blur();
    });
    return item;
  }));
  $("examples").hidden = !examples.length;
  const shown = tidy(shop.window).filter((card) => card.title && card.buttons.length);
  $("greeting").textContent = str(shop.greeting);
  $("tiles").replaceChildren(...shown.map(tile));
  $("window").hidden = !str(shop.greeting);
}

/** Something of the shop window: its button, as large as a card. */
function tile(card) {
  const item = make("li");
  const el = item.appendChild(make("button", "tile"));
  el.type = "button";
  const box = el.appendChild(make("span", "picture"));
  if (card.image) {
    const img = box.appendChild(make("img"));
    img.alt = "";
    img.addEventListener("error", () => img.replaceWith(icon("picture")), { once: true });
    img.src = card.image;
  } else {
    box.remove();
  }
  const note = card.lines.map((line) => (typeof line === "string" ? line : line.right)).join(" ");
  el.append(make("span", "name", card.title), make("span", "note", note));
  el.addEventListener("click", () => {
    const [button] = card.buttons;
    const label = button.choice.startsWith("add:") ? `${button.label}: ${card.title}` : card.title;
    say(label, { choice: button.choice, label: card.title });
  });
  return item;
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

$("new-chat").addEventListener("click", () => {
  clear();
  focusInput();
});

if ("scrollRestoration" in history) history.scrollRestoration = "manual";
const known = knownShop();
if (known) showShop(known);
restore();
if (transcript.entries.length) {
  drawKept();
  stream.linked = true;                    // there was an answer, so there is a cookie
}
addFromLink();
fetchShop().then((shop) => { if (shop || !known) showShop(shop || {}); });
stream.listen();
sizeInput();
focusInput();
