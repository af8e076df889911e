/* What the server sends, brought into the shape that the page counts on.
 *
 *   {title, image, lines: [text | {left, right, strong}], buttons: [{label, choice, style, newest, lasting, answers}],
 *    attachment: null | {name, content}, question, chosen, stale, over}
 *       a row without a left cell is a price on its own
 *       newest: only the newest card with such a button can be pressed; lasting: it stays when another was pressed
 *       answers: it counts as long as the question is open that was asked with it
 *       chosen: indices of the pressed buttons, stale: a newer such card came, over: its question is not open any more
 */

const STYLES = ["primary", "danger"];
const NOT_IN_NAMES = "\"*:<>?|";

export const str = (value) => (typeof value === "string" ? value : value == null ? "" : String(value));

const list = (value) => (Array.isArray(value) ? value : []);
const object = (value) => value && typeof value === "object";

export function tidy(replies) {
  return list(replies)
    .filter(object)
    .map((r) => ({
      title: str(r.title).trim(),
      image: str(r.image).trim(),
      lines: list(r.lines).map((line) =>
        object(line) ? { left: str(line.left), right: str(line.right), strong: line.strong === true } : str(line)),
      buttons: list(r.buttons).filter((b) => b && b.label && b.choice).map(tidyButton),
      attachment: tidyFile(r.attachment),
    }))
    .filter((r) => r.title || says(r) || r.image || r.buttons.length || r.attachment);
}

/** Whether a reply has words or rows beside its title. */
export const says = (reply) => reply.lines.some((line) => object(line) || line.trim());

export const isNewest = (reply) => reply.buttons.some((button) => button.newest);

export const asks = (reply) => reply.buttons.some((button) => button.answers);

/** The indices of the pressed buttons; a page of before kept one. */
export const pressed = (reply) => (reply.chosen === undefined ? [] : [].concat(reply.chosen));

/** Whether a button of a reply can be pressed. */
export function counts(reply, index) {
  const button = reply.buttons[index];
  const before = pressed(reply);
  if (reply.stale && (button.newest || button.answers)) return false;
  if (reply.over && button.answers) return false;
  return !before.length || (button.lasting && !before.includes(index) && before.every((one) => reply.buttons[one].lasting));
}

/** A reply that a page of before kept: there a line with a TAB was a row. */
export function ofBefore(reply) {
  const lines = str(reply.text).split("\n").map((line) => {
    const cut = line.lastIndexOf("\t");
    return cut < 0 ? line : { left: line.slice(0, cut), right: line.slice(cut + 1), strong: false };
  });
  return { ...reply, lines, buttons: list(reply.buttons).map(tidyButton) };
}

function tidyButton(button) {
  const style = STYLES.includes(button.style) ? button.style : "";
  const [newest, lasting, answers] = ["newest", "lasting", "answers"].map((trait) => button[trait] === true);
  return { label: str(button.label), choice: str(button.choice), style, newest, lasting, answers };
}

/** A file with a plain name: no folders, no signs that a system gives a meaning. */
function tidyFile(file) {
  if (!object(file) || typeof file.content !== "string") return null;
  const name = [...str(file.name).split("/").pop().split("\\").pop()]
    .map((sign) => (sign < " " || sign === "\u007f" || NOT_IN_NAMES.includes(sign) ? "_" : sign));
  while (name[0] === "." || name[0] === " ") name.shift();
  return { name: name.slice(-100).join("") || "file.txt", content: file.content };
}
