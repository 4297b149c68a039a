// Keys for everything. Letters go by their place on the keyboard, so that a Persian layout works too.
let waitingForArea = false;
let row = null;

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable='true'], dialog[open]") !== null;
}

function rows() {
  return [...document.querySelectorAll("table[data-rows] tbody tr, [data-rows]:not(table) > *")].filter((each) => each.offsetParent !== null);
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  row?.classList.remove("here");
  const next = Math.min(all.length - 1, Math.max(0, row ? all.indexOf(row) + by : by > 0 ? 0 : all.length - 1));
  row = all[next];
  row.classList.add("here");
  row.scrollIntoView({ block: "nearest" });
  const link = row.querySelector("a[href], button");
  (link ?? row).focus({ preventScroll: true });
}

function area(code) {
  const letter = code.replace("Key", "").toLowerCase();
  const link = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
  if (link) location.href = link.href;
  return Boolean(link);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
  if (waitingForArea) {
    waitingForArea = false;
    if (event.code.startsWith("Key") && area(event.code)) event.preventDefault();
    return;
  }
  if (event.key === "?" || event.key === "؟") {
    document.getElementById("keys")?.showModal();
  } else if (event.key === "/" || (event.code === "Slash" && !event.shiftKey)) {
    const field = document.querySelector("[data-search]");
    if (!field) return;
    field.focus();
    field.select();
  } else if (event.code === "KeyJ") {
    step(1);
  } else if (event.code === "KeyK") {
    step(-1);
  } else if (event.code === "KeyG") {
    waitingForArea = true;
    setTimeout(() => { waitingForArea = false; }, 1500);
  } else if (event.code === "KeyN") {
    const menu = document.querySelector("[data-new]");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("a")?.focus();
  } else {
    return;
  }
  event.preventDefault();
});
