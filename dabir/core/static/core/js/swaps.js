// htmx swaps parts of a page: say what changed, keep the focus, speak when nothing comes back.
const words = document.getElementById("words")?.dataset ?? {};
let focused = "";

function say(text) {
  const place = document.getElementById("announce");
  if (place) { place.textContent = ""; requestAnimationFrame(() => { place.textContent = text; }); }
}

function show(text) {
  const toast = document.createElement("div");
  toast.className = "toast error";
  toast.setAttribute("role", "alert");
  toast.textContent = text;
  document.getElementById("messages")?.append(toast);
}

document.body.addEventListener("htmx:beforeSwap", (event) => {
  focused = document.activeElement?.id ?? "";
  // Refusals and errors of a form come back as pages with words: show them in their place.
  if ([400, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  document.dispatchEvent(new CustomEvent("dabir:swapped", { detail: { root: part } }));
  const heard = part.querySelector("[data-announce]") ?? (part.matches?.("[data-announce]") ? part : null);
  if (heard) say(heard.dataset.announce || heard.textContent.trim());
  if (focused && document.activeElement === document.body) {
    const again = document.getElementById(focused) ?? part.querySelector("[autofocus], h2, a, button, input");
    if (again && !again.matches("a, button, input, select, textarea, [tabindex]")) again.tabIndex = -1;
    again?.focus({ preventScroll: true });
  }
});
document.body.addEventListener("htmx:sendError", () => show(words.noAnswer));
document.body.addEventListener("htmx:timeout", () => show(words.noAnswer));
document.body.addEventListener("htmx:responseError", () => show(words.fault));
