/* What was said, kept for a reload.
 *
 *   {kind: "me", text, request: {text | choice, label, id}, state, error}    state: "pending" | "done" | "failed"
 *   {kind: "shop", replies}                                                  see replies.js
 */

import { ofBefore } from "./replies.js";
import { WORDS } from "./words.js";

const STORE = "parley.chat.v2";
const BEFORE = "parley.chat.v1";
const KEEP = 300;      // entries
const KEEP_SEEN = 100; // ids

/** The entries, and the ids of server-sent events that were shown already. */
export const transcript = { entries: [], seen: [] };

export function load(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function save() {
  let kept = transcript.entries.slice(-KEEP);
  for (;;) {
    try {
      sessionStorage.setItem(STORE, JSON.stringify({ entries: kept, seen: transcript.seen.slice(-KEEP_SEEN) }));
      return;
    } catch {                          // full, or storage is not allowed
      if (kept.length < 2) return;
      kept = kept.slice(Math.ceil(kept.length / 2));
    }
  }
}

/** Takes up what was kept; messages whose answer never came have failed. */
export function restore() {
  const kept = load(STORE) || keptBefore();
  if (!kept || !Array.isArray(kept.entries)) return;
  transcript.seen = Array.isArray(kept.seen) ? kept.seen : [];
  transcript.entries = kept.entries;
  for (const entry of transcript.entries) {
    if (entry.kind === "me" && entry.state === "pending") {
      entry.state = "failed";
      entry.error = WORDS.interrupted;
    }
  }
}

function keptBefore() {
  const kept = load(BEFORE);
  if (!kept || !Array.isArray(kept.entries)) return null;
  const entries = kept.entries.map((one) =>
    one.kind === "shop" ? { ...one, replies: one.replies.map(ofBefore) } : one);
  return { ...kept, entries };
}
