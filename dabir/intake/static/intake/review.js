// A review by keyboard: J and K from doubt to doubt, A accepts, a digit chooses, R types, U takes back.
// Letters and digits go by their place on the keyboard, so that a Persian layout works too.
const find = (what) => document.querySelector(`[data-review="${what}"]`);

function isTyping(target) {
  return target.closest?.("textarea, select, [contenteditable='true'], dialog[open], input:not([type='radio'])") !== null;
}

function choose(number) {
  const found = document.querySelector(`[data-review="choose"][data-number="${number}"]`);
  if (!found) return false;
  if (found.type === "radio") {
    found.checked = true;
    document.getElementById("number-reason")?.focus();
  } else {
    found.click();
  }
  return true;
}

function retype() {
  const place = find("retype");
  if (!place) return false;
  if (place.localName === "a") place.click();
  else { place.focus(); place.select?.(); }
  return true;
}

const PRESSED = { KeyJ: "next", KeyK: "previous", KeyA: "accept", KeyU: "undo" };

// Before the keys of every page (`keys.js`), which leave alone what was used here.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
  if (isTyping(event.target) || !document.getElementById("question")) return;
  let used = false;
  if (event.code in PRESSED) {
    const place = find(PRESSED[event.code]);
    if (place) { place.click(); used = true; }
  } else if (event.code === "KeyR") {
    used = retype();
  } else if (/^(Digit|Numpad)[1-9]$/.test(event.code)) {
    used = choose(event.code.at(-1));
  }
  if (used) event.preventDefault();
}, { capture: true });

// The doubt in hand comes into view beside its question; on a narrow page the question stands above it.
const current = document.querySelector(".doubt[aria-current], .review-part.here");
if (current && location.hash === "#question" && matchMedia("(width >= 70rem)").matches) {
  current.scrollIntoView({ block: "center" });
}
