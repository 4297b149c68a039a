// Forms never lose input: a draft in this browser until the form is really sent, and a word before leaving.
const words = document.getElementById("words")?.dataset ?? {};
const SENT = "dabir.sent";
const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset"]);

const store = {
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* full or refused: no draft */ } },
  drop(name) { try { localStorage.removeItem(name); } catch { /* refused */ } },
};

const nameOf = (form) => `dabir.draft:${location.pathname}:${form.id}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type) && !field.disabled && !field.readOnly);

function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) {
    const kept = (values[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") { if (field.checked) kept.push(field.value); }
    else if (field.localName === "select") kept.push(...[...field.selectedOptions].map((option) => option.value));
    else kept.push(field.value);
  }
  return values;
}

function putBack(form, values) {
  const turn = {};
  for (const field of fieldsOf(form)) {
    const kept = values[field.name];
    if (!kept) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
    else if (field.localName === "select") for (const option of field.options) option.selected = kept.includes(option.value);
    else field.value = kept[(turn[field.name] = (turn[field.name] ?? -1) + 1)] ?? field.value;
  }
}

function offer(form, name, values) {
  const notice = document.createElement("div");
  notice.className = "notice attention";
  notice.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words.draftFound;
  const acts = document.createElement("div");
  acts.className = "row";
  const restore = document.createElement("button");
  restore.type = "button";
  restore.className = "button small";
  restore.textContent = words.draftRestore;
  restore.addEventListener("click", () => {
    putBack(form, values);
    notice.replaceChildren(words.draftRestored);
    fieldsOf(form)[0]?.focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const drop = document.createElement("button");
  drop.type = "button";
  drop.className = "button small quiet";
  drop.textContent = words.draftDrop;
  drop.addEventListener("click", () => { store.drop(name); notice.remove(); });
  acts.append(restore, drop);
  notice.append(text, acts);
  form.prepend(notice);
}

function keep(form) {
  const name = nameOf(form);
  const original = JSON.stringify(valuesOf(form));
  const saved = store.get(name);
  if (saved && saved !== original) offer(form, name, JSON.parse(saved));
  let clock = 0;
  form.addEventListener("input", () => {
    clearTimeout(clock);
    clock = setTimeout(() => {
      const now = JSON.stringify(valuesOf(form));
      if (now === original) store.drop(name); else store.set(name, now);
    }, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(clock);
    store.set(name, JSON.stringify(valuesOf(form)));
    store.set(SENT, name);
  });
}

function warn(form) {
  const original = JSON.stringify(valuesOf(form));
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", (event) => {
    if (!sending && JSON.stringify(valuesOf(form)) !== original) event.preventDefault();
  });
}

// The draft goes only when sending led on: not into the door of a session that had ended, a refusal, a fault,
// errors, or nowhere at all.
function ledOn(name) {
  if (document.querySelector("form[data-sign-in], [data-keep-drafts], [data-error-summary]")) return false;
  const path = name.slice(name.indexOf(":") + 1, name.lastIndexOf(":"));
  const from = document.referrer ? new URL(document.referrer) : null;
  if (from?.origin !== location.origin || from.pathname !== path) return false;
  return location.pathname !== path || document.querySelector(".toast.success") !== null;
}
const sent = store.get(SENT);
if (sent) {
  store.drop(SENT);
  if (ledOn(sent)) store.drop(sent);
}
for (const form of document.querySelectorAll("form[data-draft][id]")) keep(form);
for (const form of document.querySelectorAll("form[data-unsaved]")) warn(form);
