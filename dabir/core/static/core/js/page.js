// Small conveniences of every page: menus, windows, tables, copying, undo, file drops. Nothing depends on them.
const words = document.getElementById("words")?.dataset ?? {};

export function say(text) {
  const place = document.getElementById("announce");
  if (!place) return;
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}

// Windows and menus
for (const button of document.querySelectorAll("[data-opens]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Copy an address instead of following it
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copies]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href ?? link.dataset.copies);
    link.dataset.copied = words.copied;
    link.classList.add("copied");
    say(words.copied);
    setTimeout(() => link.classList.remove("copied"), 2500);
  } catch {
    if (link.href) location.href = link.href;
  }
});

// Tables: narrow rows, and labels of cards where the template gave none
const DENSITY = "dabir.narrow";
function applyDensity(narrow) {
  document.body.classList.toggle("compact", narrow);
  for (const button of document.querySelectorAll("[data-density]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(narrow));
  }
}
function labelCards(root) {
  for (const table of root.querySelectorAll(".cards table")) {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.dataset.head ?? head.textContent.trim());
    for (const row of table.querySelectorAll("tbody tr")) {
      [...row.children].forEach((cell, index) => {
        if (cell.localName === "td" && !cell.dataset.label && heads[index]) cell.dataset.label = heads[index];
      });
    }
  }
}
function remember(name, value) { try { localStorage.setItem(name, value); } catch { /* private window */ } }
function recall(name) { try { return localStorage.getItem(name); } catch { return null; } }
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-density]");
  if (!button) return;
  const narrow = button.getAttribute("aria-pressed") !== "true";
  remember(DENSITY, narrow ? "yes" : "no");
  applyDensity(narrow);
});

// Undo goes after five seconds, but not under somebody's hand
function runUndo(root) {
  for (const toast of root.querySelectorAll("[data-undo]:not([data-counting])")) {
    toast.dataset.counting = "yes";
    let left = 5;
    const clock = setInterval(() => {
      if (toast.matches(":hover, :focus-within") || document.hidden) return;
      left -= 1;
      if (left > 0) return;
      clearInterval(clock);
      toast.querySelector("form")?.remove();
    }, 1000);
  }
}

// Files: drop them anywhere on the field, see what was chosen
const SIZES = ["B", "kB", "MB", "GB"];
function sizeOf(bytes) {
  let step = 0;
  while (bytes >= 1000 && step < 3) { bytes /= 1000; step += 1; }
  return `${new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: step ? 1 : 0 }).format(bytes)} ${SIZES[step]}`;
}
function showChosen(drop) {
  const input = drop.querySelector("input[type=file]");
  const place = drop.querySelector("[data-chosen]");
  place.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("span");
    const name = document.createElement("bdi");
    name.textContent = file.name;
    line.append(name, ` · ${sizeOf(file.size)} `);
    return line;
  }));
}
for (const type of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(type, (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop) return;
    event.preventDefault();
    drop.classList.toggle("over", type === "dragover");
    if (type === "drop" && event.dataTransfer.files.length) {
      const input = drop.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
document.addEventListener("change", (event) => {
  const drop = event.target.closest?.("[data-drop]");
  if (drop && event.target.type === "file") showChosen(drop);
});

// Filters apply as soon as a list is chosen, where the form asks for it
document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-applies], .applies select")) event.target.form?.requestSubmit();
});

// Passkeys: say in words when the browser refused
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-passkey-trouble]");
  if (place) { place.hidden = false; place.textContent = words.passkey; }
  say(words.passkey);
});

function settle(root) {
  labelCards(root);
  runUndo(root);
  applyDensity(recall(DENSITY) === "yes");
}
settle(document);
document.addEventListener("dabir:swapped", (event) => settle(event.detail?.root ?? document));
if (!document.documentElement.dataset.scheme) document.querySelector("[data-error-summary]")?.focus();
