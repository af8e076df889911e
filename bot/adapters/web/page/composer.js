/* The form below: what is typed, how much of it, and how it is sent. */

import { $ } from "./elements.js";
import { say } from "./talking.js";
import { WORDS } from "./words.js";

const LIMIT = 2000;           // characters in one message
const TELL_LEFT = 200;
const MOST_ROWS = 6;

const input = $("input"), composer = $("composer"), count = $("count");

export function sizeInput() {
  const left = LIMIT - input.value.length;
  composer.classList.toggle("blank", !input.value.trim());
  count.hidden = left > TELL_LEFT;
  count.textContent = left > TELL_LEFT ? "" : WORDS.left(left);
  if (CSS.supports("field-sizing", "content")) return;
  input.rows = 1;
  while (input.rows < MOST_ROWS && input.scrollHeight > input.clientHeight + 2) input.rows += 1;
}

export function sendInput() {
  const text = input.value.trim().slice(0, LIMIT);
  if (!text) return;
  input.value = "";
  sizeInput();
  say(text, { text });
  input.focus({ preventScroll: true });
}

/** Sends a text as if it had been typed. */
export function sendText(text) {
  input.value = text;
  sendInput();
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
