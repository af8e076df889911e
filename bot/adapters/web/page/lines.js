/* Draws the lines of a reply: paragraphs with their links, rows as small tables, a price on its own. */

import { make } from "./elements.js";

const LINK = "https://";
const ENDS_LINK = " \t\n\u00a0<>\"";
const NOT_AT_ITS_END = ".,;:!?)]}'\u2019\u201d";
const LONG = 18;  // characters of a right cell that may break into lines

/** Text with its https addresses as links. */
export function linked(parent, text) {
  let at = 0;
  for (let found = text.indexOf(LINK); found >= 0; found = text.indexOf(LINK, at)) {
    let end = found;
    while (end < text.length && !ENDS_LINK.includes(text[end])) end += 1;
    while (end > found + LINK.length && NOT_AT_ITS_END.includes(text[end - 1])) end -= 1;
    parent.append(text.slice(at, found));
    const url = text.slice(found, end);
    parent.append(url === LINK ? url : link(url));
    at = end;
  }
  parent.append(text.slice(at));
  return parent;
}

function link(url) {
  const a = make("a", "", url);
  a.href = url;
  a.target = "_blank";
  a.rel = "noopener noreferrer";
  return a;
}

/** The last two words stay in one line: a price below its "at" is hard to read. */
function together(text) {
  const cut = text.lastIndexOf(" ");
  return cut < 0 ? text : `${text.slice(0, cut)}\u00a0${text.slice(cut + 1)}`;
}

function table(rows) {
  const made = make("table", "rows");
  const body = made.appendChild(make("tbody"));
  for (const { left, right, strong } of rows) {
    const row = body.appendChild(make("tr", strong ? "total" : ""));
    const head = make("th", "", together(left));
    head.scope = "row";
    row.append(head, linked(make("td", right.length > LONG ? "long" : ""), right));
  }
  return made;
}

const kind = (line) => (typeof line !== "string" ? (line.left ? "rows" : "price") : line.trim() ? "text" : "blank");

const DRAW = {
  rows: table,
  price: (lines) => make("p", "price", lines.map((line) => line.right).join("\n")),
  text: (lines) => linked(make("p"), lines.join("\n")),
  blank: () => "",
};

/** Lines in a box: those of a kind that follow each other stand together. */
export function prose(lines, className) {
  const box = make("div", className);
  box.dir = "auto";
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && kind(lines[to]) === kind(lines[from])) to += 1;
    box.append(DRAW[kind(lines[from])](lines.slice(from, to)));
    from = to;
  }
  return box;
}
