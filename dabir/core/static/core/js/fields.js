// Checks a field in words when somebody leaves it; the server checks again.
const words = document.getElementById("words")?.dataset ?? {};

function trouble(field) {
  const state = field.validity;
  if (state.valid) return "";
  if (state.valueMissing) return words.missing;
  if (state.typeMismatch) return field.type === "url" ? words.url : words.email;
  if (state.tooLong) return words.tooLong;
  if (state.tooShort) return words.tooShort;
  if (state.badInput || state.rangeOverflow || state.rangeUnderflow || state.stepMismatch) return words.number;
  return words.pattern;
}

function tell(field) {
  const box = field.closest(".field");
  if (!box || !field.willValidate) return true;
  const text = trouble(field);
  const id = `${field.id}_trouble`;
  document.getElementById(id)?.remove();
  const said = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  if (text) {
    const list = document.createElement("ul");
    list.className = "errors";
    list.id = id;
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
    if (field.closest(".choices")) field.closest(".choices").before(list); else field.before(list);
    said.push(id);
  }
  box.classList.toggle("wrong", Boolean(text) || box.querySelector(".errors") !== null);
  if (text) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
  if (said.length) field.setAttribute("aria-describedby", said.join(" ")); else field.removeAttribute("aria-describedby");
  return !text;
}

for (const form of document.querySelectorAll("form[method='post']")) {
  form.noValidate = true;
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("input, textarea, select") && (event.target.value || event.target.dataset.left)) tell(event.target);
    else if (event.target.dataset) event.target.dataset.left = "yes";
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formNoValidate) return;
    const wrong = [...form.elements].filter((field) => field.matches("input, textarea, select") && !tell(field));
    if (!wrong.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong[0].focus();
  }, { capture: true });
}
