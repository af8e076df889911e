/* What the page itself says; all else comes from the server. */

export const WORDS = {
  shop: "Shop",
  you: "You:",
  newer: "This is outdated; the newest is below.",
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
