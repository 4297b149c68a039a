// What Wagtail's pages leave unsaid to people who do not see them: the names of fields for text and files.
const TEXTS = ".public-DraftEditor-content:not([aria-label])";
const FILES = "input[type=file]:not([aria-label])";

function nameText(field) {
  const section = field.closest("[data-contentpath], .w-panel, .w-field__wrapper");
  const label = section?.querySelector("label, legend, .w-panel__heading, .c-sf-block__type");
  field.setAttribute("aria-label", label?.textContent.replace("*", "").trim() || document.title);
}

function nameFile(field) {
  if (!field.labels.length) field.setAttribute("aria-label", document.title);
}

function nameAll() {
  document.querySelectorAll(TEXTS).forEach(nameText);
  document.querySelectorAll(FILES).forEach(nameFile);
}

document.addEventListener("DOMContentLoaded", () => {
  nameAll();
  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
});
